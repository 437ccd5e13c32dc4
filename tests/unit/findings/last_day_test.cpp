/// The days that are printed as ways out: on them the check is clear, and beside them it is not.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/plan/bans.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

std::unique_ptr<Pack> pack(std::string_view rule) {
  return pack_of(
      fmt::format("pack: {{id: small, title: Small, version: 1, reviewed: none}}\n"
                  "subjects:\n"
                  "  - {{id: cream, kind: product}}\n"
                  "  - {{id: peel, kind: procedure}}\n"
                  "  - {{id: rash, kind: condition}}\n"
                  "  - {{id: face, kind: area}}\n"
                  "  - {{id: small, kind: protocol}}\n"
                  "{}\n",
                  rule));
}

std::string profile(std::string_view section, std::string_view entry, std::string_view session) {
  std::string out = "client: {id: T-1}\nasked: 2026-11-23\nlife_stage: none\n";
  for (const std::string_view name : kEnumNames<Section>)
    out += fmt::format("{}: {}\n", name, name == section ? fmt::format("[{{{}}}]", entry) : "none");
  return out + fmt::format("session: {{protocol: small, areas: face, {}, add_ons: none}}\n", session);
}

}  // namespace

TEST_CASE("a printed day keeps a minimum in hours that reaches beyond a preferred length in days") {
  constexpr std::string_view kBan = "avoid: [{{id: rule, subject: {}, {}: {}, sources: unsourced}}]";
  constexpr std::string_view kWait =
      "conditions: [{{id: rule, when: {{condition: rash, status: active}}, verdict: avoid, wait: {}, sources: "
      "unsourced}}]";
  const auto before = [&](std::string_view range) { return fmt::format(kBan, "cream", "before", range); };
  struct Row {
    std::string rule;
    std::string_view section, entry, session;
    std::string_view path, day;
    int step;  ///< to the day beside it, on which the rule still speaks
  };
  for (const Row& row : std::vector<Row>{
           {before("24h..1d"), "products", "name: cream, prescribed: no, ongoing: yes", "date: 2026-12-10",
            "products[0].last_used", "2026-12-08", 1},
           {before("30h..2d"), "products", "name: cream, prescribed: no, ongoing: yes", "date: 2026-12-10",
            "products[0].last_used", "2026-12-07", 1},
           {before("12h..1d"), "products", "name: cream, prescribed: no, ongoing: yes", "date: 2026-12-10, time: 09:00",
            "products[0].last_used", "2026-12-08", 1},
           {before("12h..1d"), "products", "name: cream, prescribed: no, ongoing: yes", "date: 2026-12-10, time: 14:30",
            "products[0].last_used", "2026-12-09", 1},
           {before("30d..1mo"), "products", "name: cream, prescribed: no, ongoing: yes", "date: 2027-03-15",
            "products[0].last_used", "2027-02-13", 1},
           {before("3d..7d"), "products", "name: cream, prescribed: no, ongoing: yes", "date: 2026-12-10",
            "products[0].last_used", "2026-12-03", 1},
           {before("30h..2d"), "products", "name: cream, prescribed: no, last_used: 2026-11-22", "date: 2026-11-23",
            "products[0].last_used", "2026-11-20", 1},
           {fmt::format(kBan, "peel", "after", "24h..1d"), "plans", "name: peel, date: 2026-12-10", "date: 2026-12-09",
            "plans[0].date", "2026-12-11", -1},
           {fmt::format(kBan, "peel", "after", "30h..2d"), "plans", "name: peel, date: 2026-12-10",
            "date: 2026-12-09, time: 09:00", "plans[0].date", "2026-12-11", -1},
           {fmt::format(kWait, "72h..3d"), "conditions", "name: rash, status: active", "date: 2026-12-10",
            "conditions[0].resolved", "2026-12-06", 1},
       }) {
    CAPTURE(row.rule);
    CAPTURE(row.session);
    const auto own = pack(row.rule);
    const Checked checked(profile(row.section, row.entry, row.session), *own);
    const Finding* finding = checked.find("rule");
    REQUIRE(finding != nullptr);
    REQUIRE(!finding->counterfactuals.empty());
    const auto& edits = finding->counterfactuals.front().edits;
    CHECK(edits.back().path == row.path);
    CHECK(edits.back().value == row.day);
    if (finding->verdict == Verdict::prepare) {
      const std::string words = needleplan::words(date(row.day), *checked.session());
      CHECK(finding->action == fmt::format("Tell the client: last use by {}.", words));
      CHECK(finding->arithmetic.find("last use by " + words) != std::string::npos);
    }
    const std::string name(row.entry.substr(0, row.entry.find(',')));
    const std::string key(row.path.substr(row.path.find('.') + 1));
    const auto on = [&](Date day) {
      const std::string status = key == "resolved" ? "status: past, " : key == "last_used" ? "prescribed: no, " : "";
      const std::string entry = fmt::format("{}, {}{}: {}", name, status, key, iso(day));
      // What is still to come has happened by then.
      const Date as_of = row.section == "plans" ? kAsOf : std::max(kAsOf, day);
      return Checked(profile(row.section, entry, row.session), *own, as_of).result.verdict;
    };
    CHECK(on(date(row.day)) == Verdict::clear);
    CHECK(on(date(row.day) + std::chrono::days{row.step}) > Verdict::prepare);
  }
}

TEST_CASE("a plan goes by the end of a window that reaches farther") {
  struct Row {
    std::string_view range;
    std::optional<TimeOfDay> time;
    int first_before;              ///< banned day before the session
    std::string_view free, words;  ///< after it
  };
  constexpr TimeOfDay kMorning{9 * 60};
  constexpr TimeOfDay kAfternoon{14 * 60 + 30};
  for (const Row& row : std::vector<Row>{
           {"24h..1d", std::nullopt, -1, "2026-12-12", "24 hours after the session"},
           {"24h..1d", kMorning, -1, "2026-12-11T09:00", "Fri 11 Dec, 09:00"},
           {"12h..1d", std::nullopt, -1, "2026-12-12", "12 hours after the session"},
           {"12h..1d", kMorning, -1, "2026-12-11", "Fri 11 Dec"},
           {"12h..1d", kAfternoon, 0, "2026-12-11T02:30", "Fri 11 Dec, 02:30"},
           {"48h..7d", std::nullopt, -6, "2026-12-17", "Thu 17 Dec"},
           {"48h..7d", kAfternoon, -6, "2026-12-17", "Thu 17 Dec"},
       }) {
    CAPTURE(row.range);
    PlanSession session;
    session.day = date("2026-12-10");
    session.time = row.time;
    Bound bound;
    bound.kind = Bound::Kind::clock;
    bound.span = *parse_span_range(row.range);
    const PlannedEnd after = planned_end(bound, shipped(), session);
    CHECK(iso_of_ban_end(after, session) == row.free);
    CHECK(after.words == row.words);
    CHECK(first_banned_day(planned_end(counted_back(bound), shipped(), session)) == row.first_before);
  }
}
