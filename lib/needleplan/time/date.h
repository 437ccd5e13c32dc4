/// Civil dates and times as a clinic's wall clock shows them: no time zone, no leap to UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace needleplan {

/// A calendar day.
using Date = std::chrono::sys_days;

/// A minute on the clinic's wall clock. The zone of sys_time is not meant: 48 hours after Tuesday
/// 14:30 is Thursday 14:30, whatever the clocks did between.
using Moment = std::chrono::sys_time<std::chrono::minutes>;

/// A minute of a day, counted from midnight, 0 <= value < 1440.
using TimeOfDay = std::chrono::minutes;

/// The days from `first` to `last`, both included.
struct Period {
  Date first{};
  Date last{};
  [[nodiscard]] bool exact() const { return first == last; }
  bool operator==(const Period&) const = default;
};

/// When something happened, as far as it is known: some day of a period, and the time if that was told.
struct When {
  Period days;
  std::optional<TimeOfDay> time;  ///< only with an exact day
  bool rough = false;             ///< written as "about ..."

  /// The first minute at which it can have happened.
  [[nodiscard]] Moment earliest() const { return Moment{days.first} + time.value_or(TimeOfDay{0}); }
  /// The last minute; without a time the end of the last day (24:00).
  [[nodiscard]] Moment latest() const {
    return time ? Moment{days.last} + *time : Moment{days.last + std::chrono::days{1}};
  }
  bool operator==(const When&) const = default;
};

/// `2026-11-27`, strictly four, two and two digits of a day that exists between 1900 and 2199.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// `14:30`, 00:00 to 23:59.
[[nodiscard]] std::optional<TimeOfDay> parse_time(std::string_view text);

/// `2026-11-27`, `2026-11-27 14:30`, `2026-11`, `2026`, or one of the dates after `about `. A rough
/// date is one of its own length either side: a week for a day, a month for a month, a year for a year.
[[nodiscard]] std::optional<When> parse_when(std::string_view text);

/// `2026-11-27`.
[[nodiscard]] std::string iso(Date date);
/// `2026-11-27T14:30`.
[[nodiscard]] std::string iso(Moment moment);
/// What parse_when reads: `2026-11-27`, `2026-11-27T14:30`, or `2026-11-01/2026-11-30` for a period.
[[nodiscard]] std::string iso(const When& when);
/// `14:30`.
[[nodiscard]] std::string clock(TimeOfDay time);

/// `Fri 27 Nov`, with the year when it is not `near`'s: `Fri 27 Nov 2027`.
[[nodiscard]] std::string words(Date date, Date near);
/// `Fri 27 Nov, 14:30`.
[[nodiscard]] std::string words(Moment moment, Date near);
/// `Fri 27 Nov`, `Nov 2026`, `2026`, `about Wed 4 Mar`, or `1 to 30 Nov 2026` for another period.
[[nodiscard]] std::string words(const When& when, Date near);
/// `Friday 27 November 2026`.
[[nodiscard]] std::string long_words(Date date);

/// The day a moment falls on, and its time.
[[nodiscard]] inline Date day_of(Moment moment) {
  return std::chrono::floor<std::chrono::days>(moment);
}
[[nodiscard]] inline TimeOfDay time_of(Moment moment) {
  return moment - Moment{day_of(moment)};
}

/// Whole years between birth and a day. Somebody born on 29 February turns a year older on 1 March
/// of a common year (the later of the two customs, so that nobody is taken as of age too early).
[[nodiscard]] int years_between(Date birth, Date day);
/// The day on which that age is reached.
[[nodiscard]] Date birthday(Date birth, int years);

}  // namespace needleplan
