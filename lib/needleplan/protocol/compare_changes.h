/// What compare() collects.
#pragma once

#include <fmt/format.h>

#include "needleplan/protocol/compare.h"
#include "needleplan/protocol/compare_window.h"

namespace needleplan {

/// `strict`: what is new is shown to be at least as strict; `back`: so is what was.
[[nodiscard]] constexpr Direction judge(bool strict, bool back) {
  if (!strict) return Direction::looser;
  return back ? Direction::other : Direction::stricter;
}

class Changes {
 public:
  void add(std::string key, Direction direction, std::string words) {
    list_.push_back({std::move(key), direction, std::move(words)});
  }
  void add(std::string key, Direction direction, std::string_view was, std::string_view now) {
    const auto or_none = [](std::string_view text) { return text.empty() ? "none" : text; };
    add(std::move(key), direction, fmt::format("{} -> {}", or_none(was), or_none(now)));
  }

  /// Words for people: which way they go nobody can compute.
  void text(std::string key, std::string_view was, std::string_view now) {
    if (was == now) return;
    add(std::move(key), Direction::other, was.empty() ? "added" : now.empty() ? "taken away" : "reworded");
  }
  /// A short value that says how something is done, such as an amount.
  void value(std::string key, std::string_view was, std::string_view now) {
    if (was != now) add(std::move(key), Direction::other, was, now);
  }
  template <class E>
  void rank(std::string key, E was, E now, bool higher_is_stricter = true) {
    if (was == now) return;
    add(std::move(key), (now > was) == higher_is_stricter ? Direction::stricter : Direction::looser, to_string(was),
        to_string(now));
  }
  void flag(std::string key, bool was, bool now, Direction when_set) {
    if (was == now) return;
    const Direction unset = when_set == Direction::looser ? Direction::stricter : Direction::looser;
    add(std::move(key), now ? when_set : unset, was ? "yes" : "no", now ? "yes" : "no");
  }
  /// A minimum and a preferred length that must be kept, judged apart. `shown`: that longer is stricter here.
  void range(const std::string& key, const SpanRange& was, const SpanRange& now, std::string_view was_words,
             std::string_view now_words, bool shown = true) {
    if (was == now) return;
    const bool minimum = at_least(now.minimum, was.minimum);
    const bool preferred = at_least(now.preferred, was.preferred);
    if (minimum == preferred) {
      add(key, judge(minimum && shown, at_least(was, now)), was_words, now_words);
      return;
    }
    const auto part = [&](std::string_view name, Span a, Span b, bool up) {
      if (a != b)
        add(key, judge(up && shown, at_least(a, b)), fmt::format("{} {} -> {}", name, to_string(a), to_string(b)));
    };
    part("minimum", was.minimum, now.minimum, minimum);
    part("preferred", was.preferred, now.preferred, preferred);
  }

  [[nodiscard]] std::vector<Change> take() { return std::move(list_); }

 private:
  std::vector<Change> list_;
};

/// The instructions, checks and settings of a step. Subjects are of the one catalog.
void compare_steps(const Step& was, const Step& now, const Catalog& catalog, Changes& changes);

/// Ids joined by commas; a subject that the catalog lacks is left out.
[[nodiscard]] std::string ids_of(const Subjects& subjects, const Catalog& catalog);

}  // namespace needleplan
