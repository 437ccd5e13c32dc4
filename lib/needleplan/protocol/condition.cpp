#include "needleplan/protocol/condition.h"

#include <span>
#include <utility>

#include "needleplan/text/overloaded.h"

namespace needleplan {

const std::vector<Condition>* terms_of(const Condition& condition) {
  if (const auto* all = std::get_if<AllOf>(&condition.node)) return &all->terms;
  if (const auto* any = std::get_if<AnyOf>(&condition.node)) return &any->terms;
  const auto* negation = std::get_if<Not>(&condition.node);
  return negation == nullptr ? nullptr : &negation->term;
}

std::vector<Condition>* terms_of(Condition& condition) {
  return const_cast<std::vector<Condition>*>(terms_of(std::as_const(condition)));
}

const Subjects* subjects_of(const Condition& leaf) {
  return std::visit(
      []<class Leaf>(const Leaf& x) -> const Subjects* {
        if constexpr (std::is_same_v<Leaf, Treats>) {
          return &x.areas;
        } else if constexpr (requires { x.subjects; }) {
          return &x.subjects;
        } else {
          return nullptr;
        }
      },
      leaf.node);
}

Subjects* subjects_of(Condition& leaf) {
  return const_cast<Subjects*>(subjects_of(std::as_const(leaf)));
}

const Limits* limits_of(const Condition& leaf) {
  return std::visit(
      Overloaded{[](const Age& x) { return &x.years; }, [](const NeedleDepth& x) { return &x.micrometres; },
                 [](const NumbingTime& x) { return &x.minutes; }, [](const CycleDay& x) { return &x.days; },
                 [](const auto&) -> const Limits* { return nullptr; }},
      leaf.node);
}

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

bool is_words(const Condition& condition) {
  return std::holds_alternative<State>(condition.node) || std::holds_alternative<Situation>(condition.node) ||
         std::holds_alternative<Clearance>(condition.node);
}

std::vector<Location> states_in(const Condition& condition) {
  std::vector<Location> out;
  each_leaf(condition, [&](const Condition& leaf, bool) {
    if (is_words(leaf) && !std::holds_alternative<Clearance>(leaf.node)) out.push_back(leaf.at);
  });
  return out;
}

bool has_clearance(const Condition& condition) {
  return any_leaf(condition, [](const Condition& leaf, bool) { return std::holds_alternative<Clearance>(leaf.node); });
}

std::vector<Limits> cycle_days_in(const Condition& condition) {
  std::vector<Limits> out;
  each_leaf(condition, [&](const Condition& leaf, bool) {
    if (const auto* cycle = std::get_if<CycleDay>(&leaf.node)) out.push_back(cycle->days);
  });
  return out;
}

void add_wishes(const Condition& condition, std::vector<std::string_view>& out) {
  each_leaf(condition, [&](const Condition& leaf, bool) {
    if (const auto* prefers = std::get_if<Prefers>(&leaf.node)) out.push_back(prefers->word);
  });
}

}  // namespace needleplan
