/// Allergies that meet what is to be used.
#pragma once

#include <string_view>
#include <vector>

#include "needleplan/evaluate/facts.h"
#include "needleplan/findings/finding.h"

namespace needleplan {

/// An allergy that meets a product planned for the session, or what statements of the pack put to use.
struct AllergyMet {
  const EntryFacts* allergy = nullptr;
  Truth allergic = Truth::unknown;
  Verdict verdict = Verdict::consult;
  std::string_view path;              ///< of the product; empty for what statements use
  Located<std::string_view> product;  ///< as it was written
  SubjectId material = kNoSubject;    ///< what it meets in it; none where it is the product itself
  std::vector<std::string_view> by;   ///< ids of the statements and rows that use it
};

/// Each allergy with each product once; and, where no rule speaks of the allergy, once with all the statements that use
/// what it is to.
[[nodiscard]] std::vector<AllergyMet> allergies_met(const Facts& facts);

}  // namespace needleplan
