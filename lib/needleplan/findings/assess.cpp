#include "needleplan/findings/assess.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "needleplan/findings/collect.h"
#include "needleplan/findings/words.h"

namespace needleplan {

namespace {

constexpr std::size_t kLongestSummary = 140;

std::string cut(std::string text) {
  if (text.size() <= kLongestSummary) return text;
  std::size_t end = kLongestSummary - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  return text.substr(0, end) + "...";
}

Verdict worst(const std::vector<RuleOutcome>& outcomes) {
  Verdict verdict = Verdict::clear;
  for (const RuleOutcome& o : outcomes)
    verdict = std::max(verdict, o.outcome.verdict);
  return verdict;
}

/// Builds the assessment of one day from its outcomes.
class Assessor {
 public:
  explicit Assessor(const Facts& facts) : facts_(facts), rules_(rules_for(facts)), own_(own_findings(facts)) {
    if (facts.profile->session.date.given()) session_ = facts.profile->session.date.value;
    days_ = change_days(facts, rules_);
    by_day_.resize(days_.size());
  }

  Assessment run() {
    const std::vector<RuleOutcome> outcomes = collect(facts_, rules_, session_);
    for (const OwnFinding& own : own_)
      add_own(own);
    for (const RuleOutcome& rule : outcomes)
      add(rule);
    add_questions();
    set_dates();
    remark_signoffs(outcomes);
    std::stable_sort(out_.findings.begin(), out_.findings.end(), [](const Finding& a, const Finding& b) {
      const auto place = [](const Finding& f) { return f.facts.empty() ? 0U : f.facts.front().at.offset; };
      return std::tuple(b.verdict, place(a), std::string_view(a.rule)) <
             std::tuple(a.verdict, place(b), std::string_view(b.rule));
    });
    for (const Finding& finding : out_.findings)
      out_.verdict = std::max(out_.verdict, finding.verdict);
    return std::move(out_);
  }

 private:
  const std::vector<RuleOutcome>& on(std::size_t day) {
    if (!by_day_[day]) by_day_[day] = collect(facts_, rules_, days_[day]);
    return *by_day_[day];
  }

  void add_own(const OwnFinding& own) {
    if (own.id == "not-known") {  // only a question
      ask({own.question, nullptr}, {});
      questions_.back().at = own.at;
      return;
    }
    Finding finding;
    finding.rule = own.id;
    finding.verdict = own.verdict;
    finding.summary = cut(own.value.empty() ? own.summary : fmt::format("{}: {}", own.summary, own.value));
    finding.action = own.action;
    finding.suggestions = own.suggestions;
    finding.question = own.question;
    std::string path = own.path.empty() ? own.question : own.path;
    if (path.empty() && !own.value.empty()) path = "session.protocol";
    if (!path.empty()) finding.facts.push_back({path, own.at, own.value});
    if (!own.question.empty()) ask({own.question, own.entry}, {});
    out_.findings.push_back(std::move(finding));
  }

  /// Notes that a rule waits for a fact.
  void ask(const Open& open, std::string_view rule) {
    auto found =
        std::find_if(questions_.begin(), questions_.end(), [&](const Question& q) { return q.path == open.path; });
    if (found == questions_.end()) {
      Question question;
      question.path = open.path;
      question.text = std::string(facts_.pack->question(open.path));
      if (const std::size_t at = question.text.find("{name}"); at != std::string::npos)
        question.text.replace(at, 6, open.entry == nullptr ? std::string("it") : name_of(*open.entry));
      if (question.text.empty()) question.text = fmt::format("What is {}?", open.path);
      if (open.entry != nullptr) question.at = open.entry->entry->at;
      questions_.push_back(std::move(question));
      found = questions_.end() - 1;
    }
    if (!rule.empty() && std::find(found->rules.begin(), found->rules.end(), rule) == found->rules.end())
      found->rules.push_back(rule);
  }

  void add(const RuleOutcome& rule) {
    const Outcome& outcome = rule.outcome;
    if (outcome.holds == Truth::unknown) {
      for (const Open& open : outcome.open)
        ask(open, rule.rule());
      return;
    }
    const Statement& statement = *rule.statement;
    Finding finding;
    finding.rule = rule.rule();
    finding.verdict = outcome.verdict;
    finding.statement = rule.statement;
    finding.setting = rule.setting;
    finding.signed_off = rule.signed_off;
    finding.outcome = outcome;
    const SessionStart session = session_start(facts_);
    for (const Used& used : outcome.used) {
      FactUsed fact = fact_used(used, facts_);
      const bool known = std::any_of(finding.facts.begin(), finding.facts.end(),
                                     [&](const FactUsed& f) { return f.path == fact.path; });
      if (!known) finding.facts.push_back(std::move(fact));
    }
    for (const Measured& measured : outcome.measured) {
      if (measured.distance == Distance::kept && !measured.ongoing) continue;
      if (!finding.arithmetic.empty()) finding.arithmetic += "; ";
      finding.arithmetic += arithmetic(measured, session);
    }
    finding.summary = summary(rule);
    finding.action = action(rule, session);
    finding.counterfactuals = counterfactuals(statement, rule.setting, outcome, facts_, session);
    for (std::size_t day = 0; day < days_.size(); ++day) {
      const Verdict verdict = verdict_of(rule, on(day));
      if (!finding.earliest && bookable(verdict)) finding.earliest = days_[day];
      if (!finding.clear_from && verdict <= Verdict::prepare) finding.clear_from = days_[day];
      if (finding.earliest && finding.clear_from) break;
    }
    if (finding.action.empty() && finding.earliest && finding.verdict == Verdict::defer)
      finding.action = fmt::format("Offer another day; the first one that this rule leaves free is {}.",
                                   words(*finding.earliest, session.day));
    if (finding.clear_from && session_ && *finding.clear_from > *session_)
      finding.counterfactuals.push_back({fmt::format("session on {} or later", words(*finding.clear_from, session.day)),
                                         {{"session.date", iso(*finding.clear_from)}}});
    out_.findings.push_back(std::move(finding));
  }

  /// The same rule about the same entry on another day; clear when it does not hold there.
  static Verdict verdict_of(const RuleOutcome& rule, const std::vector<RuleOutcome>& outcomes) {
    Verdict verdict = Verdict::clear;
    for (const RuleOutcome& other : outcomes)
      if (other.statement == rule.statement && other.setting == rule.setting &&
          (rule.statement->as<Contraindication>() != nullptr || other.outcome.entry == rule.outcome.entry))
        verdict = std::max(verdict, other.outcome.verdict);
    return verdict;
  }

  static bool still_used(const Outcome& outcome) { return outcome.measured.empty() || outcome.measured.back().ongoing; }

  [[nodiscard]] std::string summary(const RuleOutcome& rule) const {
    const Statement& statement = *rule.statement;
    std::string text(statement.summary.empty() ? statement.id : statement.summary);
    if (rule.setting != nullptr) {
      const Setting& s = *rule.setting;
      text = s.depth && !s.areas.empty()
                 ? fmt::format("Needle depth {} is over the range for the area: {} {}",
                               depth_words(facts_.profile->session.depth.value),
                               facts_.pack->catalog[s.areas.front()].label, s.depth_written)
                 : fmt::format("Numbing time {} is outside the range for the product: {}",
                               words(facts_.profile->session.numbing_time.value), s.time_written);
    }
    if (rule.outcome.verdict == Verdict::prepare) text = "Still in use, must stop in time";
    if (rule.outcome.prescribed)
      text = still_used(rule.outcome) ? "Prescribed: do not stop it unless the prescriber says so"
                                      : "Prescribed, and ended too short a time before the session";
    if (rule.outcome.entry != nullptr) text += fmt::format(": {}", name_of(*rule.outcome.entry));
    return cut(std::move(text));
  }

  [[nodiscard]] static std::string action(const RuleOutcome& rule, const SessionStart& session) {
    const Statement& statement = *rule.statement;
    const Outcome& outcome = rule.outcome;
    if (rule.setting != nullptr) return std::string(rule.setting->text);
    if (rule.signed_off) {
      const SignOff& s = *rule.signed_off->signoff;
      return fmt::format("Signed off by {} ({}) on {}, valid to {}: {}", s.by, s.role, iso(s.on), iso(s.expires),
                         s.note);
    }
    if (outcome.prescribed)
      return still_used(outcome)
                 ? "Ask the prescriber. The client must not stop it unless the prescriber says so."
                 : "A clinician decides whether to wait. If it is begun again, it is not stopped for the session.";
    if (outcome.verdict == Verdict::prepare && !outcome.measured.empty())
      return fmt::format("Tell the client: last use by {}.",
                         words(last_day_before(session, outcome.measured.front().window.preferred), session.day));
    if (statement.action.empty() && outcome.measured.empty() && statement.as<Avoid>() != nullptr)
      return "The protocol gives no figure for this; the practitioner decides when it must be left.";
    if (!statement.action.empty() || outcome.measured.empty()) return std::string(statement.action);
    if (outcome.verdict == Verdict::caution)
      return "The minimum is kept; the practitioner looks at the skin and decides.";
    return {};
  }

  void add_questions() {
    // In profile order of the keys, so that the desk asks them as the form has them.
    std::stable_sort(questions_.begin(), questions_.end(),
                     [](const Question& a, const Question& b) { return rank(a.path) < rank(b.path); });
    for (const Question& question : questions_) {
      const bool own = std::any_of(out_.findings.begin(), out_.findings.end(),
                                   [&](const Finding& f) { return f.question == question.path; });
      if (!own) {
        Finding finding;
        finding.rule = "not-known";
        finding.verdict = Verdict::ask;
        finding.summary = cut(question.text);
        finding.question = question.path;
        finding.rules = question.rules;
        finding.facts.push_back({question.path, question.at, {}});
        out_.findings.push_back(std::move(finding));
      }
    }
    out_.questions = std::move(questions_);
  }

  static std::size_t rank(std::string_view path) {
    constexpr std::array<std::string_view, 15> kOrder{
        "client",     "asked",    "life_stage", "conditions", "medicines", "products", "supplements", "allergies",
        "procedures", "sessions", "exposures",  "plans",      "answers",   "cycle",    "session"};
    const std::string_view head = path.substr(0, path.find_first_of(".["));
    return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), head) - kOrder.begin());
  }

  void set_dates() {
    const Verdict own = [&] {
      Verdict verdict = Verdict::clear;
      for (const OwnFinding& f : own_)
        // A session day that is not known is what these dates are there for.
        if (f.question != "session.date") verdict = std::max(verdict, f.verdict);
      return verdict;
    }();
    for (std::size_t day = 0; day < days_.size(); ++day) {
      const Verdict verdict = std::max(own, worst(on(day)));
      if (!out_.earliest && bookable(verdict)) out_.earliest = days_[day];
      if (!out_.clear_from && verdict <= Verdict::prepare) out_.clear_from = days_[day];
      if (out_.earliest && out_.clear_from) break;
    }
    if (out_.earliest && *out_.earliest > facts_.as_of) {
      const auto eve = collect(facts_, rules_, *out_.earliest - std::chrono::days{1});
      for (const RuleOutcome& rule : eve)
        if (!bookable(rule.outcome.verdict)) {
          out_.binding = rule.rule();
          break;
        }
    }
    for (const Finding& finding : out_.findings)
      if (finding.earliest && !bookable(finding.verdict) && (!out_.passes || *finding.earliest > *out_.passes)) {
        out_.passes = finding.earliest;
        out_.passes_binding = finding.rule;
      }
  }

  /// Every sign-off that did not soften anything says why, every time.
  void remark_signoffs(const std::vector<RuleOutcome>& outcomes) {
    for (const SignOff& signoff : facts_.profile->signoffs) {
      const auto remark = [&](std::string words) { out_.remarks.push_back({&signoff, std::move(words)}); };
      const bool used = std::any_of(outcomes.begin(), outcomes.end(), [&](const RuleOutcome& rule) {
        return rule.signed_off && rule.signed_off->signoff == &signoff;
      });
      const auto wide = facts_.pack->answers_valid_for;
      if (wide && after(signoff.on, *wide) < signoff.expires)
        remark(fmt::format("valid longer than {}: sign again sooner", words(*wide)));
      if (used) continue;
      const Statement* statement = facts_.pack->find(signoff.rule.value);
      const auto hit = std::find_if(outcomes.begin(), outcomes.end(),
                                    [&](const RuleOutcome& rule) { return rule.rule() == signoff.rule.value; });
      if (statement == nullptr) {
        remark("no rule has this id; a sign-off is for one rule by its id");
      } else if (hit == outcomes.end()) {
        remark("unused: the rule does not apply here");
      } else if (signoff.expires < facts_.as_of || (session_ && signoff.expires < *session_)) {
        remark(fmt::format("expired: it holds to {}", iso(signoff.expires)));
      } else if (signoff.on > facts_.as_of) {
        remark("signed after the day of this check");
      } else {
        remark(fmt::format("does not help: this rule is {} and a sign-off turns at most {}",
                           to_string(hit->outcome.verdict), signable_words(*statement)));
      }
    }
  }

  static std::string_view signable_words(const Statement& statement) {
    const Verdict most = signable(statement);
    return most == Verdict::clear ? "nothing" : to_string(most);
  }

  const Facts& facts_;
  std::vector<std::uint16_t> rules_;
  std::vector<OwnFinding> own_;
  std::optional<Date> session_;
  std::vector<Date> days_;
  std::vector<std::optional<std::vector<RuleOutcome>>> by_day_;
  std::vector<Question> questions_;
  Assessment out_;
};

}  // namespace

Assessment assess(const Facts& facts) {
  return Assessor(facts).run();
}

Verdict verdict_on(const Facts& facts, std::optional<Date> session) {
  Verdict verdict = worst(collect(facts, rules_for(facts), session));
  for (const OwnFinding& own : own_findings(facts))
    if (!(session && own.question == "session.date")) verdict = std::max(verdict, own.verdict);
  return verdict;
}

std::vector<Outcome> outcomes_of(const Statement& statement, const Facts& facts) {
  const auto& date = facts.profile->session.date;
  return evaluate(statement, facts, date.given() ? std::optional(date.value) : std::nullopt);
}

}  // namespace needleplan
