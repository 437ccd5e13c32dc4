#include "needleplan/protocol/read_bound.h"

#include <algorithm>

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

std::optional<Bound> read_scalar_bound(Node node, std::span<const Event> events, Diagnostics& diagnostics) {
  Bound bound;
  bound.written = node.text();
  std::string_view text = node.text();
  if (text == "open") return bound;
  if (take(text, "until ") || take(text, "at ")) {
    bound.kind = Bound::Kind::event;
    const auto event = read_event(text, node, events, diagnostics);
    if (!event) return std::nullopt;
    bound.event = *event;
    return bound;
  }
  bound.before_session = take(text, "-");
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
  } else if (const auto span = parse_span_range(text)) {
    bound.kind = Bound::Kind::clock;
    bound.span = *span;
    return bound;
  }
  diagnostics.error(node.at(), "bad-end",
                    "expected an end such as 3d, 24h..48h, -2d, until healed, few h, 1x course or open");
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

}  // namespace

std::optional<Bound> read_bound(Node node, std::span<const Event> events, Diagnostics& diagnostics) {
  if (node.is_scalar()) return read_scalar_bound(node, events, diagnostics);
  const Node both = node.is_map() ? node.find("later_of") : Node{};
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
    diagnostics.error(both.at(), "later-of", "later_of takes one length and one event");
    return std::nullopt;
  }
  clock->kind = Bound::Kind::later_of;
  clock->event = event->event;
  return clock;
}

std::optional<Ban> read_ban(Node node, std::span<const Event> events, Diagnostics& diagnostics) {
  if (!node.is_map() || node.find("later_of").valid()) {
    const auto to = read_bound(node, events, diagnostics);
    return to ? std::optional<Ban>{{std::nullopt, *to}} : std::nullopt;
  }
  static constexpr yaml::Shape kBanShape{.name = "window", .keys = kBanKeys};
  if (!yaml::check_shape(node, kBanShape, diagnostics)) return std::nullopt;
  Ban ban;
  if (const Node from = node.find("from"); from.valid()) {
    ban.from = read_bound(from, events, diagnostics);
    if (!ban.from) return std::nullopt;
  }
  const auto to = read_bound(node.find("to"), events, diagnostics);
  if (!to) return std::nullopt;
  ban.to = *to;
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
    if (!repeat.every) repeat.words = node.text();
    return repeat;
  }
  if (const Node times = node.find("times"); yaml::is_answer(times))
    repeat.times = static_cast<int>(yaml::read_integer(times, 1, 99, diagnostics).value_or(0));
  if (const Node per = node.find("per"); per.valid()) repeat.per = per.text();
  if (const Node every = node.find("every"); yaml::is_answer(every)) {
    repeat.every = parse_span_range(every.text());
    if (!repeat.every) diagnostics.error(every.at(), "bad-span-range", "expected a length or a range such as 2h..3h");
  }
  if (const Node during = node.find("while"); during.valid()) repeat.during = during.text();
  repeat.on = span(node.find("on"));
  repeat.off = span(node.find("off"));
  if (!repeat.given() && diagnostics.errors() == before)
    diagnostics.error(node.at(), "empty-repeat", "a repetition says times and per, every, or on and off");
  return repeat;
}

std::optional<Range<int>> parse_depth_range(std::string_view text) {
  return parse_range<int>(text, [](std::string_view t) { return parse_depth(t); });
}

std::optional<Range<Span>> parse_time_range(std::string_view text) {
  return parse_range<Span>(text, [](std::string_view t) { return parse_span(t); });
}

}  // namespace needleplan
