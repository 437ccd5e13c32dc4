/// Why a statement met a client, or the first thing that kept it from doing so.
#pragma once

#include "needleplan/plan/builders.h"
#include "needleplan/plan/document.h"

namespace needleplan {

/// What came of the statement for the client of `input` (`facts` must be there), with the facts, dates and missing
/// answers it rests on; and each term of a joined condition with its truth.
[[nodiscard]] std::vector<Group> client_groups(const Statement& statement, const PlanInput& input);

/// What is in force beside what each source says, with a mark for those that are stricter or milder.
[[nodiscard]] Group sources_group(const Statement& statement, const Pack& pack);
/// The same for figures that nothing is measured with.
[[nodiscard]] Group sources_group(const Citations& citations, const Pack& pack);

}  // namespace needleplan
