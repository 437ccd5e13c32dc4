#include "needleplan/findings/collect.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <numeric>

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

Roles signed_by(const Statement& statement) {
  if (const auto* rule = statement.as<Contraindication>()) return rule->signed_by;
  const auto* avoid = statement.as<Avoid>();
  return avoid != nullptr ? avoid->signed_by : kDefaultRoles;
}

namespace {

/// Whether an entry began or happened only after somebody signed: it was not there to be signed for.
bool is_newer(const Used& used, Date signed_on) {
  if (used.entry == nullptr || used.entry->entry->at_session) return false;
  const Entry& e = *used.entry->entry;
  const std::array began{&e.since, &e.started, &e.date};
  return std::any_of(began.begin(), began.end(), [&](const Answer<When>* when) {
    return when->given() != nullptr && when->given()->days.first > signed_on;
  });
}

void apply_signoffs(const Facts& facts, std::optional<Date> session, RuleOutcome& rule) {
  Outcome& outcome = rule.outcome;
  if (outcome.holds != Truth::yes || outcome.verdict < Verdict::consult) return;
  if (outcome.verdict > signable(*rule.statement)) return;
  for (const SignOff& signoff : facts.profile->signoffs) {
    if (signoff.rule.value != rule.rule() || signoff.on > facts.as_of) continue;
    if (!session || *session > signoff.expires || facts.as_of > signoff.expires) continue;
    const auto role = role_of(signoff.role);
    if (!role || !may_sign(*role, signed_by(*rule.statement))) continue;
    const auto newer = std::find_if(outcome.used.begin(), outcome.used.end(),
                                    [&](const Used& used) { return is_newer(used, signoff.on); });
    if (newer != outcome.used.end()) {
      rule.unsigned_entry = newer->entry;
      continue;
    }
    rule.signed_off = SignedOff{&signoff, outcome.verdict};
    outcome.verdict = Verdict::caution;
    return;
  }
}

}  // namespace

std::vector<std::uint16_t> rules_for(const Facts& facts) {
  const RuleIndex& index = facts.pack->index;
  // Most are named more than once; a bit for each puts them in order besides.
  constexpr std::size_t kBits = 64;
  std::vector<std::uint64_t> wanted((facts.pack->statements.size() + kBits - 1) / kBits);
  const auto add = [&](const std::vector<std::uint16_t>& more) {
    for (const std::uint16_t number : more)
      wanted[number / kBits] |= std::uint64_t{1} << (number % kBits);
  };
  add(index.always);
  for (const EntryFacts& entry : facts.entries)
    for (const SubjectId subject : entry.match.subjects) {
      add(index.by_wider[subject]);
      for (const SubjectId up : facts.pack->catalog[subject].up)
        add(index.by_subject[up]);
    }
  for (std::size_t i = 0; i < kSections; ++i)
    if (facts.standing[i] != Standing::known) add(index.by_section[i]);
  if (facts.add_ons.open()) add(index.by_section[static_cast<std::size_t>(Section::plans)]);
  for (std::size_t i = 0; i < kSessionFacts; ++i) {
    const SessionNames& names = facts.named(static_cast<SessionFact>(i));
    if (names.open() || !names.unknown_names.empty()) add(index.by_session[i]);
    for (const SubjectId subject : names.subjects)
      for (const SubjectId up : facts.pack->catalog[subject].up)
        add(index.by_subject[up]);
  }
  std::vector<std::uint16_t> out;
  out.reserve(std::transform_reduce(wanted.begin(), wanted.end(), std::size_t{0}, std::plus<>{},
                                    [](std::uint64_t bits) { return static_cast<std::size_t>(std::popcount(bits)); }));
  for (std::size_t word = 0; word < wanted.size(); ++word)
    for (std::uint64_t bits = wanted[word]; bits != 0; bits &= bits - 1)
      out.push_back(static_cast<std::uint16_t>(word * kBits + static_cast<std::size_t>(std::countr_zero(bits))));
  return out;
}

void collect_rule(const Facts& facts, std::uint16_t number, std::optional<Date> session,
                  std::vector<RuleOutcome>& out) {
  const Statement& statement = facts.pack->statements[number];
  for (Outcome& outcome : evaluate(statement, facts, session)) {
    RuleOutcome rule{&statement, nullptr, std::move(outcome), std::nullopt, nullptr};
    apply_signoffs(facts, session, rule);
    out.push_back(std::move(rule));
  }
  if (const auto* step = statement.as<Step>())
    for (const Setting& setting : step->settings) {
      if (!may_speak(setting, facts)) continue;
      if (Outcome outcome = evaluate(setting, *step, facts); outcome.holds != Truth::no)
        out.push_back({&statement, &setting, std::move(outcome), std::nullopt, nullptr});
    }
}

std::vector<RuleOutcome> collect(const Facts& facts, const std::vector<std::uint16_t>& rules,
                                 std::optional<Date> session) {
  std::vector<RuleOutcome> out;
  for (const std::uint16_t number : rules)
    collect_rule(facts, number, session, out);
  return out;
}

}  // namespace needleplan
