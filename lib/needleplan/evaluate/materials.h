/// What a session puts on or in a client, against what the client is allergic to.
#pragma once

#include <vector>

#include "needleplan/evaluate/facts.h"
#include "needleplan/text/truth.h"

namespace needleplan {

/// Whether an allergy is to something that is used: to it or to its kind; perhaps where only its kind is known.
[[nodiscard]] Truth allergic_to(const EntryFacts& allergy, SubjectId used, const Catalog& catalog);

/// An allergy and one of the things that it meets.
struct MetMaterial {
  const EntryFacts* allergy = nullptr;
  SubjectId material = kNoSubject;
};

/// The allergies that meet something of what is used, or may; each once, in the order of the profile.
[[nodiscard]] std::vector<MetMaterial> allergies_to(const Subjects& uses, const Facts& facts);

/// Whether a step is not done at all: one for products of which none is to be used.
[[nodiscard]] bool is_left_out(const Step& step, const Facts& facts);

}  // namespace needleplan
