/// A drawn document with blanks, laid out as far as it can be before they are filled in.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "needleplan/render/escape.h"
#include "needleplan/render/layout.h"
#include "needleplan/time/blank.h"
#include "needleplan/time/date.h"

namespace needleplan {

/// What goes into the blanks of one client's document, and how.
struct Filling {
  Date day{};                            ///< of the session; used only where there are blanks for days
  TimeOfDay time{};                      ///< likewise for times
  std::span<const std::string> texts{};  ///< the client's own, by the numbers of their blanks
  Escape escape = Escape::none;          ///< for these texts
  bool ascii = false;                    ///< likewise
};

class StencilParts;

/// The pieces of a document in their order; small, and good as long as the parts that it was made with.
class Stencil {
 public:
  class Scratch;

  /// `drawn` is a text with blanks whose lines are not broken yet; `width`: the columns at which they are, or nothing
  /// where the format does not break lines.
  Stencil(std::string_view drawn, std::optional<int> width, StencilParts& parts);

  /// Appends the document: the same bytes as if the texts had stood in it when it was drawn and laid out.
  void fill(const Filling& filling, Scratch& scratch, std::string& out) const;

  [[nodiscard]] std::size_t bytes() const { return steps_.size() * sizeof(Step); }

 private:
  friend class StencilParts;
  /// The end of a line from the first word with a blank in it, or a whole line.
  struct Tail {
    struct Part {
      std::string text;  ///< what stands before the blank
      std::optional<Blank> blank;
      std::size_t number = 0;  ///< of the blank among those of all parts
    };
    std::size_t number = 0;  ///< among all tails
    std::vector<Part> parts;
  };
  /// Constant lines and the constant words of one more, already broken, then the rest of that line.
  struct Piece {
    std::string head;
    int column = 0;
    int hang = 0;
    bool at_start = true;
    bool whole_line = false;     ///< the rest is all of its line
    const Tail* tail = nullptr;  ///< null at the end of the document
  };
  /// One piece, or a run of pieces that came before: much of one day is that of the day before, and a copy of what was
  /// filled in is cheaper than to fill it in again.
  struct Step {
    const Piece* piece = nullptr;  ///< null: copy
    std::uint32_t from = 0;        ///< the first piece to copy, by its number in the document
    std::uint32_t count = 0;
  };
  class Maker;
  class Filler;

  std::optional<int> width_;
  std::size_t pieces_ = 0;
  std::vector<Step> steps_;
};

/// Parts that many stencils share: the documents of one pack differ in few lines. Only one thread at a time may make
/// stencils; filling in goes on beside it.
class StencilParts {
 public:
  /// About how much memory they take.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  friend class Stencil;
  struct Hash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): the name the standard library asks for
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <class Value>
  using ByText = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  const Stencil::Tail* keep_tail(std::string_view text);
  const Stencil::Piece* keep(Stencil::Piece piece);

  std::deque<Stencil::Tail> tails_;
  std::deque<Stencil::Piece> pieces_;
  ByText<const Stencil::Tail*> tail_of_;
  ByText<const Stencil::Piece*> piece_of_;
  ByText<Stencil::Piece> line_of_;  ///< what a drawn line with blanks becomes at one width
  int width_ = 0;                   ///< of these lines
  std::vector<Blank> blanks_;
  std::size_t bytes_ = 0;
};

/// Memory of Stencil::fill(), for one thread to use again and again with the stencils of the same parts.
class Stencil::Scratch {
 private:
  friend class Stencil::Filler;
  struct BlankText {
    std::uint64_t round = 0;  ///< of the fill() that made it
    std::string text;
  };
  struct TailText {
    std::uint64_t round = 0;
    std::string text;
    int columns = 0;
    std::vector<PlacedWord> words;
  };
  std::uint64_t round_ = 0;
  std::vector<BlankText> blanks_;
  std::vector<TailText> tails_;
  std::vector<std::size_t> begins_;  ///< of the pieces, in the text that they are added to
};

}  // namespace needleplan
