/// Small random packs, over a small catalog.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "needleplan/time/span.h"
#include "property/choose.h"

namespace needleplan::testing {

/// A catalog with one family of every kind.
inline constexpr std::string_view kTinyCatalog = R"(
pack: {id: tiny, title: Tiny, version: 1, reviewed: none}
valid_for: {answers: 6mo, life_stage: 1mo, sources: unsourced}
answers:
  - {id: likes, ask: Do you like it?, label: you like it}
events:
  - {id: healed, label: it has healed, usual: 3d..7d, sources: unsourced}
  - {id: calm, label: it is calm, usual: 24h..48h, sources: unsourced}
subjects:
  - {id: tiny, kind: procedure}
  - {id: tiny-deep, kind: procedure, is: [tiny]}
  - {id: pill, kind: class}
  - {id: pill-a, kind: ingredient, is: [pill]}
  - {id: pill-b, kind: ingredient, is: [pill, balm], prescription: only}
  - {id: balm, kind: class}
  - {id: balm-a, kind: product, is: [balm]}
  - {id: anaesthetic-local, kind: class}
  - {id: cream, kind: product, is: [anaesthetic-local]}
  - {id: rash, kind: condition}
  - {id: rash-a, kind: condition, is: [rash]}
  - {id: fever, kind: condition}
  - {id: nut, kind: allergen}
  - {id: cut, kind: procedure}
  - {id: cut-a, kind: procedure, is: [cut]}
  - {id: jab, kind: procedure}
  - {id: sun, kind: exposure}
  - {id: swim, kind: exposure}
  - {id: body, kind: area}
  - {id: face, kind: area, is: [body], places: [brow]}
  - {id: cheek, kind: area, is: [face], places: [cheek]}
  - {id: throat, kind: area, is: [body], places: [throat]}
  - {id: spot, kind: area}
  - {id: hand, kind: area, is: [body], places: [hand]}
  - {id: lines, kind: indication}
  - {id: marks, kind: indication}
  - {id: pen, kind: device}
  - {id: serum, kind: add-on}
places: {cheek: [brow, throat], hand: [wrist]}
ambiguous:
  - {name: pillbalm, could_be: [pill-a, balm-a], ask: Is it a pill or a balm?}
# Of the names that the rules below happen to pass over.
no_concern:
  - {id: rest, why: The rules pass over it., sources: unsourced,
     subject: [tiny, pill, balm, anaesthetic-local, rash, fever, nut, cut, jab, sun, swim, lines, marks, pen, serum]}
# One rule for each section, so that no section is left out of the intake.
conditions:
  - {id: base-uses, when: {uses: cream, form: never}, verdict: caution, sources: unsourced}
  - {id: base-condition, when: {condition: fever, status: unstable}, verdict: caution, sources: unsourced}
  - {id: base-allergy, when: {allergy: nut}, verdict: caution, sources: unsourced}
  - {id: base-answer, when: {answer: likes}, verdict: caution, sources: unsourced}
  - {id: base-cycle, when: {cycle_day: {at_least: 26}}, verdict: caution, sources: unsourced}
  - {id: base-had, when: {had: [jab, swim], within: 1d}, verdict: caution, sources: unsourced}
)";

inline std::string some_span(Chooser& choose) {
  constexpr std::array<std::string_view, 14> kSpans{"1d",  "2d", "3d", "7d",  "2w",  "28d", "1mo",
                                                    "6mo", "1y", "0d", "24h", "30h", "48h", "72h"};
  return std::string(choose.of(kSpans));
}

inline std::string some_range(Chooser& choose) {
  std::string least = some_span(choose);
  if (choose.below(2) == 0) return least;
  const std::string most = some_span(choose);
  if (rough_minutes(*parse_span(most)) < rough_minutes(*parse_span(least))) return most + ".." + least;
  return least + ".." + most;
}

/// A condition; `words`: of those that nothing decides, only what a doctor said, or any.
inline std::string some_when(Chooser& choose, int depth, bool words = false) {
  constexpr std::array<std::string_view, 4> kUsed{"pill", "pill-a", "balm", "cream"};
  constexpr std::array<std::string_view, 3> kIll{"rash", "rash-a", "fever"};
  constexpr std::array<std::string_view, 5> kDone{"cut", "cut-a", "jab", "sun", "swim"};
  constexpr std::array<std::string_view, 8> kStatus{"",
                                                    ", status: active",
                                                    ", status: [controlled, stable]",
                                                    ", status: past",
                                                    ", status: [uncontrolled, suspected]",
                                                    ", except_status: past",
                                                    ", except_status: [past, controlled]",
                                                    ", settled: [controlled, stable]"};
  constexpr std::array<std::string_view, 5> kUse{"", ", status: current", ", status: ended", ", prescribed: yes",
                                                 ", prescribed: no"};
  const int kinds = depth > 0 ? 19 : 16;
  const auto in = [](std::string text) { return "{" + std::move(text) + "}"; };
  switch (choose.below(kinds)) {
    case 0:
      return in("condition: " + std::string(choose.of(kIll)) + std::string(choose.of(kStatus)));
    case 1:
      return in("uses: " + std::string(choose.of(kUsed)) + std::string(choose.of(kUse)));
    case 2:
      return in("had: " + std::string(choose.of(kDone)));
    case 3:
      return in("had: " + std::string(choose.of(kDone)) + ", within: " + some_span(choose));
    case 4:
      return in("allergy: " + std::string(choose.below(2) == 0 ? "nut" : "pill"));
    case 5:
      return in(choose.below(2) == 0 ? "life_stage: pregnant" : "life_stage: breastfeeding");
    case 6:
      return choose.below(2) == 0 ? "{age: {under: 18}}" : "{age: {over: 20, at_most: 42}}";
    case 7:
      return "{skin_type: [IV, V, VI]}";
    case 8:
      return in(std::string(choose.below(2) == 0 ? "treats: cheek" : "treats: hand") +
                (choose.below(2) == 0 ? "" : ", named: yes"));
    case 9:
      return "{depth: {over: 1mm}}";
    case 10:
      return choose.below(2) == 0 ? "{indication: lines}" : "{numbing: yes}";
    case 11:
      return choose.below(2) == 0 ? "{numbing_time: {over: 60min}}" : "{first_session: yes}";
    case 12:
      return choose.below(2) == 0 ? "{add_on: serum}" : "{device: pen}";
    case 13:
      return choose.below(2) == 0 ? "{answer: likes}" : "{answer: likes, is: no}";
    case 14:
      return choose.below(2) == 0 ? "{cycle_day: {at_most: 5}}" : "{cycle_day: {over: 3, under: 17}}";
    case 15:
      return words && choose.below(2) == 0 ? "{state: it is calm}" : "{clearance: the doctor agrees}";
    case 16:
      return "{not: " + some_when(choose, depth - 1, words) + "}";
    case 17:
      return "{all: [" + some_when(choose, depth - 1, words) + ", " + some_when(choose, depth - 1, words) + "]}";
    default:
      return "{any: [" + some_when(choose, depth - 1, words) + ", " + some_when(choose, depth - 1, words) + "]}";
  }
}

/// A few random statements over the tiny catalog.
inline std::string some_pack(Chooser& choose) {
  constexpr std::array<std::string_view, 10> kSubjects{"pill",  "balm", "pill-a", "balm-a", "cut",
                                                       "cut-a", "jab",  "sun",    "swim",   "[balm, cut]"};
  constexpr std::array<std::string_view, 3> kScopes{"anywhere", "near", "area"};
  constexpr std::array<std::string_view, 5> kVerdicts{"avoid", "defer", "consult", "caution", "prepare"};
  constexpr std::array<std::string_view, 3> kSignoffs{"", ", signoff: defer", ", signoff: none"};
  std::string conditions;
  std::string avoids = "avoid:\n";
  const int rules = 1 + choose.below(3);
  for (int i = 0; i < rules; ++i) {
    const std::string scope = ", scope: " + std::string(choose.of(kScopes));
    std::string line = "  - {id: rule-" + std::to_string(i) + scope + ", when: " + some_when(choose, 2);
    line += ", verdict: " + std::string(choose.of(kVerdicts));
    if (choose.once_in(3))
      line += ", wait: " + some_range(choose) + ", wait_verdict: " + std::string(choose.of(kVerdicts));
    if (choose.once_in(4)) line += ", ahead: " + some_range(choose);
    line += std::string(choose.of(kSignoffs));
    conditions += line + ", sources: unsourced}\n";
  }
  const auto ban = [&] {
    switch (choose.below(6)) {
      case 3:
        return "{from: " + some_span(choose) + ", to: 2y}";
      case 4:
        return std::string("until healed");
      case 5:
        return "{later_of: [" + some_range(choose) + ", until calm]}";
      default:
        return some_range(choose);
    }
  };
  const int bans = 1 + choose.below(3);
  for (int i = 0; i < bans; ++i) {
    const std::string scope = ", scope: " + std::string(choose.of(kScopes));
    avoids += "  - {id: ban-" + std::to_string(i) + scope + ", subject: " + std::string(choose.of(kSubjects));
    const int sides = choose.below(3);
    if (sides != 1)
      avoids += ", before: " + (choose.once_in(6) ? std::string(choose.below(2) == 0 ? "1x course" : "2x course")
                                                  : some_range(choose));
    if (sides != 0) avoids += ", after: " + ban();
    if (choose.once_in(3)) avoids += ", when: " + some_when(choose, 1, true);
    if (choose.once_in(4)) avoids += ", verdict: " + std::string(choose.of(kVerdicts));
    avoids += ", sources: unsourced}\n";
  }
  std::string text = std::string(kTinyCatalog) + conditions + avoids;
  text += "series:\n  - {id: course, interval: " + some_range(choose) + ", sources: unsourced}\n";
  if (choose.below(2) == 1)
    text += "  - {id: course-marks, indication: marks, interval: " + some_range(choose) + ", sources: unsourced}\n";
  if (choose.below(2) == 1)
    text +=
        "steps:\n  - id: step\n    order: 1\n    title: Step\n    sources: unsourced\n    settings:\n"
        "      - {id: depth-face, area: face, depth: 0.1mm..1mm, sources: unsourced}\n"
        "      - {id: time-cream, product: cream, time: 20min..30min, sources: unsourced}\n";
  return text;
}

}  // namespace needleplan::testing
