/// What each date of an entry says, so that every pair of them can be held against each other and against a day.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "needleplan/profile/profile.h"
#include "needleplan/profile/shape.h"

namespace needleplan {

enum class DateRole : std::uint8_t {
  begins,   ///< it cannot have begun after it ended
  ends,     ///< what says so is over
  happened  ///< it is done; of a plan: it is to come
};

struct DateKey {
  std::string_view name;
  Answer<When> Entry::*date;
  DateRole role;
};

/// Every key of an entry that holds a date.
inline constexpr std::array kDateKeys{
    DateKey{"since", &Entry::since, DateRole::begins},       DateKey{"started", &Entry::started, DateRole::begins},
    DateKey{"last_used", &Entry::last_used, DateRole::ends}, DateKey{"resolved", &Entry::resolved, DateRole::ends},
    DateKey{"date", &Entry::date, DateRole::happened},
};

[[nodiscard]] constexpr bool has_date_role(std::string_view name) {
  return std::any_of(kDateKeys.begin(), kDateKeys.end(), [&](const DateKey& key) { return key.name == name; });
}
/// Whether every date that the entries of a profile can have is in the table.
[[nodiscard]] constexpr bool every_date_has_a_role() {
  for (const yaml::Key& section : kProfileShape.keys) {
    if (section.type != yaml::Type::list || section.name == "signoffs") continue;
    for (const yaml::Key& key : section.shape->keys)
      if ((key.type == yaml::Type::date || key.type == yaml::Type::partial_date || key.type == yaml::Type::moment) &&
          !has_date_role(key.name))
        return false;
  }
  return true;
}
static_assert(every_date_has_a_role());

}  // namespace needleplan
