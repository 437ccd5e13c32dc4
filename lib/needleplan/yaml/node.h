/// The placed tree of one document: compact nodes that are views into the text they were read from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/text/source.h"

namespace needleplan::yaml {

enum class Kind : std::uint8_t { scalar, list, map };

/// How a scalar was written. Only plain scalars can be "no answer" words; a quoted "none" is text.
enum class Style : std::uint8_t { plain, quoted, block };

/// One node as stored. Children of a list are its items; children of a map are key, value, key, value ...
struct Cell {
  std::string_view text;     ///< scalar: its value with escapes and folds resolved; otherwise empty
  std::uint32_t offset = 0;  ///< byte offset of the node's first character (an opening quote, bracket or key)
  std::uint32_t next = 0;    ///< index of the next sibling; 0 = none
  std::uint32_t first = 0;   ///< index of the first child; 0 = none
  std::uint32_t count = 0;   ///< list: items; map: pairs
  Kind kind = Kind::scalar;
  Style style = Style::plain;
};

class Node;

/// A document read from a Source. Reading another text into it drops the old nodes but keeps the memory.
class Document {
 public:
  /// The root node; only after a successful read.
  [[nodiscard]] Node root() const;
  [[nodiscard]] const Source* source() const { return source_; }

  void reset(const Source& source);
  /// Adds a node and returns its index; index 0 is the root, which is added first.
  std::uint32_t add(const Cell& cell) {
    cells_.push_back(cell);
    return static_cast<std::uint32_t>(cells_.size() - 1);
  }
  Cell& cell(std::uint32_t index) { return cells_[index]; }
  [[nodiscard]] const Cell& cell(std::uint32_t index) const { return cells_[index]; }
  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  /// Keeps a text that does not stand in the source as it is (escapes, folded lines) as long as the document.
  std::string_view keep(std::string text);
  /// How many plain scalars over several lines were folded by yaml-cpp, for statistics.
  [[nodiscard]] std::size_t folded_by_second_reader() const { return folded_; }
  void count_folded() { ++folded_; }

 private:
  const Source* source_ = nullptr;
  std::vector<Cell> cells_;
  std::deque<std::string> kept_;
  std::size_t folded_ = 0;
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
  /// A plain scalar of exactly this text.
  [[nodiscard]] bool is_word(std::string_view word) const;
  [[nodiscard]] Style style() const { return cell().style; }
  [[nodiscard]] std::string_view text() const { return cell().text; }
  [[nodiscard]] std::size_t count() const { return cell().count; }
  [[nodiscard]] Location at() const { return {document_->source(), cell().offset}; }

  /// The value of a key of a map; an invalid node when there is none.
  [[nodiscard]] Node find(std::string_view key) const;

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

  const Document* document_ = nullptr;
  std::uint32_t index_ = 0;
};

inline Node Document::root() const {
  return {*this, 0};
}

}  // namespace needleplan::yaml
