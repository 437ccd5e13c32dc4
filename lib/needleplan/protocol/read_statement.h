/// One statement of a pack from its node.
#pragma once

#include <optional>

#include "needleplan/protocol/pack.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// Reads statements against the catalog, sources and events that the pack already has.
class StatementReader {
 public:
  StatementReader(const Pack& pack, Diagnostics& diagnostics) : pack_(pack), diagnostics_(diagnostics) {}

  /// nullopt after any error in it.
  [[nodiscard]] std::optional<Statement> read(yaml::Node node, StatementKind kind);

  /// `sources:` and `unsourced:` of a map; a statement without sources must say `sources: unsourced`.
  [[nodiscard]] Citations read_citations(yaml::Node map);

 private:
  [[nodiscard]] Subjects subjects(yaml::Node map, std::string_view key);
  [[nodiscard]] Bound bound(yaml::Node map, std::string_view key);
  [[nodiscard]] std::optional<SpanRange> span_range(yaml::Node map, std::string_view key);
  [[nodiscard]] bool yes(yaml::Node map, std::string_view key);
  template <class E>
  [[nodiscard]] E word(yaml::Node map, std::string_view key, E otherwise);

  [[nodiscard]] Contraindication contraindication(yaml::Node node);
  [[nodiscard]] Avoid avoid(yaml::Node node);
  [[nodiscard]] Do do_this(yaml::Node node);
  [[nodiscard]] Step step(yaml::Node node);
  [[nodiscard]] Setting setting(yaml::Node node);
  [[nodiscard]] Series series(yaml::Node node);

  const Pack& pack_;
  Diagnostics& diagnostics_;
};

}  // namespace needleplan
