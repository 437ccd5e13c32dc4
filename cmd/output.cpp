#include "cmd/output.h"

#include <algorithm>
#include <cstdio>

#include "cmd/exit_code.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/render/plan_record.h"

namespace needleplan {

std::unique_ptr<CheckedClient> load_checked(const std::string& path, const Pack& pack, Date today, int& code,
                                            InputFault& fault) {
  auto out = std::make_unique<CheckedClient>();
  out->client = load_client(path, code, fault);
  if (!out->client) return nullptr;
  out->facts = resolve(out->client->profile, pack, today);
  out->assessment = assess(out->facts);
  return out;
}

PlanInput input_of(const Pack& pack, Date today, const CheckedClient* client) {
  PlanInput input;
  input.pack = &pack;
  input.as_of = today;
  if (client == nullptr) return input;
  input.facts = &client->facts;
  input.assessment = &client->assessment;
  input.session = session_of(client->client->profile);
  return input;
}

int Output::open(std::string_view verb) {
  if (json()) {
    texts_.emplace(pack_, provenance_of(pack_), layout());
    return exit_ok;
  }
  Diagnostics diagnostics;
  std::string problem;
  const DrawOptions draw{use_color(options_) ? Color::on : Color::off, options_.ascii, options_.templates};
  const bool ready = drawing_.open(options_.format, verb, draw, diagnostics, problem);
  if (!problem.empty()) complain(problem);
  say(to_text(diagnostics));
  return ready ? exit_ok : exit_config;
}

int Output::add(const Document& document, const PlanInput& input, const CheckedClient* client) {
  if (json()) {
    const std::string digest = client == nullptr ? std::string{} : sha256(client->client->source->text());
    if (document.verb == "check") {
      add_check_record(text_, *input.assessment, *input.facts, *texts_, digest, input.since);
    } else {
      add_plan_record(text_, document, input, *texts_, digest);
    }
    return exit_ok;
  }
  if (!text_.empty()) text_ += '\n';
  Diagnostics diagnostics;
  const bool drawn = drawing_.draw(document, text_, diagnostics);
  say(to_text(diagnostics));
  return drawn ? exit_ok : exit_config;
}

void Output::add(const InputFault& fault) {
  if (json()) text_ += error_record(fault, layout());
}

int give_up(const SharedOptions& options, Output& output, const InputFault& fault, int code) {
  output.add(fault);
  return output.text().empty() ? code : std::max(code, write_result(options, output.text()));
}

}  // namespace needleplan
