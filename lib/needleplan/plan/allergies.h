/// What the practitioner reads about a client's allergies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "needleplan/plan/builders.h"
#include "needleplan/plan/common.h"

namespace needleplan {

/// The head of a page for the practitioner: each allergy, or that none is known, and what it takes off the client's
/// sheets. There is a client.
[[nodiscard]] Group allergies_group(const PlanInput& input);

/// `chlorhexidine (allergy: Hibiscrub). Name another disinfectant.`
[[nodiscard]] std::string left_out_words(const std::vector<MetMaterial>& met, std::string_view instead,
                                         const Pack& pack);

}  // namespace needleplan
