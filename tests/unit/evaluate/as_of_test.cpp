// The dates of an entry against each other and against the day of the check, for every section and every pair of keys.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "support/clear_profile.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// A name that no rule is about, as far as its section can have one, and the keys of its entries that hold dates.
struct SectionRow {
  std::string_view section;
  std::string_view entry;
  std::vector<std::string_view> dates;
};
const std::vector<SectionRow> kRows{
    {"conditions", "name: hay fever", {"since", "resolved"}},
    {"medicines", "name: paracetamol, prescribed: no", {"started", "last_used"}},
    {"products", "name: gentle cleanser, prescribed: no, area: cheeks", {"started", "last_used"}},
    {"supplements", "name: zinc, prescribed: no", {"started", "last_used"}},
    {"procedures", "name: haircut, area: scalp", {"date"}},
    {"sessions", "area: back, depth: 0.5 mm", {"date"}},
    {"exposures", "name: swimming, area: back", {"date"}},
};

bool begins(std::string_view key) {
  return key == "since" || key == "started";
}

struct Said {
  std::string_view day;
  Date first, last;
};
// The check is on 2026-11-23.
const std::vector<Said> kDays{
    {"1995-05-01", date("1995-05-01"), date("1995-05-01")}, {"2025", date("2025-01-01"), date("2025-12-31")},
    {"2026-11", date("2026-11-01"), date("2026-11-30")},    {"2026-11-23", date("2026-11-23"), date("2026-11-23")},
    {"2026-11-24", date("2026-11-24"), date("2026-11-24")}, {"2027-03", date("2027-03-01"), date("2027-03-31")},
};

bool later(const Said& said) {
  return said.first > kAsOf;
}

/// Whether an entry with these keys is refused; else whether it is found to contradict itself.
struct Got {
  bool refused = false;
  bool contradiction = false;
  Verdict verdict{};
};
Got check(const SectionRow& row, const std::string& keys) {
  const std::string entry = "[{" + std::string(row.entry) + ", " + keys + "}]";
  const std::string text = clear_profile_with(std::string(row.section), entry);
  const Client client(text);
  if (!client.profile) return {true, false, Verdict::ask};
  const Checked checked(text, shipped());
  return {false, checked.find("contradiction") != nullptr, checked.result.verdict};
}

}  // namespace

TEST_CASE("every date against the day of the check") {
  for (const SectionRow& row : kRows)
    for (const std::string_view key : row.dates)
      for (const Said& said : kDays) {
        CAPTURE(row.section);
        CAPTURE(key);
        CAPTURE(said.day);
        const Got got = check(row, std::string(key) + ": " + std::string(said.day));
        CHECK_FALSE(got.refused);
        CHECK(got.contradiction == later(said));
        if (later(said)) CHECK(got.verdict >= Verdict::ask);
      }
}

TEST_CASE("every pair of dates of an entry") {
  for (const SectionRow& row : kRows)
    for (const std::string_view a : row.dates)
      for (const std::string_view b : row.dates) {
        if (a == b) continue;
        for (const Said& x : kDays)
          for (const Said& y : kDays) {
            const auto line = [](std::string_view key, const Said& said) {
              return std::string(key) + ": " + std::string(said.day);
            };
            CAPTURE(row.section);
            CAPTURE(line(a, x));
            CAPTURE(line(b, y));
            const Got got = check(row, line(a, x) + ", " + line(b, y));
            const Said& began = begins(a) ? x : y;
            const Said& ended = begins(a) ? y : x;
            CHECK(got.refused == (began.first > ended.last));
            if (!got.refused) CHECK(got.contradiction == (later(x) || later(y)));
            if (got.refused || got.contradiction) CHECK(got.verdict >= Verdict::ask);
          }
      }
}

TEST_CASE("nothing is before the client was born") {
  for (const SectionRow& row : kRows)
    for (const std::string_view key : row.dates)
      CHECK(check(row, std::string(key) + ": 1926-11-20").refused);
}

TEST_CASE("an end of something of which nobody knows whether it goes on is none") {
  struct Row {
    std::string section, entry;
    Verdict verdict;
    std::string rule;
  };
  for (const Row& row : std::vector<Row>{
           {"medicines", "[{name: roaccutane, last_used: 2016-01-01, ongoing: unknown, prescribed: yes}]",
            Verdict::avoid, "isotretinoin-current"},
           {"medicines", "[{name: roaccutane, last_used: 2027-01-01, prescribed: yes}]", Verdict::avoid,
            "isotretinoin-current"},
           {"conditions", "[{name: impetigo, status: past, resolved: 2027-03-01, area: cheeks}]", Verdict::avoid, ""},
           {"conditions", "[{name: impetigo, status: unknown, resolved: 2016-03-01, area: cheeks}]", Verdict::avoid,
            ""},
           {"procedures", "[{name: chemotherapy, date: 2027-11-01}]", Verdict::ask, ""},
           {"exposures", "[{name: sunburn, date: 2016-08-01, ongoing: unknown, area: cheeks}]", Verdict::ask, ""},
       }) {
    CAPTURE(row.entry);
    const Checked checked(clear_profile_with(row.section, row.entry), shipped());
    CHECK(checked.find("contradiction") != nullptr);
    CHECK(checked.result.verdict >= row.verdict);
    if (!row.rule.empty()) CHECK(checked.find(row.rule) != nullptr);
  }
}

TEST_CASE("an exposure that still goes on counts as of today, whenever it began") {
  const Checked there(
      clear_profile_with("exposures", "[{name: sunburn, date: 2026-08-01, ongoing: yes, area: cheeks}]"), shipped());
  const Finding* finding = there.find("sunburn");
  REQUIRE(finding != nullptr);
  CHECK(finding->verdict >= Verdict::prepare);
  CHECK(finding->arithmetic.find("still there") != std::string::npos);
  const Checked over(clear_profile_with("exposures", "[{name: sunburn, date: 2026-08-01, ongoing: no, area: cheeks}]"),
                     shipped());
  CHECK(over.result.verdict == Verdict::clear);
}

TEST_CASE("days that are past end with today") {
  // 21 days before the session, and 8 after the whole month's end.
  const Checked checked(clear_profile_with("procedures", "[{name: haircut, date: 2026-11, area: cheeks}]"), shipped());
  REQUIRE(checked.facts.entries.size() == 1);
  CHECK(checked.facts.entries.front().entry->date.given()->days == Period{date("2026-11-01"), kAsOf});
}

TEST_CASE("the day of the session against the day of the check") {
  const auto verdict_on = [](std::string_view day, std::string_view id) {
    const Checked checked(clear_profile_with("session.date", std::string(day)), shipped());
    const Finding* finding = checked.find(id);
    return finding == nullptr ? Verdict::clear : finding->verdict;
  };
  CHECK(verdict_on("2026-11-22", "session-past") == Verdict::ask);
  CHECK(verdict_on("2026-11-23", "session-past") == Verdict::clear);
  // Asked on 2026-11-23; the life stage holds for a month.
  CHECK(verdict_on("2026-12-23", "ask-again") == Verdict::clear);
  CHECK(verdict_on("2026-12-24", "ask-again") == Verdict::prepare);
  const Checked later(clear_profile_with("session.date", "2027-09-10"), shipped());
  CHECK(later.result.verdict == Verdict::prepare);
  REQUIRE(later.find("ask-again") != nullptr);
  CHECK(later.find("ask-again")->action == "Ask again from Tue 10 Aug on.");
}

TEST_CASE("a wish that no rule knows is asked about") {
  const Checked checked(clear_profile_with("preferences", "[I am pregnant]"), shipped());
  REQUIRE(checked.find("unknown-preference") != nullptr);
  CHECK(checked.result.verdict == Verdict::ask);
  CHECK(checked.asks("preferences"));
}
