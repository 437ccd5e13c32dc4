/// A result that is too long to be held as a whole.
#pragma once

#include <string>
#include <string_view>

#include "needleplan/io/files.h"

namespace needleplan {

/// Writes to standard output as it goes, or to a file that is there whole at the end or not at all. What goes wrong is
/// told on standard error; the codes are exit codes.
class ResultStream {
 public:
  /// `path`: `-` is standard output. A file is replaced, and others cannot read it.
  explicit ResultStream(std::string path) : path_(std::move(path)) {}

  /// Begins; nothing is written before.
  int open();
  /// Adds bytes; holds up to a piece of them back.
  int add(std::string_view bytes);
  /// Writes what is held back and gives a file its name.
  int finish();

 private:
  int flush();
  [[nodiscard]] bool to_file() const { return path_ != "-"; }

  std::string path_;
  std::string pending_;
  NewFile file_;
};

}  // namespace needleplan
