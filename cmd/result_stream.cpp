#include "cmd/result_stream.h"

#include <cstdio>

#include "cmd/exit_code.h"
#include "cmd/session.h"

namespace needleplan {

int ResultStream::open() {
  FileError error;
  if (!to_file() || file_.open(path_, Access::owner_only, Existing::replace, error)) return exit_ok;
  complain(error.message);
  return exit_code_for(error.problem);
}

int ResultStream::add(std::string_view bytes) {
  constexpr std::size_t kPiece = std::size_t{1} << 16U;
  pending_ += bytes;
  return pending_.size() < kPiece ? exit_ok : flush();
}

int ResultStream::finish() {
  if (const int code = flush(); code != exit_ok || !to_file()) return code;
  FileError error;
  if (file_.commit(error)) return exit_ok;
  complain(error.message);
  return exit_code_for(error.problem);
}

int ResultStream::flush() {
  FileError error;
  const bool written = to_file() ? file_.write(pending_, error)
                                 : std::fwrite(pending_.data(), 1, pending_.size(), stdout) == pending_.size() &&
                                       std::fflush(stdout) == 0;
  pending_.clear();
  if (written) return exit_ok;
  complain(to_file() ? error.message : "standard output could not be written");
  return exit_io;
}

}  // namespace needleplan
