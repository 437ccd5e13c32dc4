/// What a map may hold, as tables: reading, JSON Schema and the manual are all made from them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"

namespace needleplan::yaml {

/// What the value of a key is. Up to `end` they are scalars; only their kind is checked here, their
/// words by whoever reads them.
enum class Type : std::uint8_t {
  id,          ///< small letters, digits and hyphens
  source_key,  ///< the same, with capitals
  text,
  word,          ///< one of `words`
  yes_no,        ///< yes, no, true or false
  integer,       ///< 3
  number,        ///< 0.5
  date,          ///< 2026-03-04
  partial_date,  ///< 2026-03-04, 2026-03, 2026 or about 2026-03
  moment,        ///< a date, or a date and a time
  time,          ///< 14:30
  span,          ///< 6mo
  span_range,    ///< 3d..5d
  end,           ///< a span or a named event: 48h, healed
  list,          ///< of `items`
  one_or_list,   ///< one of `items`, or a list of them
  map,           ///< of `shape`
  text_or_map,   ///< a scalar, or a map of `shape`
  any,           ///< judged by whoever reads it
};

struct Shape;

/// What a key of a profile can hold; that it is not there is always possible unless it is required. Every key of a
/// profile says it. Where nothing is said, as in packs, `none` and `unknown` are words like any other.
enum class Holds : std::uint8_t {
  words = 0,
  value = 1,            ///< it must be given: neither `none` nor `unknown`, nor any other word for them
  or_unknown = 1 | 2,   ///< there always is something, which may not be known
  or_none = 1 | 4,      ///< there may be nothing
  or_none_unknown = 7,  ///< there may be nothing, and it may not be known
};
[[nodiscard]] constexpr bool holds_unknown(Holds holds) {
  return (static_cast<unsigned>(holds) & 2U) != 0;
}
[[nodiscard]] constexpr bool holds_none(Holds holds) {
  return (static_cast<unsigned>(holds) & 4U) != 0;
}
/// What may stand in place of a value, for messages and the manual: `none or unknown`; empty for neither.
[[nodiscard]] constexpr std::string_view no_value_words(Holds holds) {
  constexpr std::string_view kBoth = "none or unknown";
  if (holds_none(holds)) return holds_unknown(holds) ? kBoth : kBoth.substr(0, 4);
  return holds_unknown(holds) ? kBoth.substr(8) : std::string_view{};
}

/// One key of a map.
struct Key {
  std::string_view name;
  Type type = Type::text;
  std::string_view summary;                      ///< for the schema and the manual; one sentence
  const Shape* shape = nullptr;                  ///< of a map, or of the maps in a list
  std::span<const std::string_view> words = {};  ///< allowed words, of the value or of the items
  bool required = false;
  Holds holds = Holds::words;
  Type items = Type::text;  ///< of a list; never a list itself (wrap it in a map)
  std::uint16_t mark = key_mark(name);
};

/// For each of 64 kinds of marks the place of the first key in a table that has it; so most keys are found at once.
using KeySlots = std::array<std::uint8_t, 64>;
[[nodiscard]] constexpr std::size_t slot_of(std::uint16_t mark) {
  return mark >> 10U;
}
[[nodiscard]] constexpr KeySlots slots_of(std::span<const Key> keys) {
  KeySlots out{};
  for (std::size_t i = std::min<std::size_t>(keys.size(), 256); i-- > 0;)
    out[slot_of(keys[i].mark)] = static_cast<std::uint8_t>(i);
  return out;
}

/// The keys of a map. With `others` the map may have further keys, all of them like that one (its
/// name is only a placeholder for the manual).
struct Shape {
  std::string_view name;
  std::span<const Key> keys;
  const Key* others = nullptr;
  bool stands_alone = false;  ///< its required keys must be there in a part of a document, too
  KeySlots slots = slots_of(keys);
};

/// Whether every key of a shape, and of the shapes below it, says what it can hold.
[[nodiscard]] constexpr bool says_what_it_holds(const Shape& shape) {
  const auto says = [](const Key& key) {
    return key.holds != Holds::words && (key.shape == nullptr || says_what_it_holds(*key.shape));
  };
  for (const Key& key : shape.keys)
    if (!says(key)) return false;
  return shape.others == nullptr || says(*shape.others);
}

/// Where a name stands in the table of a shape; the table's size where it does not.
[[nodiscard]] constexpr std::size_t index_of(const Shape& shape, std::string_view name) {
  std::size_t at = 0;
  while (at < shape.keys.size() && shape.keys[at].name != name)
    ++at;
  return at;
}

/// What the table of a shape says of a key of a map; null where the key is not in there.
[[nodiscard]] inline const Key* find_key(const Shape& shape, Node name) {
  const std::uint16_t mark = name.mark();
  for (std::size_t i = shape.slots[slot_of(mark)]; i < shape.keys.size(); ++i)
    if (const Key& key = shape.keys[i]; key.mark == mark && key.name == name.text()) return &key;
  return nullptr;
}

/// Whether a text can be an id (small letters, digits, hyphens between them) or a source's key, which has capitals too.
/// Nothing else can be taken for several ids, or for words around them.
[[nodiscard]] constexpr bool is_id(std::string_view text, Type type) {
  const auto plain = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (type == Type::source_key && c >= 'A' && c <= 'Z');
  };
  for (const char c : text)
    if (!plain(c) && c != '-') return false;
  return !text.empty() && plain(text.front()) && plain(text.back());
}

/// Whether a document is whole, or a part that is laid over another one: then a required key may stand in that one.
enum class Extent : std::uint8_t { whole, part };

[[nodiscard]] constexpr bool is_id(Type type) {
  return type <= Type::source_key;
}
[[nodiscard]] constexpr bool is_scalar(Type type) {
  return type <= Type::end;
}

/// Whether a text is one of the words that people write where something must be given, such as `n/a` or `tbc`.
[[nodiscard]] bool is_no_answer(std::string_view text);

/// Reports unknown keys (with the allowed ones, sorted), missing required keys, keys without a value, values of the
/// wrong kind, `none` and `unknown` where the key cannot hold them, and texts of a profile that are not one line that
/// can be seen, in every map below too. False if there was any.
bool check_shape(Node node, const Shape& shape, Diagnostics& diagnostics, Extent extent = Extent::whole);

}  // namespace needleplan::yaml
