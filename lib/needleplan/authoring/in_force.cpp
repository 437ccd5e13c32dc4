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

constexpr std::array<std::string_view, 3> kNameKeys{"names", "brands", "misspelt"};

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

class Collector {
 public:
  Collector(const Layered& map, const Pack& pack) : map_(map), pack_(pack) {}

  template <class Keys>
  Collector& keys(const Keys& keys) {
    for (const yaml::Key& key : keys)
      if (const auto name = key.name; name != "id" && name != "loosen" && name != "settings" && name != "sources" &&
                                      name != "unsourced" &&
                                      std::find(kNameKeys.begin(), kNameKeys.end(), name) == kNameKeys.end())
        add(name == "is" ? joined_lists(map_, name, pack_) : topmost(map_, name, pack_));
    return *this;
  }
  Collector& keys(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
      add(topmost(map_, name, pack_));
    return *this;
  }
  std::vector<KeyInForce> with_sources() {
    add(sources(map_, pack_));
    KeyInForce unsourced{"unsourced", {}, {}, false, true};
    for (const Node key : unsourced_keys(map_))
      unsourced.now.push_back(given(key, key.at(), pack_));
    add(std::move(unsourced));
    return std::move(out_);
  }
  std::vector<KeyInForce> done() { return std::move(out_); }

 private:
  void add(KeyInForce key) {
    if (!key.now.empty()) out_.push_back(std::move(key));
  }

  const Layered& map_;
  const Pack& pack_;
  std::vector<KeyInForce> out_;
};

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

std::vector<KeyInForce> keys_in_force(const Statement& statement, const Pack& pack) {
  Collector out(statement.written, pack);
  switch (statement.kind()) {
    case StatementKind::condition:
      out.keys(kConditionOnlyKeys);
      break;
    case StatementKind::avoid:
      out.keys(kAvoidOnlyKeys);
      break;
    case StatementKind::do_this:
      out.keys(kDoOnlyKeys);
      break;
    case StatementKind::expect:
      out.keys(kExpectOnlyKeys);
      break;
    case StatementKind::warning:
      out.keys(kWarningOnlyKeys);
      break;
    case StatementKind::step:
      out.keys(kStepOnlyKeys);
      break;
    case StatementKind::series:
      out.keys(kSeriesOnlyKeys);
      break;
    case StatementKind::no_concern:
      out.keys(kNoConcernOnlyKeys);
      break;
  }
  return out.keys({"when", "scope", "degree", "graded", "summary", "say", "why", "instead", "action", "note"})
      .with_sources();
}

std::vector<KeyInForce> keys_in_force(const Setting& setting, const Pack& pack) {
  return Collector(setting.written, pack).keys(kSettingKeys).with_sources();
}

std::vector<KeyInForce> keys_in_force(const Event& event, const Pack& pack) {
  return Collector(event.written, pack).keys(kNamedEventKeys).with_sources();
}

std::vector<KeyInForce> keys_in_force(const About& about, const Pack& pack) {
  return Collector(about.written, pack).keys(kAboutKeys).with_sources();
}

std::vector<KeyInForce> keys_in_force(const Layered& subject, const Pack& pack) {
  return Collector(subject, pack).keys(kSubjectKeys).done();
}

Layered subject_parts(std::string_view id, const Pack& pack) {
  return parts_of("subjects", id, pack);
}

Layered answer_parts(std::string_view id, const Pack& pack) {
  return parts_of("answers", id, pack);
}

std::vector<KeyInForce> keys_in_force(const YesNoQuestion& question, const Pack& pack) {
  return Collector(answer_parts(question.id, pack), pack).keys({"ask", "label"}).done();
}

std::vector<NamesInForce> names_in_force(const Layered& subject, const Pack& pack) {
  std::vector<NamesInForce> out;
  const auto add = [&](std::string_view kind, std::string_view language, Node names) {
    auto same = std::find_if(out.begin(), out.end(),
                             [&](const NamesInForce& n) { return n.kind == kind && n.language == language; });
    if (same == out.end()) same = out.insert(out.end(), {kind, language, {}});
    each_entry(names, [&](Node name) { same->names.push_back(given(name, name.at(), pack)); });
  };
  for (const std::string_view kind : kNameKeys)
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

Named find_named(std::string_view id, const Pack& pack) {
  const auto by_id = [&](const auto& all) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
  };
  Named out;
  out.statement = pack.find(id);
  std::tie(out.step, out.setting) = pack.find_setting(id);
  out.event = by_id(pack.events);
  out.about = by_id(pack.about);
  out.answer = by_id(pack.answers);
  out.subject = pack.catalog.find(id);
  out.disabled = by_id(pack.disabled);
  return out;
}

std::vector<std::string_view> ids_in_force(const Pack& pack) {
  std::vector<std::string_view> out;
  for (const Statement& statement : pack.statements) {
    out.push_back(statement.id);
    if (const auto* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        out.push_back(setting.id);
  }
  for (const About& about : pack.about)
    out.push_back(about.id);
  for (const Event& event : pack.events)
    out.push_back(event.id);
  for (const YesNoQuestion& answer : pack.answers)
    out.push_back(answer.id);
  for (const Disabled& disabled : pack.disabled)
    out.push_back(disabled.id);
  for (const Subject& subject : pack.catalog.subjects())
    out.push_back(subject.id);
  return out;
}

}  // namespace needleplan
