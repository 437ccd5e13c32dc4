#include "needleplan/authoring/run_case.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/authoring/check_plan.h"
#include "needleplan/authoring/known_ids.h"
#include "needleplan/findings/assess.h"
#include "needleplan/findings/collect.h"

namespace needleplan {

namespace {

std::string date_or_none(const std::optional<Date>& day) {
  return day ? iso(*day) : std::string("none");
}

/// Compares an assessment with what a case expects of it.
class CaseComparison {
 public:
  CaseComparison(const RunnableCase& run, const Assessment& got) : run_(run), case_(run.what()), got_(got) {}

  std::vector<Failure> run() {
    if (case_.verdict && case_.verdict->value != got_.verdict)
      fail(case_.verdict->at,
           fmt::format("expected the verdict {}, got {}", to_string(case_.verdict->value), to_string(got_.verdict)));
    if (case_.no_findings && !got_.findings.empty())
      fail(*case_.no_findings, fmt::format("expected no findings, got {}", found_words()));
    for (const ExpectedFinding& finding : case_.findings)
      check(finding);
    for (const auto& rule : case_.absent)
      check_absent(rule);
    check_questions();
    check_no_concern();
    check_date("earliest", case_.earliest, got_.earliest);
    check_date("clear_from", case_.clear_from, got_.clear_from);
    return std::move(out_);
  }

 private:
  void fail(Location at, std::string words) { out_.push_back({at, std::move(words)}); }

  [[nodiscard]] std::string found_words() const {
    std::string out;
    for (const Finding& finding : got_.findings)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", finding.rule, to_string(finding.verdict));
    return out.empty() ? "nothing" : out;
  }

  void check(const ExpectedFinding& expected) {
    std::string got;
    for (const Finding& finding : got_.findings) {
      if (finding.rule != expected.rule) continue;
      if (!expected.verdict || finding.verdict == *expected.verdict) return;
      got = fmt::format("{} {}", finding.rule, to_string(finding.verdict));
    }
    const std::string verdict = expected.verdict ? fmt::format(" {}", to_string(*expected.verdict)) : "";
    if (!got.empty()) return fail(expected.at, fmt::format("expected {}{}, got {}", expected.rule, verdict, got));
    if (const std::string path = waits_for(expected.rule); !path.empty()) {
      fail(expected.at, fmt::format("expected {}{}, but it waits for {}", expected.rule, verdict, path));
    } else if (!reached(expected.rule)) {
      fail(expected.at, fmt::format("expected {}{}, but the rule is never reached: nothing in the profile concerns it",
                                    expected.rule, verdict));
    } else {
      fail(expected.at, fmt::format("expected {}{}, got {}", expected.rule, verdict, found_words()));
    }
  }

  void check_absent(const Located<std::string_view>& rule) {
    for (const Finding& finding : got_.findings)
      if (finding.rule == rule.value)
        return fail(rule.at,
                    fmt::format("expected no {}, got {} {}", rule.value, rule.value, to_string(finding.verdict)));
    if (const std::string path = waits_for(rule.value); !path.empty())
      return fail(rule.at, fmt::format("expected no {}, but it waits for {}", rule.value, path));
    if (!reached(rule.value))
      fail(rule.at, fmt::format("expected no {}, but the rule is never reached: nothing in the profile concerns it",
                                rule.value));
  }

  /// The question that a rule waits for; empty if there is none.
  [[nodiscard]] std::string waits_for(std::string_view rule) const {
    for (const auto* list : {&got_.questions, &got_.not_asked})
      for (const Question& question : *list)
        if (std::find(question.rules.begin(), question.rules.end(), rule) != question.rules.end()) return question.path;
    return {};
  }

  /// Findings of the tool's own are always looked for.
  [[nodiscard]] bool reached(std::string_view rule) const {
    const Pack& pack = *run_.facts().pack;
    const Statement* statement = pack.find(rule);
    if (statement == nullptr) statement = pack.find_setting(rule).first;
    return statement == nullptr || run_.reaches(static_cast<std::size_t>(statement - pack.statements.data()));
  }

  /// By the entry, or by one of its facts.
  static bool asks_for(const Question& question, std::string_view path) {
    return question.path == path || std::find(question.keys.begin(), question.keys.end(), path) != question.keys.end();
  }

  void check_questions() {
    const auto& asked = got_.questions;
    if (case_.no_questions && !asked.empty())
      fail(*case_.no_questions, fmt::format("expected no questions, got {}", asked_words()));
    for (const auto& path : case_.questions)
      if (std::none_of(asked.begin(), asked.end(), [&](const Question& q) { return asks_for(q, path.value); }))
        fail(path.at, fmt::format("expected a question for {}, got {}", path.value, asked_words()));
  }

  void check_no_concern() {
    for (const auto& id : case_.no_concern)
      if (std::none_of(got_.no_concern.begin(), got_.no_concern.end(),
                       [&](const NameWithoutConcern& name) { return name.statement->id == id.value; }))
        fail(id.at, fmt::format("expected {} to list a name as without concern, and it lists none", id.value));
  }

  [[nodiscard]] std::string asked_words() const {
    std::string out;
    for (const Question& question : got_.questions)
      out += fmt::format("{}{}", out.empty() ? "" : ", ", fmt::join(question.keys, ", "));
    return out.empty() ? "none" : out;
  }

  void check_date(std::string_view key, const std::optional<ExpectedDate>& expected, const std::optional<Date>& got) {
    if (expected && expected->day != got)
      fail(expected->at, fmt::format("expected {} {}, got {}", key, date_or_none(expected->day), date_or_none(got)));
  }

  const RunnableCase& run_;
  const Case& case_;
  const Assessment& got_;
  std::vector<Failure> out_;
};

}  // namespace

RunnableCase::RunnableCase(const Case& what, const Pack& pack)
    : what_(&what), facts_(resolve(what.profile, pack, what.as_of)), rules_(rules_for(facts_)) {}

std::optional<Date> RunnableCase::day() const {
  const Answer<Date>& date = what_->profile.session.date;
  return date.optional();
}

bool RunnableCase::reaches(std::size_t statement) const {
  const auto number = static_cast<std::uint16_t>(statement);
  if (std::binary_search(rules_.begin(), rules_.end(), number)) return true;
  const auto is_in = [&](const std::vector<std::uint16_t>& rules) {
    return std::binary_search(rules.begin(), rules.end(), number);
  };
  const RuleIndex& index = facts_.pack->index;
  for (std::size_t i = 0; i < kSections; ++i)
    if (!what_->profile.sections[i].entries.empty() && is_in(index.by_section[i])) return true;
  for (std::size_t i = 0; i < kSessionFacts; ++i)
    if (!facts_.named(static_cast<SessionFact>(i)).open() && is_in(index.by_session[i])) return true;
  return false;
}

bool RunnableCase::prints(const Statement& statement) const {
  const auto* step = statement.as<Step>();
  const auto is = [&](std::string_view id) {
    return id == statement.id || (step != nullptr && std::any_of(step->settings.begin(), step->settings.end(),
                                                                 [&](const Setting& s) { return s.id == id; }));
  };
  for (const ExpectedPlan* plan : {&what_->prep, &what_->procedure, &what_->aftercare})
    if (std::any_of(plan->lines.begin(), plan->lines.end(), [&](const ExpectedLine& line) { return is(line.id); }) ||
        std::any_of(plan->absent.begin(), plan->absent.end(), [&](const auto& id) { return is(id.value); }))
      return true;
  return false;
}

std::vector<Failure> RunnableCase::run() const {
  const Assessment assessment = assess(facts_);
  std::vector<Failure> out = CaseComparison(*this, assessment).run();
  if (what_->has_plans()) check_plans(assessment, out);
  std::stable_sort(out.begin(), out.end(),
                   [](const Failure& a, const Failure& b) { return a.at.offset < b.at.offset; });
  return out;
}

void RunnableCase::check_plans(const Assessment& assessment, std::vector<Failure>& out) const {
  PlanInput input;
  input.pack = facts_.pack;
  input.facts = &facts_;
  input.assessment = &assessment;
  input.session = session_of(what_->profile);
  input.as_of = what_->as_of;
  if (what_->prep.given()) check_plan(what_->prep, build_prep(input), out);
  if (what_->procedure.given()) check_plan(what_->procedure, build_procedure(input, input.session.time), out);
  if (what_->aftercare.given()) check_plan(what_->aftercare, build_aftercare(input, what_->days), out);
}

}  // namespace needleplan
