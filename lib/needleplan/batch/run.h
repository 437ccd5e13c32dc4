/// The work on one record: a client's text in, what a verb prints for it out.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/batch/hash.h"
#include "needleplan/batch/records.h"
#include "needleplan/findings/judge.h"
#include "needleplan/profile/profile.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/protocol/verdict.h"
#include "needleplan/render/aftercare_sheets.h"
#include "needleplan/render/error_record.h"
#include "needleplan/render/formats.h"
#include "needleplan/render/record_texts.h"

namespace needleplan::batch {

enum class Verb : std::uint8_t { check, prep, procedure, aftercare, plan };
inline constexpr std::array<std::string_view, 5> kVerbNames{"check", "prep", "procedure", "aftercare", "plan"};

enum class Format : std::uint8_t { text, md, json, ndjson, csv };
inline constexpr std::array<std::string_view, 5> kFormatNames{"text", "md", "json", "ndjson", "csv"};

[[nodiscard]] constexpr bool is_readable(Format format) {
  return format == Format::text || format == Format::md;
}

/// One part of the records, by a hash of the client's id.
struct Shard {
  std::uint32_t index = 1;  ///< from 1
  std::uint32_t of = 1;
};

/// What is the same for every record. Read by all workers.
struct Run {
  const Pack* pack = nullptr;
  Date as_of{};
  Provenance provenance;
  Verb verb = Verb::check;
  std::vector<Format> formats;  ///< of the stream one; of files one or more
  bool files = false;           ///< each client gets files, and the stream only its errors
  DrawOptions draw;
  int days = 7;
  std::optional<TimeOfDay> start;
  std::optional<Shard> shard;
  bool rows = false;    ///< a row for each client is wanted besides
  bool hashes = false;  ///< the hashes of each record are wanted
  std::array<int, kEnumNames<Verdict>.size()> exit_codes{};
  int (*exit_code_for)(FileProblem) = nullptr;           ///< of an input that cannot be read
  int exit_data = 0;                                     ///< of a record that cannot be understood
  int exit_draw = 0;                                     ///< of a template that cannot be filled in
  std::vector<std::unique_ptr<AftercareSheets>> sheets;  ///< beside `formats`, for aftercare in readable formats
  std::vector<std::unique_ptr<RecordTexts>> texts;       ///< beside `formats`, for records; null for the others

  /// Makes `sheets` and `texts`, when everything above is set.
  void prepare();
  /// Whether the findings must be told in words.
  [[nodiscard]] bool tells_findings() const;
  /// Whether rows are printed, which list them.
  [[nodiscard]] bool lists_findings() const;
};

/// What came of one record. Its texts are the parts of the chunk's up to these ends.
struct RecordResult {
  std::uint64_t position = 0;
  std::size_t out_end = 0;
  std::size_t said_end = 0;
  std::size_t row_end = 0;
  std::size_t files_begin = 0;  ///< in Results::files
  std::size_t files_end = 0;
  int code = 0;  ///< exit code
  std::optional<Verdict> verdict;
  bool ours = true;  ///< false: it belongs to another shard
  bool error = false;
  bool fallback = false;  ///< the second YAML reader was needed
  Hash text;
};

/// A text that becomes a file of its own.
struct FileText {
  Format format{};
  std::size_t begin = 0;  ///< in Results::file_bytes
  std::size_t end = 0;
};

/// What came of a chunk, in the order of its records.
struct Results {
  std::vector<RecordResult> records;
  std::string out;   ///< for the stream
  std::string said;  ///< for standard error
  std::string rows;  ///< CSV
  std::string file_bytes;
  std::vector<FileText> files;
  std::vector<std::string> clients;  ///< the id of each record, when there are files

  void clear();
};

/// What a worker keeps between records to save allocations; no record leaves anything in it that the next one could
/// see.
class Scratch {
 public:
  /// Compiles the templates of the run; false with everything that is wrong in `diagnostics` or `problem`.
  bool open(const Run& run, Diagnostics& diagnostics, std::string& problem);

  yaml::Document document;
  std::vector<Entry> entries;                      ///< room for those of the next profile
  std::vector<EntryFacts> facts;                   ///< likewise
  MatchCache names{2048};                          ///< of earlier clients, which mean the same in the next
  std::vector<std::unique_ptr<Drawing>> drawings;  ///< beside Run::formats; null for records
  Stencil::Scratch stencil;
  std::optional<Judge> judge;
};

/// What a record of an input was: its text and, where they show in the output, its names.
[[nodiscard]] Hash identity_of(const RawRecord& record);

/// Does the work on one record and adds it to `results`.
void run_record(const RawRecord& record, const Run& run, Scratch& scratch, Results& results);

}  // namespace needleplan::batch
