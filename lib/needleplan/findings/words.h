/// The arithmetic and the ways out of a finding, in words.
#pragma once

#include <string>
#include <vector>

#include "needleplan/findings/finding.h"

namespace needleplan {

/// The client's own words for an entry, or its section for an earlier session.
[[nodiscard]] std::string name_of(const EntryFacts& entry);

/// `last used Fri 27 Nov, session Sun 29 Nov: 2 days; minimum 3 days, preferred 5 days: 1 day short`.
/// What is `prescribed` is never given a day to stop by.
[[nodiscard]] std::string arithmetic(const Measured& measured, const SessionStart& session, bool prescribed = false);

/// The value of a used fact as the profile has it.
[[nodiscard]] FactUsed fact_used(const Used& used, const Facts& facts);

/// Changes that would clear the outcome on the session's day: another day of use, of the event, a
/// state that is over. Never that a prescribed medicine was stopped.
[[nodiscard]] std::vector<Counterfactual> counterfactuals(const Statement& statement, const Setting* setting,
                                                          const Outcome& outcome, const Facts& facts,
                                                          const SessionStart& session);

/// What stands for the session in sentences about it: its day, as the profile has it, or the as-of date.
[[nodiscard]] SessionStart session_start(const Facts& facts);

}  // namespace needleplan
