/// Every name of a kind, one at a time, beside nothing else: each of them is more than the program may pass over.
#include <array>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "property/change.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

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
