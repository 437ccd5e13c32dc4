#include "needleplan/protocol/compare_changes.h"

#include <algorithm>

#include <fmt/format.h>

namespace needleplan {

void Changes::add(std::string_view key, Direction direction, std::string_view was, std::string_view now) {
  const auto or_none = [](std::string_view text) { return text.empty() ? "none" : text; };
  add(key, direction, fmt::format("{} -> {}", or_none(was), or_none(now)));
}

void Changes::text(std::string_view key, std::string_view was, std::string_view now) {
  if (was != now) add(key, Direction::other, was.empty() ? "added" : now.empty() ? "taken away" : "reworded");
}

void Changes::range(std::string_view key, const SpanRange& was, const SpanRange& now, std::string_view was_words,
                    std::string_view now_words, bool shown) {
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

void Changes::length(std::string_view key, const std::optional<SpanRange>& was, const std::optional<SpanRange>& now,
                     bool shown, bool from_none) {
  const std::string before = length_text(was);
  const std::string after = length_text(now);
  if (was && now) {
    range(key, *was, *now, before, after, shown);
  } else if (was || now) {
    add(key, now && from_none ? Direction::stricter : Direction::looser, before, after);
  }
}

void Changes::lines(std::string_view key, const std::vector<std::string_view>& was,
                    const std::vector<std::string_view>& now) {
  if (was == now) return;
  const std::size_t before = list_.size();
  const auto lacking = [&](const auto& lines, const auto& others, Direction direction, std::string_view word) {
    for (const std::string_view line : lines)
      if (std::find(others.begin(), others.end(), line) == others.end())
        add(key, direction, fmt::format("{} \"{}\"", word, line));
  };
  lacking(was, now, Direction::looser, "without");
  lacking(now, was, Direction::stricter, "with");
  if (list_.size() == before) add(key, Direction::other, "in another order");
}

bool holds_all(const Subjects& subjects, const Subjects& others) {
  return std::all_of(others.begin(), others.end(), [&](SubjectId other) {
    return std::find(subjects.begin(), subjects.end(), other) != subjects.end();
  });
}

std::string length_text(const std::optional<SpanRange>& length) {
  return length ? to_string(*length) : std::string{};
}

std::string ids_of(const Subjects& subjects, const Catalog& catalog) {
  std::string out;
  for (const SubjectId subject : subjects)
    if (subject != kNoSubject) out += fmt::format("{}{}", out.empty() ? "" : ", ", catalog[subject].id);
  return out;
}

}  // namespace needleplan
