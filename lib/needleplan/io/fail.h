/// What every function of this folder does with an error.
#pragma once

#include <string>
#include <string_view>

#include "needleplan/io/files.h"

namespace needleplan {

/// Sets `error` to `PATH: REASON` and returns false, so that callers can `return fail(...)`.
inline bool fail(FileError& error, FileProblem problem, const std::string& path, std::string_view reason) {
  error.problem = problem;
  error.message = path;
  error.message += ": ";
  error.message += reason;
  return false;
}

}  // namespace needleplan
