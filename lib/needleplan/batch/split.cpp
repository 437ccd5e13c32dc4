#include "needleplan/batch/split.h"

#include <algorithm>
#include <cstring>

#include "needleplan/text/characters.h"

namespace needleplan::batch {

namespace {

constexpr std::size_t kRead = std::size_t{1} << 18U;
constexpr std::size_t kMarker = 3;  // bytes of `---` and `...`
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// What stands in a line before a comment, if there is anything but blanks; else empty.
std::string_view content_of(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && is_space(line[at]))
    ++at;
  line.remove_prefix(at);
  return line.starts_with('#') ? std::string_view{} : line;
}

bool is_empty_line(std::string_view line) {
  return std::all_of(line.begin(), line.end(), is_space);
}

}  // namespace

void Splitter::begin(Framing framing, bool file) {
  end_ = keep_ = start_ = scan_ = 0;
  start_line_ = scan_line_ = 1;
  framing_ = framing;
  file_ = file;
  alone_ = file;
  begun_ = ended_ = given_ = content_ = directive_ = started_ = skipping_ = false;
}

std::span<char> Splitter::room() {
  if (keep_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + keep_, end_ - keep_);
    end_ -= keep_;
    start_ -= keep_;
    scan_ -= keep_;
    keep_ = 0;
  }
  if (buffer_.size() - end_ < kRead / 2) buffer_.resize(end_ + kRead);
  return {buffer_.data() + end_, buffer_.size() - end_};
}

void Splitter::filled(std::size_t count) {
  end_ += count;
  ended_ = count == 0;
}

std::size_t Splitter::find_line_end(std::size_t at) const {
  const void* found = std::memchr(buffer_.data() + at, '\n', end_ - at);
  return found == nullptr ? end_ : static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
}

Splitter::Mark Splitter::mark_at(std::size_t at) const {
  const char* p = buffer_.data() + at;
  const std::size_t left = end_ - at;
  if (left > 0 && *p != '-' && *p != '.') return Mark::none;
  for (std::size_t i = 1; i < 3; ++i) {
    if (left <= i) return ended_ ? Mark::none : Mark::not_yet;
    if (p[i] != *p) return Mark::none;
  }
  if (left == 3 && !ended_) return Mark::not_yet;
  if (left > 3 && !is_space(p[3]) && p[3] != '\0') return Mark::none;
  return *p == '-' ? Mark::start : Mark::end;
}

Splitter::Step Splitter::give(Piece& piece, std::size_t begin, std::size_t end, int line, bool alone) {
  piece = {};
  piece.json = framing_ == Framing::lines || framing_ == Framing::whole;
  piece.first_line = line;
  piece.alone = alone;
  piece.too_large = end - begin > kMostBytes;
  if (!piece.too_large) piece.bytes = std::string_view(buffer_).substr(begin, end - begin);
  given_ = true;
  return Step::piece;
}

Splitter::Step Splitter::too_large(Piece& piece) {
  skipping_ = true;
  alone_ = false;
  piece = {};
  piece.json = framing_ == Framing::lines || framing_ == Framing::whole;
  piece.first_line = start_line_;
  piece.too_large = true;
  given_ = true;
  return Step::piece;
}

/// A byte order mark at the start of a stream.
void Splitter::skip_mark() {
  if (std::string_view(buffer_).substr(scan_, end_ - scan_).starts_with(kByteOrderMark)) scan_ += kByteOrderMark.size();
  start_ = scan_;
}

Splitter::Step Splitter::tell_framing() {
  std::string_view text = std::string_view(buffer_).substr(0, end_);
  if (text.size() < kByteOrderMark.size() && !ended_) return Step::more;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (const char c : text) {
    if (is_space(c)) continue;
    framing_ = c == '{' ? Framing::lines : Framing::documents;
    return Step::piece;
  }
  if (!ended_ && text.size() <= kMostBytes) return Step::more;
  framing_ = Framing::documents;
  return Step::piece;
}

Splitter::Step Splitter::next(Piece& piece) {
  if (framing_ == Framing::told_by_content && tell_framing() == Step::more) return Step::more;
  if (framing_ == Framing::whole) return next_whole(piece);
  if (!begun_) {
    if (end_ < kByteOrderMark.size() && !ended_) return Step::more;
    skip_mark();
    begun_ = true;
  }
  return framing_ == Framing::lines ? next_line(piece) : next_document(piece);
}

Splitter::Step Splitter::next_whole(Piece& piece) {
  if (given_) return Step::end;
  if (!ended_ && end_ <= kMostBytes) return Step::more;
  return give(piece, 0, end_, 1, file_);
}

Splitter::Step Splitter::next_line(Piece& piece) {
  while (true) {
    const std::size_t line_end = find_line_end(scan_);
    if (line_end == end_ && !ended_) {
      scan_ = end_;
      if (skipping_) {
        start_ = keep_ = scan_;
      } else if (end_ - start_ > kMostBytes + 1) {  // a carriage return may be its last
        return too_large(piece);
      }
      return Step::more;
    }
    if (start_ == end_) return Step::end;
    const std::size_t begin = start_;
    const int line = start_line_++;
    std::size_t end = line_end;
    if (end > begin && buffer_[end - 1] == '\r') --end;
    start_ = scan_ = keep_ = line_end == end_ ? end_ : line_end + 1;
    if (skipping_) {
      skipping_ = false;
      continue;
    }
    if (!is_empty_line(std::string_view(buffer_).substr(begin, end - begin)))
      return give(piece, begin, end, line, false);
  }
}

/// The line from `scan_` on is no marker: is there data in it?
void Splitter::note_content(std::size_t line_end) {
  if (content_) return;
  const std::string_view line = content_of(std::string_view(buffer_).substr(scan_, line_end - scan_));
  if (line.empty()) return;
  if (buffer_[scan_] == '%') {
    directive_ = true;
  } else {
    content_ = true;
  }
}

/// Whether from an offset to the end of the stream there are only comments, blanks and end markers; `more`: that is not
/// known yet.
bool Splitter::looks_alone(std::size_t from, bool& more) const {
  for (std::size_t at = from; at < end_;) {
    const std::size_t line_end = find_line_end(at);
    const Mark mark = mark_at(at);
    if (mark == Mark::not_yet) break;
    const bool marker = mark == Mark::end;
    const std::size_t begin = marker ? at + kMarker : at;
    if (!content_of(std::string_view(buffer_).substr(begin, line_end - begin)).empty()) return false;
    at = line_end == end_ ? end_ : line_end + 1;
  }
  more = !ended_ && end_ <= kMostBytes;
  return ended_;
}

Splitter::Step Splitter::last_document(Piece& piece) {
  const bool data = content_ || directive_;
  const bool empty_file = file_ && !given_ && !data;
  if (skipping_ || (!data && !empty_file)) return Step::end;
  const bool whole = alone_ && end_ <= kMostBytes;
  const std::size_t begin = whole ? 0 : start_;
  const int line = whole ? 1 : start_line_;
  start_ = scan_ = end_;
  content_ = directive_ = false;
  return give(piece, begin, end_, line, whole || empty_file);
}

/// At a whole line that begins with `---`, when no text with data in it stands before.
void Splitter::start_marker(std::size_t line_end, std::size_t next_line) {
  if (started_) alone_ = false;
  started_ = true;
  if (directive_) {
    content_ = true;
    return;
  }
  // Whatever comments stood before it belong to nothing.
  const std::string_view rest = std::string_view(buffer_).substr(scan_ + kMarker, line_end - scan_ - kMarker);
  content_ = !content_of(rest).empty();
  const bool bare = is_empty_line(rest);
  start_ = bare ? next_line : scan_;
  start_line_ = bare ? scan_line_ + 1 : scan_line_;
}

/// At a whole line that begins with `...`. Nothing: reading goes on.
std::optional<Splitter::Step> Splitter::end_marker(Piece& piece, std::size_t line_end, std::size_t next_line) {
  const bool bare = content_of(std::string_view(buffer_).substr(scan_ + kMarker, line_end - scan_ - kMarker)).empty();
  if (!content_ && !directive_ && !skipping_) {
    content_ = !bare;
    if (bare) start_ = next_line, start_line_ = scan_line_ + 1;
    return std::nullopt;
  }
  if (alone_) {
    bool more = false;
    alone_ = looks_alone(next_line, more);
    if (more) {
      alone_ = true;
      return Step::more;
    }
    if (alone_) {
      scan_ = end_;
      return last_document(piece);
    }
  }
  const std::size_t begin = start_;
  const std::size_t end = bare ? scan_ : next_line;
  if (end - begin > kMostBytes) {
    if (skipping_) return std::nullopt;
    // As if the line were still coming in: what is behind it is given up too.
    start_ = scan_ = next_line;
    ++scan_line_;
    return too_large(piece);
  }
  const int line = start_line_;
  const bool skipped = skipping_;
  start_ = next_line;
  start_line_ = scan_line_ + 1;
  content_ = directive_ = skipping_ = false;
  if (skipped) return std::nullopt;
  scan_ = next_line;
  ++scan_line_;
  return give(piece, begin, end, line, false);
}

/// The text ends here; the marker is looked at again as the next one's.
std::optional<Splitter::Step> Splitter::end_before_marker(Piece& piece) {
  const std::size_t begin = start_;
  const int line = start_line_;
  const bool skipped = skipping_;
  alone_ = content_ = directive_ = skipping_ = false;
  start_ = scan_;
  start_line_ = scan_line_;
  if (skipped) return std::nullopt;
  return give(piece, begin, scan_, line, false);
}

/// Nothing while the text may still be whole and its line is there.
std::optional<Splitter::Step> Splitter::give_up(Piece& piece, std::size_t next_line, bool whole_line) {
  const bool large = !skipping_ && next_line - start_ > kMostBytes;
  if (skipping_ || large) {
    // What is given up need not stay; of a line that is still coming in, no marker is to be seen in the rest.
    start_ = scan_ = whole_line ? scan_ : end_ - 1;
    if (!whole_line) buffer_[scan_] = 'x';
  }
  if (large) return too_large(piece);
  if (!whole_line) return Step::more;
  return std::nullopt;
}

Splitter::Step Splitter::next_document(Piece& piece) {
  while (true) {
    if (!alone_) keep_ = start_;
    if (scan_ == end_) return ended_ ? last_document(piece) : Step::more;
    const Mark mark = mark_at(scan_);
    if (mark == Mark::not_yet) return Step::more;
    if (mark == Mark::start && (content_ || skipping_))
      if (const auto step = end_before_marker(piece)) return *step;
    const std::size_t line_end = find_line_end(scan_);
    const bool whole_line = line_end != end_ || ended_;
    const std::size_t next_line = line_end == end_ ? end_ : line_end + 1;
    if (mark == Mark::none || !whole_line)
      if (const auto step = give_up(piece, next_line, whole_line)) return *step;
    if (mark == Mark::none && !skipping_) note_content(line_end);
    if (mark == Mark::start) start_marker(line_end, next_line);
    if (mark == Mark::end)
      if (const auto step = end_marker(piece, line_end, next_line)) return *step;
    scan_ = next_line;
    ++scan_line_;
    if (skipping_) start_ = scan_;
  }
}

}  // namespace needleplan::batch
