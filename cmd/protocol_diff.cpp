#include <memory>

#include "cmd/exit_code.h"
#include "cmd/protocol_side.h"
#include "cmd/protocol_verbs.h"
#include "cmd/session.h"
#include "needleplan/authoring/diff.h"

namespace needleplan {

namespace {

constexpr std::array<std::string_view, 2> kDiffFormats{"text", "json"};

struct DiffOptions {
  SharedOptions shared;
  std::string before, after;
};

int run_diff(const DiffOptions& options) {
  const auto before = load_side(options.before, options.shared);
  const auto after = load_side(options.after, options.shared);
  if (!before || !after) return exit_config;
  const PackDiff found = diff(*before, *after);
  return write_result(options.shared,
                      options.shared.format == "json" ? to_json(found, JsonWriter::Layout::pretty) : to_text(found));
}

}  // namespace

void add_protocol_diff(CLI::App& app, int& code) {
  auto options = std::make_shared<DiffOptions>();
  app.add_option("A", options->before, "a protocol, or layer files joined by commas")->required();
  app.add_option("B", options->after, "what it is compared with, likewise")->required();
  add_side_options(app, options->shared, kDiffFormats);
  app.callback([options, &code] { code = run_diff(*options); });
}

}  // namespace needleplan
