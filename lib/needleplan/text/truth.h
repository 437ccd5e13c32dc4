/// Kleene's three truth values: what is not known is never taken as no.
#pragma once

#include <algorithm>
#include <cstdint>

namespace needleplan {

/// In this order `all` is the minimum and `any` the maximum.
enum class Truth : std::uint8_t { no, unknown, yes };

constexpr Truth operator&&(Truth a, Truth b) {
  return std::min(a, b);
}
constexpr Truth operator||(Truth a, Truth b) {
  return std::max(a, b);
}
constexpr Truth operator!(Truth a) {
  return static_cast<Truth>(2 - static_cast<int>(a));
}
constexpr Truth truth(bool value) {
  return value ? Truth::yes : Truth::no;
}

}  // namespace needleplan
