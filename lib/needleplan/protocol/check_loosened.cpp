#include <algorithm>

#include <fmt/format.h>

#include "needleplan/protocol/compare.h"
#include "needleplan/protocol/read_contents.h"
#include "needleplan/protocol/read_statement.h"

namespace needleplan {

namespace {

using yaml::Node;

std::string joined(const std::vector<Change>& changes) {
  std::string out;
  for (const Change& change : changes)
    if (change.direction == Direction::looser)
      out += fmt::format("{}{} {}", out.empty() ? "" : "; ", change.key, change.words);
  return out;
}

/// The place of the first key that makes the statement weaker, or of its id.
Location place_of(const std::vector<Change>& changes, Node part) {
  for (const Change& change : changes) {
    if (change.direction != Direction::looser) continue;
    const std::string_view key = std::string_view(change.key).substr(0, change.key.find('.'));
    for (const Node name : part)
      if (name.text() == key) return name.at();
  }
  const Node id = part.find("id");
  return id.valid() ? id.at() : part.at();
}

/// Judges what one layer's part makes of the statement below it.
void check_part(const LayeredEntry& entry, std::size_t number, const Pack& pack, Statement& in_force,
                Diagnostics& diagnostics) {
  // Whatever is wrong in either was said when the whole was read.
  Diagnostics said;
  StatementReader reader(pack, said);
  const auto before = reader.read(entry.map.below(number), entry.kind);
  const auto after = reader.read(entry.map.below(number + 1), entry.kind);
  if (!before || !after) return;
  const Node part = entry.map.parts()[number];
  const std::vector<Change> changes = compare(*before, *after, pack);
  const std::string what = joined(changes);
  if (what.empty()) return;
  auto loosened = read_loosen(part, pack.layers[pack.layer_of(part.at())].id);
  if (!loosened) {
    diagnostics.error(place_of(changes, part), "loosened-without-reason",
                      fmt::format("\"{}\" becomes weaker than at {}: {}; if that is meant, say loosen: {{reason: ..., "
                                  "by: ...}} in it",
                                  after->id, before->at.to_string(), what));
    return;
  }
  loosened->what = what;
  in_force.loosened.push_back(std::move(*loosened));
}

}  // namespace

void check_loosened(std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics) {
  for (const LayeredEntry& entry : entries) {
    if (entry.map.parts().size() < 2) continue;
    const std::string_view id = text_in(entry.map.parts().front().find("id"), {});
    const auto in_force = std::find_if(pack.statements.begin(), pack.statements.end(),
                                       [&](const Statement& s) { return s.id == id && s.kind() == entry.kind; });
    if (in_force == pack.statements.end()) continue;
    for (std::size_t i = 1; i < entry.map.parts().size(); ++i)
      check_part(entry, i, pack, *in_force, diagnostics);
  }
}

}  // namespace needleplan
