/// A regular file line by line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "needleplan/io/input.h"

namespace needleplan::batch {

/// The lines of a file, one at a time. Memory: the longest line.
class Lines {
 public:
  /// False with `error` set for what cannot be read, and for what is no regular file.
  bool open(const std::string& path, FileError& error) {
    buffer_.clear();
    begin_ = 0;
    offset_ = erased_ = 0;
    if (!file_.open(path, error)) return false;
    if (file_.regular()) return true;
    error = {FileProblem::not_a_file, path + ": no regular file; a part is read twice"};
    return false;
  }

  enum class Step { line, cut_off, end, failed };
  /// The next line without its end; good until the next call. `cut_off`: the last line has no end.
  Step next(std::string_view& line, FileError& error) {
    std::size_t searched = begin_;
    while (true) {
      const std::size_t end = buffer_.find('\n', searched);
      if (end != std::string::npos) {
        line = std::string_view(buffer_).substr(begin_, end - begin_);
        offset_ = erased_ + begin_;
        begin_ = end + 1;
        return Step::line;
      }
      buffer_.erase(0, begin_);
      erased_ += begin_;
      begin_ = 0;
      searched = buffer_.size();
      buffer_.resize(searched + kPiece);
      const auto count = file_.read(buffer_.data() + searched, kPiece, error);
      buffer_.resize(searched + count.value_or(0));
      if (!count) return Step::failed;
      if (*count == 0) return buffer_.empty() ? Step::end : Step::cut_off;
    }
  }

  /// Where in the file the line given last begins, in bytes.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  /// Goes on with the line that begins at `offset`.
  bool go_to(std::uint64_t offset, FileError& error) {
    buffer_.clear();
    begin_ = 0;
    erased_ = offset;
    return file_.seek(offset, error);
  }

 private:
  static constexpr std::size_t kPiece = std::size_t{1} << 15U;
  InputFile file_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t erased_ = 0;  ///< bytes of the file before `buffer_`
  std::uint64_t offset_ = 0;
};

}  // namespace needleplan::batch
