/// The record of an input that could not be used, so that a stream of records loses nothing in silence.
#pragma once

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

/// An input that could not be read (`message`) or understood (`mistakes`).
struct InputFault {
  std::string input;
  std::string message;
  std::vector<Mistake> mistakes;
};

[[nodiscard]] std::vector<Mistake> mistakes_of(const Diagnostics& diagnostics);

[[nodiscard]] std::string error_record(const InputFault& fault, JsonWriter::Layout layout);

}  // namespace needleplan
