#include <algorithm>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "needleplan/io/data.h"
#include "needleplan/protocol/compiled.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/protocol/read_statement.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/text/overloaded.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"
#include "needleplan/yaml/reader.h"

namespace needleplan {

namespace {

using yaml::Node;

std::string_view text_of(Node map, std::string_view key) {
  const Node node = map.find(key);
  return node.valid() && node.is_scalar() ? node.text() : std::string_view{};
}

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

std::optional<Span> read_span(Node map, std::string_view key, Diagnostics& diagnostics) {
  const Node node = map.find(key);
  if (!yaml::is_answer(node)) return std::nullopt;
  const auto span = parse_span(node.text());
  if (!span) diagnostics.error(node.at(), "bad-span", "expected a length such as 6mo, 14d or 48h");
  return span;
}

void read_head(std::span<const Node> roots, Pack& pack, Diagnostics& diagnostics) {
  const Node head = only_map(roots, "pack", diagnostics);
  if (!head.valid() || !head.is_map()) {
    if (!roots.empty())
      diagnostics.error({roots.back().at().source, 0}, "pack-head-missing",
                        "no file of the pack has the key \"pack\"; write `pack: {id: ..., title: ..., version: ..., "
                        "reviewed: none}`");
    return;
  }
  pack.id = text_of(head, "id");
  pack.title = text_of(head, "title");
  pack.version = text_of(head, "version");
  const Node reviewed = head.find("reviewed");
  if (reviewed.valid() && reviewed.is_map()) {
    const auto date = [&](std::string_view key) {
      const auto value = parse_date(text_of(reviewed, key));
      if (!value && yaml::is_answer(reviewed.find(key)))
        diagnostics.error(reviewed.find(key).at(), "bad-date",
                          fmt::format("\"{}\" must be one day that exists, as 2026-11-27", key));
      return value.value_or(Date{});
    };
    pack.reviewed = Review{text_of(reviewed, "by"), date("on"), date("until")};
  } else if (yaml::is_answer(reviewed) && !reviewed.is_word("none")) {
    diagnostics.error(reviewed.at(), "reviewed-word", "reviewed is none, or says by, on and until");
  }
  if (const Node valid_for = only_map(roots, "valid_for", diagnostics); valid_for.valid() && valid_for.is_map()) {
    pack.answers_valid_for = read_span(valid_for, "answers", diagnostics);
    pack.life_stage_valid_for = read_span(valid_for, "life_stage", diagnostics);
  }
  if (const Node questions = only_map(roots, "questions", diagnostics); questions.valid() && questions.is_map())
    for (const Node path : questions)
      pack.questions.emplace_back(path.text(), path.value_of().text());
  std::sort(pack.questions.begin(), pack.questions.end());
}

void read_references(std::span<const Node> roots, Pack& pack, Diagnostics& diagnostics) {
  each_item(roots, "sources", [&](Node node) {
    Reference reference;
    reference.key = text_of(node, "key");
    reference.title = text_of(node, "title");
    reference.url = text_of(node, "url");
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

void read_events(std::span<const Node> roots, Pack& pack, Diagnostics& diagnostics) {
  each_item(roots, "events", [&](Node node) {
    Event event;
    event.id = text_of(node, "id");
    event.label = text_of(node, "label");
    event.at = node.at();
    if (const Node usual = node.find("usual"); yaml::is_answer(usual)) {
      event.usual = parse_span_range(usual.text());
      if (!event.usual) diagnostics.error(usual.at(), "bad-span-range", "expected a length or a range such as 2h..3h");
    }
    if (const Node moment = node.find("moment"); yaml::is_answer(moment))
      event.moment = yaml::read_yes_no(moment, diagnostics).value_or(false);
    pack.events.push_back(event);
  });
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

void index_rules(Pack& pack) {
  RuleIndex& index = pack.index;
  index.by_subject.resize(pack.catalog.subjects().size());
  index.by_wider.resize(pack.catalog.subjects().size());
  const auto put = [](std::vector<std::uint16_t>& list, std::uint16_t rule) {
    if (list.empty() || list.back() != rule) list.push_back(rule);
  };
  for (std::size_t i = 0; i < pack.statements.size(); ++i) {
    const auto rule = static_cast<std::uint16_t>(i);
    const Statement& statement = pack.statements[i];
    Mentions mentioned;
    if (const auto* avoid = statement.as<Avoid>()) {
      if (avoid->advice) continue;
      mentioned.subjects = avoid->subjects;
      for (const SubjectId subject : avoid->subjects)
        for (const Section section : sections_for(pack.catalog[subject].kind))
          mentioned.sections.push_back(section);
    } else if (statement.as<Contraindication>() != nullptr) {
      mentioned = mentions(*statement.when);
    } else if (statement.as<Series>() != nullptr) {
      put(index.by_section[static_cast<std::size_t>(Section::sessions)], rule);
      mentioned.always = true;
    } else if (const auto* step = statement.as<Step>(); step != nullptr && !step->settings.empty()) {
      mentioned.always = true;
    } else {
      continue;
    }
    for (const SubjectId subject : mentioned.subjects) {
      put(index.by_subject[subject], rule);
      for (const SubjectId wider : pack.catalog[subject].up)
        if (wider != subject && may_hide_narrower(pack.catalog[wider].kind)) put(index.by_wider[wider], rule);
    }
    for (const Section section : mentioned.sections)
      put(index.by_section[static_cast<std::size_t>(section)], rule);
    if (mentioned.always) put(index.always, rule);
  }
}

void add_to_catalog(std::span<const Node> roots, Pack& pack, Diagnostics& diagnostics) {
  for (const Node root : roots)
    pack.catalog.add(root, diagnostics);
  pack.catalog.finish(diagnostics);
}

/// False when a file cannot be read at all: whatever stands in it would then be missed in the others.
bool add_files(std::vector<PackFile> files, Pack& pack, std::vector<Node>& roots, Diagnostics& diagnostics) {
  bool all_read = true;
  const std::size_t before = roots.size();
  for (PackFile& file : files) {
    const Source& source =
        *pack.sources.emplace_back(std::make_unique<Source>(std::move(file.name), std::move(file.text)));
    yaml::Document& document = *pack.documents.emplace_back(std::make_unique<yaml::Document>());
    if (!yaml::read(source, document, diagnostics)) {
      all_read = false;
      continue;
    }
    yaml::check_shape(document.root(), kPackShape, diagnostics);
    if (document.root().is_map()) roots.push_back(document.root());
  }
  if (all_read) add_to_catalog(std::span(roots).subspan(before), pack, diagnostics);
  return all_read;
}

/// What add_files() would read from the same files; only their catalog entries are not added.
void add_compiled(const CompiledProtocols& compiled, const FolderRow& folder, Pack& pack, std::vector<Node>& roots) {
  for (const FileRow& row : run_of(compiled.files, folder.files)) {
    const std::string_view name = compiled.text(row.key);
    const DataFile* file = find_embedded(name);
    const Source& source = *pack.sources.emplace_back(
        std::make_unique<Source>(std::string(name), Source::Constant{file == nullptr ? "" : file->bytes}));
    yaml::Document& document = *pack.documents.emplace_back(std::make_unique<yaml::Document>());
    const auto kept = run_of(compiled.kept, row.kept);
    document.use(source, run_of(compiled.cells, row.cells), {kept.data(), kept.size()});
    roots.push_back(document.root());
  }
}

void read_contents(std::span<const Node> roots, Pack& pack, Diagnostics& diagnostics) {
  read_head(roots, pack, diagnostics);
  read_references(roots, pack, diagnostics);
  read_events(roots, pack, diagnostics);
  StatementReader reader(pack, diagnostics);
  each_item(roots, "about", [&](Node node) {
    pack.about.push_back(
        {text_of(node, "id"), text_of(node, "title"), text_of(node, "say"), node.at(), reader.read_citations(node)});
  });
  constexpr std::array<std::pair<std::string_view, StatementKind>, 7> kLists{{{"conditions", StatementKind::condition},
                                                                              {"avoid", StatementKind::avoid},
                                                                              {"do", StatementKind::do_this},
                                                                              {"expect", StatementKind::expect},
                                                                              {"warnings", StatementKind::warning},
                                                                              {"steps", StatementKind::step},
                                                                              {"series", StatementKind::series}}};
  // Statements are large: once they are there they should stay where they are.
  std::size_t count = 0;
  for (const auto& [key, kind] : kLists)
    each_item(roots, key, [&](Node) { ++count; });
  pack.statements.reserve(count);
  for (const auto& [key, kind] : kLists)
    each_item(roots, key, [&, kind = kind](Node node) {
      if (auto statement = reader.read(node, kind)) pack.statements.push_back(std::move(*statement));
    });
  check_ids(pack, diagnostics);
}

}  // namespace

std::string_view words(Grade grade) {
  constexpr std::array<std::string_view, 6> kWords{"seed article", "regulator",      "device label",
                                                   "literature",   "clinic opinion", "weak source"};
  return kWords[static_cast<std::size_t>(grade)];
}

std::span<const Section> sections_for(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::drug_class:
    case SubjectKind::ingredient:
    case SubjectKind::product:
      return kUseSections;
    case SubjectKind::condition:
      return kIllSections;
    case SubjectKind::allergen:
      return kAllergySections;
    case SubjectKind::procedure:
    case SubjectKind::exposure:
      return kEventSections;
    default:
      return {};
  }
}

const Statement* Pack::find(std::string_view wanted) const {
  const auto found =
      std::find_if(statements.begin(), statements.end(), [&](const Statement& s) { return s.id == wanted; });
  return found == statements.end() ? nullptr : &*found;
}

std::pair<const Statement*, const Setting*> Pack::find_setting(std::string_view wanted) const {
  for (const Statement& statement : statements)
    if (const auto* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        if (setting.id == wanted) return {&statement, &setting};
  return {nullptr, nullptr};
}

std::string_view Pack::question(std::string_view path) const {
  // `medicines[12].last_used` asks what `medicines[].last_used` asks.
  std::string pattern;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) pattern += c;
    if (c == '[') inside = true;
  }
  const auto found = std::lower_bound(questions.begin(), questions.end(), std::string_view(pattern),
                                      [](const auto& row, std::string_view p) { return row.first < p; });
  return found != questions.end() && found->first == pattern ? found->second : std::string_view{};
}

std::unique_ptr<Pack> read_pack(std::vector<PackFile> files, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  auto pack = std::make_unique<Pack>();
  std::vector<Node> roots;
  const auto own = std::find_if(files.begin(), files.end(), [](const PackFile& file) { return !file.shared; });
  std::vector<PackFile> shared(std::make_move_iterator(files.begin()), std::make_move_iterator(own));
  files.erase(files.begin(), own);
  bool all_read = add_files(std::move(shared), *pack, roots, diagnostics);
  all_read = add_files(std::move(files), *pack, roots, diagnostics) && all_read;
  if (!all_read) return pack;
  read_contents(roots, *pack, diagnostics);
  if (diagnostics.errors() == before) index_rules(*pack);
  return pack;
}

std::unique_ptr<Pack> read_pack(const CompiledProtocols& compiled, const FolderRow* protocol,
                                std::vector<PackFile> files, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  auto pack = std::make_unique<Pack>();
  std::vector<Node> roots;
  add_compiled(compiled, *compiled.folder(kCatalogFolder), *pack, roots);
  std::vector<const Source*> sources;
  for (const auto& source : pack->sources)
    sources.push_back(source.get());
  pack->catalog.begin_with(compiled.catalog, sources);
  const std::size_t of_catalog = roots.size();
  if (protocol != nullptr) {
    add_compiled(compiled, *protocol, *pack, roots);
    add_to_catalog(std::span(roots).subspan(of_catalog), *pack, diagnostics);
    pack->digest = compiled.text(protocol->digest);
  } else if (!add_files(std::move(files), *pack, roots, diagnostics)) {
    return pack;
  }
  read_contents(roots, *pack, diagnostics);
  if (diagnostics.errors() == before) index_rules(*pack);
  return pack;
}

}  // namespace needleplan
