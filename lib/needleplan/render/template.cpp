#include "needleplan/render/template.h"

#include <algorithm>

namespace needleplan {

namespace {

// Partials may contain themselves, and lists be repeated within themselves; only the data ends that.
// These limits do when the data does not.
constexpr int kMostLevels = 64;
constexpr int kMostRepeats = 200'000;

class Rendering {
 public:
  Rendering(const std::vector<Body>& bodies, Escape escape, std::string& out, Diagnostics& diagnostics)
      : bodies_(bodies), escape_(escape), out_(out), diagnostics_(diagnostics) {}

  bool run(const Data& data) {
    contexts_.push_back(&data);
    return pieces(bodies_.front(), 0, bodies_.front().pieces.size());
  }

 private:
  bool pieces(const Body& body, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Piece& piece = body.pieces[i];
      switch (piece.kind) {
        case PieceKind::text:
          literal(piece.text);
          break;
        case PieceKind::escaped:
        case PieceKind::raw:
          begin_line();
          if (const Data* const data = find(piece)) print(*data, piece.kind == PieceKind::raw ? Escape::none : escape_);
          break;
        case PieceKind::section:
          if (!section(body, i)) return false;
          i = piece.target - 1;
          break;
        case PieceKind::inverted: {
          const Data* const data = find(piece);
          if ((data == nullptr || !data->shown()) && !pieces(body, i + 1, piece.target)) return false;
          i = piece.target - 1;
          break;
        }
        case PieceKind::partial:
          if (!partial(body, piece)) return false;
          break;
      }
    }
    return true;
  }

  bool section(const Body& body, std::size_t at) {
    const Piece& piece = body.pieces[at];
    const Data* const data = find(piece);
    if (data == nullptr || !data->shown()) return true;
    const bool list = data->kind() == Data::Kind::list;
    for (const Data& item : list ? data->items() : std::span<const Data>(data, 1)) {
      if (!repeat(body, piece)) return false;
      contexts_.push_back(&item);
      const bool went_well = pieces(body, at + 1, piece.target);
      contexts_.pop_back();
      if (!went_well) return false;
    }
    return true;
  }

  bool partial(const Body& body, const Piece& piece) {
    if (level_ == kMostLevels) {
      diagnostics_.error(location_of(*body.source, piece.name), "template-too-deep",
                         "partial \"" + std::string(piece.name) + "\" contains itself without coming to an end");
      return false;
    }
    if (!repeat(body, piece)) return false;
    ++level_;
    const std::size_t indentation = indentation_.size();
    std::string kept;
    if (piece.standalone) {
      indentation_ += piece.text;
      line_begins_ = true;
    } else {
      // In the middle of a line the partial's further lines get no indentation, not even the outer one.
      begin_line();
      kept.swap(indentation_);
    }
    const Body& inner = bodies_[piece.target];
    const bool went_well = pieces(inner, 0, inner.pieces.size());
    if (piece.standalone) {
      indentation_.resize(indentation);
    } else {
      indentation_.swap(kept);
    }
    line_begins_ = piece.standalone;
    --level_;
    return went_well;
  }

  bool repeat(const Body& body, const Piece& piece) {
    if (++repeats_ <= kMostRepeats) return true;
    diagnostics_.error(
        location_of(*body.source, piece.name), "template-too-long",
        "more than " + std::to_string(kMostRepeats) + " sections and partials, counting each time one is shown");
    return false;
  }

  /// Indentation belongs to the lines of a partial's text, not to line breaks within values.
  void literal(std::string_view text) {
    if (indentation_.empty()) {
      out_ += text;
      return;
    }
    while (!text.empty()) {
      begin_line();
      const std::size_t line_break = text.find('\n');
      line_begins_ = line_break != std::string_view::npos;
      const std::size_t size = line_begins_ ? line_break + 1 : text.size();
      out_ += text.substr(0, size);
      text.remove_prefix(size);
    }
  }

  void begin_line() {
    if (line_begins_) out_ += indentation_;
    line_begins_ = false;
  }

  void print(const Data& data, Escape escape) {
    if (data.kind() == Data::Kind::text) {
      append_escaped(out_, data.text(), escape);
    } else if (data.kind() == Data::Kind::flag) {
      out_ += data.shown() ? "true" : "false";
    } else {
      out_ += data.text();
    }
  }

  /// A name's first part is looked up from the inside out; the parts after it only in what was found.
  const Data* find(const Piece& piece) const {
    if (piece.name == ".") return contexts_.back();
    const Data* found = nullptr;
    for (auto context = contexts_.rbegin(); found == nullptr && context != contexts_.rend(); ++context)
      found = (*context)->find(piece.name);
    std::string_view rest = piece.rest;
    while (found != nullptr && !rest.empty()) {
      const std::size_t dot = std::min(rest.find('.'), rest.size());
      found = found->find(rest.substr(0, dot));
      rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    return found;
  }

  const std::vector<Body>& bodies_;
  Escape escape_;
  std::string& out_;
  Diagnostics& diagnostics_;
  std::vector<const Data*> contexts_;
  std::string indentation_;
  bool line_begins_ = false;
  int level_ = 0;
  int repeats_ = 0;
};

}  // namespace

bool Template::render(const Data& data, Escape escape, std::string& out, Diagnostics& diagnostics) const {
  return Rendering(bodies_, escape, out, diagnostics).run(data);
}

}  // namespace needleplan
