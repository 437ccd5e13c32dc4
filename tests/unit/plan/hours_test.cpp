#include <doctest/doctest.h>

#include "needleplan/plan/bans.h"
#include "support/engine.h"

namespace {

using namespace needleplan;
using namespace needleplan::testing;

Bound hours(int count) {
  Bound bound;
  bound.kind = Bound::Kind::clock;
  bound.span = SpanRange{Span{count, Unit::hours}, Span{count, Unit::hours}};
  return bound;
}

PlanSession session_at(std::optional<TimeOfDay> time) {
  PlanSession session;
  session.day = date("2026-12-10");
  session.time = time;
  return session;
}

TEST_CASE("hours around a session at an unknown time hold on every day that they may reach") {
  struct Case {
    int hours, last_after, first_before;
    std::string_view free;
  };
  constexpr std::array<Case, 6> kCases{{{0, 0, 0, "2026-12-11"},
                                        {1, 1, -1, "2026-12-12"},
                                        {12, 1, -1, "2026-12-12"},
                                        {24, 1, -1, "2026-12-12"},
                                        {25, 2, -2, "2026-12-13"},
                                        {72, 3, -3, "2026-12-14"}}};
  Avoid avoid;
  avoid.after.emplace();
  const PlanSession session = session_at(std::nullopt);
  for (const Case& c : kCases) {
    CAPTURE(c.hours);
    avoid.after->to = hours(c.hours);
    const PlannedEnd after = planned_end(avoid.after->to, shipped(), session);
    const Days days = days_of_ban(avoid, {}, after, shipped());
    CHECK(days.last == c.last_after);
    CHECK_FALSE(is_over(days, after, c.last_after));
    CHECK(is_over(days, after, c.last_after + 1));
    CHECK(iso_of_ban_end(after, session) == c.free);
    CHECK(first_banned_day(planned_end(counted_back(avoid.after->to), shipped(), session)) == c.first_before);
  }
}

TEST_CASE("hours around a session at a known time end on the minute") {
  const PlanSession session = session_at(TimeOfDay{14 * 60 + 30});
  Avoid avoid;
  avoid.after.emplace();
  avoid.after->to = hours(12);
  const PlannedEnd after = planned_end(avoid.after->to, shipped(), session);
  CHECK(days_of_ban(avoid, {}, after, shipped()).last == 1);
  CHECK(iso_of_ban_end(after, session) == "2026-12-11T02:30");
  CHECK(first_banned_day(planned_end(counted_back(hours(24)), shipped(), session)) == -1);
  CHECK(first_banned_day(planned_end(counted_back(hours(2)), shipped(), session)) == 0);
}

}  // namespace
