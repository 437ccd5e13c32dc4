/// The records of an earlier run, looked up by client.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/batch/lines.h"
#include "needleplan/findings/since.h"

namespace needleplan::batch {

struct EarlierFault {
  std::string message;              ///< begins with the file's path, and its line where it is about one
  std::optional<FileProblem> file;  ///< the file cannot be read; nothing where it is not understood
};

/// The check records of an NDJSON file. Memory: 16 bytes a record, and one line.
class EarlierRun {
 public:
  /// Reads the file through once. Records that are no checks are passed over. False with `fault` set when the file
  /// cannot be read, or a line is no record or one of another schema version.
  bool open(const std::string& path, EarlierFault& fault);

  /// Compares a check with the last record of the client in the file; `out.known` tells whether there is one.
  bool compare(std::string_view client, const Assessment& now, Since& out, EarlierFault& fault);

 private:
  struct Entry {
    std::uint64_t hash = 0;    ///< of the client's id as JSON
    std::uint64_t offset = 0;  ///< of the line
  };
  bool add(std::string_view line, std::uint64_t number, EarlierFault& fault);
  bool refuse(std::uint64_t number, std::string_view why, EarlierFault& fault) const;
  bool refuse_at(std::uint64_t offset, EarlierFault& fault);

  std::string path_;
  Lines lines_;
  std::vector<Entry> entries_;  ///< by hash, then by place
};

}  // namespace needleplan::batch
