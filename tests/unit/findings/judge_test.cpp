/// How much is looked at for one client.
#include "needleplan/findings/judge.h"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr std::string_view kProfile = R"(
client: {id: T-1, birth_date: 1984-05-02, fitzpatrick: II}
asked: 2026-11-23
life_stage: {pregnant: no, breastfeeding: no}
conditions: none
medicines: none
products:
  - {name: balm, last_used: 2026-11-22}
  - {name: oil, last_used: 2026-11-20}
supplements: none
allergies: none
procedures: none
sessions: none
exposures: none
plans:
  - {name: swim, date: 2026-12-10}
session: {protocol: tiny, date: 2026-12-07, areas: body, indication: none, depth: 0.5 mm, numbing: none, add_ons: none}
)";

/// Three rules that the profile touches, and `more` about a subject each that it does not.
std::string pack_text(int more) {
  std::string subjects;
  std::string bans;
  std::string conditions;
  for (int i = 0; i < more; ++i) {
    subjects += fmt::format("  - {{id: thing-{}, kind: product}}\n  - {{id: illness-{}, kind: condition}}\n", i, i);
    bans += fmt::format("  - {{id: ban-{}, subject: thing-{}, before: 5d, sources: unsourced}}\n", i, i);
    conditions += fmt::format(
        "  - {{id: rule-{}, when: {{condition: illness-{}}}, verdict: avoid, wait: 5d, sources: unsourced}}\n", i, i);
  }
  return fmt::format(R"(pack: {{id: tiny, title: Tiny, version: 1, reviewed: none}}
subjects:
  - {{id: tiny, kind: protocol}}
  - {{id: body, kind: area}}
  - {{id: balm, kind: product}}
  - {{id: oil, kind: product}}
  - {{id: swim, kind: exposure}}
{}conditions:
  - {{id: young, when: {{age: {{under: 18}}}}, verdict: avoid, sources: unsourced}}
{}avoid:
  - {{id: no-balm, scope: anywhere, subject: balm, before: 2d..5d, sources: unsourced}}
  - {{id: no-oil, scope: anywhere, subject: oil, before: 5d..5d, sources: unsourced}}
  - {{id: no-swim, scope: anywhere, subject: swim, after: 1d..7d, sources: unsourced}}
{})",
                     subjects, conditions, bans);
}

}  // namespace

TEST_CASE("a judgement has the dates and the rule that holds it up") {
  const auto pack = pack_of(pack_text(0));
  Checked checked(std::string(kProfile), *pack);
  const Judgement judged = judge(checked.facts);
  // The swim on 10 December is 3 days after the session, fewer than preferred.
  CHECK(judged.verdict == Verdict::caution);
  CHECK(judged.earliest == date("2026-11-25"));
  CHECK(judged.binding == "no-oil");
  CHECK(judged.clear_from == date("2026-11-27"));
}

TEST_CASE("rules about other subjects are not looked at, however many there are") {
  const auto few = pack_of(pack_text(10));
  const auto many = pack_of(pack_text(2000));
  const auto evaluations = [](const Pack& pack) {
    const Checked checked(std::string(kProfile), pack);
    Judge judge(checked.facts);
    static_cast<void>(judge.judgement());
    return judge.evaluations();
  };
  CHECK(evaluations(*few) == evaluations(*many));
  // Each of the four rules on the session's day, and where a date asks for it on days of its own.
  CHECK(evaluations(*many) <= 10);
}
