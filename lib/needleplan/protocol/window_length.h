/// The length that an end of a window amounts to, where a figure is known.
#pragma once

#include <optional>

#include "needleplan/protocol/pack.h"
#include "needleplan/time/span.h"

namespace needleplan {

/// When the event of an end usually comes, with what is counted from it; nothing where no figure is known.
[[nodiscard]] std::optional<SpanRange> usual_of(const Bound& bound, const Pack& pack);

/// The length that an end of a window amounts to: its span; for an event its usual range; for the
/// later of both the longer ones. Nothing where no figure is known (vague, open).
[[nodiscard]] std::optional<SpanRange> length_of(const Bound& bound, const Pack& pack);

}  // namespace needleplan
