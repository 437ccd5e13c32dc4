/// Plain text on a page of fixed width.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace needleplan {

/// How many columns a terminal gives the text: two for wide characters, none for marks that join the
/// letter before them, for tabs and for colour sequences (`ESC [ ... m`). Of one line.
[[nodiscard]] int columns(std::string_view text);

/// A word within a text.
struct PlacedWord {
  std::uint32_t begin = 0;  ///< in bytes
  std::uint32_t size = 0;
  int spaces = 0;  ///< before it
  int columns = 0;
};

/// The words of a text of one line without tabs, in their order. What is left of the text behind the last one are
/// spaces, which count as a word of no size.
void split_words(std::string_view text, std::vector<PlacedWord>& out);

/// A line that is broken as it is written: what stands before its words, then texts one after the other.
class LineBreaker {
 public:
  LineBreaker(std::string& out, int width) : out_(out), width_(width) {}
  /// Goes on with a line that another breaker began.
  LineBreaker(std::string& out, int width, int column, int hang, bool at_start)
      : out_(out), width_(width), column_(column), hang_(hang), at_start_(at_start) {}

  /// What stands before the words; lines after a break begin below its end.
  void begin(std::string_view start);
  /// The words of a text; it begins with the spaces before its first word.
  void add(std::string_view text, std::span<const PlacedWord> words);

  [[nodiscard]] int column() const { return column_; }
  [[nodiscard]] int hang() const { return hang_; }
  [[nodiscard]] bool at_start() const { return at_start_; }

 private:
  std::string& out_;
  int width_;
  int column_ = 0;
  int hang_ = 0;
  bool at_start_ = true;
};

/// Where the words of a line begin, in bytes: see wrap().
[[nodiscard]] std::size_t words_begin(std::string_view line);

/// A line without the spaces, tabs and carriage returns at its end.
[[nodiscard]] std::string_view trimmed(std::string_view line);

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
