#include "needleplan/io/append.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "needleplan/io/fail.h"

namespace needleplan {

namespace {

bool fail_with(FileError& error, FileProblem problem, const std::string& path, int code) {
  const bool full = code == ENOSPC || code == EDQUOT || code == EIO;
  return fail(error, full ? FileProblem::cannot_write : problem, path, std::generic_category().message(code));
}

constexpr std::uint64_t kFirstSlots = std::uint64_t{1} << 16U;

}  // namespace

bool AppendFile::open(const std::string& path, FileError& error) {
  close();
  path_ = path;
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file_ < 0) return fail_with(error, FileProblem::cannot_create, path, errno);
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    close();
    return fail(error, FileProblem::cannot_create, path, "another run is writing it");
  }
  struct stat status {};
  if (::fstat(file_, &status) != 0 || !S_ISREG(status.st_mode)) {
    close();
    return fail(error, FileProblem::cannot_create, path, "is not a regular file");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
  return true;
}

bool AppendFile::open_direct(const std::string& path, FileError& error) {
  close();
  path_ = path == "-" ? "standard output" : path;
  file_ = path == "-" ? STDOUT_FILENO : ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  return file_ >= 0 || fail_with(error, FileProblem::cannot_create, path, errno);
}

bool AppendFile::cut(std::uint64_t size, FileError& error) {
  const auto offset = static_cast<off_t>(size);
  if (::ftruncate(file_, offset) != 0 || ::lseek(file_, offset, SEEK_SET) != offset)
    return fail_with(error, FileProblem::cannot_write, path_, errno);
  size_ = size;
  return true;
}

std::optional<std::string> AppendFile::read(std::uint64_t offset, std::size_t count, FileError& error) const {
  std::string bytes(count, '\0');
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = ::pread(file_, bytes.data() + done, count - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      fail_with(error, FileProblem::unreadable, path_, errno);
      return std::nullopt;
    }
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

bool AppendFile::write(std::string_view bytes, FileError& error) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_with(error, FileProblem::cannot_write, path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
    size_ += static_cast<std::uint64_t>(count);
  }
  return true;
}

bool AppendFile::rename(const std::string& to, FileError& error) {
  if (std::rename(path_.c_str(), to.c_str()) != 0) return fail_with(error, FileProblem::cannot_create, to, errno);
  path_ = to;
  return true;
}

void AppendFile::remove() {
  if (file_ >= 0) ::unlink(path_.c_str());
  close();
}

void AppendFile::close() {
  if (file_ > STDERR_FILENO) ::close(file_);
  file_ = -1;
}

std::string link_target(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr), &std::free);
  return target == nullptr ? path : target.get();
}

bool is_special(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

bool exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

HashFile::~HashFile() {
  if (file_ >= 0) ::close(file_);
}

int HashFile::make(FileError& error) const {
  int file = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) return file;
  std::string name = folder_ + "/.names-XXXXXX";
  file = ::mkstemp(name.data());
  if (file < 0) {
    fail_with(error, FileProblem::cannot_create, folder_, errno);
    return -1;
  }
  ::unlink(name.c_str());
  return file;
}

bool HashFile::open(const std::string& folder, FileError& error) {
  folder_ = folder;
  file_ = make(error);
  slots_ = kFirstSlots;
  return file_ >= 0;
}

/// Open addressing over a power of two of slots: 0 and 0 is an empty one, as is what lies behind the file's end.
std::optional<bool> HashFile::put(int file, std::uint64_t slots, Entry entry, FileError& error) const {
  for (std::uint64_t slot = entry.low & (slots - 1);; slot = (slot + 1) & (slots - 1)) {
    Entry found;
    const auto offset = static_cast<off_t>(slot * sizeof(Entry));
    if (::pread(file, &found, sizeof found, offset) < 0) {
      fail_with(error, FileProblem::cannot_write, folder_, errno);
      return std::nullopt;
    }
    if (found.low == entry.low && found.high == entry.high) return false;
    if (found.low != 0 || found.high != 0) continue;
    const ssize_t written = ::pwrite(file, &entry, sizeof entry, offset);
    if (written == static_cast<ssize_t>(sizeof entry)) return true;
    fail_with(error, FileProblem::cannot_write, folder_, written < 0 ? errno : ENOSPC);
    return std::nullopt;
  }
}

bool HashFile::grow(FileError& error) {
  const int larger = make(error);
  if (larger < 0) return false;
  const std::uint64_t slots = slots_ * 4;
  std::vector<Entry> part(1024);
  for (std::uint64_t slot = 0; slot < slots_; slot += part.size()) {
    std::fill(part.begin(), part.end(), Entry{});
    const ssize_t count =
        ::pread(file_, part.data(), part.size() * sizeof(Entry), static_cast<off_t>(slot * sizeof(Entry)));
    if (count < 0) {
      ::close(larger);
      return fail_with(error, FileProblem::cannot_write, folder_, errno);
    }
    for (const Entry& entry : part) {
      if (entry.low == 0 && entry.high == 0) continue;
      if (put(larger, slots, entry, error)) continue;
      ::close(larger);
      return false;
    }
  }
  ::close(file_);
  file_ = larger;
  slots_ = slots;
  return true;
}

std::optional<bool> HashFile::insert(std::uint64_t low, std::uint64_t high, FileError& error) {
  if (2 * used_ >= slots_ && !grow(error)) return std::nullopt;
  if (low == 0 && high == 0) high = 1;
  const auto fresh = put(file_, slots_, {low, high}, error);
  if (fresh && *fresh) ++used_;
  return fresh;
}

}  // namespace needleplan
