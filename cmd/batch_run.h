/// One run of `batch`: records in, results out in their order, whatever they are written to.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "cmd/batch_progress.h"
#include "cmd/options.h"
#include "needleplan/batch/folder.h"
#include "needleplan/batch/journal.h"
#include "needleplan/batch/pipeline.h"
#include "needleplan/batch/records.h"
#include "needleplan/batch/run.h"
#include "needleplan/batch/summary.h"

namespace needleplan {

struct BatchOptions {
  SharedOptions shared;
  FailOptions fail;
  std::vector<std::string> inputs;
  std::vector<std::string> formats;
  std::string files_from;
  std::string out_dir;
  std::string shard;
  std::string summary;  ///< file for a row a client; empty for none
  std::string start;
  int days = 7;
  unsigned jobs = 0;             ///< 0: as many as there are cores
  std::uint64_t max_errors = 0;  ///< 0: no limit
  bool resume = false;
};

class BatchRun {
 public:
  BatchRun(const BatchOptions& options, batch::Run& run, batch::Inputs inputs);

  /// An exit code.
  [[nodiscard]] int go();

 private:
  [[nodiscard]] bool open_templates();
  [[nodiscard]] bool open_outputs();
  [[nodiscard]] bool resume();
  [[nodiscard]] bool many_files() const;
  [[nodiscard]] bool pull(batch::Chunk& chunk);
  [[nodiscard]] bool deliver(batch::Results& results);
  [[nodiscard]] bool write_files(batch::Results& results, std::size_t count);
  [[nodiscard]] int finish();
  bool failed(const FileError& error);

  const BatchOptions& options_;
  batch::Run& run_;
  batch::Inputs inputs_;
  batch::RecordReader reader_;
  batch::Stream stream_;
  std::optional<batch::OutFolder> folder_;
  NewFile rows_;
  BatchProgress progress_;
  batch::Totals totals_;
  std::vector<std::unique_ptr<batch::Scratch>> scratches_;
  batch::Chunk pending_;  ///< read to see what was kept, and still to be done
  int code_ = 0;          ///< why it must stop; 0: it need not
};

}  // namespace needleplan
