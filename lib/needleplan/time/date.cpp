#include "needleplan/time/date.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "needleplan/text/characters.h"

namespace needleplan {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::array kWeekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kLongWeekdays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array kLongMonths{"January", "February", "March",     "April",   "May",      "June",
                                 "July",    "August",   "September", "October", "November", "December"};

/// A number of exactly `text.size()` decimal digits.
std::optional<int> digits_value(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<year> parse_year(std::string_view text) {
  const auto value = text.size() == 4 ? digits_value(text) : std::nullopt;
  if (!value || *value < 1900 || *value > 2199) return std::nullopt;
  return year{*value};
}

std::optional<year_month> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto y = parse_year(text.substr(0, 4));
  const auto m = digits_value(text.substr(5, 2));
  if (!y || !m || *m < 1 || *m > 12) return std::nullopt;
  return *y / month{static_cast<unsigned>(*m)};
}

Period whole(year_month m) {
  return {Date{m / day{1}}, Date{m / std::chrono::last}};
}
Period whole(year y) {
  return {Date{y / 1 / 1}, Date{y / 12 / 31}};
}

// Dates are written hundreds of times a sheet: a format string for each is most of the work.
void append_number(std::string& out, int value, int least_digits = 1) {
  std::array<char, 12> buffer{};
  const char* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  const auto size = static_cast<std::size_t>(end - buffer.data());
  for (auto missing = static_cast<std::size_t>(least_digits); missing > size; --missing)
    out += '0';
  out.append(buffer.data(), size);
}

std::string_view day_name(Date date) {
  return kWeekdays[std::chrono::weekday{date}.c_encoding()];
}
std::string_view month_name(year_month_day d) {
  return kMonths[static_cast<unsigned>(d.month()) - 1];
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[7] != '-') return std::nullopt;
  const auto m = parse_month(text.substr(0, 7));
  const auto d = digits_value(text.substr(8, 2));
  if (!m || !d) return std::nullopt;
  const year_month_day date = *m / day{static_cast<unsigned>(*d)};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::optional<TimeOfDay> parse_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = digits_value(text.substr(0, 2));
  const auto minute = digits_value(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return TimeOfDay{*hour * 60 + *minute};
}

std::optional<When> parse_when(std::string_view text) {
  constexpr std::string_view kAbout = "about ";
  When when;
  if (text.starts_with(kAbout)) {
    when.rough = true;
    text.remove_prefix(kAbout.size());
  }
  if (text.size() == 16 && (text[10] == ' ' || text[10] == 'T')) {
    when.time = parse_time(text.substr(11));
    if (!when.time || when.rough) return std::nullopt;
    text = text.substr(0, 10);
  }
  if (const auto date = parse_date(text)) {
    when.days = {*date, *date};
    if (when.rough) when.days = {*date - std::chrono::days{7}, *date + std::chrono::days{7}};
    return when;
  }
  if (when.time) return std::nullopt;
  if (const auto m = parse_month(text)) {
    when.days = when.rough ? Period{whole(*m - months{1}).first, whole(*m + months{1}).last} : whole(*m);
    return when;
  }
  if (const auto y = parse_year(text)) {
    when.days = when.rough ? Period{whole(*y - years{1}).first, whole(*y + years{1}).last} : whole(*y);
    return when;
  }
  return std::nullopt;
}

std::string iso(Date date) {
  const year_month_day d{date};
  std::string out;
  append_number(out, static_cast<int>(d.year()), 4);
  out += '-';
  append_number(out, static_cast<int>(static_cast<unsigned>(d.month())), 2);
  out += '-';
  append_number(out, static_cast<int>(static_cast<unsigned>(d.day())), 2);
  return out;
}

std::string clock(TimeOfDay time) {
  std::string out;
  append_number(out, static_cast<int>(time.count() / 60), 2);
  out += ':';
  append_number(out, static_cast<int>(time.count() % 60), 2);
  return out;
}

std::string iso(Moment moment) {
  return iso(day_of(moment)) + "T" + clock(time_of(moment));
}

std::string iso(const When& when) {
  if (!when.days.exact()) return iso(when.days.first) + "/" + iso(when.days.last);
  return when.time ? iso(Moment{when.days.first} + *when.time) : iso(when.days.first);
}

std::string words(Date date, Date near) {
  const year_month_day d{date};
  std::string text(day_name(date));
  text += ' ';
  append_number(text, static_cast<int>(static_cast<unsigned>(d.day())));
  text += ' ';
  text += month_name(d);
  if (d.year() != year_month_day{near}.year()) {
    text += ' ';
    append_number(text, static_cast<int>(d.year()));
  }
  return text;
}

std::string words(Moment moment, Date near) {
  return words(day_of(moment), near) + ", " + clock(time_of(moment));
}

std::string words(const When& when, Date near) {
  if (when.days.exact())
    return when.time ? words(Moment{when.days.first} + *when.time, near) : words(when.days.first, near);
  const year_month_day first{when.days.first};
  const int y = static_cast<int>(first.year());
  if (when.rough && when.days.last - when.days.first == std::chrono::days{14})
    return "about " + words(when.days.first + std::chrono::days{7}, near);
  if (when.days == whole(first.year())) return fmt::format("{}", y);
  if (when.days == whole(first.year() / first.month())) return fmt::format("{} {}", month_name(first), y);
  return fmt::format("{} to {}", words(when.days.first, near), words(when.days.last, near));
}

std::string long_words(Date date) {
  const year_month_day d{date};
  return fmt::format("{} {} {} {}", kLongWeekdays[std::chrono::weekday{date}.c_encoding()],
                     static_cast<unsigned>(d.day()), kLongMonths[static_cast<unsigned>(d.month()) - 1],
                     static_cast<int>(d.year()));
}

Date birthday(Date birth, int years) {
  const year_month_day born{birth};
  const year_month_day d = (born.year() + std::chrono::years{years}) / born.month() / born.day();
  return d.ok() ? Date{d} : Date{d.year() / 3 / 1};
}

int years_between(Date birth, Date day) {
  const int age = static_cast<int>(year_month_day{day}.year()) - static_cast<int>(year_month_day{birth}.year());
  return birthday(birth, age) <= day ? age : age - 1;
}

}  // namespace needleplan
