/// The verdicts of every rule, on the session's day and on each day on which they can change; no words.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "needleplan/findings/collect.h"
#include "needleplan/findings/date_terms.h"
#include "needleplan/findings/finding.h"

namespace needleplan {

/// Judges one client after the other by one pack, which must outlive it; keeps its memory in between, and what it
/// learned of the rules. A rule is evaluated on the session's day, and on other days only where the answer to a
/// question about dates needs it: between two of its change days a rule says the same.
class Judge {
 public:
  explicit Judge(const Pack& pack) : pack_(&pack), terms_(pack.statements.size()) {}
  explicit Judge(const Facts& facts) : Judge(*facts.pack) { begin(facts); }

  /// Takes up a client; the facts, of the same pack, must outlive what is asked about it.
  void begin(const Facts& facts);
  /// On the session's day, as the profile has it.
  [[nodiscard]] std::vector<RuleOutcome>& outcomes() { return outcomes_; }
  [[nodiscard]] Judgement judgement();
  /// The first day from the as-of date on which the same rule says at most that about the same entry.
  [[nodiscard]] std::optional<Date> first_day(const RuleOutcome& outcome, Verdict most);
  /// How many times a rule was evaluated so far.
  /// What the tool itself finds; after judgement(), which knows whether there is anything.
  [[nodiscard]] std::vector<OwnFinding> own_findings(Suggestions suggestions) const {
    return found_own_ ? needleplan::own_findings(*facts_, suggestions) : std::vector<OwnFinding>{};
  }
  [[nodiscard]] std::size_t evaluations() const { return evaluations_; }

 private:
  /// What an outcome comes to.
  struct Said {
    const Setting* setting = nullptr;
    const EntryFacts* entry = nullptr;
    Verdict verdict{};
  };
  /// A rule from one change day to the next.
  struct Stretch {
    Date first{};
    std::uint32_t begin = 0, count = 0;  ///< in `said_`
    Verdict worst{};
    bool known = false;
  };
  struct Rule {
    std::uint16_t number = 0;
    /// In `stretches_`; the first one begins on the as-of date. None: from then on the rule says nothing on any day.
    std::uint32_t begin = 0, count = 0;
    std::uint32_t outcome = 0;  ///< the first of its outcomes on the session's day
  };

  /// Whether the session's day is one of those that are asked about.
  [[nodiscard]] bool knows_session() const { return session_ && *session_ >= facts_->as_of; }
  /// On the session's day.
  [[nodiscard]] std::span<const RuleOutcome> outcomes_of(const Rule& rule) const;
  [[nodiscard]] const DateTerms& terms_of(const Rule& rule);
  void find_stretches();
  void add_stretches(Rule& rule, std::vector<Date>& days);
  /// The stretches of rules that ask for the day of the cycle, which goes round: after each of the days on which
  /// anything changes it can be any day of the cycle that decides.
  void add_round_stretches(const std::vector<std::uint32_t>& round);
  /// Of a rule whose outcomes on the session's day are known, the stretch with that day.
  void use_session(const Rule& rule);
  void note(Stretch& stretch, std::span<const RuleOutcome> outcomes);
  /// The stretch of a rule, evaluated.
  const Stretch& stretch(const Rule& rule, std::uint32_t index);
  [[nodiscard]] std::uint32_t stretch_with(const Rule& rule, Date day) const;
  /// The first day on which every rule says at most that.
  [[nodiscard]] std::optional<Date> first_day_of_all(Verdict most);
  void set_binding(Judgement& out);

  const Pack* pack_;
  std::vector<std::unique_ptr<const DateTerms>> terms_;  ///< of the statements that were asked about so far
  // From here on of the client at hand.
  const Facts* facts_ = nullptr;
  std::optional<Date> session_;
  std::vector<RuleOutcome> outcomes_;
  std::vector<Rule> rules_;
  std::vector<Stretch> stretches_;
  std::vector<Said> said_;
  std::vector<Date> days_;
  std::vector<RuleOutcome> scratch_;
  bool looked_ = false;  ///< for the stretches
  std::size_t evaluations_ = 0;
  bool found_own_ = false;
};

}  // namespace needleplan
