#include "needleplan/profile/read_profile.h"

#include <string>
#include <utility>

#include <doctest/doctest.h>

namespace needleplan {

namespace {

/// `line id` of every mistake.
std::string mistakes(const std::string& text) {
  const Source source("p.yaml", text);
  yaml::Document document;
  Diagnostics diagnostics;
  CHECK_FALSE(read_profile(source, document, diagnostics));
  std::string out;
  for (const Diagnostic& d : diagnostics.sorted())
    out += std::to_string(d.at.place().line) + " " + d.id + "; ";
  return out;
}

}  // namespace

TEST_CASE("of a key that stands twice the first is judged too") {
  CHECK(mistakes("client:\n  id: c\nmedicines:\n  - prescribed: perhaps\n    name: x\n    prescribed: yes\n") ==
        "4 not-yes-or-no; 6 duplicate-key; ");
  // The brackets are not closed, so that the map has no end.
  CHECK(mistakes(
            "client:\n  id: c\nmedicines:\n  - {\n     prescribed: perhaps,\n     name: x,\n     prescribed: yes\n") ==
        "4 unclosed-bracket; 5 not-yes-or-no; ");
}

TEST_CASE("the order of the keys does not matter") {
  const Source source("p.yaml",
                      "session:\n  depth: 1 mm\n  date: 2026-12-01\nmedicines:\n  - area: chin\n    ongoing: yes\n"
                      "    strength: 5 mg\n    name: x\n    form: gel\nclient:\n  fitzpatrick: II\n  id: c\n");
  yaml::Document document;
  Diagnostics diagnostics;
  const auto profile = read_profile(source, document, diagnostics);
  REQUIRE(profile);
  CHECK(profile->id.value_or({}) == "c");
  CHECK(*profile->skin_type.given() == SkinType::ii);
  REQUIRE((*profile)[Section::medicines].entries.size() == 1);
  const Entry& entry = (*profile)[Section::medicines].entries.front();
  CHECK(entry.name.value == "x");
  CHECK(*entry.form.given() == "gel");
  CHECK(*entry.strength.given() == "5 mg");
  CHECK(*entry.ongoing.given());
  CHECK(entry.areas.given()->front().value == "chin");
  CHECK_FALSE(entry.prescribed.given());
  CHECK(profile->session.date.given());
  CHECK(*profile->session.depth.given() == 1000);
}

TEST_CASE("nothing of an earlier profile is left in its room") {
  yaml::Document document;
  Diagnostics diagnostics;
  const Source first("1.yaml",
                     "client:\n  id: a\nmedicines:\n  - name: x\n    area: chin\n    ongoing: yes\n  - y\n"
                     "plans: [sun]\n");
  auto before = read_profile(first, document, diagnostics);
  REQUIRE(before);
  CHECK(before->entries.size() == 3);
  const Source second("2.yaml", "client:\n  id: b\nmedicines: none\nproducts:\n  - name: z\nplans: unknown\n");
  const auto after = read_profile(second, document, diagnostics, {}, std::move(before->entries));
  REQUIRE(after);
  CHECK(after->entries.size() == 1);
  CHECK((*after)[Section::medicines].entries.empty());
  CHECK((*after)[Section::plans].entries.empty());
  REQUIRE((*after)[Section::products].entries.size() == 1);
  const Entry& entry = (*after)[Section::products].entries.front();
  CHECK(entry.name.value == "z");
  CHECK(entry.index == 0);
  CHECK(entry.areas.given() == nullptr);
  CHECK(entry.ongoing.state() == AnswerState::not_asked);
}

}  // namespace needleplan
