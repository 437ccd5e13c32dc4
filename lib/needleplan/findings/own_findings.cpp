#include <algorithm>

#include <fmt/format.h>

#include "needleplan/catalog/fold.h"
#include "needleplan/catalog/line.h"
#include "needleplan/evaluate/event.h"
#include "needleplan/findings/allergies.h"
#include "needleplan/findings/collect.h"
#include "needleplan/findings/known_names.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

class OwnFindings {
 public:
  /// Without `out` only the verdicts are told.
  OwnFindings(const Facts& facts, std::vector<OwnFinding>* out, Suggestions suggestions)
      : facts_(facts),
        catalog_(facts.pack->catalog),
        out_(out),
        suggestions_(suggestions),
        allergies_(allergies_met(facts)) {}

  OwnVerdict run() {
    for (const EntryFacts& entry : facts_.entries)
      check_entry(entry);
    check_dates();
    check_session();
    check_known_names();
    check_allergies();
    check_implied();
    check_answers();
    check_freshness();
    check_preferences();
    check_denials();
    check_questions();
    check_pack();
    return verdict_;
  }

 private:
  void add(OwnFinding finding) { out_->push_back(std::move(finding)); }

  /// Counts a finding; whether its words are wanted too.
  [[nodiscard]] bool found(Verdict verdict, bool day = false) {
    verdict_.worst = std::max(verdict_.worst, verdict);
    if (!day) verdict_.beside_day = std::max(verdict_.beside_day, verdict);
    return out_ != nullptr;
  }

  /// Up to three names near one that nobody knows, of the kinds that can stand in that place.
  [[nodiscard]] std::vector<std::string> near(std::string_view name, SubjectKinds kinds) const {
    std::vector<std::string> out;
    if (suggestions_ == Suggestions::none) return out;
    for (const std::string_view suggestion : catalog_.suggest(name, kinds))
      out.emplace_back(suggestion);
    return out;
  }

  void check_entry(const EntryFacts& facts) {
    const Entry& entry = *facts.entry;
    if (entry.at_session) return;  // told with the session
    for (const auto& area : facts.unknown_areas)
      if (found(Verdict::ask)) unknown_area(area, path_of(entry, "area"), &facts);
    if (entry.section == Section::sessions) return;
    check_reading(facts);
    const NamePlace place = place_of(entry.section);
    const auto misplaced = std::find_if(
        facts.match.subjects.begin(), facts.match.subjects.end(),
        [&](SubjectId subject) { return facts.match.ambiguous() || !belongs(catalog_[subject].kind, place); });
    if (!facts.match.unknown() && !facts.doubtful && misplaced == facts.match.subjects.end()) return;
    if (!found(Verdict::ask)) return;
    const std::string path = path_of(entry, "name");
    if (facts.match.unknown()) {
      add({"unknown-name", Verdict::ask,
           fmt::format("The catalog does not know this name in {}", to_string(entry.section)),
           "Ask what it is and write its ingredient or general name.", path, &facts, entry.name.at,
           std::string(entry.name.value), near(entry.name.value, kinds_of(place))});
    } else if (facts.doubtful) {
      add({"doubtful-name",
           Verdict::ask,
           "This name is written with a question mark",
           "Ask whether it is so, and write the name without the mark or take it out.",
           path,
           &facts,
           entry.name.at,
           std::string(entry.name.value),
           {}});
    } else if (facts.match.ambiguous()) {
      std::vector<std::string> choices;
      for (const SubjectId choice : facts.match.subjects)
        choices.emplace_back(catalog_[choice].label);
      add({"ambiguous-name", Verdict::ask, "This name can mean several things", std::string(ask_about(facts.match)),
           path, &facts, entry.name.at, std::string(entry.name.value), std::move(choices)});
    } else {
      const Subject& subject = catalog_[*misplaced];
      add({"misplaced-name",
           Verdict::ask,
           fmt::format(
               "Listed under {}, but it is {} {}", to_string(entry.section),
               std::string_view("aeiou").find(to_string(subject.kind).front()) == std::string_view::npos ? "a" : "an",
               to_string(subject.kind)),
           fmt::format("Move it to {}, so that the rules about it can see it.", one_of(homes_of(subject.kind))),
           path,
           &facts,
           entry.name.at,
           std::string(entry.name.value),
           {}});
    }
  }

  /// What is known of a name but for its form, or but for some of what is in it.
  void check_reading(const EntryFacts& facts) {
    const Entry& entry = *facts.entry;
    if (facts.match.unlikely_route && !facts.match.unknown() && found(Verdict::ask))
      add({"unlikely-form",
           Verdict::ask,
           "The name is known, but not in this form",
           "Ask what it is, and write its ingredient with its form; until then the rules about the name count.",
           path_of(entry, "name"),
           &facts,
           entry.name.at,
           std::string(entry.name.value),
           {}});
    const Verdict verdict = facts.match.unsure_list ? Verdict::ask : Verdict::caution;
    if (facts.match.unread != nullptr && found(verdict))
      add({"unknown-ingredients",
           verdict,
           "The catalog does not know all that is in it",
           fmt::format("Look up: {}.", fmt::join(*facts.match.unread, ", ")),
           {},
           &facts,
           entry.name.at,
           std::string(entry.name.value),
           {},
           path_of(entry, "name")});
  }

  void check_dates() {
    for (const Contradiction& one : facts_.contradictions) {
      if (!found(Verdict::ask)) continue;
      const EntryFacts& entry = facts_.entries[one.entry];
      add({"contradiction",
           Verdict::ask,
           std::string(one.what.words),
           "Ask what is so and correct the profile; until then it counts as if it went on today.",
           path_of(*entry.entry, one.what.key),
           &entry,
           one.what.at,
           name_of_entry(*entry.entry),
           {}});
    }
    const auto later = [&](const Answer<When>& date, std::string_view path, std::string_view words) {
      if (!date.given() || date.given()->days.first <= facts_.as_of || !found(Verdict::ask)) return;
      add({"contradiction",
           Verdict::ask,
           std::string(words),
           "Ask for the day and correct the profile.",
           std::string(path),
           nullptr,
           date.at,
           iso(*date.given()),
           {}});
    };
    const Profile& profile = *facts_.profile;
    later(profile.birth_date, "client.birth_date", "The day of birth is after this check");
    later(profile.cycle.last_period, "cycle.last_period", "The last period is said to have begun after this check");
    const Answer<Date>& session = profile.session.date;
    if (session.given() && *session.given() < facts_.as_of && found(Verdict::ask, true))
      add({"session-past",
           Verdict::ask,
           "The day of the session is before this check",
           "Write the day that is meant; a session that is over is not booked.",
           "session.date",
           nullptr,
           session.at,
           iso(*session.given()),
           {}});
  }

  /// What is listed although it was denied; and denials that deny nothing.
  void check_denials() {
    for (const DenialFacts& denied : facts_.denials) {
      const Denial& said = *denied.denial;
      if (denied.subjects.empty() && found(Verdict::caution))
        add({"unknown-denied",
             Verdict::caution,
             "It is denied, and the catalog does not know this name",
             "It denies nothing; write its ingredient or general name.",
             {},
             nullptr,
             said.name.at,
             std::string(said.name.value),
             near(said.name.value, kinds_of(place_of(said.section))),
             path_of(said)});
      for (const EntryFacts& entry : facts_.entries) {
        if (entry.entry->section != said.section || entry.is(catalog_, denied.subjects) == Truth::no ||
            differs(denied, entry) || !found(Verdict::ask))
          continue;
        add({"denied-and-listed",
             Verdict::ask,
             "It is listed, and it was denied too",
             "Ask which is so, and take the other out; until then the entry counts.",
             path_of(*entry.entry, "name"),
             &entry,
             entry.entry->name.at,
             std::string(entry.entry->name.value),
             {}});
      }
    }
  }

  /// Whether an entry is certainly none of what was denied.
  [[nodiscard]] bool differs(const DenialFacts& denied, const EntryFacts& entry) const {
    const Denial& said = *denied.denial;
    const Entry& e = *entry.entry;
    if (said.form.given() && entry.has_form(catalog_, denied.form) == Truth::no) return true;
    if (said.status.given() && e.status.given() && *e.status.given() != *said.status.given()) return true;
    if (said.areas.given() && e.areas.given() && entry.unknown_areas.empty() &&
        std::none_of(entry.areas.begin(), entry.areas.end(), [&](SubjectId area) {
          return std::any_of(denied.areas.begin(), denied.areas.end(),
                             [&](SubjectId other) { return catalog_.overlap(area, other); });
        }))
      return true;
    const auto over = [&](const Answer<When>& date) {
      return date.given() != nullptr && said.since.given() != nullptr &&
             date.given()->days.last < said.since.given()->days.first;
    };
    return over(e.last_used) || over(e.resolved) || (over(e.date) && !is_yes(e.ongoing));
  }

  static std::string name_of_entry(const Entry& entry) {
    return entry.section == Section::sessions ? std::string("earlier session") : std::string(entry.name.value);
  }

  void unknown_area(const Located<std::string_view>& area, std::string path, const EntryFacts* entry) {
    add({"unknown-area", Verdict::ask, "The catalog does not know this area",
         "Name the area as the catalog does: needleplan list areas.", std::move(path), entry, area.at,
         std::string(area.value), near(area.value, bit(SubjectKind::area))});
  }

  /// Nothing known passes in silence.
  void check_known_names() {
    each_known_name(facts_, [&](const KnownName& name) {
      if (is_judged(name.subject, name.place, *facts_.pack) || no_concern_of(name, *facts_.pack) != nullptr ||
          is_met(name) || !found(Verdict::consult))
        return;
      add({"no-rule",
           Verdict::consult,
           "This protocol has no rule about it",
           "A clinician decides whether it matters. Where it never does, the clinic's file can name it under "
           "no_concern.",
           {},
           name.entry,
           name.at,
           std::string(name.written),
           {},
           path_of(name)});
    });
  }

  /// Whether it is an allergy to what a statement uses, which is said with that.
  [[nodiscard]] bool is_met(const KnownName& name) const {
    return std::any_of(allergies_.begin(), allergies_.end(), [&](const AllergyMet& met) {
      return met.allergy == name.entry && !met.by.empty() &&
             (catalog_.is_a(met.material, name.subject) || catalog_.is_a(name.subject, met.material));
    });
  }

  /// What a client is allergic to, among what is to be put on or in. Under a wider name it may be in there.
  void check_allergies() {
    for (const AllergyMet& met : allergies_) {
      if (!found(met.verdict)) continue;
      const bool sure = met.allergic == Truth::yes;
      const std::string_view holds = met.material == kNoSubject ? std::string_view{} : catalog_[met.material].label;
      const bool planned = !met.path.empty();
      std::string summary = sure ? "It is to be used, and the client is allergic to it"
                                 : "It is to be used, and may hold what the client is allergic to";
      if (planned && !holds.empty())
        summary = fmt::format("It is to be used, and holds {}, which the client {} allergic to", holds,
                              sure ? "is" : "may be");
      if (!planned)
        summary = fmt::format("{} is put to use, and the client {} allergic to it", holds, sure ? "is" : "may be");
      add({"allergic-to-it",
           met.verdict,
           std::move(summary),
           planned ? std::string(sure ? "Leave it out, or use something without it." : "Read what is in it first.")
                   : fmt::format("Leave it out, or use something without it, in: {}.", fmt::join(met.by, ", ")),
           {},
           met.allergy,
           planned ? met.product.at : met.allergy->entry->name.at,
           std::string(planned ? met.product.value : met.allergy->entry->name.value),
           {},
           planned ? std::string(met.path) : path_of(*met.allergy->entry, "name")});
    }
  }

  /// A medicine or treatment says what a form did not.
  void check_implied() {
    for (const ImpliedIllness& implied : implied_illnesses(facts_)) {
      if (!found(Verdict::ask)) continue;
      const Entry& entry = *implied.entry->entry;
      std::vector<std::string_view> labels;
      for (const SubjectId illness : implied.illnesses)
        labels.push_back(catalog_[illness].label);
      const bool one = labels.size() == 1;
      const std::string_view how = holds_events(entry.section) ? "done" : "taken";
      add({"implied-illness",
           Verdict::ask,
           one ? fmt::format("It is {} for {}, which is not listed", how, labels.front())
               : fmt::format("No illness is listed that it is {} for", how),
           one ? fmt::format("Ask what it is {} for, and write that under conditions.", how)
               : fmt::format("Ask what it is {} for, such as {}, and write that under conditions.", how,
                             one_of(labels)),
           "conditions",
           implied.entry,
           entry.name.at,
           std::string(entry.name.value),
           {},
           path_of(entry, "name")});
    }
  }

  void check_session() {
    const Session& session = facts_.profile->session;
    for (const auto& area : facts_.areas.unknown_names)
      if (found(Verdict::ask)) unknown_area(area, "session.areas", nullptr);
    for (const SubjectId area : facts_.areas.subjects)
      // All of the body says nothing about where the needles go.
      if (catalog_.is_everywhere(area) && found(Verdict::ask))
        add({"wide-area",
             Verdict::ask,
             "This area is too wide for a session",
             "Name the areas that are treated: needleplan list areas.",
             "session.areas",
             nullptr,
             facts_.areas.at,
             std::string(catalog_[area].label),
             {}});
    const auto unknown = [&](const SessionNames& names, NamePlace place) {
      const std::string_view key = to_string(place);
      for (const auto& name : names.unknown_names)
        if (found(Verdict::ask))
          add({"unknown-session-fact", Verdict::ask, fmt::format("The catalog does not know this {}", key),
               "Write it as the catalog does: needleplan list subjects.", fmt::format("session.{}", key), nullptr,
               name.at, std::string(name.value), near(name.value, kinds_of(place))});
    };
    unknown(facts_.indications, NamePlace::indication);
    unknown(facts_.device, NamePlace::device);
    unknown(facts_.numbing, NamePlace::numbing);
    unknown(facts_.add_ons, NamePlace::add_ons);
    if (!session.date.given()) ask("session.date", session.date.at);
    if (facts_.areas.answer != AnswerState::given) ask("session.areas", facts_.areas.at);
    check_protocol();
  }

  void check_protocol() {
    const Answer<std::string_view>& protocol = facts_.profile->session.protocol;
    if (!protocol.given()) return ask("session.protocol", protocol.at);
    const bool known =
        !facts_.protocol.subjects.empty() && catalog_[facts_.protocol.subjects.front()].id == facts_.pack->id;
    if (known || fold(*protocol.given()) == fold(facts_.pack->id) || !found(Verdict::avoid)) return;
    // The words are for any treatment: what this protocol does not cover it must not clear.
    add({"protocol-not-covered",
         Verdict::avoid,
         fmt::format("This treatment is not covered by the protocol {}", facts_.pack->id),
         fmt::format("If this protocol is meant, write session.protocol: {}; else use one that covers the treatment.",
                     facts_.pack->id),
         {},
         nullptr,
         protocol.at,
         std::string(*protocol.given()),
         {}});
  }

  void ask(std::string_view path, Location at) {
    if (!found(Verdict::ask, path == "session.date")) return;
    add({"not-known", Verdict::ask, {}, {}, std::string(path), nullptr, at, {}, {}});
  }

  /// Answers of unknown age, or from a day after the check, cannot be told from ones that are too old.
  void check_answers() {
    const Profile& profile = *facts_.profile;
    const auto dated = [&](const Answer<Date>& asked) {
      return asked.given() != nullptr && *asked.given() <= facts_.as_of;
    };
    const auto undated = [&](AnswerState answer, const Answer<Date>& asked) {
      return (answer == AnswerState::none || answer == AnswerState::given) && !dated(asked);
    };
    bool missing = undated(profile.pregnant.state(), profile.life_stage_asked) ||
                   undated(profile.breastfeeding.state(), profile.life_stage_asked) || !profile.asked_any;
    for (const YesNo& answer : profile.answers)
      missing = missing || undated(answer.fact.state(), profile.answers_asked);
    missing = missing || undated(profile.cycle.answer, profile.cycle_asked);
    for (const SectionFacts& section : profile.sections)
      missing = missing || undated(section.answer, section.asked);
    for (const Denial& denial : profile.denials)
      missing = missing || undated(AnswerState::given, profile[denial.section].asked);
    if (missing) ask("asked", profile.at);
  }

  /// Answers that hold today and are too old on the session's day must be asked once more before it.
  void check_freshness() {
    const Answer<Date>& session = facts_.profile->session.date;
    if (!session.given()) return;
    const auto again = ask_again(facts_, *session.given());
    if (!again || !found(Verdict::prepare, true)) return;
    add({"ask-again",
         Verdict::prepare,
         "Answers that hold today are too old on the day of the session",
         fmt::format("Ask again from {} on.", words(*again, *session.given())),
         {},
         nullptr,
         session.at,
         iso(*session.given()),
         {},
         "session.date"});
  }

  /// A wish in words that no rule knows may be something else that matters.
  void check_preferences() {
    const auto& wishes = facts_.profile->preferences;
    if (!wishes.given()) return;
    for (const auto& wish : *wishes.given()) {
      const auto& known = facts_.pack->preferences;
      if (std::binary_search(known.begin(), known.end(), wish.value) || !found(Verdict::ask)) continue;
      OwnFinding finding;
      finding.id = "unknown-preference";
      finding.verdict = Verdict::ask;
      finding.summary = "No rule of this protocol knows these words of a wish";
      finding.action = "Write it in the section where it belongs, in words the protocol knows, or as a note.";
      finding.at = wish.at;
      finding.value = std::string(wish.value);
      finding.question = "preferences";
      for (const std::string_view like : nearest(wish.value, known))
        finding.suggestions.emplace_back(like);
      add(std::move(finding));
    }
  }

  /// An answer to a question that this protocol does not ask would be looked at by no rule.
  void check_questions() {
    for (const YesNo& answer : facts_.profile->answers) {
      if (facts_.pack->answer(answer.id) != nullptr || !found(Verdict::ask)) continue;
      std::vector<std::string_view> known;
      for (const YesNoQuestion& question : facts_.pack->answers)
        known.push_back(question.id);
      OwnFinding finding;
      finding.id = "unknown-answer";
      finding.verdict = Verdict::ask;
      finding.summary = "The protocol asks no question of this name";
      finding.action = "Write the id of the question under answers, or take the line out.";
      finding.at = answer.at;
      finding.value = std::string(answer.id);
      finding.path = fmt::format("answers.{}", answer.id);
      for (const std::string_view like : nearest(answer.id, known))
        finding.suggestions.emplace_back(like);
      add(std::move(finding));
    }
  }

  void check_pack() {
    // Of one that was of other content the last day holds all the same.
    const auto& reviewed = facts_.pack->reviewed ? facts_.pack->reviewed : facts_.pack->lapsed;
    if (!reviewed || reviewed->until >= facts_.as_of || !found(Verdict::consult)) return;
    add({"review-expired",
         Verdict::consult,
         fmt::format("The review of this protocol ran out on {}", iso(reviewed->until)),
         "A clinician must review the protocol before it can clear anybody.",
         {},
         nullptr,
         {},
         {},
         {}});
  }

  const Facts& facts_;
  const Catalog& catalog_;
  std::vector<OwnFinding>* out_;
  Suggestions suggestions_;
  std::vector<AllergyMet> allergies_;
  OwnVerdict verdict_;
};

}  // namespace

std::string_view fact_path(const OwnFinding& own) {
  if (!own.path.empty()) return own.path;
  if (!own.question.empty()) return own.question;
  return own.value.empty() ? std::string_view{} : "session.protocol";
}

std::vector<OwnFinding> own_findings(const Facts& facts, Suggestions suggestions) {
  std::vector<OwnFinding> out;
  static_cast<void>(OwnFindings(facts, &out, suggestions).run());
  return out;
}

OwnVerdict own_verdict(const Facts& facts) {
  return OwnFindings(facts, nullptr, Suggestions::none).run();
}

}  // namespace needleplan
