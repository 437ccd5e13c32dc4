/// The program's own sentences, in one place, so that another language is another table.
#pragma once

#include <array>
#include <string_view>

#include "needleplan/protocol/verdict.h"

namespace needleplan::phrases {

/// What the desk does, by verdict.
inline constexpr std::array<std::string_view, 7> kHeadlines{"BOOK - no rule matched",
                                                            "BOOK - the client has something to do first",
                                                            "BOOK - the practitioner adjusts the treatment",
                                                            "ASK FIRST - answers are missing",
                                                            "HOLD - a clinician or the prescriber must sign off",
                                                            "NOT ON THIS DAY",
                                                            "STOP - sources say: do not treat while this holds"};
inline constexpr std::array<std::string_view, 7> kToDo{
    "Book it. The practitioner still looks at the skin on the day.",
    "Book it, and give the client the dates below.",
    "Book it, and show the practitioner the points below.",
    "Get the answers listed below, write them into the profile, then check again.",
    "Do not book yet. Pass this page to a clinician; a sign-off goes under signoffs in the profile.",
    "Do not book this day. Offer the earliest day below.",
    "Do not book. Pass this page to a clinician."};

/// Instead of the last but one, where time alone opens no day.
inline constexpr std::string_view kNoDay = "Do not book this day. Pass this page to a clinician.";

constexpr std::string_view headline(Verdict v) {
  return kHeadlines[static_cast<std::size_t>(v)];
}
constexpr std::string_view to_do(Verdict v) {
  return kToDo[static_cast<std::size_t>(v)];
}

inline constexpr std::string_view kDraft = "Draft for a clinician's approval: nobody has reviewed this protocol yet.";
inline constexpr std::string_view kLayeredDraft =
    "Draft for a clinician's approval: nobody has reviewed this protocol with the clinic's changes yet.";
inline constexpr std::string_view kNoRule = "No rule matched. That is not the same as safe: the practitioner decides.";

}  // namespace needleplan::phrases
