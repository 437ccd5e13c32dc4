/// What is not known is never taken as no: whatever stops a client when it is said stops the client too while nobody
/// knows whether it is so. These properties demand a stop, where "no milder" alone would be kept by a program that says
/// nothing at all.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "property/change.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// A client who is booked without an entry and not with it, and the subject that the entry names.
struct Stopped {
  Tree without, with;
  Section section{};
  SubjectId subject = kNoSubject;
};

/// Nothing where a few tries find none. With an area both the session and the entry are there.
std::optional<Stopped> stopped_by_an_entry(ClientMaker& maker, const Names& names, const std::string& area = {}) {
  constexpr int kTries = 12;
  Stopped out;
  out.without = maker.plain();
  if (!area.empty()) set_at(out.without, "session.areas", area);
  if (!said_of(out.without, *names.pack).bookable) return std::nullopt;
  for (int i = 0; i < kTries; ++i) {
    out.with = out.without;
    out.section = maker.section();
    // It is mostly illness that has a place.
    if (!area.empty() && i % 2 == 0) out.section = Section::conditions;
    if (out.section == Section::sessions) continue;
    maker.add(out.with, out.section);
    if (!area.empty() && entry_at(out.with, out.section, 0).find("area") != nullptr)
      entry_at(out.with, out.section, 0).set("area", area);
    const NameMatch match = names.pack->catalog.match(entry_at(out.with, out.section, 0).find("name")->text);
    if (match.subjects.size() != 1) continue;
    const Said said = said_of(out.with, *names.pack);
    if (said.bookable || said.words == "refused") continue;
    out.subject = match.subjects.front();
    return out;
  }
  return std::nullopt;
}

bool has_area(const Stopped& stopped) {
  Tree with = stopped.with;
  return entry_at(with, stopped.section, 0).find("area") != nullptr;
}

/// Everything a rule asks for in that section that cannot be the subject.
Tree all_but(SubjectId subject, Section section, const Names& names) {
  Tree denied = Tree::list();
  for (const SubjectId other : names.judged[static_cast<std::size_t>(section)])
    if (!names.pack->catalog.is_a(subject, other) && !names.pack->catalog.is_a(other, subject))
      denied.add(Tree::scalar(names.of[other].front()));
  return denied;
}

/// The same client while nobody knows whether there is such an entry.
Tree without_word_of_it(const Stopped& stopped, Chooser& choose, const Names& names) {
  Tree out = stopped.without;
  const std::string key(to_string(stopped.section));
  // A name that no rule is about has nothing to be denied by.
  switch (choose.below(stopped_by_a_rule(stopped.with, *names.pack) ? 6 : 3)) {
    case 0:
      out.set(key, "unknown");
      return out;
    case 1:
      out.erase(key);
      return out;
    case 2:
      out.set("partial", Tree::list().add(Tree::scalar(key)));
      out.erase(key);
      return out;
    default:
      out.erase(key);
      out.set("partial", Tree::list().add(Tree::scalar(key)));
      out.set("denied", Tree::map().set(key, all_but(stopped.subject, stopped.section, names)));
      return out;
  }
}

/// Whether a name with several contents may be a medicine on prescription.
bool may_be_prescribed(const Name& name) {
  const Catalog& catalog = shipped().catalog;
  const auto& choices = catalog.ambiguities()[static_cast<std::size_t>(name.ambiguity)].choices;
  return std::any_of(choices.begin(), choices.end(),
                     [&](SubjectId choice) { return catalog.may_be_prescribed(choice); });
}

}  // namespace

TEST_CASE("what would stop a client stops one of whom it is not known") {
  never_milder("an entry is not known",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 const auto stopped = stopped_by_an_entry(maker, names);
                 if (!stopped) return std::nullopt;
                 return Change{stopped->with, without_word_of_it(*stopped, choose, names)};
               });
}

TEST_CASE("what would stop a client stops one of whom only its kind is known") {
  never_milder("a name is vaguer",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 const auto stopped = stopped_by_an_entry(maker, names);
                 if (!stopped) return std::nullopt;
                 // What a single medicine implies, its kind may not.
                 if (!stopped_by_a_rule(stopped->with, *names.pack)) return std::nullopt;
                 const auto& up = names.pack->catalog[stopped->subject].up;
                 if (up.size() < 2) return std::nullopt;
                 Tree after = stopped->with;
                 const auto wider = up[1 + static_cast<std::size_t>(choose.below(static_cast<int>(up.size()) - 1))];
                 if (!may_hide_narrower(names.pack->catalog[wider].kind)) return std::nullopt;
                 entry_at(after, stopped->section, 0).set("name", names.of[wider].front());
                 return Change{stopped->with, after};
               });
}

TEST_CASE("what would stop a client stops one of whom a part of it is not known") {
  never_milder("a key of an entry is not known",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 const auto stopped = stopped_by_an_entry(maker, names);
                 // Of two keys that contradict each other, one less may be what settles it.
                 if (!stopped || !stopped_by_a_rule(stopped->with, *names.pack)) return std::nullopt;
                 Tree after = stopped->with;
                 std::vector<std::string> keys;
                 for (const auto& [key, value] : entry_at(after, stopped->section, 0).members)
                   if (key != "name") keys.push_back(key);
                 if (keys.empty()) return std::nullopt;
                 Tree& entry = entry_at(after, stopped->section, 0);
                 const std::string& key = choose.of(keys);
                 if (choose.once_in(2)) {
                   entry.erase(key);
                 } else {
                   // Nobody is sure of what is only suspected.
                   entry.set(key, key == "status" && choose.once_in(2) ? "suspected" : "unknown");
                 }
                 return Change{stopped->with, after};
               });
}

TEST_CASE("an illness that would stop a client stops one who may have it") {
  never_milder("an illness is only suspected",
               [](ClientMaker& maker, Chooser&, const Names& names) -> std::optional<Change> {
                 const auto stopped = stopped_by_an_entry(maker, names, "cheeks");
                 if (!stopped || stopped->section != Section::conditions) return std::nullopt;
                 Tree before = stopped->with;
                 Tree& entry = entry_at(before, Section::conditions, 0);
                 entry.set("status", "active");
                 entry.erase("resolved");
                 if (!stopped_by_a_rule(before, *names.pack)) return std::nullopt;
                 Tree after = before;
                 entry_at(after, Section::conditions, 0).set("status", "suspected");
                 return Change{before, after};
               });
}

TEST_CASE("who may not sign a rule changes nothing by signing it") {
  never_milder(
      "somebody signs who may not",
      [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
        const auto stopped = stopped_by_an_entry(maker, names);
        if (!stopped) return std::nullopt;
        const Client client(to_yaml(stopped->with));
        const Facts facts = resolve(*client.profile, *names.pack, kAsOf);
        for (const RuleOutcome& rule : collect(facts, rules_for(facts), *client.profile->session.date.given())) {
          if (bookable(rule.outcome.verdict)) continue;
          std::vector<std::string> others{"receptionist"};
          for (const std::string_view role : kEnumNames<Role>)
            if (!may_sign(*from_string<Role>(role), signed_by(*rule.statement))) others.emplace_back(role);
          Tree signoff = Tree::map();
          signoff.set("rule", std::string(rule.statement->id)).set("by", "Dr. Example").set("role", choose.of(others));
          signoff.set("on", iso(kAsOf)).set("expires", "2027-02-01").set("note", "seen and agreed");
          Tree after = stopped->with;
          after.set("signoffs", Tree::list().add(signoff));
          return Change{stopped->with, after};
        }
        return std::nullopt;
      });
}

TEST_CASE("what would stop a client stops one of whom it is not known that it is elsewhere") {
  never_milder("an entry may be in the area",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 const Catalog& catalog = names.pack->catalog;
                 const SubjectId area = choose.of(names.areas);
                 const auto stopped = stopped_by_an_entry(maker, names, std::string(catalog[area].id));
                 if (!stopped || !has_area(*stopped) || !stopped_by_a_rule(stopped->with, *names.pack, Scope::area))
                   return std::nullopt;
                 Tree after = stopped->with;
                 Tree& entry = entry_at(after, stopped->section, 0);
                 const std::string wider = wider_area(std::string(catalog[area].id), choose, names);
                 if (choose.once_in(3)) {
                   entry.erase("area");
                 } else {
                   entry.set("area", wider);
                 }
                 return Change{stopped->with, after};
               });
}

TEST_CASE("what a rule stops near the area it stops on the skin that touches it") {
  never_milder("an entry is next to the area",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 const Catalog& catalog = names.pack->catalog;
                 const auto touching = [&](SubjectId area) {
                   std::vector<std::string> out;
                   for (const SubjectId other : names.areas)
                     if (catalog.near(other, area) == Truth::yes && catalog.overlap(other, area) == Truth::no)
                       out.emplace_back(catalog[other].id);
                   return out;
                 };
                 std::vector<SubjectId> small;
                 std::copy_if(names.areas.begin(), names.areas.end(), std::back_inserter(small),
                              [&](SubjectId area) { return !touching(area).empty(); });
                 const SubjectId area = choose.of(small);
                 const auto stopped = stopped_by_an_entry(maker, names, std::string(catalog[area].id));
                 if (!stopped || !has_area(*stopped) || !stopped_by_a_rule(stopped->with, *names.pack, Scope::near))
                   return std::nullopt;
                 Tree after = stopped->with;
                 entry_at(after, stopped->section, 0).set("area", choose.of(touching(area)));
                 return Change{stopped->with, after};
               });
}

TEST_CASE("what is written of its ingredients makes nothing milder") {
  never_milder("a list of ingredients is added",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 constexpr std::array kUsed{Section::products, Section::medicines, Section::supplements};
                 constexpr std::array<std::string_view, 4> kLists{"Aqua, Glycerin, Panthenol", "Glycerin",
                                                                  "Water, Niacinamide, qwertz", "qwertz"};
                 // What a cosmetic without such a choice holds, its label may settle.
                 static const std::vector<std::string> kSeveral = [] {
                   std::vector<std::string> out;
                   for (const auto& [folded, name] : shipped().catalog.name_table())
                     if (name.ambiguity >= 0 && may_be_prescribed(name)) out.emplace_back(name.written);
                   std::sort(out.begin(), out.end());
                   return out;
                 }();
                 Tree before = maker.plain();
                 if (!said_of(before, *names.pack).clear) return std::nullopt;
                 const Section section = choose.of(kUsed);
                 maker.add(before, section);
                 Tree& entry = entry_at(before, section, 0);
                 entry.erase("ingredients");
                 if (choose.once_in(2)) entry.set("name", choose.of(kSeveral));
                 Tree after = before;
                 entry_at(after, section, 0).set("ingredients", std::string(choose.of(kLists)));
                 return Change{before, after};
               });
}

TEST_CASE("what would stop a client stops one who was not asked") {
  never_milder("a yes is not known",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 Tree before = maker.plain();
                 std::vector<std::string> paths{"life_stage.pregnant", "life_stage.breastfeeding"};
                 for (const YesNoQuestion& question : names.pack->answers)
                   paths.push_back(fmt::format("answers.{}", question.id));
                 const std::string& path = choose.of(paths);
                 set_at(before, path, "yes");
                 Tree after = before;
                 if (choose.once_in(2)) {
                   set_at(after, path, "unknown");
                 } else {
                   erase_at(after, path);
                 }
                 return Change{before, after};
               });
}

TEST_CASE("what the session is about is asked before it is taken for harmless") {
  never_milder("a fact of the session is not known",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 Tree before = maker.plain();
                 Tree& session = *before.find("session");
                 session.set("depth", choose.once_in(2) ? "2.5 mm" : "1.5 mm");
                 session.set("numbing", maker.name(choose.of(names.numbing))).set("numbing_time", "90min");
                 session.set("add_ons", maker.name(choose.of(names.add_ons)));
                 session.set("device", maker.name(choose.of(names.devices)));
                 Tree after = before;
                 Tree& open = *after.find("session");
                 const std::string key = choose.of(open.members).first;
                 if (choose.once_in(2)) {
                   open.erase(key);
                 } else {
                   open.set(key, "unknown");
                 }
                 return Change{before, after};
               });
}
