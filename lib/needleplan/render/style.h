/// Colour and weight for terminals, offered to templates as `{{style.red}}late{{style.reset}}`.
#pragma once

#include <array>

#include "needleplan/render/data.h"
#include "needleplan/render/vocabulary.h"

namespace needleplan {

enum class Color { off, on };

inline constexpr std::array<Word, 7> kStyleNames{{
    {"bold", WordKind::value, "begins bold text on a terminal, nothing elsewhere"},
    {"dim", WordKind::value, "begins faint text on a terminal"},
    {"red", WordKind::value, "begins red text on a terminal"},
    {"green", WordKind::value, "begins green text on a terminal"},
    {"yellow", WordKind::value, "begins yellow text on a terminal"},
    {"cyan", WordKind::value, "begins cyan text on a terminal"},
    {"reset", WordKind::value, "ends every style begun before"},
}};
inline constexpr Vocabulary kStyleVocabulary{kStyleNames};

/// The row for the top level of a vocabulary.
inline constexpr Word kStyleWord{"style", WordKind::map, "colours on a terminal, nothing elsewhere", &kStyleVocabulary};

/// The value that belongs to it: escape sequences, or empty texts. Good for the whole run.
[[nodiscard]] Data style(Color color);

}  // namespace needleplan
