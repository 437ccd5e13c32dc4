#include "needleplan/protocol/pack.h"

#include <algorithm>

namespace needleplan {

std::string_view words(Grade grade) {
  constexpr std::array<std::string_view, 7> kWords{"seed article",   "regulator", "device label", "literature",
                                                   "clinic opinion", "own rule",  "weak source"};
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
      return kNamedEventSections;
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

std::size_t Pack::layer_of(Location at) const {
  for (std::size_t i = 0; i < layers.size(); ++i)
    if (layers[i].at.source == at.source) return i;
  return kNoLayer;
}

bool Pack::is_disabled(std::string_view wanted) const {
  return std::any_of(disabled.begin(), disabled.end(), [&](const Disabled& d) { return d.id == wanted; });
}

const YesNoQuestion* Pack::answer(std::string_view wanted) const {
  const auto found =
      std::find_if(answers.begin(), answers.end(), [&](const YesNoQuestion& q) { return q.id == wanted; });
  return found == answers.end() ? nullptr : &*found;
}

std::string_view Pack::question(std::string_view path) const {
  if (constexpr std::string_view kAnswers = "answers."; path.starts_with(kAnswers))
    if (const YesNoQuestion* own = answer(path.substr(kAnswers.size()))) return own->ask;
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

}  // namespace needleplan
