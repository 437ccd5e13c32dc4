#include "needleplan/text/reading_level.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace needleplan {

namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_vowel(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

}  // namespace

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

Reading& Reading::operator+=(const Reading& other) {
  sentences += other.sentences;
  words += other.words;
  syllables += other.syllables;
  return *this;
}

double Reading::grade() const {
  return 0.39 * words / std::max(sentences, 1) + 11.8 * syllables / std::max(words, 1) - 15.59;
}

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool stop = std::string_view(".!?").find(text[i]) != std::string_view::npos;
    if (i + 1 != text.size() && !(stop && text[i + 1] == ' ')) continue;
    const std::string_view sentence = text.substr(begin, i + 1 - begin);
    if (std::any_of(sentence.begin(), sentence.end(), is_letter)) out.push_back(sentence);
    begin = i + 1;
  }
  return out;
}

Reading count_sentence(std::string_view sentence) {
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

Reading count_text(std::string_view text) {
  Reading out;
  for (const std::string_view sentence : sentences_of(text))
    out += count_sentence(sentence);
  return out;
}

}  // namespace needleplan
