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

constexpr std::string_view kQuestionPack = R"(pack: {id: tiny, title: Tiny, version: 1, reviewed: none}
questions:
  "products[].name": What is {name}?
  "products[].ongoing": Do you still use {name}? If not, when was the last time?
  "products[].last_used": When did you last use {name}?
  "products[].prescribed": Did a doctor prescribe {name}?
  "[].ongoing": Is it still used? If not, when was the last time?
  "[].prescribed": Did a doctor prescribe it?
  "[].area": Where?
places: {trunk: [foot]}
subjects:
  - {id: tiny, kind: protocol}
  - {id: body, kind: area, places: [trunk]}
  - {id: foot, kind: area, places: [foot]}
  - {id: balm, kind: product}
  - {id: oil, kind: product}
ambiguous:
  - {name: two, could_be: [balm, oil], ask: Is it a balm or an oil?}
conditions:
  - {id: young, when: {age: {under: 18}}, verdict: avoid, sources: unsourced}
avoid:
  - {id: no-balm, scope: area, subject: balm, before: 5d, sources: unsourced}
)";

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
session: {{protocol: tiny, date: 2026-12-07, areas: body, indication: none, depth: 0.5 mm, numbing: none, add_ons: none}}
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
    CHECK(question.path == fmt::format("products[{}]", i));
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

TEST_CASE("all that an entry leaves open is one question, in the words of its section") {
  struct Row {
    std::string_view entry, keys, text;
  };
  const auto pack = pack_of(std::string(kQuestionPack));
  for (const Row& row : std::vector<Row>{
           {"{name: balm}", "ongoing last_used prescribed area",
            "Do you still use balm? If not, when was the last time? Did a doctor prescribe it? Where?"},
           {"{name: balm, ongoing: no, prescribed: no, area: body}", "last_used", "When did you last use balm?"},
           {"{name: balm, last_used: 2026-12, area: body}", "last_used prescribed",
            "When did you last use balm? Did a doctor prescribe it?"},
           {"{name: balm, ongoing: yes, area: body}", "prescribed", "Did a doctor prescribe balm?"},
           {"{name: two}", "name ongoing last_used prescribed area",
            "What is two? Is it a balm or an oil? Is it still used? If not, when was the last time? Did a doctor "
            "prescribe it? Where?"},
       }) {
    CAPTURE(row.entry);
    const Checked checked(profile_text(fmt::format("products: [{}]", row.entry)), *pack);
    REQUIRE(checked.result.questions.size() == 1);
    const Question& question = checked.result.questions.front();
    CHECK(question.path == "products[0]");
    CHECK(question.of == AskedOf::client);
    CHECK(question.text == row.text);
    std::string keys;
    for (const std::string& key : question.keys)
      keys += (keys.empty() ? "" : " ") + key.substr(std::string_view("products[0].").size());
    CHECK(keys == row.keys);
    // A name that is not clear is a finding already.
    CHECK(checked.result.findings.size() == 1);
    CHECK(checked.result.findings.front().question == "products[0]");
  }
}

TEST_CASE("what the client has said already, and what is planned, the clinic looks up") {
  const auto pack = pack_of(std::string(kQuestionPack));
  const Checked checked(R"(
client: {id: T-1}
asked: {products: 2026-11-23}
products: [{name: qwertz}, {name: balm, ongoing: yes, prescribed: no, area: qwertz}]
session: {protocol: tiny, areas: body}
)",
                        *pack);
  std::set<std::string> clinic;
  std::set<std::string> client;
  for (const Question& question : checked.result.questions)
    (question.of == AskedOf::clinic ? clinic : client).insert(question.path);
  CHECK(clinic == std::set<std::string>{"products[0].name", "products[1].area", "session.add_ons", "session.date"});
  CHECK(client ==
        std::set<std::string>{"client.birth_date", "medicines", "supplements", "procedures", "exposures", "plans"});
}

TEST_CASE("where an avoid holds no question is asked, and each is counted") {
  const auto pack = pack_of(std::string(kQuestionPack));
  std::string minor = profile_text("products: [{name: balm}, {name: qwertz}]");
  CHECK(Checked(minor, *pack).result.questions.size() == 2);
  minor.replace(minor.find("1984"), 4, "2010");
  const Checked checked(minor, *pack);
  CHECK(checked.result.verdict == Verdict::avoid);
  CHECK(checked.result.questions.empty());
  REQUIRE(checked.result.not_asked.size() == 2);
  CHECK(checked.result.not_asked[0].path == "products[0]");
  CHECK(checked.result.not_asked[1].path == "products[1].name");
  CHECK(checked.find(kNotKnown) == nullptr);
  // The name that nobody knows is still found.
  REQUIRE(checked.find("unknown-name") != nullptr);
  CHECK(checked.find("unknown-name")->question.empty());
}

TEST_CASE("the shipped pack has words for each key of an entry, first and after another") {
  for (const std::string_view path :
       {"conditions[].name", "conditions[].status", "conditions[].resolved", "conditions[].area", "allergies[].name",
        "procedures[].name", "procedures[].date", "procedures[].area", "sessions[].date", "sessions[].area",
        "exposures[].name", "exposures[].date", "exposures[].area", "plans[].name", "plans[].date", "plans[].area"})
    CHECK_MESSAGE(!shipped().question(path).empty(), path);
  for (const std::string_view section : {"medicines", "products", "supplements"})
    for (const std::string_view key :
         {"name", "ongoing", "last_used", "started", "prescribed", "form", "strength", "area"})
      CHECK_MESSAGE(!shipped().question(fmt::format("{}[].{}", section, key)).empty(), section, key);
  // A name is asked for first.
  for (const EntryKey& key : kEntryKeys)
    CHECK_MESSAGE(shipped().question(fmt::format("[].{}", key.name)).empty() == (key.name == "name"), key.name);
}
