#include "needleplan/protocol/read_contents.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/judged_names.h"
#include "needleplan/protocol/read_statement.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;

template <class Use>
void each_item(std::span<const Node> roots, std::string_view key, Use use) {
  for (const Node root : roots)
    if (const Node list = root.find(key); list.valid() && list.is_list())
      for (const Node item : list)
        if (item.is_map()) use(item);
}

/// The single map of that key over all files; a second one is a mistake.
Node only_map(std::span<const Node> roots, std::string_view key, Diagnostics& diagnostics) {
  Node found;
  for (const Node root : roots) {
    const Node node = root.find(key);
    if (!node.valid()) continue;
    if (found.valid()) {
      diagnostics.error(node.at(), "pack-key-twice",
                        fmt::format("\"{}\" stands already at {}", key, found.at().to_string()));
    } else {
      found = node;
    }
  }
  return found;
}

std::optional<Span> read_span(const Layered& map, std::string_view key, Diagnostics& diagnostics) {
  const Node node = map.find(key);
  if (!yaml::is_answer(node)) return std::nullopt;
  const auto span = parse_span(node.text());
  if (!span) diagnostics.error(node.at(), "bad-span", "expected a length such as 6mo, 14d or 48h");
  return span;
}

void read_pack_head(std::span<const Node> roots, Pack& pack, Diagnostics& diagnostics) {
  const Node head = only_map(roots, "pack", diagnostics);
  if (!head.valid() || !head.is_map()) {
    if (!roots.empty())
      diagnostics.error({roots.back().at().source, 0}, "pack-head-missing",
                        "no file of the pack has the key \"pack\"; write `pack: {id: ..., title: ..., version: ..., "
                        "reviewed: none}`");
    return;
  }
  pack.id = text_at(head, "id");
  pack.title = text_at(head, "title");
  pack.version = text_at(head, "version");
  pack.head_at = head.at();
  if (const Node files = head.find("files"); yaml::is_answer(files)) {
    pack.files.push_back({files.text(), files.at()});
  } else if (files.valid() && files.is_list()) {
    for (const Node file : files)
      if (file.is_scalar()) pack.files.push_back({file.text(), file.at()});
  }
  pack.reviewed = read_review(head.find("reviewed"), diagnostics);
}

/// A map that stands once in the pack, and may stand in each layer.
std::optional<Layered> layered_map(const Roots& roots, std::string_view key, Diagnostics& diagnostics) {
  std::vector<Node> parts;
  if (const Node own = only_map(roots.pack, key, diagnostics); own.valid() && own.is_map()) parts.push_back(own);
  for (const Node root : roots.layers)
    if (const Node part = root.find(key); part.valid() && part.is_map()) parts.push_back(part);
  if (parts.empty()) return std::nullopt;
  return Layered(parts);
}

void read_answers_and_questions(const Roots& roots, Pack& pack, Diagnostics& diagnostics) {
  if (const auto valid_for = layered_map(roots, "valid_for", diagnostics)) {
    pack.answers_valid_for = read_span(*valid_for, "answers", diagnostics);
    pack.life_stage_valid_for = read_span(*valid_for, "life_stage", diagnostics);
    check_valid_for(*valid_for, pack, diagnostics);
  }
  if (const auto questions = layered_map(roots, "questions", diagnostics)) {
    std::map<std::string_view, std::string_view> texts;
    for (const Node part : questions->parts())
      for (const Node path : part)
        texts[path.text()] = text_in(path.value_of(), pack.language);
    pack.questions.assign(texts.begin(), texts.end());
  }
}

/// The entries of one list by id, each with its parts: what stands in the pack, then what layers say of it.
std::vector<LayeredEntry> entries_of(const Roots& roots, std::string_view key, StatementKind kind,
                                     Diagnostics& diagnostics) {
  std::vector<LayeredEntry> out;
  std::unordered_map<std::string_view, std::size_t> by_id;
  const auto add_as = [&](Node node, std::string_view id) {
    const auto [known, added] = by_id.try_emplace(id, out.size());
    if (added) {
      out.push_back({kind, Layered(node)});
    } else if (const Node same = out[known->second].map.parts().back(); same.at().source != node.at().source) {
      out[known->second].map.add(node);
    } else if (!id.empty()) {
      diagnostics.error(node.find("id").at(), "statement-twice",
                        fmt::format("the id \"{}\" stands already at {}; write its keys there", id,
                                    same.find("id").at().to_string()));
    }
  };
  const auto add = [&](Node node) {
    const Node id = node.find("id");
    if (!id.valid() || !id.is_list()) return add_as(node, text_in(id, {}));
    for (const Node one : id)
      if (one.is_scalar()) add_as(node, one.text());
  };
  each_item(roots.pack, key, [&](Node node) { out.push_back({kind, Layered(node)}); });
  for (std::size_t i = 0; i < out.size() && !roots.layers.empty(); ++i)
    by_id.try_emplace(id_of(out[i].map), i);
  each_item(roots.layers, key, add);
  return out;
}

void read_references(std::span<const Node> roots, Pack& pack, Diagnostics& diagnostics) {
  each_item(roots, "sources", [&](Node node) {
    Reference reference;
    reference.key = text_at(node, "key");
    reference.title = text_at(node, "title");
    reference.url = text_at(node, "url");
    reference.at = node.at();
    if (const Node grade = node.find("grade"); yaml::is_answer(grade))
      reference.grade = yaml::read_word<Grade>(grade, diagnostics).value_or(Grade::weak);
    const auto [same, added] = pack.reference_by_key.try_emplace(reference.key, pack.references.size());
    if (!added)
      diagnostics.error(node.at(), "source-twice",
                        fmt::format("the source \"{}\" stands already at {}", reference.key,
                                    pack.references[same->second].at.to_string()));
    pack.references.push_back(reference);
  });
}

void read_events(std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics) {
  for (const LayeredEntry& entry : entries) {
    const Layered& map = entry.map;
    Event event;
    event.id = id_of(map);
    event.label = text_at(map, "label", pack.language);
    event.at = map.at();
    event.written = map;
    if (const Node usual = map.find("usual"); yaml::is_answer(usual)) {
      event.usual = parse_span_range(usual.text());
      if (!event.usual) diagnostics.error(usual.at(), "bad-span-range", "expected a length or a range such as 2h..3h");
    }
    if (const Node moment = map.find("moment"); yaml::is_answer(moment))
      event.moment = yaml::read_yes_no(moment, diagnostics).value_or(false);
    pack.events.push_back(event);
  }
}

/// What a layer adds must be whole; what it changes may be a part. Of a part whose id is near one that is there, the id
/// is the mistake, not what it lacks: false then.
bool check_added(const LayeredEntry& entry, const yaml::Shape& shape, std::span<const LayeredEntry> all,
                 const Pack& pack, Diagnostics& diagnostics) {
  const Node lowest = entry.map.parts().front();
  const Node id = lowest.find("id");
  if (id.valid() && id.is_list())
    diagnostics.error(id.at(), "new-id-list", "one of these ids is new; a list of ids changes what is there already");
  if (pack.layer_of(lowest.at()) == kNoLayer) return true;
  const bool lacks_key = std::any_of(shape.keys.begin(), shape.keys.end(), [&](const yaml::Key& key) {
    return key.required && !lowest.find(key.name).valid();
  });
  if (yaml::is_answer(id) && lacks_key) {
    std::vector<std::string_view> known;
    for (const LayeredEntry& other : all)
      if (other.map.parts().front().at() != lowest.at()) known.push_back(id_of(other.map));
    if (const auto near = nearest(id.text(), known, 1); !near.empty()) {
      diagnostics.error(id.at(), "no-such-rule",
                        fmt::format("nothing below is called \"{}\"; did you mean \"{}\"? A new {} has all its keys",
                                    id.text(), near.front(), shape.name));
      return false;
    }
  }
  yaml::check_shape(lowest, shape, diagnostics);
  return true;
}

void read_answers(const Roots& roots, Pack& pack, Diagnostics& diagnostics) {
  const auto entries = entries_of(roots, "answers", {}, diagnostics);
  for (const LayeredEntry& entry : entries) {
    if (!check_added(entry, kAnswerShape, entries, pack, diagnostics)) continue;
    const Layered& map = entry.map;
    const YesNoQuestion question{text_at(map, "id"), text_at(map, "ask", pack.language),
                                 text_at(map, "label", pack.language), map.at()};
    if (const YesNoQuestion* same = pack.answer(question.id); same != nullptr && !question.id.empty())
      diagnostics.error(question.at, "answer-twice",
                        fmt::format("the answer \"{}\" stands already at {}", question.id, same->at.to_string()));
    pack.answers.push_back(question);
  }
}

/// Reports an id that stands twice, over statements, settings and background texts alike.
void check_ids(const Pack& pack, Diagnostics& diagnostics) {
  std::vector<std::pair<std::string_view, Location>> ids;
  for (const Statement& statement : pack.statements) {
    ids.emplace_back(statement.id, statement.at);
    if (const auto* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        ids.emplace_back(setting.id, setting.at);
  }
  for (const About& about : pack.about)
    ids.emplace_back(about.id, about.at);
  std::stable_sort(ids.begin(), ids.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < ids.size(); ++i)
    if (ids[i].first == ids[i - 1].first && !ids[i].first.empty())
      diagnostics.error(ids[i].second, "statement-twice",
                        fmt::format("the id \"{}\" stands already at {}", ids[i].first, ids[i - 1].second.to_string()));
}

void read_about(const Roots& roots, StatementReader& reader, Pack& pack, Diagnostics& diagnostics) {
  for (const LayeredEntry& entry : entries_of(roots, "about", {}, diagnostics)) {
    const Layered& map = entry.map;
    const std::string_view id = id_of(map);
    if (pack.is_disabled(id)) continue;
    pack.about.push_back({id, text_at(map, "title", pack.language), text_at(map, "say", pack.language), map.at(),
                          reader.read_citations(map), map});
  }
}

/// How many texts for clients there are, and how many of them not in the language asked for.
void count_texts(std::span<const LayeredEntry> entries, Pack& pack) {
  if (pack.language == "en") return;
  for (const LayeredEntry& entry : entries)
    for (const std::string_view key : {"say", "why", "instead"})
      if (const Node text = entry.map.find(key); text.valid()) {
        ++pack.texts;
        if (!text.is_map() || !text.find(pack.language).valid()) ++pack.untranslated;
      }
}

/// A statement that stands in another list below would be read as a second one of the same id.
void check_lists(std::span<const LayeredEntry> entries, const Pack& pack, Diagnostics& diagnostics) {
  std::unordered_map<std::string_view, const LayeredEntry*> first;
  for (const LayeredEntry& entry : entries) {
    const auto [known, added] = first.try_emplace(id_of(entry.map), &entry);
    const Node lowest = entry.map.parts().front();
    if (added || known->second->kind == entry.kind || pack.layer_of(lowest.at()) == kNoLayer) continue;
    const auto list = [](StatementKind kind) { return kStatementLists[static_cast<std::size_t>(kind)].key; };
    diagnostics.error(
        lowest.find("id").at(), "other-list",
        fmt::format("\"{}\" stands under {} at {}; change it there, or give this one another id", id_of(entry.map),
                    list(known->second->kind), known->second->map.parts().front().at().to_string()));
  }
}

}  // namespace

std::optional<Review> read_review(Node reviewed, Diagnostics& diagnostics) {
  if (reviewed.valid() && reviewed.is_map()) {
    const auto date = [&](std::string_view key) {
      const auto value = parse_date(text_at(reviewed, key));
      if (!value && yaml::is_answer(reviewed.find(key)))
        diagnostics.error(reviewed.find(key).at(), "bad-date",
                          fmt::format("\"{}\" must be one day that exists, as 2026-11-27", key));
      return value.value_or(Date{});
    };
    const Review review{text_at(reviewed, "by"), date("on"), date("until"), text_at(reviewed, "digest"), reviewed.at()};
    if (const Node by = reviewed.find("by"); yaml::is_answer(by)) {
      check_text(by, diagnostics);
      if (by.is_word("none")) return std::nullopt;
    }
    return review;
  }
  if (yaml::is_answer(reviewed) && !reviewed.is_word("none"))
    diagnostics.error(reviewed.at(), "reviewed-word", "reviewed is none, or says by, on and until");
  return std::nullopt;
}

void read_contents(const Roots& roots, Pack& pack, Diagnostics& diagnostics) {
  read_pack_head(roots.pack, pack, diagnostics);
  read_layer_heads(roots, pack, diagnostics);
  // The program's own files were judged while it was built.
  if (pack.digest.empty()) check_loosen_keys(roots, diagnostics);
  read_answers_and_questions(roots, pack, diagnostics);
  read_references(roots.pack, pack, diagnostics);
  read_references(roots.layers, pack, diagnostics);
  const auto events = entries_of(roots, "events", {}, diagnostics);
  read_events(events, pack, diagnostics);
  read_answers(roots, pack, diagnostics);
  std::vector<LayeredEntry> entries;
  for (const StatementList& list : kStatementLists) {
    auto of_list = entries_of(roots, list.key, list.kind, diagnostics);
    for (const LayeredEntry& entry : of_list)
      if (check_added(entry, *list.shape, of_list, pack, diagnostics)) entries.push_back(entry);
  }
  if (!roots.layers.empty()) {
    check_lists(entries, pack, diagnostics);
    check_disabled(roots, entries, pack, diagnostics);
  }
  StatementReader reader(pack, diagnostics);
  read_about(roots, reader, pack, diagnostics);
  // Statements are large: once they are there they should stay where they are.
  pack.statements.reserve(entries.size());
  for (const LayeredEntry& entry : entries)
    if (!pack.is_disabled(id_of(entry.map)))
      if (auto statement = reader.read(entry.map, entry.kind)) pack.statements.push_back(std::move(*statement));
  check_ids(pack, diagnostics);
  count_texts(entries, pack);
  // What was changed since nobody has reviewed.
  if (pack.reviewed && pack.reviewed->digest != review_digest(pack)) pack.lapsed = std::exchange(pack.reviewed, {});
  if (roots.layers.empty()) return;
  for (const LayeredEntry& entry : events)
    check_event(entry.map, pack, diagnostics);
  index_judged_names(pack);
  check_loosened(entries, pack, diagnostics);
  check_names(roots, entries, pack, diagnostics);
}

}  // namespace needleplan
