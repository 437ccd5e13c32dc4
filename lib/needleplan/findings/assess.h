/// Profile and protocol and a day in, findings out.
#pragma once

#include "needleplan/evaluate/facts.h"
#include "needleplan/findings/finding.h"

namespace needleplan {

class Judge;

/// Checks the facts for the session day that the profile names. For many clients of one pack one `memory` saves time.
[[nodiscard]] Assessment assess(const Facts& facts);
[[nodiscard]] Assessment assess(const Facts& facts, Judge& memory);

/// The same with the ids and paths alone of what was found, for a row of a table.
[[nodiscard]] Brief brief(const Facts& facts);
[[nodiscard]] Brief brief(const Facts& facts, Judge& memory);
/// What that is of a whole assessment, which must outlive it.
[[nodiscard]] Brief brief_of(const Assessment& assessment);

/// The same without what was found.
[[nodiscard]] Judgement judge(const Facts& facts);
[[nodiscard]] Judgement judge(const Facts& facts, Judge& memory);

/// Only the verdict, for any session day; the base of `earliest` and of the brute-force tests.
[[nodiscard]] Verdict verdict_on(const Facts& facts, std::optional<Date> session);

/// One statement or setting, whatever the index says: for `explain`.
[[nodiscard]] std::vector<Outcome> outcomes_of(const Statement& statement, const Facts& facts);

}  // namespace needleplan
