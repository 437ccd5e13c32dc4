#include <algorithm>

#include <fmt/format.h>

#include "needleplan/catalog/line.h"
#include "needleplan/findings/known_names.h"
#include "needleplan/plan/common.h"

namespace needleplan {

namespace {

void add_line(Group& group, std::string_view label, std::string text) {
  if (!text.empty()) group.items.push_back(named_note(std::string(label), std::move(text)));
}

/// `retinol: retinol, of the kind ingredient; it is vitamin A creams (retinoid-topical)`.
std::string subject_words(SubjectId id, const Catalog& catalog) {
  const Subject& subject = catalog[id];
  std::string wider;
  for (const SubjectId one : subject.up.subspan(1))
    wider += fmt::format("{}{} ({})", wider.empty() ? "; it is " : ", ", catalog[one].label, catalog[one].id);
  return fmt::format("{}, of the kind {}{}", subject.label, to_string(subject.kind), wider);
}

Group meaning(std::string_view name, const NameMatch& match, const Catalog& catalog) {
  Group group = named_group("name", std::string(name));
  if (match.unknown()) group.note = "The catalog does not know this name.";
  if (match.ambiguous()) group.note = fmt::format("It can mean several things. {}", ask_about(match));
  if (match.all) group.note = "It names several things, and each of them counts.";
  for (const SubjectId id : match.subjects)
    add_line(group, catalog[id].id, subject_words(id, catalog));
  if (match.unread != nullptr) add_line(group, "not known", fmt::format("{}", fmt::join(*match.unread, ", ")));
  if (match.unlikely_route) add_line(group, "ask", "The name is known, but not in this form.");
  add_line(group, "form", match.form);
  add_line(group, "route", std::string(match.route));
  add_line(group, "strength", match.strength);
  if (!match.unknown())
    add_line(group, "section", fmt::format("{}", fmt::join(homes_of(catalog[match.subjects.front()].kind), ", ")));
  return group;
}

/// The statements that look for what the name means, or for something narrower that it may hide.
Group rules(const NameMatch& match, const Pack& pack) {
  Group group = named_group("rules", "Rules that meet it");
  const Catalog& catalog = pack.catalog;
  const auto meets = [&](const Look& look) {
    return std::any_of(match.subjects.begin(), match.subjects.end(), [&](SubjectId subject) {
      return catalog.is_a(subject, look.subject) || catalog.may_be(subject, look.subject);
    });
  };
  for (const Statement& statement : pack.statements) {
    const std::vector<Look> looks = named_by(statement);
    if (std::any_of(looks.begin(), looks.end(), meets))
      add_line(group, statement.id,
               fmt::format("{}: {}", to_string(broken_verdict(statement)),
                           statement.summary.empty() ? statement.say : statement.summary));
  }
  for (const Statement& statement : pack.statements)
    if (const auto* none = statement.as<NoConcern>())
      if (std::any_of(none->subjects.begin(), none->subjects.end(),
                      [&](SubjectId subject) { return meets({.subject = subject, .places = none->places}); }))
        add_line(
            group, statement.id,
            fmt::format("no concern{}: {}",
                        none->places == 0 ? "" : fmt::format(" under {}", places_text(none->places)), statement.why));
  if (group.items.empty()) group.note = "None.";
  return group;
}

}  // namespace

Document build_which(const PlanInput& input, std::span<const std::string> names) {
  const Catalog& catalog = input.pack->catalog;
  Document out = start_document(input, "which", "What a name means");
  out.draft.clear();
  for (const std::string& name : names) {
    const NameMatch match = catalog.match(name);
    out.sections.push_back(meaning(name, match, catalog));
    if (!match.unknown()) {
      out.sections.push_back(rules(match, *input.pack));
      continue;
    }
    Group near = named_group("near", "Near names");
    for (const std::string_view other : catalog.suggest(name)) {
      const NameMatch meant = catalog.match(other);
      std::string words;
      for (const SubjectId id : meant.subjects)
        words += fmt::format("{}{}", words.empty() ? "" : "; or ", subject_words(id, catalog));
      add_line(near, other, words);
    }
    if (near.items.empty()) near.note = "None.";
    out.sections.push_back(std::move(near));
  }
  return out;
}

}  // namespace needleplan
