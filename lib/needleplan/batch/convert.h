/// A client's record in the other form: YAML as JSON, JSON as YAML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "needleplan/text/diagnostic.h"
#include "needleplan/text/source.h"
#include "needleplan/yaml/node.h"

namespace needleplan::batch {

enum class Form : std::uint8_t { yaml, ndjson };

/// Converts records one after the other; keeps its memory between them.
class Converter {
 public:
  explicit Converter(Form to) : to_(to) {}

  /// Appends the record in `source` to `out`: a document that begins with `---`, or a line, each with its line break.
  /// What is written reads the same: keys, order, texts, and which words are answers. Comments are no data. False after
  /// a mistake in the record, or when it says what the other form cannot say; then nothing is appended.
  bool convert(const Source& source, std::string& out, Diagnostics& diagnostics);

 private:
  bool check(yaml::Node root, std::string_view written, Diagnostics& diagnostics);

  Form to_;
  yaml::Document document_;
  yaml::Document again_;
  std::string written_;
};

}  // namespace needleplan::batch
