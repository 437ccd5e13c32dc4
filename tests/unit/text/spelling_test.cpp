#include "needleplan/text/spelling.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/plain_distance.h"

using namespace needleplan;
using needleplan::testing::plain_distance;

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

TEST_CASE("nearest finds the words that the plain distance finds, also where a word fills a column or more") {
  // One below, at and above the 64 letters that are compared at once; letters that share bits; bytes above ASCII.
  std::vector<std::string> words{"", "a", "ab", "ba", "\xC3\xA9ther"};
  for (const std::size_t length : {3U, 5U, 8U, 9U, 20U, 61U, 63U, 64U, 65U, 67U, 130U}) {
    std::string word;
    for (std::size_t i = 0; i < length; ++i)
      word += static_cast<char>((i * i) % 7 == 3 ? 0xA9 : 'a' + (i * i + length) % 5);
    words.push_back(word);
    for (std::size_t at = 0; at < length; at += 1 + length / 6) {
      words.push_back(word.substr(0, at) + word.substr(at + 1));
      words.push_back(word.substr(0, at) + "zq" + word.substr(at));
      std::string swapped = word;
      std::swap(swapped[at], swapped[(at + 1) % length]);
      words.push_back(swapped + "x");
    }
  }
  const std::vector<std::string_view> known(words.begin(), words.end());
  for (const std::string& word : words) {
    std::vector<std::pair<int, std::string_view>> near;
    for (const std::string_view other : known)
      if (const int distance = plain_distance(word, other); distance <= near_edits(word.size()))
        near.emplace_back(distance, other);
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    std::vector<std::string_view> expected;
    for (const auto& [distance, other] : near)
      expected.push_back(other);
    CAPTURE(word);
    CHECK(nearest(word, known, words.size()) == expected);
  }
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
