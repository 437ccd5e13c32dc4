/// What differs between the catalogs of two protocols.
#pragma once

#include <vector>

#include "needleplan/authoring/diff.h"

namespace needleplan {

/// Subjects by id, then names as they are looked up.
[[nodiscard]] std::vector<DiffEntry> diff_names(const Catalog& before, const Catalog& after);

}  // namespace needleplan
