/// Plain text on a page of fixed width.
#pragma once

#include <string>
#include <string_view>

namespace needleplan {

/// How many columns a terminal gives the text: two for wide characters, none for marks that join the
/// letter before them, for tabs and for colour sequences (`ESC [ ... m`). Of one line.
[[nodiscard]] int columns(std::string_view text);

/// Breaks lines longer than `width` columns at spaces, never within a word. What follows a break is
/// indented to where the line's words begin:
///
/// - after its first TAB, if it has one: `Mon 23 Nov  \tapply a thin layer`. Tabs print as nothing;
/// - otherwise after its own indentation and any bullets `-`, `*`, `•`, `>>`, `12.`, `12)`, `[ ]`, `[x]`.
///
/// That is at most half the width. Several blank lines become one; spaces and carriage returns at the
/// ends of lines go.
[[nodiscard]] std::string wrap(std::string_view text, int width);

/// For terminals and printers that know ASCII only: dashes, arrows, quotes, fractions and accented
/// letters become their nearest likeness, everything else `?`. Goes before wrap(), since it changes lengths.
[[nodiscard]] std::string ascii(std::string_view text);

}  // namespace needleplan
