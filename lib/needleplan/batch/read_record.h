/// From a record of an input to the client's profile, or to why there is none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "needleplan/batch/records.h"
#include "needleplan/profile/read_profile.h"
#include "needleplan/render/error_record.h"

namespace needleplan::batch {

/// What came of reading a record.
struct ReadRecord {
  std::optional<Profile> profile;  ///< views into the record's bytes and the document
  InputFault fault;                ///< why there is no profile; with the client's id and the digest as far as they go
  std::string said;                ///< for standard error: what is wrong, warnings too
};

/// The text of a record as a source, for places; it must outlive what is read from it.
[[nodiscard]] Source source_of(const RawRecord& record);

/// Reads the profile of a record. `source` is its source_of(), `room` as for read_profile().
[[nodiscard]] ReadRecord read_record(const RawRecord& record, const Source& source, yaml::Document& document,
                                     std::vector<Entry> room = {});

}  // namespace needleplan::batch
