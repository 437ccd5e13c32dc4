/// Rows found by a text where they lie, in memory that is only read: made once, at build time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace needleplan {

/// A part of a pool of texts.
struct TextPart {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};
[[nodiscard]] inline std::string_view part_of(std::span<const char> pool, TextPart part) {
  return {pool.data() + part.begin, part.size};
}

/// FNV-1a; the same for whoever fills a table and whoever looks into it.
[[nodiscard]] constexpr std::uint32_t text_hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

/// Slots for so many keys, each 1 + the index of a row, or 0: open addressing, a power of two, at most half full. A key
/// that occurs twice is found at its first row.
template <class KeyOf>
[[nodiscard]] std::vector<std::uint32_t> text_slots(std::size_t rows, KeyOf key_of) {
  std::size_t size = 2;
  while (size < 2 * rows)
    size *= 2;
  std::vector<std::uint32_t> slots(size);
  for (std::size_t row = 0; row < rows; ++row) {
    std::size_t at = text_hash(key_of(row)) & (size - 1);
    while (slots[at] != 0)
      at = (at + 1) & (size - 1);
    slots[at] = static_cast<std::uint32_t>(row + 1);
  }
  return slots;
}

/// The row whose `key` that text is, or null.
template <class Row>
[[nodiscard]] const Row* find_row(std::span<const Row> rows, std::span<const std::uint32_t> slots,
                                  std::span<const char> pool, std::string_view text) {
  if (slots.empty()) return nullptr;
  for (std::size_t at = text_hash(text) & (slots.size() - 1); slots[at] != 0; at = (at + 1) & (slots.size() - 1)) {
    const Row& row = rows[slots[at] - 1];
    if (part_of(pool, row.key) == text) return &row;
  }
  return nullptr;
}

}  // namespace needleplan
