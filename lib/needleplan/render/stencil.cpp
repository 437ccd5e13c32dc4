#include "needleplan/render/stencil.h"

#include <algorithm>

namespace needleplan {

namespace {

bool has_text_blank(std::string_view line) {
  for (auto found = find_blank(line); found; found = find_blank(line, found->end))
    if (found->blank.kind == Blank::Kind::text) return true;
  return false;
}

}  // namespace

/// Cuts a drawn text into pieces.
class Stencil::Maker {
 public:
  Maker(Stencil& stencil, StencilParts& parts) : stencil_(stencil), parts_(parts) {
    const int width = stencil.width_.value_or(0);
    if (parts.width_ != width) parts.line_of_.clear();
    parts.width_ = width;
  }

  void run(std::string_view text) {
    stencil_.width_ ? broken(text) : unbroken(text);
    pieces_.push_back(parts_.keep(std::move(piece_)));
    stencil_.pieces_ = pieces_.size();
    find_runs();
    stencil_.steps_.shrink_to_fit();
  }

 private:
  void unbroken(std::string_view text) {
    std::size_t done = 0;
    for (auto found = find_blank(text); found; found = find_blank(text, found->end)) {
      piece_.head += text.substr(done, found->begin - done);
      end_piece(parts_.keep_tail(text.substr(found->begin, found->end - found->begin)));
      done = found->end;
    }
    piece_.head += text.substr(done);
  }

  void broken(std::string_view text) {
    std::size_t constant = 0;  // begin of the lines without blanks that were met since the last one with some
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = trimmed(text.substr(at, end - at));
      const std::size_t next = std::min(end + 1, text.size());
      if (const auto blank = find_blank(line)) {
        piece_.head += wrap(text.substr(constant, at - constant), *stencil_.width_);
        add_line(line, blank->begin);
        piece_.head += text.substr(end, next - end);
        constant = next;
      }
      at = next;
    }
    piece_.head += wrap(text.substr(constant), *stencil_.width_);
  }

  /// Most lines stand in many documents, so each is broken once.
  void add_line(std::string_view line, std::size_t blank) {
    auto known = parts_.line_of_.find(line);
    if (known == parts_.line_of_.end()) {
      known = parts_.line_of_.emplace(line, break_line(line, blank)).first;
      parts_.bytes_ += 2 * line.size() + 256;
    }
    const Piece& own = known->second;
    piece_.head += own.head;
    piece_.column = own.column;
    piece_.hang = own.hang;
    piece_.at_start = own.at_start;
    piece_.whole_line = own.whole_line;
    end_piece(own.tail);
  }

  /// What comes before the first blank is broken now. A text of the client's own may be anything, and so may a blank
  /// before the words: such lines are broken when they are filled in.
  Piece break_line(std::string_view line, std::size_t blank) {
    Piece piece;
    const std::size_t begin = words_begin(line);
    piece.whole_line = begin > blank || has_text_blank(line);
    if (piece.whole_line) {
      piece.tail = parts_.keep_tail(line);
      return piece;
    }
    std::size_t rest = line.substr(0, blank).find_last_of(' ') + 1;  // of the word that has the blank
    rest = std::max(rest, begin);
    while (rest > begin && line[rest - 1] == ' ')
      --rest;
    std::vector<PlacedWord> words;
    std::string constant(line.substr(begin, rest - begin));
    std::erase(constant, '\t');
    split_words(constant, words);
    LineBreaker breaker(piece.head, *stencil_.width_);
    breaker.begin(line.substr(0, begin));
    breaker.add(constant, words);
    piece.column = breaker.column();
    piece.hang = breaker.hang();
    piece.at_start = breaker.at_start();
    std::string tail(line.substr(rest));
    std::erase(tail, '\t');
    piece.tail = parts_.keep_tail(tail);
    return piece;
  }

  void end_piece(const Tail* tail) {
    piece_.tail = tail;
    pieces_.push_back(parts_.keep(std::move(piece_)));
    piece_ = {};
  }

  /// Takes the longest run that came before at each place.
  void find_runs() {
    std::unordered_map<const Piece*, std::vector<std::size_t>> seen;
    std::size_t at = 0;
    while (at < pieces_.size()) {
      std::size_t from = 0;
      std::size_t count = 0;
      for (const std::size_t begin : seen[pieces_[at]]) {
        std::size_t same = 1;
        while (begin + same < at && at + same < pieces_.size() && pieces_[begin + same] == pieces_[at + same])
          ++same;
        if (same > count) from = begin, count = same;
      }
      if (count == 0) {
        stencil_.steps_.push_back({pieces_[at], 0, 0});
      } else {
        stencil_.steps_.push_back({nullptr, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(count)});
      }
      for (const std::size_t end = at + std::max<std::size_t>(count, 1); at < end; ++at)
        seen[pieces_[at]].push_back(at);
    }
  }

  Stencil& stencil_;
  StencilParts& parts_;
  Piece piece_;
  std::vector<const Piece*> pieces_;
};

/// Fills in the blanks of one document. Most lines end like some other one, so each ending is made once.
class Stencil::Filler {
 public:
  Filler(const Stencil& stencil, const Filling& filling, Scratch& scratch, std::string& out)
      : width_(stencil.width_), steps_(stencil.steps_), filling_(filling), scratch_(scratch), out_(out) {
    ++scratch_.round_;
    scratch_.begins_.clear();
    scratch_.begins_.reserve(stencil.pieces_);
  }

  void run() {
    for (const Step& step : steps_) {
      if (step.piece != nullptr) {
        scratch_.begins_.push_back(out_.size());
        add(*step.piece);
      } else {
        copy(step);
      }
    }
  }

 private:
  void add(const Piece& piece) {
    out_ += piece.head;
    if (piece.tail == nullptr) return;
    if (!width_) {
      append(*piece.tail, out_);
    } else if (piece.whole_line) {
      std::string line;
      append(*piece.tail, line);
      out_ += wrap(line, *width_);
    } else {
      break_tail(piece);
    }
  }

  /// The run lies before, so the begin of the piece behind it is known.
  void copy(const Step& step) {
    std::vector<std::size_t>& begins = scratch_.begins_;
    const std::size_t begin = begins[step.from];
    const std::size_t end = step.from + step.count < begins.size() ? begins[step.from + step.count] : out_.size();
    const std::size_t moved = out_.size() - begin;
    for (std::size_t i = 0; i < step.count; ++i)
      begins.push_back(begins[step.from + i] + moved);
    out_.append(out_, begin, end - begin);
  }

  void break_tail(const Piece& piece) {
    const Scratch::TailText& tail = text_of(*piece.tail);
    if (piece.column + tail.columns <= *width_) {
      out_ += tail.text;
      return;
    }
    LineBreaker(out_, *width_, piece.column, piece.hang, piece.at_start).add(tail.text, tail.words);
  }

  const Scratch::TailText& text_of(const Tail& tail) {
    if (tail.number >= scratch_.tails_.size()) scratch_.tails_.resize(tail.number + 1);
    Scratch::TailText& made = scratch_.tails_[tail.number];
    if (made.round == scratch_.round_) return made;
    made.round = scratch_.round_;
    made.text.clear();
    made.words.clear();
    made.columns = 0;
    append(tail, made.text);
    split_words(made.text, made.words);
    for (const PlacedWord& word : made.words)
      made.columns += word.spaces + word.columns;
    return made;
  }

  void append(const Tail& tail, std::string& out) {
    for (const Tail::Part& part : tail.parts) {
      out += part.text;
      if (!part.blank) continue;
      if (part.blank->kind == Blank::Kind::text) {
        append_own(static_cast<std::size_t>(part.blank->number), out);
      } else {
        out += text_of(part);
      }
    }
  }

  void append_own(std::size_t number, std::string& out) const {
    if (number >= filling_.texts.size()) return;  // a template's own character that looks like a blank
    const std::string& text = filling_.texts[number];
    if (!filling_.ascii) return append_escaped(out, text, filling_.escape);
    // Escaping looks at the line that it adds to, so it goes first, as when the whole is drawn.
    const std::size_t before = out.size();
    append_escaped(out, text, filling_.escape);
    const std::string plain = ascii(std::string_view(out).substr(before));
    out.resize(before);
    out += plain;
  }

  const std::string& text_of(const Tail::Part& part) {
    if (part.number >= scratch_.blanks_.size()) scratch_.blanks_.resize(part.number + 1);
    Scratch::BlankText& made = scratch_.blanks_[part.number];
    if (made.round == scratch_.round_) return made.text;
    made.round = scratch_.round_;
    const Date day = filling_.day + std::chrono::days{part.blank->number};
    switch (part.blank->kind) {
      case Blank::Kind::day:
        made.text = words(day, filling_.day);
        break;
      case Blank::Kind::iso_day:
        made.text = iso(day);
        break;
      case Blank::Kind::time:
        made.text = clock(time_of(Moment{filling_.day} + filling_.time + TimeOfDay{part.blank->number}));
        break;
      case Blank::Kind::text:
        break;
    }
    return made.text;
  }

  const std::optional<int>& width_;
  const std::vector<Step>& steps_;
  const Filling& filling_;
  Scratch& scratch_;
  std::string& out_;
};

Stencil::Stencil(std::string_view drawn, std::optional<int> width, StencilParts& parts) : width_(width) {
  Maker(*this, parts).run(drawn);
}

void Stencil::fill(const Filling& filling, Scratch& scratch, std::string& out) const {
  Filler(*this, filling, scratch, out).run();
}

const Stencil::Tail* StencilParts::keep_tail(std::string_view text) {
  if (const auto known = tail_of_.find(text); known != tail_of_.end()) return known->second;
  Stencil::Tail& tail = tails_.emplace_back();
  tail.number = tails_.size() - 1;
  std::size_t done = 0;
  for (auto found = find_blank(text); found; found = find_blank(text, found->end)) {
    auto blank = std::find(blanks_.begin(), blanks_.end(), found->blank);
    if (blank == blanks_.end()) blank = blanks_.insert(blanks_.end(), found->blank);
    tail.parts.push_back({std::string(text.substr(done, found->begin - done)), found->blank,
                          static_cast<std::size_t>(blank - blanks_.begin())});
    done = found->end;
  }
  if (done < text.size()) tail.parts.push_back({std::string(text.substr(done)), std::nullopt, 0});
  tail_of_.emplace(text, &tail);
  bytes_ += 3 * text.size() + 256;
  return &tail;
}

const Stencil::Piece* StencilParts::keep(Stencil::Piece piece) {
  std::string key;
  const std::size_t tail = piece.tail == nullptr ? 0 : piece.tail->number + 1;
  for (const std::size_t number : {static_cast<std::size_t>(piece.column), static_cast<std::size_t>(piece.hang), tail,
                                   std::size_t{piece.at_start ? 1U : 0U}, std::size_t{piece.whole_line ? 1U : 0U}})
    key.append(reinterpret_cast<const char*>(&number), sizeof number);
  key += piece.head;
  if (const auto known = piece_of_.find(key); known != piece_of_.end()) return known->second;
  bytes_ += 2 * piece.head.size() + 256;
  return piece_of_.emplace(key, &pieces_.emplace_back(std::move(piece))).first->second;
}

}  // namespace needleplan
