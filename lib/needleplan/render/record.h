/// The machine-readable records: one schema, the same bytes for the same inputs.
#pragma once

#include <string>
#include <string_view>

#include "needleplan/evaluate/facts.h"
#include "needleplan/findings/finding.h"
#include "needleplan/render/json.h"

namespace needleplan {

inline constexpr std::string_view kSchemaVersion = "1";

/// What a record was made from; the same for every client of a run.
struct Provenance {
  std::string engine;           ///< version of the program
  std::string protocol_digest;  ///< SHA-256 of the pack's files
};

/// Engine, protocol, layers and what they took out. Within an open object.
void write_inputs(JsonWriter& json, const Provenance& provenance, const Pack& pack);

/// A whole check record.
[[nodiscard]] std::string check_record(const Assessment& assessment, const Facts& facts, const Provenance& provenance,
                                       std::string_view profile_digest, JsonWriter::Layout layout);

/// `sources` of a statement: key, grade, title, url, its own figures and words. As a member `sources`.
void write_sources(JsonWriter& json, const Citations& citations, const Pack& pack);

}  // namespace needleplan
