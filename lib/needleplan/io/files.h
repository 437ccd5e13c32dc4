/// The only code that touches a disk: reads a file whole, writes one whole or not at all.
///
/// Nothing here throws: what went wrong is a FileError, whose `message` names the path and the system's reason, and
/// whose `problem` is what an exit code depends on.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace needleplan {

enum class FileProblem {
  missing,        ///< there is no such file or folder
  not_a_file,     ///< a folder, socket or device where a file was expected (or no folder where one was)
  too_large,      ///< more bytes than allowed
  unreadable,     ///< it is there but may not or cannot be read
  exists,         ///< would be overwritten, which was not asked for
  cannot_create,  ///< the folder is missing, read-only or not ours
  cannot_write,   ///< begun but not finished, as on a full disk; nothing is left behind
};

struct FileError {
  FileProblem problem = FileProblem::missing;
  std::string message;  ///< "PATH: reason", without a line break
};

/// The bytes of a regular file, or of standard input when `path` is "-" (a pipe or a terminal is then fine, and so is
/// a path that names a pipe). None with `error` set when it is missing, not readable or larger than `cap` bytes.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path, std::size_t cap, FileError& error);

enum class Depth { this_folder, all_folders };

/// The files below `folder` whose names end in `suffix` (".yaml"; empty for all), as paths that begin with `folder`,
/// sorted by bytes. Names that begin with a dot are passed over. Links are followed to files, not to folders.
[[nodiscard]] std::optional<std::vector<std::string>> list_files(const std::string& folder, std::string_view suffix,
                                                                 Depth depth, FileError& error);

[[nodiscard]] bool is_folder(const std::string& path);

/// Makes the folder and those above it; one that is there already is fine.
bool make_folder(const std::string& path, FileError& error);

enum class Access {
  owner_only,  ///< mode 0600: whatever holds a client's data
  shared,      ///< mode 0666 less the umask
};
enum class Existing { refuse, replace };

/// A file that appears under its name when it is committed, whole, or never: not when the program is killed before, and
/// not when the disk is full. Until then its bytes have no name, or on file systems that cannot do that a hidden name
/// beside the target, removed on failure. A target that is there and no regular file (/dev/stdout, a pipe) is
/// written to directly.
class NewFile {
 public:
  NewFile() = default;
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  /// Begins a file; false with `error` set when it cannot be begun, or is there and may not be replaced.
  bool open(const std::string& path, Access access, Existing existing, FileError& error);
  /// Adds bytes. Not buffered: hand over large pieces.
  bool write(std::string_view bytes, FileError& error);
  /// Gives the file its name.
  bool commit(FileError& error);

 private:
  bool open_named(FileError& error);
  [[nodiscard]] bool name_unnamed(const std::string& name) const;
  void close_and_remove();

  int file_ = -1;
  std::string path_;       // where it shall be, links resolved
  std::string temporary_;  // its hidden name; empty while it has none
  unsigned mode_ = 0;
  Existing existing_ = Existing::refuse;
  bool direct_ = false;  // written straight into a device or pipe
};

/// Writes a whole file: open, write, commit.
bool write_file(const std::string& path, std::string_view bytes, Access access, Existing existing, FileError& error);

}  // namespace needleplan
