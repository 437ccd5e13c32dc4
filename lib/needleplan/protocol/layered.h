/// One map of a pack as its layers give it: the keys of a higher layer stand over those below.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// The keys of a statement that a layer can take away with `KEY: none`. Others have a "none" of their own, or must be
/// there.
inline constexpr std::array<std::string_view, 24> kRemovableKeys{
    "before", "after", "when",   "wait",   "from",     "to",       "repeat",       "moment",
    "amount", "why",   "note",   "action", "instead",  "graded",   "strength",     "form",
    "phase",  "mode",  "degree", "advice", "interval", "sessions", "review_after", "wait_verdict"};

class Layered {
 public:
  Layered() = default;
  Layered(yaml::Node only) : only_(only) {}  // NOLINT(google-explicit-constructor): a map without layers is one
  explicit Layered(std::span<const yaml::Node> lowest_first);

  /// The value in force; an invalid node where no layer has the key, or the topmost that has it says `none`.
  [[nodiscard]] yaml::Node find(std::string_view key) const {
    return all_.empty() ? only_.find(key) : find_in_parts(key);
  }
  /// The place of the topmost part.
  [[nodiscard]] Location at() const { return parts().back().at(); }
  /// Lowest first; at least one.
  [[nodiscard]] std::span<const yaml::Node> parts() const {
    return all_.empty() ? std::span<const yaml::Node>(&only_, 1) : std::span<const yaml::Node>(all_);
  }
  void add(yaml::Node higher);
  /// The same up to and without the part of that number.
  [[nodiscard]] Layered below(std::size_t part) const { return Layered(parts().first(part)); }

 private:
  [[nodiscard]] yaml::Node find_in_parts(std::string_view key) const;

  // Most maps have one part, and there are hundreds of them at every start.
  yaml::Node only_;
  std::vector<yaml::Node> all_;  ///< empty, or two and more
};

/// The keys whose value in force no source gives, as `unsourced:` of the layers says.
[[nodiscard]] std::vector<yaml::Node> unsourced_keys(const Layered& map);

/// Reports a text for people that says nothing, in any language.
void check_text(yaml::Node node, Diagnostics& diagnostics);

/// A text for people: the node's own, or of a map by language the one asked for, English, or the first; empty where
/// there is none.
[[nodiscard]] std::string_view text_in(yaml::Node node, std::string_view language);
/// The same of the value of a key.
[[nodiscard]] std::string_view text_at(const Layered& map, std::string_view key, std::string_view language = "en");

/// Of an entry with all its parts: what the lowest is called. A layer may change several entries at once.
[[nodiscard]] std::string_view id_of(const Layered& map);

}  // namespace needleplan
