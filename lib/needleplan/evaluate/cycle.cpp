#include "needleplan/evaluate/cycle.h"

namespace needleplan {

namespace {

/// Without a length nobody can tell whether the next period has come after so many days; with one as short as this the
/// days are the same.
constexpr int kKnownDays = 21;

std::optional<int> length_in_days(const Cycle& cycle) {
  if (!cycle.length.given()) return std::nullopt;
  return static_cast<int>((after(Date{}, *cycle.length.given()) - Date{}).count());
}

/// The truth if the last period began on `began`.
Truth on_day_since(const Limits& limits, Date began, std::optional<int> length, Date session) {
  const auto passed = static_cast<int>((session - began).count());
  if (passed < 0 || (!length && passed >= kKnownDays)) return Truth::unknown;
  return truth(limits.holds((length ? passed % *length : passed) + 1));
}

}  // namespace

Truth on_cycle_day(const Limits& limits, const Cycle& cycle, Date session) {
  const Period& began = cycle.last_period.given()->days;
  const auto length = length_in_days(cycle);
  const Truth first = on_day_since(limits, began.first, length, session);
  for (Date day = began.first; day <= began.last && first != Truth::unknown; day += std::chrono::days{1})
    if (on_day_since(limits, day, length, session) != first) return Truth::unknown;
  return first;
}

bool days_are_known(const Cycle& cycle, Date session) {
  return cycle.length.given() != nullptr ||
         session < cycle.last_period.given()->days.first + std::chrono::days{kKnownDays};
}

std::vector<Date> cycle_changes(const Limits& limits, const Cycle& cycle, Date from) {
  std::vector<Date> out;
  const auto length = length_in_days(cycle);
  // The days of the cycle on which the limits begin or stop to hold, counted from 0.
  std::vector<int> turns{0, kKnownDays};
  if (limits.over) turns.push_back(*limits.over);
  if (limits.at_least) turns.push_back(*limits.at_least - 1);
  if (limits.under) turns.push_back(*limits.under - 1);
  if (limits.at_most) turns.push_back(*limits.at_most);
  for (const Date began : {cycle.last_period.given()->days.first, cycle.last_period.given()->days.last})
    for (const int turn : turns) {
      Date day = began + std::chrono::days{turn};
      // Of a cycle that goes round, the first turn that is not before `from`.
      if (length && day < from) day += std::chrono::days{((from - day).count() + *length - 1) / *length * *length};
      if (day >= from) out.push_back(day);
    }
  return out;
}

}  // namespace needleplan
