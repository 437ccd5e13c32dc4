/// The facts of one map of a profile, key by key.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "needleplan/profile/profile.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/fields.h"
#include "needleplan/yaml/node.h"
#include "needleplan/yaml/shape.h"

namespace needleplan {

/// The most keys of a shape that a FactReader can read.
inline constexpr std::size_t kMostShapeKeys = 24;

/// Is nowhere: that slot() would call it keeps a misspelt name, or too large a shape, from being compiled.
std::size_t no_key_of_the_shape();

/// Where a key stands in the table of a shape; a name that is not in there does not compile.
template <const yaml::Shape& shape>
consteval std::size_t slot(std::string_view name) {
  const std::size_t found = yaml::index_of(shape, name);
  return found < shape.keys.size() && shape.keys.size() <= kMostShapeKeys ? found : no_key_of_the_shape();
}

/// Reads the facts of one map, whose keys are looked up once and then known by their slots. A key that is not there
/// stays "not asked"; of one that stands twice the first is read.
class FactReader {
 public:
  using Node = yaml::Node;
  using Names = std::vector<Located<std::string_view>>;

  /// A `map` that is none, as after a mistake, has no keys.
  FactReader(Node map, const yaml::Shape& shape, Diagnostics& diagnostics)
      : map_(map), shape_(shape), diagnostics_(diagnostics) {
    if (!map.is_map()) return;
    for (const Node name : map) {
      const yaml::Key* key = yaml::find_key(shape, name);
      if (key == nullptr) continue;
      Node& value = values_[static_cast<std::size_t>(key - shape.keys.data())];
      if (!value.valid()) value = name.value_of();
    }
  }

  [[nodiscard]] Node map() const { return map_; }
  /// The value; an invalid node where there is none.
  [[nodiscard]] Node find(std::size_t key) const { return values_[key]; }

  /// A scalar fact: `unknown` and `none`, where the key can hold them, or what `parse` makes of anything else.
  template <class T, class Parse>
  Answer<T> fact(Node node, Parse parse) {
    const Location at = node.valid() ? node.at() : map_.at();
    if (!yaml::is_answer(node)) return Answer<T>::nothing(AnswerState::not_asked, at);
    if (node.is_word("unknown")) return Answer<T>::nothing(AnswerState::unknown, at);
    if (node.is_word("none")) return Answer<T>::nothing(AnswerState::none, at);
    auto value = parse(node);
    return value ? Answer<T>::of(std::move(*value), at) : Answer<T>::nothing(AnswerState::not_asked, at);
  }

  Answer<std::string_view> text(std::size_t key) { return text(find(key)); }
  Answer<std::string_view> text(Node node) {
    return fact<std::string_view>(node, [&](Node n) { return yaml::read_line(n, diagnostics_); });
  }
  Answer<bool> yes_no(std::size_t key) { return yes_no(find(key)); }
  Answer<bool> yes_no(Node node) {
    return fact<bool>(node, [&](Node n) { return yaml::read_yes_no(n, diagnostics_, kNoAnswers); });
  }
  template <class E>
  Answer<E> word(std::size_t key) {
    return fact<E>(find(key), [&](Node n) { return yaml::read_word<E>(n, diagnostics_, kNoAnswers); });
  }
  Answer<When> when(std::size_t key);
  Answer<Date> date(std::size_t key) { return date(find(key), shape_.keys[key].name); }
  Answer<Date> date(Node node, std::string_view key);
  Answer<int> depth(std::size_t key) {
    return fact<int>(find(key), [&](Node n) {
      const auto value = parse_depth(n.text());
      if (!value) diagnostics_.error(n.at(), "bad-depth", "a depth is written with its unit, as 1.0 mm (0.05 to 5 mm)");
      return value;
    });
  }
  /// One text or a list of them; an empty list is refused, because it does not say whether it was asked.
  Answer<Names> names(std::size_t key) { return names(find(key)); }
  Answer<Names> names(Node node) {
    const Location at = node.valid() ? node.at() : map_.at();
    if (node.valid() && node.is_scalar()) {
      const Answer<std::string_view> one = text(node);
      const std::string_view* name = one.given();
      return name != nullptr ? Answer<Names>::of({{*name, at}}, at) : Answer<Names>::nothing(one.state(), at);
    }
    if (!node.valid() || !node.is_list() || is_empty_list(node))
      return Answer<Names>::nothing(AnswerState::not_asked, at);
    Names names;
    names.reserve(node.count());
    for (const Node item : node)
      if (const auto value = yaml::is_answer(item) ? yaml::read_line(item, diagnostics_) : std::nullopt)
        names.push_back({*value, item.at()});
    return Answer<Names>::of(std::move(names), at);
  }

  bool is_empty_list(Node node) {
    if (node.count() > 0) return false;
    diagnostics_.error(node.at(), "empty-list",
                       "an empty list does not say whether it was asked: write none, unknown, or the entries");
    return true;
  }

 private:
  /// What may stand in place of a word or a yes or no; for messages.
  static constexpr std::array<std::string_view, 1> kNoAnswers{"unknown"};

  Node map_;
  const yaml::Shape& shape_;
  Diagnostics& diagnostics_;
  std::array<Node, kMostShapeKeys> values_;  ///< by slot
};

}  // namespace needleplan
