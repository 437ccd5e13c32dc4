#include "needleplan/evaluate/complete.h"

#include <algorithm>

namespace needleplan {

namespace {

/// Whether a denial is at least as wide as what is looked for.
bool covers(const DenialFacts& denied, SubjectId subject, const Wanted& wanted, const Facts& facts) {
  const Catalog& catalog = facts.pack->catalog;
  const Denial& said = *denied.denial;
  // A name with several readings denies all of them.
  if (std::none_of(denied.subjects.begin(), denied.subjects.end(),
                   [&](SubjectId wide) { return catalog.is_a(subject, wide); }))
    return false;
  if (said.form.given() && denied.form != wanted.form) return false;
  if (said.status.given() && wanted.status != bit(*said.status.given())) return false;
  if (said.since.given() && (!wanted.from || said.since.given()->days.last > *wanted.from)) return false;
  if (!said.areas.given()) return true;
  const SessionNames& areas = facts.areas;
  return wanted.in_area && areas.answer == AnswerState::given && areas.unknown_names.empty() &&
         std::all_of(areas.subjects.begin(), areas.subjects.end(), [&](SubjectId area) {
           return std::any_of(denied.areas.begin(), denied.areas.end(),
                              [&](SubjectId wide) { return catalog.within(area, wide) == Truth::yes; });
         });
}

}  // namespace

bool is_complete(const Facts& facts, Section section, const Wanted& wanted) {
  if (facts.standing[static_cast<std::size_t>(section)] == Standing::known) return true;
  if (wanted.subjects.empty()) return false;
  return std::all_of(wanted.subjects.begin(), wanted.subjects.end(), [&](SubjectId subject) {
    return std::any_of(facts.denials.begin(), facts.denials.end(), [&](const DenialFacts& denied) {
      return denied.denial->section == section && denied.recent && covers(denied, subject, wanted, facts);
    });
  });
}

std::string missing_path(const Facts& facts, Section section) {
  return facts.standing[static_cast<std::size_t>(section)] == Standing::partial ? path_of_rest(section)
                                                                                : std::string(to_string(section));
}

}  // namespace needleplan
