/// A file that grows under its own name, so that what is there after a kill can be gone on with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "needleplan/io/files.h"

namespace needleplan {

/// One run at a time holds such a file. Only its owner can read it (mode 0600).
class AppendFile {
 public:
  AppendFile() = default;
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;
  ~AppendFile() { close(); }

  /// Opens the file, or makes it; false with `error` set, also when another run has it open.
  bool open(const std::string& path, FileError& error);
  /// Opens what is no regular file, as a pipe or device, for writing only; "-" is standard output.
  bool open_direct(const std::string& path, FileError& error);
  /// Cuts it to so many bytes; writing goes on there.
  bool cut(std::uint64_t size, FileError& error);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// The bytes from an offset on, as many as are there up to `count`. Nothing with `error` set when that fails.
  [[nodiscard]] std::optional<std::string> read(std::uint64_t offset, std::size_t count, FileError& error) const;
  /// Adds bytes at the end. Not buffered.
  bool write(std::string_view bytes, FileError& error);
  /// Gives it another name, replacing a file of that name.
  bool rename(const std::string& to, FileError& error);
  void remove();
  void close();

 private:
  int file_ = -1;
  std::string path_;
  std::uint64_t size_ = 0;
};

/// Where a file that a path names lies in the end: links are followed.
[[nodiscard]] std::string link_target(const std::string& path);
/// Whether something is there that is no regular file and no folder.
[[nodiscard]] bool is_special(const std::string& path);
[[nodiscard]] bool exists(const std::string& path);

/// A set of hashes in a file without a name, so that memory does not grow with it.
class HashFile {
 public:
  HashFile() = default;
  HashFile(const HashFile&) = delete;
  HashFile& operator=(const HashFile&) = delete;
  ~HashFile();

  /// An empty set in a folder.
  bool open(const std::string& folder, FileError& error);
  /// Puts a hash in; false when it was there. Nothing with `error` set when the file cannot be read or written.
  [[nodiscard]] std::optional<bool> insert(std::uint64_t low, std::uint64_t high, FileError& error);

 private:
  struct Entry {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
  };
  [[nodiscard]] int make(FileError& error) const;
  std::optional<bool> put(int file, std::uint64_t slots, Entry entry, FileError& error) const;
  bool grow(FileError& error);

  int file_ = -1;
  std::string folder_;
  std::uint64_t slots_ = 0;
  std::uint64_t used_ = 0;
};

}  // namespace needleplan
