#include "needleplan/findings/listing.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

namespace needleplan {

namespace {

class Lister {
 public:
  explicit Lister(std::span<const RuleOutcome> outcomes) : outcomes_(outcomes) {}

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
    if (own.id.word() == kNotKnown) {
      ask(own.question, nullptr).at = own.at;
      return;
    }
    const std::uint32_t place = fact_path(own).empty() ? 0 : own.at.offset;
    out_.findings.push_back({Listed::Kind::own, index, own.id.word(), own.verdict, place});
    if (!own.question.empty()) ask(own.question, own.entry).told = true;
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

  Asked& ask(std::string_view path, const EntryFacts* entry) {
    if (Asked* known = find(path); known != nullptr) return *known;
    out_.questions.push_back({path, entry, entry == nullptr ? Location{} : entry->entry->at, {}, false});
    if (!by_path_.empty()) by_path_.emplace(path, out_.questions.size() - 1);
    return out_.questions.back();
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

  void add_questions() {
    // In profile order of the keys, so that the desk asks them as the form has them.
    std::stable_sort(out_.questions.begin(), out_.questions.end(),
                     [](const Asked& a, const Asked& b) { return rank(a.path) < rank(b.path); });
    for (std::size_t i = 0; i < out_.questions.size(); ++i)
      if (const Asked& asked = out_.questions[i]; !asked.told)
        out_.findings.push_back({Listed::Kind::question, i, kNotKnown, Verdict::ask, asked.at.offset});
  }

  static std::size_t rank(std::string_view path) {
    constexpr std::array<std::string_view, 15> kOrder{
        "client",     "asked",    "life_stage", "conditions", "medicines", "products", "supplements", "allergies",
        "procedures", "sessions", "exposures",  "plans",      "answers",   "cycle",    "session"};
    const std::string_view head = path.substr(0, path.find_first_of(".["));
    return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), head) - kOrder.begin());
  }

  std::span<const RuleOutcome> outcomes_;
  Listing out_;
  std::unordered_map<std::string_view, std::size_t> by_path_;  ///< of the questions; empty while they are few
};

}  // namespace

Listing list_findings(const Facts& facts, std::span<const RuleOutcome> outcomes, Suggestions suggestions) {
  return Lister(outcomes).run(own_findings(facts, suggestions));
}

}  // namespace needleplan
