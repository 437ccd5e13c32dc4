/// What an entry says beside what day it is: the one place that holds its dates against today, for every section.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "needleplan/profile/profile.h"

namespace needleplan {

/// Something that cannot be so on the as-of date.
struct Disagreement {
  std::string_view key;  ///< of the entry
  Location at;
  std::string_view words;  ///< what is wrong, a whole sentence without its stop
};

/// How an entry counts on the as-of date where that is not as it is written; each thing that cannot be so is added to
/// `out`. Days that are said to be past end with today. What contradicts itself counts as if it were current: no end
/// that is still to come is an end.
[[nodiscard]] std::optional<Entry> as_of_today(const Entry& entry, Date as_of, std::vector<Disagreement>& out);

}  // namespace needleplan
