#include "needleplan/yaml/shape.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "needleplan/text/characters.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan::yaml {

namespace {

/// A list of wrong items says the same about every one; a reader of messages stops long before this.
constexpr std::size_t kMostErrors = 200;

std::string_view article(std::string_view noun) {
  return std::string_view("aeiou").find(noun.front()) == std::string_view::npos ? "a" : "an";
}

/// Only what the tables say is checked, so the depth is that of the tables and of the reader's limit. What is seldom
/// called, only to report, is marked cold, so that it stays out of the loops.
class ShapeCheck {
 public:
  ShapeCheck(Extent extent, Diagnostics& diagnostics)
      : extent_(extent), diagnostics_(diagnostics), before_(diagnostics.errors()) {}

  void map(Node node, const Shape& shape) {
    if (diagnostics_.errors() - before_ >= kMostErrors) return;
    std::vector<std::string_view> misspelt;
    KeyFinder finder(shape.keys);
    for (const Node name : node) {
      const Key* known = finder.find(name);
      const Key* key = known != nullptr ? known : shape.others;
      if (key != nullptr) {
        value(name, name.value_of(), *key);
      } else {
        report_unknown(name, shape, misspelt);
      }
    }
    // What an entry is about cannot be left out of a part either.
    const bool whole = extent_ == Extent::whole || shape.stands_alone;
    for (const Key& key : shape.keys) {
      // A misspelt key was reported where it stands.
      if (!key.required || (!whole && key.name != "id")) continue;
      const Node value = node.find(key.name);
      if (key.name == "id" && value.valid() && value.is_list() && value.count() == 0) names_nothing(value, key, shape);
      if (value.valid() || std::ranges::find(misspelt, key.name) != misspelt.end()) continue;
      missing(node, key, shape);
    }
  }

 private:
  [[gnu::cold]] void report_unknown(Node name, const Shape& shape, std::vector<std::string_view>& misspelt) {
    std::vector<std::string_view> allowed;
    for (const Key& key : shape.keys)
      allowed.push_back(key.name);
    std::sort(allowed.begin(), allowed.end());
    if (const auto meant = nearest(name.text(), allowed, 1); !meant.empty()) misspelt.push_back(meant.front());
    diagnostics_.error(
        name.at(), "unknown-key",
        fmt::format("the key \"{}\" is not known in {} {}{}; expected {}", printable(name.text(), 60),
                    article(shape.name), shape.name, did_you_mean(name.text(), allowed), one_of(allowed)));
  }

  void value(Node name, Node node, const Key& key) {
    if (is_scalar(key.type) && is_answer(node)) return;
    const bool no_answer = key.none_unknown && (node.is_word("none") || node.is_word("unknown"));
    if (no_answer) return;
    if (is_null(node)) return no_value(name, key);
    switch (key.type) {
      case Type::list:
        if (!node.is_list()) return wrong_kind(name, node, key, "a list (`- ` before each entry)");
        return items(name, node, key);
      case Type::one_or_list:
        if (node.is_list()) return items(name, node, key);
        return one(name, node, key, key.items);
      default:
        return one(name, node, key, key.type);
    }
  }

  [[gnu::cold]] void missing(Node map, const Key& key, const Shape& shape) {
    diagnostics_.error(map.at(), "missing-key",
                       fmt::format("the key \"{}\" is missing from this {}", key.name, shape.name));
  }

  [[gnu::cold]] void names_nothing(Node list, const Key& key, const Shape& shape) {
    diagnostics_.error(list.at(), "missing-key", fmt::format("\"{}\" names nothing in this {}", key.name, shape.name));
  }

  [[gnu::cold]] void no_value(Node name, const Key& key) {
    diagnostics_.error(
        name.at(), "no-value",
        fmt::format("the key \"{}\" has no value: {}", printable(name.text(), 60),
                    key.none_unknown ? "write none, unknown or the answer" : "write it, or leave the key out"));
  }

  void items(Node name, Node list, const Key& key) {
    for (const Node item : list) {
      if (is_null(item)) {
        diagnostics_.error(item.at(), "no-value", "a list item without a value: write it, or delete the dash");
      } else {
        one(name, item, key, key.items);
      }
    }
  }

  void one(Node name, Node node, const Key& key, Type type) {
    if (type == Type::any) return;
    if (node.is_map() && (type == Type::map || type == Type::text_or_map)) {
      if (key.shape != nullptr) map(node, *key.shape);
    } else if (type == Type::map) {
      wrong_kind(name, node, key, "a map, `key: value`");
    } else if (type == Type::text_or_map) {
      if (!node.is_scalar()) wrong_kind(name, node, key, "a word or a map");
    } else if (!node.is_scalar()) {
      wrong_kind(name, node, key, "one value");
    }
  }

  [[gnu::cold]] void wrong_kind(Node name, Node node, const Key& key, std::string_view expected) {
    const std::string_view read = node.is_list() ? "a list" : node.is_map() ? "a map" : "one value";
    diagnostics_.error(node.at(), "wrong-kind",
                       fmt::format("{} under \"{}\", where {}{} belongs", read, printable(name.text(), 60), expected,
                                   key.none_unknown ? ", none or unknown" : ""));
  }

  Extent extent_;
  Diagnostics& diagnostics_;
  std::size_t before_;
};

}  // namespace

bool check_shape(Node node, const Shape& shape, Diagnostics& diagnostics, Extent extent) {
  const std::size_t errors = diagnostics.errors();
  if (node.is_map()) {
    ShapeCheck(extent, diagnostics).map(node, shape);
  } else {
    diagnostics.error(node.at(), "wrong-kind",
                      fmt::format("{} where {} {} belongs, which is a map of `key: value` lines",
                                  node.is_list() ? "a list" : "one value", article(shape.name), shape.name));
  }
  return diagnostics.errors() == errors;
}

}  // namespace needleplan::yaml
