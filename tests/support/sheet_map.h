/// `map.yaml` of a published sheet: what it says, statement by statement, and which of ours say it. See
/// tests/clinics/README.md.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/engine.h"
#include "support/tree.h"

namespace needleplan::testing {

inline std::filesystem::path clinics_folder() {
  return std::filesystem::path(NEEDLEPLAN_SOURCE_DIR) / "tests/clinics";
}

/// A node as text that can be edited. A quoted scalar stays quoted only where a plain one could be misread, so
/// a name that is a word such as "none" cannot be said here.
inline Tree tree_of(yaml::Node node) {
  if (node.is_scalar()) return Tree::scalar(std::string(node.text()));
  Tree out = node.is_map() ? Tree::map() : Tree::list();
  for (const yaml::Node child : node) {
    if (node.is_map()) {
      out.set(std::string(child.text()), tree_of(child.value_of()));
    } else {
      out.add(tree_of(child));
    }
  }
  return out;
}

/// A file of the tests, read; throws with its messages.
inline Tree read_tree(const std::filesystem::path& path) {
  const Source source(path.string(), read_whole(path.string()));
  yaml::Document document;
  Diagnostics diagnostics;
  if (!yaml::read(source, document, diagnostics)) throw std::runtime_error(to_text(diagnostics));
  return tree_of(document.root());
}

/// One or more texts of a key; none where it is not there.
inline std::vector<std::string> texts(Tree& map, std::string_view key) {
  std::vector<std::string> out;
  if (const Tree* value = map.find(key)) {
    if (value->kind == Tree::Kind::scalar) out.push_back(value->text);
    for (const Member& member : value->members)
      out.push_back(member.second.text);
  }
  return out;
}

struct SheetStatement {
  std::string id, phase, subject, action, from, to, scope, condition, repeat, dose;  ///< empty: the sheet says nothing
  std::vector<std::string> by, seen_in, subjects, words;
  std::optional<Tree> with;
  std::vector<Tree> without;
  std::string says_repeat, says_amount, mode;
  std::vector<std::pair<std::string, std::string>> members;  ///< of the JSON statement that must be equal
  std::vector<std::string> unknown_keys;
};

struct SheetMap {
  std::string folder;
  Tree facts;  ///< the file as it stands
  std::vector<SheetStatement> statements;
};

/// The record in which a statement of a phase is printed.
inline std::string record_of_phase(const std::string& phase) {
  static const std::map<std::string, std::string> kRecords{
      {"contraindication", "check"}, {"prep", "prep"}, {"day-of", "prep"}, {"procedure", "procedure"}};
  const auto found = kRecords.find(phase);
  return found == kRecords.end() ? "aftercare" : found->second;
}

inline SheetStatement read_sheet_statement(Tree& entry) {
  SheetStatement out;
  const std::map<std::string, std::string*> single{{"id", &out.id},
                                                   {"phase", &out.phase},
                                                   {"subject", &out.subject},
                                                   {"action", &out.action},
                                                   {"from", &out.from},
                                                   {"to", &out.to},
                                                   {"scope", &out.scope},
                                                   {"mode", &out.mode},
                                                   {"repeat", &out.repeat},
                                                   {"condition", &out.condition},
                                                   {"says_repeat", &out.says_repeat},
                                                   {"dose", &out.dose},
                                                   {"says_amount", &out.says_amount}};
  const std::map<std::string, std::vector<std::string>*> several{
      {"by", &out.by}, {"seen_in", &out.seen_in}, {"subjects", &out.subjects}, {"words", &out.words}};
  for (const Member& member : entry.members) {
    const std::string& key = member.first;
    if (const auto found = single.find(key); found != single.end()) {
      *found->second = member.second.text;
    } else if (const auto list = several.find(key); list != several.end()) {
      *list->second = texts(entry, key);
    } else if (key == "with") {
      out.with = member.second;
    } else if (key == "without" && member.second.kind == Tree::Kind::list) {
      for (const Member& edits : member.second.members)
        out.without.push_back(edits.second);
    } else if (key == "without") {
      out.without.push_back(member.second);
    } else if (key == "advice" || key == "degree" || key == "moment" || key == "graded" || key == "strength" ||
               key == "form") {
      out.members.emplace_back(key, member.second.text);
    } else if (key != "note") {
      out.unknown_keys.push_back(key);
    }
  }
  if (out.seen_in.empty()) out.seen_in.push_back(record_of_phase(out.phase));
  if (out.subjects.empty()) out.subjects.push_back(out.subject);
  if (out.mode.empty()) out.mode = "do";
  // A state of health is found for nobody who has none: the base client must not have it.
  if (out.without.empty() && out.seen_in.front() == "check") out.without.push_back(Tree::map());
  return out;
}

inline SheetMap read_sheet_map(const std::filesystem::path& folder) {
  SheetMap out;
  out.folder = folder.filename().string();
  out.facts = read_tree(folder / "map.yaml");
  for (Member& entry : out.facts.find("statements")->members)
    out.statements.push_back(read_sheet_statement(entry.second));
  return out;
}

/// Every folder under tests/clinics, by name.
inline std::vector<std::filesystem::path> sheet_folders() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(clinics_folder()))
    if (entry.is_directory()) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

/// The base client with the edits of a map, as a profile.
inline std::string edited_profile(const Tree& base, const Tree& edits) {
  static const std::vector<std::string> kMerged{"client", "session", "answers", "cycle", "life_stage"};
  Tree out = base;
  for (const Member& edit : edits.members) {
    Tree* below = out.find(edit.first);
    const bool merged = std::find(kMerged.begin(), kMerged.end(), edit.first) != kMerged.end();
    if (merged && below != nullptr && below->kind == Tree::Kind::map && edit.second.kind == Tree::Kind::map) {
      for (const Member& answer : edit.second.members)
        below->set(answer.first, answer.second);
    } else {
      out.set(edit.first, edit.second);
    }
  }
  return to_yaml(out);
}

}  // namespace needleplan::testing
