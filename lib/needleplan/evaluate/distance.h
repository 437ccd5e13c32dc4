/// How far apart a dated fact and a session are, against a minimum and a preferred length.
#pragma once

#include <optional>
#include <utility>

#include "needleplan/protocol/window_length.h"
#include "needleplan/time/date.h"
#include "needleplan/time/span.h"

namespace needleplan {

/// How a dated fact stands to a window.
enum class Distance : std::uint8_t {
  kept,     ///< the preferred length or more
  between,  ///< the minimum, but not the preferred length
  broken    ///< short of the minimum
};

/// A session day, with its start where that is known.
struct SessionStart {
  Date day{};
  std::optional<TimeOfDay> time;
  /// The earliest and the latest minute it can start; the same when the time is known.
  [[nodiscard]] Moment earliest() const { return Moment{day} + time.value_or(TimeOfDay{0}); }
  [[nodiscard]] Moment latest() const { return time ? Moment{day} + *time : Moment{day + std::chrono::days{1}}; }
};

/// For something that happened at `when` and the session after it. Days count on the calendar; hours
/// count from the latest minute it can have been to the earliest the session can start (the safer
/// reading). Best and worst over the days of `when`; equal when it does not matter which it was.
[[nodiscard]] std::pair<Distance, Distance> distance_before(const When& when, SpanRange window,
                                                            const SessionStart& session);

/// The same for something planned after the session.
[[nodiscard]] std::pair<Distance, Distance> distance_after(const When& when, SpanRange window,
                                                           const SessionStart& session);

/// The lengths that a window as long as a course, or several times, can have: for the shortest and the longest course
/// that its dates allow, in whole days. A course lasts at least one day.
struct CourseLength {
  SpanRange shortest, longest;
  int days = 0;  ///< of the longest course
};
/// `bound` must be of that kind. `last` holds the day of the last use, or today for what is still used.
[[nodiscard]] CourseLength course_length(const Bound& bound, const When& started, const Period& last);

/// The first day on which a session at `time` keeps `span` after `when` (its last possible day).
[[nodiscard]] Date first_day_after(const When& when, Span span, std::optional<TimeOfDay> time);
/// The last day on which something must have been stopped for a session to keep `span`. Something
/// stopped at the end of that day keeps it, whatever the unit.
[[nodiscard]] Date last_day_before(const SessionStart& session, Span span);
/// The last day that keeps a window whole: hours, counted from a day's end, may ask for more than a preferred length
/// in days.
[[nodiscard]] Date last_day_before(const SessionStart& session, SpanRange window);
/// The same where the length is `times` the course that ends on that very day: each day of use makes it longer.
/// `began` is the first day on which it can have begun; a result before that day says that no course is short enough.
[[nodiscard]] Date last_day_of_course(Date session, int times, Date began);

}  // namespace needleplan
