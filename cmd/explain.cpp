#include <algorithm>
#include <memory>
#include <span>

#include <fmt/format.h>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

struct ExplainOptions {
  SharedOptions shared;
  std::string rule;
  std::string profile;
};

std::vector<std::string_view> known_ids(const Pack& pack) {
  std::vector<std::string_view> ids{pack.id};
  for (const Statement& statement : pack.statements) {
    ids.push_back(statement.id);
    if (const auto* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        ids.push_back(setting.id);
  }
  for (const About& about : pack.about)
    ids.push_back(about.id);
  return ids;
}

int run_explain(const ExplainOptions& options) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  Output output(options.shared, *pack);
  if (const int code = output.open("explain"); code != exit_ok) return code;
  const Date today = as_of(options.shared);
  std::unique_ptr<CheckedClient> client;
  int code = exit_ok;
  if (!options.profile.empty()) {
    InputFault fault;
    client = load_checked(options.profile, *pack, today, code, fault);
    if (!client) return give_up(options.shared, output, fault, code);
  }
  const PlanInput input = input_of(*pack, today, client.get());
  auto document = build_explain(input, options.rule);
  // No id, but a name: what it means, and the rules that meet it.
  if (!document && !pack->catalog.match(options.rule).unknown()) {
    document = build_which(input, std::span(&options.rule, 1));
    document->verb = "explain";
  }
  if (!document) {
    complain(fmt::format("nothing in the protocol {} has the id \"{}\"{}", pack->id, options.rule,
                         did_you_mean(options.rule, known_ids(*pack))));
    return exit_no_input;
  }
  code = output.add(*document, input, client.get());
  return std::max(code, write_result(options.shared, output.text()));
}

}  // namespace

void add_explain(CLI::App& app, int& code) {
  auto options = std::make_shared<ExplainOptions>();
  app.add_option("RULE", options->rule, "id of a rule or other statement, or the protocol's name")->required();
  app.add_option("PROFILE", options->profile, "why it fired, or not, for this client");
  add_shared(app, options->shared, kRecordFormats);
  app.callback([options, &code] { code = run_explain(*options); });
}

}  // namespace needleplan
