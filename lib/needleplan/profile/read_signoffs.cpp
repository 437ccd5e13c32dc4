#include "needleplan/profile/read_signoffs.h"

#include <algorithm>
#include <array>

#include "needleplan/profile/shape.h"

namespace needleplan {

namespace {

using yaml::Node;

/// Words for those who cannot answer for a risk: the client, and whoever books.
bool is_no_signer(std::string_view by, std::string_view client) {
  constexpr std::array<std::string_view, 12> kWords{"client",    "the client", "patient",   "the patient",
                                                    "reception", "front desk", "the desk",  "desk",
                                                    "me",        "myself",     "recepcion", "kunde"};
  return (!client.empty() && yaml::same_word(by, client)) ||
         std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return yaml::same_word(by, word); });
}

}  // namespace

void read_signoffs(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  const Node list = root.find(slot<kProfileShape>("signoffs"));
  if (!list.valid() || !list.is_list() || root.is_empty_list(list)) return;
  for (const Node node : list) {
    FactReader facts(node, kSignOffShape, diagnostics);
    SignOff signoff;
    signoff.at = node.at();
    const Answer<std::string_view> rule = facts.text(slot<kSignOffShape>("rule"));
    signoff.rule = {rule.value_or({}), rule.at};
    const Answer<std::string_view> by = facts.text(slot<kSignOffShape>("by"));
    const Answer<std::string_view> role = facts.text(slot<kSignOffShape>("role"));
    const Answer<std::string_view> note = facts.text(slot<kSignOffShape>("note"));
    signoff.by = by.value_or({});
    if (by.given() && is_no_signer(signoff.by, profile.name.value_or({})))
      diagnostics.error(by.at, "no-signer", "a sign-off names the clinician who signed, not the client or the desk");
    signoff.role = role.value_or({});
    signoff.note = note.value_or({});
    const Answer<Date> on = facts.date(slot<kSignOffShape>("on"));
    const Answer<Date> expires = facts.date(slot<kSignOffShape>("expires"));
    signoff.on = on.value_or({});
    signoff.expires = expires.value_or({});
    if (on.given() && expires.given() && signoff.expires < signoff.on)
      diagnostics.error(expires.at, "signoff-order", "a sign-off cannot expire before it was signed");
    // Each word of a signature is somebody's own; what is none or unknown was refused with its key.
    if (rule.given() && by.given() && role.given() && note.given() && on.given() && expires.given())
      profile.signoffs.push_back(signoff);
  }
}

}  // namespace needleplan
