/// Whose signature counts.
#include "needleplan/protocol/role.h"

#include <doctest/doctest.h>

using namespace needleplan;

TEST_CASE("roles by the words that people write") {
  CHECK(role_of("Physician") == Role::physician);
  CHECK(role_of("nurse prescriber") == Role::nurse_prescriber);
  CHECK(role_of("\u00C4rztin") == Role::physician);
  CHECK(role_of("Hautarzt") == Role::dermatologist);
  CHECK(role_of("M\u00E9dico") == Role::physician);
  CHECK(role_of("sage-femme") == Role::midwife);
  for (const char* nobody : {"client", "receptionist", "reception", "patient", "friend of a doctor", "unknown", "none",
                             "-", "", "prescriber?"})
    CHECK(role_of(nobody) ==
          (std::string_view(nobody) == "prescriber?" ? std::optional(Role::prescriber) : std::nullopt));
}

TEST_CASE("a dermatologist is a physician, and a physician a prescriber") {
  CHECK(may_sign(Role::dermatologist, bit(Role::physician)));
  CHECK(may_sign(Role::dermatologist, bit(Role::prescriber)));
  CHECK(may_sign(Role::nurse_prescriber, bit(Role::prescriber)));
  CHECK_FALSE(may_sign(Role::nurse_prescriber, bit(Role::physician)));
  CHECK_FALSE(may_sign(Role::physician, bit(Role::dermatologist)));
  CHECK_FALSE(may_sign(Role::midwife, kDefaultRoles));
  CHECK_FALSE(may_sign(Role::practitioner, kDefaultRoles));
  for (std::size_t i = 0; i < kRoles; ++i)
    CHECK(may_sign(static_cast<Role>(i), bit(static_cast<Role>(i))));
}
