#include "needleplan/plan/window.h"

#include <fmt/format.h>

#include "needleplan/evaluate/distance.h"

namespace needleplan {

namespace {

/// Without a session day any day serves for counting; months then are those of this one.
constexpr Date kAnyDay{std::chrono::days{20000}};

/// A length after or before the session, in words: a date, a minute, or a day number.
std::string span_words(Span span, bool before_session, const PlanSession& session) {
  if (!session.day) return fmt::format("{} {} the session", words(span), before_session ? "before" : "after");
  if (span.on_clock() && session.time) {
    const Moment start = Moment{*session.day} + *session.time;
    return words(before_session ? before(start, span) : after(start, span), *session.day);
  }
  if (span.on_clock() && !before_session) return fmt::format("{} after the session", words(span));
  return words(before_session ? before(*session.day, span) : after(*session.day, span), *session.day);
}

std::string usual_words(const std::optional<SpanRange>& usual, const PlanSession& session) {
  if (!usual) return {};
  const std::string last = span_words(usual->preferred, false, session);
  if (usual->single()) return fmt::format(" (usually by {})", last);
  if (!session.day) return fmt::format(" (usually {} after the session)", words(*usual));
  return fmt::format(" (usually {} to {})", span_words(usual->minimum, false, session), last);
}

/// `your skin has healed`, `5 days after your skin has healed`.
std::string event_words(const Bound& bound, const Pack& pack) {
  const std::string label(pack.events[bound.event].label);
  return bound.offset ? fmt::format("{} after {}", words(*bound.offset), label) : label;
}

}  // namespace

int days_of(Span span, const PlanSession& session) {
  const Date day = session.day.value_or(kAnyDay);
  if (!span.on_clock()) return static_cast<int>((after(day, span) - day).count());
  // Hours run from the session's start; without one, from its latest, the end of the day.
  const Moment start = session.time ? Moment{day} + *session.time : Moment{day};
  return static_cast<int>((day_of(after(start, span)) - day).count());
}

std::string day_words(int days, const PlanSession& session) {
  if (!session.day) return days == 0 ? std::string("the session day") : fmt::format("day {}", days);
  return words(*session.day + std::chrono::days{days}, *session.day);
}

PlannedEnd planned_end(const Bound& bound, const Pack& pack, const PlanSession& session) {
  PlannedEnd out;
  const auto set_clock = [&](SpanRange span) {
    const int sign = bound.before_session ? -1 : 1;
    out.day = sign * days_of(span.preferred, session);
    if (span.preferred.on_clock() && session.day && session.time) {
      const Moment start = Moment{*session.day} + *session.time;
      out.moment = bound.before_session ? before(start, span.preferred) : after(start, span.preferred);
      out.day = static_cast<int>((day_of(*out.moment) - *session.day).count());
    }
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
      const auto usual = usual_of(bound, pack);
      set_clock(bound.span);
      out.event = true;
      out.moment.reset();
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
  if (end.moment) return iso(*end.moment);
  if (end.event || !end.day || !session.day) return std::nullopt;
  return iso(*session.day + std::chrono::days{*end.day});
}

}  // namespace needleplan
