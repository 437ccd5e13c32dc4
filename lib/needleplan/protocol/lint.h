/// What is allowed in a pack but probably not meant.
#pragma once

#include "needleplan/protocol/pack.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/time/date.h"

namespace needleplan {

/// Warnings about a pack that reads without errors: texts that are missing or too long, dates in
/// sentences, sources and events that nothing uses, questions without words, a review that has run
/// out; and notes for statements without a source.
void lint(const Pack& pack, Date as_of, Diagnostics& diagnostics);

}  // namespace needleplan
