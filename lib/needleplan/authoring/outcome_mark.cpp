#include "needleplan/authoring/outcome_mark.h"

#include "needleplan/evaluate/evaluate.h"

namespace needleplan {

std::string outcome_mark(const Statement& statement, const RunnableCase& run) {
  std::string out;
  const auto add = [&](const Outcome& outcome) {
    if (outcome.holds == Truth::no) return;
    out += static_cast<char>('0' + static_cast<int>(outcome.holds));
    out += static_cast<char>('0' + static_cast<int>(outcome.verdict));
    for (const Open& open : outcome.open)
      (out += open.path) += ';';
  };
  for (const Outcome& outcome : evaluate(statement, run.facts(), run.day()))
    add(outcome);
  if (const auto* step = statement.as<Step>())
    for (const Setting& setting : step->settings) {
      (out += setting.id) += ':';
      add(evaluate(setting, *step, run.facts()));
    }
  return out;
}

}  // namespace needleplan
