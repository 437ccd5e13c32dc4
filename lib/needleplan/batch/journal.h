/// A stream of results in a file, which a run that was killed can go on with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/batch/run.h"
#include "needleplan/batch/summary.h"
#include "needleplan/io/append.h"

namespace needleplan::batch {

/// What must be the same for a run to go on where another one stopped: names and values.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> terms_of(const Run& run);

/// The output of a run: standard output, a device, or a file. A file grows as FILE.part, with FILE.part.journal beside
/// it that holds the hash of each record and of what was written for it; it gets its name at the end.
class Stream {
 public:
  /// `path` "-" is standard output.
  explicit Stream(std::string path);

  [[nodiscard]] bool has_journal() const { return journaled_; }
  /// Whether a part of a run before is there.
  [[nodiscard]] bool left_over() const;

  /// Begins; with `resume` what was left over is kept for `keep`. False with `error` set, or with `differs` set to
  /// words when the run before was another one.
  bool open(const Run& run, bool resume, FileError& error, std::string& differs);

  /// Whether the next record was done before and its output is still what it was; adds it to `totals`. Once it says no
  /// (or fails, with `error` set) everything from there on is done again.
  bool keep(const RawRecord& record, Totals& totals, FileError& error);
  /// After the last `keep`: cuts off what was not kept.
  bool begin(FileError& error);

  /// Adds the first `count` results, whose texts are `out`.
  bool write(const Results& results, std::size_t count, std::string_view out, FileError& error);
  bool write(std::string_view bytes, FileError& error);
  /// Writes what waits to be written, when the run ends before its time.
  bool write_rest(FileError& error);
  /// Gives the file its name.
  bool finish(FileError& error);

 private:
  struct Entry;
  bool read_terms(const std::string& head, std::string& differs);

  std::string path_;
  bool journaled_ = false;
  AppendFile out_;
  AppendFile journal_;
  std::string head_;        ///< of the journal
  std::uint64_t kept_ = 0;  ///< entries that were proven
  std::uint64_t end_ = 0;   ///< of their output
  std::string preamble_;    ///< what stands before the first record
  std::string buffer_;      ///< not written yet, without a journal only
  std::string entries_;
};

}  // namespace needleplan::batch
