/// Lengths as a guideline writes them ("6 months", "24..48 h"), and the one place where they meet a date.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "needleplan/text/enum_names.h"
#include "needleplan/time/date.h"

namespace needleplan {

enum class Unit : std::uint8_t { minutes, hours, days, weeks, months, years };
template <>
inline constexpr std::array<std::string_view, 6> kEnumNames<Unit>{"min", "h", "d", "w", "mo", "y"};

inline constexpr int kMinutesPerDay = 24 * 60;

/// A length in the unit it was written in; never negative.
struct Span {
  int count = 0;
  Unit unit = Unit::days;
  /// Days on top, or fewer when negative: a month and a day. Nothing that is read has any; they are for trying the
  /// day beside an edge.
  int more_days = 0;

  /// Minutes and hours are counted on the clock from the session's time; the others on the calendar.
  [[nodiscard]] bool on_clock() const { return unit == Unit::minutes || unit == Unit::hours; }
  bool operator==(const Span&) const = default;
};

/// The minimum (short of it: stop) and the preferred length (at it or more: clear). One figure is both.
struct SpanRange {
  Span minimum;
  Span preferred;
  [[nodiscard]] bool single() const { return minimum == preferred; }
  bool operator==(const SpanRange&) const = default;
};

/// `3d`, `24h`, `20min`, `6w`, `6mo`, `1y`: decimal digits (at most 9999) and a unit, nothing between.
[[nodiscard]] std::optional<Span> parse_span(std::string_view text);

/// `3d` or `3d..7d`; the second length must not be shorter than the first.
[[nodiscard]] std::optional<SpanRange> parse_span_range(std::string_view text);

/// That long after or before a day, for calendar units: days and weeks exactly, months and years on
/// the calendar, clamped to the month's last day (31 January + 1 month = 28 February). Minutes and
/// hours count as the whole days that hold them (24 h: one day; 30 h: two), the safer side.
[[nodiscard]] Date after(Date date, Span span);
[[nodiscard]] Date before(Date date, Span span);

/// That long after or before a minute; calendar units keep the time of day.
[[nodiscard]] Moment after(Moment moment, Span span);
[[nodiscard]] Moment before(Moment moment, Span span);

/// For ordering lengths of different units: about how many minutes (a month as 30.44 days).
[[nodiscard]] std::int64_t rough_minutes(Span span);

/// As written: `3d`; `3d..7d`.
[[nodiscard]] std::string to_string(Span span);
[[nodiscard]] std::string to_string(SpanRange range);

/// In words: `3 days`, `1 hour`, `24 to 48 hours`, `3 days to 2 weeks`.
[[nodiscard]] std::string words(Span span);
[[nodiscard]] std::string words(SpanRange range);

}  // namespace needleplan
