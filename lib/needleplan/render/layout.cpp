#include "needleplan/render/layout.h"

#include <algorithm>

#include <utf8proc.h>

#include "needleplan/text/characters.h"

namespace needleplan {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

/// The bytes of a colour sequence that begins here, else 0.
std::size_t colour_sequence(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != kNowhere && text[end] == 'm' ? end + 1 : 0;
}

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  while (at < line.size()) {
    const std::size_t colour = colour_sequence(line.substr(at));
    if (colour == 0 && line[at] != ' ') break;
    at += std::max<std::size_t>(colour, 1);
  }
  return at;
}

/// The bytes of a bullet that begins here, without the space that must follow it, else 0.
std::size_t bullet(std::string_view text) {
  constexpr std::string_view kDot = "\u2022";
  std::size_t size = 0;
  if (text.starts_with('-') || text.starts_with('*')) {
    size = 1;
  } else if (text.starts_with(kDot)) {
    size = kDot.size();
  } else if (text.starts_with("[ ]") || text.starts_with("[x]")) {
    size = 3;
  } else if (text.starts_with('>')) {
    size = std::min(text.find_first_not_of('>'), text.size());
  } else {
    size = std::min(text.find_first_not_of("0123456789"), text.size());
    const bool numbered = size > 0 && size < text.size() && (text[size] == '.' || text[size] == ')');
    size = numbered ? size + 1 : 0;
  }
  return size < text.size() && text[size] == ' ' ? size : 0;
}

bool shows_nothing(std::string_view line) {
  return skip_blanks(line, 0) == line.size();
}

std::string without_tabs(std::string_view text) {
  std::string out(text);
  std::erase(out, '\t');
  return out;
}

}  // namespace

std::size_t words_begin(std::string_view line) {
  if (const std::size_t tab = line.find('\t'); tab != kNowhere) return tab;
  std::size_t at = skip_blanks(line, 0);
  while (const std::size_t size = bullet(line.substr(at)))
    at = skip_blanks(line, at + size);
  return at;
}

std::string_view trimmed(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

void split_words(std::string_view text, std::vector<PlacedWord>& out) {
  const std::size_t first = out.size();
  bool ascii = true;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t begin = at;
    while (begin < text.size() && text[begin] == ' ')
      ++begin;
    std::size_t end = begin;
    for (; end < text.size() && text[end] != ' '; ++end)
      ascii = ascii && text[end] > ' ' && text[end] <= '~';
    const auto size = static_cast<std::uint32_t>(end - begin);
    out.push_back({static_cast<std::uint32_t>(begin), size, static_cast<int>(begin - at), static_cast<int>(size)});
    at = end;
  }
  if (ascii) return;
  for (PlacedWord& word : std::span(out).subspan(first))
    word.columns = columns(text.substr(word.begin, word.size));
}

void LineBreaker::begin(std::string_view start) {
  out_ += without_tabs(start);
  column_ = columns(start);
  hang_ = std::min(column_, width_ / 2);
}

void LineBreaker::add(std::string_view text, std::span<const PlacedWord> words) {
  std::size_t done = 0;
  for (const PlacedWord& word : words) {
    if (!at_start_ && column_ + word.spaces + word.columns > width_) {
      out_ += text.substr(done, word.begin - static_cast<std::size_t>(word.spaces) - done);
      out_ += '\n';
      out_.append(static_cast<std::size_t>(hang_), ' ');
      column_ = hang_;
      done = word.begin;
    } else {
      column_ += word.spaces;
    }
    column_ += word.columns;
    at_start_ = false;
  }
  out_ += text.substr(done);
}

int columns(std::string_view text) {
  int total = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c >= ' ' && c <= '~') {
      ++total, ++at;
    } else if (const std::size_t colour = colour_sequence(text.substr(at))) {
      at += colour;
    } else {
      const Character character = decode(text.substr(at));
      total += std::max(utf8proc_charwidth(static_cast<utf8proc_int32_t>(character.code)), 0);
      at += static_cast<std::size_t>(std::max(character.length, 1));
    }
  }
  return total;
}

std::string wrap(std::string_view text, int width) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  bool after_blank = false;
  std::vector<PlacedWord> words;
  while (!text.empty()) {
    const std::size_t line_break = text.find('\n');
    std::string_view line = text.substr(0, line_break);
    text.remove_prefix(line_break == kNowhere ? text.size() : line_break + 1);
    line = trimmed(line);
    const bool blank = shows_nothing(line);
    if (blank) {
      // A line of colour sequences alone looks blank, but what it switches must still be switched.
      for (const char c : line)
        if (c != ' ') out += c;
    } else if (line.find('\t') == kNowhere && line.size() <= static_cast<std::size_t>(width)) {
      out += line;  // never more columns than bytes
    } else {
      LineBreaker breaker(out, width);
      const std::size_t begin = words_begin(line);
      breaker.begin(line.substr(0, begin));
      const std::string rest = without_tabs(line.substr(begin));
      words.clear();
      split_words(rest, words);
      breaker.add(rest, words);
    }
    if (line_break != kNowhere && !(blank && after_blank)) out += '\n';
    after_blank = blank;
  }
  return out;
}

}  // namespace needleplan
