/// `protocol doc`: the protocol in force as tables that a clinician reads and signs.
#pragma once

#include <string>

#include "needleplan/protocol/pack.h"
#include "needleplan/time/date.h"

namespace needleplan {

/// Markdown. Every statement and setting of the pack stands in it with its id, its sources, and what layers made of it;
/// so does whatever they took out. `as_of` tells whether a review still holds.
[[nodiscard]] std::string protocol_doc(const Pack& pack, Date as_of);

}  // namespace needleplan
