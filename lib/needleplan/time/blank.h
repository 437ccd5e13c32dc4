/// Places left open in a text that is made once and filled in for each client.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace needleplan {

/// What belongs in the place. `number` counts from the session of whoever it is filled in for.
struct Blank {
  enum class Kind : std::uint8_t {
    day,      ///< `Fri 4 Dec`: the day `number` days after the session's (before it when negative)
    iso_day,  ///< `2026-12-04`: the same day for machines
    time,     ///< `14:30`: `number` minutes after the session's start, 0 <= number < 1440, on whichever day that is
    text      ///< one of the client's own texts, by number, from 0
  };
  Kind kind{};
  int number = 0;
  bool operator==(const Blank&) const = default;
};

/// The blank as it stands in a text. Its first and last characters, U+FDD0 and U+FDD1, are no characters of any
/// script, and nothing that is read may hold them; what is between are ASCII letters and digits, so that no format
/// escapes them.
[[nodiscard]] std::string to_text(Blank blank);

inline constexpr std::string_view kBlankBegins = "\uFDD0";
inline constexpr std::string_view kBlankEnds = "\uFDD1";

/// Whether a text begins with the first or the last character of a blank.
[[nodiscard]] inline bool is_blank_mark(std::string_view text) {
  return text.starts_with(kBlankBegins) || text.starts_with(kBlankEnds);
}

/// A blank within a text, the bytes `begin` to `end` (not included).
struct FoundBlank {
  Blank blank;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The first blank at or after `from`.
[[nodiscard]] std::optional<FoundBlank> find_blank(std::string_view text, std::size_t from = 0);

}  // namespace needleplan
