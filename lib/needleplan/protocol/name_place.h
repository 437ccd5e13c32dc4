/// Where a name stands in a profile: in one of the sections, or as a fact of the session.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "needleplan/profile/profile.h"
#include "needleplan/text/enum_names.h"

namespace needleplan {

/// The sections first, in their order.
enum class NamePlace : std::uint8_t {
  conditions,
  medicines,
  products,
  supplements,
  allergies,
  procedures,
  sessions,
  exposures,
  plans,
  indication,
  device,
  numbing,
  add_ons
};
inline constexpr std::size_t kNamePlaces = 13;
template <>
inline constexpr std::array<std::string_view, kNamePlaces> kEnumNames<NamePlace>{
    "conditions", "medicines", "products",   "supplements", "allergies", "procedures", "sessions",
    "exposures",  "plans",     "indication", "device",      "numbing",   "add_ons"};

static_assert(to_string(static_cast<NamePlace>(Section::plans)) == to_string(Section::plans));
[[nodiscard]] constexpr NamePlace place_of(Section section) {
  return static_cast<NamePlace>(section);
}

/// A set of places.
using NamePlaces = std::uint16_t;
[[nodiscard]] constexpr NamePlaces bit(NamePlace place) {
  return static_cast<NamePlaces>(1U << static_cast<unsigned>(place));
}
[[nodiscard]] constexpr bool has(NamePlaces places, NamePlace place) {
  return (places & bit(place)) != 0;
}
inline constexpr NamePlaces kEveryPlace = (1U << kNamePlaces) - 1;

/// `allergies, numbing`; `every section` for none.
[[nodiscard]] std::string places_text(NamePlaces places);

}  // namespace needleplan
