#include "needleplan/protocol/read_bound.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "needleplan/protocol/shape.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;

std::optional<std::size_t> read_event(std::string_view id, Node node, std::span<const Event> events,
                                      Diagnostics& diagnostics) {
  const auto found = std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.id == id; });
  if (found != events.end()) return static_cast<std::size_t>(found - events.begin());
  std::vector<std::string_view> known;
  for (const Event& event : events)
    known.push_back(event.id);
  diagnostics.error(
      node.at(), "unknown-event",
      fmt::format("\"{}\" is not an event of the pack{}; events stand under `events:`", id, did_you_mean(id, known)));
  return std::nullopt;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// `until healed + 5d`: the event, and what is counted from it.
bool read_anchor(std::string_view text, Bound& bound, Node node, std::span<const Event> events,
                 Diagnostics& diagnostics) {
  bound.kind = Bound::Kind::event;
  const std::size_t plus = text.find('+');
  std::string_view name = text.substr(0, plus);
  while (name.ends_with(' '))
    name.remove_suffix(1);
  if (plus != std::string_view::npos) {
    std::string_view length = text.substr(plus + 1);
    while (take(length, " ")) {
    }
    bound.offset = parse_span(length);
    if (!bound.offset) {
      diagnostics.error(node.at(), "event-offset", "expected a length behind the event, as in: until healed + 5d");
      return false;
    }
  }
  const auto event = read_event(name, node, events, diagnostics);
  bound.event = event.value_or(0);
  return event.has_value();
}

/// `3d..5d`, `-3d..-5d` or `-3d..5d`: the sign of the second length says nothing new.
std::optional<SpanRange> read_lengths(std::string_view text, bool before_session) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos || text.size() <= dots + 2) return parse_span_range(text);
  const char sign = before_session ? '-' : '+';
  std::string bare(text);
  if (bare[dots + 2] == sign) bare.erase(dots + 2, 1);
  return parse_span_range(bare);
}

std::optional<Bound> read_scalar_bound(Node node, std::span<const Event> events, Diagnostics& diagnostics) {
  Bound bound;
  bound.written = node.text();
  std::string_view text = node.text();
  if (text == "open") return bound;
  if (take(text, "until ") || take(text, "at ")) {
    if (!read_anchor(text, bound, node, events, diagnostics)) return std::nullopt;
    return bound;
  }
  bound.before_session = take(text, "-");
  if (!bound.before_session) take(text, "+");
  if (take(text, "few ")) {
    if (const auto unit = from_string<Unit>(text)) {
      bound.kind = Bound::Kind::vague;
      bound.span = {{0, *unit}, {0, *unit}};
      return bound;
    }
  } else if (text.ends_with("x course")) {
    if (const auto count = parse_span(std::string(text.substr(0, text.size() - 8)) + "d")) {
      bound.kind = Bound::Kind::course;
      bound.span = {*count, *count};
      return bound;
    }
  } else if (const auto span = read_lengths(text, bound.before_session)) {
    bound.kind = Bound::Kind::clock;
    bound.span = *span;
    return bound;
  }
  std::string hint;
  if (const auto named = std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.id == text; });
      named != events.end()) {
    hint = fmt::format("; write until {} for the event", text);
  } else if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    hint = "; a range has two dots, as 3d..5d";
  } else if (text.find(' ') != std::string_view::npos) {
    hint = "; a length has no space, as 24h, and its units are min, h, d, w, mo, y";
  }
  diagnostics.error(
      node.at(), "bad-end",
      "expected an end such as 3d, 24h..48h, -2d, until healed, until healed + 5d, few h, 1x course or open" + hint);
  return std::nullopt;
}

template <class T, class Parse>
std::optional<Range<T>> parse_range(std::string_view text, Parse parse) {
  Range<T> out;
  const std::size_t dots = text.find("..");
  const std::string_view least = text.substr(0, dots);
  const std::string_view most = dots == std::string_view::npos ? least : text.substr(dots + 2);
  if (!least.empty() && !(out.least = parse(least))) return std::nullopt;
  if (!most.empty() && !(out.most = parse(most))) return std::nullopt;
  if (!out.least && !out.most) return std::nullopt;
  return out;
}

/// The minute, counted from the session, before which an end certainly does not come, and the one after which it does
/// not: of its minimum and of its preferred length.
struct WindowReach {
  static constexpr std::int64_t kNever = INT64_MAX;
  std::array<std::int64_t, 2> soonest{-kNever, -kNever}, latest{kNever, kNever};
};

WindowReach reach_of(const Bound& bound) {
  WindowReach out;
  const std::int64_t sign = bound.before_session ? -1 : 1;
  const std::array<std::int64_t, 2> spans{sign * rough_minutes(bound.span.minimum),
                                          sign * rough_minutes(bound.span.preferred)};
  switch (bound.kind) {
    case Bound::Kind::clock:
      out.soonest = out.latest = spans;
      break;
    case Bound::Kind::later_of:
      out.soonest = spans;
      break;
    case Bound::Kind::earlier_of:
      out.latest = spans;
      break;
    case Bound::Kind::vague: {
      // A few are more than one.
      const std::int64_t two = 2 * sign * rough_minutes({1, bound.span.minimum.unit});
      (bound.before_session ? out.latest : out.soonest) = {two, two};
      break;
    }
    default:
      break;
  }
  return out;
}

bool is_backwards(const Bound& from, const Bound& to, LastDay last) {
  if (from.kind == to.kind && from.kind == Bound::Kind::event && from.event == to.event)
    return from.offset && (!to.offset || rough_minutes(*from.offset) > rough_minutes(*to.offset));
  if (from.kind == to.kind && from.kind == Bound::Kind::vague && from.before_session == to.before_session)
    return from.before_session ? from.span.minimum.unit < to.span.minimum.unit
                               : from.span.minimum.unit > to.span.minimum.unit;
  const WindowReach begins = reach_of(from);
  const WindowReach ends = reach_of(to);
  const bool whole_day = last == LastDay::inclusive && to.kind == Bound::Kind::clock;
  bool empty = last == LastDay::exclusive;
  for (std::size_t i = 0; i < 2; ++i) {
    const Span length = i == 0 ? to.span.minimum : to.span.preferred;
    const std::int64_t day = whole_day && !length.on_clock() ? rough_minutes({1, Unit::days}) : 0;
    const std::int64_t end = ends.latest[i] == WindowReach::kNever ? ends.latest[i] : ends.latest[i] + day;
    if (begins.soonest[i] > end) return true;
    empty = empty && begins.soonest[i] == end;
  }
  return empty;
}

}  // namespace

void check_window(const Bound& from, const Bound& to, LastDay last, Node at, Diagnostics& diagnostics) {
  if (is_backwards(from, to, last))
    diagnostics.error(at.at(), "window-backwards",
                      "this window ends before anything lies in it; write its ends in the order of time, as {from: 1d, "
                      "to: 3d} after the session and {from: 3d, to: 1d} before it");
}

std::optional<Bound> read_bound(Node node, std::span<const Event> events, Diagnostics& diagnostics) {
  if (node.is_scalar()) return read_scalar_bound(node, events, diagnostics);
  const bool earlier = node.is_map() && node.find("earlier_of").valid();
  const std::string_view key = earlier ? "earlier_of" : "later_of";
  const Node both = node.is_map() ? node.find(key) : Node{};
  if (!both.valid() || node.count() != 1 || !both.is_list() || both.count() != 2) {
    diagnostics.error(node.at(), "bad-end-map",
                      "expected an end, or {later_of: [48h, until redness-gone]} with a length and an event");
    return std::nullopt;
  }
  std::optional<Bound> clock;
  std::optional<Bound> event;
  for (const Node item : both) {
    auto one = read_bound(item, events, diagnostics);
    if (!one) return std::nullopt;
    if (one->kind == Bound::Kind::clock) clock = one;
    if (one->kind == Bound::Kind::event) event = one;
  }
  if (!clock || !event) {
    diagnostics.error(both.at(), "later-of", fmt::format("{} takes one length and one event", key));
    return std::nullopt;
  }
  clock->kind = earlier ? Bound::Kind::earlier_of : Bound::Kind::later_of;
  clock->event = event->event;
  clock->offset = event->offset;
  return clock;
}

std::optional<Ban> read_ban(Node node, Side side, std::span<const Event> events, Diagnostics& diagnostics) {
  const auto on_side = [&](std::optional<Bound> bound, Node end) {
    if (side == Side::before || !bound || !bound->before_session) return bound;
    diagnostics.error(end.at(), "wrong-side", "this end lies before the session; it belongs under before");
    return std::optional<Bound>{};
  };
  const auto far_end = [&](Node end) {
    auto bound = on_side(read_bound(end, events, diagnostics), end);
    if (!bound) return bound;
    // "On the day itself" leaves the day before free, or the day after: a whole day, as the check and the plan count
    // it.
    if (bound->kind == Bound::Kind::clock && bound->span == SpanRange{{0, Unit::days}, {0, Unit::days}})
      bound->span = {{1, Unit::days}, {1, Unit::days}};
    return bound;
  };
  if (!node.is_map() || node.find("later_of").valid() || node.find("earlier_of").valid()) {
    const auto to = far_end(node);
    if (!to) return std::nullopt;
    if (to->kind == Bound::Kind::clock && to->span.preferred.count == 0)
      diagnostics.error(
          node.at(), "window-empty",
          fmt::format("{} lasts no time, so nothing would be forbidden; 0d is the day of the session", node.text()));
    return Ban{std::nullopt, *to};
  }
  static constexpr yaml::Shape kBanShape{.name = "window", .keys = kBanKeys};
  if (!yaml::check_shape(node, kBanShape, diagnostics)) return std::nullopt;
  // Both are written in the order of time, so before the session the far end comes first.
  const Node near_node = node.find(side == Side::before ? "to" : "from");
  const Node far_node = node.find(side == Side::before ? "from" : "to");
  if (!far_node.valid()) {
    diagnostics.error(node.at(), "window-without-end",
                      side == Side::before ? "a window before the session says from, as {from: 7d, to: 2d}"
                                           : "a window after the session says to, as {from: 1d, to: 6d}");
    return std::nullopt;
  }
  Ban ban;
  if (near_node.valid()) {
    ban.from = on_side(read_bound(near_node, events, diagnostics), near_node);
    if (!ban.from) return std::nullopt;
  }
  const auto to = far_end(far_node);
  if (!to) return std::nullopt;
  ban.to = *to;
  // Both lie on one side, so what counts is how far from the session.
  const auto distance = [](Bound bound) {
    bound.before_session = false;
    return bound;
  };
  if (ban.from) check_window(distance(*ban.from), distance(ban.to), LastDay::exclusive, node, diagnostics);
  return ban;
}

Repeat read_repeat(Node node, Diagnostics& diagnostics) {
  Repeat repeat;
  const std::size_t before = diagnostics.errors();
  const auto span = [&](Node value) {
    const bool given = yaml::is_answer(value);
    const auto read = given ? parse_span(value.text()) : std::nullopt;
    if (given && !read) diagnostics.error(value.at(), "bad-span", "expected a length such as 6mo, 14d or 48h");
    return read;
  };
  if (node.is_scalar()) {
    std::string_view text = node.text();
    if (take(text, "every ")) repeat.every = parse_span_range(text);
    if (repeat.every) return repeat;
    repeat.word = from_string<Recurrence>(node.text());
    if (!repeat.word)
      diagnostics.error(
          node.at(), "repeat-word",
          fmt::format("\"{}\" does not say how often{}; write {}, every 2h, or {{times: 2, per: day}}; how "
                      "long and how much is the amount",
                      node.text(), did_you_mean(node.text(), kEnumNames<Recurrence>),
                      fmt::join(kEnumNames<Recurrence>, ", ")));
    return repeat;
  }
  if (const Node times = node.find("times"); yaml::is_answer(times)) {
    if (const auto range = parse_count_range(times.text()); range && range->least && range->most && *range->least > 0) {
      repeat.times = *range->least;
      repeat.most = *range->most;
    } else {
      diagnostics.error(times.at(), "bad-times", "expected how many times, such as 2 or 3..4");
    }
  }
  if (const Node per = node.find("per"); yaml::is_answer(per)) repeat.per = yaml::read_word<Per>(per, diagnostics);
  if (const Node every = node.find("every"); yaml::is_answer(every)) {
    repeat.every = parse_span_range(every.text());
    if (!repeat.every) diagnostics.error(every.at(), "bad-span-range", "expected a length or a range such as 2h..3h");
  }
  if (const Node during = node.find("while"); yaml::is_answer(during))
    repeat.during = yaml::read_word<During>(during, diagnostics);
  repeat.on = span(node.find("on"));
  repeat.off = span(node.find("off"));
  if (!repeat.given() && diagnostics.errors() == before)
    diagnostics.error(node.at(), "empty-repeat", "a repetition says times and per, every, or on and off");
  return repeat;
}

std::optional<Range<int>> parse_count_range(std::string_view text) {
  return parse_range<int>(text, [](std::string_view t) -> std::optional<int> {
    const auto days = parse_span(std::string(t) + "d");  // the same digits, and no others
    return days ? std::optional(days->count) : std::nullopt;
  });
}

std::optional<Range<int>> parse_depth_range(std::string_view text) {
  return parse_range<int>(text, [](std::string_view t) { return parse_depth(t); });
}

std::optional<Range<Span>> parse_time_range(std::string_view text) {
  return parse_range<Span>(text, [](std::string_view t) { return parse_span(t); });
}

}  // namespace needleplan
