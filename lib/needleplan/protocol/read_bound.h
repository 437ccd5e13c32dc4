/// Window ends, repetitions and ranges as packs write them.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "needleplan/protocol/statement.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// An end relative to the session: `24h`, `-3d`, `2d..5d`, `until healed`, `at bedtime`, `few h`, `1x course`,
/// `open`, `until healed + 5d`, or `{later_of: [48h, until redness-gone]}` (or earlier_of). Events are named by
/// `events`.
[[nodiscard]] std::optional<Bound> read_bound(yaml::Node node, std::span<const Event> events, Diagnostics& diagnostics);

/// Reports a window that ends before it begins, as far as that is certain, or lets nothing in between. Days are whole:
/// what goes from day 2 to day 2 lasts that day, unless its end is `exclusive`.
enum class LastDay : std::uint8_t { inclusive, exclusive };
void check_window(const Bound& from, const Bound& to, LastDay last, yaml::Node at, Diagnostics& diagnostics);

enum class Side : std::uint8_t { before, after };

/// A ban's window on one side of the session: an end, or `{from: 24h, to: 3d}` in the order of time, so
/// `{from: 7d, to: 2d}` before it. `0d` is the session's day, up to the session or the rest of it.
[[nodiscard]] std::optional<Ban> read_ban(yaml::Node node, Side side, std::span<const Event> events,
                                          Diagnostics& diagnostics);

/// A word for how often, `every 2h`, `{times: 3..4, per: day}`, `{every: 2h..3h, while: awake}`, `{on: 15min, off:
/// 15min}`.
[[nodiscard]] Repeat read_repeat(yaml::Node node, Diagnostics& diagnostics);

/// `3`, `3..6`, `4..`: whole numbers.
[[nodiscard]] std::optional<Range<int>> parse_count_range(std::string_view text);
/// `0.25mm..0.75mm`, `..1.5mm`, `1.5mm`: depths in micrometres.
[[nodiscard]] std::optional<Range<int>> parse_depth_range(std::string_view text);
/// `20min..30min`, `60min..`, `30min`.
[[nodiscard]] std::optional<Range<Span>> parse_time_range(std::string_view text);

}  // namespace needleplan
