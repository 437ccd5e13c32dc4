#include "needleplan/io/input.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "needleplan/io/fail.h"

namespace needleplan {

namespace {

constexpr int kLookAround = 100;  // milliseconds between looks whether to stop

bool fail_to_open(FileError& error, const std::string& path, int code) {
  const bool missing = code == ENOENT || code == ENOTDIR;
  return fail(error, missing ? FileProblem::missing : FileProblem::unreadable, path,
              std::generic_category().message(code));
}

}  // namespace

bool InputFile::open(const std::string& path, FileError& error) {
  close();
  const bool standard_input = path == "-";
  shown_ = standard_input ? "standard input" : path;
  file_ = standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status {};
  if (file_ < 0 || ::fstat(file_, &status) != 0) {
    const int code = errno;
    close();
    return fail_to_open(error, shown_, code);
  }
  regular_ = S_ISREG(status.st_mode);
  size_ = regular_ ? static_cast<std::uint64_t>(status.st_size) : 0;
  const bool pipe = S_ISFIFO(status.st_mode) || (standard_input && !S_ISDIR(status.st_mode));
  if (regular_ || pipe) return true;
  close();
  return fail(error, FileProblem::not_a_file, shown_,
              S_ISDIR(status.st_mode) ? "is a folder" : "is not a regular file");
}

/// Until a pipe has bytes or its other end is closed; false when that is not to be waited for any longer.
bool InputFile::wait_for_bytes() const {
  pollfd wanted{file_, POLLIN, 0};
  while (stop_ == nullptr || !*stop_)
    if (::poll(&wanted, 1, kLookAround) != 0) return true;
  return false;
}

std::optional<std::size_t> InputFile::read(char* into, std::size_t size, FileError& error) {
  ssize_t count = 0;
  do {
    if (!regular_ && !wait_for_bytes()) {
      fail(error, FileProblem::unreadable, shown_, "reading was stopped");
      return std::nullopt;
    }
    count = ::read(file_, into, size);
  } while (count < 0 && (errno == EINTR || errno == EAGAIN));
  if (count >= 0) return static_cast<std::size_t>(count);
  fail(error, FileProblem::unreadable, shown_, std::generic_category().message(errno));
  return std::nullopt;
}

bool InputFile::seek(std::uint64_t offset, FileError& error) {
  if (::lseek(file_, static_cast<off_t>(offset), SEEK_SET) >= 0) return true;
  fail(error, FileProblem::unreadable, shown_, std::generic_category().message(errno));
  return false;
}

void InputFile::close() {
  if (file_ > STDERR_FILENO) ::close(file_);
  file_ = -1;
}

FolderWalk::FolderWalk(std::string folder, std::vector<std::string_view> suffixes)
    : suffixes_(std::move(suffixes)), path_(std::move(folder)) {
  if (!path_.ends_with('/')) path_ += '/';
}

bool FolderWalk::counts(std::string_view name) const {
  return std::any_of(suffixes_.begin(), suffixes_.end(),
                     [name](std::string_view suffix) { return name.ends_with(suffix); });
}

/// Reads the names of the folder `path_`, which ends in a slash.
bool FolderWalk::enter(FileError& error) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path_.c_str()), &::closedir);
  if (folder == nullptr) return fail_to_open(error, path_, errno);
  Level level;
  level.path_size = path_.size();
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(folder.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name.starts_with('.')) continue;
    bool is_folder = entry->d_type == DT_DIR;
    bool is_file = entry->d_type == DT_REG;
    if (!is_folder && !is_file) {
      struct stat status {};
      const bool link = entry->d_type == DT_LNK;
      if (::fstatat(::dirfd(folder.get()), entry->d_name, &status, link ? 0 : AT_SYMLINK_NOFOLLOW) != 0) continue;
      if (S_ISLNK(status.st_mode) &&
          ::fstatat(::dirfd(folder.get()), entry->d_name, &status, 0) == 0) {  // its kind was not known
        is_file = S_ISREG(status.st_mode);
      } else {
        is_file = S_ISREG(status.st_mode);
        is_folder = !link && S_ISDIR(status.st_mode);
      }
    }
    if (!is_folder && !(is_file && counts(name))) continue;
    level.begins.push_back(static_cast<std::uint32_t>(level.names.size()));
    level.names += name;
    // With its slash a folder sorts as the paths below it do.
    if (is_folder) level.names += '/';
    level.names += '\0';
  }
  if (errno != 0) return fail_to_open(error, path_, errno);
  const char* names = level.names.data();
  std::sort(level.begins.begin(), level.begins.end(),
            [names](std::uint32_t a, std::uint32_t b) { return std::strcmp(names + a, names + b) < 0; });
  levels_.push_back(std::move(level));
  return true;
}

FolderWalk::Step FolderWalk::next(std::string& path, FileError& error) {
  if (!begun_) {
    begun_ = true;
    if (!enter(error)) return Step::failed;
  }
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.done == level.begins.size()) {
      levels_.pop_back();
      continue;
    }
    path_.resize(level.path_size);
    path_ += level.names.c_str() + level.begins[level.done++];
    if (!path_.ends_with('/')) {
      path = path_;
      return Step::file;
    }
    if (!enter(error)) return Step::failed;
  }
  return Step::end;
}

}  // namespace needleplan
