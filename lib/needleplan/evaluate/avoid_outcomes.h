/// Bans against the dates of a profile; and why one passes over an entry that it is about.
#pragma once

#include <optional>
#include <vector>

#include "needleplan/evaluate/evaluate.h"

namespace needleplan {

/// Whether the entries of a section can be what a ban is about.
[[nodiscard]] constexpr bool may_be_banned(Section section) {
  return section != Section::conditions && section != Section::allergies;
}

/// Whether an entry is known to be still used or going on.
[[nodiscard]] inline bool is_ongoing(const Entry& entry) {
  return is_yes(entry.ongoing);
}

/// One outcome for each entry that breaks a ban, or may, on that session day (nullopt: the day is not known).
[[nodiscard]] std::vector<Outcome> avoid_outcomes(const Statement& statement, const Avoid& avoid, const Facts& facts,
                                                  std::optional<Date> session);

enum class Spared : std::uint8_t {
  area,      ///< it is on another part of the body
  form,      ///< it has another form
  strength,  ///< it is weaker or stronger
  kept,      ///< every window is kept
  side       ///< no window of the ban lies on its side of the session
};
struct SparedEntry {
  const EntryFacts* entry = nullptr;
  Spared why{};
  std::vector<Measured> kept;  ///< the windows that are kept
};
/// The entries that a ban is about and does not meet, in profile order; none where its condition does not hold.
[[nodiscard]] std::vector<SparedEntry> spared_by(const Statement& statement, const Avoid& avoid, const Facts& facts,
                                                 std::optional<Date> session);

}  // namespace needleplan
