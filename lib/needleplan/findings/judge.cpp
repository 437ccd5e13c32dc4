#include "needleplan/findings/judge.h"

#include <algorithm>
#include <utility>

#include "needleplan/evaluate/cycle.h"
#include "needleplan/findings/change_days.h"

namespace needleplan {

void Judge::begin(const Facts& facts) {
  facts_ = &facts;
  session_ = std::nullopt;
  if (facts.profile->session.date.given()) session_ = *facts.profile->session.date.given();
  outcomes_.clear();
  rules_.clear();
  stretches_.clear();
  said_.clear();
  looked_ = false;
  evaluations_ = 0;
  for (const std::uint16_t number : rules_for(facts)) {
    rules_.push_back({number, 0, 0, static_cast<std::uint32_t>(outcomes_.size())});
    collect_rule(facts, number, session_, outcomes_);
    ++evaluations_;
  }
}

const DateTerms& Judge::terms_of(const Rule& rule) {
  auto& terms = terms_[rule.number];
  if (terms == nullptr) terms = std::make_unique<const DateTerms>(date_terms(pack_->statements[rule.number], *pack_));
  return *terms;
}

void Judge::find_stretches() {
  if (std::exchange(looked_, true)) return;
  std::vector<std::uint32_t> round;
  ChangeDays changes(*facts_);
  const bool has_cycle = facts_->profile->cycle.last_period.given() != nullptr;
  for (std::uint32_t i = 0; i < rules_.size(); ++i) {
    Rule& rule = rules_[i];
    const DateTerms& terms = terms_of(rule);
    if (has_cycle && !terms.cycle.empty()) {
      round.push_back(i);
      continue;
    }
    days_.clear();
    changes.add(pack_->statements[rule.number], terms, days_);
    // A rule that has nothing to say and never changes: it keeps no stretch.
    if (days_.empty() && knows_session() && outcomes_of(rule).empty()) continue;
    add_stretches(rule, days_);
    use_session(rule);
  }
  if (!round.empty()) add_round_stretches(round);
}

void Judge::add_stretches(Rule& rule, std::vector<Date>& days) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  rule.begin = static_cast<std::uint32_t>(stretches_.size());
  rule.count = static_cast<std::uint32_t>(days.size()) + 1;
  stretches_.push_back({facts_->as_of});
  for (const Date day : days)
    stretches_.push_back({day});
}

void Judge::add_round_stretches(const std::vector<std::uint32_t>& round) {
  std::vector<Date> days;
  ChangeDays changes(*facts_);
  for (const std::uint32_t i : round)
    changes.add(pack_->statements[rules_[i].number], terms_of(rules_[i]), days);
  for (const Stretch& stretch : stretches_)
    if (stretch.first > facts_->as_of) days.push_back(stretch.first);
  std::vector<Date> turns;
  for (const std::uint32_t i : round)
    for (const Limits& limits : terms_of(rules_[i]).cycle) {
      const auto add = [&](Date from) {
        for (const Date turn : cycle_changes(limits, facts_->profile->cycle, from))
          if (turn > facts_->as_of) turns.push_back(turn);
      };
      add(facts_->as_of);
      for (const Date day : days)
        add(day);
    }
  days.insert(days.end(), turns.begin(), turns.end());
  for (const std::uint32_t i : round)
    add_stretches(rules_[i], days);
}

std::span<const RuleOutcome> Judge::outcomes_of(const Rule& rule) const {
  const auto next = static_cast<std::size_t>(&rule - rules_.data()) + 1;
  const std::size_t end = next < rules_.size() ? rules_[next].outcome : outcomes_.size();
  return std::span(outcomes_).subspan(rule.outcome, end - rule.outcome);
}

void Judge::use_session(const Rule& rule) {
  if (knows_session()) note(stretches_[rule.begin + stretch_with(rule, *session_)], outcomes_of(rule));
}

void Judge::note(Stretch& stretch, std::span<const RuleOutcome> outcomes) {
  stretch.begin = static_cast<std::uint32_t>(said_.size());
  stretch.count = static_cast<std::uint32_t>(outcomes.size());
  stretch.known = true;
  for (const RuleOutcome& rule : outcomes) {
    said_.push_back({rule.setting, rule.outcome.entry, rule.outcome.verdict});
    stretch.worst = std::max(stretch.worst, rule.outcome.verdict);
  }
}

const Judge::Stretch& Judge::stretch(const Rule& rule, std::uint32_t index) {
  Stretch& stretch = stretches_[rule.begin + index];
  if (stretch.known) return stretch;
  scratch_.clear();
  collect_rule(*facts_, rule.number, stretch.first, scratch_);
  ++evaluations_;
  note(stretch, scratch_);
  return stretch;
}

std::uint32_t Judge::stretch_with(const Rule& rule, Date day) const {
  std::uint32_t index = 0;
  while (index + 1 < rule.count && stretches_[rule.begin + index + 1].first <= day)
    ++index;
  return index;
}

std::optional<Date> Judge::first_day(const RuleOutcome& outcome, Verdict most) {
  find_stretches();
  const auto number = static_cast<std::uint16_t>(outcome.statement - pack_->statements.data());
  const auto rule = std::lower_bound(rules_.begin(), rules_.end(), number,
                                     [](const Rule& one, std::uint16_t wanted) { return one.number < wanted; });
  const bool any_entry = outcome.statement->as<Contraindication>() != nullptr;
  for (std::uint32_t i = 0; i < rule->count; ++i) {
    const Stretch& here = stretch(*rule, i);
    const auto said = std::span(said_).subspan(here.begin, here.count);
    const bool stands = std::any_of(said.begin(), said.end(), [&](const Said& one) {
      return one.verdict > most && one.setting == outcome.setting && (any_entry || one.entry == outcome.outcome.entry);
    });
    if (!stands) return here.first;
  }
  return std::nullopt;
}

std::optional<Date> Judge::first_day_of_all(Verdict most) {
  find_stretches();
  Date day = facts_->as_of;
  // Each rule in turn moves the day on to where it says no more; until all agree.
  for (bool moved = true; moved;) {
    moved = false;
    for (const Rule& rule : rules_)
      for (std::uint32_t i = stretch_with(rule, day); rule.count > 0 && stretch(rule, i).worst > most;) {
        if (++i == rule.count) return std::nullopt;
        day = stretches_[rule.begin + i].first;
        moved = true;
      }
  }
  return day;
}

void Judge::set_binding(Judgement& out) {
  if (!out.earliest || *out.earliest <= facts_->as_of) return;
  const Date eve = *out.earliest - std::chrono::days{1};
  for (const Rule& rule : rules_) {
    if (rule.count == 0) continue;
    const Stretch& there = stretch(rule, stretch_with(rule, eve));
    if (bookable(there.worst)) continue;
    const auto said = std::span(said_).subspan(there.begin, there.count);
    const auto first = std::find_if(said.begin(), said.end(), [](const Said& one) { return !bookable(one.verdict); });
    out.binding = first->setting != nullptr ? first->setting->id : pack_->statements[rule.number].id;
    return;
  }
}

Judgement Judge::judgement() {
  Judgement out;
  const OwnVerdict own = own_verdict(*facts_);
  found_own_ = own.worst != Verdict::clear;
  out.verdict = own.worst;
  for (const RuleOutcome& rule : outcomes_)
    out.verdict = std::max(out.verdict, rule.outcome.verdict);
  // A session day that is not known is what the dates are there for.
  if (bookable(own.beside_day)) out.earliest = first_day_of_all(Verdict::caution);
  if (own.beside_day <= Verdict::prepare) out.clear_from = first_day_of_all(Verdict::prepare);
  set_binding(out);
  for (const RuleOutcome& rule : outcomes_) {
    if (rule.outcome.holds != Truth::yes || bookable(rule.outcome.verdict)) continue;
    const auto day = first_day(rule, Verdict::caution);
    if (!day || (out.passes && *day <= *out.passes)) continue;
    out.passes = day;
    out.passes_binding = rule.rule();
  }
  return out;
}

}  // namespace needleplan
