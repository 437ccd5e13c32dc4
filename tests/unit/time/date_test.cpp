#include "needleplan/time/date.h"

#include <concepts>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/time/span.h"

using namespace needleplan;

// A date and a date, or a date and a bare number, make no date.
template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
static_assert(!Addable<Date, Date>);
static_assert(!Addable<Date, int>);
static_assert(!Addable<int, Date>);
static_assert(!Addable<Date, Span>);
static_assert(Addable<Date, std::chrono::days>);

TEST_CASE("dates are strict") {
  for (const std::string text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01", "2026/01/01",
                                 "1899-12-31", "2200-01-01", "2026-11-31", "2026-11-3 ", ""}) {
    CAPTURE(text);
    CHECK(!parse_date(text));
  }
  CHECK(iso(parse_date("2028-02-29").value()) == "2028-02-29");
}

TEST_CASE("what is known of a day") {
  struct Row {
    std::string text;
    std::string expected;
  };
  for (const Row& row : std::vector<Row>{{"2026-11-27", "2026-11-27"},
                                         {"2026-11-27 14:30", "2026-11-27T14:30"},
                                         {"2026-02", "2026-02-01/2026-02-28"},
                                         {"2028", "2028-01-01/2028-12-31"},
                                         {"about 2026-03-04", "2026-02-25/2026-03-11"},
                                         {"about 2026-03", "2026-02-01/2026-04-30"},
                                         {"about 2026", "2025-01-01/2027-12-31"},
                                         {"about 2026-03-04 14:30", "nothing"},
                                         {"2026-03 14:30", "nothing"},
                                         {"2026-11-27 24:00", "nothing"}}) {
    CAPTURE(row.text);
    const auto when = parse_when(row.text);
    CHECK((when ? iso(*when) : "nothing") == row.expected);
  }
}

TEST_CASE("lengths from a day") {
  struct Row {
    std::string day, span, later, earlier;
  };
  for (const Row& row : std::vector<Row>{{"2026-01-31", "1mo", "2026-02-28", "2025-12-31"},
                                         {"2028-01-31", "1mo", "2028-02-29", "2027-12-31"},
                                         {"2028-02-29", "1y", "2029-02-28", "2027-02-28"},
                                         {"2026-03-31", "6mo", "2026-09-30", "2025-09-30"},
                                         {"2026-12-15", "2w", "2026-12-29", "2026-12-01"},
                                         {"2026-11-23", "24h", "2026-11-24", "2026-11-22"},
                                         {"2026-11-23", "30h", "2026-11-25", "2026-11-21"},
                                         {"2026-11-23", "0d", "2026-11-23", "2026-11-23"}}) {
    CAPTURE(row.day);
    CAPTURE(row.span);
    const Date day = parse_date(row.day).value();
    const Span span = parse_span(row.span).value();
    CHECK(iso(after(day, span)) == row.later);
    CHECK(iso(before(day, span)) == row.earlier);
  }
}

TEST_CASE("hours go over midnight on the clinic's clock") {
  const Moment start = Moment{parse_date("2026-10-24").value()} + parse_time("14:30").value();
  CHECK(iso(after(start, parse_span("48h").value())) == "2026-10-26T14:30");
  CHECK(iso(before(start, parse_span("15h").value())) == "2026-10-23T23:30");
  CHECK(iso(after(start, parse_span("90min").value())) == "2026-10-24T16:00");
}

TEST_CASE("spans are strict") {
  for (const std::string text : {"3", "d", "3 d", "-3d", "10000d", "3D", "3.5d", "3m"}) {
    CAPTURE(text);
    CHECK(!parse_span(text));
  }
  CHECK(!parse_span_range("7d..3d"));
  CHECK(to_string(parse_span_range("24h..2d").value()) == "24h..2d");
}

TEST_CASE("ages") {
  struct Row {
    std::string born, day;
    int age;
  };
  for (const Row& row : std::vector<Row>{{"2008-02-29", "2026-02-28", 17},
                                         {"2008-02-29", "2026-03-01", 18},
                                         {"2008-02-29", "2028-02-29", 20},
                                         {"2008-11-24", "2026-11-23", 17},
                                         {"2008-11-24", "2026-11-24", 18}}) {
    CAPTURE(row.day);
    CHECK(years_between(parse_date(row.born).value(), parse_date(row.day).value()) == row.age);
  }
}
