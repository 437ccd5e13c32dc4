#include "needleplan/yaml/node.h"

namespace needleplan::yaml {

void Document::reset(const Source& source) {
  source_ = &source;
  cells_.clear();
  kept_.clear();
  folded_ = 0;
}

std::string_view Document::keep(std::string text) {
  return kept_.emplace_back(std::move(text));
}

bool Node::is_word(std::string_view word) const {
  return is_scalar() && style() == Style::plain && text() == word;
}

Node Node::find(std::string_view key) const {
  if (!is_map()) return {};
  for (const Node name : *this)
    if (name.text() == key) return name.value_of();
  return {};
}

}  // namespace needleplan::yaml
