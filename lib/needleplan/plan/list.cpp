#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "needleplan/plan/common.h"
#include "needleplan/plan/remarks.h"
#include "needleplan/protocol/load.h"

namespace needleplan {

namespace {

constexpr std::array<std::string_view, 13> kListKinds{"add-ons",     "areas",     "devices", "events",    "formats",
                                                      "indications", "languages", "numbing", "protocols", "questions",
                                                      "rules",       "sources",   "subjects"};

/// A list that holds one kind of subject.
struct SubjectList {
  std::string_view name;
  SubjectKind kind;
};
constexpr std::array kSubjectLists{SubjectList{"add-ons", SubjectKind::add_on}, SubjectList{"areas", SubjectKind::area},
                                   SubjectList{"devices", SubjectKind::device},
                                   SubjectList{"indications", SubjectKind::indication}};

void add_entry(Group& group, std::string_view label, std::string text) {
  group.items.push_back(named_note(std::string(label), std::move(text)));
}

/// Those of a kind, in words only; without one all but the areas, which have a list of their own.
void list_subjects(Group& group, const Catalog& catalog, std::optional<SubjectKind> kind) {
  std::map<std::string_view, std::size_t> names;
  for (const auto& [folded, name] : catalog.name_table())
    if (name.ambiguity < 0) ++names[catalog[name.subject].id];
  for (const Subject& subject : catalog.subjects()) {
    if (kind ? subject.kind != *kind : subject.kind == SubjectKind::area) continue;
    std::string parents;
    for (const SubjectId parent : subject.parents)
      parents += fmt::format("{}{}", parents.empty() ? ", is " : ", ", catalog[parent].id);
    add_entry(
        group, subject.id,
        kind ? fmt::format("{}{}", subject.label, parents)
             : fmt::format("{}: {}{}, {} names", to_string(subject.kind), subject.label, parents, names[subject.id]));
  }
}

/// The products that a step of the protocol says how long to leave on.
void list_numbing(Group& group, const Pack& pack) {
  for (const Statement& statement : pack.statements)
    if (const auto* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        for (const SubjectId product : setting.products)
          add_entry(group, pack.catalog[product].id,
                    fmt::format("{}: {}{}", pack.catalog[product].label, setting.time_written,
                                setting.text.empty() ? "" : " " + std::string(setting.text)));
}

void list_rules(Group& group, const Pack& pack) {
  for (const Statement& statement : pack.statements) {
    const std::string_view text = !statement.summary.empty() ? statement.summary
                                  : !statement.say.empty()   ? statement.say
                                  : !statement.note.empty()  ? statement.note
                                                             : statement.why;
    const auto* step = statement.as<Step>();
    add_entry(group, statement.id,
              fmt::format("{}: {}", to_string(statement.kind()), step != nullptr ? step->title : text));
    group.items.back().origin = origin_words(statement, pack);
    if (step != nullptr)
      for (const Setting& setting : step->settings)
        add_entry(group, setting.id,
                  fmt::format("setting: {}{}{}", setting.depth_written, setting.time_written,
                              setting.text.empty() ? "" : " " + std::string(setting.text)));
  }
}

}  // namespace

std::span<const std::string_view> list_kinds() {
  return kListKinds;
}

std::optional<Document> build_list(const PlanInput& input, std::string_view kind) {
  if (std::find(kListKinds.begin(), kListKinds.end(), kind) == kListKinds.end()) return std::nullopt;
  const Pack& pack = *input.pack;
  Document out = start_document(input, "list", fmt::format("List of {}", kind));
  out.draft.clear();
  Group group = named_group(std::string(kind), {});
  if (kind == "rules") list_rules(group, pack);
  if (kind == "subjects") list_subjects(group, pack.catalog, {});
  for (const SubjectList& list : kSubjectLists)
    if (kind == list.name) list_subjects(group, pack.catalog, list.kind);
  if (kind == "numbing") list_numbing(group, pack);
  if (kind == "sources")
    for (const Reference& r : pack.references)
      add_entry(group, r.key,
                fmt::format("{}: {}{}", words(r.grade), r.title, r.url.empty() ? "" : " " + std::string(r.url)));
  if (kind == "events")
    for (const Event& e : pack.events)
      add_entry(group, e.id,
                e.usual ? fmt::format("{}, usually after {}", e.label, to_string(*e.usual)) : std::string(e.label));
  if (kind == "questions") {
    for (const auto& [path, text] : pack.questions)
      add_entry(group, path, std::string(text));
    for (const YesNoQuestion& question : pack.answers)
      add_entry(group, fmt::format("answers.{}", question.id), std::string(question.ask));
  }
  if (kind == "protocols")
    for (const std::string_view name : protocol_names())
      add_entry(group, name, name == pack.id ? std::string(pack.title) : std::string{});
  if (kind == "formats")
    for (const auto& [name, what] :
         {std::pair("text", "for a terminal or a plain printer, 80 columns"), std::pair("md", "Markdown"),
          std::pair("json", "one indented record per client"), std::pair("ndjson", "one line per client")})
      add_entry(group, name, what);
  if (kind == "languages") add_entry(group, "en", "English");
  out.sections.push_back(std::move(group));
  return out;
}

}  // namespace needleplan
