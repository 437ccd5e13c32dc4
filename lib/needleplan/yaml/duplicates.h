/// The same key twice in a map.
#pragma once

#include <cstdint>

#include "needleplan/yaml/node.h"

namespace needleplan::yaml {

/// Whether two keys of the map at `index` have the same text. Linear or nearly so, also in hostile maps.
[[nodiscard]] bool has_duplicate_keys(const Document& document, std::uint32_t index);

}  // namespace needleplan::yaml
