/// Conditions in the words of a plan, and what is left of them once something is known.
#include "needleplan/protocol/condition_words.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// A pack with one statement that has this condition.
std::unique_ptr<Pack> with(std::string_view when) {
  return pack_of(
      fmt::format("pack: {{id: small, title: Small, version: 1, reviewed: none}}\n"
                  "answers: [{{id: happy, ask: Are you happy?, label: you are happy}}]\n"
                  "subjects:\n"
                  "  - {{id: sores, kind: condition, label: cold sores}}\n"
                  "  - {{id: pill, kind: product, label: pills}}\n"
                  "  - {{id: balm, kind: product, label: balm}}\n"
                  "  - {{id: cheeks, kind: area, label: cheeks}}\n"
                  "  - {{id: lines, kind: indication, label: fine lines}}\n"
                  "  - {{id: pen, kind: device, label: a pen}}\n"
                  "  - {{id: prp, kind: add-on, label: PRP}}\n"
                  "  - {{id: other, kind: protocol, label: another treatment}}\n"
                  "do: [{{id: x, phase: prep, say: Do it., sources: unsourced, when: {}}}]\n",
                  when));
}

std::string words_of(std::string_view when) {
  const auto pack = with(when);
  return if_words(*pack->statements.front().when, pack->catalog);
}

}  // namespace

TEST_CASE("every kind has words for the client, and for its opposite") {
  struct Row {
    std::string_view when, words, opposite;
  };
  for (const Row& row : std::vector<Row>{
           {"{condition: sores}", "you have or had cold sores", "you never had cold sores"},
           {"{condition: sores, status: past}", "you have had cold sores", "you have not had cold sores"},
           {"{condition: sores, status: active}", "you have cold sores", "you do not have cold sores"},
           {"{condition: sores, status: [controlled, stable]}", "you have cold sores under control",
            "you do not have cold sores under control"},
           {"{uses: [pill, balm]}", "you use pills or balm", "you do not use pills or balm"},
           {"{uses: pill, status: ended}", "you have stopped pills", "you have not stopped pills"},
           {"{uses: balm, form: gel, strength: {at_least: 2%}, prescribed: yes}",
            "you use balm as gel of 2 % or stronger on prescription",
            "you do not use balm as gel of 2 % or stronger on prescription"},
           {"{allergy: pill}", "you are allergic to pills", "you are not allergic to pills"},
           {"{had: pill, within: 2w}", "you have had pills within 2 weeks before the session",
            "you have not had pills within 2 weeks before the session"},
           {"{life_stage: pregnant}", "you are pregnant", "you are not pregnant"},
           {"{age: {under: 22}}", "you are under 22", "you are not under 22"},
           {"{age: {at_least: 60}}", "you are 60 or older", "you are not 60 or older"},
           {"{skin_type: [V, VI]}", "your skin type is V or VI", "your skin type is not V or VI"},
           {"{treats: cheeks}", "the treatment is on your cheeks", "the treatment is not on your cheeks"},
           {"{depth: {at_least: 1.5mm}}", "the needles go 1.5 mm or deeper", "the needles do not go 1.5 mm or deeper"},
           {"{indication: lines}", "the treatment is for fine lines", "the treatment is not for fine lines"},
           {"{device: pen}", "the device is a pen", "the device is not a pen"},
           {"{add_on: prp}", "PRP is added", "PRP is not added"},
           {"{protocol: other}", "the treatment is another treatment", "the treatment is not another treatment"},
           {"{numbing: yes}", "numbing cream is used to numb the skin", "numbing cream is not used"},
           {"{numbing_time: {over: 60min}}", "the numbing cream stays on for more than 60 minutes",
            "the numbing cream does not stay on for more than 60 minutes"},
           {"{first_session: yes}", "it is your first session", "it is not your first session"},
           {"{prefers: less-downtime}", "you want less downtime", "you do not want less downtime"},
           {"{answer: happy}", "you are happy", "it is not so that you are happy"},
           {"{cycle_day: {at_most: 5}}", "the session is on day 1 to 5 of your cycle",
            "the session is not on day 1 to 5 of your cycle"},
           {"{cycle_day: {over: 20}}", "the session is on day 21 or later of your cycle",
            "the session is not on day 21 or later of your cycle"},
           {"{state: your skin peels}", "your skin peels", "it is not so that your skin peels"},
           {"{situation: you must go out}", "you must go out", "it is not so that you must go out"},
           {"{clearance: your doctor agrees}", "your doctor agrees", "it is not so that your doctor agrees"},
       }) {
    CAPTURE(row.when);
    CHECK(words_of(row.when) == fmt::format("If {}", row.words));
    CHECK(words_of(fmt::format("{{not: {}}}", row.when)) == fmt::format("Unless {}", row.words));
    CHECK(words_of(fmt::format("{{any: [{}, {{not: {}}}]}}", row.when, row.when)) ==
          fmt::format("If {} or {}", row.words, row.opposite));
  }
}

TEST_CASE("conditions are joined as people say them") {
  struct Row {
    std::string_view when, words;
  };
  for (const Row& row : std::vector<Row>{
           {"{all: [{uses: pill}, {add_on: prp}]}", "If you use pills and PRP is added"},
           {"{any: [{uses: pill}, {add_on: prp}]}", "If you use pills or PRP is added"},
           {"{all: [{uses: pill}, {not: {clearance: your doctor agrees}}]}",
            "If you use pills, unless your doctor agrees"},
           {"{all: [{uses: pill}, {any: [{add_on: prp}, {device: pen}]}]}",
            "If you use pills and either PRP is added or the device is a pen"},
           {"{any: [{uses: pill}, {all: [{add_on: prp}, {device: pen}]}]}",
            "If you use pills or both PRP is added and the device is a pen"},
           {"{not: {any: [{uses: pill}, {add_on: prp}]}}", "Unless you use pills or PRP is added"},
           {"{all: [{not: {uses: pill}}, {not: {add_on: prp}}]}", "Unless you use pills or PRP is added"},
           {"{any: [{device: pen}, {not: {all: [{uses: pill}, {add_on: prp}]}}]}",
            "If the device is a pen or either you do not use pills or PRP is not added"},
           {"{answer: happy, is: no}", "Unless you are happy"},
           {"{not: {not: {answer: happy}}}", "Unless it is not so that you are happy"},
       }) {
    CAPTURE(row.when);
    CHECK(words_of(row.when) == row.words);
  }
}

TEST_CASE("what is known falls out of a condition") {
  struct Row {
    std::string_view when;
    std::string words;  ///< empty: decided
  };
  // Pills are used, PRP is not added, nothing else is known.
  const auto known = [](const Condition& leaf) {
    if (std::holds_alternative<Uses>(leaf.node)) return Truth::yes;
    return std::holds_alternative<SessionIs>(leaf.node) ? Truth::no : Truth::unknown;
  };
  for (const Row& row : std::vector<Row>{
           {"{uses: pill}", ""},
           {"{add_on: prp}", ""},
           {"{not: {add_on: prp}}", ""},
           {"{all: [{uses: pill}, {state: it itches}]}", "If it itches"},
           {"{all: [{add_on: prp}, {state: it itches}]}", ""},
           {"{any: [{add_on: prp}, {state: it itches}, {age: {under: 22}}]}", "If it itches or you are under 22"},
           {"{any: [{uses: pill}, {state: it itches}]}", ""},
           {"{not: {all: [{uses: pill}, {clearance: your doctor agrees}]}}", "Unless your doctor agrees"},
           {"{not: {any: [{uses: pill}, {clearance: your doctor agrees}]}}", ""},
       }) {
    CAPTURE(row.when);
    const auto pack = with(row.when);
    const auto left = undecided_part(*pack->statements.front().when, known);
    CHECK((left ? if_words(*left, pack->catalog) : std::string{}) == row.words);
  }
}
