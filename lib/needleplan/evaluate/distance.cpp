#include "needleplan/evaluate/distance.h"

#include <algorithm>

namespace needleplan {

namespace {

/// Whether a session keeps `span` after something on one day of `when`.
bool keeps_before(Date day, const When& when, Span span, const SessionStart& session) {
  if (!span.on_clock()) return session.day >= after(day, span);
  const Moment latest = when.time ? Moment{day} + *when.time : Moment{day + std::chrono::days{1}};
  return session.earliest() >= after(latest, span);
}

bool keeps_after(Date day, const When& when, Span span, const SessionStart& session) {
  if (!span.on_clock()) return day >= after(session.day, span);
  return Moment{day} + when.time.value_or(TimeOfDay{0}) >= after(session.latest(), span);
}

template <class Keeps>
Distance distance(Keeps keeps, SpanRange window) {
  if (!keeps(window.minimum)) return Distance::broken;
  return keeps(window.preferred) ? Distance::kept : Distance::between;
}

}  // namespace

std::pair<Distance, Distance> distance_before(const When& when, SpanRange window, const SessionStart& session) {
  const auto at = [&](Date day) {
    return distance([&](Span span) { return keeps_before(day, when, span, session); }, window);
  };
  return {at(when.days.first), at(when.days.last)};
}

std::pair<Distance, Distance> distance_after(const When& when, SpanRange window, const SessionStart& session) {
  const auto at = [&](Date day) {
    return distance([&](Span span) { return keeps_after(day, when, span, session); }, window);
  };
  return {at(when.days.last), at(when.days.first)};
}

CourseLength course_length(const Bound& bound, const When& started, const Period& last) {
  const int times = bound.span.minimum.count;
  const auto days_of = [](Date from, Date to) { return std::max(1, static_cast<int>((to - from).count())); };
  const auto length = [&](int days) {
    const Span span{times * days, Unit::days};
    return SpanRange{span, span};
  };
  const int most = days_of(started.days.first, last.last);
  return CourseLength{length(days_of(started.days.last, last.first)), length(most), most};
}

Date first_day_after(const When& when, Span span, std::optional<TimeOfDay> time) {
  if (!span.on_clock()) return after(when.days.last, span);
  // The calendar guess is at most a day off either way; the clock decides.
  Date day = after(when.days.last, span) - std::chrono::days{1};
  while (!keeps_before(when.days.last, when, span, {day, time}))
    day += std::chrono::days{1};
  return day;
}

Date last_day_before(const SessionStart& session, Span span) {
  if (!span.on_clock()) {
    Date day = before(session.day, span);
    // 31 October and a month are 30 November too: the clamped days at a month's end keep it as well.
    while (after(day + std::chrono::days{1}, span) <= session.day)
      day += std::chrono::days{1};
    return day;
  }
  const When any_time{};
  Date day = before(session.day, span) + std::chrono::days{1};
  while (!keeps_before(day, any_time, span, session))
    day -= std::chrono::days{1};
  return day;
}

Date last_day_before(const SessionStart& session, SpanRange window) {
  return std::min(last_day_before(session, window.minimum), last_day_before(session, window.preferred));
}

Date last_day_of_course(Date session, int times, Date began) {
  // A course lasts at least one day, so its first day and the next one ask for the same length.
  const Date shortest = session - std::chrono::days{times};
  if (shortest <= began + std::chrono::days{1}) return shortest;
  // From `began` to the session lie the course, and then that course so many times.
  return began + (session - began) / (1 + times);
}

}  // namespace needleplan
