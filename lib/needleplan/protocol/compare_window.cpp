#include "needleplan/protocol/compare_window.h"

#include <algorithm>
#include <chrono>
namespace needleplan {

namespace {

enum class Family : std::uint8_t { clock, days, months };

/// A length in the smallest unit of its family: minutes, days or months.
struct Measure {
  Family family{};
  std::int64_t count = 0;
};

Measure measure(Span span) {
  const std::int64_t count = span.count;
  switch (span.unit) {
    case Unit::minutes:
      return {Family::clock, count};
    case Unit::hours:
      return {Family::clock, count * 60};
    case Unit::days:
      return {Family::days, count};
    case Unit::weeks:
      return {Family::days, count * 7};
    case Unit::months:
      return {Family::months, count};
    case Unit::years:
      return {Family::months, count * 12};
  }
  return {};
}

/// The fewest and the most days that so many months can have, over a whole cycle of the calendar.
std::pair<std::int64_t, std::int64_t> days_of_months(std::int64_t months) {
  using namespace std::chrono;
  constexpr int kCycle = 400 * 12;
  const auto first = [](std::int64_t month) {
    return sys_days{(year{2000} / January + std::chrono::months{static_cast<int>(month)}) / 1};
  };
  std::pair<std::int64_t, std::int64_t> out{INT64_MAX, 0};
  for (int month = 0; month < kCycle; ++month) {
    const std::int64_t whole = (first(month + months) - first(month)).count();
    // From a day that the last month lacks, its last day ends the count.
    const std::int64_t here = (first(month + 1) - first(month)).count();
    const std::int64_t there = (first(month + months + 1) - first(month + months)).count();
    out.first = std::min(out.first, whole - std::max<std::int64_t>(0, here - there));
    out.second = std::max(out.second, whole);
  }
  return out;
}

/// The calendar days that are certainly kept.
std::int64_t least_days(Measure m) {
  if (m.family == Family::months) return days_of_months(m.count).first;
  return m.family == Family::days ? m.count : m.count / kMinutesPerDay;
}

/// An end that has a length in it, and so cannot come before the session unless it says so.
bool is_length(Bound::Kind kind) {
  return kind == Bound::Kind::clock || kind == Bound::Kind::later_of || kind == Bound::Kind::earlier_of;
}

Bound length_part(const Bound& bound) {
  Bound out;
  out.kind = Bound::Kind::clock;
  out.span = bound.span;
  return out;
}

Bound event_part(const Bound& bound) {
  Bound out;
  out.kind = Bound::Kind::event;
  out.event = bound.event;
  out.offset = bound.offset;
  return out;
}

bool reaches_one(const Bound& a, const Bound& b) {
  if (a.kind == Bound::Kind::open) return true;
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Bound::Kind::clock:
      return at_least(a.span, b.span);
    case Bound::Kind::event:
      return a.event == b.event && (!b.offset || (a.offset && at_least(*a.offset, *b.offset)));
    case Bound::Kind::vague:
      return a.span == b.span;  // of the same unit
    case Bound::Kind::course:
      return a.span.minimum.count >= b.span.minimum.count;
    default:
      return false;
  }
}

bool at_session(const std::optional<Bound>& bound) {
  return !bound || is_zero(*bound);
}

}  // namespace

bool at_least(Span a, Span b) {
  const Measure x = measure(a);
  const Measure y = measure(b);
  if (x.family == y.family) return x.count >= y.count;
  const std::int64_t days = least_days(x);
  switch (y.family) {
    case Family::clock:
      // From the last minute of one day to the first of another.
      return days > 0 && (days - 1) * kMinutesPerDay >= y.count;
    case Family::days:
      return days >= y.count;
    case Family::months:
      return days >= days_of_months(y.count).second;
  }
  return false;
}

bool at_least(const SpanRange& a, const SpanRange& b) {
  return at_least(a.minimum, b.minimum) && at_least(a.preferred, b.preferred);
}

bool reaches(const Bound& a, const Bound& b) {
  // All that must be reached first, then whatever alone would be enough.
  if (b.kind == Bound::Kind::later_of) return reaches(a, length_part(b)) && reaches(a, event_part(b));
  if (a.kind == Bound::Kind::earlier_of) return reaches(length_part(a), b) && reaches(event_part(a), b);
  if (b.kind == Bound::Kind::earlier_of) return reaches(a, length_part(b)) || reaches(a, event_part(b));
  if (a.kind == Bound::Kind::later_of) return reaches(length_part(a), b) || reaches(event_part(a), b);
  return reaches_one(a, b);
}

bool bans_as_long(const Bound& a, const std::optional<SpanRange>& found, const Bound& b,
                  const std::optional<SpanRange>& needed) {
  // How long a course lasted stands in the profile, so a check counts with it though the pack has no figure.
  if (b.kind == Bound::Kind::course && a.kind != Bound::Kind::course) return false;
  return reaches(a, b) && (!needed || (found && at_least(*found, *needed)));
}

bool begins_as_near(const std::optional<Bound>& a, const std::optional<Bound>& b) {
  if (at_session(a)) return true;
  if (at_session(b)) return false;
  // A check passes over what comes before a length, and over nothing else.
  return (a->kind != Bound::Kind::clock || b->kind == Bound::Kind::clock) && reaches(*b, *a);
}

bool no_later(const Bound& a, const Bound& b) {
  if (a.kind == Bound::Kind::open || b.kind == Bound::Kind::open) return false;
  const bool begins_there = at_session(a);
  if (begins_there && at_session(b)) return true;
  if (a.before_session && b.before_session) return reaches(a, b);
  if (a.before_session) return is_length(b.kind);
  if (b.before_session) return false;
  // An event such as the morning may come before the session.
  if (begins_there) return is_length(b.kind) || b.kind == Bound::Kind::vague || b.kind == Bound::Kind::course;
  return reaches(b, a);
}

}  // namespace needleplan
