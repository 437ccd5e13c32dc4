/// What compare() collects.
#pragma once

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
  /// `was -> now`; an empty text is none.
  void add(std::string key, Direction direction, std::string_view was, std::string_view now);
  /// Words for people: which way they go nobody can compute.
  void text(std::string key, std::string_view was, std::string_view now);
  /// A short value that says how something is done, such as an amount.
  void value(std::string key, std::string_view was, std::string_view now) {
    if (was != now) add(std::move(key), Direction::other, was, now);
  }
  void flag(std::string key, bool was, bool now, Direction when_set);
  /// A minimum and a preferred length that must be kept, judged apart. `shown`: that longer is stricter here.
  void range(const std::string& key, const SpanRange& was, const SpanRange& now, std::string_view was_words,
             std::string_view now_words, bool shown = true);

  [[nodiscard]] std::vector<Change> take() { return std::move(list_); }

 private:
  std::vector<Change> list_;
};

/// Lists of sentences: one that is gone is looser, whatever stands in its place.
void compare_lines(const std::string& key, const std::vector<std::string_view>& was,
                   const std::vector<std::string_view>& now, Changes& changes);

/// The rows of a step. Subjects are of the one catalog.
void compare_settings(const Step& was, const Step& now, const Catalog& catalog, Changes& changes);

/// Whether the first list has every subject of the second.
[[nodiscard]] bool holds_all(const Subjects& subjects, const Subjects& others);

/// Ids joined by commas; a subject that the catalog lacks is left out.
[[nodiscard]] std::string ids_of(const Subjects& subjects, const Catalog& catalog);

}  // namespace needleplan
