/// The day's lists for the desk and for programs.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "needleplan/plan/due.h"
#include "needleplan/render/error_record.h"
#include "needleplan/render/record.h"

namespace needleplan {

/// What was read for a day.
struct DueTotals {
  std::uint64_t clients = 0;          ///< profiles that were understood
  std::uint64_t with_something = 0;   ///< of these, the ones with a line
  std::uint64_t without_session = 0;  ///< of these, the ones without a session day
  std::uint64_t errors = 0;           ///< inputs that could not be read or understood
  std::array<std::uint64_t, kEnumNames<DueKind>.size()> kinds{};

  void add(const DueTotals& more);
};

/// The client, the verdict and the lines, for the desk; ends in an empty line.
[[nodiscard]] std::string due_text(const DueList& list, const PlanInput& input, Date on);
/// An input that could not be used; `place` says which.
[[nodiscard]] std::string due_text(const InputFault& fault, std::string_view place);
/// The end of the list.
[[nodiscard]] std::string due_text(const DueTotals& totals, const Pack& pack, Date on);

/// One row a line; its rules with a space between them.
inline constexpr std::string_view kDueHead = "client,name,language,session,to,kind,rules,message\n";
[[nodiscard]] std::string due_rows(const DueList& list, const PlanInput& input);
/// The row of an input that could not be used: for the desk.
[[nodiscard]] std::string due_row(const InputFault& fault, std::string_view place);

/// One line of JSON for a client, and the last one of the stream.
[[nodiscard]] std::string due_record(const DueList& list, const PlanInput& input, Date on, std::string_view digest);
[[nodiscard]] std::string due_summary(const DueTotals& totals, const Provenance& provenance, const Pack& pack, Date on);

}  // namespace needleplan
