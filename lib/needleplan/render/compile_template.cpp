#include <string>

#include "needleplan/render/check_names.h"
#include "needleplan/render/parse_template.h"
#include "needleplan/render/template.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

constexpr std::uint32_t kMissing = ~std::uint32_t{0};

std::vector<Body> parse_with_partials(const Source& source, const Partials& partials, Diagnostics& diagnostics) {
  std::vector<Body> bodies{parse_template(source, diagnostics)};
  std::map<const Source*, std::uint32_t> numbers{{&source, 0}};
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    for (std::size_t j = 0; j < bodies[i].pieces.size(); ++j) {
      Piece& piece = bodies[i].pieces[j];
      if (piece.kind != PieceKind::partial) continue;
      const auto found = partials.find(piece.name);
      if (found == partials.end()) {
        std::vector<std::string_view> known;
        for (const auto& [name, unused] : partials)
          known.push_back(name);
        diagnostics.error(location_of(*bodies[i].source, piece.name), "template-missing-partial",
                          "no template \"" + std::string(piece.name) + "\"" + did_you_mean(piece.name, known));
        piece.target = kMissing;
        continue;
      }
      const auto [number, is_new] = numbers.emplace(found->second, static_cast<std::uint32_t>(bodies.size()));
      piece.target = number->second;
      if (is_new) bodies.push_back(parse_template(*found->second, diagnostics));
    }
  }
  return bodies;
}

/// Finds partials that contain themselves outside any section, which no data could end.
class EndlessPartials {
 public:
  EndlessPartials(const std::vector<Body>& bodies, Diagnostics& diagnostics)
      : bodies_(bodies), diagnostics_(diagnostics), states_(bodies.size(), State::unseen) {}

  void check() {
    for (std::uint32_t number = 0; number < bodies_.size(); ++number)
      if (states_[number] == State::unseen) visit(number);
  }

 private:
  enum class State { unseen, entered, left };

  void visit(std::uint32_t number) {
    states_[number] = State::entered;
    const Body& body = bodies_[number];
    for (std::size_t i = 0; i < body.pieces.size(); ++i) {
      const Piece& piece = body.pieces[i];
      if (piece.kind == PieceKind::section || piece.kind == PieceKind::inverted) i = piece.target - 1;
      if (piece.kind != PieceKind::partial || piece.target == kMissing) continue;
      if (states_[piece.target] == State::entered) {
        diagnostics_.error(location_of(*body.source, piece.name), "template-endless-partial",
                           "partial \"" + std::string(piece.name) + "\" contains itself: expected a section around it");
      } else if (states_[piece.target] == State::unseen) {
        visit(piece.target);
      }
    }
    states_[number] = State::left;
  }

  const std::vector<Body>& bodies_;
  Diagnostics& diagnostics_;
  std::vector<State> states_;
};

}  // namespace

std::optional<Template> Template::compile(const Source& source, const Partials& partials, const Vocabulary& vocabulary,
                                          Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors();
  std::vector<Body> bodies = parse_with_partials(source, partials, diagnostics);
  EndlessPartials(bodies, diagnostics).check();
  check_names(bodies, vocabulary, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return Template(std::move(bodies));
}

}  // namespace needleplan
