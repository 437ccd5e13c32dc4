/// Random profiles, for the shipped pack and for small random ones.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "property/choose.h"
#include "property/tiny_packs.h"
#include "support/engine.h"
#include "support/tree.h"

namespace needleplan::testing {

/// What a profile can be made of for a pack: names by section, and the facts of a session.
struct World {
  const Pack* pack = nullptr;
  std::array<std::vector<std::string>, kSections> names;
  std::vector<std::string> areas, indications, devices, numbing, add_ons, rules;
};

/// Every subject that a condition names, in its conjunctions and negations too.
inline void add_subjects(const Condition& condition, Subjects& out) {
  const auto all = [&](const std::vector<Condition>& terms) {
    for (const Condition& term : terms)
      add_subjects(term, out);
  };
  const auto add = [&](const Subjects& more) { out.insert(out.end(), more.begin(), more.end()); };
  if (const auto* x = std::get_if<AllOf>(&condition.node)) all(x->terms);
  if (const auto* x = std::get_if<AnyOf>(&condition.node)) all(x->terms);
  if (const auto* x = std::get_if<Not>(&condition.node)) all(x->term);
  if (const auto* x = std::get_if<HasCondition>(&condition.node)) add(x->subjects);
  if (const auto* x = std::get_if<Uses>(&condition.node)) add(x->subjects);
  if (const auto* x = std::get_if<Allergy>(&condition.node)) add(x->subjects);
  if (const auto* x = std::get_if<Had>(&condition.node)) add(x->subjects);
  if (const auto* x = std::get_if<SessionIs>(&condition.node)) add(x->subjects);
}

inline World world_of(const Pack& pack) {
  World world;
  world.pack = &pack;
  Subjects wanted = pack.treatment;
  for (const Statement& statement : pack.statements) {
    if (statement.kind() == StatementKind::condition || statement.kind() == StatementKind::avoid)
      world.rules.emplace_back(statement.id);
    if (statement.when) add_subjects(*statement.when, wanted);
    if (const auto* avoid = statement.as<Avoid>(); avoid != nullptr && !avoid->advice)
      wanted.insert(wanted.end(), avoid->subjects.begin(), avoid->subjects.end());
  }
  const Catalog& catalog = pack.catalog;
  const auto put = [&](Section section, std::string_view name) {
    world.names[static_cast<std::size_t>(section)].emplace_back(name);
  };
  for (std::size_t i = 0; i < catalog.subjects().size(); ++i) {
    const Subject& subject = catalog.subjects()[i];
    switch (subject.kind) {
      case SubjectKind::area:
        world.areas.emplace_back(subject.id);
        break;
      case SubjectKind::indication:
        world.indications.emplace_back(subject.id);
        break;
      case SubjectKind::device:
        world.devices.emplace_back(subject.id);
        break;
      case SubjectKind::add_on:
        world.add_ons.emplace_back(subject.id);
        break;
      default:
        break;
    }
    const bool concerned = std::any_of(wanted.begin(), wanted.end(), [&](SubjectId w) {
      return catalog.is_a(static_cast<SubjectId>(i), w) || catalog.is_a(w, static_cast<SubjectId>(i));
    });
    if (!concerned) continue;
    switch (subject.kind) {
      case SubjectKind::drug_class:
      case SubjectKind::ingredient:
      case SubjectKind::product:
        for (const Section s : {Section::medicines, Section::products, Section::supplements, Section::allergies})
          put(s, subject.id);
        if (subject.kind == SubjectKind::drug_class) put(Section::plans, subject.id);
        break;
      case SubjectKind::condition:
        put(Section::conditions, subject.id);
        break;
      case SubjectKind::allergen:
        put(Section::allergies, subject.id);
        break;
      case SubjectKind::procedure:
        put(Section::procedures, subject.id);
        put(Section::plans, subject.id);
        world.add_ons.emplace_back(subject.id);
        break;
      case SubjectKind::exposure:
        put(Section::exposures, subject.id);
        put(Section::plans, subject.id);
        break;
      default:
        break;
    }
    const SubjectId numbing = catalog.find("anaesthetic-local");
    if (numbing != kNoSubject && catalog.is_a(static_cast<SubjectId>(i), numbing))
      world.numbing.emplace_back(subject.id);
  }
  for (std::vector<std::string>* list :
       {&world.areas, &world.indications, &world.devices, &world.numbing, &world.add_ons, &world.rules})
    if (list->empty()) list->emplace_back("none");
  for (auto& list : world.names)
    if (list.empty()) list.emplace_back("qwertz");
  return world;
}

inline std::string some_date(Chooser& choose, int latest) {
  constexpr std::array kAgo{0, 1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 90, 170, 200, 400};
  const int ago = choose.of(kAgo) + choose.below(3);
  const Date day = kAsOf + std::chrono::days{latest} - std::chrono::days{ago};
  const std::string text = iso(day);
  switch (choose.below(12)) {
    case 7:
      return text + " 09:15";
    case 8:
      return text + " 17:40";
    case 9:
      return text.substr(0, 7);
    case 10:
      return text.substr(0, 4);
    case 11:
      return "about " + text;
    default:
      return text;
  }
}

inline void put_areas(Chooser& choose, const World& world, Tree& map, const std::string& key) {
  if (!choose.once_in(5)) {
    map.set(key, choose.of(world.areas));
  } else if (choose.once_in(3)) {
    map.set(key, "elsewhere");
  } else {
    map.set(key, Tree::list().add(Tree::scalar(choose.of(world.areas))).add(Tree::scalar(choose.of(world.areas))));
  }
}

inline Tree some_entry(Chooser& choose, const World& world, Section section) {
  Tree entry = Tree::map();
  const auto& names = world.names[static_cast<std::size_t>(section)];
  if (section != Section::sessions) {
    entry.set("name", choose.of(names));
    if (choose.once_in(30)) entry.set("name", "qwertz");
    if (choose.once_in(40)) entry.set("name", choose.of(names) + "?");
  }
  switch (section) {
    case Section::conditions:
      if (!choose.once_in(6))
        entry.set("status", std::string(kEnumNames<Status>[static_cast<std::size_t>(choose.below(7))]));
      if (choose.once_in(15)) entry.set("status", "unknown");
      if (Tree* status = entry.find("status"); status == nullptr || status->text == "past")
        if (choose.below(2) == 0) entry.set("resolved", some_date(choose, choose.once_in(6) ? 30 : 0));
      break;
    case Section::medicines:
    case Section::products:
    case Section::supplements:
      switch (choose.below(6)) {
        case 0:
        case 1:
          entry.set("ongoing", "yes");
          break;
        case 2:
          entry.set("ongoing", "no").set("last_used", some_date(choose, 0));
          break;
        case 3:
        case 4:
          entry.set("last_used", some_date(choose, choose.once_in(5) ? 60 : 0));
          break;
        default:
          entry.set("ongoing", choose.once_in(2) ? "no" : "unknown");
      }
      if (choose.once_in(2)) entry.set("started", choose.once_in(4) ? "2026-10" : "2026-11-05");
      if (const Tree* last = entry.find("last_used"); last != nullptr && entry.find("started") != nullptr)
        if (parse_when(last->text)->days.last < parse_when(entry.find("started")->text)->days.first)
          entry.erase("started");
      if (!choose.once_in(5)) entry.set("prescribed", choose.once_in(3) ? "yes" : "no");
      break;
    case Section::allergies:
      return entry;
    case Section::sessions:
      entry.set("date", some_date(choose, 0));
      break;
    case Section::procedures:
    case Section::exposures:
      if (!choose.once_in(8)) entry.set("date", some_date(choose, choose.once_in(8) ? 30 : 0));
      break;
    case Section::plans:
      if (!choose.once_in(8)) entry.set("date", some_date(choose, 60));
      break;
  }
  if (!choose.once_in(5)) put_areas(choose, world, entry, "area");
  return entry;
}

/// A profile; complete and plain where every choice is 0.
inline Tree some_profile(Chooser& choose, const World& world) {
  Tree root = Tree::map();
  Tree client = Tree::map().set("id", "T-0001");
  if (!choose.once_in(15)) {
    client.set("birth_date", "1984-05-02");
    if (choose.once_in(6)) client.set("birth_date", choose.once_in(2) ? "2008-12-24" : "2005");
  }
  if (!choose.once_in(15)) client.set("fitzpatrick", choose.once_in(4) ? "V" : "II");
  root.set("client", client);
  if (!choose.once_in(15)) root.set("asked", choose.once_in(8) ? "2026-03-02" : iso(kAsOf));
  if (choose.once_in(12)) {
    Tree asked = Tree::map();
    for (const std::string_view section : kEnumNames<Section>)
      if (!choose.once_in(12)) asked.set(std::string(section), choose.once_in(9) ? "2026-01-31" : "2026-11-20");
    for (const char* key : {"life_stage", "answers", "cycle"})
      asked.set(key, choose.once_in(9) ? "2026-01-31" : "2026-11-20");
    root.set("asked", asked);
  }
  Tree life = Tree::map();
  if (!choose.once_in(15)) life.set("pregnant", choose.once_in(15) ? "yes" : "no");
  if (!choose.once_in(15)) life.set("breastfeeding", choose.once_in(15) ? "yes" : "no");
  if (!life.members.empty()) root.set("life_stage", life);
  for (std::size_t i = 0; i < kSections; ++i) {
    const auto section = static_cast<Section>(i);
    const std::string key(to_string(section));
    if (choose.once_in(20)) continue;
    const int count = std::max(0, choose.below(5) - 2);
    Tree list = Tree::list();
    for (int k = 0; k < count; ++k)
      list.add(some_entry(choose, world, section));
    root.set(key, count == 0 ? Tree::scalar(choose.once_in(20) ? "unknown" : "none") : list);
  }
  if (!world.pack->answers.empty()) {
    constexpr std::array<std::string_view, 3> kAnswers{"yes", "no", "unknown"};
    Tree answers = Tree::map();
    for (const YesNoQuestion& question : world.pack->answers)
      if (!choose.once_in(10)) answers.set(std::string(question.id), std::string(choose.of(kAnswers)));
    if (!answers.members.empty()) root.set("answers", answers);
    Tree cycle = Tree::scalar(choose.once_in(9) ? "unknown" : "none");
    if (choose.below(2) == 1) {
      constexpr std::array<std::string_view, 6> kPeriods{"2026-11-20", "2026-11-02", "about 2026-11-10",
                                                         "2026-10-05", "2026-11",    "2026-12-04"};
      constexpr std::array<std::string_view, 4> kLengths{"28d", "21d", "5w", "unknown"};
      cycle = Tree::map().set("last_period", std::string(choose.of(kPeriods)));
      if (!choose.once_in(3)) cycle.set("length", std::string(choose.of(kLengths)));
    }
    if (!choose.once_in(10)) root.set("cycle", cycle);
  }
  Tree session = Tree::map();
  if (!choose.once_in(20)) session.set("protocol", std::string(world.pack->id));
  if (!choose.once_in(15)) session.set("date", iso(kAsOf + std::chrono::days{choose.below(40)}));
  if (choose.below(2) == 1) session.set("time", choose.once_in(2) ? "14:30" : "08:00");
  if (!choose.once_in(15)) put_areas(choose, world, session, "areas");
  if (!choose.once_in(15)) session.set("indication", choose.of(world.indications));
  if (!choose.once_in(15)) session.set("depth", choose.once_in(4) ? "2.0 mm" : "0.2 mm");
  if (!choose.once_in(15)) session.set("device", choose.of(world.devices));
  if (!choose.once_in(15)) session.set("numbing", choose.once_in(4) ? choose.of(world.numbing) : "none");
  if (!choose.once_in(15)) session.set("numbing_time", choose.once_in(4) ? "70min" : "25min");
  if (!choose.once_in(15)) session.set("add_ons", choose.once_in(8) ? choose.of(world.add_ons) : "none");
  if (!session.members.empty()) root.set("session", session);
  if (choose.once_in(5)) {
    Tree signoff = Tree::map();
    signoff.set("rule", choose.of(world.rules)).set("by", "Dr. Example").set("role", "physician");
    signoff.set("on", "2026-11-20").set("expires", choose.once_in(2) ? "2026-12-05" : "2027-02-01");
    signoff.set("note", "seen and agreed");
    root.set("signoffs", Tree::list().add(signoff));
  }
  return root;
}

/// A pack and a profile for it: the shipped pack half of the time.
struct Case {
  std::unique_ptr<Pack> own;
  std::string pack_text;
  World world;
  Tree profile;

  [[nodiscard]] const Pack& pack() const { return *world.pack; }
};

inline Case some_case(Chooser& choose) {
  static const World kShipped = world_of(shipped());
  Case out;
  if (choose.below(2) == 0) {
    out.world = kShipped;
  } else {
    out.pack_text = some_pack(choose);
    out.own = pack_of(out.pack_text);
    out.world = world_of(*out.own);
  }
  out.profile = some_profile(choose, out.world);
  return out;
}

/// Runs a property over `cases` random cases; a counterexample is printed with its profile and pack.
template <class Property>
bool holds(const std::string& name, int cases, Property property) {
  return holds_for_choices(name, cases, [&](Chooser& choose) {
    const Case made = some_case(choose);
    const std::string problem = property(made, choose);
    return problem.empty() ? problem
                           : problem + "\n--- profile\n" + to_yaml(made.profile) +
                                 "--- pack: " + (made.own ? made.pack_text : std::string("the shipped one\n"));
  });
}

}  // namespace needleplan::testing
