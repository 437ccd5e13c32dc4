#include "needleplan/yaml/characters.h"

#include <algorithm>

#include <fmt/format.h>

namespace needleplan::yaml {

namespace {

constexpr std::size_t kBlock = 32;
/// A file in another encoding would otherwise drown every other message.
constexpr std::size_t kMostReports = 20;

/// What needs no closer look: ASCII, and no control other than a line feed.
bool is_plain_ascii(char byte) {
  return (byte >= 0x20 && byte < 0x7F) || byte == '\n';
}
/// The same of a whole block; a count that is known and sums of bytes let compilers look at many bytes at a time.
bool is_plain_block(const char* bytes) {
  std::uint8_t odd = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto c = static_cast<std::uint8_t>(bytes[i]);
    // One range: what lies below a space is then above everything else.
    const auto from_space = static_cast<std::uint8_t>(c - 0x20U);
    odd |= static_cast<std::uint8_t>(from_space > 0x5EU) & static_cast<std::uint8_t>(c != '\n');
  }
  return odd == 0;
}
/// The characters U+00C0 to U+07FF: two bytes long, and none is forbidden or an odd space.
bool is_plain_pair(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  return text.size() >= 2 && byte(0) >= 0xC3U && byte(0) <= 0xDFU && (byte(1) & 0xC0U) == 0x80U;
}

void report(Location at, char32_t code, Diagnostics& diagnostics) {
  if (code == 0) {
    diagnostics.error(at, "nul-byte", "a NUL byte; save the file as plain UTF-8 text");
  } else if (lies_in(code, 0x202A, 0x202E) || lies_in(code, 0x2066, 0x2069)) {
    diagnostics.error(
        at, "bidi-control",
        fmt::format("the invisible character {} changes the order in which text is shown; delete it", code_name(code)));
  } else if (code == 0x2028 || code == 0x2029) {
    diagnostics.error(at, "line-separator",
                      fmt::format("the invisible line separator {}; put an ordinary line break", code_name(code)));
  } else if (code == 0xFEFF) {
    diagnostics.error(at, "byte-order-mark", "a byte order mark in the middle of the text; delete it");
  } else if (code == '\r') {
    diagnostics.error(at, "lone-carriage-return", "a carriage return that ends no line; put an ordinary line break");
  } else {
    diagnostics.error(at, "control-character", fmt::format("the control character {}; delete it", code_name(code)));
  }
}

}  // namespace

void check_characters(const Source& source, bool& odd_spaces, Diagnostics& diagnostics) {
  const std::string_view text = source.text();
  odd_spaces = false;
  std::size_t reports = 0;
  std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (i < text.size() && reports < kMostReports) {
    if (text.size() - i >= kBlock && is_plain_block(text.data() + i)) {
      i += kBlock;
      continue;
    }
    for (const std::size_t stop = std::min(i + kBlock, text.size()); i < stop && reports < kMostReports;) {
      if (is_plain_ascii(text[i])) {
        ++i;
        continue;
      }
      if (is_plain_pair(text.substr(i))) {
        i += 2;
        continue;
      }
      const Location at{&source, static_cast<std::uint32_t>(i)};
      const Character character = decode(text.substr(i));
      if (character.length == 0) {
        diagnostics.error(at, "invalid-utf8", "bytes that are no UTF-8 text; save the file as UTF-8");
        ++reports;
        while (i < text.size() && decode(text.substr(i)).length == 0)
          ++i;
        continue;
      }
      i += static_cast<std::size_t>(character.length);
      if (is_forbidden(character.code)) {
        if (character.code == '\r' && i < text.size() && text[i] == '\n') continue;
        report(at, character.code, diagnostics);
        ++reports;
      } else if (is_odd_space(character.code)) {
        odd_spaces = true;
      }
    }
  }
}

}  // namespace needleplan::yaml
