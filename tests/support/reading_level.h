/// Flesch-Kincaid grade of what clients read, section by section.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/protocol/pack.h"

namespace needleplan::testing {

inline bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

inline bool is_vowel(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

/// Syllables of a lower-case English word: groups of vowels, less endings that are not heard. Right for about nine
/// words of ten, and wrong on both sides.
inline int syllables(std::string_view word) {
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

struct Reading {
  int sentences = 0;
  int words = 0;
  int syllables = 0;

  Reading& operator+=(const Reading& other) {
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
inline std::vector<std::string> sentences_of(std::string_view text) {
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
inline Reading count(std::string_view sentence) {
  Reading out{1, 0, 0};
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

/// The sections of all statements, or only of those that a layer has a part in.
inline std::vector<ClientPart> sections_of(const Pack& pack, std::string_view layer = {}) {
  std::vector<ClientPart> out{{"avoid", {}}, {"do", {}}, {"expect", {}}, {"warnings", {}}, {"about", {}}};
  for (const Statement& statement : pack.statements) {
    ClientPart* section = nullptr;
    if (statement.as<Avoid>() != nullptr) section = out.data();
    if (statement.as<Do>() != nullptr) section = &out[1];
    if (statement.as<Expect>() != nullptr) section = &out[2];
    if (statement.as<Warning>() != nullptr) section = &out[3];
    if (section == nullptr || (!layer.empty() && statement.layer != layer)) continue;
    for (const std::string_view text : {statement.say, statement.why, statement.instead})
      if (!text.empty()) section->texts.push_back(text);
  }
  for (const About& about : pack.about)
    if (layer.empty()) out[4].texts.push_back(about.say);
  return out;
}

}  // namespace needleplan::testing
