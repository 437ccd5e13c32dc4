/// UTF-8 text by characters, and which of them may stand in a file or on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace needleplan {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
/// What separates words in ASCII: also the line breaks.
[[nodiscard]] constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
[[nodiscard]] constexpr bool lies_in(char32_t code, char32_t first, char32_t last) {
  return code >= first && code <= last;
}

/// One character of a UTF-8 text; `length` 0 where the bytes are no valid character.
struct Character {
  char32_t code = 0;
  int length = 0;
};
[[nodiscard]] Character decode(std::string_view text);
void append_utf8(std::string& out, char32_t code);

/// Characters that may stand nowhere: controls, line breaks other than LF, bidirectional overrides, and those that
/// Unicode keeps for the inner use of programs (time/blank.h uses two of them).
[[nodiscard]] bool is_forbidden(char32_t code);
/// Characters that look like a space or like nothing, but are not U+0020.
[[nodiscard]] bool is_odd_space(char32_t code);
/// Characters that show nothing and take no room: format characters and others that Unicode says to pass over, but for
/// the selectors that tell how the character before them looks.
[[nodiscard]] bool is_invisible(char32_t code);

/// What keeps a text from being one line that says something and hides nothing.
struct LineFault {
  enum class Kind : std::uint8_t { none, line_break, invisible, no_letter };
  Kind kind = Kind::none;
  char32_t code = 0;  ///< of an invisible character
};
/// The first fault. A text of spaces alone has none: it is empty.
[[nodiscard]] LineFault fault_of_line(std::string_view text);
/// The text fit for a message on one line: what is forbidden, malformed or a line break becomes `?`, and what is
/// longer than `most` characters is cut.
[[nodiscard]] std::string printable(std::string_view text, std::size_t most = std::string_view::npos);
/// `U+00A0`.
[[nodiscard]] std::string code_name(char32_t code);

}  // namespace needleplan
