#include "needleplan/render/escape.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "needleplan/text/characters.h"
#include "needleplan/time/blank.h"

namespace needleplan {

namespace {

enum class Byte : std::uint8_t { plain = 0, line_break, control, lead, html, markdown, block };
using Classes = std::array<Byte, 256>;

constexpr Classes classes(Escape escape) {
  Classes all{};
  for (std::size_t c = 0; c < 0x20; ++c)
    all[c] = Byte::control;
  all[0x7F] = Byte::control;
  // The only first bytes of forbidden characters, so that accented letters need no decoding.
  all[0xC2] = all[0xE2] = all[0xEF] = Byte::lead;
  all['\n'] = escape == Escape::markdown ? Byte::line_break : Byte::plain;
  if (escape == Escape::html)
    for (const char c : {'&', '<', '>', '"', '\''})
      all[static_cast<unsigned char>(c)] = Byte::html;
  if (escape == Escape::markdown) {
    for (const char c : {'\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&'})
      all[static_cast<unsigned char>(c)] = Byte::markdown;
    // These mean something only where a block may begin; escaping "15-20 min." everywhere would be noise.
    for (const char c : {'#', '+', '-', '=', '.', ')'})
      all[static_cast<unsigned char>(c)] = Byte::block;
  }
  return all;
}

constexpr std::array<Classes, 3> kClasses{classes(Escape::none), classes(Escape::html), classes(Escape::markdown)};
constexpr std::string_view kReplacement = "\uFFFD";

std::string_view html_entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "&#39;";
  }
}

/// How many plain characters come first. Four at a time, since nearly all are plain.
std::size_t plain_run(const Classes& bytes, std::string_view text) {
  const auto class_of = [&](std::size_t i) {
    return static_cast<unsigned>(bytes[static_cast<unsigned char>(text[i])]);
  };
  std::size_t i = 0;
  while (i + 4 <= text.size() && (class_of(i) | class_of(i + 1) | class_of(i + 2) | class_of(i + 3)) == 0)
    i += 4;
  while (i < text.size() && class_of(i) == 0)
    ++i;
  return i;
}

/// Whether only spaces, bullets, quote marks and digits stand before the end of the last line, so that
/// a Markdown block could begin there (or a number be completed to "1.").
bool may_begin_block(std::string_view out) {
  for (std::size_t i = out.size(); i > 0 && out[i - 1] != '\n'; --i)
    if (std::string_view(" \t>-*+.)#\\0123456789").find(out[i - 1]) == std::string_view::npos) return false;
  return true;
}

}  // namespace

void append_escaped(std::string& out, std::string_view text, Escape escape) {
  const Classes& bytes = kClasses[static_cast<std::size_t>(escape)];
  std::size_t done = 0;
  const auto flush = [&](std::size_t to) { out.append(text.data() + done, to - done); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    i += plain_run(bytes, text.substr(i));
    if (i == text.size()) break;
    const Byte byte = bytes[static_cast<unsigned char>(text[i])];
    std::size_t taken = 1;
    flush(i);
    done = i;
    switch (byte) {
      case Byte::control:
        out += text[i] == '\t' ? std::string_view(" ") : kReplacement;
        break;
      case Byte::lead: {
        const Character character = decode(text.substr(i));
        if (character.length > 0 && (!is_forbidden(character.code) || is_blank_mark(text.substr(i)))) continue;
        taken = static_cast<std::size_t>(std::max(character.length, 1));
        out += kReplacement;
        break;
      }
      case Byte::html:
        out += html_entity(text[i]);
        break;
      case Byte::block:
        if (!may_begin_block(out)) continue;
        [[fallthrough]];
      case Byte::markdown:
        out += '\\';
        out += text[i];
        break;
      case Byte::plain:
      case Byte::line_break:
        continue;  // a line break only brings `out` up to date, for may_begin_block
    }
    i += taken - 1;
    done = i + 1;
  }
  flush(text.size());
}

}  // namespace needleplan
