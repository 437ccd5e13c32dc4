#include "needleplan/text/spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace needleplan {

namespace {

/// Which letters occur, by their last six bits: letters that share a bit only let more words through.
std::uint64_t letters_of(std::string_view word) {
  std::uint64_t letters = 0;
  for (const char c : word)
    letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  return letters;
}

/// Names this long are compared without an allocation.
constexpr std::size_t kShort = 64;

/// The distance from one word of at most 64 bytes to others, a whole column of the table at a time (Hyyro 2003, with
/// swaps of neighbours).
class Distances {
 public:
  explicit Distances(std::string_view word) : word_(word), last_(std::uint64_t{1} << (word.size() - 1)) {
    for (std::size_t i = 0; i < word.size(); ++i)
      places_[static_cast<unsigned char>(word[i])] |= std::uint64_t{1} << i;
  }

  /// As edit_distance().
  [[nodiscard]] int to(std::string_view other, int limit) const {
    const std::size_t apart = std::max(word_.size(), other.size()) - std::min(word_.size(), other.size());
    if (apart > static_cast<std::size_t>(limit)) return limit + 1;
    // The cells of a column, as their steps up and down from the one before.
    std::uint64_t up = ~std::uint64_t{0};
    std::uint64_t down = 0;
    std::uint64_t diagonal = 0;  // where the cell has the value of the one before on the diagonal
    std::uint64_t before = 0;
    int distance = static_cast<int>(word_.size());
    auto left = static_cast<int>(other.size());
    for (const char c : other) {
      const std::uint64_t same = places_[static_cast<unsigned char>(c)];
      const std::uint64_t swapped = ((~diagonal & same) << 1U) & before;
      diagonal = (((same & up) + up) ^ up) | same | down | swapped;
      std::uint64_t right_up = down | ~(diagonal | up);
      std::uint64_t right_down = diagonal & up;
      distance += (right_up & last_) != 0 ? 1 : 0;
      distance -= (right_down & last_) != 0 ? 1 : 0;
      // Each letter that is left takes away one at most.
      if (distance - --left > limit) return limit + 1;
      right_up = (right_up << 1U) | 1U;
      right_down <<= 1U;
      up = right_down | ~(diagonal | right_up);
      down = right_up & diagonal;
      before = same;
    }
    return std::min(distance, limit + 1);
  }

 private:
  std::string_view word_;
  std::uint64_t last_;
  std::array<std::uint64_t, 256> places_{};  ///< of each byte in the word
};

}  // namespace

int near_edits(std::size_t bytes) {
  return bytes <= 4 ? 1 : bytes <= 8 ? 2 : 3;
}

std::uint64_t letter_bits(std::string_view word) {
  constexpr unsigned kLetters = 26;
  constexpr unsigned kRest = 64 - 2 * kLetters;
  std::uint64_t bits = 0;
  for (const char c : word) {
    if (c >= 'a' && c <= 'z') {
      const std::uint64_t once = std::uint64_t{1} << static_cast<unsigned>(c - 'a');
      bits |= (bits & once) != 0 ? once << kLetters : once;
    } else {
      bits |= std::uint64_t{1} << (2 * kLetters + static_cast<unsigned char>(c) % kRest);
    }
  }
  return bits;
}

int edit_distance(std::string_view a, std::string_view b, int limit) {
  const int over = limit + 1;
  if (limit < 0) return over;
  const auto band = static_cast<std::size_t>(limit);
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > band) return over;
  while (!b.empty() && a.front() == b.front())
    a.remove_prefix(1), b.remove_prefix(1);
  while (!b.empty() && a.back() == b.back())
    a.remove_suffix(1), b.remove_suffix(1);
  if (b.empty()) return static_cast<int>(a.size());

  // An edit changes at most two letters of the set of letters: most words are ruled out by that alone.
  if (std::popcount(letters_of(a) ^ letters_of(b)) > 2 * limit) return over;

  // Three rows of the table of distances (two back for swaps); only cells within `limit` of the diagonal are
  // filled, and the cells beside them count as out of reach.
  std::array<int, 3 * (kShort + 2)> few;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled as it is used
  std::vector<int> many;
  const std::size_t width = b.size() + 2;
  int* rows = few.data();
  if (b.size() > kShort) {
    many.resize(3 * width);
    rows = many.data();
  }
  int* before = rows;
  int* last = rows + width;
  int* row = rows + 2 * width;
  for (std::size_t j = 0; j <= std::min(b.size(), band) + 1; ++j)
    last[j] = static_cast<int>(std::min(j, band + 1));
  int best_last = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t from = i > band ? i - band : 1;
    const std::size_t to = std::min(b.size(), i + band);
    row[from - 1] = from == 1 && i <= band ? static_cast<int>(i) : over;
    int best = row[from - 1];
    for (std::size_t j = from; j <= to; ++j) {
      int cost = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost = std::min({cost, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = std::min(cost, before[j - 2] + 1);
      row[j] = std::min(cost, over);
      best = std::min(best, row[j]);
    }
    row[to + 1] = over;
    // A swap steps over one row, so only two rows out of reach in a row end it.
    if (best >= over && best_last >= over) return over;
    best_last = best;
    int* const oldest = before;
    before = last;
    last = row;
    row = oldest;
  }
  return std::min(last[b.size()], over);
}

std::vector<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known,
                                      std::size_t most) {
  const int limit = near_edits(word.size());
  std::optional<Distances> distances;
  if (!word.empty() && word.size() <= kShort) distances.emplace(word);
  std::vector<std::pair<int, std::string_view>> found;
  for (const std::string_view candidate : known) {
    const int distance = distances ? distances->to(candidate, limit) : edit_distance(word, candidate, limit);
    if (distance <= limit) found.emplace_back(distance, candidate);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < std::min(most, found.size()); ++i)
    words.push_back(found[i].second);
  return words;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  const auto words = nearest(word, known, 1);
  // "Inactive" is the opposite of what it looks like.
  if (!words.empty() && word.size() > words.front().size() && word.ends_with(words.front())) return {};
  return words.empty() ? std::string() : fmt::format(" (did you mean \"{}\"?)", words.front());
}

std::string in_quotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string one_of(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace needleplan
