/// Which of two lengths, or of two ends of a window, certainly reaches at least as far.
#pragma once

#include "needleplan/protocol/pack.h"
#include "needleplan/time/span.h"

namespace needleplan {

/// Whether whatever keeps `a` keeps `b` as well, on every date and at every hour. Days count on the calendar and hours
/// on the clock, so a day may be a minute long, and hours are days only when they are 24 for each.
[[nodiscard]] bool at_least(Span a, Span b);
/// The same for the minimum and the preferred length, each for itself.
[[nodiscard]] bool at_least(const SpanRange& a, const SpanRange& b);

/// Whether an end lies, for certain, as far from the session as another or farther. Sides do not count: both ends lie
/// on the same. An event and a length cannot be compared, since "usual" is no promise.
[[nodiscard]] bool reaches(const Bound& a, const Bound& b);

/// The same for the far end of a ban, where a check must not find less either: it counts with the lengths that ends
/// amount to (`found` of `a`, `needed` of `b`), and not at all where there is none, such as for `open`.
[[nodiscard]] bool bans_as_long(const Bound& a, const std::optional<SpanRange>& found, const Bound& b,
                                const std::optional<SpanRange>& needed);

/// Whether a ban begins, for certain, as near to the session as another or nearer. Nothing: at the session.
[[nodiscard]] bool begins_as_near(const std::optional<Bound>& a, const std::optional<Bound>& b);

/// Whether an end of a window on any side of the session comes, for certain, no later than another. An end that is
/// open is neither.
[[nodiscard]] bool no_later(const Bound& a, const Bound& b);

}  // namespace needleplan
