/// The escapes of texts in double quotes, which YAML and JSON share.
#pragma once

#include <cstdint>

namespace needleplan::yaml {

enum class EscapeFault : std::uint8_t { none, unknown, few_digits, no_character, forbidden };

/// What an escape stands for. After a fault `code` is what could be made of it, and `next` still says where to go on.
struct Escape {
  char32_t code = 0;
  const char* next = nullptr;  ///< behind the escape
  EscapeFault fault = EscapeFault::none;
};

/// Resolves the escape whose backslash stands at `p`; `end` is the closing quote. Two halves of a surrogate pair are
/// one escape.
[[nodiscard]] Escape read_escape(const char* p, const char* end);
/// How many hexadecimal digits belong to `\x`, `\u` and `\U`; 0 for other escapes.
[[nodiscard]] int escape_digits(char kind);

}  // namespace needleplan::yaml
