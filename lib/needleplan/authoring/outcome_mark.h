/// What a statement comes to for a case, short enough to compare by.
#pragma once

#include <string>

#include "needleplan/authoring/run_case.h"

namespace needleplan {

/// The outcomes of a statement, those of its settings included, on the case's session day. Equal for two versions of a
/// statement if a check on that day cannot tell them apart.
[[nodiscard]] std::string outcome_mark(const Statement& statement, const RunnableCase& run);

}  // namespace needleplan
