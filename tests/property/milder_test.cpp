/// What never makes a result milder: an area that gets wider, a status that goes up, an event that comes nearer, or one
/// that stands in another list.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "property/generate.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr std::array kEventLists{"procedures", "exposures", "plans"};

/// Every entry of some sections of a profile, as it stands in it.
std::vector<Tree*> entries_of(Tree& profile, std::initializer_list<const char*> sections) {
  std::vector<Tree*> out;
  for (const char* section : sections)
    if (Tree* list = profile.find(section); list != nullptr && list->kind == Tree::Kind::list)
      for (auto& [key, entry] : list->members)
        out.push_back(&entry);
  return out;
}

std::string milder(const Case& made, const Tree& changed, std::string_view what) {
  const Verdict before = Checked(to_yaml(made.profile), made.pack()).result.verdict;
  const Verdict after = Checked(to_yaml(changed), made.pack()).result.verdict;
  if (after >= before) return {};
  return fmt::format("{} makes {} {}\n--- changed\n{}", what, to_string(before), to_string(after), to_yaml(changed));
}

/// An area that has all of another one, or nothing.
std::string wider_area(const Case& made, Chooser& choose, const std::string& area) {
  const Catalog& catalog = made.pack().catalog;
  const NameMatch now = catalog.match(area);
  if (now.subjects.size() != 1 || catalog[now.subjects.front()].kind != SubjectKind::area) return {};
  std::vector<std::string> wider;
  for (const std::string& name : made.world.areas)
    if (catalog.within(now.subjects.front(), catalog.find(name)) == Truth::yes) wider.push_back(name);
  return wider.empty() ? std::string{} : choose.of(wider);
}

/// Whether a rule bears on it that is about a session on that very area, not on a wider one.
bool names_its_area(const Case& made) {
  const Checked checked(to_yaml(made.profile), made.pack());
  return std::any_of(checked.result.findings.begin(), checked.result.findings.end(), [](const Finding& finding) {
    return finding.rule == "eyelid-area" || finding.rule == "periorbital-area";
  });
}

}  // namespace

TEST_CASE("a wider area is never milder") {
  CHECK(holds("wider is not milder", 400, [](const Case& made, Chooser& choose) {
    if (made.own) return std::string{};
    Tree changed = made.profile;
    std::vector<Tree*> areas;
    for (Tree* entry : entries_of(changed, {"conditions", "products", "procedures", "exposures", "plans", "sessions"}))
      if (Tree* area = entry->find("area"); area != nullptr && area->kind == Tree::Kind::scalar) areas.push_back(area);
    if (Tree* session = changed.find("session"); session != nullptr && !names_its_area(made))
      if (Tree* area = session->find("areas"); area != nullptr && area->kind == Tree::Kind::scalar)
        areas.push_back(area);
    if (areas.empty()) return std::string{};
    Tree& area = *areas[static_cast<std::size_t>(choose.below(static_cast<int>(areas.size())))];
    const std::string wider = wider_area(made, choose, area.text);
    if (wider.empty()) return std::string{};
    const std::string what = fmt::format("{} instead of {}", wider, area.text);
    area.text = wider;
    return milder(made, changed, what);
  }));
}

TEST_CASE("a status that goes up is never milder") {
  constexpr std::array<std::string_view, 3> kUp{"controlled", "active", "uncontrolled"};
  CHECK(holds("up is not milder", 400, [&](const Case& made, Chooser& choose) {
    if (made.own) return std::string{};
    Tree changed = made.profile;
    for (Tree* entry : entries_of(changed, {"conditions"})) {
      Tree* status = entry->find("status");
      if (status == nullptr || entry->find("resolved") != nullptr) continue;
      const auto now = std::find(kUp.begin(), kUp.end(), status->text);
      if (now == kUp.end() && status->text != "past") continue;
      const auto least = status->text == "past" ? 0 : now - kUp.begin() + 1;
      if (least == 3) continue;
      status->text = kUp[static_cast<std::size_t>(least + choose.below(static_cast<int>(3 - least)))];
    }
    return milder(made, changed, "a status that goes up");
  }));
}

TEST_CASE("an event that comes nearer is never milder") {
  CHECK(holds("nearer is not milder", 400, [](const Case& made, Chooser& choose) {
    Tree changed = made.profile;
    Tree* session = changed.find("session");
    const Tree* day = session == nullptr ? nullptr : session->find("date");
    if (made.own || day == nullptr) return std::string{};
    const Date to = *parse_date(day->text);
    for (Tree* entry : entries_of(changed, {"procedures", "exposures", "plans"})) {
      Tree* date = entry->find("date");
      const auto from = date == nullptr ? std::nullopt : parse_date(date->text);
      if (!from || *from == to) continue;
      const auto days = static_cast<int>((to - *from).count());
      const int nearer = choose.below(std::abs(days) + 1);
      date->text = iso(*from + std::chrono::days{days > 0 ? nearer : -nearer});
    }
    return milder(made, changed, "an event that comes nearer");
  }));
}

TEST_CASE("an event is no milder in another list") {
  CHECK(holds("lists are alike", 400, [](const Case& made, Chooser& choose) {
    Tree changed = made.profile;
    for (const char* from : kEventLists) {
      Tree* list = changed.find(from);
      if (list == nullptr || list->kind != Tree::Kind::list || list->members.empty()) continue;
      Tree entry = list->members.front().second;
      if (entry.find("date") == nullptr) continue;
      const char* const to = choose.of(kEventLists);
      if (std::string_view(to) == from) continue;
      Tree* target = changed.find(to);
      // A list that was not asked for, or not known, stays so.
      if (target == nullptr || (target->kind == Tree::Kind::scalar && target->text != "none")) continue;
      list->members.erase(list->members.begin());
      if (list->members.empty()) *list = Tree::scalar("none");
      target = changed.find(to);
      if (target->kind == Tree::Kind::scalar) *target = Tree::list();
      target->add(entry);
      break;
    }
    return milder(made, changed, "another list");
  }));
}
