#include "needleplan/findings/listing.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace needleplan {

namespace {

/// The question that a fact is asked with.
struct AskedWith {
  std::string_view path, key;
  AskedOf of{};
};

/// The facts of an entry are one question, but for a word that nobody here knows, which the client has said already.
AskedWith asked_with(std::string_view fact, const EntryFacts* entry, bool misplaced) {
  const std::size_t end = fact.find(']');
  if (end == std::string_view::npos || entry == nullptr) {
    const bool of_clinic = fact == "asked" || fact.starts_with("session.");
    return {fact, {}, of_clinic ? AskedOf::clinic : AskedOf::client};
  }
  const std::string_view key = fact.substr(end + 2);
  const bool not_understood =
      (key == "name" && (misplaced || entry->match.unknown())) || (key == "area" && !entry->unknown_areas.empty());
  if (not_understood) return {fact, {}, AskedOf::clinic};
  return {fact.substr(0, end + 1), key, AskedOf::client};
}

std::size_t rank_of_key(std::string_view key) {
  const auto* const found =
      std::find_if(kEntryKeys.begin(), kEntryKeys.end(), [&](const EntryKey& one) { return one.name == key; });
  return static_cast<std::size_t>(found - kEntryKeys.begin());
}

void add_key(Asked& asked, std::string_view key) {
  auto& keys = asked.keys;
  const auto at = std::find_if(keys.begin(), keys.end(),
                               [&](std::string_view one) { return rank_of_key(one) >= rank_of_key(key); });
  if (at == keys.end() || *at != key) keys.insert(at, key);
}

class Lister {
 public:
  Lister(std::span<const RuleOutcome> outcomes, Verdict verdict) : outcomes_(outcomes), verdict_(verdict) {}

  Listing run(std::vector<OwnFinding> own) {
    out_.own = std::move(own);
    out_.findings.reserve(out_.own.size() + outcomes_.size());
    for (std::size_t i = 0; i < out_.own.size(); ++i)
      add_own(i);
    for (std::size_t i = 0; i < outcomes_.size(); ++i)
      add_outcome(i);
    add_questions();
    std::stable_sort(out_.findings.begin(), out_.findings.end(), [](const Listed& a, const Listed& b) {
      return std::tuple(b.verdict, a.place, a.rule) < std::tuple(a.verdict, b.place, b.rule);
    });
    return std::move(out_);
  }

 private:
  void add_own(std::size_t index) {
    const OwnFinding& own = out_.own[index];
    const bool misplaced = own.id == OwnFindingId("misplaced-name");
    if (own.id.word() == kNotKnown) {
      ask(own.question, nullptr, misplaced).at = own.at;
      return;
    }
    const std::uint32_t place = fact_path(own).empty() ? 0 : own.at.offset;
    out_.findings.push_back({Listed::Kind::own, index, own.id.word(), own.verdict, place});
    if (own.question.empty()) return;
    Asked& asked = ask(own.question, own.entry, misplaced);
    asked.told = true;
    if (!settled()) out_.findings.back().question = asked.path;
  }

  void add_outcome(std::size_t index) {
    const RuleOutcome& rule = outcomes_[index];
    const Outcome& outcome = rule.outcome;
    if (outcome.holds == Truth::unknown) {
      // The outcomes of a rule stand together, so a question that has the rule already has it last.
      for (const Open& open : outcome.open)
        if (Asked& asked = ask(open.path, open.entry); asked.rules.empty() || asked.rules.back() != rule.rule())
          asked.rules.push_back(rule.rule());
      return;
    }
    const std::uint32_t place = outcome.used.empty() ? 0 : outcome.used.front().at.offset;
    out_.findings.push_back({Listed::Kind::rule, index, rule.rule(), outcome.verdict, place});
  }

  Asked& ask(std::string_view fact, const EntryFacts* entry, bool misplaced = false) {
    const AskedWith to = asked_with(fact, entry, misplaced);
    Asked* asked = find(to.path);
    if (asked == nullptr) {
      out_.questions.push_back(
          {to.path, {}, entry, entry == nullptr ? Location{} : entry->entry->at, to.of, {}, false});
      if (!by_path_.empty()) by_path_.emplace(to.path, out_.questions.size() - 1);
      asked = &out_.questions.back();
    }
    if (to.key.empty()) return *asked;
    add_key(*asked, to.key);
    const Entry& e = *entry->entry;
    if (to.key == "last_used" && !e.ongoing.given() && !e.last_used.given()) add_key(*asked, "ongoing");
    return *asked;
  }

  Asked* find(std::string_view path) {
    // Most clients are asked a few things; a map is for those whose profile leaves open much.
    constexpr std::size_t kFew = 16;
    std::vector<Asked>& all = out_.questions;
    if (all.size() < kFew) {
      const auto found = std::find_if(all.begin(), all.end(), [&](const Asked& asked) { return asked.path == path; });
      return found == all.end() ? nullptr : &*found;
    }
    if (by_path_.empty())
      for (std::size_t i = 0; i < all.size(); ++i)
        by_path_.emplace(all[i].path, i);
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : &all[found->second];
  }

  /// No verdict is worse than avoid, and what holds does so whatever the answers are.
  [[nodiscard]] bool settled() const { return verdict_ == Verdict::avoid; }

  void add_questions() {
    // In profile order, so that the desk asks them as the form has them.
    std::stable_sort(out_.questions.begin(), out_.questions.end(), [](const Asked& a, const Asked& b) {
      return std::pair(rank(a.path), index_of(a)) < std::pair(rank(b.path), index_of(b));
    });
    if (settled()) {
      out_.not_asked = std::move(out_.questions);
      out_.questions.clear();
    }
    for (std::size_t i = 0; i < out_.questions.size(); ++i)
      if (const Asked& asked = out_.questions[i]; !asked.told)
        out_.findings.push_back({Listed::Kind::question, i, kNotKnown, Verdict::ask, asked.at.offset, asked.path});
  }

  /// What a section does not list is asked after what it does.
  static std::size_t index_of(const Asked& asked) {
    if (asked.path.ends_with("[+]")) return std::numeric_limits<std::size_t>::max();
    return asked.entry == nullptr ? 0 : asked.entry->entry->index;
  }

  static std::size_t rank(std::string_view path) {
    constexpr std::array<std::string_view, 15> kOrder{
        "client",     "asked",    "life_stage", "conditions", "medicines", "products", "supplements", "allergies",
        "procedures", "sessions", "exposures",  "plans",      "answers",   "cycle",    "session"};
    const std::string_view head = path.substr(0, path.find_first_of(".["));
    return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), head) - kOrder.begin());
  }

  std::span<const RuleOutcome> outcomes_;
  Verdict verdict_;
  Listing out_;
  std::unordered_map<std::string_view, std::size_t> by_path_;  ///< of the questions; empty while they are few
};

}  // namespace

Listing list_findings(std::vector<OwnFinding> own, std::span<const RuleOutcome> outcomes, Verdict verdict) {
  return Lister(outcomes, verdict).run(std::move(own));
}

}  // namespace needleplan
