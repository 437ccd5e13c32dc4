/// Small places of the body, in sets: where an area lies, and what touches it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace needleplan {

/// A set of small places, by their numbers in the catalog.
struct Places {
  static constexpr std::size_t kMost = 128;
  std::array<std::uint64_t, kMost / 64> bits{};

  bool operator==(const Places&) const = default;
  [[nodiscard]] bool any() const { return (bits[0] | bits[1]) != 0; }
  [[nodiscard]] bool has(std::size_t place) const { return (bits[place / 64] >> (place % 64) & 1U) != 0; }
  [[nodiscard]] bool meets(const Places& other) const {
    return ((bits[0] & other.bits[0]) | (bits[1] & other.bits[1])) != 0;
  }
  [[nodiscard]] bool within(const Places& other) const {
    return ((bits[0] & ~other.bits[0]) | (bits[1] & ~other.bits[1])) == 0;
  }
  void add(std::size_t place) { bits[place / 64] |= std::uint64_t{1} << (place % 64); }
  Places& operator|=(const Places& other) {
    bits[0] |= other.bits[0], bits[1] |= other.bits[1];
    return *this;
  }
  Places& operator&=(const Places& other) {
    bits[0] &= other.bits[0], bits[1] &= other.bits[1];
    return *this;
  }
};

/// The places that an area covers, and those together with whatever touches them. Empty: nobody said where it lies.
struct Ground {
  Places places, around;
};

}  // namespace needleplan
