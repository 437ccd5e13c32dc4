#include "needleplan/catalog/fold.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include <utf8proc.h>

#include "needleplan/text/characters.h"

namespace needleplan {

namespace {

bool is_ascii(std::string_view text) {
  unsigned any = 0;
  for (const char c : text)
    any |= static_cast<unsigned char>(c);
  return any < 0x80;
}

/// The bytes of a sign that begins here and is dropped before the compatibility mapping, which would spell it out as
/// letters; 0 for anything else.
std::size_t dropped_sign(std::string_view text) {
  if (text.starts_with("\u00AE") || text.starts_with("\u00A9")) return 2;
  return text.starts_with("\u2122") || text.starts_with("\u2019") || text.starts_with("\u2018") ? 3 : 0;
}

/// Case and marks folded by the Unicode tables; the input without its signs where it is not valid UTF-8.
std::string unicode_folded(std::string_view name) {
  std::string input;
  input.reserve(name.size());
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t sign = static_cast<unsigned char>(name[i]) < 0x80 ? 0 : dropped_sign(name.substr(i));
    if (sign == 0) input += name[i];
    i += std::max<std::size_t>(sign, 1);
  }
  constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK |
                                                           UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  // One character after the other: without marks nothing is left to be put in order between them.
  std::string out;
  out.reserve(input.size());
  for (std::size_t i = 0; i < input.size();) {
    if (static_cast<unsigned char>(input[i]) < 0x80) {
      out += input[i++];
      continue;
    }
    utf8proc_int32_t character = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(input.data()) + i,
                                       static_cast<utf8proc_ssize_t>(input.size() - i), &character);
    if (size <= 0) return input;
    i += static_cast<std::size_t>(size);
    std::array<utf8proc_int32_t, 32> parts{};  // the longest has 18
    int boundary = 0;
    const auto count = utf8proc_decompose_char(character, parts.data(), parts.size(), kOptions, &boundary);
    if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) return input;
    for (const utf8proc_int32_t part : std::span(parts).first(static_cast<std::size_t>(count))) {
      std::array<utf8proc_uint8_t, 4> bytes{};
      const auto length = utf8proc_encode_char(part, bytes.data());
      out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
    }
  }
  return out;
}

/// What a byte of a name is to fold(); of those it keeps, as they come out.
struct ByteFold {
  enum class Kind : std::uint8_t { gap, kept, dropped, per_cent, point };
  Kind kind = Kind::gap;
  char as = ' ';
};
constexpr std::array<ByteFold, 256> kByteFolds = [] {
  using Kind = ByteFold::Kind;
  std::array<ByteFold, 256> folds{};
  for (unsigned c = 0x80; c < 0x100; ++c)
    folds[c] = {Kind::kept, static_cast<char>(c)};
  for (unsigned char c = 'a'; c <= 'z'; ++c)
    folds[c] = folds[static_cast<unsigned char>(c - 'a' + 'A')] = {Kind::kept, static_cast<char>(c)};
  for (unsigned char c = '0'; c <= '9'; ++c)
    folds[c] = {Kind::kept, static_cast<char>(c)};
  folds['\''] = {Kind::dropped, 0};
  folds['%'] = {Kind::per_cent, '%'};
  folds['.'] = folds[','] = {Kind::point, '.'};
  return folds;
}();

ByteFold fold_of(char c) {
  return kByteFolds[static_cast<unsigned char>(c)];
}

/// "2019" tells when, not how much; 2000 may be either and counts as an amount.
bool is_year(std::string_view word) {
  return word.size() == 4 && (word.starts_with("19") || (word.starts_with("20") && word != "2000")) &&
         std::all_of(word.begin(), word.end(), is_digit);
}

bool is_number(std::string_view word) {
  return !word.empty() && is_digit(word.front()) && is_digit(word.back()) &&
         std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '.'; }) &&
         word.find_first_not_of("0.") != std::string_view::npos && !is_year(word);
}

/// What may follow an amount and belongs to it: "20 mg daily", "600 mg day".
bool is_rate(std::string_view word) {
  constexpr std::array<std::string_view, 9> kRates{"day", "daily", "d", "dia", "tag", "jour", "week", "ml", "g"};
  return std::find(kRates.begin(), kRates.end(), word) != kRates.end();
}

}  // namespace

std::string fold(std::string_view name) {
  std::string from;
  if (!is_ascii(name)) {
    from = unicode_folded(name);
    name = from;
  }
  // Each byte gives at most itself and a space before it.
  std::array<char, 256> few;
  std::string many;
  char* const begin = 2 * name.size() <= few.size() ? few.data() : (many.resize(2 * name.size()), many.data());
  char* end = begin;
  bool gap = false;
  const auto close_gap = [&] {
    if (gap && end != begin) *end++ = ' ';
    gap = false;
  };
  for (std::size_t i = 0; i < name.size();) {
    ByteFold byte = fold_of(name[i]);
    switch (byte.kind) {
      case ByteFold::Kind::kept:
        close_gap();
        while (byte.kind == ByteFold::Kind::kept) {
          *end++ = byte.as;
          if (++i == name.size()) break;
          byte = fold_of(name[i]);
        }
        continue;
      case ByteFold::Kind::dropped:
        break;
      case ByteFold::Kind::per_cent:
        gap = true;
        close_gap();
        *end++ = byte.as;
        gap = true;
        break;
      case ByteFold::Kind::point:
        if (i > 0 && i + 1 < name.size() && is_digit(name[i - 1]) && is_digit(name[i + 1])) {
          close_gap();
          *end++ = byte.as;
        } else {
          gap = true;
        }
        break;
      case ByteFold::Kind::gap:
        gap = true;
    }
    ++i;
  }
  return {begin, end};
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    if (end > 0) words.push_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return words;
}

bool is_unit(std::string_view word) {
  constexpr std::array<std::string_view, 17> kUnits{"%",  "mg", "g",  "gr", "mcg", "ug",    "\u03BCg", "ml",       "cc",
                                                    "iu", "ui", "ie", "mm", "cl",  "units", "unit",    "einheiten"};
  return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
}

std::string without_amounts(std::string_view folded, std::string& strength) {
  // Most names hold no digit; those are done.
  if (std::none_of(folded.begin(), folded.end(), is_digit)) return std::string(folded);
  std::vector<std::string_view> words = words_of(folded);
  std::vector<std::string_view> kept;
  const auto note = [&](std::string_view number, std::string_view unit) {
    if (!strength.empty()) return;
    strength = number;
    if (!unit.empty()) strength.append(" ").append(unit);
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const std::size_t digits = std::min(word.find_first_not_of("0123456789."), word.size());
    if (digits > 0 && digits < word.size() && is_number(word.substr(0, digits)) && is_unit(word.substr(digits))) {
      note(word.substr(0, digits), word.substr(digits));  // "20mg"
    } else if (is_number(word) && i + 1 < words.size() && is_unit(words[i + 1])) {
      note(word, words[++i]);  // "20 mg"
    } else if (is_number(word) && i + 2 < words.size() && words[i + 1] == "x" && is_number(words[i + 2])) {
      ++i;  // the "2 x" of "2 x 400 mg"
      continue;
    } else if (is_number(word) && i + 1 == words.size() && !kept.empty()) {
      note(word, "");  // "ibuprofeno 600"
    } else {
      kept.push_back(word);
      continue;
    }
    while (i + 1 < words.size() && is_rate(words[i + 1]))
      ++i;
  }
  std::string out;
  for (const std::string_view word : kept) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

}  // namespace needleplan
