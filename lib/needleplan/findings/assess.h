/// Profile and protocol and a day in, findings out.
#pragma once

#include "needleplan/evaluate/facts.h"
#include "needleplan/findings/finding.h"

namespace needleplan {

/// Checks the facts for the session day that the profile names.
[[nodiscard]] Assessment assess(const Facts& facts);

/// The same with the ids and paths alone of what was found, for a row of a table.
[[nodiscard]] Brief brief(const Facts& facts);
/// What that is of a whole assessment, which must outlive it.
[[nodiscard]] Brief brief_of(const Assessment& assessment);

/// The same without what was found.
[[nodiscard]] Judgement judge(const Facts& facts);

/// Only the verdict, for any session day; the base of `earliest` and of the brute-force tests.
[[nodiscard]] Verdict verdict_on(const Facts& facts, std::optional<Date> session);

/// One statement or setting, whatever the index says: for `explain`.
[[nodiscard]] std::vector<Outcome> outcomes_of(const Statement& statement, const Facts& facts);

}  // namespace needleplan
