/// The names a template may use, declared as a tree, so that a misspelt one is found before anything is rendered.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace needleplan {

enum class WordKind {
  value,  ///< a text; also usable as a section, which shows when the text is not empty
  flag,   ///< only usable as a section
  map,    ///< a section shown once, with names of its own; `{{map.name}}` reaches into it
  list    ///< a section shown once per item, with names of its own, or `{{.}}` for a list of texts
};

struct Vocabulary;

/// One name. `summary` is the line a template's author reads in the reference.
struct Word {
  std::string_view name;
  WordKind kind = WordKind::value;
  std::string_view summary;
  const Vocabulary* inner = nullptr;  ///< a map's or list item's names; null in a list of texts
};

/// The names of one level; those of the levels around it may be used as well. Meant for constexpr
/// tables; a table may contain itself through `inner`.
struct Vocabulary {
  std::span<const Word> words;
  bool any_name = false;  ///< nothing is declared, so nothing is unknown

  [[nodiscard]] const Word* find(std::string_view name) const {
    const auto found = std::ranges::find(words, name, &Word::name);
    return found == words.end() ? nullptr : &*found;
  }
};

/// For templates whose names cannot be known.
inline constexpr Vocabulary kAnyName{{}, true};

}  // namespace needleplan
