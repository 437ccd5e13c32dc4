#include "needleplan/authoring/in_force.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "needleplan/protocol/compiled.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/yaml/write.h"

namespace needleplan {

namespace {

using yaml::Node;

Given given(Node value, Location at, const Pack& pack) {
  return {value, layer_name(at, pack), at};
}

template <class Use>
void each_entry(Node one_or_list, Use use) {
  if (!one_or_list.valid()) return;
  if (one_or_list.is_scalar()) return use(one_or_list);
  for (const Node entry : one_or_list)
    use(entry);
}

/// The values of a key in each part that has it, highest first.
std::vector<Given> values_of(const Layered& map, std::string_view key, const Pack& pack) {
  std::vector<Given> out;
  for (std::size_t i = map.parts().size(); i > 0; --i)
    for (const Node name : map.parts()[i - 1])
      if (name.text() == key) out.push_back(given(name.value_of(), name.at(), pack));
  return out;
}

/// Whether two values are read as the same, however they are folded or quoted.
bool reads_same(Node a, Node b) {
  if (a.kind() != b.kind() || a.count() != b.count()) return false;
  // Only of a single word quotes make something else.
  if (a.is_scalar())
    return a.text() == b.text() && (a.text().find(' ') != std::string_view::npos || to_line(a) == to_line(b));
  auto other = b.begin();
  for (const Node child : a) {
    if (!reads_same(child, *other)) return false;
    if (a.is_map() && !reads_same(child.value_of(), (*other).value_of())) return false;
    ++other;
  }
  return true;
}

KeyInForce topmost(const Layered& map, std::string_view key, const Pack& pack) {
  KeyInForce out{key, values_of(map, key, pack), {}, false, false};
  if (out.now.empty()) return out;
  out.was.assign(std::make_move_iterator(out.now.begin() + 1), std::make_move_iterator(out.now.end()));
  out.now.resize(1);
  out.removed = !map.find(key).valid();
  // A layer that repeats what stands below changes nothing.
  std::erase_if(out.was, [&](const Given& old) { return reads_same(old.value, out.now.front().value); });
  return out;
}

KeyInForce joined_lists(const Layered& map, std::string_view key, const Pack& pack) {
  KeyInForce out{key, {}, {}, false, true};
  for (const Node part : map.parts())
    each_entry(part.find(key), [&](Node entry) { out.now.push_back(given(entry, entry.at(), pack)); });
  return out;
}

/// `unsourced` holds only where no layer names a source.
KeyInForce sources(const Layered& map, const Pack& pack) {
  KeyInForce out = joined_lists(map, "sources", pack);
  const auto is_none = [](const Given& g) { return g.value.is_scalar() && g.value.is_word("unsourced"); };
  if (!std::all_of(out.now.begin(), out.now.end(), is_none)) {
    std::erase_if(out.now, is_none);
  } else if (!out.now.empty()) {
    out.now.resize(1);
    out.joined = false;
  }
  return out;
}

/// The entries of that id in a list of every file, lowest first.
Layered parts_of(std::string_view key, std::string_view id, const Pack& pack) {
  std::vector<Node> out;
  for (const auto& document : pack.documents) {
    const Node list = document->root().find(key);
    if (!list.valid()) continue;
    for (const Node entry : list) {
      const Node own = entry.find("id");
      if (!own.valid()) continue;
      each_entry(own, [&](Node one) {
        if (one.is_scalar() && one.text() == id) out.push_back(entry);
      });
    }
  }
  return Layered(out);
}

/// What any statement may have, behind what only its kind has.
constexpr std::array<std::string_view, 10> kCommonKeys{"when", "scope", "degree",  "graded", "summary",
                                                       "say",  "why",   "instead", "action", "note"};
/// What is shown in a way of its own, or not at all.
constexpr std::array<std::string_view, 8> kOtherKeys{"id",        "loosen", "settings", "sources",
                                                     "unsourced", "names",  "brands",   "misspelt"};

template <std::size_t N>
bool is_among(std::string_view key, const std::array<std::string_view, N>& keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

EntryInForce entry_of(const Event& event) {
  return {"event", "events", event.id, event.written, &kNamedEventShape};
}
EntryInForce entry_of(const About& about) {
  return {"about", "about", about.id, about.written, &kAboutShape};
}
EntryInForce entry_of(const YesNoQuestion& question, const Pack& pack) {
  return {"answer", "answers", question.id, parts_of("answers", question.id, pack), &kAnswerShape};
}

}  // namespace

std::string_view layer_name(Location at, const Pack& pack) {
  if (const std::size_t layer = pack.layer_of(at); layer != kNoLayer) return pack.layers[layer].id;
  const bool catalog =
      at.source != nullptr && at.source->name().starts_with(fmt::format("{}{}/", kProtocolRoot, kCatalogFolder));
  return catalog ? kCatalogFolder : pack.id;
}

std::string place_words(const Given& given) {
  if (given.at.source == nullptr) return std::string(given.layer);
  return fmt::format("{}, {}:{}", given.layer, given.at.source->name(), given.at.place().line);
}

EntryInForce entry_of(const Statement& statement) {
  const StatementList& list = kStatementLists[static_cast<std::size_t>(statement.kind())];
  return {"statement", list.key, statement.id, statement.written, list.shape, &statement};
}

EntryInForce entry_of(const Statement& step, const Setting& setting) {
  return {"setting", "settings", setting.id, setting.written, &kSettingShape, &step, &setting};
}

std::vector<KeyInForce> keys_in_force(const EntryInForce& entry, const Pack& pack) {
  std::vector<KeyInForce> out;
  const auto add = [&](KeyInForce key) {
    if (!key.now.empty()) out.push_back(std::move(key));
  };
  for (const yaml::Key& key : entry.shape->keys)
    if (key.name == "is") {
      add(joined_lists(entry.written, key.name, pack));
    } else if (!is_among(key.name, kCommonKeys) && !is_among(key.name, kOtherKeys)) {
      add(topmost(entry.written, key.name, pack));
    }
  for (const std::string_view key : kCommonKeys)
    add(topmost(entry.written, key, pack));
  add(sources(entry.written, pack));
  KeyInForce unsourced{"unsourced", {}, {}, false, true};
  for (const Node key : unsourced_keys(entry.written))
    unsourced.now.push_back(given(key, key.at(), pack));
  add(std::move(unsourced));
  return out;
}

std::vector<NamesInForce> names_in_force(const Layered& subject, const Pack& pack) {
  std::vector<NamesInForce> out;
  const auto add = [&](std::string_view kind, std::string_view language, Node names) {
    auto same = std::find_if(out.begin(), out.end(),
                             [&](const NamesInForce& n) { return n.kind == kind && n.language == language; });
    if (same == out.end()) same = out.insert(out.end(), {kind, language, {}});
    each_entry(names, [&](Node name) { same->names.push_back(given(name, name.at(), pack)); });
  };
  for (const std::string_view kind : {"names", "brands", "misspelt"})
    for (const Node part : subject.parts()) {
      const Node names = part.find(kind);
      if (!names.valid()) continue;
      if (!names.is_map()) {
        add(kind, {}, names);
        continue;
      }
      for (const Node language : names)
        add(kind, language.text(), language.value_of());
    }
  return out;
}

std::vector<EntryInForce> entries_in_force(const Pack& pack) {
  std::vector<EntryInForce> out;
  for (const Event& event : pack.events)
    out.push_back(entry_of(event));
  for (const YesNoQuestion& question : pack.answers)
    out.push_back(entry_of(question, pack));
  for (const Statement& statement : pack.statements)
    out.push_back(entry_of(statement));
  for (const About& about : pack.about)
    out.push_back(entry_of(about));
  return out;
}

std::vector<EntryInForce> entries_called(std::string_view id, const Pack& pack) {
  std::vector<EntryInForce> out;
  if (const Statement* statement = pack.find(id)) out.push_back(entry_of(*statement));
  if (const auto [step, setting] = pack.find_setting(id); setting != nullptr) out.push_back(entry_of(*step, *setting));
  for (const About& about : pack.about)
    if (about.id == id) out.push_back(entry_of(about));
  for (const Event& event : pack.events)
    if (event.id == id) out.push_back(entry_of(event));
  if (const YesNoQuestion* question = pack.answer(id)) out.push_back(entry_of(*question, pack));
  if (const SubjectId subject = pack.catalog.find(id); subject != kNoSubject)
    out.push_back({"subject", "subjects", pack.catalog[subject].id, parts_of("subjects", id, pack), &kSubjectShape,
                   nullptr, nullptr, subject});
  return out;
}

std::vector<std::string_view> ids_in_force(const Pack& pack) {
  std::vector<std::string_view> out;
  for (const EntryInForce& entry : entries_in_force(pack)) {
    out.push_back(entry.id);
    for (const Setting& setting : entry.settings())
      out.push_back(setting.id);
  }
  for (const Disabled& disabled : pack.disabled)
    out.push_back(disabled.id);
  for (const Subject& subject : pack.catalog.subjects())
    out.push_back(subject.id);
  return out;
}

std::vector<std::string_view> ids_below(SubjectId subject, const Catalog& catalog) {
  std::vector<std::string_view> out;
  for (const Subject& other : catalog.subjects())
    if (std::find(other.parents.begin(), other.parents.end(), subject) != other.parents.end()) out.push_back(other.id);
  return out;
}

}  // namespace needleplan
