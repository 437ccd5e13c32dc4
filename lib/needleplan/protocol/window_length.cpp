#include "needleplan/protocol/window_length.h"

namespace needleplan {

namespace {

SpanRange longer(SpanRange a, SpanRange b) {
  const auto pick = [](Span x, Span y) { return rough_minutes(x) >= rough_minutes(y) ? x : y; };
  return {pick(a.minimum, b.minimum), pick(a.preferred, b.preferred)};
}

/// The days of `a` and `b` together, in days; hours count as the days that hold them.
Span sum(Span a, Span b) {
  if (a.unit == b.unit) return {a.count + b.count, a.unit, a.more_days + b.more_days};
  const Date zero{};
  return {static_cast<int>((after(after(zero, a), b) - zero).count()), Unit::days};
}

}  // namespace

std::optional<SpanRange> usual_of(const Bound& bound, const Pack& pack) {
  auto usual = pack.events[bound.event].usual;
  // A moment of the day lies on the session's own.
  if (!usual && pack.events[bound.event].moment && bound.offset) usual = SpanRange{{0, Unit::days}, {0, Unit::days}};
  if (usual && bound.offset)
    usual = SpanRange{sum(usual->minimum, *bound.offset), sum(usual->preferred, *bound.offset)};
  return usual;
}

std::optional<SpanRange> length_of(const Bound& bound, const Pack& pack) {
  switch (bound.kind) {
    case Bound::Kind::clock:
      return bound.span;
    case Bound::Kind::event:
      return usual_of(bound, pack);
    case Bound::Kind::later_of: {
      const auto usual = usual_of(bound, pack);
      return usual ? longer(bound.span, *usual) : bound.span;
    }
    case Bound::Kind::earlier_of:
      // The event may come late, and then the length ends it: that is the safer reading.
      return bound.span;
    case Bound::Kind::open:
    case Bound::Kind::vague:
    case Bound::Kind::course:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace needleplan
