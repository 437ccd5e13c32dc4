#include "needleplan/io/files.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "needleplan/io/fail.h"

namespace needleplan {
namespace {

namespace fs = std::filesystem;

std::string reason_for(int code) {
  return std::generic_category().message(code);
}

FileProblem reading_problem(int code) {
  return code == ENOENT || code == ENOTDIR ? FileProblem::missing : FileProblem::unreadable;
}

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ > STDERR_FILENO) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

/// read(2), again when a signal came between.
ssize_t read_some(int file, char* into, std::size_t size) {
  ssize_t count = 0;
  do {
    count = ::read(file, into, size);
  } while (count < 0 && errno == EINTR);
  return count;
}

/// write(2) until all is written.
bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

/// A hidden name beside `path` that no other run or thread takes.
std::string temporary_name(const std::string& path) {
  static std::atomic<unsigned> count{0};
  return folder_of(path) + "/." + file_name(path) + "." + std::to_string(::getpid()) + "." +
         std::to_string(count.fetch_add(1)) + ".tmp";
}

bool replace(const std::string& from, const std::string& to) {
  return std::rename(from.c_str(), to.c_str()) == 0;
}

/// A rename that never replaces: false with EEXIST instead.
bool rename_to_new(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // A file system without that: a second name fails just so, and the first is then taken away.
  return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

/// Whether a file without a name can be given one.
bool can_name_unnamed() {
  static const bool can = ::access("/proc/self/fd", X_OK) == 0;
  return can;
}

bool cannot_create(FileError& error, const std::string& path, int code) {
  if (code == EEXIST) return fail(error, FileProblem::exists, path, "is there already and is not overwritten");
  if (code == ENOSPC || code == EDQUOT || code == EIO)
    return fail(error, FileProblem::cannot_write, path, reason_for(code));
  return fail(error, FileProblem::cannot_create, path, reason_for(code));
}

}  // namespace

std::optional<std::string> read_file(const std::string& path, std::size_t cap, FileError& error) {
  const bool standard_input = path == "-";
  const std::string shown = standard_input ? "standard input" : path;
  const Descriptor file(standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
    fail(error, reading_problem(errno), shown, reason_for(errno));
    return std::nullopt;
  }
  const bool pipe = S_ISFIFO(status.st_mode) || (standard_input && !S_ISDIR(status.st_mode));
  if (!S_ISREG(status.st_mode) && !pipe) {
    fail(error, FileProblem::not_a_file, shown, S_ISDIR(status.st_mode) ? "is a folder" : "is not a regular file");
    return std::nullopt;
  }

  // One byte more than expected shows a file that is growing, or over the cap, without a second look at its size.
  std::string text;
  std::size_t used = 0;
  std::size_t room = std::size_t{1} << 16U;
  if (S_ISREG(status.st_mode) && status.st_size > 0) room = static_cast<std::size_t>(status.st_size);
  while (true) {
    text.resize(std::min(std::max(room, used), cap) + 1);
    const ssize_t count = read_some(file.get(), text.data() + used, text.size() - used);
    if (count < 0) {
      fail(error, FileProblem::unreadable, shown, reason_for(errno));
      return std::nullopt;
    }
    used += static_cast<std::size_t>(count);
    if (count == 0) break;
    if (used > cap) {
      fail(error, FileProblem::too_large, shown, "is larger than " + std::to_string(cap) + " bytes");
      return std::nullopt;
    }
    if (used == text.size()) room = 2 * used;
  }
  text.resize(used);
  return text;
}

std::optional<std::vector<std::string>> list_files(const std::string& folder, std::string_view suffix, Depth depth,
                                                   FileError& error) {
  std::vector<std::string> found;
  std::vector<std::string> folders{folder};
  while (!folders.empty()) {
    const std::string here = std::move(folders.back());
    folders.pop_back();
    std::error_code code;
    fs::directory_iterator entry(here, code);
    for (; !code && entry != fs::directory_iterator(); entry.increment(code)) {
      const std::string name = entry->path().filename().string();
      if (name.starts_with('.')) continue;
      std::error_code gone;  // a file removed while we look is simply not listed
      if (entry->is_directory(gone) && !entry->is_symlink(gone)) {
        if (depth == Depth::all_folders) folders.push_back(entry->path().string());
      } else if (name.ends_with(suffix) && entry->is_regular_file(gone)) {
        found.push_back(entry->path().string());
      }
    }
    if (code) {
      const bool no_folder = code == std::errc::not_a_directory;
      fail(error, no_folder ? FileProblem::not_a_file : reading_problem(code.value()), here,
           no_folder ? "is not a folder" : reason_for(code.value()));
      return std::nullopt;
    }
  }
  std::ranges::sort(found);
  return found;
}

bool is_folder(const std::string& path) {
  std::error_code code;
  return fs::is_directory(path, code);
}

bool make_folder(const std::string& path, FileError& error) {
  std::error_code code;
  fs::create_directories(path, code);
  if (code) return fail(error, FileProblem::cannot_create, path, reason_for(code.value()));
  return is_folder(path) || fail(error, FileProblem::cannot_create, path, "is not a folder");
}

NewFile::~NewFile() {
  close_and_remove();
}

void NewFile::close_and_remove() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  temporary_.clear();
}

bool NewFile::open(const std::string& path, Access access, Existing existing, FileError& error) {
  close_and_remove();
  path_ = path;
  existing_ = existing;
  direct_ = false;
  mode_ = access == Access::owner_only ? 0600 : 0666;

  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return fail(error, FileProblem::cannot_create, path, "is a folder");
    if (!S_ISREG(status.st_mode)) {
      direct_ = true;
      file_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
      return file_ >= 0 || cannot_create(error, path, errno);
    }
    if (existing == Existing::refuse) return cannot_create(error, path, EEXIST);
    // A link stays a link: what it points to is replaced.
    const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr), &std::free);
    if (target != nullptr) path_ = target.get();
  }

  if (can_name_unnamed()) {
    file_ = ::open(folder_of(path_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode_);
    if (file_ >= 0) return true;
  }
  return open_named(error);
}

bool NewFile::open_named(FileError& error) {
  std::string name = temporary_name(path_);
  file_ = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode_);
  if (file_ < 0) return cannot_create(error, path_, errno);
  temporary_ = std::move(name);
  return true;
}

bool NewFile::write(std::string_view bytes, FileError& error) {
  if (write_all(file_, bytes)) return true;
  const int code = errno;
  close_and_remove();
  return fail(error, FileProblem::cannot_write, path_, reason_for(code));
}

bool NewFile::name_unnamed(const std::string& name) const {
  const std::string self = "/proc/self/fd/" + std::to_string(file_);
  return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

bool NewFile::commit(FileError& error) {
  if (temporary_.empty() && !direct_) {
    if (name_unnamed(path_)) {
      close_and_remove();
      return true;
    }
    // Nothing replaces a file under its name but a rename, so it needs another name first.
    std::string name = temporary_name(path_);
    if (errno != EEXIST || existing_ == Existing::refuse || !name_unnamed(name)) {
      const int code = errno;
      close_and_remove();
      return cannot_create(error, path_, code);
    }
    temporary_ = std::move(name);
  }

  const int closed = ::close(file_);
  file_ = -1;
  if (closed != 0) {
    const int code = errno;
    close_and_remove();
    return fail(error, FileProblem::cannot_write, path_, reason_for(code));
  }
  if (direct_) return true;
  if (existing_ == Existing::replace ? !replace(temporary_, path_) : !rename_to_new(temporary_, path_)) {
    const int code = errno;
    close_and_remove();
    return cannot_create(error, path_, code);
  }
  temporary_.clear();
  return true;
}

bool write_file(const std::string& path, std::string_view bytes, Access access, Existing existing, FileError& error) {
  NewFile file;
  return file.open(path, access, existing, error) && file.write(bytes, error) && file.commit(error);
}

}  // namespace needleplan
