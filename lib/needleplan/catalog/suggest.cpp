#include "needleplan/catalog/suggest.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include <fmt/format.h>

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

bool Catalog::can_be(const Name& name, SubjectKinds kinds, std::string_view route) const {
  const auto is_for_another_route = [&](SubjectId subject) {
    bool any = false;
    bool this_one = route.empty();
    for (const Ambiguity& ambiguity : ambiguities_)
      for (const auto& [form, settled] : ambiguity.by_form) {
        if (!is_a(subject, settled) || route_of(form).empty()) continue;
        any = true;
        this_one = this_one || route_of(form) == route;
      }
    return any && !this_one;
  };
  const auto can_be_meant = [&](SubjectId subject) {
    return (kinds & bit(subjects_[subject].kind)) != 0 && !is_for_another_route(subject);
  };
  if (name.ambiguity < 0) return can_be_meant(name.subject);
  const auto& choices = ambiguities_[static_cast<std::size_t>(name.ambiguity)].choices;
  return std::any_of(choices.begin(), choices.end(), can_be_meant);
}

std::vector<std::string_view> Catalog::suggest(std::string_view written, SubjectKinds kinds) const {
  constexpr std::size_t kMost = 3;
  std::string strength;
  const std::string bare = without_amounts(fold(written), strength);
  std::string key = fmt::format("{} {}", kinds, bare);
  if (auto known = suggestions_->find(key)) return *std::move(known);
  std::vector<std::string_view> words = words_of(bare);
  std::string_view route;
  for (const std::string_view word : words)
    if (route.empty()) route = route_of(form_of(std::string(word)).value_or(word));
  std::vector<std::string_view> out;
  const auto add = [&](const std::optional<Name>& name) {
    if (!name || out.size() == kMost || !can_be(*name, kinds, route) ||
        std::find(out.begin(), out.end(), name->written) != out.end())
      return false;
    out.push_back(name->written);
    return true;
  };
  // What stands in it, the longest first; the words of a found one are used up.
  for (std::size_t length = words.size(); length > 0; --length)
    for (std::size_t begin = 0; begin + length <= words.size(); ++begin) {
      const auto run = std::span(words).subspan(begin, length);
      const auto tells = [&](std::string_view word) {
        return word.size() > 3 && !form_of(std::string(word)) && route_word(word).empty() &&
               !has_role(word, WordRole::noise);
      };
      if (std::none_of(run.begin(), run.end(), tells)) continue;
      if (add(look_up(fmt::format("{}", fmt::join(run, " "))))) std::fill(run.begin(), run.end(), std::string_view{});
    }
  for (const std::string_view near : nearest(bare, near_names(bare)))
    add(look_up(std::string(near)));
  suggestions_->put(std::move(key), out);
  return out;
}

}  // namespace needleplan
