#include "needleplan/profile/profile.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "needleplan/text/characters.h"

namespace needleplan {

const YesNo* Profile::answer(std::string_view wanted) const {
  const auto found = std::find_if(answers.begin(), answers.end(), [&](const YesNo& x) { return x.id == wanted; });
  return found == answers.end() ? nullptr : &*found;
}

std::string path_of(const Entry& entry, std::string_view key) {
  if (entry.at_session) return "session.add_ons";
  std::string path = fmt::format("{}[{}]", to_string(entry.section), entry.index);
  if (!key.empty()) path += fmt::format(".{}", key);
  return path;
}

std::string depth_words(int micrometres) {
  const int whole = micrometres / 1000;
  std::string fraction = fmt::format("{:03}", micrometres % 1000);
  while (!fraction.empty() && fraction.back() == '0')
    fraction.pop_back();
  return fraction.empty() ? fmt::format("{} mm", whole) : fmt::format("{}.{} mm", whole, fraction);
}

std::optional<int> parse_depth(std::string_view text) {
  constexpr int kLeast = 50;
  constexpr int kMost = 5000;
  if (!text.ends_with("mm")) return std::nullopt;
  text.remove_suffix(2);
  if (text.ends_with(' ')) text.remove_suffix(1);
  int value = 0;
  int decimals = -1;  // -1: before the point
  for (const char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
    } else if (is_digit(c) && decimals < 3 && value < kMost * 10) {
      value = value * 10 + (c - '0');
      if (decimals >= 0) ++decimals;
    } else {
      return std::nullopt;
    }
  }
  if (text.empty() || decimals == 0 || text.front() == '.') return std::nullopt;
  for (int i = decimals < 0 ? 0 : decimals; i < 3; ++i)
    value *= 10;
  return value >= kLeast && value <= kMost ? std::optional<int>{value} : std::nullopt;
}

std::optional<int> parse_per_cent(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  if (text.ends_with(' ')) text.remove_suffix(1);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value < 0 || value > 100) return std::nullopt;
  return static_cast<int>(std::lround(value * 1000));
}

std::string per_cent_words(int thousandths) {
  return fmt::format("{:g}%", thousandths / 1000.0);
}

}  // namespace needleplan
