/// The days on which what a statement says of a client can change.
#pragma once

#include <optional>
#include <vector>

#include "needleplan/evaluate/facts.h"
#include "needleplan/protocol/statement.h"

namespace needleplan {

/// Finds them for one statement after the other; keeps its memory in between.
class ChangeDays {
 public:
  explicit ChangeDays(const Facts& facts);

  /// Adds the days after the as-of date on which outcomes of the statement can change to `out`, in no order, some of
  /// them more than once. Not the turns of the cycle.
  void add(const Statement& statement, std::vector<Date>& out);

 private:
  void add_span(const std::optional<SpanRange>& range);
  void add_condition(const Condition& condition);
  void add_bans();
  [[nodiscard]] bool is_course() const;
  /// An entry that is none of the subjects bears on no outcome, whatever its dates are.
  [[nodiscard]] bool concerns(const EntryFacts& entry) const;
  void put(Date day);
  void of(const EntryFacts& entry);
  void dated(const When& when);
  /// The first session day that is less than `span` before something planned for that day.
  [[nodiscard]] Date too_near(Date planned, const When& when, Span span) const;

  const Facts& facts_;
  std::vector<const EntryFacts*> dated_;  ///< the entries that have a date
  const Statement* statement_ = nullptr;
  std::vector<Date>* out_ = nullptr;
  const Avoid* avoid_ = nullptr;
  std::vector<const Subjects*> subjects_;
  std::vector<Span> spans_;         ///< every length it measures with, counted from something before the session
  std::optional<SpanRange> after_;  ///< the same to a plan after it
  std::vector<int> ages_;           ///< every age it asks about
  std::optional<Span> start_;       ///< after the session, when a ban begins
};

/// What a statement asks of the day of the client's cycle; nothing while that is not known.
[[nodiscard]] std::vector<Limits> cycle_limits(const Statement& statement, const Facts& facts);

}  // namespace needleplan
