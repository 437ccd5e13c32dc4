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
      out.session.insert(out.session.end(), inner.session.begin(), inner.session.end());
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
                 [&](const SessionIs& x) {
                   add(x.subjects, {});
                   out.session.push_back(x.fact);
                   out.always = x.subjects.empty();
                 },
                 [&](const auto&) { out.always = true; },
             },
             condition.node);
  return out;
}

namespace {

/// Calls `visit` with every kind that joins nothing, in the order written.
template <class Visit>
void each_leaf(const Condition& condition, const Visit& visit) {
  const auto all = [&](const std::vector<Condition>& terms) {
    for (const Condition& term : terms)
      each_leaf(term, visit);
  };
  std::visit(Overloaded{[&](const AllOf& x) { all(x.terms); }, [&](const AnyOf& x) { all(x.terms); },
                        [&](const Not& x) { all(x.term); }, [&](const auto&) { visit(condition); }},
             condition.node);
}

}  // namespace

bool is_words(const Condition& condition) {
  return std::holds_alternative<State>(condition.node) || std::holds_alternative<Situation>(condition.node) ||
         std::holds_alternative<Clearance>(condition.node);
}

std::vector<Location> states_in(const Condition& condition) {
  std::vector<Location> out;
  each_leaf(condition, [&](const Condition& leaf) {
    if (is_words(leaf) && !std::holds_alternative<Clearance>(leaf.node)) out.push_back(leaf.at);
  });
  return out;
}

bool has_clearance(const Condition& condition) {
  bool found = false;
  each_leaf(condition, [&](const Condition& leaf) { found = found || std::holds_alternative<Clearance>(leaf.node); });
  return found;
}

std::vector<Limits> cycle_days_in(const Condition& condition) {
  std::vector<Limits> out;
  each_leaf(condition, [&](const Condition& leaf) {
    if (const auto* cycle = std::get_if<CycleDay>(&leaf.node)) out.push_back(cycle->days);
  });
  return out;
}

void add_wishes(const Condition& condition, std::vector<std::string_view>& out) {
  each_leaf(condition, [&](const Condition& leaf) {
    if (const auto* prefers = std::get_if<Prefers>(&leaf.node)) out.push_back(prefers->word);
  });
}

}  // namespace needleplan
