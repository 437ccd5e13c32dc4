/// The lines of a plan against those that a case expects.
#pragma once

#include <vector>

#include "needleplan/authoring/run_case.h"
#include "needleplan/plan/builders.h"

namespace needleplan {

/// Adds a failure for each expectation that the plan does not meet.
void check_plan(const ExpectedPlan& expected, const Document& plan, std::vector<Failure>& out);

}  // namespace needleplan
