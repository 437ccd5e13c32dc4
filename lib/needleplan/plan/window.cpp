#include "needleplan/plan/window.h"

#include <fmt/format.h>

#include "needleplan/evaluate/distance.h"
#include "needleplan/time/blank.h"

namespace needleplan {

namespace {

/// Without a session day any day serves for counting; months then are those of this one.
constexpr Date kAnyDay{std::chrono::days{20000}};

std::string blank_of(Blank::Kind kind, Date date, const PlanSession& session) {
  return to_text({kind, static_cast<int>((date - *session.day).count())});
}

std::string blank_time(Moment moment, const PlanSession& session) {
  // The day on which it falls is a blank of its own.
  const TimeOfDay later = time_of(moment) - session.time.value_or(TimeOfDay{0});
  return to_text({Blank::Kind::time, static_cast<int>((later.count() + kMinutesPerDay) % kMinutesPerDay)});
}

/// A length after or before the session, in words: a date, a minute, or a day number.
std::string span_words(Span span, bool before_session, const PlanSession& session) {
  if (!session.day) return fmt::format("{} {} the session", words(span), before_session ? "before" : "after");
  if (span.on_clock() && session.time) {
    const Moment start = Moment{*session.day} + *session.time;
    return moment_text(before_session ? before(start, span) : after(start, span), session);
  }
  if (span.on_clock() && !before_session) return fmt::format("{} after the session", words(span));
  return day_text(before_session ? before(*session.day, span) : after(*session.day, span), session);
}

std::string usual_words(const std::optional<SpanRange>& usual, const PlanSession& session) {
  if (!usual) return {};
  const std::string last = span_words(usual->preferred, false, session);
  if (usual->single()) return fmt::format(" (usually by {})", last);
  if (!session.day) return fmt::format(" (usually {} after the session)", words(*usual));
  return fmt::format(" (usually {} to {})", span_words(usual->minimum, false, session), last);
}

/// The minute from which something is allowed again after a length, or up to which before one; a day counts whole.
Moment limit(Span span, bool before_session, const PlanSession& session) {
  const SessionStart start{session.day.value_or(kAnyDay), session.time};
  if (span.on_clock()) return before_session ? before(start.earliest(), span) : after(start.latest(), span);
  return Moment{before_session ? last_day_before(start, span) + std::chrono::days{1} : after(start.day, span)};
}

/// Hours around a session whose time is not known: the day, from the session's, of the last minute that they may reach.
int farthest_day(Span span, bool before_session, const PlanSession& session) {
  const Moment end = limit(span, before_session, session) - std::chrono::minutes{before_session ? 0 : 1};
  return static_cast<int>((day_of(end) - session.day.value_or(kAnyDay)).count());
}

}  // namespace

std::string event_words(const Bound& bound, const Pack& pack) {
  const std::string label(pack.events[bound.event].label);
  return bound.offset ? fmt::format("{} after {}", words(*bound.offset), label) : label;
}

std::string day_text(Date date, const PlanSession& session) {
  return session.blanks ? blank_of(Blank::Kind::day, date, session) : words(date, *session.day);
}

std::string iso_text(Date date, const PlanSession& session) {
  return session.blanks ? blank_of(Blank::Kind::iso_day, date, session) : iso(date);
}

std::string moment_text(Moment moment, const PlanSession& session) {
  if (!session.blanks) return words(moment, *session.day);
  return fmt::format("{}, {}", blank_of(Blank::Kind::day, day_of(moment), session), blank_time(moment, session));
}

std::string iso_text(Moment moment, const PlanSession& session) {
  if (!session.blanks) return iso(moment);
  return fmt::format("{}T{}", blank_of(Blank::Kind::iso_day, day_of(moment), session), blank_time(moment, session));
}

int days_of(Span span, const PlanSession& session) {
  const Date day = session.day.value_or(kAnyDay);
  if (!span.on_clock()) return static_cast<int>((after(day, span) - day).count());
  // Hours run from the session's start; without one, from the day's.
  const Moment start = session.time ? Moment{day} + *session.time : Moment{day};
  return static_cast<int>((day_of(after(start, span)) - day).count());
}

std::string day_words(int days, const PlanSession& session) {
  if (!session.day) return days == 0 ? std::string("the session day") : fmt::format("day {}", days);
  return day_text(*session.day + std::chrono::days{days}, session);
}

SpanRange reaching(SpanRange window, bool before_session, const PlanSession& session) {
  const Moment least = limit(window.minimum, before_session, session);
  const Moment most = limit(window.preferred, before_session, session);
  const bool farther = before_session ? least < most : least > most;
  return farther ? SpanRange{window.minimum, window.minimum} : window;
}

PlannedEnd planned_end(const Bound& bound, const Pack& pack, const PlanSession& session) {
  PlannedEnd out;
  const auto set_clock = [&](SpanRange written) {
    const SpanRange span = session.day ? reaching(written, bound.before_session, session) : written;
    const int sign = bound.before_session ? -1 : 1;
    out.day = sign * days_of(span.preferred, session);
    if (span.preferred.on_clock() && session.day && session.time) {
      const Moment start = Moment{*session.day} + *session.time;
      out.moment = bound.before_session ? before(start, span.preferred) : after(start, span.preferred);
      out.day = static_cast<int>((day_of(*out.moment) - *session.day).count());
    }
    if (span.preferred.on_clock() && !session.time)
      out.farthest = farthest_day(span.preferred, bound.before_session, session);
    out.words = span_words(span.preferred, bound.before_session, session);
    if (!span.single()) out.minimum = span_words(span.minimum, bound.before_session, session);
  };
  switch (bound.kind) {
    case Bound::Kind::open:
      out.event = true;
      break;
    case Bound::Kind::clock:
      set_clock(bound.span);
      break;
    case Bound::Kind::event: {
      const auto usual = usual_of(bound, pack);
      out.event = true;
      out.words = event_words(bound, pack) + usual_words(usual, session);
      if (usual) out.day = days_of(usual->preferred, session);
      if (pack.events[bound.event].moment && !bound.offset) out.day = 0;
      break;
    }
    case Bound::Kind::later_of:
    case Bound::Kind::earlier_of: {
      const bool later = bound.kind == Bound::Kind::later_of;
      const bool span_on_clock = bound.span.preferred.on_clock();
      const auto usual = usual_of(bound, pack);
      set_clock(bound.span);
      out.event = true;
      // Hours end within a day, so that the day after is the first that may be free.
      if (span_on_clock && !bound.before_session) out.day = out.farthest.value_or(*out.day) + 1;
      out.moment.reset();
      out.farthest.reset();
      out.words = fmt::format("{} {} {}{}, whichever is {}", out.words, later ? "and" : "or", event_words(bound, pack),
                              usual_words(usual, session), later ? "later" : "earlier");
      if (usual && later) out.day = std::max(*out.day, days_of(usual->preferred, session));
      break;
    }
    case Bound::Kind::vague: {
      constexpr std::array<std::string_view, 6> kUnits{"minutes", "hours", "days", "weeks", "months", "years"};
      out.event = true;
      out.words = fmt::format("a few {} have passed", kUnits[static_cast<std::size_t>(bound.span.minimum.unit)]);
      break;
    }
    case Bound::Kind::course:
      out.event = true;
      out.words = bound.span.minimum.count == 1
                      ? std::string("as long as the course lasted")
                      : fmt::format("{} times as long as the course lasted", bound.span.minimum.count);
      break;
  }
  const bool happens = bound.kind == Bound::Kind::event && (!pack.events[bound.event].moment || bound.offset);
  if (!out.words.empty()) out.begins = (happens && !bound.offset ? "once " : "from ") + out.words;
  return out;
}

std::optional<std::string> iso(const PlannedEnd& end, const PlanSession& session) {
  if (end.moment) return iso_text(*end.moment, session);
  if (end.event || !end.day || !session.day) return std::nullopt;
  return iso_text(*session.day + std::chrono::days{*end.day}, session);
}

}  // namespace needleplan
