/// Scalars as values, each with its own message when it is not what a person would mean by it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "needleplan/text/diagnostic.h"
#include "needleplan/text/enum_names.h"
#include "needleplan/yaml/node.h"
#include "needleplan/yaml/shape.h"

namespace needleplan::yaml {

/// Whether a plain scalar of this text is null.
[[nodiscard]] inline bool reads_as_null(std::string_view text) {
  if (text.size() == 4)
    return (text[0] == 'n' || text[0] == 'N') && (text == "null" || text == "Null" || text == "NULL");
  return text.empty() || text == "~";
}
/// Nothing was written: `key:`, `key: ~` or `key: null`. Never an answer.
[[nodiscard]] inline bool is_null(Node node) {
  return node.is_scalar() && node.style() == Style::plain && reads_as_null(node.text());
}

/// One value is there to be read. Whatever else stands in its place was reported with the shape of its map.
[[nodiscard]] inline bool is_answer(Node node) {
  return node.valid() && node.is_scalar() && !is_null(node);
}

/// Whether two texts are the same but for the case of ASCII letters.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);
[[nodiscard]] constexpr std::string_view without_last_break(std::string_view text) {
  return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
}

/// Calls `use` with the value, or with each value of a list.
template <class Use>
void each_text(Node one_or_list, Use use) {
  if (is_answer(one_or_list)) return use(one_or_list);
  if (!one_or_list.valid() || !one_or_list.is_list()) return;
  for (const Node item : one_or_list)
    if (is_answer(item)) use(item);
}

/// Reports a list, a map or nothing where one value belongs, which is false.
bool report_no_scalar(Node node, Diagnostics& diagnostics);
/// The same unless it is one value.
inline bool expect_scalar(Node node, Diagnostics& diagnostics) {
  return is_answer(node) || report_no_scalar(node, diagnostics);
}

/// yes, no, true or false, in any case. `also`: other words the caller reads, for the message.
[[nodiscard]] std::optional<bool> read_yes_no(Node node, Diagnostics& diagnostics,
                                              std::span<const std::string_view> also = {});

/// A whole decimal number in min..max (both allowed). No leading zeros, hexadecimal, exponents.
[[nodiscard]] std::optional<std::int64_t> read_integer(Node node, std::int64_t min, std::int64_t max,
                                                       Diagnostics& diagnostics);

/// A decimal number with a point, in min..max (both allowed).
[[nodiscard]] std::optional<double> read_number(Node node, double min, double max, Diagnostics& diagnostics);

/// A text of at least one character that is no space; valid as long as the node's document.
[[nodiscard]] std::optional<std::string_view> read_text(Node node, Diagnostics& diagnostics);

/// The same for a text that is one line, such as every text of a profile: a block without the break that ends it.
[[nodiscard]] std::optional<std::string_view> read_line(Node node, Diagnostics& diagnostics);

/// Reports unless the value is exactly one of `words`, suggesting the nearest; gives its index. `also` as above.
[[nodiscard]] std::optional<std::size_t> read_word_of(Node node, std::span<const std::string_view> words,
                                                      Diagnostics& diagnostics,
                                                      std::span<const std::string_view> also = {});

/// The enumerator named by the value.
template <class E>
[[nodiscard]] std::optional<E> read_word(Node node, Diagnostics& diagnostics,
                                         std::span<const std::string_view> also = {}) {
  const auto index = read_word_of(node, kEnumNames<E>, diagnostics, also);
  if (!index) return std::nullopt;
  return static_cast<E>(*index);
}

}  // namespace needleplan::yaml
