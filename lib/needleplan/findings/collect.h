/// Every rule that can be touched by a profile, evaluated on one session day.
#pragma once

#include <array>
#include <vector>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/findings/finding.h"

namespace needleplan {

/// One outcome with the rule it belongs to and the sign-off that softened it.
struct RuleOutcome {
  const Statement* statement = nullptr;
  const Setting* setting = nullptr;
  Outcome outcome;
  std::optional<SignedOff> signed_off;

  [[nodiscard]] std::string_view rule() const { return setting != nullptr ? setting->id : statement->id; }
};

/// The statements that the facts can touch, by number, ascending: those about the subjects the
/// profile names, those about no subject, and those that wait for a section that was not asked.
[[nodiscard]] std::vector<std::uint16_t> rules_for(const Facts& facts);

/// The highest verdict of a statement that a sign-off may turn into a caution; clear for none.
[[nodiscard]] Verdict signable(const Statement& statement);

/// Evaluates `rules` on a session day; outcomes that do not hold are left out. Sign-offs are applied.
[[nodiscard]] std::vector<RuleOutcome> collect(const Facts& facts, const std::vector<std::uint16_t>& rules,
                                               std::optional<Date> session);
/// The same of one rule, added to `out`.
void collect_rule(const Facts& facts, std::uint16_t number, std::optional<Date> session, std::vector<RuleOutcome>& out);

/// A finding of the tool itself, about the profile or the pack and not about a rule.
struct OwnFinding {
  std::string_view id;
  Verdict verdict{};
  std::string summary;
  std::string action;
  std::string question;  ///< path; empty where no answer helps
  const EntryFacts* entry = nullptr;
  Location at;
  std::string value;
  std::vector<std::string> suggestions;
  std::string path = {};  ///< of the fact, where it is not the question's
};

/// Every id that such a finding can have.
inline constexpr std::array<std::string_view, 10> kOwnFindingIds{
    "unknown-name", "doubtful-name",        "ambiguous-name",       "misplaced-name", "unknown-area",
    "wide-area",    "unknown-session-fact", "protocol-not-covered", "not-known",      "review-expired"};

/// Names nobody knows, answers of unknown age, a protocol that is not this one, a review that ran out.
[[nodiscard]] std::vector<OwnFinding> own_findings(const Facts& facts);

/// The worst of these findings, and the worst but for a session day that is not known; clear where there is none.
struct OwnVerdict {
  Verdict worst = Verdict::clear;
  Verdict beside_day = Verdict::clear;
};
/// The same as own_findings() says, without its words and suggestions.
[[nodiscard]] OwnVerdict own_verdict(const Facts& facts);

}  // namespace needleplan
