// Lists that are not complete, and what was denied by name: each row says what is still asked.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/clear_profile.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr std::string_view kHead =
    "pack: {id: small, title: Small, version: 1, reviewed: none}\n"
    "valid_for: {answers: 6mo, life_stage: 6mo, sources: unsourced}\n"
    "subjects:\n"
    "  - {id: rash, kind: condition}\n"
    "  - {id: eczema, kind: condition, is: rash}\n"
    "  - {id: wart, kind: condition}\n"
    "  - {id: retinoid, kind: class}\n"
    "  - {id: tretinoin, kind: ingredient, is: retinoid}\n"
    "  - {id: laser, kind: procedure}\n"
    "  - {id: latex, kind: allergen}\n"
    "  - {id: face, kind: area}\n"
    "  - {id: cheek, kind: area, is: face}\n"
    "  - {id: arm, kind: area}\n"
    "  - {id: small, kind: protocol}\n"
    "forms: {gel: [gel], cream: [cream], tablet: [tablet]}\n"
    "routes: {topical: [gel, cream], oral: [tablet]}\n"
    "links: {purpose: \"on\"}\n"
    "no_concern: [{id: warts, subject: wart, why: No rule needs it., sources: unsourced}]\n";

std::unique_ptr<Pack> pack(std::string_view statements) {
  return pack_of(std::string(kHead) + std::string(statements));
}

/// A profile where everything was denied but what `lines` say; checked on 2026-11-23.
std::string profile(std::string_view lines) {
  std::string out = "client: {id: T-1}\nlife_stage: none\n";
  for (const std::string_view section : kEnumNames<Section>)
    if (fmt::format("\n{}", lines).find(fmt::format("\n{}:", section)) == std::string::npos &&
        lines.find(fmt::format("# no {}\n", section)) == std::string_view::npos)
      out += fmt::format("{}: none\n", section);
  if (lines.find("asked:") == std::string_view::npos) out += "asked: 2026-11-23\n";
  const bool added = lines.find("# no add_ons\n") == std::string_view::npos;
  return out + std::string(lines) +
         fmt::format("session: {{protocol: small, areas: cheek, date: 2026-12-07{}}}\n",
                     added ? ", add_ons: none" : "");
}

std::string asked_for(std::string_view lines, const Pack& pack) {
  const Checked checked(profile(lines), pack);
  std::string out;
  for (const Question& question : checked.result.questions)
    out += (out.empty() ? "" : " ") + question.path;
  return out;
}

}  // namespace

TEST_CASE("a partial list leaves open what it does not hold, unless that was denied") {
  const auto illness = pack(
      "conditions: [{id: r, when: {condition: eczema, status: active}, scope: anywhere, verdict: defer, sources: "
      "unsourced}]\n");
  struct Row {
    std::string_view lines, asks;
  };
  for (const Row& row : std::vector<Row>{
           {"conditions: [{name: wart, status: active}]\n", ""},
           {"conditions: [{name: wart, status: active}]\npartial: none\n", ""},
           {"conditions: [{name: wart, status: active}]\npartial: conditions\n", "conditions[+]"},
           {"conditions: [{name: wart, status: active}]\npartial: [plans, conditions]\nplans: [face]\n",
            "conditions[+] plans[0].name"},
           {"# no conditions\n", "conditions"},
           {"# no conditions\npartial: conditions\n", "conditions"},
           {"conditions: unknown\n", "conditions"},
           // The subject or what is above it.
           {"# no conditions\ndenied: {conditions: [eczema]}\n", ""},
           {"# no conditions\ndenied: {conditions: [rash]}\n", ""},
           {"# no conditions\ndenied: {conditions: [wart]}\n", "conditions"},
           {"conditions: unknown\ndenied: {conditions: [eczema]}\n", ""},
           {"conditions: [{name: wart, status: active}]\npartial: conditions\ndenied: {conditions: [eczema]}\n", ""},
           // In another section it denies nothing.
           {"# no conditions\ndenied: {procedures: [eczema]}\n", "conditions"},
           // Each filter must be as wide as what the rule looks for.
           {"# no conditions\ndenied: {conditions: [{name: eczema, status: active}]}\n", ""},
           {"# no conditions\ndenied: {conditions: [{name: eczema, status: past}]}\n", "conditions"},
           {"# no conditions\ndenied: {conditions: [{name: eczema, area: face}]}\n", "conditions"},
           {"# no conditions\ndenied: {conditions: [{name: eczema, since: 2025-01-01}]}\n", ""},
           // Names that nobody knows, or is sure of.
           {"# no conditions\ndenied: {conditions: [qwertz]}\n", "conditions"},
           {"# no conditions\ndenied: {conditions: [\"eczema?\"]}\n", "conditions"},
           {"# no conditions\ndenied: {conditions: [eczema on arm]}\n", "conditions"},
       }) {
    CAPTURE(row.lines);
    CHECK(asked_for(row.lines, *illness) == row.asks);
  }
}

TEST_CASE("a denial that is too old, or of unknown age, is none") {
  const auto illness = pack(
      "conditions: [{id: r, when: {condition: eczema, status: active}, scope: anywhere, verdict: defer, sources: "
      "unsourced}]\n");
  const auto dated = [&](std::string_view day) {
    return asked_for(fmt::format("# no conditions\ndenied: {{conditions: [eczema]}}\nasked: {{life_stage: 2026-11-23, "
                                 "{}medicines: 2026-11-23, products: 2026-11-23, supplements: 2026-11-23, allergies: "
                                 "2026-11-23, procedures: 2026-11-23, sessions: 2026-11-23, exposures: 2026-11-23, "
                                 "plans: 2026-11-23}}\n",
                                 day),
                     *illness);
  };
  CHECK(dated("conditions: 2026-05-23, ") == "");
  CHECK(dated("conditions: 2026-05-22, ") == "conditions");
  CHECK(dated("") == "asked");
}

TEST_CASE("a day in a denial reaches as far back as the rule looks") {
  struct Row {
    std::string_view rule, since, asks;
  };
  for (const Row& row : std::vector<Row>{
           // Four weeks before 2026-12-07 begin on 2026-11-09.
           {"avoid: [{id: r, subject: laser, before: 28d, sources: unsourced}]\n", "2026-11-09", "exposures plans"},
           {"avoid: [{id: r, subject: laser, before: 28d, sources: unsourced}]\n", "2026-11-10",
            "procedures exposures plans"},
           {"conditions: [{id: r, when: {had: laser}, scope: anywhere, verdict: consult, sources: unsourced}]\n",
            "1990-01-01", "procedures exposures plans"},
       }) {
    CAPTURE(row.rule);
    CAPTURE(row.since);
    const auto own = pack(row.rule);
    const std::string all = "# no procedures\n# no exposures\n# no plans\n";
    CHECK(asked_for(all + fmt::format("denied: {{procedures: [{{name: laser, since: {}}}]}}\n", row.since), *own) ==
          row.asks);
    const std::string every = all + "denied: {procedures: [laser], exposures: [laser], plans: [laser]}\n";
    CHECK(asked_for(every, *own) == "");
    // What is added on the day is asked of the session; a plan that was denied says nothing about it.
    CHECK(asked_for("# no add_ons\n" + every, *own) == "session.add_ons");
  }
}

TEST_CASE("an area and a form in a denial") {
  const auto cream = pack("avoid: [{id: r, subject: retinoid, before: 5d, scope: area, sources: unsourced}]\n");
  const auto gel = pack("avoid: [{id: r, subject: retinoid, before: 5d, form: gel, sources: unsourced}]\n");
  const auto denied = [](std::string_view filter) {
    std::string out = "# no products\ndenied:\n";
    return out + fmt::format("  products: [{{name: retinoid{}}}]\n", filter);
  };
  CHECK(asked_for(denied(""), *cream) == "");
  CHECK(asked_for(denied(", area: face"), *cream) == "");
  CHECK(asked_for(denied(", area: cheek"), *cream) == "");
  CHECK(asked_for("# no add_ons\n" + denied(""), *cream) == "session.add_ons");
  CHECK(asked_for(denied(", area: arm"), *cream) == "products");
  CHECK(asked_for(denied(", area: face"), *gel) == "products");  // anywhere
  CHECK(asked_for(denied(", form: gel"), *gel) == "");
  CHECK(asked_for(denied(", form: cream"), *gel) == "products");
  CHECK(asked_for(denied(", form: gel"), *cream) == "products");
}

TEST_CASE("what is listed and denied counts and is asked about; an unknown name is reported") {
  const auto illness = pack(
      "conditions: [{id: r, when: {condition: eczema, status: active}, scope: anywhere, verdict: defer, sources: "
      "unsourced}]\n");
  const Checked both(profile("conditions: [{name: eczema, status: active}]\ndenied: {conditions: [rash]}\n"), *illness);
  CHECK(both.find("r") != nullptr);
  REQUIRE(both.find("denied-and-listed") != nullptr);
  CHECK(both.find("denied-and-listed")->verdict == Verdict::ask);
  for (const char* denied : {"{name: rash, status: past}", "wart"}) {
    const Checked other(
        profile(fmt::format("conditions: [{{name: eczema, status: active}}]\ndenied: {{conditions: [{}]}}\n", denied)),
        *illness);
    CHECK(other.find("denied-and-listed") == nullptr);
  }
  const Checked unknown(profile("denied: {conditions: [qwertz]}\n"), *illness);
  REQUIRE(unknown.find("unknown-denied") != nullptr);
  CHECK(unknown.result.verdict == Verdict::caution);
}

TEST_CASE("earlier sessions that are not all listed") {
  const auto spaced = pack("series: [{id: s, sessions: 3, interval: 4w, sources: unsourced}]\n");
  CHECK(asked_for("sessions: [{date: 2026-01-01, area: cheek}]\n", *spaced) == "");
  CHECK(asked_for("sessions: [{date: 2026-01-01, area: cheek}]\npartial: sessions\n", *spaced) == "sessions[+]");
}

TEST_CASE("the first session, where earlier ones are not all listed") {
  const auto first = pack(
      "conditions: [{id: r, when: {first_session: yes}, scope: anywhere, verdict: caution, sources: unsourced}]\n");
  CHECK(asked_for("sessions: [{date: 2026-01-01, area: cheek}]\npartial: sessions\n", *first) == "");
  CHECK(asked_for("# no sessions\npartial: sessions\n", *first) == "sessions");
}

TEST_CASE("an illness that a medicine implies is asked about where it was denied by name") {
  std::string text = clear_profile_with("medicines", "[{name: insulin, ongoing: yes, prescribed: yes}]",
                                        "denied: {conditions: [diabetes]}\n");
  text.replace(text.find("conditions: none\n"), 17, "");
  CHECK(Checked(text, shipped()).find("implied-illness") != nullptr);
}

TEST_CASE("to deny all that the protocol asks for in a section is to say none") {
  const Pack& pack = shipped();
  for (std::size_t i = 0; i < kSections; ++i) {
    const auto section = static_cast<Section>(i);
    if (section == Section::sessions) continue;
    std::string names;
    for (std::size_t s = 0; s < pack.catalog.subjects().size(); ++s) {
      const Subject& subject = pack.catalog.subjects()[s];
      const auto sections = sections_for(subject.kind);
      const bool used = subject.kind == SubjectKind::drug_class || subject.kind == SubjectKind::ingredient ||
                        subject.kind == SubjectKind::product;
      const bool fits = std::find(sections.begin(), sections.end(), section) != sections.end() ||
                        (used && section == Section::allergies);
      // The spacing of a course looks for the treatment itself.
      const bool treatment = pack.treatment == Subjects{static_cast<SubjectId>(s)};
      if (fits && (treatment || !pack.index.by_subject[s].empty()))
        names += fmt::format("{}{}", names.empty() ? "" : ", ", subject.id);
    }
    CAPTURE(to_string(section));
    const std::string key(to_string(section));
    const Checked all(clear_profile_with(key, "", fmt::format("denied: {{{}: [{}]}}\n", key, names)), pack);
    CHECK(all.result.verdict == Verdict::clear);
    CHECK(all.result.questions.empty());
    // Without the first of them something is asked.
    const std::string fewer = names.substr(names.find(", ") + 2);
    const Checked less(clear_profile_with(key, "", fmt::format("denied: {{{}: [{}]}}\n", key, fewer)), pack);
    CHECK(less.asks(key));
  }
}
