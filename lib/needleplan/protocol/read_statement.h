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
  [[nodiscard]] Origin origin(const Layered& map, std::size_t number) const;
  [[nodiscard]] Citation own_citation(yaml::Node part, std::size_t layer) const;
  void cite(yaml::Node list, Citations& out);
  [[nodiscard]] std::optional<Citation> citation_of(yaml::Node key);
  template <class E>
  [[nodiscard]] E word(const Layered& map, std::string_view key, E otherwise);

  template <class T>
  [[nodiscard]] T fields(const Layered& map);
  template <class T>
  void detail(const Layered& map, Statement& out) {
    out.detail = fields<T>(map);
  }
  // A value of each type that fields have.
  template <class E>
  requires std::is_enum_v<E>
  void read(yaml::Node node, std::string_view key, E& out);
  template <class T>
  void read(yaml::Node node, std::string_view key, std::optional<T>& out);
  void read(yaml::Node node, std::string_view key, std::string_view& out);
  void read(yaml::Node node, std::string_view key, bool& out);
  void read(yaml::Node node, std::string_view key, int& out);
  void read(yaml::Node node, std::string_view key, Bound& out);
  void read(yaml::Node node, std::string_view key, Limits& out);
  void read(yaml::Node node, std::string_view key, Repeat& out);
  void read(yaml::Node node, std::string_view key, SessionCount& out);
  void read(yaml::Node node, std::string_view key, Roles& out);
  void read(yaml::Node node, std::string_view key, NamePlaces& out);
  template <class E, class Set>
  void read_words(yaml::Node node, std::string_view key, Set& out);
  void read(yaml::Node node, std::string_view key, Subjects& out);
  void read(yaml::Node node, std::string_view key, std::vector<std::string_view>& out);
  void read(yaml::Node, std::string_view, std::vector<Setting>&) {}  // by all the parts: check()
  void read_signoff(yaml::Node node, Verdict& out);
  void read_in_session(yaml::Node node, bool& out);
  // What several fields say together.
  void check(const Layered& map, Contraindication& rule);
  void check(const Layered& map, const Avoid& avoid);
  template <class T>
  requires requires(const T& x) { x.from, x.to; }
  void check(const Layered& map, const T& windowed);
  void check(const Layered& map, Setting& row);
  void check(const Layered& node, Step& step);
  void check(const Layered&, const Series&) {}
  void check(const Layered&, const NoConcern&) {}

  const Pack& pack_;
  Diagnostics& diagnostics_;
};

}  // namespace needleplan
