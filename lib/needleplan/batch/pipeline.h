/// Chunks worked on by several threads and handed on in their order.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "needleplan/batch/records.h"
#include "needleplan/batch/run.h"

namespace needleplan::batch {

struct Stages {
  /// The next chunk; false when there are no more. Called by one thread at a time.
  std::function<bool(Chunk&)> pull;
  /// One for each worker: clears the results and fills them.
  std::vector<std::function<void(const Chunk&, Results&)>> work;
  /// Takes the results in the order of the chunks; false stops the run. Called by one thread at a time.
  std::function<bool(Results&)> deliver;
};

/// Runs until there are no more chunks, `deliver` says false, or `stop` is set: then the chunks that were begun are
/// still finished and delivered. At most two chunks a worker are held. What a stage throws is thrown here.
void run_pipeline(const Stages& stages, const std::atomic<bool>& stop);

}  // namespace needleplan::batch
