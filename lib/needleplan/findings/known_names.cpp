#include "needleplan/findings/known_names.h"

#include <algorithm>

#include <fmt/format.h>

namespace needleplan {

namespace {

/// Whether it is certain that a use ended longer ago than answers hold.
bool ended_long_ago(const Entry& entry, const Facts& facts) {
  if (const bool* ongoing = entry.ongoing.given(); ongoing != nullptr && *ongoing) return false;
  const auto& valid_for = facts.pack->answers_valid_for;
  const When* last = entry.last_used.given();
  return valid_for && last != nullptr && after(last->days.last, *valid_for) < facts.as_of;
}

/// Whether an entry of it can tell of an illness: what is taken, and what was or will be done.
bool tells_of_illness(Section section) {
  return section != Section::conditions && section != Section::allergies && section != Section::sessions;
}

}  // namespace

std::string path_of(const KnownName& name) {
  return name.entry != nullptr ? path_of(*name.entry->entry, "name") : fmt::format("session.{}", to_string(name.place));
}

const Statement* no_concern_of(const KnownName& name, const Pack& pack) {
  // An illness can be out of control; an allergy cannot.
  if (name.entry != nullptr && name.place == NamePlace::conditions) {
    const Answer<Status>& status = name.entry->entry->status;
    if (status.state() == AnswerState::unknown) return nullptr;
    if (status.given() != nullptr && (*status.given() == Status::uncontrolled || *status.given() == Status::unstable))
      return nullptr;
  }
  return no_concern_of(name.subject, name.place, pack);
}

SubjectKinds kinds_of(NamePlace place) {
  SubjectKinds kinds = 0;
  for (std::size_t i = 0; i < kEnumNames<SubjectKind>.size(); ++i)
    if (const auto kind = static_cast<SubjectKind>(i); belongs(kind, place)) kinds |= bit(kind);
  return kinds;
}

std::vector<std::string_view> homes_of(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::drug_class:
    case SubjectKind::ingredient:
    case SubjectKind::product:
      return {"medicines", "products", "supplements"};
    case SubjectKind::condition:
      return {"conditions"};
    case SubjectKind::allergen:
      return {"allergies"};
    case SubjectKind::procedure:
      return {"procedures", "plans"};
    case SubjectKind::exposure:
      return {"exposures"};
    case SubjectKind::area:
      return {"session.areas", "the area of an entry"};
    case SubjectKind::device:
      return {"session.device"};
    case SubjectKind::indication:
      return {"session.indication"};
    case SubjectKind::add_on:
      return {"session.add_ons"};
    case SubjectKind::protocol:
      return {"session.protocol"};
  }
  return {};
}

std::vector<UnconcerningName> names_without_concern(const Facts& facts) {
  std::vector<UnconcerningName> out;
  each_known_name(facts, [&](const KnownName& name) {
    if (const Statement* statement = no_concern_of(name, *facts.pack))
      out.push_back({name, statement, is_sourced(*statement, *facts.pack)});
  });
  return out;
}

std::vector<ImpliedIllness> implied_illnesses(const Facts& facts) {
  std::vector<ImpliedIllness> out;
  // As long as the illnesses were not all asked for, the question for them is there already; unless some were denied by
  // name, which a medicine contradicts.
  if (facts.standing[static_cast<std::size_t>(Section::conditions)] != Standing::known &&
      std::none_of(facts.denials.begin(), facts.denials.end(),
                   [](const DenialFacts& denied) { return denied.denial->section == Section::conditions; }))
    return out;
  const Catalog& catalog = facts.pack->catalog;
  const auto is_listed = [&](SubjectId illness) {
    return std::any_of(facts.entries.begin(), facts.entries.end(), [&](const EntryFacts& entry) {
      return entry.entry->section == Section::conditions && entry.is(catalog, std::span(&illness, 1)) == Truth::yes;
    });
  };
  for (const EntryFacts& entry : facts.entries) {
    if (!tells_of_illness(entry.entry->section) || entry.match.ambiguous() || ended_long_ago(*entry.entry, facts))
      continue;
    for (const SubjectId subject : entry.match.subjects)
      for (const SubjectId wider : catalog[subject].up) {
        const auto& illnesses = catalog[wider].implies;
        if (!illnesses.empty() && std::none_of(illnesses.begin(), illnesses.end(), is_listed))
          out.push_back({&entry, illnesses});
      }
  }
  return out;
}

}  // namespace needleplan
