/// The days on which what a statement says of a client can change.
#pragma once

#include <optional>
#include <vector>

#include "needleplan/evaluate/facts.h"
#include "needleplan/findings/date_terms.h"

namespace needleplan {

/// Finds them for one statement after the other, of one client.
class ChangeDays {
 public:
  explicit ChangeDays(const Facts& facts);

  /// Adds the days after the as-of date on which outcomes of the statement can change to `out`, in no order, some of
  /// them more than once. Not the turns of the cycle.
  void add(const Statement& statement, std::vector<Date>& out) {
    add(statement, date_terms(statement, *facts_.pack), out);
  }
  /// The same with the statement's own terms.
  void add(const Statement& statement, const DateTerms& terms, std::vector<Date>& out);

 private:
  void put(Date day);
  void of(const EntryFacts& entry);
  void dated(const When& when);
  /// The first session day that is less than `span` before something planned for that day.
  [[nodiscard]] Date too_near(Date planned, const When& when, Span span) const;

  const Facts& facts_;
  struct Dated {
    SectionSet section = 0;
    const EntryFacts* entry = nullptr;
  };
  std::vector<Dated> dated_;          ///< the entries that have a date
  const DateTerms* terms_ = nullptr;  ///< of the statement at hand
  std::vector<Date>* out_ = nullptr;
};

/// What a statement asks of the day of the client's cycle; nothing while that is not known.
[[nodiscard]] std::vector<Limits> cycle_limits(const Statement& statement, const Facts& facts);

}  // namespace needleplan
