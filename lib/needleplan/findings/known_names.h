/// The names of a profile that the catalog knows, and those among them that no rule needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "needleplan/evaluate/facts.h"
#include "needleplan/protocol/judged_names.h"

namespace needleplan {

/// One subject that a name certainly means, in a place where it belongs.
struct KnownName {
  SubjectId subject = kNoSubject;
  NamePlace place{};
  const EntryFacts* entry = nullptr;  ///< null for a fact of the session
  std::string_view written;
  Location at;
};
[[nodiscard]] std::string path_of(const KnownName& name);

/// Calls `use` with each of them, entries first.
template <class Use>
void each_known_name(const Facts& facts, const Use& use) {
  for (const EntryFacts& entry : facts.entries) {
    const NamePlace place = place_of(entry.entry->section);
    // What is added in the session stands under its own key.
    if (place == NamePlace::sessions || entry.entry->at_session || entry.doubtful || entry.match.ambiguous()) continue;
    for (const SubjectId subject : entry.match.subjects)
      if (belongs(facts.pack->catalog[subject].kind, place))
        use(KnownName{subject, place, &entry, entry.entry->name.value, entry.entry->name.at});
  }
  const auto session = [&](const SessionNames& names, NamePlace place) {
    for (std::size_t i = 0; i < names.subjects.size(); ++i)
      use(KnownName{names.subjects[i], place, nullptr, names.names[i].value, names.names[i].at});
  };
  session(facts.indications, NamePlace::indication);
  session(facts.device, NamePlace::device);
  session(facts.numbing, NamePlace::numbing);
  session(facts.add_ons, NamePlace::add_ons);
}

/// The statement that says that no rule needs the name, as it stands there; null if there is none. An illness that is
/// out of control, or may be, is not the ordinary one that nothing speaks against.
[[nodiscard]] const Statement* no_concern_of(const KnownName& name, const Pack& pack);

/// The kinds of names that can stand in a place.
[[nodiscard]] SubjectKinds kinds_of(NamePlace place);
/// Where a name of that kind is meant to stand in a profile.
[[nodiscard]] std::vector<std::string_view> homes_of(SubjectKind kind);

/// A name without a rule that the protocol says needs none.
struct UnconcerningName {
  KnownName name;
  const Statement* statement = nullptr;
  bool sourced = false;
};
[[nodiscard]] std::vector<UnconcerningName> names_without_concern(const Facts& facts);

/// A medicine or treatment that is for one of several illnesses, none of which the profile lists.
struct ImpliedIllness {
  const EntryFacts* entry = nullptr;
  std::span<const SubjectId> illnesses;
};
[[nodiscard]] std::vector<ImpliedIllness> implied_illnesses(const Facts& facts);

}  // namespace needleplan
