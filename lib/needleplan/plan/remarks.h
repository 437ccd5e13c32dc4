/// What stands beside a rule wherever it speaks: whose it is, that it was made milder, and what says otherwise.
#pragma once

#include <string>
#include <vector>

#include "needleplan/plan/builders.h"

namespace needleplan {

/// `clinic's own rule`, `changed by the clinic`, `made milder by lead`, `no source`, joined; empty for a sourced rule
/// of the pack itself. Where only one side of a ban is printed, `other_side` is the key of the side that is not: what
/// was made milder there is not said here.
[[nodiscard]] std::string origin_words(const Statement& statement, const Pack& pack, std::string_view other_side = {});

/// A detail for each other statement in force that says something else of the same subject at the same time. Both
/// stay: none is dropped or averaged. `other_side` as above.
[[nodiscard]] std::vector<Detail> disagreements(const Statement& statement, const PlanInput& input,
                                                std::string_view other_side = {});

/// What is laid over the pack, for the foot of a document: one line for each layer, and what was taken out.
[[nodiscard]] std::vector<std::string> layer_lines(const Pack& pack);

/// That nobody has approved what is in force, for the head of a document.
[[nodiscard]] std::string draft_words(const Pack& pack);

/// Where the client calls: `Our Clinic, 020 7946 0000`; empty where no layer says it.
[[nodiscard]] std::string clinic_words(const ClinicDetails& clinic);

}  // namespace needleplan
