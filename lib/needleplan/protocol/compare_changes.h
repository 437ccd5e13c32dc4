/// What compare() collects, and what it compares.
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
  void add(std::string_view key, Direction direction, std::string words) {
    list_.push_back({std::string(key), direction, std::move(words)});
  }
  /// `was -> now`; an empty text is none.
  void add(std::string_view key, Direction direction, std::string_view was, std::string_view now);
  /// Words for people: which way they go nobody can compute.
  void text(std::string_view key, std::string_view was, std::string_view now);
  /// A short value that says how something is done, such as an amount.
  void value(std::string_view key, std::string_view was, std::string_view now) {
    if (was != now) add(key, Direction::other, was, now);
  }
  /// A minimum and a preferred length that must be kept, judged apart. `shown`: that longer is stricter here.
  void range(std::string_view key, const SpanRange& was, const SpanRange& now, std::string_view was_words,
             std::string_view now_words, bool shown = true);
  /// The same where there may be none. `from_none`: that any is stricter than none.
  void length(std::string_view key, const std::optional<SpanRange>& was, const std::optional<SpanRange>& now,
              bool shown = true, bool from_none = true);
  /// Lists of sentences: one that is gone is looser, whatever stands in its place.
  void lines(std::string_view key, const std::vector<std::string_view>& was, const std::vector<std::string_view>& now);

  [[nodiscard]] std::vector<Change> take() { return std::move(list_); }

 private:
  std::vector<Change> list_;
};

/// The rows of a step. Subjects are of the one catalog.
void compare_settings(const std::vector<Setting>& was, const std::vector<Setting>& now, const Catalog& catalog,
                      Changes& changes);

/// Whether a row counts for every session for which the other does; without subjects it is for any.
[[nodiscard]] bool concerns_all(const Subjects& now, const Subjects& was, const Catalog& catalog);

/// Whether the first list has every subject of the second.
[[nodiscard]] bool holds_all(const Subjects& subjects, const Subjects& others);

/// Ids joined by commas; a subject that the catalog lacks is left out.
[[nodiscard]] std::string ids_of(const Subjects& subjects, const Catalog& catalog);

/// As written; empty where there is none.
[[nodiscard]] std::string length_text(const std::optional<SpanRange>& length);

/// A statement of one pack in the numbers of another: subjects and events stand in packs by their place there.
struct Translated {
  Statement statement;
  /// Its condition names a subject that the other pack lacks, and was left out.
  bool when_lost = false;
};

/// Subjects that the other pack lacks become kNoSubject, events that it lacks a number that none has.
[[nodiscard]] Translated translated(const Statement& statement, const Pack& from, const Pack& to);

}  // namespace needleplan
