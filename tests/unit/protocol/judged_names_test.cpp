/// Which known names a protocol judges, and that what a layer says of others clears nobody.
#include "needleplan/protocol/judged_names.h"

#include <doctest/doctest.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr std::string_view kPack = R"(
pack: {id: small, title: Small, version: 1, reviewed: none}
sources:
  - {key: L1, grade: L, title: A paper}
subjects:
  - {id: painkiller, kind: class, label: painkillers}
  - {id: tablet, kind: ingredient, label: the tablet, is: painkiller, names: {en: [tablet x]}}
  - {id: other-tablet, kind: ingredient, label: another tablet}
  - {id: peel, kind: procedure, label: a peel}
  - {id: deep-peel, kind: procedure, label: a deep peel, is: peel}
  - {id: massage, kind: procedure, label: a massage}
  - {id: fever, kind: condition, label: fever}
  - {id: hay-fever, kind: condition, label: hay fever}
  - {id: skin-fungus, kind: condition, label: fungus}
  - {id: face, kind: area, label: face}
conditions:
  - {id: in-use, when: {uses: painkiller}, verdict: consult, sources: unsourced}
  - {id: two, when: {all: [{condition: fever}, {uses: other-tablet}]}, verdict: avoid, sources: unsourced}
  - {id: unless, when: {not: {condition: hay-fever}}, verdict: caution, sources: unsourced}
  - {id: on-face, when: {all: [{condition: skin-fungus}, {treats: face}]}, verdict: avoid, sources: unsourced}
avoid:
  - {id: no-deep-peel, subject: deep-peel, before: 2w, sources: unsourced}
  - {id: better-not, subject: massage, advice: yes, sources: unsourced}
no_concern:
  - {id: harmless, subject: [tablet, other-tablet], sections: [allergies, medicines], why: No step uses it., sources: L1}
  - {id: pollen, subject: hay-fever, why: It is not of the skin., sources: unsourced}
)";

struct Laid {
  explicit Laid(const std::vector<std::string>& layers) {
    Overlay overlay;
    for (const std::string& text : layers)
      overlay.files.push_back(
          {"layer" + std::to_string(overlay.files.size() + 1) + ".yaml",
           "layer: {id: l" + std::to_string(overlay.files.size() + 1) + ", kind: clinic, title: L}\n" + text});
    pack = read_pack({{"pack.yaml", std::string(kPack)}}, diagnostics, std::move(overlay));
  }
  [[nodiscard]] bool judged(std::string_view subject, NamePlace place) const {
    REQUIRE(to_text(diagnostics) == "");
    return is_judged(pack->catalog.find(subject), place, *pack);
  }
  [[nodiscard]] std::string_view no_concern(std::string_view subject, NamePlace place) const {
    REQUIRE(to_text(diagnostics) == "");
    const Statement* found = no_concern_of(pack->catalog.find(subject), place, *pack);
    return found == nullptr ? "" : found->id;
  }
  Diagnostics diagnostics;
  std::unique_ptr<Pack> pack;
};

}  // namespace

TEST_CASE("a rule judges a name where it looks for it, and what that is") {
  const Laid laid({});
  CHECK(laid.judged("painkiller", NamePlace::medicines));
  CHECK(laid.judged("tablet", NamePlace::medicines));
  CHECK(laid.judged("tablet", NamePlace::plans));
  CHECK_FALSE(laid.judged("tablet", NamePlace::allergies));
  CHECK(laid.judged("deep-peel", NamePlace::procedures));
  CHECK_FALSE(laid.judged("deep-peel", NamePlace::conditions));
  // "A peel" may be the deep one, so it is asked.
  CHECK(laid.judged("peel", NamePlace::procedures));
}

TEST_CASE("what must come together judges neither, what is denied or only advised nothing") {
  const Laid laid({});
  CHECK_FALSE(laid.judged("fever", NamePlace::conditions));
  CHECK_FALSE(laid.judged("other-tablet", NamePlace::medicines));
  CHECK_FALSE(laid.judged("hay-fever", NamePlace::conditions));
  CHECK_FALSE(laid.judged("massage", NamePlace::procedures));
  // A fact of the session only says when.
  CHECK(laid.judged("skin-fungus", NamePlace::conditions));
}

TEST_CASE("a no_concern counts in its sections, for what is below its subjects too") {
  const Laid laid({});
  CHECK(laid.no_concern("tablet", NamePlace::allergies) == "harmless");
  CHECK(laid.no_concern("tablet", NamePlace::products) == "");
  CHECK(laid.no_concern("painkiller", NamePlace::allergies) == "");
  CHECK(laid.no_concern("hay-fever", NamePlace::conditions) == "pollen");
  CHECK(is_sourced(*laid.pack->find("harmless"), *laid.pack));
  CHECK_FALSE(is_sourced(*laid.pack->find("pollen"), *laid.pack));
}

TEST_CASE("a layer's rule for few does not clear the others") {
  // Before, every client with fever was one to consult about.
  const Laid rule({"conditions: [{id: hot, when: {condition: fever, status: active}, verdict: avoid}]"});
  CHECK_FALSE(rule.judged("fever", NamePlace::conditions));
  const Laid wider({"conditions: [{id: in-use, when: {uses: [painkiller, other-tablet]}}]"});
  CHECK_FALSE(wider.judged("other-tablet", NamePlace::medicines));
  CHECK(wider.judged("tablet", NamePlace::medicines));
  const Laid below({"subjects: [{id: massage, is: peel}]"});
  CHECK_FALSE(below.judged("massage", NamePlace::procedures));
  // What the layer itself adds was known to nobody.
  const Laid own(
      {"subjects: [{id: our-peel, kind: procedure, is: deep-peel}, {id: our-bath, kind: procedure}]\n"
       "avoid: [{id: bath, subject: our-bath, before: 1d}]"});
  CHECK(own.judged("our-peel", NamePlace::procedures));
  CHECK(own.judged("our-bath", NamePlace::procedures));
}

TEST_CASE("a layer says with a reason that nothing speaks against what was not judged") {
  const auto said = [](const std::string& layer) {
    const Laid laid({layer});
    return to_text(laid.diagnostics, Excerpt::place_only);
  };
  constexpr std::string_view kLoosened = "[loosened-without-reason]";
  CHECK(said("no_concern: [{id: ours, subject: massage, why: Calm.}]").find("no concern about massage") !=
        std::string::npos);
  CHECK(said("no_concern: [{id: ours, subject: massage, why: Calm., loosen: {reason: seen, by: Dr Lee}}]") == "");
  // A rule counts before it, so it clears nobody.
  CHECK(said("no_concern: [{id: ours, subject: tablet, sections: medicines, why: Calm.}]") == "");
  CHECK(said("no_concern: [{id: ours, subject: tablet, why: Calm.}]").find(kLoosened) != std::string::npos);
  CHECK(said("subjects: [{id: our-bath, kind: procedure}]\nno_concern: [{id: ours, subject: our-bath, why: Calm.}]") ==
        "");
  CHECK(said("no_concern: [{id: harmless, sections: [allergies, medicines, products]}]").find(kLoosened) !=
        std::string::npos);
  CHECK(said("no_concern: [{id: harmless, sections: allergies}]") == "");
  // What it makes a subject belong to does not reach a no_concern.
  const Laid below({"subjects: [{id: fever, is: hay-fever, loosen: {reason: seen, by: Dr Lee}}]"});
  CHECK(below.no_concern("fever", NamePlace::conditions) == "");
}

TEST_CASE("every name of the catalog has a rule, or a no_concern with its reason, where it belongs") {
  const Pack& pack = shipped();
  std::vector<std::string> left;
  for (const UnjudgedName& name : unjudged_names(pack))
    left.emplace_back(pack.catalog[name.subject].id);
  // It only joins others, each with a rule of its own; nobody lists it by that name.
  CHECK(left == std::vector<std::string>{"bleeding-risk"});
}
