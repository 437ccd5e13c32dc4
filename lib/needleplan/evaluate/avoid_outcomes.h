/// Bans against the dates of a profile.
#pragma once

#include <optional>
#include <vector>

#include "needleplan/evaluate/evaluate.h"

namespace needleplan {

/// One outcome for each entry that breaks a ban, or may, on that session day (nullopt: the day is not known).
[[nodiscard]] std::vector<Outcome> avoid_outcomes(const Statement& statement, const Avoid& avoid, const Facts& facts,
                                                  std::optional<Date> session);

}  // namespace needleplan
