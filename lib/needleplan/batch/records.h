/// The records of a batch, one client each, out of files, folders, lists and standard input.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/batch/split.h"
#include "needleplan/io/files.h"
#include "needleplan/io/input.h"

namespace needleplan::batch {

enum class RecordKind : std::uint8_t { yaml, json };

/// One client's text, or an input that gave none.
struct RawRecord {
  std::string_view bytes;  ///< within its chunk, with a NUL behind its end
  RecordKind kind = RecordKind::yaml;
  std::shared_ptr<const std::string> input;  ///< the name of its input, for messages
  std::uint64_t position = 0;                ///< in the whole run, from 1
  int first_line = 1;                        ///< line of its input on which `bytes` begins
  bool alone = false;                        ///< the input is a file that holds this record only
  bool too_large = false;                    ///< more than kMostBytes; `bytes` is empty
  std::optional<FileError> problem;          ///< the input cannot be read, or not to its end; `bytes` is empty
};

/// Some records that follow each other, with the memory that holds them.
struct Chunk {
  std::vector<char> bytes;  ///< a vector, for what points into it stays good when it is moved
  std::vector<RawRecord> records;
};

/// Where the records come from, in this order.
struct Inputs {
  std::vector<std::string> paths;  ///< files and folders; "-" is standard input
  std::string list;                ///< a file of paths, or "-"; empty for none
};

/// Hands out the records of the inputs in their order, some at a time. Memory depends on the longest record and the
/// names of a folder, not on how many records there are.
///
/// A file whose name ends in `.ndjson` or `.jsonl` holds one JSON text a line, `.json` one text, `.yaml` and `.yml`
/// documents; any other, and standard input, tells by its first character (`{` begins NDJSON). Of a folder all
/// files below it with one of these names are read.
class RecordReader {
 public:
  /// Once `stop` is set, by a signal for instance, no pipe is waited for any longer, and there are no more records.
  explicit RecordReader(Inputs inputs, const std::atomic<bool>* stop = nullptr);

  /// How many records a chunk may have, at least 1; 32 unless this is called.
  void set_most_records(std::size_t most) { most_records_ = most; }

  /// The next records, at least one; false when there are no more. `chunk` keeps its memory between calls.
  bool next(Chunk& chunk);

  /// Takes out the records of a chunk before the one with this index.
  static void drop(Chunk& chunk, std::size_t index) {
    chunk.records.erase(chunk.records.begin(), chunk.records.begin() + static_cast<std::ptrdiff_t>(index));
  }

  /// Bytes read so far. May be asked while another thread reads.
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  bool next_record(Chunk& chunk);
  bool next_piece(Chunk& chunk);
  bool next_path(std::string& path, std::optional<FileError>& problem);
  bool next_listed(std::string& path, std::optional<FileError>& problem);
  void add_problem(Chunk& chunk, const FileError& error, const std::string& path);
  [[nodiscard]] bool fill_list(FileError& error);

  Inputs inputs_;
  std::size_t most_records_ = 32;
  const std::atomic<bool>* stop_;
  std::size_t next_path_ = 0;
  std::optional<FolderWalk> walk_;
  std::string walked_;

  InputFile list_;
  std::string listed_;         ///< what was read of the list and not used yet
  std::size_t listed_at_ = 0;  ///< where in it
  char list_separator_ = '\n';
  bool list_open_ = false;
  bool list_ended_ = false;

  InputFile file_;
  bool file_open_ = false;
  std::shared_ptr<const std::string> name_;
  Splitter splitter_;

  std::uint64_t position_ = 0;
  std::atomic<std::uint64_t> bytes_read_ = 0;
  std::vector<std::size_t> begins_;  ///< of the records of the chunk being filled
};

}  // namespace needleplan::batch
