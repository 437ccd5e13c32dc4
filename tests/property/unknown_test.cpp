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

/// A client for one name that is all there is to say of it.
Tree with_a_name(ClientMaker& maker, const Pack& pack, Section section, const std::string& name) {
  Tree out = maker.plain();
  set_at(out, "session.add_ons", "none");
  set_at(out, "session.numbing", "none");
  set_at(out, "session.areas", "cheeks");
  // The name alone must be what stops the client.
  CHECK(said_of(out, pack).clear);
  Tree entry = Tree::map().set("name", name);
  if (section == Section::conditions) entry.set("status", "active");
  if (section == Section::plans) entry.set("date", iso(kAsOf + std::chrono::days{60}));
  if (section == Section::procedures || section == Section::exposures) entry.set("date", "2019-04-02");
  if (section == Section::medicines || section == Section::supplements || section == Section::products)
    entry.set("ongoing", "yes").set("prescribed", "no");
  out.set(std::string(to_string(section)), Tree::list().add(entry));
  return out;
}

/// The plainest client.
Chooser plainest() {
  return Chooser({});
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

TEST_CASE("a name that nothing speaks of books nobody") {
  const auto own = with_own_subjects();
  const Names names = names_of(*own);
  int tried = 0;
  for (const Section section : {Section::conditions, Section::medicines, Section::products, Section::supplements,
                                Section::allergies, Section::procedures, Section::exposures, Section::plans})
    for (const SubjectId subject : names.subjects[static_cast<std::size_t>(section)]) {
      const Subject& known = own->catalog[subject];
      if (!known.id.starts_with("own") || !known.parents.empty()) continue;
      Chooser choose = plainest();
      ClientMaker maker(choose, names);
      const Tree profile = with_a_name(maker, *own, section, std::string(known.id));
      const Said said = said_of(profile, *own);
      ++tried;
      INFO(to_yaml(profile));
      CHECK(said.words != "refused");
      CHECK_FALSE(said.bookable);
    }
  CHECK(tried >= 10);
}

TEST_CASE("a name that nobody knows books nobody") {
  const Names names = names_of(shipped());
  for (const Section section : {Section::conditions, Section::medicines, Section::products, Section::supplements,
                                Section::allergies, Section::procedures, Section::exposures, Section::plans}) {
    Chooser choose = plainest();
    ClientMaker maker(choose, names);
    const Said said = said_of(with_a_name(maker, shipped(), section, "qwertz"), shipped());
    INFO(to_string(section));
    CHECK(said.words == "ask");
  }
}

TEST_CASE("a medicine whose illness is not listed books nobody") {
  const Names names = names_of(shipped());
  const Catalog& catalog = shipped().catalog;
  int tried = 0;
  for (const Section section : {Section::medicines, Section::procedures})
    for (const SubjectId subject : names.subjects[static_cast<std::size_t>(section)]) {
      const auto& up = catalog[subject].up;
      if (std::all_of(up.begin(), up.end(), [&](SubjectId wide) { return catalog[wide].implies.empty(); })) continue;
      // Procedures that imply an illness are done for it; a medicine under a procedure is another matter.
      if (section == Section::procedures && catalog[subject].kind != SubjectKind::procedure) continue;
      Chooser choose = plainest();
      ClientMaker maker(choose, names);
      const Tree profile = with_a_name(maker, shipped(), section, names.of[subject].front());
      const Said said = said_of(profile, shipped());
      ++tried;
      INFO(to_yaml(profile));
      CHECK(said.words != "refused");
      CHECK_FALSE(said.bookable);
    }
  MESSAGE(tried, " medicines and treatments imply an illness");
  CHECK(tried > 100);
}

TEST_CASE("a day that cannot be books nobody") {
  struct Impossible {
    Section section;
    std::string_view name, key;
  };
  constexpr std::array kImpossible{Impossible{Section::medicines, "paracetamol", "last_used"},
                                   Impossible{Section::products, "moisturiser", "last_used"},
                                   Impossible{Section::supplements, "paracetamol", "started"},
                                   Impossible{Section::conditions, "asthma", "since"},
                                   Impossible{Section::conditions, "asthma", "resolved"},
                                   Impossible{Section::procedures, "vaccination", "date"},
                                   Impossible{Section::exposures, "swimming", "date"}};
  const Names names = names_of(shipped());
  for (const Impossible& one : kImpossible) {
    Chooser choose = plainest();
    ClientMaker maker(choose, names);
    Tree profile = with_a_name(maker, shipped(), one.section, std::string(one.name));
    Tree& entry = entry_at(profile, one.section, 0);
    if (one.key == "last_used") entry.set("ongoing", "no");
    if (one.key == "resolved") entry.set("status", "past");
    entry.set(std::string(one.key), iso(kAsOf + std::chrono::days{9}));
    const Said said = said_of(profile, shipped());
    INFO(to_yaml(profile));
    CHECK(said.words == "ask");
  }
}

TEST_CASE("what a rule keeps a session away from it keeps a session before it away from, too") {
  const Names names = names_of(shipped());
  const Catalog& catalog = shipped().catalog;
  int tried = 0;
  for (const Statement& statement : shipped().statements) {
    const auto* rule = statement.as<Contraindication>();
    if (rule == nullptr || !rule->wait || rule->ahead || bookable(rule->verdict)) continue;
    Subjects subjects;
    add_subjects(*statement.when, subjects);
    for (const SubjectId subject : subjects) {
      if (catalog[subject].kind != SubjectKind::procedure) continue;
      Chooser choose = plainest();
      ClientMaker maker(choose, names);
      Tree profile = with_a_name(maker, shipped(), Section::plans, names.of[subject].front());
      entry_at(profile, Section::plans, 0)
          .set("date", iso(maker.session() + std::chrono::days{1}))
          .set("area", "cheeks");
      const Said said = said_of(profile, shipped());
      ++tried;
      INFO(statement.id, ": ", to_yaml(profile));
      CHECK_FALSE(said.bookable);
    }
  }
  MESSAGE(tried, " treatments planned for the day after the session");
  CHECK(tried > 3);
}
