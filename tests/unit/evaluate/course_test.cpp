/// A window before the session that is as long as a course of something lasted.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

std::unique_ptr<Pack> pack(std::string_view course) {
  return pack_of(
      fmt::format("pack: {{id: small, title: Small, version: 1, reviewed: none}}\n"
                  "subjects:\n"
                  "  - {{id: pill, kind: product}}\n"
                  "  - {{id: face, kind: area}}\n"
                  "  - {{id: small, kind: protocol}}\n"
                  "avoid: [{{id: ban, subject: pill, before: {}, sources: unsourced}}]\n",
                  course));
}

std::string profile(std::string_view section, std::string_view entry, std::string_view session = "2026-12-07") {
  std::string out = "client: {id: T-1}\nasked: 2026-11-23\nlife_stage: none\n";
  for (const std::string_view name : kEnumNames<Section>)
    out += fmt::format("{}: {}\n", name, name == section ? fmt::format("[{{name: pill, {}}}]", entry) : "none");
  return out + fmt::format("session: {{protocol: small, areas: face, date: {}, add_ons: none}}\n", session);
}

}  // namespace

TEST_CASE("as long as the course lasted") {
  struct Row {
    std::string_view course, section, entry;
    Verdict verdict;
    std::string_view asks, arithmetic;
  };
  for (
      const Row& row : std::vector<Row>{
          {"1x course", "medicines", "started: 2026-11-01, last_used: 2026-11-19, prescribed: no", Verdict::clear, "",
           ""},
          {"1x course", "medicines", "started: 2026-11-01, last_used: 2026-11-20, prescribed: no", Verdict::defer, "",
           "last used Fri 20 Nov, session Mon 7 Dec: 17 days; the course lasted 19 days; minimum 19 days: 2 days short "
           "of the minimum"},
          {"2x course", "medicines", "started: 2026-11-15, last_used: 2026-11-22, prescribed: no", Verdict::clear, "",
           ""},
          {"2x course", "medicines", "started: 2026-11-14, last_used: 2026-11-22, prescribed: no", Verdict::defer, "",
           "last used Sun 22 Nov, session Mon 7 Dec: 15 days; the course lasted 8 days; minimum 16 days: 1 day short "
           "of the minimum"},
          {"1x course", "medicines", "last_used: 2026-11-20, prescribed: no", Verdict::ask, "medicines[0].started", ""},
          {"1x course", "medicines", "ongoing: yes, prescribed: no", Verdict::ask, "medicines[0].started", ""},
          {"1x course", "medicines", "started: 2026-11-01, prescribed: no", Verdict::ask, "medicines[0].last_used", ""},
          {"1x course", "medicines", "started: 2026-11, last_used: 2026-11-20, prescribed: no", Verdict::ask,
           "medicines[0].started", ""},
          {"1x course", "medicines", "started: 2026-10, last_used: 2026-11-20, prescribed: no", Verdict::defer, "",
           "last used Fri 20 Nov, session Mon 7 Dec: 17 days; the course lasted 50 days; minimum 50 days: 33 days "
           "short of the minimum"},
          {"1x course", "medicines", "started: 2026-11-22, last_used: 2026-11, prescribed: no", Verdict::clear, "", ""},
          {"1x course", "medicines", "started: 2026-11-09, ongoing: yes, prescribed: no", Verdict::prepare, "",
           "still used; session Mon 7 Dec; the course has lasted 14 days so far; minimum 14 days, more with each day "
           "of "
           "use: last use by Mon 23 Nov"},
          {"1x course", "medicines", "started: 2026-11-08, ongoing: yes, prescribed: no", Verdict::defer, "",
           "still used; session Mon 7 Dec; the course has lasted 15 days so far; minimum 15 days, more with each day "
           "of "
           "use: it had to stop by Sun 22 Nov"},
          {"1x course", "medicines", "started: 2026-11-08, ongoing: yes, prescribed: yes", Verdict::consult, "",
           "still used; session Mon 7 Dec; the course has lasted 15 days so far; minimum 15 days, more with each day "
           "of "
           "use"},
          {"2x course", "plans", "date: 2026-12-05", Verdict::clear, "", ""},
          {"2x course", "plans", "date: 2026-12-06", Verdict::defer, "",
           "on Sun 6 Dec, session Mon 7 Dec: 1 day; the course lasted 1 day; minimum 2 days: 1 day short of the "
           "minimum"},
      }) {
    CAPTURE(row.course);
    CAPTURE(row.entry);
    const auto own = pack(row.course);
    const Checked checked(profile(row.section, row.entry), *own);
    CHECK(checked.result.verdict == row.verdict);
    if (!row.asks.empty()) CHECK(checked.asks(row.asks));
    const Finding* finding = checked.find("ban");
    CHECK((finding == nullptr ? std::string{} : finding->arithmetic) == row.arithmetic);
    // The first good day is the one found by trying every day.
    std::optional<Date> found;
    for (int i = 0; i < 200 && !found; ++i)
      if (bookable(verdict_on(checked.facts, kAsOf + std::chrono::days{i}))) found = kAsOf + std::chrono::days{i};
    CHECK((checked.result.earliest == found));
  }
}

TEST_CASE("the last day of a course that goes on is one that keeps the course up to that day") {
  struct Row {
    std::string_view course, entry, session;
    std::string_view last;  ///< by trying: the one after it breaks the ban
  };
  for (const Row& row : std::vector<Row>{
           {"1x course", "started: 2026-11-05, ongoing: yes", "2026-12-12", "2026-11-23"},
           {"1x course", "started: 2026-11-05, ongoing: yes", "2026-12-13", "2026-11-24"},
           {"1x course", "started: 2026-11-05, ongoing: yes", "2026-12-31", "2026-12-03"},
           {"1x course", "started: 2026-11, ongoing: yes", "2026-12-31", "2026-12-01"},
           {"2x course", "started: 2026-11-20, ongoing: yes", "2026-12-20", "2026-11-30"},
           {"1x course", "started: 2026-10-01, ongoing: yes", "2026-12-12", "2026-11-06"},
           {"1x course", "started: 2026-11-01, last_used: 2026-11-20", "2026-12-07", "2026-11-19"},
       }) {
    CAPTURE(row.entry);
    CAPTURE(row.session);
    const auto own = pack(row.course);
    const auto on = [&](std::string_view entry) {
      return profile("products", fmt::format("{}, prescribed: no", entry), row.session);
    };
    const Checked checked(on(row.entry), *own);
    const Finding* finding = checked.find("ban");
    REQUIRE(finding != nullptr);
    REQUIRE(finding->counterfactuals.size() >= 1);
    CHECK(finding->counterfactuals.front().edits.back().value == row.last);
    const bool ongoing = row.entry.ends_with("ongoing: yes");
    const std::string words = needleplan::words(date(row.last), date(row.session));
    if (ongoing) CHECK(finding->arithmetic.ends_with(" by " + words));
    if (finding->verdict == Verdict::prepare)
      CHECK(finding->action == fmt::format("Tell the client: last use by {}.", words));
    const std::string_view started = row.entry.substr(0, row.entry.find(','));
    const auto used = [&](Date day) {
      return Checked(on(fmt::format("{}, last_used: {}", started, iso(day))), *own, std::max(kAsOf, day))
          .result.verdict;
    };
    CHECK(used(date(row.last)) == Verdict::clear);
    CHECK(!bookable(used(date(row.last) + std::chrono::days{1})));
  }
}

TEST_CASE("no day is offered on which a course was not begun yet") {
  const auto own = pack("5x course");
  const Checked checked(profile("products", "started: 2026-12-05, last_used: 2026-12-06, prescribed: no"), *own,
                        date("2026-12-06"));
  REQUIRE(checked.find("ban") != nullptr);
  for (const Counterfactual& way : checked.find("ban")->counterfactuals)
    CHECK(way.edits.front().path != "products[0].last_used");
}

TEST_CASE("everything that a course turns on is asked at once") {
  struct Row {
    std::string_view entry, asks;
  };
  for (const Row& row : std::vector<Row>{
           {"last_used: 2026-11-20, prescribed: no", "started"},
           {"last_used: 2026-11, prescribed: no", "last_used started"},
           {"last_used: about 2026-11-20, prescribed: no", "last_used started"},
           {"last_used: 2026-11-20", "started prescribed"},
           {"ongoing: yes, prescribed: no", "started"},
           {"ongoing: yes", "started prescribed"},
           {"ongoing: yes, started: 2026-11-20", "prescribed"},
           {"ongoing: yes, started: 2026-11, prescribed: no", "started"},
           {"started: 2026-11, last_used: 2026-11-20, prescribed: no", "started"},
           {"started: 2026-11-01, last_used: 2026-11, prescribed: no", "last_used"},
           {"started: 2026-11, last_used: 2026-11, prescribed: no", "last_used started"},
           {"prescribed: no", "ongoing last_used started"},
           {"form: cream", "ongoing last_used started prescribed"},
       }) {
    CAPTURE(row.entry);
    const auto own = pack("1x course");
    const Checked checked(profile("products", row.entry), *own);
    CHECK(checked.result.verdict == Verdict::ask);
    REQUIRE(checked.result.questions.size() == 1);
    CHECK(checked.result.questions.front().path == "products[0]");
    std::vector<std::string> asks;
    for (const std::string& key : checked.result.questions.front().keys)
      asks.push_back(key.substr(key.find('.') + 1));
    CHECK(fmt::format("{}", fmt::join(asks, " ")) == row.asks);
  }
}
