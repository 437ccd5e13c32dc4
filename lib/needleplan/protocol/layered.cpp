#include "needleplan/protocol/layered.h"

#include <algorithm>

namespace needleplan {

Layered::Layered(std::span<const yaml::Node> lowest_first) : only_(lowest_first.front()) {
  if (lowest_first.size() > 1) all_.assign(lowest_first.begin(), lowest_first.end());
}

void Layered::add(yaml::Node higher) {
  if (all_.empty()) all_.push_back(only_);
  all_.push_back(higher);
}

yaml::Node Layered::find_in_parts(std::string_view key) const {
  for (std::size_t i = all_.size(); i > 0; --i) {
    const yaml::Node node = all_[i - 1].find(key);
    if (!node.valid()) continue;
    // Only what stands over something can take it away; in the lowest layer "none" is a text like any other.
    const bool removed = i > 1 && node.is_scalar() && node.is_word("none") &&
                         std::find(kRemovableKeys.begin(), kRemovableKeys.end(), key) != kRemovableKeys.end();
    return removed ? yaml::Node{} : node;
  }
  return {};
}

std::vector<yaml::Node> unsourced_keys(const Layered& map) {
  std::vector<yaml::Node> out;
  const auto parts = map.parts();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const yaml::Node keys = parts[i].find("unsourced");
    if (!keys.valid()) continue;
    // What a higher layer gives is its own; that no source gave the old value says nothing about it.
    const auto higher = parts.subspan(i + 1);
    const auto add = [&](yaml::Node key) {
      if (key.is_scalar() &&
          std::none_of(higher.begin(), higher.end(), [&](yaml::Node part) { return part.find(key.text()).valid(); }))
        out.push_back(key);
    };
    if (keys.is_scalar()) add(keys);
    for (const yaml::Node key : keys)
      add(key);
  }
  return out;
}

void check_text(yaml::Node node, Diagnostics& diagnostics) {
  const auto check = [&](yaml::Node text) {
    if (text.is_scalar() && text.text().find_first_not_of(" \t\n") == std::string_view::npos)
      diagnostics.error(text.at(), "text-without-words", "this text says nothing: write it, or leave the key out");
  };
  if (node.is_scalar()) return check(node);
  if (node.is_map() && node.count() == 0)
    diagnostics.error(node.at(), "text-without-words", "this text says nothing: write it, or leave the key out");
  for (const yaml::Node key : node)
    check(node.is_map() ? key.value_of() : key);
}

std::string_view text_in(yaml::Node node, std::string_view language) {
  if (!node.valid() || node.is_list()) return {};
  if (node.is_scalar()) return node.text();
  for (const std::string_view wanted : {language, std::string_view("en")})
    if (const yaml::Node text = node.find(wanted); text.valid() && text.is_scalar()) return text.text();
  for (const yaml::Node key : node)
    return key.value_of().is_scalar() ? key.value_of().text() : std::string_view{};
  return {};
}

std::string_view text_at(const Layered& map, std::string_view key, std::string_view language) {
  return text_in(map.find(key), language);
}

std::string_view id_of(const Layered& map) {
  return text_in(map.parts().front().find("id"), {});
}

}  // namespace needleplan
