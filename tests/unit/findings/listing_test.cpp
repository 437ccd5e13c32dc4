/// Which questions are asked, and which rules wait for them.
#include "needleplan/findings/listing.h"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/findings/judge.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// So many products with a ban each, and a rule about them all.
std::string pack_text(int products) {
  std::string subjects;
  std::string bans;
  for (int i = 0; i < products; ++i) {
    subjects += fmt::format("  - {{id: balm-{}, kind: product}}\n", i);
    bans +=
        fmt::format("  - {{id: ban-{}, scope: anywhere, subject: balm-{}, before: 5d, sources: unsourced}}\n", i, i);
  }
  return fmt::format(R"(pack: {{id: tiny, title: Tiny, version: 1, reviewed: none}}
subjects:
  - {{id: tiny, kind: protocol}}
  - {{id: body, kind: area}}
{}conditions:
  - {{id: young, when: {{age: {{under: 18}}}}, verdict: avoid, sources: unsourced}}
avoid:
{})",
                     subjects, bans);
}

std::string profile_text(std::string_view products) {
  return fmt::format(R"(
client: {{id: T-1, birth_date: 1984-05-02, fitzpatrick: II}}
asked: 2026-11-23
life_stage: {{pregnant: no, breastfeeding: no}}
conditions: none
medicines: none
{}
supplements: none
allergies: none
procedures: none
sessions: none
exposures: none
plans: none
session: {{protocol: tiny, date: 2026-12-07, areas: body, indication: none, depth: 0.5 mm, numbing: none}}
)",
                     products);
}

}  // namespace

TEST_CASE("each fact is asked for once, with every rule that waits for it once") {
  constexpr int kProducts = 40;
  std::string products = "products:\n";
  for (int i = 0; i < kProducts; ++i)
    products += fmt::format("  - {{name: balm-{}}}\n", i);
  const auto pack = pack_of(pack_text(kProducts));
  const Checked checked(profile_text(products), *pack);
  REQUIRE(checked.result.questions.size() == kProducts);
  for (int i = 0; i < kProducts; ++i) {
    const Question& question = checked.result.questions[static_cast<std::size_t>(i)];
    CHECK(question.path == fmt::format("products[{}].last_used", i));
    REQUIRE(question.rules.size() == 1);
    CHECK(question.rules.front() == fmt::format("ban-{}", i));
  }
  CHECK(checked.result.findings.size() == kProducts);
}

TEST_CASE("a section that was not asked is one question of all its rules") {
  constexpr int kProducts = 40;
  const auto pack = pack_of(pack_text(kProducts));
  const Checked checked(profile_text(""), *pack);
  const auto question = std::find_if(checked.result.questions.begin(), checked.result.questions.end(),
                                     [](const Question& one) { return one.path == "products"; });
  REQUIRE(question != checked.result.questions.end());
  CHECK(question->rules.size() == kProducts);
  CHECK(std::set(question->rules.begin(), question->rules.end()).size() == kProducts);
}
