/// XXH3 with 128 bits: tells texts apart quickly. Not for anything that somebody might want to forge.
#pragma once

#include <cstdint>
#include <string_view>

namespace needleplan::batch {

struct Hash {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(const Hash&) const = default;
};

/// The same on every machine.
[[nodiscard]] Hash hash_of(std::string_view bytes);

}  // namespace needleplan::batch
