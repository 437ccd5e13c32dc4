#include "cmd/protocol_side.h"

#include "cmd/session.h"
#include "needleplan/protocol/load.h"

namespace needleplan {

namespace {

std::vector<std::string> parts_of(const std::string& side) {
  std::vector<std::string> out(1);
  for (const char c : side) {
    if (c == ',') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

bool is_layer_file(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json");
}

}  // namespace

std::unique_ptr<Pack> load_side(const std::string& side, const SharedOptions& options) {
  LayerFiles layers{parts_of(side), options.language};
  std::string protocol = options.protocol;
  if (!is_layer_file(layers.paths.front())) {
    protocol = layers.paths.front();
    layers.paths.erase(layers.paths.begin());
  }
  Diagnostics diagnostics;
  std::string problem;
  auto pack = load_protocol(protocol, diagnostics, problem, layers);
  if (!problem.empty()) complain(problem);
  say(to_text(diagnostics));
  if (diagnostics.has_errors()) pack.reset();
  return pack;
}

void add_side_options(CLI::App& app, SharedOptions& options, std::span<const std::string_view> formats) {
  app.add_option("--protocol", options.protocol, "protocol that layer files are laid over")->type_name("NAME");
  add_result_options(app, options, formats);
}

}  // namespace needleplan
