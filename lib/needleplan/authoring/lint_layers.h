/// What lint() finds by looking at several rules, layers or texts together.
#pragma once

#include <string>
#include <vector>

#include "needleplan/protocol/pack.h"
#include "needleplan/text/diagnostic.h"

namespace needleplan {

/// Rules that can never hold, or add nothing to a stricter one; two windows for one subject; something to do and to
/// avoid in the same hours (a note where two layers say it, because then both stand).
void lint_rules(const Pack& pack, Diagnostics& diagnostics);

/// Sentences of layers that are hard to read, texts that are not in a language the others are in, rules without a
/// reason, and words that nearly are ids.
void lint_words(const Pack& pack, Diagnostics& diagnostics);

}  // namespace needleplan
