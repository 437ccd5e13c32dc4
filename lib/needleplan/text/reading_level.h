/// How hard an English text is to read: the Flesch-Kincaid grade, in school years.
#pragma once

#include <string_view>
#include <vector>

namespace needleplan {

/// Syllables of a lower-case English word: groups of vowels, less endings that are not heard. Right for about nine
/// words of ten, and wrong on both sides.
[[nodiscard]] int syllables(std::string_view word);

struct Reading {
  int sentences = 0;
  int words = 0;
  int syllables = 0;

  Reading& operator+=(const Reading& other);
  [[nodiscard]] double grade() const;
};

/// The sentences of a text: what ends with a full stop, an exclamation or a question mark before a space.
[[nodiscard]] std::vector<std::string_view> sentences_of(std::string_view text);

/// Of one sentence. A number counts as one word of one syllable, the parts of a word with a hyphen as words.
[[nodiscard]] Reading count_sentence(std::string_view sentence);

/// Of every sentence of a text.
[[nodiscard]] Reading count_text(std::string_view text);

}  // namespace needleplan
