/// The nearest known word, for "did you mean"; it only ever suggests, never decides.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace needleplan {

/// Edits (insert, delete, replace, swap neighbours) between two words, counted in bytes; gives up
/// and returns `limit + 1` once there are more than `limit`.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b, int limit);

/// How many edits away a word of so many bytes may be and still be near it.
[[nodiscard]] int near_edits(std::size_t bytes);

/// Which letters occur, and which of them twice. An insertion or deletion changes at most one bit, a replacement two, a
/// swap none: words of N edits differ in at most 2 N bits, less one for each byte that one is longer than the other.
[[nodiscard]] std::uint64_t letter_bits(std::string_view word);

/// Up to `most` known words near `word`, nearest first, then alphabetically. Near means at most one
/// edit for words of 1-4 bytes, two for 5-8, three for longer ones.
[[nodiscard]] std::vector<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known,
                                                    std::size_t most = 3);

/// ` (did you mean "x"?)` for the nearest word, or an empty string.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

/// `"x"`, as it stands.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// `a, b or c`, in the order given, each as it stands.
[[nodiscard]] std::string one_of(std::span<const std::string_view> words);

}  // namespace needleplan
