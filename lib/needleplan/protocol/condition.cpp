#include "needleplan/protocol/condition.h"

#include <span>

#include "needleplan/text/overloaded.h"

namespace needleplan {

Mentions mentions(const Condition& condition) {
  Mentions out;
  const auto join = [&](const std::vector<Condition>& terms) {
    for (const Condition& term : terms) {
      const Mentions inner = mentions(term);
      out.subjects.insert(out.subjects.end(), inner.subjects.begin(), inner.subjects.end());
      out.sections.insert(out.sections.end(), inner.sections.begin(), inner.sections.end());
      out.always = out.always || inner.always;
    }
  };
  const auto add = [&](const Subjects& subjects, std::span<const Section> sections) {
    out.subjects.insert(out.subjects.end(), subjects.begin(), subjects.end());
    out.sections.insert(out.sections.end(), sections.begin(), sections.end());
  };
  std::visit(Overloaded{
                 // A conjunction is looked at only if one of its subjects is there, as long as some
                 // term is about a subject; a negation must be looked at when the subject is missing.
                 [&](const AllOf& all) {
                   Mentions with_subjects;
                   for (const Condition& term : all.terms) {
                     const Mentions inner = mentions(term);
                     if (inner.always || inner.subjects.empty()) continue;
                     if (with_subjects.subjects.empty()) with_subjects = inner;
                   }
                   if (with_subjects.subjects.empty()) {
                     out.always = true;
                   } else {
                     out = with_subjects;
                   }
                 },
                 [&](const AnyOf& any) { join(any.terms); },
                 [&](const Not&) { out.always = true; },
                 [&](const HasCondition& x) { add(x.subjects, kIllSections); },
                 [&](const Uses& x) { add(x.subjects, kUseSections); },
                 [&](const Allergy& x) { add(x.subjects, kAllergySections); },
                 [&](const Had& x) { add(x.subjects, kEventSections); },
                 [&](const auto&) { out.always = true; },
             },
             condition.node);
  return out;
}

std::vector<std::string_view> words_in(const Condition& condition) {
  std::vector<std::string_view> out;
  const auto join = [&](const std::vector<Condition>& terms) {
    for (const Condition& term : terms)
      for (const std::string_view words : words_in(term))
        out.push_back(words);
  };
  std::visit(Overloaded{[&](const AllOf& x) { join(x.terms); }, [&](const AnyOf& x) { join(x.terms); },
                        [&](const Not& x) { join(x.term); }, [&](const State& x) { out.push_back(x.words); },
                        [&](const Clearance& x) { out.push_back(x.words); }, [](const auto&) {}},
             condition.node);
  return out;
}

}  // namespace needleplan
