/// One statement of a pack from its node.
#pragma once

#include <optional>

#include "needleplan/protocol/layered.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// Reads statements against the catalog, sources and events that the pack already has.
class StatementReader {
 public:
  StatementReader(const Pack& pack, Diagnostics& diagnostics) : pack_(pack), diagnostics_(diagnostics) {}

  /// nullopt after any error in it.
  [[nodiscard]] std::optional<Statement> read(const Layered& node, StatementKind kind);

  /// `sources:` and `unsourced:` of a map, those of every layer together; a statement without sources must say
  /// `sources: unsourced`. What a layer gives without a source rests on the layer itself.
  [[nodiscard]] Citations read_citations(const Layered& map);

 private:
  [[nodiscard]] std::string_view text(const Layered& map, std::string_view key) const;
  void check_texts(yaml::Node part);
  [[nodiscard]] bool in_session(const Layered& node);
  [[nodiscard]] Origin origin(yaml::Node part) const;
  [[nodiscard]] Citation own_citation(yaml::Node part, std::size_t layer) const;
  void cite(yaml::Node list, Citations& out);
  [[nodiscard]] std::optional<Citation> citation_of(yaml::Node key);
  [[nodiscard]] std::vector<Setting> settings(const Layered& node);
  [[nodiscard]] Subjects subjects(const Layered& map, std::string_view key);
  [[nodiscard]] Bound bound(const Layered& map, std::string_view key);
  [[nodiscard]] std::optional<SpanRange> span_range(const Layered& map, std::string_view key);
  [[nodiscard]] bool yes(const Layered& map, std::string_view key);
  template <class E>
  [[nodiscard]] E word(const Layered& map, std::string_view key, E otherwise);

  [[nodiscard]] Contraindication contraindication(const Layered& node);
  [[nodiscard]] Avoid avoid(const Layered& node);
  [[nodiscard]] Do do_this(const Layered& node);
  [[nodiscard]] Step step(const Layered& node);
  [[nodiscard]] Setting setting(const Layered& node);
  [[nodiscard]] Series series(const Layered& node);
  template <class E>
  [[nodiscard]] std::vector<E> words(const Layered& map, std::string_view key);
  [[nodiscard]] Roles signed_by(const Layered& node);
  [[nodiscard]] NoConcern no_concern(const Layered& node);

  const Pack& pack_;
  Diagnostics& diagnostics_;
};

}  // namespace needleplan
