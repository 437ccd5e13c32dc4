/// The record of an input that could not be used, so that a stream of records loses nothing in silence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "needleplan/render/json.h"
#include "needleplan/text/diagnostic.h"

namespace needleplan {

/// One mistake with its place, after the source it stands in is gone. No words of the client.
struct Mistake {
  Place at;
  Level level = Level::error;
  std::string id;
  std::string message;
};

/// An input that could not be read (`message`) or understood (`mistakes`). `input` is empty for a record of a stream.
struct InputFault {
  std::string input;
  std::string message;
  std::vector<Mistake> mistakes;
  std::uint64_t position = 0;  ///< of the record in a run that is one of several shards; 0 for none
  std::string client = {};     ///< its id, where it could be read
  std::string profile = {};    ///< SHA-256 of its text, 64 digits; empty where there is none
};

[[nodiscard]] std::vector<Mistake> mistakes_of(const Diagnostics& diagnostics);

[[nodiscard]] std::string error_record(const InputFault& fault, JsonWriter::Layout layout);

}  // namespace needleplan
