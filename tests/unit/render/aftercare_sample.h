/// The names, values and partials that the template tests share.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "needleplan/render/template.h"

namespace needleplan::sample {

using enum WordKind;

inline constexpr std::array<Word, 3> kTaskNames{
    {{"task", value, "what to do"}, {"often", value, "how often"}, {"urgent", flag, "not to be put off"}}};
inline constexpr Vocabulary kTask{kTaskNames};

inline constexpr std::array<Word, 3> kDayNames{
    {{"day", value, "weekday"}, {"title", value, "of the day"}, {"tasks", list, "what to do", &kTask}}};
inline constexpr Vocabulary kDay{kDayNames};

inline constexpr std::array<Word, 2> kSkinNames{{{"type", value, "Fitzpatrick"}, {"tone", value, "as described"}}};
inline constexpr Vocabulary kSkin{kSkinNames};

inline constexpr std::array<Word, 3> kClientNames{
    {{"name", value, "first name"}, {"skin", map, "skin", &kSkin}, {"minor", flag, "under age"}}};
inline constexpr Vocabulary kClient{kClientNames};

extern const Vocabulary kArea;
inline constexpr std::array<Word, 2> kAreaNames{{{"area", value, "name"}, {"parts", list, "areas within", &kArea}}};
inline constexpr Vocabulary kArea{kAreaNames};

inline constexpr std::array<Word, 14> kSheetNames{{
    {"title", value, "of the sheet"},
    {"name", value, "of the clinic"},
    {"count", value, "a number"},
    {"raw", value, "a text with everything HTML minds"},
    {"lines", value, "a text of two lines"},
    {"empty", value, "a text of no length"},
    {"absent", value, "never given"},
    {"yes", flag, "true"},
    {"no", flag, "false"},
    {"words", list, "texts"},
    {"none", list, "no texts"},
    {"days", list, "the days", &kDay},
    {"client", map, "the client", &kClient},
    {"areas", list, "areas within areas", &kArea},
}};
inline constexpr Vocabulary kSheet{kSheetNames};

/// title Healing, name Lotus, count 3, two days (the second without tasks), nested areas.
inline Data sheet(DataArena& arena) {
  const auto text = [](std::string_view t) { return Data::text(t); };
  const Data wash = arena.map({{"task", text("wash")}, {"often", text("daily")}, {"urgent", Data::flag(false)}});
  const Data cool = arena.map({{"task", text("cool")}, {"urgent", Data::flag(true)}});
  const Data monday = arena.map({{"day", text("Mon")}, {"title", text("First")}, {"tasks", arena.list({wash, cool})}});
  const Data tuesday = arena.map({{"day", text("Tue")}, {"tasks", arena.list({})}});
  const Data skin = arena.map({{"type", text("III")}});
  const Data client = arena.map({{"name", text("Ada")}, {"skin", skin}, {"minor", Data::flag(false)}});
  const Data chin = arena.map({{"area", text("chin")}, {"parts", arena.list({})}});
  const Data cheek = arena.map({{"area", text("cheek")}, {"parts", arena.list({})}});
  const Data face = arena.map({{"area", text("face")}, {"parts", arena.list({chin, cheek})}});
  return arena.map({{"title", text("Healing")},
                    {"name", text("Lotus")},
                    {"count", arena.number(3)},
                    {"raw", text("<a & \"b\" 'c'>")},
                    {"lines", text("one\ntwo")},
                    {"empty", text("")},
                    {"yes", Data::flag(true)},
                    {"no", Data::flag(false)},
                    {"words", arena.list({text("red"), text("dry"), text("<ok>")})},
                    {"none", arena.list({})},
                    {"days", arena.list({monday, tuesday})},
                    {"client", client},
                    {"areas", arena.list({face})}});
}

/// Named sources that stay where they are.
class Files {
 public:
  Files(std::initializer_list<std::pair<std::string, std::string>> files) {
    for (const auto& [name, text] : files) {
      sources_.push_back(std::make_unique<Source>(name, text));
      all_.emplace(name, sources_.back().get());
    }
  }
  [[nodiscard]] const Partials& all() const { return all_; }

 private:
  std::vector<std::unique_ptr<Source>> sources_;
  Partials all_;
};

}  // namespace needleplan::sample
