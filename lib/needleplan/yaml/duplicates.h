/// The same key twice in a map.
#pragma once

#include <cstdint>

#include "needleplan/yaml/node.h"

namespace needleplan::yaml {

/// The rest of may_repeat(), where the bit of the mark is among those of the keys.
[[nodiscard]] bool has_alike_key(const Document& document, std::uint32_t index, std::uint16_t mark,
                                 std::uint32_t count);
/// Whether a key of this mark, which is still to be added to the map at `index`, may already be there; the document
/// then notes it. `keys` and `count` are those of the map so far.
[[nodiscard]] inline bool may_repeat(const Document& document, std::uint32_t index, std::uint16_t mark,
                                     std::uint32_t keys, std::uint32_t count) {
  return (keys & key_bit(mark)) != 0 && has_alike_key(document, index, mark, count);
}

/// Whether two keys of the map at `index` have the same text. Linear or nearly so, also in hostile maps.
[[nodiscard]] bool has_duplicate_keys(const Document& document, std::uint32_t index);

}  // namespace needleplan::yaml
