/// One table of names per enum, used for YAML, options and output alike.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace needleplan {

/// Specialised once per enum, in enumerator order.
template <class E>
inline constexpr auto kEnumNames = nullptr;

template <class E>
constexpr std::string_view to_string(E value) {
  return kEnumNames<E>[static_cast<std::size_t>(value)];
}

/// The enumerator of that exact name, or nullopt.
template <class E>
constexpr std::optional<E> from_string(std::string_view text) {
  for (std::size_t i = 0; i < kEnumNames<E>.size(); ++i)
    if (kEnumNames<E>[i] == text) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace needleplan
