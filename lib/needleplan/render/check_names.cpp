#include "needleplan/render/check_names.h"

#include <set>
#include <string>
#include <tuple>

#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

/// What is in reach at some point of a template.
struct NameScope {
  std::vector<const Vocabulary*> levels;  ///< outermost first, none twice, so that recursion has an end
  const Word* item = nullptr;             ///< what `{{.}}` is; null at the top
  std::string_view section;               ///< the innermost section that brought names of its own

  [[nodiscard]] bool any_name() const {
    return std::ranges::any_of(levels, [](const Vocabulary* level) { return level->any_name; });
  }
  [[nodiscard]] const Word* find(std::string_view name) const {
    for (std::size_t i = levels.size(); i > 0; --i)
      if (const Word* const word = levels[i - 1]->find(name)) return word;
    return nullptr;
  }
  [[nodiscard]] std::vector<std::string_view> names() const {
    std::vector<std::string_view> all;
    for (const Vocabulary* const level : levels)
      for (const Word& word : level->words)
        all.push_back(word.name);
    return all;
  }
  /// A level that was there already moves to the inside: the outer one cannot be seen any more.
  [[nodiscard]] NameScope within(const Word& word) const {
    NameScope scope = *this;
    scope.item = &word;
    if (word.inner == nullptr) return scope;
    std::erase(scope.levels, word.inner);
    scope.levels.push_back(word.inner);
    scope.section = word.name;
    return scope;
  }
};

/// Stands for the items of a list of texts.
constexpr Word kText{".", WordKind::value, "", nullptr};
/// Stands for a name that cannot be known, or was reported already.
constexpr Word kUnknown{"", WordKind::map, "", &kAnyName};

class Check {
 public:
  Check(const std::vector<Body>& bodies, Diagnostics& diagnostics) : bodies_(bodies), diagnostics_(diagnostics) {}

  void body(std::uint32_t number, const NameScope& scope) {
    if (!done_.emplace(number, scope.levels, scope.item, scope.section).second) return;
    pieces(bodies_[number], 0, bodies_[number].pieces.size(), scope);
  }

 private:
  void pieces(const Body& body, std::size_t begin, std::size_t end, const NameScope& scope) {
    for (std::size_t i = begin; i < end; ++i) {
      const Piece& piece = body.pieces[i];
      if (piece.kind == PieceKind::text) continue;
      if (piece.kind == PieceKind::partial) {
        if (piece.target < bodies_.size()) this->body(piece.target, scope);
        continue;
      }
      const Word& word = look_up(*body.source, piece, scope);
      if (piece.kind == PieceKind::escaped || piece.kind == PieceKind::raw) {
        if (&word != &kUnknown && word.kind != WordKind::value) not_a_value(*body.source, piece, word);
        continue;
      }
      pieces(body, i + 1, piece.target, piece.kind == PieceKind::section ? scope.within(item_of(word)) : scope);
      i = piece.target - 1;
    }
  }

  static const Word& item_of(const Word& word) {
    return word.kind == WordKind::list && word.inner == nullptr ? kText : word;
  }

  const Word& look_up(const Source& source, const Piece& piece, const NameScope& scope) {
    if (piece.name.empty()) return kUnknown;
    if (piece.name == ".") {
      if (scope.item != nullptr) return *scope.item;
      if (!scope.any_name())
        error(source, piece.name, "template-not-a-value", "\".\" stands for an item of a list; there is none here");
      return kUnknown;
    }
    const Word* word = scope.find(piece.name);
    if (word == nullptr) {
      if (!scope.any_name()) unknown(source, piece.name, scope.section, scope.names());
      return kUnknown;
    }
    std::string_view path = piece.name;
    for (std::string_view rest = piece.rest; !rest.empty();) {
      const std::string_view part = rest.substr(0, rest.find('.'));
      rest.remove_prefix(std::min(part.size() + 1, rest.size()));
      if (word->kind != WordKind::map) {
        error(source, part, "template-no-names-inside",
              in_quotes(path) + " is a " + std::string(kind_name(word->kind)) +
                  ": nothing in it can be named with a dot");
        return kUnknown;
      }
      const Word* const inner = word->inner->find(part);
      if (inner == nullptr) {
        NameScope only;
        only.levels.push_back(word->inner);
        if (!word->inner->any_name) unknown(source, part, path, only.names());
        return kUnknown;
      }
      word = inner;
      path = {path.data(), static_cast<std::size_t>(part.data() + part.size() - path.data())};
    }
    return *word;
  }

  static std::string_view kind_name(WordKind kind) {
    switch (kind) {
      case WordKind::value:
        return "text";
      case WordKind::flag:
        return "flag";
      case WordKind::map:
        return "group";
      case WordKind::list:
        return "list";
    }
    return "";
  }

  void unknown(const Source& source, std::string_view name, std::string_view section,
               const std::vector<std::string_view>& known) {
    const std::string where = section.empty() ? "" : " in section " + in_quotes(section);
    error(source, name, "template-unknown-name", "unknown name " + in_quotes(name) + where + did_you_mean(name, known));
  }

  void not_a_value(const Source& source, const Piece& piece, const Word& word) {
    if (piece.name == ".") {
      error(source, piece.name, "template-not-a-value",
            "\".\" is an item of " + in_quotes(word.name) + " and cannot be printed: expected one of its names");
      return;
    }
    const std::string name = std::string(piece.name) + (piece.rest.empty() ? "" : ".") + std::string(piece.rest);
    error(source, piece.name, "template-not-a-value",
          in_quotes(name) + " is a " + std::string(kind_name(word.kind)) +
              " and cannot be printed: expected a section, {{#" + name + "}}");
  }

  void error(const Source& source, std::string_view at, std::string_view id, std::string message) {
    diagnostics_.error(location_of(source, at), id, std::move(message));
  }

  const std::vector<Body>& bodies_;
  Diagnostics& diagnostics_;
  /// A partial is checked once for each surrounding it stands in.
  std::set<std::tuple<std::uint32_t, std::vector<const Vocabulary*>, const Word*, std::string_view>> done_;
};

}  // namespace

void check_names(const std::vector<Body>& bodies, const Vocabulary& vocabulary, Diagnostics& diagnostics) {
  NameScope top;
  top.levels.push_back(&vocabulary);
  Check(bodies, diagnostics).body(0, top);
}

}  // namespace needleplan
