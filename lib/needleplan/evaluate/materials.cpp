#include "needleplan/evaluate/materials.h"

#include <algorithm>

namespace needleplan {

Truth allergic_to(const EntryFacts& allergy, SubjectId used, const Catalog& catalog) {
  const auto& subjects = allergy.match.subjects;
  const auto hits =
      std::count_if(subjects.begin(), subjects.end(), [&](SubjectId subject) { return catalog.is_a(used, subject); });
  const bool sure = allergy.match.all || static_cast<std::size_t>(hits) == subjects.size();
  if (hits > 0 && sure && !allergy.doubtful) return Truth::yes;
  const bool perhaps = hits > 0 || std::any_of(subjects.begin(), subjects.end(),
                                               [&](SubjectId subject) { return catalog.is_a(subject, used); });
  return perhaps ? Truth::unknown : Truth::no;
}

std::vector<MetMaterial> allergies_to(const Subjects& uses, const Facts& facts) {
  std::vector<MetMaterial> out;
  if (uses.empty()) return out;
  const Catalog& catalog = facts.pack->catalog;
  for (const EntryFacts& entry : facts.entries) {
    if (entry.entry->section != Section::allergies) continue;
    const auto met = std::find_if(uses.begin(), uses.end(),
                                  [&](SubjectId used) { return allergic_to(entry, used, catalog) != Truth::no; });
    if (met != uses.end()) out.push_back({&entry, *met});
  }
  return out;
}

bool is_left_out(const Step& step, const Facts& facts) {
  return facts.numbing.answer == AnswerState::none &&
         std::any_of(step.settings.begin(), step.settings.end(), [](const Setting& s) { return !s.products.empty(); });
}

}  // namespace needleplan
