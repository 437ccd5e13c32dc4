#include "needleplan/plan/due.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/plan/bans.h"
#include "support/engine.h"

namespace {

using namespace needleplan;
using namespace needleplan::testing;
using std::chrono::days;

/// A client on one day, with everything that the day's lines are made from.
struct OnDay {
  OnDay(const std::string& profile, Date day)
      : on(day), client(profile, shipped(), due_as_of(session_of(*Client(profile).profile), day)) {
    input = {&shipped(), &client.facts, &client.result, session_of(*client.client.profile), client.facts.as_of};
    list = due_on(input, day);
  }
  Date on;
  Checked client;
  PlanInput input;
  DueList list;

  [[nodiscard]] std::vector<DueLine> of(DueKind kind) const {
    std::vector<DueLine> out;
    std::copy_if(list.lines.begin(), list.lines.end(), std::back_inserter(out),
                 [&](const DueLine& line) { return line.kind == kind; });
    return out;
  }
  [[nodiscard]] const DueLine* find(DueKind kind, std::string_view rule) const {
    for (const DueLine& line : list.lines)
      if (line.kind == kind && std::find(line.rules.begin(), line.rules.end(), rule) != line.rules.end()) return &line;
    return nullptr;
  }
};

/// A client whose answers are all given; `products` and `medicines` are what stands behind those keys.
std::string profile(std::string_view session, std::string_view products = " none", std::string_view medicines = " none",
                    std::string_view conditions = " none") {
  return fmt::format(
      "client: {{id: c-1, birth_date: 1990-04-12, fitzpatrick: III}}\nasked: 2026-11-20\nlife_stage: none\n"
      "conditions:{}\nmedicines:{}\nproducts:{}\nsupplements: none\nallergies: none\nprocedures: none\n"
      "sessions: none\nexposures: none\nplans: none\npreferences: none\n"
      "session: {{protocol: microneedling, {}, areas: [cheeks, forehead], indication: fine lines, depth: 0.5 mm,\n"
      "          device: SkinPen, numbing: none, add_ons: none}}\n",
      conditions, medicines, products, session);
}

constexpr std::string_view kSerum = "\n  - {name: retinol serum, area: face, ongoing: yes, prescribed: no}";
constexpr std::string_view kPrescribed = "\n  - {name: tretinoin, area: face, ongoing: yes, prescribed: yes}";

TEST_CASE("the day before a ban is the last day for what the client uses, and the ban begins on its first day") {
  const std::string ben = profile("date: 2026-12-10, time: 14:30", kSerum);
  const OnDay eve(ben, date("2026-12-03"));
  REQUIRE(eve.find(DueKind::last_day, "retinoid-topical") != nullptr);
  CHECK(eve.find(DueKind::last_day, "retinoid-topical")->message.find("You use: retinol serum.") != std::string::npos);
  CHECK_FALSE(eve.find(DueKind::last_day, "retinoid-topical")->to_desk);
  const OnDay first(ben, date("2026-12-04"));
  REQUIRE(first.find(DueKind::begins, "retinoid-topical") != nullptr);
  CHECK(first.find(DueKind::begins, "retinoid-topical")->message.starts_with("From today: "));
  CHECK(first.find(DueKind::begins, "retinoid-topical")->message.ends_with("At the very latest from Tue 8 Dec."));
}

TEST_CASE("who was asked and uses nothing of it has no last day") {
  const OnDay eve(profile("date: 2026-12-10, time: 14:30"), date("2026-12-03"));
  CHECK(eve.find(DueKind::last_day, "retinoid-topical") == nullptr);
}

TEST_CASE("who was not asked may use it, so the last day is told") {
  std::string unasked = profile("date: 2026-12-10, time: 14:30");
  unasked.replace(unasked.find("products: none"), 14, "products: unknown");
  const OnDay eve(unasked, date("2026-12-03"));
  CHECK(eve.find(DueKind::last_day, "retinoid-topical") != nullptr);
}

TEST_CASE("nobody is told to stop what is prescribed") {
  const std::string text = profile("date: 2026-12-10, time: 14:30", kPrescribed);
  const OnDay eve(text, date("2026-12-03"));
  CHECK(eve.find(DueKind::last_day, "retinoid-topical") == nullptr);
  const OnDay first(text, date("2026-12-04"));
  REQUIRE(first.find(DueKind::begins, "retinoid-topical") != nullptr);
  CHECK(first.find(DueKind::begins, "retinoid-topical")->message.starts_with("Ask your prescriber about tretinoin."));
}

TEST_CASE("what is still used within the window is broken every day, and goes to the desk before all else") {
  const std::string ben = profile("date: 2026-12-10, time: 14:30", kSerum);
  CHECK(OnDay(ben, date("2026-12-07")).of(DueKind::broken).empty());
  for (const std::string_view on : {"2026-12-08", "2026-12-09", "2026-12-10"}) {
    CAPTURE(on);
    const OnDay day(ben, date(on));
    REQUIRE(day.find(DueKind::broken, "retinoid-topical") != nullptr);
    CHECK(day.list.lines.front().kind == DueKind::check);
    CHECK(std::all_of(day.list.lines.begin(), day.list.lines.end(), [](const DueLine& line) { return line.to_desk; }));
  }
  // What is used after the session was not used before it.
  CHECK(OnDay(ben, date("2026-12-12")).of(DueKind::broken).empty());
}

TEST_CASE("the session is told the day before and on its day, to the desk alone where the check does not book") {
  const std::string clear = profile("date: 2026-12-10, time: 14:30");
  CHECK(OnDay(clear, date("2026-12-08")).of(DueKind::session).empty());
  REQUIRE(OnDay(clear, date("2026-12-09")).of(DueKind::session).size() == 1);
  CHECK(OnDay(clear, date("2026-12-09")).of(DueKind::session)[0].message ==
        "Your session is tomorrow, Thu 10 Dec, 14:30.");
  CHECK(OnDay(clear, date("2026-12-10")).of(DueKind::session)[0].message ==
        "Your session is today, Thu 10 Dec, 14:30.");
  const OnDay stop(profile("date: 2026-12-10", " none", " none", "\n  - {name: eczema, area: face, status: active}"),
                   date("2026-12-09"));
  REQUIRE(stop.list.verdict == Verdict::avoid);
  CHECK(stop.list.lines.front().kind == DueKind::check);
  CHECK(stop.list.lines.front().message.starts_with("STOP"));
  CHECK(stop.of(DueKind::session)[0].to_desk);
}

TEST_CASE("after a session that the check does not book the desk finds out whether it took place") {
  const OnDay after(profile("date: 2026-12-10", " none", " none", "\n  - {name: eczema, area: face, status: active}"),
                    date("2026-12-11"));
  REQUIRE(after.list.lines.front().kind == DueKind::check);
  CHECK(after.list.lines.front().message ==
        "The session is over, and the check would not have booked it (STOP - sources say: do not treat while this "
        "holds). Find out whether it took place before anything is sent.");
  CHECK(after.list.lines.size() > 1);
  CHECK(
      std::all_of(after.list.lines.begin(), after.list.lines.end(), [](const DueLine& line) { return line.to_desk; }));
}

TEST_CASE("where answers are missing the desk reads all that is to be asked") {
  std::string unasked = profile("date: 2026-12-10, time: 14:30");
  unasked.replace(unasked.find("products: none"), 14, "products: unknown");
  const OnDay eve(unasked, date("2026-12-09"));
  REQUIRE(eve.list.verdict == Verdict::ask);
  const DueLine& line = eve.list.lines.front();
  REQUIRE(line.kind == DueKind::check);
  CHECK(line.to_desk);
  REQUIRE_FALSE(eve.client.result.questions.empty());
  for (const Question& question : eve.client.result.questions)
    CHECK(line.message.find(question.text + " (" + question.keys.front() + ")") != std::string::npos);
}

TEST_CASE("a ban is over at its minimum and at its preferred end") {
  const std::string clear = profile("date: 2026-12-10, time: 14:30");
  const OnDay minimum(clear, date("2026-12-12"));
  REQUIRE(minimum.find(DueKind::earliest, "retinoid-topical") != nullptr);
  CHECK(minimum.find(DueKind::earliest, "retinoid-topical")
            ->message.starts_with("Allowed again at the earliest from today, 14:30: "));
  CHECK(OnDay(clear, date("2026-12-17")).find(DueKind::again, "retinoid-topical") != nullptr);
  CHECK(OnDay(clear, date("2026-12-16")).find(DueKind::again, "retinoid-topical") == nullptr);
}

TEST_CASE("without a session day nothing is due") {
  CHECK(OnDay(profile("time: 14:30"), date("2026-12-09")).list.lines.empty());
}

using Lines = std::multiset<std::string>;

void put(Lines& out, std::string_view kind, const Item& item) {
  out.insert(std::string(kind) + " " + item.id);
}

/// From the plans alone: what stands there under a day that did not stand there the day before, or ends on it.
Lines from_plans(const OnDay& day) {
  Lines out;
  const Date session = *day.input.session.day;
  const int d = static_cast<int>((day.on - session).count());
  if (d == 0 || d == -1) out.insert("session ");
  PlanInput early = day.input;
  early.as_of = session - days{5000};  // so that no day of the plan has passed
  std::set<std::string> in_prep;
  for (const Group& section : build_prep(early).sections) {
    for (const Item& item : section.items)
      if (item.statement != nullptr && item.statement->as<Do>() != nullptr) in_prep.insert(item.id);
    if (!section.date) continue;
    const Date at = *parse_date(*section.date);
    for (const Item& item : section.items) {
      const auto* avoid = item.statement->as<Avoid>();
      const auto* action = item.statement->as<Do>();
      if (at == day.on && avoid != nullptr) put(out, "begins", item);
      if (at == day.on && action != nullptr) put(out, action->mode == Mode::resume ? "again" : "do", item);
      const bool to_the_minute = item.to && item.to->find('T') != std::string::npos;
      if (at == day.on + days{1} && avoid != nullptr && item.mark == Mark::avoid && !to_the_minute &&
          !kept_to(*avoid, *day.input.facts))
        put(out, "last-day", item);
    }
  }
  if (d < 0) return out;
  const Document after = build_aftercare(early, d + 2);
  const std::string today = iso(day.on);
  const std::string today_words = words(day.on, session);
  // Its minimum is told with a ban where it begins.
  std::map<std::string, std::string> until;
  for (const Group& section : after.sections)
    for (const Item& item : section.items)
      if (item.mark == Mark::avoid) until.emplace(item.id, item.until);
  std::set<std::string> tomorrow;
  for (const Item& item : after.sections[static_cast<std::size_t>(d + 1)].items)
    tomorrow.insert(item.id);
  std::set<std::string> before;
  if (d > 0)
    for (const Item& item : after.sections[static_cast<std::size_t>(d - 1)].items)
      before.insert(item.id);
  for (const Item& item : after.sections[static_cast<std::size_t>(d)].items) {
    const auto* action = item.statement->as<Do>();
    const bool ends_today = item.to && item.to->starts_with(today);
    if (item.statement->as<Avoid>() != nullptr) {
      const bool hours = item.until.ends_with(" hours after the session") && !tomorrow.contains(item.id);
      const bool over = item.mark == Mark::allowed || hours || (ends_today && item.to->find('T') != std::string::npos);
      if (item.mark == Mark::avoid) put(out, "begins", item);
      if (over) put(out, "again", item);
      constexpr std::string_view kEarliest = ", at the earliest ";
      const std::string& words_of_end = until.at(item.id);
      const std::size_t at = words_of_end.find(kEarliest);
      if (over || item.mark == Mark::avoid || at == std::string::npos) continue;
      const std::string earliest = words_of_end.substr(at + kEarliest.size());
      const bool counted = earliest.ends_with(" hours after the session") && (std::stoi(earliest) + 23) / 24 == d;
      if (counted || earliest == today_words || earliest.starts_with(today_words + ",")) put(out, "earliest", item);
    }
    if (action == nullptr) continue;
    if (!before.contains(item.id) && !in_prep.contains(item.id))
      put(out, action->mode == Mode::resume ? "again" : "do", item);
    else if (before.contains(item.id) && ends_today)
      put(out, "ends", item);
  }
  return out;
}

/// Each rule of a line is in its words, and the end that the plan gives each of them is the one in the line.
void check_words(const DueLine& line, const OnDay& day) {
  CAPTURE(line.message);
  const Pack& pack = *day.input.pack;
  for (const std::string& rule : line.rules) {
    CAPTURE(rule);
    const Statement& statement = *pack.find(rule);
    const auto* avoid = statement.as<Avoid>();
    const bool named = avoid != nullptr && line.message.find(label_of(statement, *avoid, pack)) != std::string::npos;
    const bool asked = line.message.find("Ask your prescriber about") != std::string::npos;
    CHECK((named || asked || line.message.find(statement.say) != std::string::npos));
    if (line.kind != DueKind::begins || avoid == nullptr || !avoid->after || day.on < *day.input.session.day) continue;
    const PlannedEnd to = planned_end(avoid->after->to, pack, day.input.session);
    if (line.message.find("Again from") != std::string::npos) CHECK(line.message.find(to.words) != std::string::npos);
  }
}

TEST_CASE("what begins together and ends together is one line, with all its rules") {
  const OnDay day(profile("date: 2026-12-10, time: 14:30"), date("2026-12-10"));
  const DueLine* line = day.find(DueKind::begins, "swimming");
  REQUIRE(line != nullptr);
  CHECK(line->rules.size() > 1);
  CHECK(line == day.find(DueKind::begins, "heat"));
  CHECK(line->message.starts_with("From today no: "));
  CHECK(line->message.ends_with(". Again from Tue 15 Dec."));
  // Alone at its end: the sentence of the protocol.
  REQUIRE(day.find(DueKind::begins, "exercise") != nullptr);
  CHECK(day.find(DueKind::begins, "exercise")->message ==
        "From today: Do not do hard exercise. Again from Sun 13 Dec, 14:30.");
  CHECK(day.list.lines.size() < 25);
}

TEST_CASE("what may be a medicine keeps its sentence when lines are joined, for a list would tell to stop it") {
  const OnDay day(profile("date: 2026-12-10, time: 14:30"), date("2026-12-10"));
  const DueLine* line = day.find(DueKind::begins, "aspirin");
  REQUIRE(line != nullptr);
  CHECK(line->rules.size() > 1);
  CHECK(line->message.starts_with("From today: Do not take aspirin on your own. Do not take"));
  // A cream of the client's own that is prescribed too.
  const OnDay own(profile("date: 2026-12-10, time: 14:30", kPrescribed), date("2026-12-10"));
  const DueLine* cream = own.find(DueKind::begins, "retinoid-topical");
  REQUIRE(cream != nullptr);
  CHECK(cream->rules == std::vector<std::string>{"retinoid-topical"});
  CHECK(cream->message.starts_with("From today: Do not put retinol"));
}

TEST_CASE("a minimum is told on its own day, not on the day on which the ban begins") {
  const std::string clear = profile("date: 2026-12-10, time: 14:30");
  REQUIRE(OnDay(clear, date("2026-12-10")).find(DueKind::begins, "heat") != nullptr);
  CHECK(OnDay(clear, date("2026-12-10")).find(DueKind::begins, "heat")->message.find("earliest") == std::string::npos);
  CHECK(OnDay(clear, date("2026-12-12")).find(DueKind::earliest, "heat") != nullptr);
}

TEST_CASE("a week of 200 clients says what the plans say under those days") {
  constexpr std::array<std::string_view, 5> kProducts{
      " none", kSerum, kPrescribed, " unknown",
      "\n  - {name: glycolic acid toner, area: face, ongoing: yes, prescribed: no}"
      "\n  - {name: vitamin C serum, area: face, last_used: 2026-11-25, prescribed: no}"};
  constexpr std::array<std::string_view, 4> kMedicines{
      " none", "\n  - {name: Advil 200 mg tabs, ongoing: yes, prescribed: no}", " unknown",
      "\n  - {name: aciclovir, ongoing: yes, prescribed: yes}"};
  constexpr std::array<std::string_view, 3> kConditions{" none", "\n  - {name: cold sores, status: past}", " unknown"};
  const Date monday = date("2026-12-07");
  std::size_t lines = 0;
  std::size_t joined = 0;
  std::set<std::string> kinds;
  for (int client = 0; client < 200; ++client) {
    const auto turn = static_cast<std::size_t>(client);
    const Date session = monday + days{client * 7 % 57 - 25};
    const std::string text = profile(fmt::format("date: {}{}", iso(session),
                                                 client % 3 == 0   ? ""
                                                 : client % 3 == 1 ? ", time: 09:00"
                                                                   : ", time: 18:45"),
                                     kProducts[turn % kProducts.size()], kMedicines[turn % kMedicines.size()],
                                     kConditions[turn % kConditions.size()]);
    for (int day = 0; day < 7; ++day) {
      const OnDay at(text, monday + days{day});
      Lines got;
      for (const DueLine& line : at.list.lines) {
        CHECK(!line.message.empty());
        kinds.insert(std::string(to_string(line.kind)));
        if (line.kind == DueKind::check || line.kind == DueKind::broken) continue;
        if (line.rules.empty()) got.insert(std::string(to_string(line.kind)) + " ");
        for (const std::string& rule : line.rules)
          got.insert(std::string(to_string(line.kind)) + " " + rule);
        check_words(line, at);
        joined += line.rules.size() > 1 ? 1 : 0;
      }
      lines += got.size();
      const Lines expected = from_plans(at);
      if (got == expected) continue;
      std::string difference;
      for (const std::string& line : got)
        if (got.count(line) != expected.count(line)) difference += "too much: " + line + "\n";
      for (const std::string& line : expected)
        if (got.count(line) != expected.count(line)) difference += "missing: " + line + "\n";
      FAIL_CHECK("client " << client << " session " << iso(session) << " on " << iso(at.on) << "\n" << difference);
    }
  }
  CHECK(kinds.size() == kEnumNames<DueKind>.size());
  CHECK(lines > 2000);
  CHECK(joined > 500);
}

}  // namespace
