/// The members of one line of JSON, as they are written there: for lines that this program wrote itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace needleplan::batch {

/// A member of an object: its name and its value, both as written (the name without its quotes).
struct Member {
  std::string_view name, value;
  std::size_t begin = 0;  ///< of the name's first quote in the line
  std::size_t end = 0;    ///< behind the value
};

/// The first `most` members of the object that the line is; nullopt where it is none, or not whole as far as that
/// was looked at.
[[nodiscard]] std::optional<std::vector<Member>> members_of(std::string_view line, std::size_t most);

/// The value of a member; empty when there is none.
[[nodiscard]] std::string_view value_of(const std::vector<Member>& members, std::string_view name);

/// A whole number of at most 18 digits without a sign.
[[nodiscard]] std::optional<std::uint64_t> number_of(std::string_view value);

}  // namespace needleplan::batch
