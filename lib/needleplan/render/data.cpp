#include "needleplan/render/data.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <type_traits>

namespace needleplan {

namespace {

template <class T>
const T* copied(std::pmr::memory_resource& memory, std::span<const T> from) {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  if (from.empty()) return nullptr;
  T* const to = static_cast<T*>(memory.allocate(from.size_bytes(), alignof(T)));
  std::uninitialized_copy(from.begin(), from.end(), to);
  return to;
}

}  // namespace

Data Data::map(std::span<const Field> fields) {
  return {Kind::map, fields.data(), fields.size()};
}

std::string_view Data::text() const {
  if ((kind_ != Kind::text && kind_ != Kind::markup) || size_ == 0) return {};
  return {static_cast<const char*>(at_), size_};
}

std::span<const Data> Data::items() const {
  if (kind_ != Kind::list) return {};
  return {static_cast<const Data*>(at_), size_};
}

const Data* Data::find(std::string_view name) const {
  if (kind_ != Kind::map) return nullptr;
  // Maps are small: comparing along beats any table, and a look at the first letters most comparisons.
  const auto* const fields = static_cast<const Field*>(at_);
  for (std::uint32_t i = 0; i < size_; ++i) {
    const std::string_view known = fields[i].name;
    if (known.size() == name.size() && (name.empty() || known.front() == name.front()) && known == name)
      return &fields[i].value;
  }
  return nullptr;
}

Data DataArena::map(std::span<const Field> fields) {
  return {Data::Kind::map, copied(memory_, fields), fields.size()};
}

Data DataArena::list(std::span<const Data> items) {
  return {Data::Kind::list, copied(memory_, items), items.size()};
}

Data DataArena::copy(std::string_view text) {
  return {Data::Kind::text, copied(memory_, std::span<const char>(text)), text.size()};
}

Data DataArena::number(std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return copy({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

}  // namespace needleplan
