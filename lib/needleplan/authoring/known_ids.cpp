#include "needleplan/authoring/known_ids.h"

#include "needleplan/findings/collect.h"

namespace needleplan {

bool is_checked(const Statement& statement) {
  const auto* avoid = statement.as<Avoid>();
  const auto* series = statement.as<Series>();
  return statement.as<Contraindication>() != nullptr || (avoid != nullptr && !avoid->advice) ||
         (series != nullptr && series->interval);
}

bool is_checked(const Setting& setting) {
  return (setting.depth && setting.depth->most && !setting.areas.empty()) ||
         (setting.time && !setting.products.empty());
}

bool is_printed(const Statement& statement) {
  return statement.as<Contraindication>() == nullptr && statement.as<Series>() == nullptr &&
         statement.as<NoConcern>() == nullptr;
}

std::vector<std::string_view> findable_ids(const Pack& pack) {
  std::vector<std::string_view> out(kOwnFindingIds.begin(), kOwnFindingIds.end());
  for (const Statement& statement : pack.statements) {
    if (is_checked(statement)) out.push_back(statement.id);
    if (const auto* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        if (is_checked(setting)) out.push_back(setting.id);
  }
  return out;
}

std::vector<std::string_view> printable_ids(const Pack& pack) {
  std::vector<std::string_view> out;
  for (const Statement& statement : pack.statements) {
    if (is_printed(statement)) out.push_back(statement.id);
    if (const auto* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        out.push_back(setting.id);
  }
  return out;
}

}  // namespace needleplan
