/// The promises of a check, for any profile against any pack.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/findings/change_days.h"
#include "property/generate.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

using std::chrono::days;

Verdict verdict_of(const Tree& profile, const Pack& pack) {
  return Checked(to_yaml(profile), pack).result.verdict;
}

/// Calls `visit(tree without that key, path)` for every key that may be left out.
template <class Visit>
void without_each_key(const Tree& root, Tree& here, const Tree& whole, const std::string& path, Visit visit) {
  constexpr std::array<std::string_view, 3> kRequired{"client", "client.id", "name"};
  for (std::size_t i = 0; i < here.members.size(); ++i) {
    const auto& [key, value] = here.members[i];
    const std::string at = here.kind == Tree::Kind::list ? fmt::format("{}[{}]", path, i)
                           : path.empty()                ? key
                                                         : path + "." + key;
    const bool required = std::find(kRequired.begin(), kRequired.end(), at) != kRequired.end() || key == "name" ||
                          at.starts_with("signoffs[") || (at.starts_with("sessions[") && key == "date");
    // A name that nobody knows is no answer, and always asked about.
    const bool unknown_name = key.starts_with("area") && to_yaml(value).find("elsewhere") != std::string::npos;
    if (here.kind == Tree::Kind::map && !required && !unknown_name) {
      const auto taken = here.members[i];
      here.members.erase(here.members.begin() + static_cast<std::ptrdiff_t>(i));
      // A map cannot be empty.
      if (!here.members.empty() || here.kind != Tree::Kind::map) visit(whole, at);
      here.members.insert(here.members.begin() + static_cast<std::ptrdiff_t>(i), taken);
    }
    if (here.members[i].second.kind != Tree::Kind::scalar)
      without_each_key(root, here.members[i].second, whole, at, visit);
  }
}

std::string a_missing_answer_never_helps(const Case& made) {
  const Checked whole(to_yaml(made.profile), made.pack());
  if (bookable(whole.result.verdict)) return {};
  // A key that contradicts others is no answer: without it nothing is wrong.
  std::set<std::string> contradictions;
  for (const Finding& finding : whole.result.findings)
    if (finding.rule == "contradiction") contradictions.insert(finding.question);
  Tree tree = made.profile;
  std::string problem;
  without_each_key(made.profile, tree, tree, {}, [&](const Tree& less, const std::string& path) {
    if (problem.empty() && !contradictions.contains(path) && bookable(verdict_of(less, made.pack())))
      problem = fmt::format("is bookable without {}, and is not with it", path);
  });
  return problem;
}

/// The entries a finding is about: its own, or for a condition all that the rule rests on.
auto concerns(const Finding& finding) {
  const bool any = finding.statement->as<Contraindication>() != nullptr || finding.setting != nullptr;
  const EntryFacts* entry = finding.outcome->entry;
  return [any, entry](const EntryFacts* other) { return any || other == entry; };
}

std::string words_of(std::optional<Date> day) {
  return day ? iso(*day) : "none";
}

std::string dates_are_those_of_every_day_tried(const Case& made) {
  constexpr int kDays = 731;
  const Checked checked(to_yaml(made.profile), made.pack());
  const auto first = [&](auto verdict, Verdict most) {
    std::optional<Date> found;
    for (int i = 0; i < kDays && !found; ++i)
      if (verdict(kAsOf + days{i}) <= most) found = kAsOf + days{i};
    return found;
  };
  const auto differ = [&](std::optional<Date> said, std::optional<Date> found) {
    return said != found && !(said && *said >= kAsOf + days{kDays});
  };
  const auto whole = [&](Date day) { return verdict_on(checked.facts, day); };
  if (const auto found = first(whole, Verdict::caution); differ(checked.result.earliest, found))
    return fmt::format("earliest is {}, by trying every day {}", words_of(checked.result.earliest), words_of(found));
  if (const auto found = first(whole, Verdict::prepare); differ(checked.result.clear_from, found))
    return fmt::format("clear_from is {}, by trying every day {}", words_of(checked.result.clear_from),
                       words_of(found));
  for (const Finding& finding : checked.result.findings) {
    if (finding.statement == nullptr) continue;
    const auto one = [&](Date day) {
      return rule_verdict(checked.facts, finding.statement, finding.setting, day, concerns(finding));
    };
    if (const auto found = first(one, Verdict::caution); differ(finding.earliest, found))
      return fmt::format("{}: earliest is {}, by trying every day {}", finding.rule, words_of(finding.earliest),
                         words_of(found));
    if (const auto found = first(one, Verdict::prepare); differ(finding.clear_from, found))
      return fmt::format("{}: clear_from is {}, by trying every day {}", finding.rule, words_of(finding.clear_from),
                         words_of(found));
  }
  return {};
}

std::string a_rule_changes_on_its_days_alone(const Case& made) {
  constexpr int kDays = 150;
  const Checked checked(to_yaml(made.profile), made.pack());
  for (const std::uint16_t number : rules_for(checked.facts)) {
    const Statement& statement = made.pack().statements[number];
    if (!cycle_limits(statement, checked.facts).empty()) continue;
    std::vector<Date> changes;
    ChangeDays(checked.facts).add(statement, changes);
    std::vector<std::pair<const EntryFacts*, Verdict>> before;
    for (Date day = kAsOf; day < kAsOf + days{kDays}; day += days{1}) {
      std::vector<std::pair<const EntryFacts*, Verdict>> now;
      for (const RuleOutcome& rule : collect(checked.facts, {number}, day))
        now.emplace_back(rule.outcome.entry, rule.outcome.verdict);
      if (day > kAsOf && now != before && std::find(changes.begin(), changes.end(), day) == changes.end())
        return fmt::format("{} changes on {}, which is none of its days", statement.id, iso(day));
      before = std::move(now);
    }
  }
  return {};
}

std::string one_day_later_flips_it(const Case& made) {
  const Checked checked(to_yaml(made.profile), made.pack());
  if (!checked.session()) return {};
  for (const Finding& finding : checked.result.findings) {
    if (finding.statement == nullptr || finding.statement->as<Avoid>() == nullptr || finding.outcome->prescribed ||
        finding.statement->when)
      continue;
    const auto& measured = finding.outcome->measured;
    if (measured.size() != 1 || measured.front().after_session || finding.signed_off) continue;
    const Entry& entry = *finding.outcome->entry->entry;
    if (entry.at_session) continue;  // its day is the session's
    const bool used = entry.section == Section::medicines || entry.section == Section::products ||
                      entry.section == Section::supplements;
    if (!used && *checked.session() < kAsOf) continue;
    const SessionStart session{*checked.session(), checked.facts.time()};
    const auto verdict_if = [&](Date day) {
      Tree tree = made.profile;
      tree.erase("signoffs");  // the day alone is asked about, not who signed for it
      if (used) set_at(tree, path_of(entry, "ongoing"), "no");
      set_at(tree, path_of(entry, used ? "last_used" : "date"), iso(day));
      // What is still to come has happened by then.
      const Date as_of = entry.section == Section::plans ? kAsOf : std::max(kAsOf, day);
      const Checked moved(to_yaml(tree), made.pack(), as_of);
      const EntryFacts* same = nullptr;
      for (const EntryFacts& other : moved.facts.entries)
        if (other.entry->section == entry.section && other.entry->index == entry.index) same = &other;
      return rule_verdict(moved.facts, finding.statement, nullptr, moved.session(),
                          [&](const EntryFacts* other) { return other == same; });
    };
    const Verdict broken = finding.statement->as<Avoid>()->broken;
    const auto [least, most] = last_days(session, measured.front());
    // On the session's own day it may as well come after it, where the ban has a window there.
    const bool other_side = !used && least == session.day && finding.statement->as<Avoid>()->after;
    // A length of no time at all, or a verdict that books anyway, has no day on which it flips.
    if (!other_side && !bookable(verdict_if(least)))
      return fmt::format("{}: not bookable on {}", finding.rule, iso(least));
    if (!bookable(broken) && (used || least < session.day) && bookable(verdict_if(least + days{1})))
      return fmt::format("{}: still bookable a day after {}", finding.rule, iso(least));
    if (verdict_if(most) != Verdict::clear) return fmt::format("{}: not clear on {}", finding.rule, iso(most));
    if (most < least && verdict_if(most + days{1}) != Verdict::caution)
      return fmt::format("{}: no caution a day after {}", finding.rule, iso(most));
  }
  return {};
}

std::string counterfactuals_clear(const Case& made) {
  const Checked checked(to_yaml(made.profile), made.pack());
  for (const Finding& finding : checked.result.findings)
    for (const Counterfactual& way_out : finding.counterfactuals) {
      Tree tree = made.profile;
      for (const Edit& edit : way_out.edits)
        set_at(tree, edit.path, edit.value);
      const Client client(to_yaml(tree));
      if (!client.profile)
        return fmt::format("{}: \"{}\" cannot be read: {}", finding.rule, way_out.words, client.messages);
      // What is still to come has happened by then.
      Date as_of = kAsOf;
      for (const Edit& edit : way_out.edits)
        if (const auto day = parse_date(edit.value);
            day && !edit.path.starts_with("plans") && edit.path != "session.date")
          as_of = std::max(as_of, *day);
      const Checked after(to_yaml(tree), made.pack(), as_of);
      const EntryFacts* entry = finding.outcome->entry;
      const bool any = finding.statement->as<Contraindication>() != nullptr || finding.setting != nullptr;
      const auto number = static_cast<std::uint16_t>(finding.statement - made.pack().statements.data());
      Verdict verdict = Verdict::clear;
      for (const RuleOutcome& rule : collect(after.facts, {number}, after.session())) {
        // What another entry leaves open is a question of its own.
        const EntryFacts* other = rule.outcome.entry;
        const bool same =
            any || (other != nullptr && entry != nullptr && other->entry->section == entry->entry->section &&
                    other->entry->index == entry->entry->index);
        if (rule.setting == finding.setting && rule.outcome.holds == Truth::yes && same)
          verdict = std::max(verdict, rule.outcome.verdict);
      }
      if (verdict > Verdict::prepare)
        return fmt::format("{}: \"{}\" leaves it at {}\n--- edited\n{}", finding.rule, way_out.words,
                           to_string(verdict), to_yaml(tree));
    }
  return {};
}

void shuffle(Tree& tree, Chooser& choose) {
  for (std::size_t i = tree.members.size(); i > 1; --i)
    std::swap(tree.members[i - 1], tree.members[static_cast<std::size_t>(choose.below(static_cast<int>(i)))]);
  for (auto& [key, value] : tree.members)
    shuffle(value, choose);
}

/// Everything a result says, without the numbers of list entries.
std::multiset<std::string> said(const Checked& checked) {
  const auto unnumbered = [](std::string text) {
    for (std::size_t at = text.find('['); at != std::string::npos; at = text.find('['))
      text.erase(at, text.find(']', at) + 1 - at);
    return text;
  };
  std::multiset<std::string> out;
  out.insert(fmt::format("result {} {} {}", to_string(checked.result.verdict), words_of(checked.result.earliest),
                         words_of(checked.result.clear_from)));
  for (const Finding& finding : checked.result.findings) {
    std::set<std::string> facts;
    for (const FactUsed& fact : finding.facts) {
      std::string value = fact.value;  // areas in any order
      std::sort(value.begin(), value.end());
      facts.insert(unnumbered(fact.path) + "=" + value);
    }
    out.insert(fmt::format("{} {} {} {} {}", finding.rule, to_string(finding.verdict), words_of(finding.earliest),
                           words_of(finding.clear_from), fmt::join(facts, ";")));
  }
  for (const Question& question : checked.result.questions)
    out.insert(fmt::format("{} {} {}", unnumbered(question.path), unnumbered(question.text),
                           std::set<std::string_view>(question.rules.begin(), question.rules.end()).size()));
  return out;
}

std::string order_does_not_matter(const Case& made, Chooser& choose) {
  Tree tree = made.profile;
  shuffle(tree, choose);
  const Checked one(to_yaml(made.profile), made.pack());
  const Checked other(to_yaml(tree), made.pack());
  const auto a = said(one);
  const auto b = said(other);
  if (a == b) return {};
  return fmt::format("{}\n--- shuffled\n{}\n--- says\n{}", fmt::join(a, "\n"), to_yaml(tree), fmt::join(b, "\n"));
}

std::string the_index_skips_nothing(const Case& made) {
  const Checked checked(to_yaml(made.profile), made.pack());
  const auto indexed = rules_for(checked.facts);
  std::vector<std::uint16_t> every;
  for (std::size_t i = 0; i < made.pack().statements.size(); ++i)
    every.push_back(static_cast<std::uint16_t>(i));
  const auto all = collect(checked.facts, every, checked.session());
  for (const RuleOutcome& rule : all) {
    const auto number = static_cast<std::uint16_t>(rule.statement - made.pack().statements.data());
    if (!std::binary_search(indexed.begin(), indexed.end(), number))
      return fmt::format("{} speaks, and the index leaves it out", rule.rule());
  }
  return {};
}

std::string in_one(const Brief& brief) {
  const auto day = [](std::optional<Date> date) { return words_of(date); };
  return fmt::format("{} {} {} {} {} {} [{}] [{}]", to_string(brief.verdict), day(brief.earliest),
                     day(brief.clear_from), brief.binding, day(brief.passes), brief.passes_binding,
                     fmt::join(brief.questions, "; "), fmt::join(brief.rules, "; "));
}

std::string a_row_says_what_the_words_say(const Case& made) {
  const Checked checked(to_yaml(made.profile), made.pack());
  const std::string without = in_one(brief(checked.facts));
  const std::string with = in_one(brief_of(checked.result));
  if (without != with) return fmt::format("without words\n{}\n--- with them\n{}", without, with);
  Brief judged;
  static_cast<Judgement&>(judged) = judge(checked.facts);
  Brief dates;
  static_cast<Judgement&>(dates) = checked.result;
  return in_one(judged) == in_one(dates) ? std::string{} : "judged alone\n" + in_one(judged);
}

}  // namespace

TEST_CASE("a missing answer never makes a result bookable") {
  CHECK(holds("a missing answer never helps", 250,
              [](const Case& made, Chooser&) { return a_missing_answer_never_helps(made); }));
}

TEST_CASE("earliest and clear_from are those found by trying every day") {
  CHECK(holds("dates equal brute force", 30,
              [](const Case& made, Chooser&) { return dates_are_those_of_every_day_tried(made); }));
}

TEST_CASE("a rule says the same between the days on which it can change") {
  CHECK(holds("no change is missed", 300,
              [](const Case& made, Chooser&) { return a_rule_changes_on_its_days_alone(made); }));
}

TEST_CASE("one day later than the printed day flips the check") {
  CHECK(holds("printed days are sharp", 600, [](const Case& made, Chooser&) { return one_day_later_flips_it(made); }));
}

TEST_CASE("a counterfactual clears its finding") {
  CHECK(holds("ways out lead out", 600, [](const Case& made, Chooser&) { return counterfactuals_clear(made); }));
}

TEST_CASE("the order of keys and entries does not matter") {
  CHECK(holds("order does not matter", 600,
              [](const Case& made, Chooser& choose) { return order_does_not_matter(made, choose); }));
}

TEST_CASE("the index leaves no rule out that speaks") {
  CHECK(holds("index is complete", 600, [](const Case& made, Chooser&) { return the_index_skips_nothing(made); }));
}

TEST_CASE("a check without words has the verdict, dates, questions and rules of one with words") {
  CHECK(holds("rows equal words", 600, [](const Case& made, Chooser&) { return a_row_says_what_the_words_say(made); }));
}
