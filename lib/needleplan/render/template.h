/// Mustache templates, compiled once and rendered many times.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "needleplan/render/data.h"
#include "needleplan/render/escape.h"
#include "needleplan/render/pieces.h"
#include "needleplan/render/vocabulary.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/text/source.h"

namespace needleplan {

/// The templates that `{{>name}}` may name: all there are, so that a misspelt one can be answered
/// with the nearest. None is read from a disk on the way.
using Partials = std::map<std::string, const Source*, std::less<>>;

/// Variables, sections, inverted sections, partials, comments, set delimiters and the rules for lines
/// as in the Mustache specification; no lambdas, no inheritance. Three differences: a name that the
/// vocabulary does not declare is an error, an empty text does not show its section, and tags other
/// than comments end on their line.
class Template {
 public:
  /// nullopt after an error; every mistake in the file and in the partials it reaches is reported. The
  /// sources must outlive the template.
  [[nodiscard]] static std::optional<Template> compile(const Source& source, const Partials& partials,
                                                       const Vocabulary& vocabulary, Diagnostics& diagnostics);

  /// Appends to `out`. False, and an error, if sections or partials within themselves do not come to an end.
  [[nodiscard]] bool render(const Data& data, Escape escape, std::string& out, Diagnostics& diagnostics) const;

 private:
  explicit Template(std::vector<Body> bodies) : bodies_(std::move(bodies)) {}

  std::vector<Body> bodies_;  ///< the template, then each partial once
};

}  // namespace needleplan
