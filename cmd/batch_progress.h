/// How far a long run is, on one line of a terminal.
#pragma once

#include <chrono>
#include <cstdint>

#include "needleplan/batch/summary.h"

namespace needleplan {

class BatchProgress {
 public:
  /// `wanted`: not --quiet. `bytes`: of the whole input, 0 where that is not known.
  BatchProgress(bool wanted, std::uint64_t bytes);

  /// Shows the line anew, from the first second on and a few times each second.
  void show(const batch::Totals& totals, std::uint64_t bytes_read);
  /// Takes the line away before something else is written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool on_;
  bool shown_ = false;
  std::uint64_t bytes_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point last_ = begun_;
};

}  // namespace needleplan
