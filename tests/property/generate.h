/// Random profiles, and small random packs to check them against.
#pragma once

#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "support/engine.h"
#include "support/tree.h"

namespace needleplan::testing {

/// Turns random numbers into choices; 0 always chooses the plainest thing, so that a counterexample shrinks to it.
class Chooser {
 public:
  explicit Chooser(std::vector<int> numbers) : numbers_(std::move(numbers)) {}

  int below(int limit) {
    const int number = at_ < numbers_.size() ? numbers_[at_] : 0;
    ++at_;
    return limit <= 1 ? 0 : number % limit;
  }
  /// True once in `times`.
  bool once_in(int times) { return below(times) == times - 1; }
  template <class List>
  const auto& of(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

 private:
  std::vector<int> numbers_;
  std::size_t at_ = 0;
};

inline Chooser any_choices() {
  constexpr std::size_t kChoices = 220;
  constexpr int kHighest = 5040;  // divisible by every number of options up to ten
  const auto numbers =
      *rc::gen::resize(100, rc::gen::container<std::vector<int>>(kChoices, rc::gen::inRange(0, kHighest)));
  return Chooser(numbers);
}

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
    if (!choose.once_in(10)) root.set("answers", Tree::map().set("likes", std::string(choose.of(kAnswers))));
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

/// A catalog with one family of every kind.
inline constexpr std::string_view kTinyCatalog = R"(
pack: {id: tiny, title: Tiny, version: 1, reviewed: none}
valid_for: {answers: 6mo, life_stage: 1mo, sources: unsourced}
answers:
  - {id: likes, ask: Do you like it?, label: you like it}
events:
  - {id: healed, label: it has healed, usual: 3d..7d, sources: unsourced}
  - {id: calm, label: it is calm, usual: 24h..48h, sources: unsourced}
subjects:
  - {id: tiny, kind: procedure}
  - {id: tiny-deep, kind: procedure, is: [tiny]}
  - {id: pill, kind: class}
  - {id: pill-a, kind: ingredient, is: [pill]}
  - {id: pill-b, kind: ingredient, is: [pill, balm], prescription: only}
  - {id: balm, kind: class}
  - {id: balm-a, kind: product, is: [balm]}
  - {id: anaesthetic-local, kind: class}
  - {id: cream, kind: product, is: [anaesthetic-local]}
  - {id: rash, kind: condition}
  - {id: rash-a, kind: condition, is: [rash]}
  - {id: fever, kind: condition}
  - {id: nut, kind: allergen}
  - {id: cut, kind: procedure}
  - {id: cut-a, kind: procedure, is: [cut]}
  - {id: jab, kind: procedure}
  - {id: sun, kind: exposure}
  - {id: swim, kind: exposure}
  - {id: body, kind: area}
  - {id: face, kind: area, is: [body], places: [brow]}
  - {id: cheek, kind: area, is: [face], places: [cheek]}
  - {id: throat, kind: area, is: [body], places: [throat]}
  - {id: hand, kind: area, is: [body], places: [hand]}
  - {id: spot, kind: area}
  - {id: lines, kind: indication}
  - {id: marks, kind: indication}
  - {id: pen, kind: device}
  - {id: serum, kind: add-on}
places: {cheek: [brow, throat], hand: [wrist]}
ambiguous:
  - {name: pillbalm, could_be: [pill-a, balm-a], ask: Is it a pill or a balm?}
# One rule for each section, so that no section is left out of the intake.
conditions:
  - {id: base-uses, when: {uses: cream, form: never}, verdict: caution, sources: unsourced}
  - {id: base-condition, when: {condition: fever, status: unstable}, verdict: caution, sources: unsourced}
  - {id: base-allergy, when: {allergy: nut}, verdict: caution, sources: unsourced}
  - {id: base-answer, when: {answer: likes}, verdict: caution, sources: unsourced}
  - {id: base-cycle, when: {cycle_day: {at_least: 26}}, verdict: caution, sources: unsourced}
  - {id: base-had, when: {had: [jab, swim], within: 1d}, verdict: caution, sources: unsourced}
)";

inline std::string some_span(Chooser& choose) {
  constexpr std::array<std::string_view, 14> kSpans{"1d",  "2d", "3d", "7d",  "2w",  "28d", "1mo",
                                                    "6mo", "1y", "0d", "24h", "30h", "48h", "72h"};
  return std::string(choose.of(kSpans));
}

inline std::string some_range(Chooser& choose) {
  std::string least = some_span(choose);
  if (choose.below(2) == 0) return least;
  const std::string most = some_span(choose);
  if (rough_minutes(*parse_span(most)) < rough_minutes(*parse_span(least))) return most + ".." + least;
  return least + ".." + most;
}

/// A condition; `words`: of those that nothing decides, only what a doctor said, or any.
inline std::string some_when(Chooser& choose, int depth, bool words = false) {
  constexpr std::array<std::string_view, 4> kUsed{"pill", "pill-a", "balm", "cream"};
  constexpr std::array<std::string_view, 3> kIll{"rash", "rash-a", "fever"};
  constexpr std::array<std::string_view, 5> kDone{"cut", "cut-a", "jab", "sun", "swim"};
  constexpr std::array<std::string_view, 8> kStatus{"",
                                                    ", status: active",
                                                    ", status: [controlled, stable]",
                                                    ", status: past",
                                                    ", status: [uncontrolled, suspected]",
                                                    ", except_status: past",
                                                    ", except_status: [past, controlled]",
                                                    ", settled: [controlled, stable]"};
  constexpr std::array<std::string_view, 5> kUse{"", ", status: current", ", status: ended", ", prescribed: yes",
                                                 ", prescribed: no"};
  const int kinds = depth > 0 ? 19 : 16;
  const auto in = [](std::string text) { return "{" + std::move(text) + "}"; };
  switch (choose.below(kinds)) {
    case 0:
      return in("condition: " + std::string(choose.of(kIll)) + std::string(choose.of(kStatus)));
    case 1:
      return in("uses: " + std::string(choose.of(kUsed)) + std::string(choose.of(kUse)));
    case 2:
      return in("had: " + std::string(choose.of(kDone)));
    case 3:
      return in("had: " + std::string(choose.of(kDone)) + ", within: " + some_span(choose));
    case 4:
      return in("allergy: " + std::string(choose.below(2) == 0 ? "nut" : "pill"));
    case 5:
      return in(choose.below(2) == 0 ? "life_stage: pregnant" : "life_stage: breastfeeding");
    case 6:
      return choose.below(2) == 0 ? "{age: {under: 18}}" : "{age: {over: 20, at_most: 42}}";
    case 7:
      return "{skin_type: [IV, V, VI]}";
    case 8:
      return in(std::string(choose.below(2) == 0 ? "treats: cheek" : "treats: hand") +
                (choose.below(2) == 0 ? "" : ", named: yes"));
    case 9:
      return "{depth: {over: 1mm}}";
    case 10:
      return choose.below(2) == 0 ? "{indication: lines}" : "{numbing: yes}";
    case 11:
      return choose.below(2) == 0 ? "{numbing_time: {over: 60min}}" : "{first_session: yes}";
    case 12:
      return choose.below(2) == 0 ? "{add_on: serum}" : "{device: pen}";
    case 13:
      return choose.below(2) == 0 ? "{answer: likes}" : "{answer: likes, is: no}";
    case 14:
      return choose.below(2) == 0 ? "{cycle_day: {at_most: 5}}" : "{cycle_day: {over: 3, under: 17}}";
    case 15:
      return words && choose.below(2) == 0 ? "{state: it is calm}" : "{clearance: the doctor agrees}";
    case 16:
      return "{not: " + some_when(choose, depth - 1, words) + "}";
    case 17:
      return "{all: [" + some_when(choose, depth - 1, words) + ", " + some_when(choose, depth - 1, words) + "]}";
    default:
      return "{any: [" + some_when(choose, depth - 1, words) + ", " + some_when(choose, depth - 1, words) + "]}";
  }
}

/// A few random statements over the tiny catalog.
inline std::string some_pack(Chooser& choose) {
  constexpr std::array<std::string_view, 10> kSubjects{"pill",  "balm", "pill-a", "balm-a", "cut",
                                                       "cut-a", "jab",  "sun",    "swim",   "[balm, cut]"};
  constexpr std::array<std::string_view, 5> kVerdicts{"avoid", "defer", "consult", "caution", "prepare"};
  constexpr std::array<std::string_view, 3> kScopes{"anywhere", "near", "area"};
  constexpr std::array<std::string_view, 3> kSignoffs{"", ", signoff: defer", ", signoff: none"};
  std::string conditions;
  std::string avoids = "avoid:\n";
  const int rules = 1 + choose.below(3);
  for (int i = 0; i < rules; ++i) {
    const std::string scope = ", scope: " + std::string(choose.of(kScopes));
    std::string line = "  - {id: rule-" + std::to_string(i) + scope + ", when: " + some_when(choose, 2);
    line += ", verdict: " + std::string(choose.of(kVerdicts));
    if (choose.once_in(3))
      line += ", wait: " + some_range(choose) + ", wait_verdict: " + std::string(choose.of(kVerdicts));
    if (choose.once_in(4)) line += ", ahead: " + some_range(choose);
    line += std::string(choose.of(kSignoffs));
    conditions += line + ", sources: unsourced}\n";
  }
  const auto ban = [&] {
    switch (choose.below(6)) {
      case 3:
        return "{from: " + some_span(choose) + ", to: 1y}";
      case 4:
        return std::string("until healed");
      case 5:
        return "{later_of: [" + some_range(choose) + ", until calm]}";
      default:
        return some_range(choose);
    }
  };
  const int bans = 1 + choose.below(3);
  for (int i = 0; i < bans; ++i) {
    const std::string scope = ", scope: " + std::string(choose.of(kScopes));
    avoids += "  - {id: ban-" + std::to_string(i) + scope + ", subject: " + std::string(choose.of(kSubjects));
    const int sides = choose.below(3);
    if (sides != 1)
      avoids += ", before: " + (choose.once_in(6) ? std::string(choose.below(2) == 0 ? "1x course" : "2x course")
                                                  : some_range(choose));
    if (sides != 0) avoids += ", after: " + ban();
    if (choose.once_in(3)) avoids += ", when: " + some_when(choose, 1, true);
    if (choose.once_in(4)) avoids += ", verdict: " + std::string(choose.of(kVerdicts));
    avoids += ", sources: unsourced}\n";
  }
  std::string text = std::string(kTinyCatalog) + conditions + avoids;
  text += "series:\n  - {id: course, interval: " + some_range(choose) + ", sources: unsourced}\n";
  if (choose.below(2) == 1)
    text += "  - {id: course-marks, indication: marks, interval: " + some_range(choose) + ", sources: unsourced}\n";
  if (choose.below(2) == 1)
    text +=
        "steps:\n  - id: step\n    order: 1\n    title: Step\n    sources: unsourced\n    settings:\n"
        "      - {id: depth-face, area: face, depth: 0.1mm..1mm, sources: unsourced}\n"
        "      - {id: time-cream, product: cream, time: 20min..30min, sources: unsourced}\n";
  return text;
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

/// Runs a property over `cases` random cases, times NEEDLEPLAN_PROPERTY where that is set. A counterexample is
/// shrunk and printed with its profile and pack. True if all held.
template <class Property>
bool holds(const std::string& name, int cases, Property property) {
  if (const char* more = std::getenv("NEEDLEPLAN_PROPERTY")) cases *= std::max(1, std::atoi(more));
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  const char* asked = std::getenv("RC_PARAMS");
  if (asked == nullptr || std::string_view(asked).find("max_success") == std::string_view::npos)
    params.maxSuccess = cases;
  rc::detail::TestMetadata metadata;
  metadata.id = name;
  metadata.description = name;
  const auto result = rc::detail::checkTestable(
      [&] {
        Chooser choose = any_choices();
        const Case made = some_case(choose);
        const std::string problem = property(made, choose);
        if (!problem.empty())
          RC_FAIL(problem + "\n--- profile\n" + to_yaml(made.profile) +
                  "--- pack: " + (made.own ? made.pack_text : std::string("the shipped one\n")));
      },
      metadata, params);
  if (result.template is<rc::detail::SuccessResult>()) return true;
  // Only what failed, not the numbers it was made from.
  if (result.template is<rc::detail::FailureResult>()) {
    const auto& failure = result.template get<rc::detail::FailureResult>();
    std::cerr << name << " (seed " << params.seed << ", after " << failure.numSuccess
              << " cases): " << failure.description << '\n';
  } else {
    rc::detail::printResultMessage(result, std::cerr);
  }
  return false;
}

}  // namespace needleplan::testing
