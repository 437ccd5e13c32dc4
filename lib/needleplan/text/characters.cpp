#include "needleplan/text/characters.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>
#include <utf8proc.h>

namespace needleplan {

Character decode(std::string_view text) {
  if (text.empty()) return {};
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80U) return {static_cast<char32_t>(lead), 1};
  std::size_t length = 0;
  char32_t code = 0;
  char32_t smallest = 0;
  if ((lead & 0xE0U) == 0xC0U) {
    length = 2, code = lead & 0x1FU, smallest = 0x80;
  } else if ((lead & 0xF0U) == 0xE0U) {
    length = 3, code = lead & 0x0FU, smallest = 0x800;
  } else if ((lead & 0xF8U) == 0xF0U) {
    length = 4, code = lead & 0x07U, smallest = 0x10000;
  }
  if (length == 0 || text.size() < length) return {};
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  if (code < smallest || code > 0x10FFFF || lies_in(code, 0xD800, 0xDFFF)) return {};
  return {code, static_cast<int>(length)};
}

void append_utf8(std::string& out, char32_t code) {
  const auto put = [&out](char32_t bits) { out.push_back(static_cast<char>(static_cast<unsigned char>(bits))); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0U | (code >> 6U));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
}

bool is_forbidden(char32_t code) {
  if (code < 0x20) return code != '\n' && code != '\t';
  if (code < 0x7F) return false;
  return lies_in(code, 0x7F, 0x9F) || lies_in(code, 0x2028, 0x202E) || lies_in(code, 0x2066, 0x2069) ||
         code == 0xFEFF || lies_in(code, 0xFDD0, 0xFDEF) || lies_in(code, 0xFFFE, 0xFFFF);
}

bool is_odd_space(char32_t code) {
  return code == 0xA0 || code == 0xAD || code == 0x1680 || lies_in(code, 0x2000, 0x200F) || code == 0x202F ||
         lies_in(code, 0x205F, 0x2064) || code == 0x3000;
}

bool is_invisible(char32_t code) {
  if (code == 0x2800) return true;  // the Braille pattern without dots
  if (code < 0xAD || lies_in(code, 0xFE00, 0xFE0F) || lies_in(code, 0xE0100, 0xE01EF)) return false;
  const utf8proc_property_t* property = utf8proc_get_property(static_cast<utf8proc_int32_t>(code));
  return property->category == UTF8PROC_CATEGORY_CF || property->category == UTF8PROC_CATEGORY_ZL ||
         property->category == UTF8PROC_CATEGORY_ZP || property->ignorable != 0;
}

namespace {

bool is_letter_or_digit(char32_t code) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO && category != UTF8PROC_CATEGORY_MN &&
         category != UTF8PROC_CATEGORY_MC && category != UTF8PROC_CATEGORY_ME;
}

constexpr bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether all of it is printable ASCII; eight bytes at a time, since every text of a profile comes by here.
bool is_plain(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  constexpr std::uint64_t kSpaces8 = 0x2020202020202020;
  std::uint64_t eight = 0;
  if (text.size() < sizeof eight)
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  const auto plain = [&](std::size_t at) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    return ((eight | ((eight - kSpaces8) & ~eight)) & kHighBits) == 0;
  };
  for (std::size_t at = 0; at + sizeof eight <= text.size(); at += sizeof eight)
    if (!plain(at)) return false;
  return plain(text.size() - sizeof eight);  // the rest, and some once more
}

}  // namespace

LineFault fault_of_line(std::string_view text) {
  if (!text.empty() && is_ascii_letter_or_digit(text.front()) && is_plain(text)) return {};
  bool letter = false;
  bool sign = false;  // anything but spaces
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) < 0x80) {
      if (c == '\n' || c == '\r') return {LineFault::Kind::line_break};
      const bool space = c == ' ' || c == '\t';
      letter = letter || is_ascii_letter_or_digit(c);
      sign = sign || !space;
      ++i;
      continue;
    }
    const Character character = decode(text.substr(i));
    if (character.code == 0x2028 || character.code == 0x2029) return {LineFault::Kind::line_break};
    if (is_invisible(character.code)) return {LineFault::Kind::invisible, character.code};
    letter = letter || is_letter_or_digit(character.code);
    sign = true;
    i += static_cast<std::size_t>(std::max(character.length, 1));
  }
  return {letter || !sign ? LineFault::Kind::none : LineFault::Kind::no_letter};
}

std::string printable(std::string_view text, std::size_t most) {
  std::string out;
  while (!text.empty()) {
    if (most-- == 0) return out + "...";
    const Character character = decode(text);
    const bool shown = character.length > 0 && !is_forbidden(character.code) && character.code != '\n';
    const auto length = static_cast<std::size_t>(std::max(character.length, 1));
    out += shown ? text.substr(0, length) : "?";
    text.remove_prefix(length);
  }
  return out;
}

std::string code_name(char32_t code) {
  return fmt::format("U+{:04X}", static_cast<std::uint32_t>(code));
}

}  // namespace needleplan
