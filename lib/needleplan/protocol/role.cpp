#include "needleplan/protocol/role.h"

#include <algorithm>
#include <vector>

#include "needleplan/catalog/fold.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

/// What each role is besides, with all that this is.
constexpr std::array<Roles, kRoles> kIs{
    bit(Role::prescriber),
    bit(Role::physician) | bit(Role::prescriber),
    bit(Role::dermatologist) | bit(Role::physician) | bit(Role::prescriber),
    bit(Role::obstetrician) | bit(Role::physician) | bit(Role::prescriber),
    bit(Role::midwife),
    bit(Role::surgeon) | bit(Role::physician) | bit(Role::prescriber),
    bit(Role::nurse_prescriber) | bit(Role::prescriber),
    bit(Role::practitioner),
};

struct RoleName {
  std::string_view folded;
  Role role;
};

/// Other words for the roles, folded; sorted by role alone, for people.
constexpr std::array kNames{
    RoleName{"prescribing physician", Role::prescriber},
    RoleName{"prescribing doctor", Role::prescriber},
    RoleName{"prescriptor", Role::prescriber},
    RoleName{"prescriptora", Role::prescriber},
    RoleName{"prescripteur", Role::prescriber},
    RoleName{"prescriptrice", Role::prescriber},
    RoleName{"verschreibender arzt", Role::prescriber},
    RoleName{"verschreibende arztin", Role::prescriber},
    RoleName{"doctor", Role::physician},
    RoleName{"dr", Role::physician},
    RoleName{"md", Role::physician},
    RoleName{"gp", Role::physician},
    RoleName{"general practitioner", Role::physician},
    RoleName{"family doctor", Role::physician},
    RoleName{"medical doctor", Role::physician},
    RoleName{"medical director", Role::physician},
    RoleName{"consultant", Role::physician},
    RoleName{"specialist", Role::physician},
    RoleName{"treating doctor", Role::physician},
    RoleName{"treating physician", Role::physician},
    RoleName{"cardiologist", Role::physician},
    RoleName{"oncologist", Role::physician},
    RoleName{"haematologist", Role::physician},
    RoleName{"hematologist", Role::physician},
    RoleName{"allergist", Role::physician},
    RoleName{"neurologist", Role::physician},
    RoleName{"rheumatologist", Role::physician},
    RoleName{"endocrinologist", Role::physician},
    RoleName{"ophthalmologist", Role::physician},
    RoleName{"anaesthetist", Role::physician},
    RoleName{"anesthesiologist", Role::physician},
    RoleName{"medico", Role::physician},
    RoleName{"medica", Role::physician},
    RoleName{"doctora", Role::physician},
    RoleName{"arzt", Role::physician},
    RoleName{"arztin", Role::physician},
    RoleName{"hausarzt", Role::physician},
    RoleName{"hausarztin", Role::physician},
    RoleName{"facharzt", Role::physician},
    RoleName{"facharztin", Role::physician},
    RoleName{"medecin", Role::physician},
    RoleName{"medecin traitant", Role::physician},
    RoleName{"dermatology", Role::dermatologist},
    RoleName{"dermatologo", Role::dermatologist},
    RoleName{"dermatologa", Role::dermatologist},
    RoleName{"dermatologe", Role::dermatologist},
    RoleName{"dermatologin", Role::dermatologist},
    RoleName{"hautarzt", Role::dermatologist},
    RoleName{"hautarztin", Role::dermatologist},
    RoleName{"dermatologue", Role::dermatologist},
    RoleName{"gynaecologist", Role::obstetrician},
    RoleName{"gynecologist", Role::obstetrician},
    RoleName{"ob gyn", Role::obstetrician},
    RoleName{"obgyn", Role::obstetrician},
    RoleName{"obstetra", Role::obstetrician},
    RoleName{"ginecologo", Role::obstetrician},
    RoleName{"ginecologa", Role::obstetrician},
    RoleName{"frauenarzt", Role::obstetrician},
    RoleName{"frauenarztin", Role::obstetrician},
    RoleName{"gynakologe", Role::obstetrician},
    RoleName{"gynakologin", Role::obstetrician},
    RoleName{"gynecologue", Role::obstetrician},
    RoleName{"obstetricien", Role::obstetrician},
    RoleName{"matrona", Role::midwife},
    RoleName{"hebamme", Role::midwife},
    RoleName{"sage femme", Role::midwife},
    RoleName{"plastic surgeon", Role::surgeon},
    RoleName{"cirujano", Role::surgeon},
    RoleName{"cirujana", Role::surgeon},
    RoleName{"chirurg", Role::surgeon},
    RoleName{"chirurgin", Role::surgeon},
    RoleName{"chirurgien", Role::surgeon},
    RoleName{"chirurgienne", Role::surgeon},
    RoleName{"independent nurse prescriber", Role::nurse_prescriber},
    RoleName{"independent prescriber", Role::nurse_prescriber},
    RoleName{"prescribing nurse", Role::nurse_prescriber},
    RoleName{"nurse practitioner", Role::nurse_prescriber},
    RoleName{"treating practitioner", Role::practitioner},
    RoleName{"licensed practitioner", Role::practitioner},
    RoleName{"nurse", Role::practitioner},
    RoleName{"registered nurse", Role::practitioner},
    RoleName{"rn", Role::practitioner},
    RoleName{"aesthetician", Role::practitioner},
    RoleName{"esthetician", Role::practitioner},
    RoleName{"beauty therapist", Role::practitioner},
    RoleName{"aesthetic nurse", Role::practitioner},
};

}  // namespace

bool may_sign(Role role, Roles asked) {
  return (kIs[static_cast<std::size_t>(role)] & asked) != 0;
}

Roles signers(Roles asked) {
  Roles out = 0;
  for (std::size_t i = 0; i < kRoles; ++i)
    if (const auto role = static_cast<Role>(i); may_sign(role, asked)) out |= bit(role);
  return out;
}

std::optional<Role> role_of(std::string_view written) {
  const std::string folded = fold(written);
  if (const auto role = from_string<Role>(folded)) return role;
  const auto found =
      std::find_if(kNames.begin(), kNames.end(), [&](const RoleName& name) { return name.folded == folded; });
  return found == kNames.end() ? std::nullopt : std::optional(found->role);
}

std::string roles_text(Roles roles) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < kRoles; ++i)
    if (const auto role = static_cast<Role>(i); (roles & bit(role)) != 0) words.push_back(to_string(role));
  return one_of(words);
}

}  // namespace needleplan
