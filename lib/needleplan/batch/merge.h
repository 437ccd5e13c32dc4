/// Result streams of parts of a run, put together to what one run would have written.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/io/files.h"

namespace needleplan::batch {

/// Most parts of one merge: each is an open file. More are merged in groups, and the groups then.
inline constexpr std::size_t kMostParts = 500;

struct MergeFault {
  std::string message;              ///< begins with the part's path where it is about one
  std::optional<FileProblem> file;  ///< a part that cannot be read
  bool write_failed = false;        ///< `put` gave up
};

/// Takes the next bytes of the result, ends of lines included; false stops the merge.
using Put = std::function<bool(std::string_view bytes)>;

/// Merges NDJSON streams, each a regular file that ends in a summary. Parts of shards are put together by their
/// positions (`at`), others one behind the other in the order given; `at` is taken out once all shards are there.
/// The parts are read twice, the first time to find what speaks against it, so `put` gets nothing unless all of it is
/// right. Memory: a line of each part, and 16 bytes for each record of parts that are no shards.
/// `expect`: how many records the result must have. nullopt: done, and `exit` is the exit code that the whole run would
/// have had, as the summary has it.
[[nodiscard]] std::optional<MergeFault> merge(const std::vector<std::string>& parts,
                                              std::optional<std::uint64_t> expect, const Put& put, int& exit);

}  // namespace needleplan::batch
