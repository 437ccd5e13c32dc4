#include <algorithm>

#include "needleplan/protocol/judged_names.h"
#include "needleplan/protocol/read_contents.h"

namespace needleplan {

void index_rules(Pack& pack) {
  index_judged_names(pack);
  RuleIndex& index = pack.index;
  if (const SubjectId treatment = pack.catalog.find(pack.id); treatment != kNoSubject) pack.treatment = {treatment};
  index.by_subject.resize(pack.catalog.subjects().size());
  index.by_wider.resize(pack.catalog.subjects().size());
  const auto put = [](std::vector<std::uint16_t>& list, std::uint16_t rule) {
    if (list.empty() || list.back() != rule) list.push_back(rule);
  };
  for (std::size_t i = 0; i < pack.statements.size(); ++i) {
    const auto rule = static_cast<std::uint16_t>(i);
    const Statement& statement = pack.statements[i];
    const Subjects* uses = uses_of(statement);
    const auto* rows = statement.as<Step>();
    if ((uses != nullptr && !uses->empty()) || (rows != nullptr && !rows->settings.empty()))
      index.using_something.push_back(rule);
    if (statement.when) add_wishes(*statement.when, pack.preferences);
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
      mentioned.sections.assign(kEventSections.begin(), kEventSections.end());
      mentioned.always = true;
    } else if (const auto* step = statement.as<Step>(); step != nullptr && !step->settings.empty()) {
      mentioned.always = true;
    } else {
      continue;
    }
    for (const SubjectId subject : mentioned.subjects)
      put(index.by_subject[subject], rule);
    for (const Section section : mentioned.sections)
      put(index.by_section[static_cast<std::size_t>(section)], rule);
    for (const SessionFact fact : mentioned.session)
      put(index.by_session[static_cast<std::size_t>(fact)], rule);
    if (mentioned.always) put(index.always, rule);
  }
  for (std::size_t i = 0; i < index.by_wider.size(); ++i) {
    auto& rules = index.by_wider[i];
    for (const SubjectId hidden : pack.catalog.subjects()[i].may_be)
      rules.insert(rules.end(), index.by_subject[hidden].begin(), index.by_subject[hidden].end());
    std::sort(rules.begin(), rules.end());
    rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  }
  std::sort(pack.preferences.begin(), pack.preferences.end());
  pack.preferences.erase(std::unique(pack.preferences.begin(), pack.preferences.end()), pack.preferences.end());
}

}  // namespace needleplan
