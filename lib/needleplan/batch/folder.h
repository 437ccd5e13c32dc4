/// The folder that gets one file for each client and format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "needleplan/batch/run.h"
#include "needleplan/io/append.h"

namespace needleplan::batch {

/// More files than this, and they go into folders of their own, by two digits of a hash of the client's id.
inline constexpr std::uint64_t kMostFiles = 10'000;

/// The part of a file's name that stands for a client: letters of ASCII, digits and `.`, `_`, `-` as they are. Where
/// anything had to be replaced, or the name would be hidden, reserved or longer than 100, a hash of the id follows, so
/// that two ids never get one name by that.
[[nodiscard]] std::string safe_name(std::string_view id);

class OutFolder {
 public:
  /// `split`: there are more than kMostFiles files.
  OutFolder(std::string folder, Verb verb, bool split);

  /// Makes the folder.
  bool open(FileError& error);

  /// Takes the name of a client for this run. False with `taken` set to it when another record has it already, also
  /// apart from case; false with `error` set when that cannot be found out.
  bool claim(std::string_view id, std::string& name, bool& taken, FileError& error);
  /// Writes one file of the client with that name, unless it is there with the same bytes.
  bool write(const std::string& name, Format format, std::string_view bytes, FileError& error);

 private:
  std::string folder_;
  Verb verb_;
  bool split_;
  HashFile names_;
  std::array<bool, 256> made_{};  ///< folders within, by their two digits
};

}  // namespace needleplan::batch
