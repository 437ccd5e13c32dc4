#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"
#include "cmd/protocol_verbs.h"
#include "needleplan/authoring/in_force.h"
#include "needleplan/authoring/lint_layers.h"
#include "needleplan/profile/shape.h"
#include "needleplan/protocol/layer_shape.h"
#include "needleplan/protocol/lint.h"
#include "needleplan/render/schema.h"

namespace needleplan {

namespace {

constexpr std::array<std::string_view, 3> kSchemas{"pack", "layer", "profile"};

struct LintOptions {
  SharedOptions shared;
  bool strict = false;
  bool all = false;
};

struct SchemaOptions {
  std::string kind = "pack";
  std::string output = "-";
};

/// Layers are what an author has at hand; what is said of the protocol below them is known there.
bool is_of_layer(const Diagnostic& diagnostic, const Pack& pack) {
  return pack.layers.empty() || pack.layer_of(diagnostic.at) != kNoLayer;
}

int run_lint(const LintOptions& options) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  Diagnostics diagnostics;
  lint(*pack, as_of(options.shared), diagnostics);
  lint_rules(*pack, diagnostics);
  lint_words(*pack, diagnostics);
  std::string out;
  std::size_t warnings = 0;
  std::size_t notes = 0;
  std::size_t hidden = 0;
  for (Diagnostic diagnostic : diagnostics.sorted()) {
    if (!options.all && !is_of_layer(diagnostic, *pack)) {
      ++hidden;
      continue;
    }
    if (!pack->layers.empty()) diagnostic.message += fmt::format(" (layer {})", layer_name(diagnostic.at, *pack));
    const bool warning = diagnostic.level == Level::warning;
    ++(warning ? warnings : notes);
    // Notes are many and known; they are there for whoever asks.
    if (warning || !options.shared.quiet) out += to_text(diagnostic, Excerpt::place_only);
  }
  std::string stack;
  for (const Layer& layer : pack->layers)
    stack = fmt::format("{} over {}", layer.id, stack);
  out += stack;
  out += fmt::format("{} {}: {} statements, {} sources, {} subjects, {} names; {} warnings, {} notes\n", pack->id,
                     pack->version, pack->statements.size(), pack->references.size(), pack->catalog.subjects().size(),
                     pack->catalog.names(), warnings, notes);
  if (hidden > 0) out += fmt::format("{} more about the protocol itself: --all prints them\n", hidden);
  const int written = write_result(options.shared, out);
  return std::max(written, options.strict && warnings > 0 ? +exit_config : +exit_ok);
}

int run_schema(const SchemaOptions& options) {
  SharedOptions shared;
  shared.output = options.output;
  if (options.kind == "profile") return write_result(shared, json_schema(kProfileShape, "needleplan client profile"));
  if (options.kind == "layer")
    return write_result(shared, json_schema(kLayerShape, "needleplan layer", yaml::Extent::part));
  return write_result(shared, json_schema(kPackShape, "needleplan protocol pack"));
}

void add_lint(CLI::App& app, int& code) {
  auto options = std::make_shared<LintOptions>();
  add_protocol_options(app, options->shared);
  app.add_option("--as-of", options->shared.as_of, "the day that counts as today")
      ->type_name("DATE")
      ->check(check_date);
  app.add_option("-o,--output", options->shared.output, "write to this file instead of standard output")
      ->type_name("FILE");
  app.add_flag("--strict", options->strict, "warnings make the exit code 78");
  app.add_flag("--all", options->all, "with --clinic: what is said of the protocol below the layers, too");
  app.add_flag("-q,--quiet", options->shared.quiet, "no notes, only warnings");
  app.callback([options, &code] { code = run_lint(*options); });
}

void add_schema(CLI::App& app, int& code) {
  auto options = std::make_shared<SchemaOptions>();
  app.add_option("KIND", options->kind, "of what: pack, layer or profile")->check(one_of_words(kSchemas));
  app.add_option("-o,--output", options->output, "write to this file instead of standard output")->type_name("FILE");
  app.callback([options, &code] { code = run_schema(*options); });
}

}  // namespace

void add_protocol(CLI::App& app, int& code) {
  app.require_subcommand(1);
  add_lint(*app.add_subcommand("lint", "What reads without errors but is probably not meant"), code);
  add_protocol_test(*app.add_subcommand("test", "Cases that a protocol must pass, and what they leave untried"), code);
  add_protocol_diff(*app.add_subcommand("diff", "What differs between two protocols, and which way it goes"), code);
  add_protocol_impact(*app.add_subcommand("impact", "What another protocol means for clients"), code);
  add_protocol_show(*app.add_subcommand("show", "What is in force, and which layer says it"), code);
  add_protocol_doc(*app.add_subcommand("doc", "Every rule as tables that a clinician can read and sign"), code);
  add_schema(*app.add_subcommand("schema", "JSON Schema of packs, layers or profiles, for editors"), code);
}

}  // namespace needleplan
