#include "cmd/batch_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include "cmd/session.h"

namespace needleplan {

BatchProgress::BatchProgress(bool wanted, std::uint64_t bytes)
    : on_(wanted && isatty(STDERR_FILENO) == 1), bytes_(bytes) {}

void BatchProgress::show(const batch::Totals& totals, std::uint64_t bytes_read) {
  if (!on_) return;
  const Clock::time_point now = Clock::now();
  const std::chrono::duration<double> run = now - begun_;
  if (run < std::chrono::seconds(1) || now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  std::string line = fmt::format("\r{} done, {:.0f} a second, {} not read", totals.total,
                                 static_cast<double>(totals.total) / run.count(), totals.errors);
  if (bytes_ > 0 && bytes_read > 0) {
    const double left = run.count() * (static_cast<double>(bytes_) / static_cast<double>(bytes_read) - 1);
    line += fmt::format(", {:.0f} s left", left < 0 ? 0 : left);
  }
  say(line + "\x1B[K");
  shown_ = true;
}

void BatchProgress::clear() {
  if (shown_) say("\r\x1B[K");
  shown_ = false;
}

}  // namespace needleplan
