#include "needleplan/text/spelling.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace needleplan;

namespace {

/// The textbook table, without band or limit.
int plain_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

TEST_CASE("edit distance") {
  struct Row {
    const char *a, *b;
    int limit, expected;
  };
  for (const Row& row : std::vector<Row>{{"", "", 2, 0},
                                         {"face", "face", 2, 0},
                                         {"face", "fcae", 2, 1},
                                         {"face", "fae", 2, 1},
                                         {"face", "fxace", 2, 1},
                                         {"face", "fact", 2, 1},
                                         {"face", "neck", 2, 3},
                                         {"face", "neck", 4, 3},
                                         {"", "abc", 2, 3},
                                         {"", "abc", 3, 3},
                                         {"abc", "abcdefgh", 3, 4},
                                         {"a", "b", 0, 1},
                                         {"retinol", "retinoll", 2, 1}}) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(edit_distance(row.a, row.b, row.limit) == row.expected);
    CHECK(edit_distance(row.b, row.a, row.limit) == row.expected);
  }
}

TEST_CASE("the banded distance is the plain one, up to its limit") {
  // Every word of up to five letters a and b and a few of c against its neighbours in that order.
  std::vector<std::string> words{""};
  for (std::size_t i = 0; words[i].size() < 5; ++i)
    for (const char letter : {'a', 'b', 'c'})
      words.push_back(words[i] + letter);
  for (std::size_t i = 0; i < words.size(); ++i)
    for (std::size_t j = i % 7; j < words.size(); j += 7)
      for (const int limit : {1, 2, 3})
        if (edit_distance(words[i], words[j], limit) != std::min(plain_distance(words[i], words[j]), limit + 1))
          FAIL_CHECK(words[i] << " " << words[j] << " " << limit);
  const std::string text(200, 'x');
  CHECK(edit_distance("a" + text + "b", "c" + text + "d", 3) == 2);
  std::string other = text;
  for (std::size_t i = 1; i < other.size(); i += 80)
    other[i] = 'y';
  CHECK(edit_distance(text, other, 3) == 3);
}

TEST_CASE("nearest words") {
  constexpr std::array<std::string_view, 6> kAreas{"neck", "nose", "face", "forehead", "cheeks", "hands"};
  using Words = std::vector<std::string_view>;
  CHECK(nearest("nekc", kAreas) == Words{"neck"});
  CHECK(nearest("nesk", kAreas) == Words{"neck"});
  CHECK(nearest("forhaed", kAreas) == Words{"forehead"});
  CHECK(nearest("xyz", kAreas).empty());
  constexpr std::array<std::string_view, 4> kClose{"ab", "aa", "ac", "aa"};
  CHECK(nearest("aa", kClose) == Words{"aa", "ab", "ac"});
  CHECK(nearest("aa", kClose, 2) == Words{"aa", "ab"});
  CHECK(did_you_mean("nekc", kAreas) == " (did you mean \"neck\"?)");
  CHECK(did_you_mean("xyz", kAreas).empty());
}

TEST_CASE("one of") {
  constexpr std::array<std::string_view, 3> kWords{"a", "b", "c"};
  CHECK(one_of(kWords) == "a, b or c");
  CHECK(one_of(std::span(kWords).first(2)) == "a or b");
  CHECK(one_of(std::span(kWords).first(1)) == "a");
  CHECK(one_of({}).empty());
}
