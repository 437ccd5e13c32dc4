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

/// Only what the tables say is checked, so the depth is that of the tables and of the reader's limit.
class ShapeCheck {
 public:
  ShapeCheck(Extent extent, Diagnostics& diagnostics)
      : extent_(extent), diagnostics_(diagnostics), before_(diagnostics.errors()) {}

  void map(Node node, const Shape& shape) {
    if (diagnostics_.errors() - before_ >= kMostErrors) return;
    std::vector<std::string_view> misspelt;
    std::size_t next = 0;
    for (const Node name : node) {
      const Key* key = find(shape, name.text(), next);
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
      if (key.name == "id" && value.valid() && value.is_list() && value.count() == 0)
        diagnostics_.error(value.at(), "missing-key",
                           fmt::format("\"{}\" names nothing in this {}", key.name, shape.name));
      if (value.valid() || std::ranges::find(misspelt, key.name) != misspelt.end()) continue;
      diagnostics_.error(node.at(), "missing-key",
                         fmt::format("the key \"{}\" is missing from this {}", key.name, shape.name));
    }
  }

 private:
  /// Keys mostly come in the order of the table, so the search begins at `next`, behind the one found last.
  static const Key* find(const Shape& shape, std::string_view name, std::size_t& next) {
    const std::size_t size = shape.keys.size();
    for (std::size_t tried = 0; tried < size; ++tried) {
      const std::size_t at = next;
      next = next + 1 < size ? next + 1 : 0;
      const std::string_view key = shape.keys[at].name;
      if (key.size() == name.size() && key.front() == name.front() && key == name) return &shape.keys[at];
    }
    return shape.others;
  }

  void report_unknown(Node name, const Shape& shape, std::vector<std::string_view>& misspelt) {
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
    const bool no_answer = key.none_unknown && (node.is_word("none") || node.is_word("unknown"));
    if (no_answer) return;
    if (is_null(node)) {
      diagnostics_.error(
          name.at(), "no-value",
          fmt::format("the key \"{}\" has no value: {}", printable(name.text(), 60),
                      key.none_unknown ? "write none, unknown or the answer" : "write it, or leave the key out"));
      return;
    }
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

  void wrong_kind(Node name, Node node, const Key& key, std::string_view expected) {
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
