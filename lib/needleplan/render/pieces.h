/// A template's text, cut into what is printed as it stands and what is looked up.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "needleplan/text/source.h"

namespace needleplan {

enum class PieceKind : std::uint8_t { text, escaped, raw, section, inverted, partial };

/// All views point into the source.
struct Piece {
  PieceKind kind = PieceKind::text;
  bool standalone = false;   ///< of a partial: the tag has its line to itself, so its indentation is passed on
  std::uint32_t target = 0;  ///< of a section: the piece after its last; of a partial: the number of its body
  std::string_view text;     ///< the text; of a partial: the indentation
  std::string_view name;     ///< the first part of a dotted name, `.`, or a partial's name
  std::string_view rest;     ///< the other parts, if any: `b.c` of `a.b.c`
};

/// One file, parsed.
struct Body {
  const Source* source = nullptr;
  std::vector<Piece> pieces;
};

/// Where a part of a source's text stands.
inline Location location_of(const Source& source, std::string_view part) {
  return {&source, static_cast<std::uint32_t>(part.data() - source.text().data())};
}

}  // namespace needleplan
