/// The check of a text's characters before it is read, and what the reader sees in a byte.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "needleplan/text/characters.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/text/source.h"

namespace needleplan::yaml {

/// Reports every forbidden or malformed character. `odd_spaces` tells whether there are any.
void check_characters(const Source& source, bool& odd_spaces, Diagnostics& diagnostics);

namespace byte_class {
constexpr std::uint8_t kStop = 1;        ///< may end a plain scalar in a block
constexpr std::uint8_t kFlowStop = 2;    ///< may end a plain scalar within brackets
constexpr std::uint8_t kIndicator = 4;   ///< may not begin a plain scalar
constexpr std::uint8_t kAfterColon = 8;  ///< makes the colon before it the end of a key
constexpr std::uint8_t kNoWord = 16;     ///< does not begin a plain scalar, or does so only sometimes

constexpr std::array<std::uint8_t, 256> make_table() {
  std::array<std::uint8_t, 256> table{};
  const auto mark = [&table](std::string_view bytes, std::uint8_t bit) {
    for (const char c : bytes)
      table[static_cast<unsigned char>(c)] |= bit;
  };
  constexpr std::string_view kEnds("\0\r\n", 3);
  mark(kEnds, kStop | kFlowStop | kAfterColon | kNoWord);
  mark(":#", kStop | kFlowStop | kNoWord);
  mark(",[]{}", kFlowStop | kIndicator | kNoWord);
  mark("#&*!|>'\"%@`", kIndicator | kNoWord);
  mark(" \t", kAfterColon | kNoWord);
  mark("-.?", kNoWord);
  return table;
}
inline constexpr std::array<std::uint8_t, 256> kTable = make_table();
}  // namespace byte_class

[[nodiscard]] inline bool has_class(char c, std::uint8_t bit) {
  return (byte_class::kTable[static_cast<unsigned char>(c)] & bit) != 0;
}
[[nodiscard]] inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// The first byte from `p` on that may end a plain scalar in a block.
[[nodiscard]] inline const char* find_stop(const char* p) {
  while (!has_class(*p, byte_class::kStop))
    ++p;
  return p;
}

}  // namespace needleplan::yaml
