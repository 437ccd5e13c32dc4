/// Whether a template only uses names that exist, and uses them as what they are.
#pragma once

#include <vector>

#include "needleplan/render/pieces.h"
#include "needleplan/render/vocabulary.h"
#include "needleplan/text/diagnostic.h"

namespace needleplan {

/// Follows partials into `bodies`, since the names they may use depend on where they stand.
void check_names(const std::vector<Body>& bodies, const Vocabulary& vocabulary, Diagnostics& diagnostics);

}  // namespace needleplan
