#include "needleplan/yaml/node.h"

#include <algorithm>
#include <cassert>
#include <functional>

namespace needleplan::yaml {

void Document::reset(const Source& source) {
  source_ = &source;
  cells_ = own_.data();
  size_ = 0;
  own_kept_.clear();
  kept_ = {};
  folded_ = 0;
  refused_json_ = false;
}

void Document::use(const Source& source, std::span<const Cell> cells, std::string_view kept) {
  reset(source);
  cells_ = cells.data();
  size_ = cells.size();
  kept_ = kept;
}

void Document::grow() {
  constexpr std::size_t kFirst = 64;
  own_.resize(std::max(own_.size() * 2, kFirst));
  cells_ = own_.data();
}

std::string_view Document::keep(std::string_view text) {
  const std::size_t begin = own_kept_.size();
  own_kept_ += text;
  kept_ = own_kept_;
  return kept_.substr(begin);
}

CellText Document::hold(std::string_view text) const {
  const auto within = [text](std::string_view whole) {
    return std::less_equal<>{}(whole.data(), text.data()) &&
           std::less_equal<>{}(text.data() + text.size(), whole.data() + whole.size());
  };
  if (text.empty()) return {};
  const bool in_source = within(source_->text());
  assert(in_source || within(kept_));
  const char* base = in_source ? source_->text().data() : kept_.data();
  return {static_cast<std::uint32_t>(text.data() - base) | (in_source ? 0U : CellText::kKept),
          static_cast<std::uint32_t>(text.size())};
}

bool Node::says_word(std::string_view word) const {
  return text() == word && (style() == Style::plain || (style() == Style::quoted && document_->is_json()));
}

bool Document::is_json() const {
  const std::span<const Cell> all = cells();
  if (all.empty() || all.front().kind != Kind::map || all.front().first == 0) return false;
  const std::string_view text = source_->text();
  return text.substr(all.front().offset).starts_with('{') &&
         text.substr(all[all.front().first].offset).starts_with('"');
}

Node Node::find_marked(std::string_view key, std::uint16_t mark) const {
  const std::span<const Cell> cells = document_->cells();
  for (std::uint32_t name = cell().first; name != 0;) {
    const Cell& at = cells[name];
    if (at.mark == mark && document_->text(at.text) == key) return {*document_, at.next};
    name = cells[at.next].next;
  }
  return {};
}

}  // namespace needleplan::yaml
