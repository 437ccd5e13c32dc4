/// Which clients' aftercare documents differ in nothing but their dates and the texts in their heads.
#pragma once

#include <string>
#include <vector>

#include "needleplan/plan/builders.h"

namespace needleplan {

/// What an aftercare document of a pack depends on, found once.
class AftercareKinds {
 public:
  explicit AftercareKinds(const Pack& pack);

  /// Appends bytes that are the same for two clients exactly when build_aftercare() gives the same document for both
  /// with PlanSession::blanks, as far as the pack can tell them apart. `client_texts`: how many texts of their own
  /// stand in its head.
  void append_key(const PlanInput& input, std::size_t client_texts, std::string& key) const;

 private:
  struct Counted {
    Span span;
    bool before_session = false;
    bool operator==(const Counted&) const = default;
  };
  void add(const Bound& bound, const Pack& pack);
  void add(SpanRange range, bool before_session);
  static void append_days(const Counted& counted, const PlanSession& session, std::string& key);

  /// Lengths whose days depend on the hour of the session, or on its month; the others count the same for everybody.
  std::vector<Counted> counted_;
  /// Windows of which either end may reach farther; with whether they count back from the session.
  std::vector<std::pair<SpanRange, bool>> close_;
  std::vector<const Statement*> conditional_, series_, using_;
};

}  // namespace needleplan
