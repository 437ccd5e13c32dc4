/// Cuts a stream of bytes into the texts of single clients. Knows no files: bytes are put in, pieces come out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace needleplan::batch {

/// Most bytes of one record; a longer one is passed over up to its end and told.
inline constexpr std::size_t kMostBytes = std::size_t{1} << 20U;

/// How the texts of a stream follow each other.
enum class Framing : std::uint8_t {
  told_by_content,  ///< lines when the first character that is no space is `{`, else documents
  documents,        ///< YAML documents, between lines that begin with `---` or after `...`
  lines,            ///< one JSON text a line; blank lines are passed over
  whole             ///< one text
};

/// One text. `bytes` is good until the next call of a Splitter.
struct Piece {
  std::string_view bytes;
  int first_line = 1;      ///< line of the stream on which `bytes` begins
  bool json = false;       ///< a line of NDJSON, or a whole JSON text
  bool alone = false;      ///< the stream is a file that holds this text and nothing else; `bytes` is all of it
  bool too_large = false;  ///< more than kMostBytes; `bytes` is empty
};

/// Separators of documents are lines that begin with `---`, also within a block scalar, followed by a space, a tab, the
/// line's end or the stream's. What follows on such a line belongs to the next document, with the marker; a bare marker
/// belongs to none. Documents of nothing but comments and blanks are passed over, `%` lines stay with the document
/// behind them, and a byte order mark at the stream's start with none, except in a piece that is `alone`.
class Splitter {
 public:
  /// Forgets the stream before. `file`: it is a file of its own, so that one text may be alone in it, and no text at
  /// all counts as one that is empty (not for lines).
  void begin(Framing framing, bool file);

  /// Where the next bytes of the stream go; `filled` says how many came. Never empty.
  [[nodiscard]] std::span<char> room();
  /// 0: the stream has ended.
  void filled(std::size_t count);

  enum class Step { piece, more, end };
  [[nodiscard]] Step next(Piece& piece);

 private:
  enum class Mark { none, start, end, not_yet };

  Step next_document(Piece& piece);
  std::optional<Step> end_before_marker(Piece& piece);
  std::optional<Step> give_up(Piece& piece, std::size_t next_line, bool whole_line);
  Step next_line(Piece& piece);
  Step next_whole(Piece& piece);
  Step tell_framing();
  Step last_document(Piece& piece);
  void start_marker(std::size_t line_end, std::size_t next_line);
  std::optional<Step> end_marker(Piece& piece, std::size_t line_end, std::size_t next_line);
  Step too_large(Piece& piece);
  Step give(Piece& piece, std::size_t begin, std::size_t end, int line, bool alone);
  void skip_mark();
  [[nodiscard]] bool looks_alone(std::size_t from, bool& more) const;
  [[nodiscard]] Mark mark_at(std::size_t at) const;
  [[nodiscard]] std::size_t find_line_end(std::size_t at) const;  ///< of its `\n`, or `end_`
  void note_content(std::size_t line_end);

  std::string buffer_;
  std::size_t end_ = 0;    ///< of the bytes that came
  std::size_t keep_ = 0;   ///< what lies before may go
  std::size_t start_ = 0;  ///< of the current text
  std::size_t scan_ = 0;   ///< start of the line to look at next
  int start_line_ = 1;
  int scan_line_ = 1;
  Framing framing_ = Framing::documents;
  bool file_ = false;
  bool begun_ = false;  ///< past a byte order mark
  bool ended_ = false;
  bool given_ = false;      ///< some piece was given
  bool alone_ = false;      ///< nothing yet speaks against one text in the file, and it is all still there
  bool content_ = false;    ///< the current text has more than comments
  bool directive_ = false;  ///< the current text has `%` lines before any content
  bool started_ = false;    ///< a `---` was seen
  bool skipping_ = false;   ///< within a text that is too large
};

}  // namespace needleplan::batch
