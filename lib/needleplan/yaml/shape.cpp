#include "needleplan/yaml/shape.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "needleplan/text/characters.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan::yaml {

namespace {

/// A list of wrong items says the same about every one; a reader of messages stops long before this.
constexpr std::size_t kMostErrors = 200;

/// Words for "nothing" and "not known" that people write where something must be given.
constexpr std::array<std::string_view, 31> kNoAnswers{
    "none", "unknown",     "not known", "not asked", "n/a",       "na",      "n.a.",       "nil",
    "null", "tbd",         "tbc",       "todo",      "nobody",    "no one",  "nothing",    "no reason",
    "xxx",  "keine",       "keiner",    "niemand",   "unbekannt", "ninguno", "ninguna",    "nadie",
    "nada", "desconocido", "aucun",     "aucune",    "personne",  "inconnu", "desconocida"};

constexpr std::uint32_t letter_bit(char letter) {
  return std::uint32_t{1} << (static_cast<unsigned char>(letter) & 0x1FU);
}

}  // namespace

bool is_no_answer(std::string_view text) {
  // Every value of a profile comes by here, and hardly one has the length and the first letter of such a word.
  constexpr auto kFirst = [] {
    std::array<std::uint32_t, 12> out{};
    for (const std::string_view word : kNoAnswers)
      out.at(word.size()) |= letter_bit(word.front());
    return out;
  }();
  return text.size() < kFirst.size() && !text.empty() && (kFirst[text.size()] & letter_bit(text.front())) != 0 &&
         std::any_of(kNoAnswers.begin(), kNoAnswers.end(),
                     [&](std::string_view word) { return same_word(text, word); });
}

namespace {

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
    std::uint64_t there = 0;
    for (const Node name : node) {
      const Key* known = find_key(shape, name);
      if (known != nullptr) there |= bit_of(known - shape.keys.data());
      const Key* key = known != nullptr ? known : shape.others;
      if (key != nullptr) {
        if (known == nullptr && key->holds != Holds::words) line(name);
        value(name, name.value_of(), *key);
      } else {
        report_unknown(name, shape, misspelt);
      }
    }
    // What an entry is about cannot be left out of a part either.
    const bool whole = extent_ == Extent::whole || shape.stands_alone;
    for (std::size_t i = 0; i < shape.keys.size(); ++i) {
      const Key& key = shape.keys[i];
      if (!key.required || (!whole && key.name != "id")) continue;
      if ((there & bit_of(i)) == 0) {
        // A misspelt key was reported where it stands.
        if (std::ranges::find(misspelt, key.name) == misspelt.end()) missing(node, key, shape);
      } else if (key.name == "id") {
        const Node value = node.find(key.name);
        if (value.is_list() && value.count() == 0) names_nothing(value, key, shape);
      }
    }
  }

 private:
  /// Of a key of a shape, of which none has more than 64.
  template <class Index>
  static constexpr std::uint64_t bit_of(Index index) {
    return std::uint64_t{1} << (static_cast<std::uint64_t>(index) & 63U);
  }

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
    if (is_answer(node)) {
      if (key.holds != Holds::words) {
        const bool none = node.is_word("none");
        if (none || node.is_word("unknown")) {
          if (!(none ? holds_none(key.holds) : holds_unknown(key.holds))) not_an_answer(name, node, key);
          return;
        }
        if (key.holds == Holds::value && is_no_answer(node.text())) return not_an_answer(name, node, key);
        line(node);
      }
      if (is_id(key.type)) return id(node, key.type);
      if (is_scalar(key.type)) return;
    } else if (is_null(node)) {
      return no_value(name, key);
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

  [[gnu::cold]] void missing(Node map, const Key& key, const Shape& shape) {
    diagnostics_.error(map.at(), "missing-key",
                       fmt::format("the key \"{}\" is missing from this {}", key.name, shape.name));
  }

  [[gnu::cold]] void names_nothing(Node list, const Key& key, const Shape& shape) {
    diagnostics_.error(list.at(), "missing-key", fmt::format("\"{}\" names nothing in this {}", key.name, shape.name));
  }

  [[gnu::cold]] void no_value(Node name, const Key& key) {
    diagnostics_.error(name.at(), "no-value",
                       fmt::format("the key \"{}\" has no value: {}", printable(name.text(), 60), ways_out(key)));
  }

  /// What to write in place of nothing.
  static std::string ways_out(const Key& key) {
    std::vector<std::string_view> words;
    if (holds_none(key.holds)) words.emplace_back("none");
    if (holds_unknown(key.holds)) words.emplace_back("unknown");
    if (words.empty()) return key.required ? "write it" : "write it, or leave the key out";
    words.emplace_back("the answer");
    return "write " + one_of(words);
  }

  /// `none` or `unknown` where the key cannot hold it.
  [[gnu::cold]] void not_an_answer(Node name, Node node, const Key& key) {
    const std::string leave = key.required ? "" : holds_unknown(key.holds) ? ", or leave it out" : "";
    diagnostics_.error(
        node.at(), "not-an-answer",
        fmt::format("this word is no answer to \"{}\": {}{}", printable(name.text(), 60), ways_out(key), leave));
  }

  /// A text of a profile is one line in which everything can be seen; it may come from another system, and it is
  /// printed beside the verdict.
  void line(Node node) {
    const LineFault fault = fault_of_line(node.style() == Style::block ? without_last_break(node.text()) : node.text());
    if (fault.kind != LineFault::Kind::none) bad_line(node, fault);
  }
  [[gnu::cold]] void bad_line(Node node, LineFault fault) {
    if (fault.kind == LineFault::Kind::line_break) {
      diagnostics_.error(node.at(), "line-break",
                         "a line break in a text of a profile; write it on one line, or in a `>` block without empty "
                         "lines");
    } else if (fault.kind == LineFault::Kind::invisible) {
      diagnostics_.error(
          node.at(), "invisible-character",
          fmt::format("the invisible character {} in a text of a profile; delete it", code_name(fault.code)));
    } else {
      diagnostics_.error(node.at(), "no-letter-or-digit",
                         "a text without a letter or a digit is no answer: write it, or leave the key out");
    }
  }

  void items(Node name, Node list, const Key& key) {
    for (const Node item : list) {
      if (is_null(item)) {
        diagnostics_.error(item.at(), "no-value", "a list item without a value: write it, or delete the dash");
      } else if (key.holds != Holds::words && item.is_scalar()) {
        item_of_profile(name, item, key);
      } else {
        one(name, item, key, key.items);
      }
    }
  }

  /// Whoever lists something has an answer: `none` and `unknown` stand for a whole list.
  void item_of_profile(Node name, Node item, const Key& key) {
    if (item.is_word("none") || item.is_word("unknown") || is_no_answer(item.text())) {
      diagnostics_.error(item.at(), "not-an-answer",
                         fmt::format("this word is no entry of \"{}\": write the entry, or {} in place of the list",
                                     printable(name.text(), 60), no_value_words(key.holds)));
      return;
    }
    line(item);
    one(name, item, key, key.items);
  }

  void one(Node name, Node node, const Key& key, Type type) {
    if (type == Type::any) return;
    if (is_id(type) && is_answer(node)) return id(node, type);
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

  void id(Node node, Type type) {
    if (!is_id(node.text(), type))
      diagnostics_.error(node.at(), "bad-id",
                         fmt::format("\"{}\" cannot be an id: write letters a to z{}, digits, and hyphens between them",
                                     printable(node.text(), 60), type == Type::source_key ? " or A to Z" : ""));
  }

  [[gnu::cold]] void wrong_kind(Node name, Node node, const Key& key, std::string_view expected) {
    const std::string_view or_words = no_value_words(key.holds);
    const std::string_view read = node.is_list() ? "a list" : node.is_map() ? "a map" : "one value";
    diagnostics_.error(node.at(), "wrong-kind",
                       fmt::format("{} under \"{}\", where {}{}{} belongs", read, printable(name.text(), 60), expected,
                                   key.holds == Holds::or_none_unknown ? ", "
                                   : or_words.empty()                  ? ""
                                                                       : " or ",
                                   or_words));
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
