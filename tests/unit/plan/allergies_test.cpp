/// What a client is allergic to does not stand on a sheet, is found, and is said to the practitioner.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/plan/builders.h"
#include "support/clear_profile.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr std::string_view kSmall =
    "pack: {id: small, title: Small, version: 1, reviewed: none}\n"
    "subjects:\n"
    "  - {id: gel, kind: product, label: gel}\n"
    "  - {id: blue-gel, kind: product, label: blue gel, is: gel}\n"
    "  - {id: balm, kind: product, label: balm}\n"
    "  - {id: dye, kind: allergen, label: dye}\n"
    "  - {id: wax, kind: allergen, label: wax}\n"
    "  - {id: cream, kind: product, label: cream}\n"
    "  - {id: face, kind: area}\n"
    "  - {id: small, kind: protocol}\n"
    "conditions:\n"
    "  - {id: wax-rule, when: {allergy: wax}, verdict: caution, summary: Wax, why: W., action: A., sources: "
    "unsourced}\n"
    "no_concern: [{id: harmless, subject: cream, why: Plain., sources: unsourced}]\n"
    "do:\n"
    "  - {id: dropped, phase: aftercare, to: 3d, uses: [blue-gel, dye], say: Put on gel., sources: unsourced}\n"
    "  - {id: changed, phase: prep, from: -3d, uses: wax, say: Wax it., instead: Use no wax., sources: unsourced}\n"
    "  - {id: kept, phase: aftercare, to: 3d, say: Rest., sources: unsourced}\n"
    "steps:\n"
    "  - {id: numb, order: 1, title: Numb, do: Numb it., sources: unsourced, settings: [{id: numb-cream, product: "
    "cream,\n"
    "     uses: dye, text: Cream., sources: unsourced}]}\n"
    "  - {id: wash, order: 2, title: Wash, uses: balm, instead: Use water., do: Wash it., sources: unsourced, "
    "settings:\n"
    "     [{id: wash-gel, uses: blue-gel, text: Take gel., instead: Take salt water., sources: unsourced}]}\n";

const Pack& small() {
  static const auto kPack = pack_of(std::string(kSmall));
  return *kPack;
}

std::string client(const std::string& allergies, const std::string& numbing = "none") {
  return "client: {id: T-1, birth_date: 1984-05-02, fitzpatrick: II}\nasked: 2026-11-23\nallergies: " + allergies +
         "\nmedicines: none\nproducts: none\nsession: {protocol: small, date: 2026-12-07, time: 14:30, areas: face, "
         "numbing: " +
         numbing + ", add_ons: none}\n";
}

/// The text of each item of that id, whatever the section.
std::vector<std::string> texts_of(const Document& document, std::string_view id) {
  std::vector<std::string> out;
  for (const Group& group : document.sections)
    for (const Item& item : group.items)
      if (item.id == id) out.push_back(item.text);
  return out;
}

struct Sheets {
  explicit Sheets(std::string profile, const Pack& pack = small()) : checked(std::move(profile), pack) {
    input.pack = &pack;
    input.facts = &checked.facts;
    input.assessment = &checked.result;
    input.session = session_of(*checked.facts.profile);
    input.as_of = kAsOf;
  }
  [[nodiscard]] std::size_t on_aftercare(std::string_view id) const {
    return texts_of(build_aftercare(input, 2), id).size();
  }
  Checked checked;
  PlanInput input;
};

std::vector<std::string> texts(std::vector<std::string> list) {
  return list;
}

}  // namespace

TEST_CASE("a line that uses what a client is allergic to is left out, and said to the practitioner") {
  const Sheets none(client("none"));
  CHECK(none.on_aftercare("dropped") == 2);
  CHECK(none.checked.find("allergic-to-it") == nullptr);
  for (const std::string allergy : {"dye", "blue gel", "gel"}) {
    CAPTURE(allergy);
    const Sheets sheets(client("[" + allergy + "]"));
    CHECK(sheets.on_aftercare("dropped") == 0);
    CHECK(sheets.on_aftercare("kept") == 2);
    const auto said = texts_of(build_procedure(sheets.input, std::nullopt), "dropped");
    REQUIRE(said.size() == 1);
    CHECK(said.front().find("(allergy: " + allergy + "). Off the aftercare sheet: \"Put on gel.\"") !=
          std::string::npos);
    // The head of the whole plan says it too.
    CHECK(build_plan(sheets.input, std::nullopt, 2).sections.front().id == "allergies");
  }
}

TEST_CASE("what the pack gives in its place stands there") {
  CHECK(texts_of(build_prep(Sheets(client("none")).input), "changed") == texts({"Wax it."}));
  CHECK(texts_of(build_prep(Sheets(client("[wax]")).input), "changed") == texts({"Use no wax."}));
  // Nothing is said of it to others.
  for (const Group& group : build_prep(Sheets(client("none")).input).sections)
    for (const Item& item : group.items)
      CHECK(item.reason.find("no wax") == std::string::npos);
}

TEST_CASE("a step says first what to leave out, and a row what to take") {
  const Document document = build_procedure(Sheets(client("[balm, blue gel]")).input, std::nullopt);
  CHECK(texts_of(document, "wash") == texts({"balm (allergy: balm). Use water.", "Wash it."}));
  CHECK(texts_of(document, "wash-gel") == texts({"blue gel (allergy: blue gel). Take salt water."}));
  CHECK(texts_of(build_procedure(Sheets(client("none")).input, std::nullopt), "wash-gel") == texts({"Take gel."}));
}

TEST_CASE("an allergy to what is used is one finding") {
  const auto found = [](const Sheets& sheets) {
    std::vector<std::string> out;
    for (const Finding& finding : sheets.checked.result.findings)
      if (finding.verdict >= Verdict::caution && finding.verdict != Verdict::ask)
        out.push_back(std::string(finding.rule) + " " + std::string(to_string(finding.verdict)));
    return out;
  };
  CHECK(found(Sheets(client("[dye]"))) == texts({"allergic-to-it consult"}));
  CHECK(found(Sheets(client("[balm]"))) == texts({"allergic-to-it consult"}));
  // The pack's own rule knows better.
  CHECK(found(Sheets(client("[wax]"))) == texts({"wax-rule caution"}));
  // What is in a product that is planned.
  CHECK(found(Sheets(client("[wax]", "cream"))) == texts({"wax-rule caution"}));
  CHECK(found(Sheets(client("[dye]", "cream"))) == texts({"allergic-to-it avoid", "allergic-to-it consult"}));
}

TEST_CASE("the head of the procedure says what is known of allergies") {
  const auto note = [](const std::string& allergies) {
    return build_procedure(Sheets(client(allergies)).input, std::nullopt).sections.front().note;
  };
  CHECK(note("none") == "None, as the client says.");
  CHECK(note("unknown") == "Not known: ask again before you begin.");
  CHECK(note("[dye]").empty());
}

TEST_CASE("each allergy to what the shipped steps use meets its line") {
  struct Row {
    std::string_view allergy, line;
  };
  for (const Row& row : {Row{"chlorhexidine", "antiseptic-chlorhexidine"},
                         {"Hibiscrub", "antiseptic-chlorhexidine"},
                         {"Betadine", "antiseptic-povidone-iodine"},
                         {"antiseptic", "antiseptic-other-kinds"},
                         {"latex", "gloves"},
                         {"plasters", "numbing-film"},
                         {"propylene glycol", "glide-gel"},
                         {"propylene glycol", "numbing-lmx4"},
                         {"benzyl alcohol", "serum-product"},
                         {"benzyl alcohol", "numbing-lmx4"},
                         {"parabens", "numbing-ametop"},
                         {"parabens", "numbing-pliaglis"},
                         {"PEG castor oil", "numbing-emla"},
                         {"lidocaine", "numbing-emla"},
                         {"tetracaine", "numbing-ametop"},
                         {"hyaluronic acid", "glide-gel"},
                         {"hyaluronic acid", "serum-product"},
                         {"hyaluronic acid", "first-day-gel"},
                         {"hyaluronic acid", "hydrating-serum"},
                         {"SLS", "mild-cleanser"},
                         {"lanolin", "moisturiser"},
                         {"zinc oxide", "sunscreen-mineral"},
                         {"paracetamol", "pain-relief-allowed"},
                         {"lidocaine", "numbing-arrival"}}) {
    CAPTURE(row.allergy);
    CAPTURE(row.line);
    const auto profile = [](std::string_view allergy) {
      std::string text = clear_profile_with("allergies", allergy.empty() ? "none" : "[" + std::string(allergy) + "]");
      const std::size_t at = text.find("numbing: none");
      return text.replace(at, 13, "numbing: unknown");
    };
    const Sheets with(profile(row.allergy), shipped());
    const Sheets without(profile({}), shipped());
    const auto said = [&](const Sheets& sheets) { return texts_of(build_procedure(sheets.input, {}), row.line); };
    REQUIRE(said(with).size() == 1);
    CHECK(said(with).front().find("(allergy: " + std::string(row.allergy) + ")") != std::string::npos);
    CHECK(said(without) != said(with));
    // Whatever is said, the client's own sheets do not say it.
    const Statement* statement = shipped().find(row.line);
    if (statement == nullptr) continue;
    for (const Document& sheet : {build_prep(with.input), build_aftercare(with.input, 30)})
      for (const std::string& text : texts_of(sheet, row.line))
        CHECK(text.find(statement->say) == std::string::npos);
  }
}
