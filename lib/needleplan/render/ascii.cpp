#include <algorithm>
#include <array>

#include <utf8proc.h>

#include "needleplan/render/layout.h"
#include "needleplan/text/characters.h"
#include "needleplan/time/blank.h"

namespace needleplan {

namespace {

struct Likeness {
  utf8proc_int32_t code;
  std::string_view text;
};

/// What Unicode's own decompositions do not turn into ASCII, by code.
constexpr std::array kLikenesses = {
    Likeness{0x00A1, "!"},   Likeness{0x00A2, "c"},   Likeness{0x00A3, "GBP"}, Likeness{0x00A7, "S."},
    Likeness{0x00A9, "(C)"}, Likeness{0x00AB, "\""},  Likeness{0x00AE, "(R)"}, Likeness{0x00B0, "deg"},
    Likeness{0x00B1, "+/-"}, Likeness{0x00B4, "'"},   Likeness{0x00B7, "*"},   Likeness{0x00BB, "\""},
    Likeness{0x00BF, "?"},   Likeness{0x00C6, "AE"},  Likeness{0x00D0, "D"},   Likeness{0x00D7, "x"},
    Likeness{0x00D8, "O"},   Likeness{0x00DE, "Th"},  Likeness{0x00DF, "ss"},  Likeness{0x00E6, "ae"},
    Likeness{0x00F0, "d"},   Likeness{0x00F7, "/"},   Likeness{0x00F8, "o"},   Likeness{0x00FE, "th"},
    Likeness{0x0110, "D"},   Likeness{0x0111, "d"},   Likeness{0x0131, "i"},   Likeness{0x0141, "L"},
    Likeness{0x0142, "l"},   Likeness{0x0152, "OE"},  Likeness{0x0153, "oe"},  Likeness{0x03BC, "u"},
    Likeness{0x1E9E, "SS"},  Likeness{0x2010, "-"},   Likeness{0x2011, "-"},   Likeness{0x2012, "-"},
    Likeness{0x2013, "-"},   Likeness{0x2014, "-"},   Likeness{0x2015, "-"},   Likeness{0x2018, "'"},
    Likeness{0x2019, "'"},   Likeness{0x201A, "'"},   Likeness{0x201B, "'"},   Likeness{0x201C, "\""},
    Likeness{0x201D, "\""},  Likeness{0x201E, "\""},  Likeness{0x2022, "*"},   Likeness{0x2032, "'"},
    Likeness{0x2033, "\""},  Likeness{0x2039, "'"},   Likeness{0x203A, "'"},   Likeness{0x2044, "/"},
    Likeness{0x20AC, "EUR"}, Likeness{0x2190, "<-"},  Likeness{0x2191, "^"},   Likeness{0x2192, "->"},
    Likeness{0x2193, "v"},   Likeness{0x2194, "<->"}, Likeness{0x21D0, "<="},  Likeness{0x21D2, "=>"},
    Likeness{0x2212, "-"},   Likeness{0x2248, "~"},   Likeness{0x2260, "!="},  Likeness{0x2264, "<="},
    Likeness{0x2265, ">="},  Likeness{0x2500, "-"},   Likeness{0x2502, "|"},   Likeness{0x2550, "="},
    Likeness{0x25A0, "*"},   Likeness{0x25A1, "[ ]"}, Likeness{0x25AA, "*"},   Likeness{0x25B6, ">"},
    Likeness{0x25B8, ">"},   Likeness{0x25CB, "o"},   Likeness{0x25CF, "*"},   Likeness{0x25E6, "o"},
    Likeness{0x2605, "*"},   Likeness{0x2610, "[ ]"}, Likeness{0x2611, "[x]"}, Likeness{0x2612, "[x]"},
    Likeness{0x26A0, "!"},   Likeness{0x2713, "+"},   Likeness{0x2714, "+"},   Likeness{0x2717, "x"},
    Likeness{0x2718, "x"},
};
static_assert(std::ranges::is_sorted(kLikenesses, {}, &Likeness::code));

const Likeness* likeness(utf8proc_int32_t code) {
  const auto found = std::ranges::lower_bound(kLikenesses, code, {}, &Likeness::code);
  return found != kLikenesses.end() && found->code == code ? &*found : nullptr;
}

/// `whole` is false for the parts of a decomposed character, which are not taken apart again.
void append_ascii(std::string& out, utf8proc_int32_t code, bool whole) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  if (const Likeness* const known = likeness(code)) {
    out += known->text;
    return;
  }
  constexpr auto kHow =
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  std::array<utf8proc_int32_t, 32> parts{};
  int last_class = 0;
  const auto count = whole ? utf8proc_decompose_char(code, parts.data(), parts.size(), kHow, &last_class) : -1;
  if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) {
    out += '?';
    return;
  }
  // None at all for a mark without a letter or an invisible character.
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    append_ascii(out, parts[i], false);
}

}  // namespace

std::string ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto other = std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    out.append(text.begin(), other);
    text.remove_prefix(static_cast<std::size_t>(other - text.begin()));
    if (text.empty()) break;
    const Character character = decode(text);
    // What goes into a blank is made ASCII when it is filled in.
    if (is_blank_mark(text)) {
      out += text.substr(0, kBlankBegins.size());
      text.remove_prefix(kBlankBegins.size());
      continue;
    }
    append_ascii(out, character.length > 0 ? static_cast<utf8proc_int32_t>(character.code) : 0xFFFD, true);
    text.remove_prefix(static_cast<std::size_t>(std::max(character.length, 1)));
  }
  return out;
}

}  // namespace needleplan
