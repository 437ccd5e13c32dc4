#include "needleplan/yaml/escape.h"

#include "needleplan/text/characters.h"

namespace needleplan::yaml {

namespace {

bool read_hex(const char* digits, const char* end, int count, char32_t& code) {
  code = 0;
  if (end - digits < count) return false;
  for (int i = 0; i < count; ++i) {
    const char c = digits[i];
    const auto lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      code = code * 16 + static_cast<char32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      code = code * 16 + static_cast<char32_t>(lower - 'a' + 10);
    } else {
      return false;
    }
  }
  return true;
}

/// The character of an escape of one letter; false if there is none such.
bool simple(char kind, char32_t& code) {
  switch (kind) {
    case '"':
    case '\\':
    case '/':
    case ' ':
      code = static_cast<char32_t>(kind);
      return true;
    case 't':
    case '\t':
      code = '\t';
      return true;
    case 'n':
      code = '\n';
      return true;
    case 'r':
      code = '\r';
      return true;
    case '_':
      code = 0xA0;
      return true;
    case '0':
      code = 0;
      return true;
    case 'a':
      code = 7;
      return true;
    case 'b':
      code = 8;
      return true;
    case 'v':
      code = 11;
      return true;
    case 'f':
      code = 12;
      return true;
    case 'e':
      code = 27;
      return true;
    case 'N':
      code = 0x85;
      return true;
    case 'L':
      code = 0x2028;
      return true;
    case 'P':
      code = 0x2029;
      return true;
    default:
      return false;
  }
}

}  // namespace

int escape_digits(char kind) {
  return kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
}

Escape read_escape(const char* p, const char* end) {
  const char kind = p[1];
  Escape escape{.code = 0, .next = p + 2};
  if (const int digits = escape_digits(kind); digits > 0) {
    if (!read_hex(escape.next, end, digits, escape.code)) {
      escape.fault = EscapeFault::few_digits;
      return escape;
    }
    escape.next += digits;
    const char* next = escape.next;
    const bool high = escape.code >= 0xD800 && escape.code <= 0xDBFF;
    char32_t low = 0;
    if (kind == 'u' && high && end - next >= 6 && next[0] == '\\' && next[1] == 'u' &&
        read_hex(next + 2, end, 4, low) && low >= 0xDC00 && low <= 0xDFFF) {
      escape.code = 0x10000 + ((escape.code - 0xD800) << 10U) + (low - 0xDC00);
      escape.next += 6;
    }
    if (escape.code > 0x10FFFF || (escape.code >= 0xD800 && escape.code <= 0xDFFF)) {
      escape.fault = EscapeFault::no_character;
      return escape;
    }
  } else if (!simple(kind, escape.code)) {
    escape.fault = EscapeFault::unknown;
    return escape;
  }
  if (is_forbidden(escape.code) && escape.code != '\r') escape.fault = EscapeFault::forbidden;
  return escape;
}

}  // namespace needleplan::yaml
