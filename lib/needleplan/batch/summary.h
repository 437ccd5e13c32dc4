/// The last record of a run: what it was made with and what came of it. A stream without one is not complete.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "needleplan/batch/run.h"
#include "needleplan/render/json.h"

namespace needleplan::batch {

struct Totals {
  std::uint64_t total = 0;    ///< records of the whole input
  std::uint64_t records = 0;  ///< records of this stream, those with errors included
  std::uint64_t errors = 0;
  std::uint64_t fallbacks = 0;  ///< records that needed the second YAML reader
  std::array<std::uint64_t, kEnumNames<Verdict>.size()> verdicts{};
  int exit = 0;  ///< the worst exit code so far

  void add(const RecordResult& result);
};

/// As one line of JSON, or indented. No times and no names of machines: the same inputs give the same bytes.
[[nodiscard]] std::string summary_record(const Run& run, const Totals& totals, JsonWriter::Layout layout);
/// The same for people, in a few lines.
[[nodiscard]] std::string summary_text(const Run& run, const Totals& totals);

}  // namespace needleplan::batch
