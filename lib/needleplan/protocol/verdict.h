/// What a result means to the desk, from "book" to "do not treat".
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "needleplan/text/enum_names.h"

namespace needleplan {

/// In order of urgency; a result has the worst of its findings.
enum class Verdict : std::uint8_t { clear, prepare, caution, ask, consult, defer, avoid };
template <>
inline constexpr std::array<std::string_view, 7> kEnumNames<Verdict>{"clear",   "prepare", "caution", "ask",
                                                                     "consult", "defer",   "avoid"};

/// Whether the session can be booked: clear, prepare or caution.
constexpr bool bookable(Verdict verdict) {
  return verdict <= Verdict::caution;
}

}  // namespace needleplan
