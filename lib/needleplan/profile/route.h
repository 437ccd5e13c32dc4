/// How something gets into or onto the body.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "needleplan/text/enum_names.h"

namespace needleplan {

enum class Route : std::uint8_t { oral, topical, transdermal, injected, inhaled, nasal, eye, ear, rectal, vaginal };
template <>
inline constexpr std::array<std::string_view, 10> kEnumNames<Route>{
    "oral", "topical", "transdermal", "injected", "inhaled", "nasal", "eye", "ear", "rectal", "vaginal"};

/// Several of them, as bits; 0: any.
using Routes = std::uint16_t;
[[nodiscard]] constexpr Routes bit(Route route) {
  return static_cast<Routes>(1U << static_cast<unsigned>(route));
}

}  // namespace needleplan
