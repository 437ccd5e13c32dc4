#include "needleplan/findings/assess.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/catalog/line.h"
#include "needleplan/findings/judge.h"
#include "needleplan/findings/known_names.h"
#include "needleplan/findings/listing.h"
#include "needleplan/findings/words.h"

namespace needleplan {

namespace {

constexpr std::size_t kSummaryCap = 140;

std::string cut(std::string text) {
  if (text.size() <= kSummaryCap) return text;
  std::size_t end = kSummaryCap - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  return text.substr(0, end) + "...";
}

/// Says what a judgement rests on.
class Assessor {
 public:
  Assessor(const Facts& facts, Judge& judge) : facts_(facts), judge_(judge) {
    judge_.begin(facts);
    if (facts.profile->session.date.given()) session_ = *facts.profile->session.date.given();
  }

  Assessment run() {
    static_cast<Judgement&>(out_) = judge_.judgement();
    const Listing listing =
        list_findings(judge_.own_findings(Suggestions::near_names), judge_.outcomes(), out_.verdict);
    for (const Asked& asked : listing.questions)
      out_.questions.push_back(question_of(asked));
    for (const Asked& asked : listing.not_asked)
      out_.not_asked.push_back(question_of(asked));
    for (const Listed& listed : listing.findings)
      switch (listed.kind) {
        case Listed::Kind::own:
          add_own(listing.own[listed.index], listed.question);
          break;
        case Listed::Kind::rule:
          add_rule(judge_.outcomes()[listed.index]);
          break;
        case Listed::Kind::question:
          add_question(out_.questions[listed.index]);
      }
    remark_signoffs(judge_.outcomes());
    for (const UnconcerningName& one : names_without_concern(facts_)) {
      // A rule may be about the name after all, together with something else.
      if (is_in_a_finding(path_of(one.name))) continue;
      out_.no_concern.push_back({path_of(one.name), std::string(one.name.written),
                                 facts_.pack->catalog[one.name.subject].id, one.statement, one.sourced});
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_in_a_finding(std::string_view path) const {
    return std::any_of(out_.findings.begin(), out_.findings.end(), [&](const Finding& finding) {
      return std::any_of(finding.facts.begin(), finding.facts.end(),
                         [&](const FactUsed& fact) { return fact.path == path; });
    });
  }

  void add_own(const OwnFinding& own, std::string_view question) {
    Finding finding;
    finding.rule = own.id.word();
    finding.verdict = own.verdict;
    finding.summary = cut(own.value.empty() ? own.summary : fmt::format("{}: {}", own.summary, own.value));
    finding.action = own.action;
    finding.suggestions = own.suggestions;
    finding.question = std::string(question);
    if (const std::string_view path = fact_path(own); !path.empty())
      finding.facts.push_back({std::string(path), own.at, own.value});
    out_.findings.push_back(std::move(finding));
  }

  void add_question(const Question& question) {
    Finding finding;
    finding.rule = kNotKnown;
    finding.verdict = Verdict::ask;
    finding.summary = cut(question.text);
    finding.question = question.path;
    finding.rules = question.rules;
    finding.facts.push_back({question.path, question.at, {}});
    out_.findings.push_back(std::move(finding));
  }

  [[nodiscard]] Question question_of(const Asked& asked) const {
    Question out{std::string(asked.path), {}, {}, asked.rules, asked.at, asked.of};
    if (asked.keys.empty()) {
      out.keys.push_back(out.path);
      out.text = sentence(asked.path, asked);
    }
    for (const std::string_view key : asked.keys) {
      out.keys.push_back(fmt::format("{}.{}", asked.path, key));
      const auto asks = [&](const EntryKey& one) { return one.name == key && has(asked.keys, one.said_by); };
      if (std::any_of(kEntryKeys.begin(), kEntryKeys.end(), asks)) continue;
      if (out.text.empty()) {
        out.text = sentence(out.keys.back(), asked);
        if (key == "name" && asked.entry->match.ambiguous())
          out.text += fmt::format(" {}", ask_about(asked.entry->match));
        continue;
      }
      // The entry was named before.
      const std::string_view next = facts_.pack->question(fmt::format("[].{}", key));
      out.text += fmt::format(" {}", next.empty() ? sentence(out.keys.back(), asked) : std::string(next));
    }
    return out;
  }

  static bool has(const std::vector<std::string_view>& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }

  [[nodiscard]] std::string sentence(std::string_view path, const Asked& asked) const {
    std::string text(facts_.pack->question(path));
    if (const std::size_t at = text.find("{name}"); at != std::string::npos)
      text.replace(at, 6, asked.entry == nullptr ? std::string("it") : name_of(*asked.entry));
    if (!text.empty()) return text;
    for (std::size_t i = 0; i < kSections; ++i)
      if (const auto section = static_cast<Section>(i); path == path_of_rest(section)) return rest_words(section);
    return fmt::format("What is {}?", path);
  }

  /// Asks for what a partial section does not list.
  [[nodiscard]] std::string rest_words(Section section) const {
    std::string names;
    for (const EntryFacts& entry : facts_.entries)
      if (entry.entry->section == section) names += (names.empty() ? "" : ", ") + name_of(entry);
    return fmt::format("Are there any other {}{}{}?", to_string(section), names.empty() ? "" : " besides ", names);
  }

  void add_rule(RuleOutcome& rule) {
    const Outcome& outcome = rule.outcome;
    const Statement& statement = *rule.statement;
    Finding finding;
    finding.rule = rule.rule();
    finding.verdict = outcome.verdict;
    finding.statement = rule.statement;
    finding.setting = rule.setting;
    finding.signed_off = rule.signed_off;
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
      finding.arithmetic += arithmetic(measured, session, outcome.prescribed);
    }
    finding.summary = summary(rule);
    finding.action = action(rule, session);
    finding.counterfactuals = counterfactuals(statement, rule.setting, outcome, facts_, session);
    finding.earliest = judge_.first_day(rule, Verdict::caution);
    finding.clear_from = judge_.first_day(rule, Verdict::prepare);
    if (finding.action.empty() && finding.earliest && finding.verdict == Verdict::defer)
      finding.action = fmt::format("Offer another day; the first one that this rule leaves free is {}.",
                                   words(*finding.earliest, session.day));
    if (finding.clear_from && session_ && *finding.clear_from > *session_)
      finding.counterfactuals.push_back({fmt::format("session on {} or later", words(*finding.clear_from, session.day)),
                                         {{"session.date", iso(*finding.clear_from)}}});
    // What is compared later on is copied, not moved.
    finding.outcome = std::move(rule.outcome);
    out_.findings.push_back(std::move(finding));
  }

  static bool still_used(const Outcome& outcome) { return outcome.measured.empty() || outcome.measured.back().ongoing; }

  /// Whether it is about something that is no use: it cannot be stopped, only be over.
  static bool going_on(const Outcome& outcome) {
    return outcome.entry != nullptr && outcome.entry->entry->section == Section::exposures;
  }

  /// Every entry that a rule is about, once.
  [[nodiscard]] static std::string names_of(const Outcome& outcome) {
    std::string out;
    std::vector<const EntryFacts*> seen;
    for (const Used& used : outcome.used) {
      if (used.entry == nullptr || std::find(seen.begin(), seen.end(), used.entry) != seen.end()) continue;
      seen.push_back(used.entry);
      out += fmt::format("{}{}", out.empty() ? "" : ", ", name_of(*used.entry));
    }
    return out;
  }

  [[nodiscard]] std::string summary(const RuleOutcome& rule) const {
    const Statement& statement = *rule.statement;
    std::string text(statement.summary.empty() ? statement.id : statement.summary);
    if (rule.setting != nullptr) {
      const Setting& s = *rule.setting;
      text = s.depth && !s.areas.empty()
                 ? fmt::format("Needle depth {} is over the range for the area: {} {}",
                               depth_words(*facts_.profile->session.depth.given()),
                               facts_.pack->catalog[s.areas.front()].label, s.depth_written)
                 : fmt::format("Numbing time {} is outside the range for the product: {}",
                               words(*facts_.profile->session.numbing_time.given()), s.time_written);
    }
    if (rule.outcome.verdict == Verdict::prepare)
      text = going_on(rule.outcome) ? "It still goes on, and must be over in time" : "Still in use, must stop in time";
    if (rule.outcome.prescribed)
      text = still_used(rule.outcome) ? "Prescribed: do not stop it unless the prescriber says so"
                                      : "Prescribed, and ended too short a time before the session";
    if (const std::string names = names_of(rule.outcome); !names.empty()) text += ": " + names;
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
      return fmt::format("Tell the client: {} by {}.", going_on(outcome) ? "over" : "last use",
                         words(last_days(session, outcome.measured.front()).whole, session.day));
    if (statement.action.empty() && outcome.measured.empty() && statement.as<Avoid>() != nullptr)
      return "The protocol gives no figure for this; the practitioner decides when it must be left.";
    if (!statement.action.empty() || outcome.measured.empty()) return std::string(statement.action);
    if (outcome.verdict == Verdict::caution)
      return "The minimum is kept; the practitioner looks at the skin and decides.";
    return {};
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
      } else if (const auto role = role_of(signoff.role);
                 hit->outcome.verdict <= signable(*statement) && !(role && may_sign(*role, signed_by(*statement)))) {
        remark(fmt::format("does not count: \"{}\" may not sign this rule, only {}", signoff.role,
                           roles_text(signed_by(*statement))));
      } else if (hit->unsigned_entry != nullptr) {
        remark(fmt::format("does not count: it was signed before this began: {}", name_of(*hit->unsigned_entry)));
      } else if (!bookable(hit->outcome.verdict) && hit->outcome.holds != Truth::yes) {
        remark("does not help yet: something must be asked first");
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
  Judge& judge_;
  std::optional<Date> session_;
  Assessment out_;
};

}  // namespace

Assessment assess(const Facts& facts) {
  Judge memory(*facts.pack);
  return assess(facts, memory);
}

Assessment assess(const Facts& facts, Judge& memory) {
  return Assessor(facts, memory).run();
}

Judgement judge(const Facts& facts) {
  Judge memory(*facts.pack);
  return judge(facts, memory);
}

Judgement judge(const Facts& facts, Judge& memory) {
  memory.begin(facts);
  return memory.judgement();
}

Brief brief(const Facts& facts) {
  Judge memory(*facts.pack);
  return brief(facts, memory);
}

Brief brief(const Facts& facts, Judge& memory) {
  Brief out;
  static_cast<Judgement&>(out) = judge(facts, memory);
  const Listing listing = list_findings(memory.own_findings(Suggestions::none), memory.outcomes(), out.verdict);
  out.questions.reserve(listing.questions.size());
  for (const Asked& asked : listing.questions)
    out.questions.emplace_back(asked.path);
  out.rules.reserve(listing.findings.size());
  for (const Listed& listed : listing.findings)
    out.rules.push_back(listed.rule);
  return out;
}

Brief brief_of(const Assessment& assessment) {
  Brief out;
  static_cast<Judgement&>(out) = static_cast<const Judgement&>(assessment);
  for (const Question& question : assessment.questions)
    out.questions.push_back(question.path);
  for (const Finding& finding : assessment.findings)
    out.rules.push_back(finding.rule);
  return out;
}

Verdict verdict_on(const Facts& facts, std::optional<Date> session) {
  const OwnVerdict own = own_verdict(facts);
  Verdict verdict = session ? own.beside_day : own.worst;
  if (session && ask_again(facts, *session)) verdict = std::max(verdict, Verdict::prepare);
  for (const RuleOutcome& rule : collect(facts, rules_for(facts), session))
    verdict = std::max(verdict, rule.outcome.verdict);
  return verdict;
}

std::vector<Outcome> outcomes_of(const Statement& statement, const Facts& facts) {
  const auto& date = facts.profile->session.date;
  return evaluate(statement, facts, date.optional());
}

}  // namespace needleplan
