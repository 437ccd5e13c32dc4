/// Text in, placed nodes out: the only door for YAML and JSON.
///
/// The strict dialect (needleplan-profile(5)): block maps and lists, plain and one-line quoted
/// scalars, flow lists and maps (over several lines too, so JSON is read by the same door), `|` and
/// `>` blocks, comments, one document. No anchors, aliases, tags, merge keys, directives, complex
/// keys, tabs in indentation, duplicate keys, control or bidirectional-override characters.
///
/// JSON takes a quicker way to the same nodes; whatever needs a message, and what only YAML allows, is read by the
/// strict reader (Document::left_to_strict_reader()).
#pragma once

#include <cstddef>

#include "needleplan/text/diagnostic.h"
#include "needleplan/text/source.h"
#include "needleplan/yaml/node.h"

namespace needleplan::yaml {

/// Caps on a text, against hostile or broken input.
struct Limits {
  std::size_t bytes = std::size_t{1} << 20U;  ///< of one document
  int depth = 32;                             ///< maps and lists within each other
};

/// Reads one document into `document`, whose root is then a map, list or scalar. Reports every
/// mistake it can find and returns false if there was any; `document` then holds what could be read.
bool read(const Source& source, Document& document, Diagnostics& diagnostics, const Limits& limits = {});

}  // namespace needleplan::yaml
