/// The ids of a pack by what can be expected of them.
#pragma once

#include <string_view>
#include <vector>

#include "needleplan/protocol/pack.h"

namespace needleplan {

/// Whether a check can find the statement: conditions, what is avoided and not mere advice, courses with an interval.
[[nodiscard]] bool is_checked(const Statement& statement);
/// Whether a check can find the row: it limits the depth of an area or the contact time of a product.
[[nodiscard]] bool is_checked(const Setting& setting);
/// Whether a line of a plan can come from the statement.
[[nodiscard]] bool is_printed(const Statement& statement);

/// Everything that a check can find, with the findings that are about the profile or the protocol itself.
[[nodiscard]] std::vector<std::string_view> findable_ids(const Pack& pack);
/// Everything that can stand in a plan.
[[nodiscard]] std::vector<std::string_view> printable_ids(const Pack& pack);

}  // namespace needleplan
