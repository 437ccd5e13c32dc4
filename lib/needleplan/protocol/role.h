/// Who signs off a rule: a closed set of roles, and which of them stand for which others.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "needleplan/text/enum_names.h"

namespace needleplan {

enum class Role : std::uint8_t {
  prescriber,
  physician,
  dermatologist,
  obstetrician,
  midwife,
  surgeon,
  nurse_prescriber,
  practitioner
};
inline constexpr std::size_t kRoles = 8;
template <>
inline constexpr std::array<std::string_view, kRoles> kEnumNames<Role>{
    "prescriber", "physician", "dermatologist",    "obstetrician",
    "midwife",    "surgeon",   "nurse prescriber", "practitioner"};

/// A set of roles.
using Roles = std::uint8_t;
[[nodiscard]] constexpr Roles bit(Role role) {
  return static_cast<Roles>(1U << static_cast<unsigned>(role));
}

/// Those who may sign where a rule names nobody.
inline constexpr Roles kDefaultRoles = bit(Role::prescriber);

/// Whether somebody in that role may sign where one of `asked` is asked for: a dermatologist is a physician, and a
/// physician a prescriber.
[[nodiscard]] bool may_sign(Role role, Roles asked);

/// Everybody who may sign there.
[[nodiscard]] Roles signers(Roles asked);

/// The role that a person's own words for it mean, in the languages of the catalog; nothing for anybody else, such as
/// the client or the reception.
[[nodiscard]] std::optional<Role> role_of(std::string_view written);

/// `prescriber or midwife`.
[[nodiscard]] std::string roles_text(Roles roles);

}  // namespace needleplan
