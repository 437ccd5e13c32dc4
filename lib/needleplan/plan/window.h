/// Window ends as dates and words, around a session whose day may or may not be known.
#pragma once

#include <optional>
#include <string>

#include "needleplan/protocol/pack.h"
#include "needleplan/time/date.h"

namespace needleplan {

/// The session that a plan is written around.
struct PlanSession {
  std::optional<Date> day;
  std::optional<TimeOfDay> time;
  /// Leaves a blank (time/blank.h) wherever the day or the time would stand: the plan is then that of every client who
  /// differs in nothing else.
  bool blanks = false;
};

/// A day near the session's, `Fri 4 Dec`, or for machines `2026-12-04`; or its blank. The session's day must be known.
[[nodiscard]] std::string day_text(Date date, const PlanSession& session);
[[nodiscard]] std::string iso_text(Date date, const PlanSession& session);
/// The same for a minute: `Fri 4 Dec, 14:30`, `2026-12-04T14:30`.
[[nodiscard]] std::string moment_text(Moment moment, const PlanSession& session);
[[nodiscard]] std::string iso_text(Moment moment, const PlanSession& session);

/// `your skin has healed`, `5 days after your skin has healed`.
[[nodiscard]] std::string event_words(const Bound& bound, const Pack& pack);

/// One end, for a plan: the preferred length, with the minimum beside it.
struct PlannedEnd {
  std::optional<int> day;        ///< days from the session's day; nothing where no clock tells
  std::optional<Moment> moment;  ///< the minute, when hours count and the start is known
  /// When hours count and the start is not known: the day farthest from the session on which the end may fall.
  std::optional<int> farthest;
  std::string words;    ///< `Fri 4 Dec`, `Thu 26 Nov, 14:30`, `your skin has healed (usually ...)`
  std::string begins;   ///< the same as a beginning: `from Fri 4 Dec`, `once your skin has healed`
  std::string minimum;  ///< the minimum in the same words, when it differs
  bool event = false;   ///< an event or vague length, not a date
};

/// The window as a plan goes by it. Where the minimum reaches farther than the preferred length, such as `12h..1d` for
/// a session in the morning, whoever kept the days would break it; then it is the minimum alone.
[[nodiscard]] SpanRange reaching(SpanRange window, bool before_session, const PlanSession& session);

/// The end of something after the session (or before it, for a bound that counts back).
[[nodiscard]] PlannedEnd planned_end(const Bound& bound, const Pack& pack, const PlanSession& session);

/// The day that lies `days` after the session's: `Fri 4 Dec`, or `day 7` without a date.
[[nodiscard]] std::string day_words(int days, const PlanSession& session);

/// As ISO text for machines: a day or a minute; nothing for events.
[[nodiscard]] std::optional<std::string> iso(const PlannedEnd& end, const PlanSession& session);

/// Whole days from the session's day to the moment a length after it: 24 h is 1, 48 h is 2, `3d` is 3.
[[nodiscard]] int days_of(Span span, const PlanSession& session);

}  // namespace needleplan
