#include "needleplan/protocol/compare_changes.h"

#include <algorithm>

#include <fmt/format.h>

namespace needleplan {

void Changes::add(std::string key, Direction direction, std::string_view was, std::string_view now) {
  const auto or_none = [](std::string_view text) { return text.empty() ? "none" : text; };
  add(std::move(key), direction, fmt::format("{} -> {}", or_none(was), or_none(now)));
}

void Changes::text(std::string key, std::string_view was, std::string_view now) {
  if (was == now) return;
  add(std::move(key), Direction::other, was.empty() ? "added" : now.empty() ? "taken away" : "reworded");
}

void Changes::flag(std::string key, bool was, bool now, Direction when_set) {
  if (was == now) return;
  const Direction unset = when_set == Direction::looser ? Direction::stricter : Direction::looser;
  add(std::move(key), now ? when_set : unset, was ? "yes" : "no", now ? "yes" : "no");
}

void Changes::range(const std::string& key, const SpanRange& was, const SpanRange& now, std::string_view was_words,
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

bool holds_all(const Subjects& subjects, const Subjects& others) {
  return std::all_of(others.begin(), others.end(), [&](SubjectId other) {
    return std::find(subjects.begin(), subjects.end(), other) != subjects.end();
  });
}

std::string ids_of(const Subjects& subjects, const Catalog& catalog) {
  std::string out;
  for (const SubjectId subject : subjects)
    if (subject != kNoSubject) out += fmt::format("{}{}", out.empty() ? "" : ", ", catalog[subject].id);
  return out;
}

}  // namespace needleplan
