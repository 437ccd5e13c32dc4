/// Records from texts that are kept, one after the other and from several threads at once.
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/render/plan_record.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// Number `i` of many clients, each with other findings; some with a name that nobody knows.
std::string profile(int i) {
  const std::vector<std::string> products{"tretinoin", "retinol", "vitamin C serum", "glycolic acid", "qwertzol"};
  const std::vector<std::string> medicines{"isotretinoin", "aspirin", "warfarin", "ibuprofeno 600", "metfromin"};
  const auto n = static_cast<std::size_t>(i);
  return fmt::format(R"(client: {{id: T-{}, birth_date: {}-05-02, fitzpatrick: IV}}
asked: 2026-11-23
life_stage: {{pregnant: {}, breastfeeding: no}}
conditions:
  - {{name: eczema, status: active, area: cheeks}}
medicines:
  - {{name: {}, ongoing: yes}}
products:
  - {{name: {}, last_used: 2026-11-{}, area: cheeks}}
procedures: none
session: {{protocol: microneedling, date: 2026-11-28, areas: cheeks, depth: 2.5 mm}}
)",
                     i, 1950 + 4 * (i % 15), i % 3 == 0 ? "yes" : "no", medicines[n % 5], products[(n / 5) % 5],
                     10 + i % 12);
}

std::string record(const Checked& checked, const RecordTexts& texts) {
  std::string out;
  add_check_record(out, checked.result, checked.facts, texts, "abc");
  PlanInput input;
  input.pack = &texts.pack();
  input.as_of = kAsOf;
  input.facts = &checked.facts;
  input.assessment = &checked.result;
  input.session = session_of(*checked.client.profile);
  add_plan_record(out, build_check(input), input, texts, "abc");
  add_plan_record(out, build_procedure(input, std::nullopt), input, texts, "abc");
  return out;
}

/// Each client's records from texts of its own.
std::vector<std::string> one_by_one(int clients, JsonWriter::Layout layout) {
  std::vector<std::string> out;
  for (int i = 0; i < clients; ++i)
    out.push_back(record(Checked(profile(i), shipped()), RecordTexts(shipped(), {"1", "d"}, layout)));
  return out;
}

}  // namespace

TEST_CASE("kept texts give the same records, the first time and later") {
  constexpr int kClients = 30;
  for (const auto layout : {JsonWriter::Layout::compact, JsonWriter::Layout::pretty}) {
    const RecordTexts texts(shipped(), {"1", "d"}, layout);
    const auto expected = one_by_one(kClients, layout);
    for (int round = 0; round < 2; ++round)
      for (int i = 0; i < kClients; ++i)
        CHECK(record(Checked(profile(i), shipped()), texts) == expected[static_cast<std::size_t>(i)]);
  }
  const Checked checked(profile(0), shipped());
  std::string added;
  add_check_record(added, checked.result, checked.facts, RecordTexts(shipped(), {"1", "d"}, JsonWriter::Layout::pretty),
                   "abc");
  CHECK(check_record(checked.result, checked.facts, {"1", "d"}, "abc", JsonWriter::Layout::pretty) == added);
}

TEST_CASE("several threads check clients against one pack and share its texts") {
  constexpr int kClients = 40;
  constexpr int kThreads = 4;
  const auto expected = one_by_one(kClients, JsonWriter::Layout::compact);
  const RecordTexts texts(shipped(), {"1", "d"}, JsonWriter::Layout::compact);
  std::vector<std::vector<std::string>> found(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kClients; ++i)
        found[t].push_back(record(Checked(profile(i), shipped()), texts));
    });
  for (std::thread& thread : threads)
    thread.join();
  for (const auto& records : found)
    CHECK(records == expected);
}
