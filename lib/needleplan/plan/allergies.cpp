#include "needleplan/plan/allergies.h"

#include <fmt/format.h>

#include "needleplan/catalog/fold.h"

namespace needleplan {

namespace {

Item allergy_item(std::string id, Mark mark, std::string label, std::string text) {
  Item item = named_note(std::move(label), std::move(text));
  item.id = std::move(id);
  item.mark = mark;
  return item;
}

std::string_view standing_words(AnswerState state) {
  switch (state) {
    case AnswerState::none:
      return "None, as the client says.";
    case AnswerState::unknown:
      return "Not known: ask again before you begin.";
    case AnswerState::not_asked:
      return "Not asked: ask before you begin.";
    case AnswerState::given:
      return {};
  }
  return {};
}

std::string names_of_allergies(const std::vector<MetMaterial>& met) {
  std::string out;
  for (const MetMaterial& one : met)
    out += fmt::format("{}{}", out.empty() ? "" : ", ", one.allergy->entry->name.value);
  return out;
}

/// On which sheets of the client an action stands.
std::string_view sheet_of(const Do& action) {
  const bool after = speaks_in(action, Phase::aftercare);
  const bool before = speaks_in(action, Phase::prep) || speaks_in(action, Phase::day_of);
  return before && after ? "sheets" : before ? "sheet for before the session" : after ? "aftercare sheet" : "session";
}

}  // namespace

std::string left_out_words(const std::vector<MetMaterial>& met, std::string_view instead, const Pack& pack) {
  std::string materials;
  for (const MetMaterial& one : met) {
    const std::string_view label = pack.catalog[one.material].label;
    if (materials.find(label) == std::string::npos)
      materials += fmt::format("{}{}", materials.empty() ? "" : ", ", label);
  }
  return fmt::format("{} (allergy: {}). {}", materials, names_of_allergies(met),
                     instead.empty() ? "Leave it out." : instead);
}

Group allergies_group(const PlanInput& input) {
  Group out = named_group("allergies", "Allergies");
  const Facts& facts = *input.facts;
  const SectionFacts& section = (*facts.profile)[Section::allergies];
  out.note = section.partial ? "The client was not asked about others: ask before you begin."
                             : std::string(standing_words(section.answer));
  for (const EntryFacts& entry : facts.entries) {
    const Entry& e = *entry.entry;
    if (e.section != Section::allergies) continue;
    std::string text(e.name.value);
    // What a brand holds says more than the brand.
    if (const auto& is = entry.match.subjects; !is.empty() && fold(input.pack->catalog[is.front()].label) != fold(text))
      text += fmt::format(" ({})", input.pack->catalog[is.front()].label);
    out.items.push_back(allergy_item(path_of(e, "name"), Mark::note, "ALLERGY:", std::move(text)));
  }
  for (const Statement& statement : input.pack->statements) {
    const auto* action = statement.as<Do>();
    if (action == nullptr || action->uses.empty() || condition_holds(statement, input) == Truth::no) continue;
    const auto met = allergies_met_by(statement, input);
    if (met.empty()) continue;
    std::string text =
        fmt::format("{} (allergy: {}). Off the {}: \"{}\"", input.pack->catalog[met.front().material].label,
                    names_of_allergies(met), sheet_of(*action), statement.say);
    if (!statement.instead.empty()) text += fmt::format(" In its place: \"{}\"", statement.instead);
    out.items.push_back(allergy_item(std::string(statement.id), Mark::note, "left out:", std::move(text)));
    out.items.back().statement = &statement;
  }
  return out;
}

}  // namespace needleplan
