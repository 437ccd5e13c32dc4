/// The second reader, for what is legal but too rare to read twice over.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace needleplan::yaml {

/// The value of a plain scalar over several lines, or nullopt if yaml-cpp reads no single scalar.
[[nodiscard]] std::optional<std::string> fold_plain(std::string_view lines);

}  // namespace needleplan::yaml
