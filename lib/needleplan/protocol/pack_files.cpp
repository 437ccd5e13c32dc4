#include "needleplan/protocol/pack_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/text/spelling.h"

namespace needleplan {

bool may_hold_rules(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string end(name.substr(dot));
  for (char& c : end)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return end == ".yaml" || end == ".yml" || end == ".json";
}

void check_pack_files(const Pack& pack, std::span<const std::string> found, Diagnostics& diagnostics) {
  // Without a head, which is an error already, nothing says what belongs to it.
  if (pack.head_at.source == nullptr) return;
  const std::string_view head = std::string_view(pack.head_at.source->name());
  const std::string_view own = head.substr(head.rfind('/') + 1);
  for (const std::string& file : found) {
    const bool named = file == own || std::any_of(pack.files.begin(), pack.files.end(),
                                                  [&](const auto& one) { return one.value == file; });
    if (!named)
      diagnostics.error(pack.head_at, "pack-file-unnamed",
                        fmt::format("{} lies in the folder of the pack, and files does not name it; name it there, or "
                                    "put it elsewhere",
                                    file));
  }
  const std::vector<std::string_view> there(found.begin(), found.end());
  for (const auto& file : pack.files)
    if (std::find(there.begin(), there.end(), file.value) == there.end())
      diagnostics.error(
          file.at, "pack-file-missing",
          fmt::format("the folder of the pack has no file {}{}", file.value, did_you_mean(file.value, there)));
  if (diagnostics.has_errors()) return;
  const bool checks = std::any_of(pack.statements.begin(), pack.statements.end(), [](const Statement& statement) {
    return statement.as<Contraindication>() != nullptr || statement.as<Avoid>() != nullptr;
  });
  if (!checks)
    diagnostics.error(pack.head_at, "pack-without-rules",
                      "this pack has neither conditions nor avoid, so it would clear every client");
}

}  // namespace needleplan
