#include "needleplan/catalog/suggest.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "needleplan/catalog/catalog.h"
#include "needleplan/catalog/catalog_tables.h"
#include "needleplan/catalog/fold.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

/// So many different misspellings are kept; whoever has more has no chain of clinics but noise.
constexpr std::size_t kMostKept = 4096;

/// Rows are looked at so many at a time: the counts of a block are found by operations on several words at once, for
/// which no row may end or divert the loop.
constexpr std::size_t kRowBlock = 64;

/// Without the instruction, which not every machine has, and without the call that stands in for it.
constexpr std::uint32_t count_bits(std::uint32_t bits) {
  bits -= (bits >> 1U) & 0x55555555U;
  bits = (bits & 0x33333333U) + ((bits >> 2U) & 0x33333333U);
  bits = (bits + (bits >> 4U)) & 0x0F0F0F0FU;
  bits += bits >> 8U;
  bits += bits >> 16U;
  return bits & 0x3FU;
}
static_assert(count_bits(~std::uint32_t{0}) == 32 && count_bits(0x80000001U) == 2);

constexpr std::uint32_t count_bits(std::uint64_t bits) {
  return count_bits(static_cast<std::uint32_t>(bits)) + count_bits(static_cast<std::uint32_t>(bits >> 32U));
}

}  // namespace

std::optional<SuggestionCache::Names> SuggestionCache::find(const std::string& folded) const {
  const std::lock_guard lock(mutex_);
  const auto found = found_.find(folded);
  return found == found_.end() ? std::nullopt : std::optional(found->second);
}

void SuggestionCache::put(std::string folded, const Names& names) {
  const std::lock_guard lock(mutex_);
  if (found_.size() >= kMostKept) found_.clear();
  found_.emplace(std::move(folded), names);
}

void SuggestionCache::clear() {
  const std::lock_guard lock(mutex_);
  found_.clear();
}

/// The names whose length and letters allow them to be near; all that are near are among them.
std::vector<std::string_view> Catalog::near_names(std::string_view bare) const {
  std::vector<std::string_view> keys;
  for (const auto& [folded, name] : names_)
    keys.push_back(folded);
  const std::span<const std::uint32_t> first = compiled_->first_of_length;
  const auto edits = static_cast<std::size_t>(near_edits(bare.size()));
  const std::uint64_t letters = letter_bits(bare);
  const std::size_t least = bare.size() - std::min(bare.size(), edits);
  for (std::size_t length = least; length <= bare.size() + edits && length + 1 < first.size(); ++length) {
    const std::size_t apart = std::max(length, bare.size()) - std::min(length, bare.size());
    const auto most_bits = static_cast<std::uint32_t>(2 * edits - apart);
    for (std::size_t row = first[length]; row < first[length + 1]; row += kRowBlock) {
      const std::size_t count = std::min<std::size_t>(kRowBlock, first[length + 1] - row);
      const std::uint64_t* const rows = compiled_->letters.data() + row;
      // Most rows are ruled out by half of the bits.
      std::array<std::uint32_t, kRowBlock>
          half;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled as it is used
      for (std::size_t i = 0; i < count; ++i)
        half[i] = count_bits(static_cast<std::uint32_t>(letters ^ rows[i]));
      for (std::size_t i = 0; i < count; ++i)
        if (half[i] <= most_bits && count_bits(letters ^ rows[i]) <= most_bits)
          keys.push_back(compiled_->text(compiled_->names[row + i].key));
    }
  }
  return keys;
}

std::vector<std::string_view> Catalog::suggest(std::string_view written) const {
  std::string strength;
  std::string bare = without_amounts(fold(written), strength);
  if (auto known = suggestions_->find(bare)) return *std::move(known);
  std::vector<std::string_view> out;
  for (const std::string_view key : nearest(bare, near_names(bare))) {
    const std::string_view as_written = look_up(std::string(key))->written;
    if (std::find(out.begin(), out.end(), as_written) == out.end()) out.push_back(as_written);
  }
  suggestions_->put(std::move(bare), out);
  return out;
}

}  // namespace needleplan
