#include "needleplan/time/span.h"

#include <fmt/format.h>

#include "needleplan/text/characters.h"

namespace needleplan {

namespace {

using std::chrono::year_month_day;

constexpr std::array<std::string_view, 6> kOne{"minute", "hour", "day", "week", "month", "year"};

Date clamped(year_month_day d) {
  return d.ok() ? Date{d} : Date{d.year() / d.month() / std::chrono::last};
}

Date on_calendar(Date date, Span span, int sign) {
  const int count = sign * span.count;
  switch (span.unit) {
    case Unit::minutes:
      return date + std::chrono::days{sign * ((span.count + kMinutesPerDay - 1) / kMinutesPerDay)};
    case Unit::hours:
      return date + std::chrono::days{sign * ((span.count + 23) / 24)};
    case Unit::days:
      return date + std::chrono::days{count};
    case Unit::weeks:
      return date + std::chrono::days{7 * count};
    case Unit::months:
      return clamped(year_month_day{date} + std::chrono::months{count});
    case Unit::years:
      return clamped(year_month_day{date} + std::chrono::years{count});
  }
  return date;
}

Date shifted(Date date, Span span, int sign) {
  return on_calendar(date, span, sign) + std::chrono::days{sign * span.more_days};
}

Moment shifted(Moment moment, Span span, int sign) {
  if (span.unit == Unit::minutes) return moment + std::chrono::minutes{sign * span.count};
  if (span.unit == Unit::hours) return moment + std::chrono::hours{sign * span.count};
  return Moment{shifted(day_of(moment), span, sign)} + time_of(moment);
}

}  // namespace

std::optional<Span> parse_span(std::string_view text) {
  std::size_t end = 0;
  int count = 0;
  while (end < text.size() && is_digit(text[end]))
    count = count * 10 + (text[end++] - '0');
  if (end == 0 || end > 4) return std::nullopt;
  const auto unit = from_string<Unit>(text.substr(end));
  if (!unit) return std::nullopt;
  return Span{count, *unit, 0};
}

std::optional<SpanRange> parse_span_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  const auto minimum = parse_span(text.substr(0, dots));
  const auto preferred = dots == std::string_view::npos ? minimum : parse_span(text.substr(dots + 2));
  if (!minimum || !preferred || rough_minutes(*preferred) < rough_minutes(*minimum)) return std::nullopt;
  return SpanRange{*minimum, *preferred};
}

Date after(Date date, Span span) {
  return shifted(date, span, 1);
}
Date before(Date date, Span span) {
  return shifted(date, span, -1);
}
Moment after(Moment moment, Span span) {
  return shifted(moment, span, 1);
}
Moment before(Moment moment, Span span) {
  return shifted(moment, span, -1);
}

std::int64_t rough_minutes(Span span) {
  constexpr std::array<std::int64_t, 6> kMinutes{1, 60, 1440, 10080, 43834, 525960};
  return span.count * kMinutes[static_cast<std::size_t>(span.unit)] + std::int64_t{span.more_days} * kMinutesPerDay;
}

std::string to_string(Span span) {
  return fmt::format("{}{}", span.count, to_string(span.unit));
}

std::string to_string(SpanRange range) {
  return range.single() ? to_string(range.minimum) : to_string(range.minimum) + ".." + to_string(range.preferred);
}

std::string words(Span span) {
  const std::string_view one = kOne[static_cast<std::size_t>(span.unit)];
  return span.count == 1 ? fmt::format("1 {}", one) : fmt::format("{} {}s", span.count, one);
}

std::string words(SpanRange range) {
  if (range.single()) return words(range.minimum);
  if (range.minimum.unit == range.preferred.unit)
    return fmt::format("{} to {}", range.minimum.count, words(range.preferred));
  return fmt::format("{} to {}", words(range.minimum), words(range.preferred));
}

}  // namespace needleplan
