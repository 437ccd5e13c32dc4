/// Words that nothing decides, yes/no answers and the day of the cycle: what they come to in a check.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr std::string_view kHead =
    "pack: {id: small, title: Small, version: 1, reviewed: none}\n"
    "valid_for: {answers: 6mo, life_stage: 1mo, sources: unsourced}\n"
    "answers: [{id: happy, ask: Are you happy?, label: you are happy}]\n"
    "subjects:\n"
    "  - {id: pill, kind: product}\n"
    "  - {id: face, kind: area}\n"
    "  - {id: small, kind: protocol}\n";

std::unique_ptr<Pack> pack(std::string_view statements) {
  return pack_of(std::string(kHead) + std::string(statements));
}

/// A profile that says what it must, with `more` at its top level and in its session.
std::string profile(std::string_view more, std::string_view day = "2026-12-07") {
  std::string out = "client: {id: T-1}\nlife_stage: none\n";
  for (const std::string_view section : kEnumNames<Section>)
    if (more.find(fmt::format("{}:", section)) == std::string_view::npos) out += fmt::format("{}: none\n", section);
  if (more.find("asked:") == std::string_view::npos) out += "asked: 2026-11-23\n";
  return out + std::string(more) +
         fmt::format("session: {{protocol: small, areas: face, date: {}, add_ons: none}}\n", day);
}

/// The day before the session, for what was done then.
const Date kEve = date("2026-12-06");
constexpr std::string_view kUsed = "products: [{name: pill, last_used: 2026-12-06, ongoing: no, prescribed: no}]\n";

}  // namespace

TEST_CASE("words count so that the rule holds") {
  for (const std::string_view when : {"{state: it itches}", "{not: {state: it is calm}}", "{situation: you go out}",
                                      "{not: {situation: you stay in}}", "{not: {not: {state: it itches}}}",
                                      "{not: {all: [{state: it is calm}, {situation: you stay in}]}}",
                                      "{not: {any: [{state: it is calm}, {life_stage: pregnant}]}}",
                                      "{all: [{not: {uses: pill}}, {not: {state: it is calm}}]}"}) {
    CAPTURE(when);
    const auto own = pack(fmt::format(
        "avoid: [{{id: ban, subject: pill, before: 3d, verdict: defer, sources: unsourced, when: {}}}]\n", when));
    CHECK(Checked(profile(kUsed), *own, kEve).result.verdict == Verdict::defer);
  }
}

TEST_CASE("a fact that is decided still makes the rule fail") {
  for (const std::string_view when : {"{all: [{state: it itches}, {life_stage: pregnant}]}",
                                      "{not: {any: [{state: it is calm}, {not: {uses: pill}}]}}"}) {
    CAPTURE(when);
    const auto own = pack(fmt::format(
        "avoid: [{{id: ban, subject: pill, before: 3d, verdict: defer, sources: unsourced, when: {}}}]\n", when));
    CHECK(Checked(profile(kUsed), *own, kEve).result.verdict == Verdict::clear);
  }
}

TEST_CASE("a clearance turns what would stop into a question for a clinician") {
  struct Row {
    std::string_view statement;
    Verdict verdict;
    bool signable;
  };
  for (const Row& row : std::vector<Row>{
           {"avoid: [{id: r, subject: pill, before: 3d, verdict: defer, WHEN", Verdict::consult, true},
           {"avoid: [{id: r, subject: pill, before: 3d, verdict: avoid, WHEN", Verdict::consult, true},
           {"avoid: [{id: r, subject: pill, before: 3d, verdict: caution, WHEN", Verdict::caution, false},
           {"conditions: [{id: r, verdict: avoid, WHEN", Verdict::consult, true},
           {"conditions: [{id: r, verdict: defer, signoff: none, WHEN", Verdict::consult, true},
           {"conditions: [{id: r, verdict: caution, WHEN", Verdict::caution, false},
           {"conditions: [{id: r, verdict: caution, wait: 3d, wait_verdict: defer, WHEN", Verdict::consult, true},
           {"conditions: [{id: r, verdict: avoid, absolute: yes, WHEN", Verdict::avoid, false}}) {
    CAPTURE(row.statement);
    const bool waits = row.statement.find("wait:") != std::string_view::npos;
    const std::string use = waits ? "{uses: pill, status: ended}" : "{had: pill}";
    std::string text(row.statement);
    const bool avoid = text.starts_with("avoid");
    const std::string client = avoid || waits ? std::string(kUsed) : "procedures: [{name: pill, date: 2026-12-01}]\n";
    text.replace(text.find("WHEN"), 4,
                 fmt::format("sources: unsourced, when: {}}}]\n",
                             avoid ? std::string("{not: {clearance: your doctor agrees}}")
                                   : fmt::format("{{all: [{}, {{not: {{clearance: your doctor agrees}}}}]}}", use)));
    const auto own = pack(text);
    CHECK(Checked(profile(client), *own, kEve).result.verdict == row.verdict);
    const Checked as_signed(
        profile(client + "signoffs: [{rule: r, by: Dr. Example, role: physician, on: 2026-12-02, expires: 2026-12-31, "
                         "note: agreed}]\n"),
        *own, kEve);
    CHECK(as_signed.result.verdict == (row.signable ? Verdict::caution : row.verdict));
  }
}

TEST_CASE("an answer is yes, no or not known") {
  const auto own = pack(
      "conditions:\n"
      "  - {id: yes, verdict: caution, sources: unsourced, when: {answer: happy}}\n"
      "  - {id: no, verdict: consult, sources: unsourced, when: {answer: happy, is: no}}\n");
  CHECK(Checked(profile("answers: {happy: yes}\n"), *own).result.verdict == Verdict::caution);
  CHECK(Checked(profile("answers: {happy: no}\n"), *own).result.verdict == Verdict::consult);
  for (const std::string_view more : {"", "answers: {happy: unknown}\n", "answers: {happy: no}\nasked: 2026-01-01\n",
                                      "asked: {answers: 2026-01-01}\nanswers: {happy: no}\n"}) {
    CAPTURE(more);
    const Checked checked(profile(more), *own);
    CHECK(checked.result.verdict == Verdict::ask);
    REQUIRE(checked.asks("answers.happy"));
    for (const Question& question : checked.result.questions)
      if (question.path == "answers.happy") CHECK(question.text == "Are you happy?");
  }
  CHECK(Checked(profile("answers: {happy: no}\nasked: {conditions: 2026-11-23}\n"), *own).asks("asked"));
}

TEST_CASE("an answer that the protocol does not ask for is reported") {
  const auto own = pack("");
  const Checked checked(profile("answers: {hapy: yes}\n"), *own);
  const Finding* finding = checked.find("unknown-answer");
  REQUIRE(finding != nullptr);
  CHECK(finding->verdict == Verdict::ask);
  CHECK(finding->suggestions == std::vector<std::string>{"happy"});
  CHECK(finding->facts.front().path == "answers.hapy");
  CHECK(finding->facts.front().at.place().line == 13);
}

TEST_CASE("the day of the cycle") {
  const auto own =
      pack("conditions: [{id: days, verdict: caution, sources: unsourced, when: {cycle_day: {at_most: 5}}}]\n");
  struct Row {
    std::string_view cycle, session;
    Verdict verdict;
    std::string_view asks;
  };
  for (const Row& row : std::vector<Row>{
           {"none", "2026-12-07", Verdict::clear, ""},
           {"unknown", "2026-12-07", Verdict::ask, "cycle"},
           {"{last_period: unknown}", "2026-12-07", Verdict::ask, "cycle.last_period"},
           {"{last_period: 2026-12-07}", "2026-12-07", Verdict::caution, ""},
           {"{last_period: 2026-12-03}", "2026-12-07", Verdict::caution, ""},
           {"{last_period: 2026-12-02}", "2026-12-07", Verdict::clear, ""},
           {"{last_period: 2026-11-17}", "2026-12-07", Verdict::clear, ""},
           {"{last_period: 2026-11-16}", "2026-12-07", Verdict::ask, "cycle.length"},
           {"{last_period: 2026-11-15, length: unknown}", "2026-12-07", Verdict::ask, "cycle.last_period"},
           {"{last_period: 2026-12-08}", "2026-12-07", Verdict::ask, "cycle.last_period"},
           {"{last_period: 2026-11-09, length: 28d}", "2026-12-07", Verdict::caution, ""},
           {"{last_period: 2026-11-10, length: 28d}", "2026-12-07", Verdict::clear, ""},
           {"{last_period: 2026-11-10, length: 4w}", "2026-12-12", Verdict::caution, ""},
           {"{last_period: 2026-11-10, length: 28d}", "2026-12-13", Verdict::clear, ""},
           {"{last_period: about 2026-11-26}", "2026-12-07", Verdict::ask, "cycle.last_period"},
           {"{last_period: about 2026-11-25}", "2026-12-07", Verdict::clear, ""},
           {"{last_period: 2026-11, length: 28d}", "2026-12-07", Verdict::ask, "cycle.last_period"},
       }) {
    CAPTURE(row.cycle);
    CAPTURE(row.session);
    const Checked checked(profile(fmt::format("cycle: {}\n", row.cycle), row.session), *own, date(row.session));
    CHECK(checked.result.verdict == row.verdict);
    if (!row.asks.empty()) CHECK(checked.asks(row.asks));
  }
  CHECK(Checked(profile(""), *own).asks("cycle"));
  CHECK(Checked(profile("cycle: none\nasked: {answers: 2026-11-23}\n"), *own).asks("asked"));
}

TEST_CASE("the first good day of a cycle is the one found by trying every day") {
  const auto own = pack(
      "conditions: [{id: days, verdict: defer, sources: unsourced, when: {cycle_day: {at_least: 20}}},"
      " {id: early, verdict: defer, sources: unsourced, when: {cycle_day: {under: 7}}}]\n"
      "avoid: [{id: ban, subject: pill, before: 100d, sources: unsourced}]\n");
  for (const std::string_view cycle :
       {"{last_period: 2026-11-01, length: 28d}", "{last_period: 2026-11-20, length: 30d}",
        "{last_period: 2026-11-14, length: 21d}", "{last_period: 2026-11-22}", "{last_period: about 2026-11-10}",
        "{last_period: about 2026-11-01, length: 35d}"})
    for (const std::string_view use : {"", "products: [{name: pill, last_used: 2026-11-13, prescribed: no}]\n"}) {
      CAPTURE(cycle);
      CAPTURE(use);
      const Checked checked(profile(fmt::format("{}cycle: {}\n", use, cycle)), *own);
      std::optional<Date> found;
      for (int i = 0; i < 400 && !found; ++i)
        if (bookable(verdict_on(checked.facts, kAsOf + std::chrono::days{i}))) found = kAsOf + std::chrono::days{i};
      CHECK((checked.result.earliest == found));
    }
}
