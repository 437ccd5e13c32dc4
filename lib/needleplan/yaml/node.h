/// The placed tree of one document: compact nodes that are views into the text they were read from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/text/source.h"

namespace needleplan::yaml {

enum class Kind : std::uint8_t { scalar, list, map };

/// How a scalar was written. Only plain scalars can be "no answer" words; a quoted "none" is text.
enum class Style : std::uint8_t { plain, quoted, block };

/// A scalar's value, with escapes and folds resolved: a part of the source, or of the document's kept texts.
struct CellText {
  static constexpr std::uint32_t kKept = std::uint32_t{1} << 31U;  ///< in `begin`; no source is that long
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

/// One node as stored. Children of a list are its items; children of a map are key, value, key, value ...
/// No pointers and no padding: cells mean the same wherever they lie, so they can be made at build time.
struct Cell {
  CellText text;             ///< empty for a list or map
  std::uint32_t offset = 0;  ///< byte offset of the node's first character (an opening quote, bracket or key)
  std::uint32_t next = 0;    ///< index of the next sibling; 0 = none
  std::uint32_t first = 0;   ///< index of the first child; 0 = none
  std::uint32_t count = 0;   ///< list: items; map: pairs
  Kind kind = Kind::scalar;
  Style style = Style::plain;
  std::uint16_t mark = 0;  ///< of a key of a map: key_mark() of its text
  std::uint32_t keys = 0;  ///< map: key_bit() of every key
};

/// Two texts with different marks differ; so most keys are told apart by numbers, without a look at any text.
[[nodiscard]] constexpr std::uint16_t key_mark(std::string_view key) {
  if (key.empty()) return 0;
  const auto byte = [](char c) { return static_cast<std::uint32_t>(static_cast<unsigned char>(c)); };
  const std::uint32_t ends = static_cast<std::uint32_t>(key.size()) << 16U | byte(key.front()) << 8U | byte(key.back());
  return static_cast<std::uint16_t>((ends * 0x9E3779B1U) >> 16U);
}
[[nodiscard]] constexpr std::uint32_t key_bit(std::uint16_t mark) {
  return std::uint32_t{1} << (mark >> 11U);
}

class Node;

/// A document read from a Source. Reading another text into it drops the old nodes but keeps the memory.
class Document {
 public:
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// The root node; only after a successful read.
  [[nodiscard]] Node root() const;
  [[nodiscard]] const Source* source() const { return source_; }

  /// Whether the text is JSON: a map in braces whose first key is quoted.
  [[nodiscard]] bool is_json() const;

  void reset(const Source& source);
  /// Takes over what was read from `source` before; both spans must outlive the document.
  void use(const Source& source, std::span<const Cell> cells, std::string_view kept);

  /// Adds a node and returns its index; index 0 is the root, which is added first.
  std::uint32_t add(const Cell& cell) {
    if (size_ == own_.size()) grow();
    own_[size_] = cell;
    return static_cast<std::uint32_t>(size_++);
  }
  Cell& cell(std::uint32_t index) { return own_[index]; }
  [[nodiscard]] const Cell& cell(std::uint32_t index) const { return cells_[index]; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::span<const Cell> cells() const { return {cells_, size_}; }

  /// Keeps a text that does not stand in the source as it is (escapes, folded lines) as long as the document.
  /// The view is good until the next text is kept; a cell's text always is.
  std::string_view keep(std::string_view text);
  /// Every kept text, one after the other.
  [[nodiscard]] std::string_view kept() const { return kept_; }
  /// How a cell holds a part of the source or the text kept last.
  [[nodiscard]] CellText hold(std::string_view text) const;
  [[nodiscard]] std::string_view text(CellText text) const {
    const bool kept = (text.begin & CellText::kKept) != 0;
    return {(kept ? kept_.data() : source_->text().data()) + (text.begin & ~CellText::kKept), text.size};
  }
  /// How many plain scalars over several lines were folded by yaml-cpp, for statistics.
  [[nodiscard]] std::size_t folded_by_second_reader() const { return folded_; }
  void count_folded() { ++folded_; }
  /// Whether a text that begins as JSON was left to the strict reader, for statistics.
  [[nodiscard]] bool left_to_strict_reader() const { return refused_json_; }
  void count_refused_json() { refused_json_ = true; }
  /// Whether the text was not read by the quick way alone: one of the two above.
  [[nodiscard]] bool fell_back() const { return folded_ > 0 || refused_json_; }

 private:
  void grow();

  const Source* source_ = nullptr;
  const Cell* cells_ = nullptr;  ///< those of `own_`, or those made at build time
  std::size_t size_ = 0;         ///< how many
  std::vector<Cell> own_;        ///< those behind `size_` are room for more
  std::string_view kept_;        ///< likewise
  std::string own_kept_;
  std::size_t folded_ = 0;
  bool refused_json_ = false;
};

/// A handle to one node of a Document; cheap to copy, good as long as the Document is not reset.
class Node {
 public:
  Node() = default;
  Node(const Document& document, std::uint32_t index) : document_(&document), index_(index) {}

  [[nodiscard]] bool valid() const { return document_ != nullptr; }
  [[nodiscard]] Kind kind() const { return cell().kind; }
  [[nodiscard]] bool is_scalar() const { return kind() == Kind::scalar; }
  [[nodiscard]] bool is_list() const { return kind() == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind() == Kind::map; }
  /// A plain scalar of exactly this text; in JSON, which has no plain texts, a quoted one.
  [[nodiscard]] bool is_word(std::string_view word) const {
    return cell().text.size == word.size() && is_scalar() && says_word(word);
  }
  [[nodiscard]] Style style() const { return cell().style; }
  [[nodiscard]] std::string_view text() const { return document_->text(cell().text); }
  [[nodiscard]] std::size_t count() const { return cell().count; }
  /// Of a key of a map.
  [[nodiscard]] std::uint16_t mark() const { return cell().mark; }
  [[nodiscard]] Location at() const { return {document_->source(), cell().offset}; }

  /// The value of a key of a map; an invalid node when there is none.
  [[nodiscard]] Node find(std::string_view key) const {
    const std::uint16_t mark = key_mark(key);
    // Most keys that are asked for are not there.
    if (!is_map() || (cell().keys & key_bit(mark)) == 0) return {};
    return find_marked(key, mark);
  }

  /// Walks the children. For a map the iterator stands on keys; `value_of` gives the value beside one.
  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Node;
    Iterator() = default;
    Iterator(const Document* document, std::uint32_t index, bool pairs)
        : document_(document), index_(index), pairs_(pairs) {}
    Node operator*() const { return {*document_, index_}; }
    Iterator& operator++() {
      index_ = document_->cell(index_).next;
      if (pairs_) index_ = document_->cell(index_).next;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Document* document_ = nullptr;
    std::uint32_t index_ = 0;
    bool pairs_ = false;
  };
  /// The items of a list, or the keys of a map; nothing for a scalar.
  [[nodiscard]] Iterator begin() const { return {document_, cell().first, is_map()}; }
  [[nodiscard]] Iterator end() const { return {document_, 0, is_map()}; }

  /// For a key met while walking a map: its value.
  [[nodiscard]] Node value_of() const { return {*document_, cell().next}; }

 private:
  [[nodiscard]] const Cell& cell() const { return document_->cell(index_); }
  [[nodiscard]] bool says_word(std::string_view word) const;
  [[nodiscard]] Node find_marked(std::string_view key, std::uint16_t mark) const;

  const Document* document_ = nullptr;
  std::uint32_t index_ = 0;
};

inline Node Document::root() const {
  return {*this, 0};
}

}  // namespace needleplan::yaml
