/// What a template is rendered with: small values that point to texts and arrays kept elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>

namespace needleplan {

struct Field;

/// A text, a flag, a list or a map; 16 bytes, copied freely. What it points to must outlive it: texts
/// of the input or of literals, arrays in a DataArena.
class Data {
 public:
  enum class Kind : std::uint8_t { nothing, flag, text, markup, list, map };

  constexpr Data() = default;  ///< nothing: prints as nothing, counts as false

  static Data flag(bool value) { return {Kind::flag, nullptr, value ? 1U : 0U}; }
  /// Escaped, and cleaned of control characters, when printed.
  static Data text(std::string_view text) { return {Kind::text, text.data(), text.size()}; }
  /// Printed as it stands. Only for what the program made itself, never for what was read.
  static Data markup(std::string_view text) { return {Kind::markup, text.data(), text.size()}; }

  /// A map over fields kept elsewhere; DataArena::map keeps a copy of its own.
  static Data map(std::span<const Field> fields);

  [[nodiscard]] Kind kind() const { return kind_; }
  /// Whether a section of it is shown; an empty text or list is not.
  [[nodiscard]] bool shown() const { return kind_ == Kind::map || size_ > 0; }
  /// The text of a text or markup, otherwise empty.
  [[nodiscard]] std::string_view text() const;
  /// The items of a list, otherwise none.
  [[nodiscard]] std::span<const Data> items() const;
  /// The value of that name in a map; null in anything else or where the map lacks it.
  [[nodiscard]] const Data* find(std::string_view name) const;

 private:
  friend class DataArena;
  Data(Kind kind, const void* at, std::size_t size) : at_(at), size_(static_cast<std::uint32_t>(size)), kind_(kind) {}

  const void* at_ = nullptr;
  std::uint32_t size_ = 0;
  Kind kind_ = Kind::nothing;
};

struct Field {
  std::string_view name;
  Data value;
};

/// Holds the arrays and computed texts of one document. `clear()` keeps the first block of memory, so
/// that a batch of sheets allocates once.
///
///     arena.map({{"title", Data::text(pack.title)}, {"days", arena.list(days)}, {"due", arena.copy(iso(date))}})
class DataArena {
 public:
  DataArena() : block_(new std::byte[kBlock]), memory_(block_.get(), kBlock) {}
  DataArena(const DataArena&) = delete;
  DataArena& operator=(const DataArena&) = delete;

  [[nodiscard]] Data map(std::span<const Field> fields);
  [[nodiscard]] Data map(std::initializer_list<Field> fields) { return map({fields.begin(), fields.size()}); }
  [[nodiscard]] Data list(std::span<const Data> items);
  [[nodiscard]] Data list(std::initializer_list<Data> items) { return list({items.begin(), items.size()}); }
  /// A text of which the arena keeps a copy.
  [[nodiscard]] Data copy(std::string_view text);
  [[nodiscard]] Data number(std::int64_t value);

  /// Forgets everything; no Data made before may be used after.
  void clear() { memory_.release(); }

 private:
  static constexpr std::size_t kBlock = std::size_t{64} * 1024;

  std::unique_ptr<std::byte[]> block_;  // NOLINT(modernize-avoid-c-arrays): its size is not part of its type
  std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace needleplan
