/// Changes to a client that must not make a result milder, and whether they did.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "property/clients.h"

namespace needleplan::testing {

/// What the desk does: nothing for a profile that cannot be read, which books nobody.
struct Said {
  bool bookable = false;
  bool clear = false;
  std::string words = "refused";
};

inline Said said_of(const Tree& profile, const Pack& pack) {
  const Client client(to_yaml(profile));
  if (!client.profile) return {};
  const Facts facts = resolve(*client.profile, pack, kAsOf);
  const Date* day = client.profile->session.date.given();
  const Verdict verdict = verdict_on(facts, day == nullptr ? std::nullopt : std::optional(*day));
  return {bookable(verdict), verdict == Verdict::clear, std::string(to_string(verdict))};
}

/// Whether a rule that an entry meets stops the client, not only a question or a name that no rule is about; of rules
/// with a scope, where one is given.
inline bool stopped_by_a_rule(const Tree& profile, const Pack& pack, std::optional<Scope> scope = std::nullopt) {
  const Client client(to_yaml(profile));
  if (!client.profile) return false;
  const Facts facts = resolve(*client.profile, pack, kAsOf);
  const auto rules = collect(facts, rules_for(facts), *client.profile->session.date.given());
  return std::any_of(rules.begin(), rules.end(), [&](const RuleOutcome& rule) {
    return (!scope || rule.statement->scope == *scope) && rule.outcome.holds == Truth::yes &&
           rule.outcome.entry != nullptr && !bookable(rule.outcome.verdict);
  });
}

/// A client before and after.
struct Change {
  Tree before, after;
};

/// The shipped pack, and the same with a clinic's own subjects.
inline const Names& some_names(Chooser& choose) {
  static const Names kShipped = names_of(shipped());
  static const std::unique_ptr<Pack> kLayered = with_own_subjects();
  static const Names kOwn = names_of(*kLayered);
  return choose.below(3) == 2 ? kOwn : kShipped;
}

/// Tries a kind of change. `change` makes one, or none where nothing can be changed so. A property says nothing about
/// clients who could be booked for clear in any case, so some share has to tell.
template <class Make>
void never_milder(const std::string& name, Make make) {
  constexpr int kCases = 600;
  constexpr int kTelling = 10;  // in a hundred
  int tried = 0;
  int telling = 0;
  CHECK(holds_for_choices(name, kCases, [&](Chooser& choose) -> std::string {
    const Names& names = some_names(choose);
    ClientMaker maker(choose, names);
    const std::optional<Change> change = make(maker, choose, names);
    if (!change) return {};
    const Said before = said_of(change->before, *names.pack);
    const Said after = said_of(change->after, *names.pack);
    ++tried;
    if (!before.bookable && before.words != "refused") ++telling;
    if ((before.bookable || !after.bookable) && (before.clear || !after.clear)) return {};
    return fmt::format("{} before, {} after\n--- before\n{}--- after\n{}", before.words, after.words,
                       to_yaml(change->before), to_yaml(change->after));
  }));
  INFO(name, ": ", telling, " of ", tried, " tell");
  CHECK(telling * 100 > tried * kTelling);
  CHECK(tried > kCases / 20);
}

inline Tree& entry_at(Tree& root, Section section, std::size_t index) {
  return root.find(to_string(section))->members.at(index).second;
}

/// Moves each key of a profile to `visit` with its path; entries by their number.
inline void each_scalar(const Tree& tree, const std::string& path,
                        const std::function<void(const std::string&, const Tree&)>& visit) {
  for (std::size_t i = 0; i < tree.members.size(); ++i) {
    const auto& [key, value] = tree.members[i];
    const std::string at = tree.kind == Tree::Kind::list ? fmt::format("{}[{}]", path, i)
                           : path.empty()                ? key
                                                         : fmt::format("{}.{}", path, key);
    if (value.kind == Tree::Kind::scalar) {
      visit(at, value);
    } else {
      each_scalar(value, at, visit);
    }
  }
}

inline void erase_at(Tree& root, std::string_view path) {
  const std::size_t end = path.find_last_of('.');
  if (end == std::string_view::npos) return root.erase(path);
  const std::string_view map = path.substr(0, end);
  const std::size_t bracket = map.find('[');
  Tree* here = root.find(map.substr(0, bracket));
  if (bracket != std::string_view::npos)
    here = &here->members.at(std::strtoul(std::string(map.substr(bracket + 1)).c_str(), nullptr, 10)).second;
  here->erase(path.substr(end + 1));
}

/// An area that holds all of it and more; itself where there is none.
inline std::string wider_area(const std::string& written, Chooser& choose, const Names& names) {
  const Catalog& catalog = names.pack->catalog;
  const NameMatch match = catalog.match(written);
  std::vector<SubjectId> wider;
  for (const SubjectId area : names.areas)
    if (match.subjects.size() == 1 && area != match.subjects.front() &&
        catalog.within(match.subjects.front(), area) == Truth::yes)
      wider.push_back(area);
  return wider.empty() ? written : std::string(catalog[choose.of(wider)].id);
}

}  // namespace needleplan::testing
