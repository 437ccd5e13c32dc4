/// No change that makes things worse for the skin, or less known, makes a result milder. Each property here names one
/// kind of change and tries it on clients for whom nothing else speaks against the day, so that the change alone
/// decides.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "property/change.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

using std::chrono::days;

/// The same place and more: a wider word for it, another area besides, or for an entry no area at all.
void widen(Tree& map, const std::string& key, Chooser& choose, ClientMaker& maker, const Names& names, bool may_erase) {
  Tree* areas = map.find(key);
  if (areas->kind == Tree::Kind::scalar) *areas = Tree::list().add(*areas);
  Tree& one = areas->members.front().second;
  switch (choose.below(may_erase ? 3 : 2)) {
    case 0:
      one.text = wider_area(one.text, choose, names);
      break;
    case 1:
      areas->add(Tree::scalar(maker.name(choose.of(names.areas))));
      break;
    default:
      map.erase(key);
  }
}

/// Whether a condition is about a session on an area by its own name, which a wider one is not.
bool names_area(const Condition& condition) {
  const auto any = [](const std::vector<Condition>& terms) {
    return std::any_of(terms.begin(), terms.end(), names_area);
  };
  if (const auto* treats = std::get_if<Treats>(&condition.node)) return treats->named;
  if (const auto* all = std::get_if<AllOf>(&condition.node)) return any(all->terms);
  if (const auto* one = std::get_if<AnyOf>(&condition.node)) return any(one->terms);
  const auto* denied = std::get_if<Not>(&condition.node);
  return denied != nullptr && any(denied->term);
}

bool names_its_area(const Tree& profile, const Pack& pack) {
  const Client client(to_yaml(profile));
  if (!client.profile) return false;
  const Facts facts = resolve(*client.profile, pack, kAsOf);
  const auto rules = collect(facts, rules_for(facts), *client.profile->session.date.given());
  return std::any_of(rules.begin(), rules.end(),
                     [](const RuleOutcome& rule) { return rule.statement->when && names_area(*rule.statement->when); });
}

/// How bad a status is beside another; none of them where it is not settled.
bool goes_up(Status from, Status to) {
  const auto rank = [](Status status) {
    switch (status) {
      case Status::past:
        return 0;
      case Status::controlled:
      case Status::stable:
        return 1;
      case Status::suspected:
      case Status::active:
        return 2;
      case Status::uncontrolled:
      case Status::unstable:
        return 3;
    }
    return 0;
  };
  return rank(from) < rank(to) || (from == Status::suspected && to == Status::active);
}

/// A day between one and the session's, nearer to it.
std::optional<Date> nearer(Date day, Date session, Chooser& choose) {
  const int between = static_cast<int>(std::abs((session - day).count()));
  if (between == 0) return std::nullopt;
  const days step{1 + choose.below(between)};
  return day < session ? day + step : day - step;
}

}  // namespace

TEST_CASE("an entry more makes nothing milder") {
  never_milder("an entry is added", [](ClientMaker& maker, Chooser& choose, const Names&) -> std::optional<Change> {
    Tree before = maker.plain();
    maker.add(before, maker.section());
    if (choose.once_in(2)) maker.add(before, maker.section());
    Tree after = before;
    const Section section = maker.section();
    maker.add(after, section);
    // Anywhere in its list.
    auto& list = after.find(to_string(section))->members;
    std::swap(list.back(), list[static_cast<std::size_t>(choose.below(static_cast<int>(list.size())))]);
    return Change{before, after};
  });
}

TEST_CASE("an answer of no that is not known, or was not asked for, makes nothing milder") {
  never_milder("none is unknown", [](ClientMaker& maker, Chooser& choose, const Names&) -> std::optional<Change> {
    Tree before = maker.plain();
    if (choose.below(2) == 0) maker.add(before, maker.section());
    std::vector<std::string> paths;
    each_scalar(before, {}, [&](const std::string& path, const Tree& value) {
      if (value.text == "none" || value.text == "no") paths.push_back(path);
    });
    std::erase_if(paths, [](const std::string& path) { return path.ends_with("id") || path.ends_with("name"); });
    Tree after = before;
    const std::string& path = choose.of(paths);
    if (choose.once_in(2)) {
      set_at(after, path, "unknown");
    } else {
      erase_at(after, path);
    }
    return Change{before, after};
  });
}

TEST_CASE("a wider area of an entry makes nothing milder") {
  never_milder("an entry's area is wider",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 Tree before = maker.plain();
                 const Section section = maker.section();
                 const std::size_t index = maker.add(before, section);
                 Tree after = before;
                 Tree& entry = entry_at(after, section, index);
                 if (entry.find("area") == nullptr) return std::nullopt;
                 widen(entry, "area", choose, maker, names, true);
                 return Change{before, after};
               });
}

TEST_CASE("a wider area of the session makes nothing milder") {
  never_milder("the session's area is wider",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 Tree before = maker.plain();
                 maker.add(before, maker.section());
                 if (names_its_area(before, *names.pack)) return std::nullopt;
                 Tree after = before;
                 widen(*after.find("session"), "areas", choose, maker, names, false);
                 return Change{before, after};
               });
}

TEST_CASE("a worse status makes nothing milder") {
  never_milder("a status goes up", [](ClientMaker& maker, Chooser& choose, const Names&) -> std::optional<Change> {
    Tree before = maker.plain();
    maker.add(before, Section::conditions);
    Tree after = before;
    Tree& entry = entry_at(after, Section::conditions, 0);
    const Status from = *from_string<Status>(entry.find("status")->text);
    std::vector<std::string> worse{"unknown"};
    for (const std::string_view word : kEnumNames<Status>)
      if (goes_up(from, *from_string<Status>(word))) worse.emplace_back(word);
    entry.set("status", choose.of(worse));
    entry.erase("resolved");
    return Change{before, after};
  });
}

TEST_CASE("nearer to the session makes nothing milder") {
  never_milder("an event moves nearer", [](ClientMaker& maker, Chooser& choose, const Names&) -> std::optional<Change> {
    constexpr std::array kDated{Section::procedures, Section::exposures,   Section::plans,   Section::sessions,
                                Section::medicines,  Section::supplements, Section::products};
    Tree before = maker.plain();
    const Section section = choose.of(kDated);
    const std::size_t index = maker.add(before, section);
    Tree after = before;
    Tree& entry = entry_at(after, section, index);
    for (const char* key : {"date", "last_used"}) {
      Tree* when = entry.find(key);
      if (when == nullptr) continue;
      const Date from = *parse_date(when->text);
      auto to = nearer(from, maker.session(), choose);
      // What is past stays past.
      if (to && from <= kAsOf) to = std::min(*to, kAsOf);
      if (!to || *to == from) return std::nullopt;
      when->text = iso(*to);
      return Change{before, after};
    }
    return std::nullopt;
  });
}

TEST_CASE("a more precise name is no way round what the vaguer one comes to") {
  never_milder(
      "a name is more precise", [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
        const Catalog& catalog = names.pack->catalog;
        Tree before = maker.plain();
        const Section section = maker.section();
        if (section == Section::sessions) return std::nullopt;
        const std::size_t index = maker.add(before, section);
        Tree& entry = entry_at(before, section, index);
        const NameMatch match = catalog.match(entry.find("name")->text);
        if (match.subjects.size() != 1 || catalog[match.subjects.front()].parents.empty()) return std::nullopt;
        Tree after = before;
        const auto& up = catalog[match.subjects.front()].up;
        entry.set(
            "name",
            std::string(catalog[up[1 + static_cast<std::size_t>(choose.below(static_cast<int>(up.size()) - 1))]].id));
        // What is only asked because it may be the narrower thing is answered by the narrower name.
        if (!stopped_by_a_rule(before, *names.pack)) return std::nullopt;
        return Change{before, after};
      });
}

TEST_CASE("the section in which something done to the skin stands makes nothing milder") {
  never_milder("an entry moves between sections",
               [](ClientMaker& maker, Chooser& choose, const Names&) -> std::optional<Change> {
                 constexpr std::array kEvents{Section::procedures, Section::exposures, Section::plans};
                 Tree before = maker.plain();
                 const Section from = choose.of(kEvents);
                 maker.add(before, from);
                 const Section to = choose.of(kEvents);
                 // A plan that is past contradicts itself, which is asked about.
                 if (from == to) return std::nullopt;
                 Tree after = before;
                 *after.find(to_string(to)) = *after.find(to_string(from));
                 after.set(std::string(to_string(from)), "none");
                 return Change{before, after};
               });
}

TEST_CASE("what is planned for the session's day is no milder as something added to the session") {
  never_milder("a plan is an add-on", [](ClientMaker& maker, Chooser&, const Names&) -> std::optional<Change> {
    Tree before = maker.plain();
    set_at(before, "session.add_ons", "none");
    maker.add(before, Section::plans);
    Tree& plan = entry_at(before, Section::plans, 0);
    plan.set("date", iso(maker.session()));
    plan.set("area", *before.find("session")->find("areas"));
    Tree after = before;
    after.set("plans", "none");
    set_at(after, "session.add_ons", plan.find("name")->text);
    return Change{before, after};
  });
}

TEST_CASE("a signature less makes nothing milder") {
  never_milder("a sign-off goes", [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
    Tree after = maker.plain();
    maker.add(after, maker.section());
    Tree signoff = Tree::map();
    signoff.set("rule", choose.of(names.rules)).set("by", "Dr. Example").set("role", choose.of(names.roles));
    signoff.set("on", "2026-11-20").set("expires", "2027-02-01").set("note", "seen and agreed");
    Tree before = after;
    before.set("signoffs", Tree::list().add(signoff));
    return Change{before, after};
  });
}

TEST_CASE("a list that is not complete makes nothing milder") {
  never_milder("a section becomes partial", [](ClientMaker& maker, Chooser&, const Names&) -> std::optional<Change> {
    Tree before = maker.plain();
    const Section section = maker.section();
    maker.add(before, section);
    Tree after = before;
    after.set("partial", Tree::list().add(Tree::scalar(std::string(to_string(section)))));
    return Change{before, after};
  });
}

TEST_CASE("a denial less makes nothing milder") {
  never_milder("a denied entry goes",
               [](ClientMaker& maker, Chooser& choose, const Names& names) -> std::optional<Change> {
                 Tree before = maker.plain();
                 const Section section = maker.section();
                 const std::string key(to_string(section));
                 if (section == Section::sessions) return std::nullopt;
                 before.set(key, Tree::list().add(Tree::map().set("name", "qwertz")));
                 before.find(key)->members.front().second = maker.entry(section);
                 before.set("partial", Tree::list().add(Tree::scalar(key)));
                 // All that a rule asks for is denied, but for one.
                 Tree denied = Tree::list();
                 for (const SubjectId subject : names.judged[static_cast<std::size_t>(section)])
                   denied.add(Tree::scalar(maker.id(subject)));
                 const auto one = static_cast<std::ptrdiff_t>(choose.below(static_cast<int>(denied.members.size())));
                 before.set("denied", Tree::map().set(key, denied));
                 Tree after = before;
                 denied.members.erase(denied.members.begin() + one);
                 after.set("denied", Tree::map().set(key, denied));
                 return Change{before, after};
               });
}
