/// One map of a pack as its layers give it: the keys of a higher layer stand over those below.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "needleplan/yaml/node.h"

namespace needleplan {

/// The keys of a statement that a layer can take away with `KEY: none`. Others have a "none" of their own, or must be
/// there.
inline constexpr std::array<std::string_view, 19> kRemovableKeys{
    "before", "after",  "when",    "wait",   "from",     "to",   "repeat",   "moment",   "amount",      "why",
    "note",   "action", "instead", "graded", "strength", "form", "interval", "sessions", "review_after"};

class Layered {
 public:
  Layered() = default;
  Layered(yaml::Node only) : nodes_{only} {}  // NOLINT(google-explicit-constructor): a map without layers is one
  explicit Layered(std::vector<yaml::Node> lowest_first) : nodes_(std::move(lowest_first)) {}

  /// The value in force; an invalid node where no layer has the key, or the topmost that has it says `none`.
  [[nodiscard]] yaml::Node find(std::string_view key) const;
  /// The place of the topmost part.
  [[nodiscard]] Location at() const { return nodes_.back().at(); }
  [[nodiscard]] const std::vector<yaml::Node>& parts() const { return nodes_; }
  void add(yaml::Node higher) { nodes_.push_back(higher); }
  /// The same up to and without the part of that number.
  [[nodiscard]] Layered below(std::size_t part) const;

 private:
  std::vector<yaml::Node> nodes_;
};

/// A text for people: the node's own, or of a map by language the one asked for, English, or the first; empty where
/// there is none.
[[nodiscard]] std::string_view text_in(yaml::Node node, std::string_view language);

}  // namespace needleplan
