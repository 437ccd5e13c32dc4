/// A profile as a small tree of text, so that tests can take keys out, edit and shuffle them.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace needleplan::testing {

struct Member;

/// A scalar, a map with its keys in order, or a list (members without a key).
struct Tree {
  enum class Kind { scalar, map, list } kind = Kind::scalar;
  std::string text;
  std::vector<Member> members;

  static Tree scalar(std::string text);
  static Tree map();
  static Tree list();

  [[nodiscard]] Tree* find(std::string_view key);
  Tree& set(const std::string& key, Tree value);
  Tree& set(const std::string& key, const std::string& value);
  void erase(std::string_view key);
  Tree& add(Tree value);
};

/// Stands apart from Tree, which is not complete where it holds its members (Clang asks for that).
struct Member {
  std::string first;
  Tree second;
};

inline Tree Tree::scalar(std::string text) {
  return {Kind::scalar, std::move(text), {}};
}
inline Tree Tree::map() {
  return {Kind::map, {}, {}};
}
inline Tree Tree::list() {
  return {Kind::list, {}, {}};
}

inline Tree* Tree::find(std::string_view key) {
  for (auto& [name, value] : members)
    if (name == key) return &value;
  return nullptr;
}
inline Tree& Tree::set(const std::string& key, Tree value) {
  if (Tree* known = find(key)) {
    *known = std::move(value);
  } else {
    members.push_back({key, std::move(value)});
  }
  return *this;
}
inline Tree& Tree::set(const std::string& key, const std::string& value) {
  return set(key, scalar(value));
}
inline void Tree::erase(std::string_view key) {
  std::erase_if(members, [&](const Member& member) { return member.first == key; });
}
inline Tree& Tree::add(Tree value) {
  members.push_back({std::string{}, std::move(value)});
  return *this;
}

/// As YAML, every scalar in double quotes where a plain one could be misread.
inline std::string to_yaml(const Tree& tree, int indent = 0) {
  const auto quoted = [](const std::string& text) {
    const bool plain = !text.empty() &&
                       std::all_of(text.begin(), text.end(),
                                   [](unsigned char c) {
                                     return std::isalnum(c) != 0 || c == '-' || c == '.' || c == ' ' || c == '_';
                                   }) &&
                       text.front() != '-' && text.front() != ' ' && text.back() != ' ';
    return plain ? text : '"' + text + '"';
  };
  if (tree.kind == Tree::Kind::scalar) return " " + quoted(tree.text) + "\n";
  std::string out = indent == 0 ? "" : "\n";
  for (const auto& [key, value] : tree.members) {
    out += std::string(static_cast<std::size_t>(indent), ' ');
    out += tree.kind == Tree::Kind::list ? "-" : key + ":";
    std::string inner = to_yaml(value, indent + 2);
    // The first key of a list's map stands beside the dash.
    if (tree.kind == Tree::Kind::list && value.kind == Tree::Kind::map && !value.members.empty())
      inner = " " + inner.substr(static_cast<std::size_t>(indent) + 3);
    out += inner;
  }
  return out;
}

/// Sets `medicines[1].last_used` and the like; maps on the way are made where they are missing. A list entry
/// that is only a name becomes a map with that name.
inline void set_at(Tree& root, std::string_view path, const std::string& value) {
  Tree* here = &root;
  while (true) {
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    const std::string key(path.substr(0, end));
    path.remove_prefix(end);
    if (path.empty()) {
      here->set(key, value);
      return;
    }
    if (here->find(key) == nullptr) here->set(key, Tree::map());
    here = here->find(key);
    if (path.front() == '[') {
      const std::size_t index = std::strtoul(std::string(path.substr(1)).c_str(), nullptr, 10);
      here = &here->members.at(index).second;
      path.remove_prefix(path.find(']') + 1);
      if (here->kind == Tree::Kind::scalar) *here = Tree::map().set("name", here->text);
    }
    if (!path.empty()) path.remove_prefix(1);
  }
}

}  // namespace needleplan::testing
