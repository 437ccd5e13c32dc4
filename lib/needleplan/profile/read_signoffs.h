/// The signatures of a profile.
#pragma once

#include "needleplan/profile/fact_reader.h"

namespace needleplan {

/// Those that are whole; whoever cannot answer for a risk is refused as a signer.
void read_signoffs(FactReader& root, Profile& profile, Diagnostics& diagnostics);

}  // namespace needleplan
