/// Nothing that depends on a condition is dropped from a plan in silence, and none of it is printed without its words.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/plan/builders.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

const Pack& pack() {
  static const auto kPack = pack_of(
      "pack: {id: small, title: Small, version: 1, reviewed: none}\n"
      "events: [{id: healed, label: your skin has healed, usual: 3d..7d, sources: unsourced}]\n"
      "subjects:\n"
      "  - {id: pill, kind: product, label: pills}\n"
      "  - {id: sauna, kind: exposure, label: sauna}\n"
      "  - {id: face, kind: area}\n"
      "  - {id: small, kind: protocol}\n"
      "avoid:\n"
      "  - {id: ban-before, subject: sauna, before: 3d, say: Leave it., sources: unsourced, when: {uses: pill}}\n"
      "  - {id: ban-after, subject: sauna, after: 3d, say: Leave it., sources: unsourced, when: {uses: pill}}\n"
      "  - {id: ban-long, subject: sauna, after: 3w, say: Leave it., sources: unsourced, when: {uses: pill}}\n"
      "do:\n"
      "  - {id: do-before, phase: prep, from: -3d, say: Do it., sources: unsourced, when: {uses: pill}}\n"
      "  - {id: do-then, phase: day-of, say: Do it., sources: unsourced, when: {uses: pill}}\n"
      "  - {id: do-after, phase: aftercare, to: 3d, say: Do it., sources: unsourced, when: {uses: pill}}\n"
      "  - {id: do-later, phase: aftercare, from: 3w, say: Do it., sources: unsourced, when: {uses: pill}}\n"
      "  - {id: calm, phase: aftercare, to: 3d, say: Do it., sources: unsourced,\n"
      "     when: {all: [{uses: pill}, {not: {state: your skin is calm}}]}}\n"
      "  - {id: says-if, phase: aftercare, to: 3d, say: If you use it do it., sources: unsourced, when: {uses: pill}}\n"
      "expect: [{id: sign, sign: redness, to: 3d, say: It is red., sources: unsourced, when: {uses: pill}}]\n"
      "warnings: [{id: warn, sign: pus, call: clinic, say: It runs., sources: unsourced, when: {uses: pill}}]\n"
      "steps: [{id: step, order: 1, title: Wash, do: Wash it., sources: unsourced, when: {uses: pill}}]\n");
  return *kPack;
}

/// Every text under an id: of items, or of a group with its note.
std::vector<std::string> texts_of(std::string_view id, const Facts* facts) {
  PlanInput input;
  input.pack = &pack();
  input.facts = facts;
  input.as_of = kAsOf;
  input.session = facts == nullptr ? PlanSession{date("2026-12-07"), {}} : session_of(*facts->profile);
  std::vector<std::string> out;
  for (const Document& document : {build_prep(input), build_procedure(input, {}), build_aftercare(input, 7)})
    for (const Group& group : document.sections) {
      if (group.id == id) out.push_back(group.note);
      for (const Item& item : group.items)
        if (item.id == id && group.id != id) out.push_back(item.text);
    }
  return out;
}

std::string profile(std::string_view products) {
  std::string out = "client: {id: T-1}\nasked: 2026-11-23\nlife_stage: none\n";
  for (const std::string_view section : kEnumNames<Section>)
    out += std::string(section) + ": " + (section == "products" ? std::string(products) : "none") + "\n";
  return out + "session: {protocol: small, areas: face, date: 2026-12-07, add_ons: none}\n";
}

constexpr std::array<std::string_view, 11> kIds{"ban-before", "ban-after", "ban-long", "do-before",
                                                "do-then",    "do-after",  "do-later", "calm",
                                                "sign",       "warn",      "step"};

}  // namespace

TEST_CASE("without a client everything is printed with its condition") {
  for (const std::string_view id : kIds) {
    CAPTURE(id);
    const auto texts = texts_of(id, nullptr);
    REQUIRE(!texts.empty());
    const std::string_view words = id == "calm" ? "If you use pills, unless your skin is calm" : "If you use pills";
    for (const std::string& text : texts)
      CHECK(text.starts_with(words));
  }
  CHECK(texts_of("says-if", nullptr).front() == "If you use it do it.");
}

TEST_CASE("what is not known of a client is printed, what is known is not") {
  const Checked unknown(profile("unknown"), pack());
  const Checked uses(profile("[{name: pill, ongoing: yes, prescribed: no}]"), pack());
  const Checked none(profile("none"), pack());
  for (const std::string_view id : kIds) {
    CAPTURE(id);
    const auto open = texts_of(id, &unknown.facts);
    REQUIRE(!open.empty());
    for (const std::string& text : open)
      CHECK(text.find("f you use pills") != std::string::npos);
    const auto known = texts_of(id, &uses.facts);
    REQUIRE(!known.empty());
    for (const std::string& text : known) {
      CHECK(text.find("you use pills") == std::string::npos);
      CHECK(text.starts_with("Unless your skin is calm: ") == (id == "calm"));
    }
    const auto left = texts_of(id, &none.facts);
    const bool skipped = std::all_of(left.begin(), left.end(),
                                     [](const std::string& text) { return text == "Not needed for this session."; });
    CHECK(skipped);
  }
}
