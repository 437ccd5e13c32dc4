/// Every rule that can be touched by a profile, evaluated on one session day.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
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
  const EntryFacts* unsigned_entry = nullptr;  ///< began after somebody signed, who so did not sign for it

  [[nodiscard]] std::string_view rule() const { return setting != nullptr ? setting->id : statement->id; }
};

/// The statements that the facts can touch, by number, ascending: those about the subjects the
/// profile names, those about no subject, and those that wait for a section that was not asked.
[[nodiscard]] std::vector<std::uint16_t> rules_for(const Facts& facts);

/// Who may sign a statement off.
[[nodiscard]] Roles signed_by(const Statement& statement);

/// The highest verdict of a statement that a sign-off may turn into a caution; clear for none.
[[nodiscard]] Verdict signable(const Statement& statement);

/// Evaluates `rules` on a session day; outcomes that do not hold are left out. Sign-offs are applied.
[[nodiscard]] std::vector<RuleOutcome> collect(const Facts& facts, const std::vector<std::uint16_t>& rules,
                                               std::optional<Date> session);
/// The same of one rule, added to `out`.
void collect_rule(const Facts& facts, std::uint16_t number, std::optional<Date> session, std::vector<RuleOutcome>& out);

/// Every id that a finding of the tool itself can have.
inline constexpr std::array<std::string_view, 22> kOwnFindingIds{"unknown-name",       "doubtful-name",
                                                                 "ambiguous-name",     "misplaced-name",
                                                                 "unknown-area",       "wide-area",
                                                                 "not-known",          "unknown-session-fact",
                                                                 "unknown-answer",     "protocol-not-covered",
                                                                 "review-expired",     "contradiction",
                                                                 "session-past",       "ask-again",
                                                                 "unknown-preference", "unknown-denied",
                                                                 "denied-and-listed",  "no-rule",
                                                                 "implied-illness",    "allergic-to-it",
                                                                 "unlikely-form",      "unknown-ingredients"};

/// Not to be called, so that a word which is not in the list above does not compile.
void not_in_own_finding_ids();

/// One of kOwnFindingIds: those who write cases know no other.
class OwnFindingId {
 public:
  constexpr OwnFindingId() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): written as its word
  consteval OwnFindingId(const char* word) : word_(word) {
    bool known = false;
    for (const std::string_view id : kOwnFindingIds)
      known = known || id == word_;
    if (!known) not_in_own_finding_ids();
  }
  [[nodiscard]] constexpr std::string_view word() const { return word_; }
  friend constexpr bool operator==(OwnFindingId a, OwnFindingId b) { return a.word_ == b.word_; }

 private:
  std::string_view word_;
};

/// A finding of the tool itself, about the profile or the pack and not about a rule.
struct OwnFinding {
  OwnFindingId id;
  Verdict verdict{};
  std::string summary;
  std::string action;
  std::string question;  ///< path; empty where no answer helps
  const EntryFacts* entry = nullptr;
  Location at;
  std::string value;
  std::vector<std::string> suggestions;
  std::string path = {};  ///< of the fact, where it is not the question's; see fact_path()
};

/// The path of the fact that such a finding is about; empty where there is none.
[[nodiscard]] std::string_view fact_path(const OwnFinding& own);

/// Whether the names near one that nobody knows are looked for, which takes longer than all the rest.
enum class Suggestions : std::uint8_t { none, near_names };

/// Names nobody knows, answers of unknown age, a protocol that is not this one, a review that ran out.
[[nodiscard]] std::vector<OwnFinding> own_findings(const Facts& facts, Suggestions suggestions);

/// The worst of these findings, and the worst but for a session day that is not known; clear where there is none.
struct OwnVerdict {
  Verdict worst = Verdict::clear;
  Verdict beside_day = Verdict::clear;
};
/// The same as own_findings() says, without its words and suggestions.
[[nodiscard]] OwnVerdict own_verdict(const Facts& facts);

}  // namespace needleplan
