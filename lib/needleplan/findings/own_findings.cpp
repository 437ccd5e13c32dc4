#include <algorithm>

#include <fmt/format.h>

#include "needleplan/catalog/fold.h"
#include "needleplan/findings/collect.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

/// Whether a subject of that kind belongs into a section. What is known but listed in the wrong
/// place would be looked at by no rule, so it must not pass in silence.
bool belongs(SubjectKind kind, Section section) {
  const bool used = kind == SubjectKind::drug_class || kind == SubjectKind::ingredient || kind == SubjectKind::product;
  switch (section) {
    case Section::conditions:
      return kind == SubjectKind::condition;
    case Section::medicines:
    case Section::products:
    case Section::supplements:
      return used;
    case Section::allergies:
      return used || kind == SubjectKind::allergen;
    case Section::procedures:
    case Section::exposures:
    case Section::plans:
      return used || kind == SubjectKind::procedure || kind == SubjectKind::exposure;
    case Section::sessions:
      return true;
  }
  return false;
}

class OwnFindings {
 public:
  /// Without `out` only the verdicts are told.
  OwnFindings(const Facts& facts, std::vector<OwnFinding>* out, Suggestions suggestions)
      : facts_(facts), catalog_(facts.pack->catalog), out_(out), suggestions_(suggestions) {}

  OwnVerdict run() {
    for (const EntryFacts& entry : facts_.entries)
      check_entry(entry);
    check_session();
    check_answers();
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

  /// Up to three names near one that nobody knows.
  [[nodiscard]] std::vector<std::string> near(std::string_view name) const {
    std::vector<std::string> out;
    if (suggestions_ == Suggestions::none) return out;
    for (const std::string_view suggestion : catalog_.suggest(name))
      out.emplace_back(suggestion);
    return out;
  }

  void check_entry(const EntryFacts& facts) {
    const Entry& entry = *facts.entry;
    if (entry.at_session) return;  // told with the session
    for (const auto& area : facts.unknown_areas)
      if (found(Verdict::ask)) unknown_area(area, path_of(entry, "area"), &facts);
    if (entry.section == Section::sessions) return;
    const bool one = facts.match.subjects.size() == 1;
    if (one && !facts.doubtful && belongs(catalog_[facts.match.subjects.front()].kind, entry.section)) return;
    if (!found(Verdict::ask)) return;
    const std::string path = path_of(entry, "name");
    if (facts.match.unknown()) {
      add({"unknown-name", Verdict::ask,
           fmt::format("The catalog does not know this name in {}", to_string(entry.section)),
           "Ask what it is and write its ingredient or general name.", path, &facts, entry.name.at,
           std::string(entry.name.value), near(entry.name.value)});
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
      add({"ambiguous-name", Verdict::ask, "This name can mean several things", std::string(facts.match.ambiguity->ask),
           path, &facts, entry.name.at, std::string(entry.name.value), std::move(choices)});
    } else {
      const Subject& subject = catalog_[facts.match.subjects.front()];
      add({"misplaced-name",
           Verdict::ask,
           fmt::format("Listed under {}, but it is {} {}", to_string(entry.section),
                       subject.kind == SubjectKind::area || subject.kind == SubjectKind::allergen ? "an" : "a",
                       to_string(subject.kind)),
           "Move it to the section where it belongs, so that the rules about it can see it.",
           path,
           &facts,
           entry.name.at,
           std::string(entry.name.value),
           {}});
    }
  }

  void unknown_area(const Located<std::string_view>& area, std::string path, const EntryFacts* entry) {
    add({"unknown-area", Verdict::ask, "The catalog does not know this area",
         "Name the area as the catalog does: needleplan list areas.", std::move(path), entry, area.at,
         std::string(area.value), near(area.value)});
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
    const auto unknown = [&](const SessionNames& names, std::string_view key) {
      for (const auto& name : names.unknown_names)
        if (found(Verdict::ask))
          add({"unknown-session-fact", Verdict::ask, fmt::format("The catalog does not know this {}", key),
               "Write it as the catalog does: needleplan list subjects.", fmt::format("session.{}", key), nullptr,
               name.at, std::string(name.value), near(name.value)});
    };
    unknown(facts_.indications, "indication");
    unknown(facts_.device, "device");
    unknown(facts_.numbing, "numbing");
    unknown(facts_.add_ons, "add_ons");
    if (!session.date.given()) ask("session.date", session.date.at);
    if (facts_.areas.answer != Answer::given) ask("session.areas", facts_.areas.at);
    check_protocol();
  }

  void check_protocol() {
    const Fact<std::string_view>& protocol = facts_.profile->session.protocol;
    if (!protocol.given()) return ask("session.protocol", protocol.at);
    const bool known =
        !facts_.protocol.subjects.empty() && catalog_[facts_.protocol.subjects.front()].id == facts_.pack->id;
    if (known || fold(protocol.value) == fold(facts_.pack->id) || !found(Verdict::avoid)) return;
    // The words are for any treatment: what this protocol does not cover it must not clear.
    add({"protocol-not-covered",
         Verdict::avoid,
         fmt::format("This treatment is not covered by the protocol {}", facts_.pack->id),
         fmt::format("If this protocol is meant, write session.protocol: {}; else use one that covers the treatment.",
                     facts_.pack->id),
         {},
         nullptr,
         protocol.at,
         std::string(protocol.value),
         {}});
  }

  void ask(std::string_view path, Location at) {
    if (!found(Verdict::ask, path == "session.date")) return;
    add({"not-known", Verdict::ask, {}, {}, std::string(path), nullptr, at, {}, {}});
  }

  /// Answers of unknown age, or from a day after the check, cannot be told from ones that are too old.
  void check_answers() {
    const Profile& profile = *facts_.profile;
    const auto dated = [&](const Fact<Date>& asked) { return asked.given() && asked.value <= facts_.as_of; };
    const auto undated = [&](Answer answer, const Fact<Date>& asked) {
      return (answer == Answer::none || answer == Answer::given) && !dated(asked);
    };
    bool missing = undated(profile.pregnant.answer, profile.life_stage_asked) ||
                   undated(profile.breastfeeding.answer, profile.life_stage_asked) || !profile.asked_any;
    for (const YesNo& answer : profile.answers)
      missing = missing || undated(answer.fact.answer, profile.answers_asked);
    missing = missing || undated(profile.cycle.answer, profile.cycle_asked);
    for (const SectionFacts& section : profile.sections)
      missing = missing || undated(section.answer, section.asked);
    if (missing) ask("asked", profile.at);
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
    const auto& reviewed = facts_.pack->reviewed;
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
