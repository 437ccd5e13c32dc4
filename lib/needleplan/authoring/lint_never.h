/// Conditions that cannot hold for anybody.
#pragma once

#include <string>

#include "needleplan/protocol/condition.h"

namespace needleplan {

/// Why it can never hold: `age over 60 and under 18`; empty where it can, or where that is not known.
[[nodiscard]] std::string why_never(const Condition& condition, const Catalog& catalog);

}  // namespace needleplan
