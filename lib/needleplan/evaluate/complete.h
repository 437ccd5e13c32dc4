/// Whether what a section does not name is not there: the one place that decides it, for every rule and sheet.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "needleplan/evaluate/facts.h"

namespace needleplan {

/// What is looked for in a section.
struct Wanted {
  std::span<const SubjectId> subjects = {};
  std::string_view form = {};     ///< only in that form
  StatusSet status = 0;           ///< only so; 0 for any
  bool in_area = false;           ///< only in the areas of the session
  std::optional<Date> from = {};  ///< only from that day on; nothing for ever
};

/// Whether everything of that kind would be listed in the section: it was answered as a whole, or each subject was
/// asked about by name and denied, as widely as it is looked for.
[[nodiscard]] bool is_complete(const Facts& facts, Section section, const Wanted& wanted);

/// What to ask where it would not: `conditions`, or `conditions[+]` for what is not listed.
[[nodiscard]] std::string missing_path(const Facts& facts, Section section);

}  // namespace needleplan
