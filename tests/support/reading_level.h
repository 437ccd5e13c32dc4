/// Flesch-Kincaid grade of what clients read, section by section.
#pragma once

#include <string_view>
#include <vector>

#include "needleplan/protocol/pack.h"
#include "needleplan/text/reading_level.h"

namespace needleplan::testing {

struct ClientPart {
  std::string_view name;
  std::vector<std::string_view> texts;
};

/// The sections of all statements, or only of those that a layer has a part in.
inline std::vector<ClientPart> sections_of(const Pack& pack, std::string_view layer = {}) {
  std::vector<ClientPart> out{{"avoid", {}}, {"do", {}}, {"expect", {}}, {"warnings", {}}, {"about", {}}};
  for (const Statement& statement : pack.statements) {
    ClientPart* section = nullptr;
    if (statement.as<Avoid>() != nullptr) section = out.data();
    if (statement.as<Do>() != nullptr) section = &out[1];
    if (statement.as<Expect>() != nullptr) section = &out[2];
    if (statement.as<Warning>() != nullptr) section = &out[3];
    if (section == nullptr || (!layer.empty() && statement.layer != layer)) continue;
    for (const std::string_view text : {statement.say, statement.why, statement.instead})
      if (!text.empty()) section->texts.push_back(text);
  }
  for (const About& about : pack.about)
    if (layer.empty()) out[4].texts.push_back(about.say);
  return out;
}

}  // namespace needleplan::testing
