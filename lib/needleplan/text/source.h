/// A named text that everything read from it points into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace needleplan {

/// A line and a column, both counted from 1; columns count characters (Unicode code points), not bytes.
struct Place {
  int line = 0;
  int column = 0;
  auto operator<=>(const Place&) const = default;
};

/// A text with a name for messages. Views into `text()` stay good as long as the Source lives and
/// stays where it is, so a Source is neither copied nor moved.
class Source {
 public:
  Source(std::string name, std::string text) : name_(std::move(name)), own_(std::move(text)), text_(own_) {}
  /// Over a text that outlives the Source, with a NUL behind its end; the program's own files are such.
  struct Constant {
    std::string_view text;
  };
  /// `first_line`: the line of the named file on which the text begins.
  explicit Source(std::string name, Constant constant, int first_line = 1)
      : name_(std::move(name)), text_(constant.text), first_line_(first_line) {}
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] int first_line() const { return first_line_; }

  /// The line and column of a byte offset, counted from the text's own beginning; an offset past the end counts as
  /// the end.
  [[nodiscard]] Place place(std::size_t offset) const;

  /// The whole line that holds a byte offset, without its line break.
  [[nodiscard]] std::string_view line_at(std::size_t offset) const;

 private:
  std::string name_;
  std::string own_;
  std::string_view text_;  ///< `own_`, or a constant
  int first_line_ = 1;
};

/// Where something stands: a source and a byte offset in it. No source means "no place in a file".
struct Location {
  const Source* source = nullptr;
  std::uint32_t offset = 0;

  bool operator==(const Location&) const = default;
  /// In the text itself, which may be a part of a file.
  [[nodiscard]] Place place() const { return source == nullptr ? Place{} : source->place(offset); }
  /// `file:line:column`, with the line in the file; an empty string without a source.
  [[nodiscard]] std::string to_string() const;
};

/// A value and the place it was read from.
template <class T>
struct Located {
  T value{};
  Location at;
};

}  // namespace needleplan
