/// What begins, ends, is to be done or is already broken on one day around a client's session, with the words to send.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/plan/builders.h"

namespace needleplan {

/// What a line of the day is about, in the order in which the lines of a client stand.
enum class DueKind : std::uint8_t {
  check,     ///< the client is not bookable; the desk looks at that first
  broken,    ///< a window has begun, and the profile says that it is not kept
  session,   ///< the session is today or tomorrow
  last_day,  ///< the last day on which something may still be used
  begins,    ///< a ban begins
  act,       ///< an action falls on this day, or begins on it
  earliest,  ///< a ban has reached its minimum
  again,     ///< a ban has reached its preferred end
  ends       ///< the last day of an action of several days
};
template <>
inline constexpr std::array<std::string_view, 9> kEnumNames<DueKind>{
    "check", "broken", "session", "last-day", "begins", "do", "earliest", "again", "ends"};

struct DueLine {
  DueKind kind{};
  std::vector<std::string> rules;  ///< ids of the statements or the finding; none for an appointment
  std::string message;             ///< one or more sentences
  bool to_desk = false;            ///< not to be sent to the client as it is
};

struct DueList {
  Verdict verdict{};
  std::vector<DueLine> lines;  ///< by kind, then in the order of the pack; empty: nothing that day
};

/// The day on which a client counts as checked: `on` itself, and the session's day once it is over, for what is used
/// after a session was not used before it.
[[nodiscard]] Date due_as_of(const PlanSession& session, Date on);

/// The lines of a day. What begins and ends together is one line with all its rules. `input` must hold a client whose
/// facts and assessment are of the day due_as_of(); without a session day there are none. While the check says that the
/// client is not bookable, a line that says so stands first and every line is for the desk. What has no date in the
/// pack (an event without a usual length, a few days) has no day here either; the plans print it.
[[nodiscard]] DueList due_on(const PlanInput& input, Date on);

}  // namespace needleplan
