/// Inputs that are read piece by piece, and folders that are walked name by name: memory does not grow with them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/io/files.h"

namespace needleplan {

/// A regular file, a pipe or standard input, read from front to back.
class InputFile {
 public:
  InputFile() = default;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile() { close(); }

  /// Reading from a pipe ends, as if it failed, once this is set by somebody else.
  void stop_at(const std::atomic<bool>& stop) { stop_ = &stop; }

  /// Opens a path, or standard input for "-". False with `error` set when it is missing, not readable, or neither a
  /// regular file nor a pipe.
  bool open(const std::string& path, FileError& error);
  /// Reads at most `size` bytes; 0 at the end. Nothing with `error` set when that fails. A pipe may give fewer.
  [[nodiscard]] std::optional<std::size_t> read(char* into, std::size_t size, FileError& error);
  /// Goes on reading a regular file at this byte. False with `error` set when that fails.
  bool seek(std::uint64_t offset, FileError& error);
  void close();

  [[nodiscard]] bool regular() const { return regular_; }
  /// Bytes of a regular file when it was opened; 0 for anything else.
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  [[nodiscard]] bool wait_for_bytes() const;

  int file_ = -1;
  std::string shown_;
  bool regular_ = false;
  std::uint64_t size_ = 0;
  const std::atomic<bool>* stop_ = nullptr;
};

/// The files below a folder one after the other, in the order in which their whole paths sort by bytes. Only the names
/// of the folders on the way to the current file are held. Names that begin with a dot are passed over; links are
/// followed to files, not to folders.
class FolderWalk {
 public:
  /// `suffixes`: the ends of names that count, as ".yaml"; they must outlive the walk.
  explicit FolderWalk(std::string folder, std::vector<std::string_view> suffixes);

  enum class Step { file, end, failed };
  /// The next path, which begins with the folder as it was given. `failed`, with `error` set, for a folder that cannot
  /// be read; the walk goes on behind it.
  [[nodiscard]] Step next(std::string& path, FileError& error);

 private:
  /// The sorted names of one folder, each with a slash behind it when it is a folder, in one text.
  struct Level {
    std::size_t path_size = 0;  ///< of the folder's path with its slash
    std::string names;
    std::vector<std::uint32_t> begins;
    std::size_t done = 0;
  };
  bool enter(FileError& error);
  [[nodiscard]] bool counts(std::string_view name) const;

  std::vector<std::string_view> suffixes_;
  std::vector<Level> levels_;
  std::string path_;
  bool begun_ = false;
};

}  // namespace needleplan
