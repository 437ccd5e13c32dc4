#include "needleplan/render/layout.h"

#include <algorithm>

#include <utf8proc.h>

#include "needleplan/text/characters.h"

namespace needleplan {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// The bytes of a colour sequence that begins here, else 0.
std::size_t colour_sequence(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != kNone && text[end] == 'm' ? end + 1 : 0;
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

bool is_blank(std::string_view line) {
  return skip_blanks(line, 0) == line.size();
}

void append_without_tabs(std::string& out, std::string_view text) {
  for (const char c : text)
    if (c != '\t') out += c;
}

}  // namespace

std::size_t words_begin(std::string_view line) {
  if (const std::size_t tab = line.find('\t'); tab != kNone) return tab;
  std::size_t at = skip_blanks(line, 0);
  while (const std::size_t size = bullet(line.substr(at)))
    at = skip_blanks(line, at + size);
  return at;
}

std::string_view trimmed(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

void LineBreaker::begin(std::string_view start) {
  append_without_tabs(out_, start);
  column_ = columns(start);
  hang_ = std::min(column_, width_ / 2);
}

void LineBreaker::word(std::size_t spaces, std::string_view word, int length) {
  if (!at_start_ && column_ + static_cast<int>(spaces) + length > width_) {
    out_ += '\n';
    out_.append(static_cast<std::size_t>(hang_), ' ');
    column_ = hang_;
  } else {
    out_.append(spaces, ' ');
    column_ += static_cast<int>(spaces);
  }
  append_without_tabs(out_, word);
  column_ += length;
  at_start_ = false;
}

void LineBreaker::words(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find_first_not_of(' ', at), text.size());
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view one = text.substr(begin, end - begin);
    word(begin - at, one, columns(one));
    at = end;
  }
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
  while (!text.empty()) {
    const std::size_t line_break = text.find('\n');
    std::string_view line = text.substr(0, line_break);
    text.remove_prefix(line_break == kNone ? text.size() : line_break + 1);
    line = trimmed(line);
    const bool blank = is_blank(line);
    if (blank) {
      // A line of colour sequences alone looks blank, but what it switches must still be switched.
      for (const char c : line)
        if (c != ' ') out += c;
    } else if (line.find('\t') == kNone && line.size() <= static_cast<std::size_t>(width)) {
      out += line;  // never more columns than bytes
    } else {
      LineBreaker breaker(out, width);
      const std::size_t begin = words_begin(line);
      breaker.begin(line.substr(0, begin));
      breaker.words(line.substr(begin));
    }
    if (line_break != kNone && !(blank && after_blank)) out += '\n';
    after_blank = blank;
  }
  return out;
}

}  // namespace needleplan
