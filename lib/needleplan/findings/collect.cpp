#include "needleplan/findings/collect.h"

#include <algorithm>

namespace needleplan {

/// The highest verdict that a sign-off may turn into a caution; clear for none.
Verdict signable(const Statement& statement) {
  if (const auto* rule = statement.as<Contraindication>()) {
    // Whoever may clear it may sign for it.
    const bool cleared = !rule->absolute && statement.when && has_clearance(*statement.when);
    return cleared ? std::max(rule->signoff, Verdict::consult) : rule->signoff;
  }
  return Verdict::consult;
}

namespace {

void apply_signoffs(const Facts& facts, std::optional<Date> session, RuleOutcome& rule) {
  Outcome& outcome = rule.outcome;
  if (outcome.holds != Truth::yes || outcome.verdict < Verdict::consult) return;
  if (outcome.verdict > signable(*rule.statement)) return;
  for (const SignOff& signoff : facts.profile->signoffs) {
    if (signoff.rule.value != rule.rule() || signoff.on > facts.as_of) continue;
    if (!session || *session > signoff.expires || facts.as_of > signoff.expires) continue;
    rule.signed_off = SignedOff{&signoff, outcome.verdict};
    outcome.verdict = Verdict::caution;
    return;
  }
}

}  // namespace

std::vector<std::uint16_t> rules_for(const Facts& facts) {
  const RuleIndex& index = facts.pack->index;
  std::vector<std::uint16_t> out = index.always;
  const auto add = [&](const std::vector<std::uint16_t>& more) { out.insert(out.end(), more.begin(), more.end()); };
  for (const EntryFacts& entry : facts.entries)
    for (const SubjectId subject : entry.match.subjects) {
      add(index.by_wider[subject]);
      for (const SubjectId up : facts.pack->catalog[subject].up)
        add(index.by_subject[up]);
    }
  for (std::size_t i = 0; i < kSections; ++i)
    if (facts.standing[i] != Standing::known) add(index.by_section[i]);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void collect_rule(const Facts& facts, std::uint16_t number, std::optional<Date> session,
                  std::vector<RuleOutcome>& out) {
  const Statement& statement = facts.pack->statements[number];
  for (Outcome& outcome : evaluate(statement, facts, session)) {
    RuleOutcome rule{&statement, nullptr, std::move(outcome), std::nullopt};
    apply_signoffs(facts, session, rule);
    out.push_back(std::move(rule));
  }
  if (const auto* step = statement.as<Step>())
    for (const Setting& setting : step->settings)
      if (Outcome outcome = evaluate(setting, *step, facts); outcome.holds != Truth::no)
        out.push_back({&statement, &setting, std::move(outcome), std::nullopt});
}

std::vector<RuleOutcome> collect(const Facts& facts, const std::vector<std::uint16_t>& rules,
                                 std::optional<Date> session) {
  std::vector<RuleOutcome> out;
  for (const std::uint16_t number : rules)
    collect_rule(facts, number, session, out);
  return out;
}

}  // namespace needleplan
