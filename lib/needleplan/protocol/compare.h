/// Which way a change of a rule goes: computed, never taken from whoever made the change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "needleplan/protocol/pack.h"

namespace needleplan {

/// `other`: neither way, such as another wording.
enum class Direction : std::uint8_t { other, stricter, looser };
template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Direction>{"other", "stricter", "looser"};

struct Change {
  std::string key;  ///< of the statement: `before`, `verdict`, `settings.depth-nose.depth`
  Direction direction = Direction::other;
  std::string words;  ///< `3d..7d -> 24h`
};

/// Every difference between two statements of one kind, by key. What cannot be shown to be at least as strict is
/// looser. Both are read against the catalog and events of `pack`.
[[nodiscard]] std::vector<Change> compare(const Statement& before, const Statement& after, const Pack& pack);

/// The same for statements of two packs; what each subject belongs to is that of `after_pack`.
[[nodiscard]] std::vector<Change> compare(const Statement& before, const Pack& before_pack, const Statement& after,
                                          const Pack& after_pack);

/// Whether `after` holds for every client and session for whom `before` holds; false where that cannot be shown.
[[nodiscard]] bool covers(const Condition& after, const Condition& before, const Catalog& catalog);

/// Whether a row of a course takes the place of a general one for an indication, and asks for less there: a general
/// interval counts only where no row names the indication.
[[nodiscard]] bool displaces_stricter(const Series& row, const Series& general);
/// The change that this is; nothing where `general` is no such row.
[[nodiscard]] std::optional<Change> in_place_of(const Series& row, const Statement& general);
/// The same for the rows of a step that name one of the products.
[[nodiscard]] bool displaces_stricter(const Step& step, std::span<const SubjectId> products, const Catalog& catalog);

/// What says that something is normal or allowed: with less of it a protocol is stricter.
[[nodiscard]] bool permits(const Statement& statement);

}  // namespace needleplan
