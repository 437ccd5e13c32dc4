#include "needleplan/yaml/duplicates.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace needleplan::yaml {

namespace {

/// Keys of a map that are compared one by one.
constexpr std::uint32_t kFew = 32;

}  // namespace

bool has_alike_key(const Document& document, std::uint32_t index, std::uint16_t mark, std::uint32_t count) {
  if (count >= kFew) return true;
  for (std::uint32_t key = document.cell(index).first; key != 0;) {
    const Cell& name = document.cell(key);
    if (name.mark == mark) return true;
    key = document.cell(name.next).next;
  }
  return false;
}

bool has_duplicate_keys(const Document& document, std::uint32_t index) {
  const std::uint32_t first = document.cell(index).first;
  const auto after = [&document](std::uint32_t key) { return document.cell(document.cell(key).next).next; };
  const auto text = [&document](std::uint32_t key) { return document.text(document.cell(key).text); };
  if (document.cell(index).count > kFew) {
    std::vector<std::string_view> all;
    all.reserve(document.cell(index).count);
    for (std::uint32_t key = first; key != 0; key = after(key))
      all.push_back(text(key));
    std::sort(all.begin(), all.end());
    return std::adjacent_find(all.begin(), all.end()) != all.end();
  }
  std::array<std::uint16_t, kFew> marks;
  std::array<std::uint32_t, kFew> keys;
  std::size_t known = 0;
  for (std::uint32_t key = first; key != 0; key = after(key)) {
    const std::uint16_t mark = document.cell(key).mark;
    for (std::size_t i = 0; i < known; ++i)
      if (marks[i] == mark && text(keys[i]) == text(key)) return true;
    marks[known] = mark;
    keys[known++] = key;
  }
  return false;
}

}  // namespace needleplan::yaml
