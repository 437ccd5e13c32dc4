// What clients read is in plain words: Flesch-Kincaid grade 6 or lower, section by section.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/protocol/load.h"

namespace needleplan {

namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_vowel(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

/// Syllables of a lower-case English word: groups of vowels, less endings that are not heard. Right for about nine
/// words of ten, and wrong on both sides.
int syllables(std::string_view word) {
  int count = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool starts = is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
    // Two vowels that are spoken apart: "science", "area", "radio".
    const bool apart = i > 0 && is_vowel(word[i]) && word[i - 1] == 'i' && (word[i] == 'a' || word[i] == 'o') &&
                       !word.substr(i - 1).starts_with("ion") && !word.substr(i - 1).starts_with("iou");
    if (starts || apart) ++count;
  }
  const auto ends = [&](std::string_view end) { return word.size() > end.size() + 1 && word.ends_with(end); };
  const auto before = [&](std::size_t from_end) { return word[word.size() - from_end]; };
  if (ends("e") && !is_vowel(before(2)) && !(before(2) == 'l' && !is_vowel(before(3)))) --count;
  if (ends("ed") && !is_vowel(before(3)) && before(3) != 't' && before(3) != 'd') --count;
  if (ends("es") && !is_vowel(before(3)) && std::string_view("cgsxz").find(before(3)) == std::string_view::npos &&
      !word.ends_with("ches") && !word.ends_with("shes") && !word.ends_with("les"))
    --count;
  if (word.ends_with("area") || word.ends_with("areas")) ++count;
  return std::max(count, 1);
}

struct Count {
  int sentences = 0;
  int words = 0;
  int syllables = 0;

  Count& operator+=(const Count& other) {
    sentences += other.sentences;
    words += other.words;
    syllables += other.syllables;
    return *this;
  }
  [[nodiscard]] double grade() const {
    return 0.39 * words / std::max(sentences, 1) + 11.8 * syllables / std::max(words, 1) - 15.59;
  }
};

/// The sentences of a text: what ends with a full stop, an exclamation or a question mark before a space.
std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> out;
  std::string sentence;
  for (std::size_t i = 0; i < text.size(); ++i) {
    sentence += text[i];
    const bool stop = std::string_view(".!?").find(text[i]) != std::string_view::npos;
    if (i + 1 == text.size() || (stop && text[i + 1] == ' ')) {
      if (std::any_of(sentence.begin(), sentence.end(), is_letter)) out.push_back(sentence);
      sentence.clear();
    }
  }
  return out;
}

/// A number counts as one word of one syllable, the parts of a word with a hyphen as words.
Count count(std::string_view sentence) {
  Count out{1, 0, 0};
  std::string word;
  bool digits = false;
  const auto flush = [&] {
    if (!word.empty() || digits) {
      ++out.words;
      out.syllables += word.empty() ? 1 : syllables(word);
    }
    word.clear();
    digits = false;
  };
  for (const char c : sentence) {
    if (is_letter(c)) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      digits = true;
    } else if (c != '\'') {
      flush();
    }
  }
  flush();
  return out;
}

struct ClientPart {
  std::string_view name;
  std::vector<std::string_view> texts;
};

std::vector<ClientPart> sections_of(const Pack& pack) {
  std::vector<ClientPart> out{{"avoid", {}}, {"do", {}}, {"expect", {}}, {"warnings", {}}, {"about", {}}};
  for (const Statement& statement : pack.statements) {
    ClientPart* section = nullptr;
    if (statement.as<Avoid>() != nullptr) section = out.data();
    if (statement.as<Do>() != nullptr) section = &out[1];
    if (statement.as<Expect>() != nullptr) section = &out[2];
    if (statement.as<Warning>() != nullptr) section = &out[3];
    if (section == nullptr) continue;
    for (const std::string_view text : {statement.say, statement.why, statement.instead})
      if (!text.empty()) section->texts.push_back(text);
  }
  for (const About& about : pack.about)
    out[4].texts.push_back(about.say);
  return out;
}

}  // namespace

TEST_CASE("syllables are counted as they are spoken") {
  struct Row {
    std::string_view word;
    int count;
  };
  constexpr std::array kRows{Row{"skin", 1},      Row{"area", 3},    Row{"needle", 2},   Row{"cream", 1},
                             Row{"vitamin", 3},   Row{"clinic", 2},  Row{"burned", 1},   Row{"treated", 2},
                             Row{"uses", 2},      Row{"lines", 1},   Row{"collagen", 3}, Row{"the", 1},
                             Row{"use", 1},       Row{"touches", 2}, Row{"doctor", 2},   Row{"medicine", 3},
                             Row{"infection", 3}, Row{"you", 1},     Row{"moisture", 2}, Row{"redness", 2},
                             Row{"sunscreen", 2}, Row{"smile", 1}};
  for (const Row& row : kRows) {
    CAPTURE(row.word);
    CHECK(syllables(row.word) == row.count);
  }
}

TEST_CASE("a grade follows the formula") {
  // 6 words, 6 syllables, one sentence: 0.39 * 6 + 11.8 - 15.59.
  CHECK(count("Your skin is red and warm.").grade() == doctest::Approx(-1.45));
  CHECK(sentences_of("Wash your face. Pat it dry.").size() == 2);
  CHECK(count("SPF 30 or more.").words == 4);
}

TEST_CASE("every section for clients is at grade 6 or lower") {
  Diagnostics diagnostics;
  std::string problem;
  const auto pack = load_protocol("microneedling", diagnostics, problem);
  REQUIRE(pack);
  REQUIRE_FALSE(diagnostics.has_errors());
  for (const ClientPart& section : sections_of(*pack)) {
    CAPTURE(section.name);
    Count all;
    for (const std::string_view text : section.texts)
      for (const std::string& sentence : sentences_of(text)) {
        const Count one = count(sentence);
        all += one;
        if (one.grade() > 8) MESSAGE(section.name << ", grade " << one.grade() << ": " << sentence);
      }
    CHECK(all.sentences > 0);
    CHECK(all.grade() <= 6);
    MESSAGE(section.name << ": grade " << all.grade() << ", " << all.sentences << " sentences");
  }
}

}  // namespace needleplan
