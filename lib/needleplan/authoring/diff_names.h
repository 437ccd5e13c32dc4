/// What differs between the catalogs of two protocols.
#pragma once

#include <vector>

#include "needleplan/authoring/diff.h"

namespace needleplan {

/// What a subject is now that it was not. `was`: null where it is new.
[[nodiscard]] std::vector<Change> compare_subjects(const Subject* was, const Catalog& before, const Subject& now,
                                                   const Catalog& after);

/// Names, as they are looked up.
[[nodiscard]] std::vector<DiffEntry> diff_names(const Catalog& before, const Catalog& after);

}  // namespace needleplan
