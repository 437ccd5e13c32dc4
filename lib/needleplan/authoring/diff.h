/// What differs between two protocols, or between one protocol with other layers, and which way each difference goes.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/protocol/compare.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/render/json.h"

namespace needleplan {

enum class Difference : std::uint8_t { added, removed, changed };
template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Difference>{"added", "removed", "changed"};

/// Something with an id that only one side has, or that both have and say differently.
struct DiffEntry {
  std::string kind;  ///< the list it stands under in a pack: `avoid`, `events`, `names` ...
  std::string id;
  Difference what{};
  Direction direction{};        ///< looser where anything in it is, else stricter where anything is
  std::vector<Change> changes;  ///< of what is changed, and of what is new in the place of something else
};

struct PackDiff {
  std::string before, after;                ///< `microneedling 1 + our-clinic`
  std::vector<DiffEntry> entries;           ///< by kind in the order of packs, then by id
  std::array<std::size_t, 3> whats{};       ///< how many were added, removed, changed
  std::array<std::size_t, 3> directions{};  ///< how many are other, stricter, looser
};

/// A rule that is new is stricter and one that is gone looser; for what says that something is normal or allowed it is
/// the other way round. A name that means something else is looser, unless it means something narrower.
[[nodiscard]] PackDiff diff(const Pack& before, const Pack& after);

/// One line for each change and the counts at the end.
[[nodiscard]] std::string to_text(const PackDiff& diff);
[[nodiscard]] std::string to_json(const PackDiff& diff, JsonWriter::Layout layout);

}  // namespace needleplan
