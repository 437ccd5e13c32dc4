/// The day of the menstrual cycle on a session's day, as far as it can be told.
#pragma once

#include <optional>
#include <vector>

#include "needleplan/profile/profile.h"
#include "needleplan/protocol/condition.h"
#include "needleplan/text/truth.h"

namespace needleplan {

/// Whether the day of the cycle is within the limits on that day. The first day of the last period (which must be
/// given) is day 1; with a length the days go round, without one they are known up to the 21st. Unknown before the
/// period, and where the days that may be meant differ.
[[nodiscard]] Truth on_cycle_day(const Limits& limits, const Cycle& cycle, Date session);

/// Whether the last period is near enough to tell the days of the cycle, or a length is given.
[[nodiscard]] bool days_are_known(const Cycle& cycle, Date session);

/// Every day from `from` on, to the end of the next cycle, on which that truth can change; in no order. Where a length
/// is given it changes on these days alone, again and again; so whoever looks at more days asks from each of them.
[[nodiscard]] std::vector<Date> cycle_changes(const Limits& limits, const Cycle& cycle, Date from);

}  // namespace needleplan
