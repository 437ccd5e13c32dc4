/// A clinic's file over the shipped pack: what it changes, adds, takes out and marks.
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/plan/builders.h"
#include "needleplan/plan/remarks.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/window_text.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr std::string_view kHead = "layer: {id: ours, kind: clinic, title: Our Clinic}\n";

/// The shipped pack under layers given as texts, and what was said about them.
struct LayeredPack {
  explicit LayeredPack(std::vector<std::string> layers, std::string language = "en") {
    std::string problem;
    Overlay overlay;
    overlay.language = std::move(language);
    for (std::size_t i = 0; i < layers.size(); ++i)
      overlay.files.push_back({"layer" + std::to_string(i) + ".yaml", std::move(layers[i])});
    Diagnostics diagnostics;
    pack = read_pack(protocol_files("microneedling", problem), diagnostics, std::move(overlay));
    messages = to_text(diagnostics, Excerpt::place_only);
  }
  std::unique_ptr<Pack> pack;
  std::string messages;

  [[nodiscard]] const Statement& operator[](std::string_view id) const {
    const Statement* found = pack->find(id);
    REQUIRE_MESSAGE(found != nullptr, id);
    return *found;
  }
};

std::string layer(std::string_view body) {
  return std::string(kHead) + std::string(body);
}

std::vector<std::string> windows(const Statement& statement, const Pack& pack) {
  std::vector<std::string> out;
  for (const WindowText& window : windows_of(statement, pack))
    out.push_back(window.from + " to " + window.to);
  return out;
}

/// The items of a statement in a document, as `group: mark text - until`.
std::vector<std::string> lines(const Document& document, std::string_view id) {
  std::vector<std::string> out;
  for (const Group& group : document.sections)
    for (const Item& item : group.items)
      if (item.id == id) {
        std::string line = group.id + ": " + std::string(to_string(item.mark)) + " " + item.text;
        if (!item.origin.empty()) line += " [" + item.origin + "]";
        if (!item.until.empty()) line += " - " + item.until;
        for (const Detail& detail : item.details)
          line += " {" + detail.name + ": " + detail.text + "}";
        out.push_back(line);
      }
  return out;
}

PlanInput input_of(const Pack& pack) {
  PlanInput input;
  input.pack = &pack;
  input.as_of = date("2026-11-01");
  input.session = {date("2026-12-10"), parse_time("14:30")};
  return input;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("a layer changes the keys it gives and keeps the others") {
  const LayeredPack pack({layer("avoid:\n  - {id: retinoid-topical, before: 14d, say: No retinol.}\n")});
  CHECK(pack.messages.empty());
  const Statement& changed = pack["retinoid-topical"];
  CHECK(windows(changed, *pack.pack) == Strings{"-14d to 0d", "0d to 48h..7d"});
  CHECK(changed.say == "No retinol.");
  CHECK(changed.why == shipped().find("retinoid-topical")->why);
  CHECK(changed.layer == "ours");
  REQUIRE(changed.origins.size() == 2);
  CHECK(changed.origins[0].layer == "microneedling");
  CHECK(changed.origins[1].keys == std::vector<std::string_view>{"before", "say"});
  CHECK(origin_words(changed, *pack.pack) == "changed by the clinic");
  // Its sources stay, and the clinic's own figure stands beside them.
  const auto& list = changed.citations.list;
  CHECK(list.size() == shipped().find("retinoid-topical")->citations.list.size() + 1);
  CHECK(pack.pack->references[list.back().source].grade == Grade::own);
  CHECK(list.back().figures == decltype(list.back().figures){{"before", "14d"}});
  CHECK(pack.pack->statements.size() == shipped().statements.size());
}

TEST_CASE("a key with none is taken away, and a list of ids is changed at once") {
  const LayeredPack pack(
      {layer("series:\n  - {id: [series-texture, series-pores], interval: 8w, review_after: none}\n"
             "do:\n  - {id: drink-water, why: none}\n")});
  CHECK(pack.messages.empty());
  for (const std::string_view id : {"series-texture", "series-pores"}) {
    CHECK(to_string(pack[id].as<Series>()->interval.value()) == "8w");
    CHECK(pack[id].as<Series>()->review_after == 0);
  }
  CHECK(pack["drink-water"].why.empty());
}

TEST_CASE("a later layer stands over an earlier one") {
  const LayeredPack pack(
      {"layer: {id: chain, kind: chain, title: Chain}\nclinic: {name: Chain, phone: '1'}\n"
       "avoid: [{id: makeup, after: 3d, say: Chain.}]\n",
       layer("clinic: {phone: '2'}\navoid: [{id: makeup, after: 5d}]\n")});
  CHECK(pack.messages.empty());
  CHECK(windows(pack["makeup"], *pack.pack).back() == "0d to 5d");
  CHECK(pack["makeup"].say == "Chain.");
  CHECK(pack["makeup"].origins.size() == 3);
  CHECK(pack.pack->clinic.name == "Chain");
  CHECK(pack.pack->clinic.phone == "2");
  CHECK(digest_of(*pack.pack) == digest_of(shipped()));
  CHECK(pack.pack->layers.at(0).digest != pack.pack->layers.at(1).digest);
}

TEST_CASE("what a layer adds rests on the clinic, and what it takes out is named") {
  const LayeredPack pack(
      {layer("avoid:\n  - {id: no-pets, subject: pets, after: {from: 1d, to: 6d}, say: No pets.}\n"
             "disable: [{id: [caffeine, depth-nose], loosen: {reason: not ours, by: lead}}]\n")});
  CHECK(pack.messages.empty());
  CHECK(windows(pack["no-pets"], *pack.pack) == Strings{"1d to 6d"});
  CHECK(origin_words(pack["no-pets"], *pack.pack) == "clinic's own rule");
  CHECK(pack.pack->find("caffeine") == nullptr);
  CHECK(pack.pack->find_setting("depth-nose").second == nullptr);
  const auto footer = layer_lines(*pack.pack);
  REQUIRE(footer.size() == 1);
  CHECK(footer[0] ==
        "With Our Clinic (ours): 1 rule added, 0 changed; 0 made milder. Taken out: caffeine, "
        "depth-nose.");
}

TEST_CASE("a ban that was made milder on one side says so on that side") {
  const LayeredPack pack({layer("avoid: [{id: retinoid-topical, before: 24h, loosen: {reason: ours, by: lead}}]\n")});
  CHECK(pack.messages.empty());
  CHECK(pack["retinoid-topical"].loosened.at(0).what == "before 3d..7d -> 24h");
  CHECK(lines(build_prep(input_of(*pack.pack)), "retinoid-topical").at(0).find("[made milder by lead]") !=
        std::string::npos);
  CHECK(lines(build_aftercare(input_of(*pack.pack), 1), "retinoid-topical").at(0).find("[changed by the clinic]") !=
        std::string::npos);
}

TEST_CASE("settings of a step are changed row by row") {
  const LayeredPack pack({layer("steps: [{id: needling, settings: [{id: depth-nose, depth: 0.25mm..0.3mm}]}]\n")});
  CHECK(pack.messages.empty());
  const auto [step, setting] = pack.pack->find_setting("depth-nose");
  REQUIRE(setting != nullptr);
  CHECK(setting->depth->most == 300);
  CHECK(setting->areas.size() == 1);
  CHECK(step->as<Step>()->settings.size() == shipped().find("needling")->as<Step>()->settings.size());
}

TEST_CASE("a review counts for the content that it names, and not with another layer over it") {
  const auto reviewed = [](std::string_view digest, std::string_view more = "") {
    return fmt::format(
        "layer: {{id: a, kind: chain, title: A, reviewed: {{by: Dr Example, on: 2026-01-01, until: "
        "2027-01-01, digest: {}}}}}\n{}",
        digest, more);
  };
  const std::string digest = review_digest(*LayeredPack({reviewed("none")}).pack);
  CHECK(LayeredPack({reviewed(digest)}).pack->reviewed.has_value());
  CHECK_FALSE(LayeredPack({reviewed(digest), layer("")}).pack->reviewed.has_value());
  CHECK_FALSE(LayeredPack({reviewed(digest, "do: [{id: wash-hands, note: Ours.}]\n")}).pack->reviewed.has_value());
  CHECK_FALSE(LayeredPack({reviewed("none")}).pack->reviewed.has_value());
  CHECK(LayeredPack({reviewed("none")}).pack->lapsed.has_value());
}

TEST_CASE("texts by language: the one asked for, else English, and how many are missing") {
  const std::string text = layer(
      "do:\n  - {id: one, from: 0h, to: 3d, say: {en: Rest., de: Ruhen.}}\n"
      "  - {id: two, from: 0h, to: 3d, say: {fr: Repos.}}\n");
  CHECK(LayeredPack({text})["one"].say == "Rest.");
  const LayeredPack german({text}, "de");
  CHECK(german["one"].say == "Ruhen.");
  CHECK(german["two"].say == "Repos.");
  CHECK(german.pack->texts - german.pack->untranslated == 1);
}

TEST_CASE("the catalog grows: more names, a wider subject for all below, a narrower subject that takes a name") {
  const LayeredPack pack(
      {layer("subjects:\n  - {id: ibuprofen, names: {en: [painless]}, is: [nsaid]}\n"
             "  - {id: chlorine, kind: exposure, is: [swimming], names: {en: [pool water]}}\n"
             "  - {id: pets, is: [touching-picking]}\n"
             "  - {id: kitten, kind: exposure, is: [pets]}\n")});
  CHECK(pack.messages.empty());
  const Catalog& catalog = pack.pack->catalog;
  const auto one = [&](std::string_view name) { return catalog.match(name).subjects.front(); };
  CHECK(one("Painless") == catalog.find("ibuprofen"));
  CHECK(one("chlorine") == catalog.find("chlorine"));
  CHECK(catalog.is_a(catalog.find("chlorine"), catalog.find("swimming")));
  CHECK(catalog.is_a(catalog.find("kitten"), catalog.find("touching-picking")));
  CHECK(catalog.is_a(catalog.find("pets"), catalog.find("touching-picking")));
}

TEST_CASE("a name is not taken from its subject in silence") {
  const LayeredPack pack({layer("subjects: [{id: sugar, kind: product, names: {en: [Advil]}}]\n")});
  CHECK(pack.messages.find("name-twice") != std::string::npos);
  const LayeredPack loosened(
      {layer("subjects: [{id: sugar, kind: product, names: {en: [Advil]}, loosen: {reason: r, "
             "by: b}}]\n")});
  CHECK(loosened.messages.empty());
  CHECK(loosened.pack->catalog.match("advil").subjects.front() == loosened.pack->catalog.find("sugar"));
  // Of a line that names several things, each would have to stay what it is.
  const LayeredPack one_of_two(
      {layer("subjects: [{id: blend, kind: product, is: ibuprofen, names: {en: [Advil and retinol]}}]\n")});
  CHECK(one_of_two.messages.find("already belongs to \"retinol\"") != std::string::npos);
  const LayeredPack both(
      {layer("subjects: [{id: blend, kind: product, is: [ibuprofen, retinol], names: {en: [Advil and retinol]}}]\n")});
  CHECK(both.messages.empty());
}

TEST_CASE("no layer makes an unknown name known, or a known one another, by the back door") {
  struct Row {
    std::string_view body, says;
  };
  constexpr std::array kRows{
      Row{"subjects: [{id: paracetamol, names: {en: [isotretinoin softgels]}}]\n", "name-twice"},
      Row{"subjects: [{id: harmless, kind: product, names: {en: [my Advil 200 mg tabs]}}]\n", "name-twice"},
      Row{"subjects: [{id: retinol, prescription: only}]\n", "loosened-without-reason"},
      Row{"noise: [mystery]\n", "words-in-layer"},
      Row{"forms: {gel: [capsules]}\n", "words-in-layer"},
      Row{"events: [{id: healed, moment: yes}]\n", "loosened-without-reason"},
      Row{"steps: [{id: needling, order: 1}]\n", "loosened-without-reason"},
      Row{"do: [{id: sunscreen-mineral, repeat: once}]\n", "loosened-without-reason"},
      Row{"warnings: [{id: pus, say: \" \"}]\n", "text-without-words"},
      Row{"avoid: [{id: makeup, say: {}}]\n", "text-without-words"},
      Row{"avoid: [{id: makeup, after: 12h, loosen: {reason: none, by: lead}}]\n", "loosened-without-reason"},
      Row{"avoid: [{id: makeup, after: 12h, loosen: {reason: ours, by: \".\"}}]\n", "loosened-without-reason"},
      Row{"disable: [{id: [], loosen: {reason: ours, by: lead}}]\n", "missing-key"},
      Row{"conditions: [{id: [], when: {life_stage: pregnant}, verdict: avoid}]\n", "missing-key"},
      Row{"events: [{label: soon, usual: 1d}]\n", "missing-key"},
      Row{"disable: [{id: what-it-is}]\n", "disable-"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.body);
    CHECK(LayeredPack({layer(row.body)}).messages.find(row.says) != std::string::npos);
  }
}

TEST_CASE("a rule that was only reworded is as unsourced as before") {
  const LayeredPack pack({layer("do: [{id: wash-hands, note: Ours.}]\n")});
  CHECK(pack.messages.empty());
  CHECK(origin_words(pack["wash-hands"], *pack.pack) == "changed by the clinic; no source");
}

TEST_CASE("a review without a name, or of a later day, is none") {
  const LayeredPack nobody(
      {"layer: {id: a, kind: clinic, title: A, reviewed: {by: none, on: 2026-01-01, until: "
       "2027-01-01}}\n"});
  CHECK_FALSE(nobody.pack->reviewed.has_value());
  const LayeredPack later(
      {"layer: {id: a, kind: clinic, title: A, reviewed: {by: Dr Example, on: 2026-12-01, until: "
       "2027-01-01}}\n"});
  CHECK_FALSE(build_prep(input_of(*later.pack)).draft.empty());
}

TEST_CASE("a ban until an event is never lifted on the event's usual first day by its own words") {
  const LayeredPack pack(
      {layer("events: [{id: calm, label: your skin is calm, usual: 2h..3h}]\n"
             "avoid: [{id: dust, subject: pets, after: until calm, say: No dust.}]\n")});
  CHECK(pack.messages.empty());
  const auto printed = lines(build_aftercare(input_of(*pack.pack), 2), "dust");
  REQUIRE(printed.size() == 2);
  CHECK(printed[0].starts_with("day0: avoid No dust."));
  CHECK(printed[1].starts_with("day1: allowed pets, but only once your skin is calm"));
}

TEST_CASE("ends of windows, as they are written and as a plan prints them") {
  struct Row {
    std::string_view written, from, to, until;
  };
  constexpr std::array kRows{
      Row{"before: -3d..-5d", "-3d..5d", "0d", "from Sun 6 Dec, at the very latest from Tue 8 Dec"},
      Row{"before: 0d", "0d", "0d", "from Thu 10 Dec"},
      Row{"before: {from: 7d, to: 2d}", "-7d", "2d", "from Fri 4 Dec, until Tue 8 Dec"},
      Row{"before: few d", "-few d", "0d", "a few days have passed"},
      Row{"before: 1x course", "-1x course", "0d", "as long as the course lasted"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.written);
    const LayeredPack pack({layer("avoid: [{id: x, subject: pets, say: No., " + std::string(row.written) + "}]\n")});
    CHECK(pack.messages.empty());
    const auto found = windows_of(pack["x"], *pack.pack);
    REQUIRE(found.size() == 1);
    CHECK(found[0].from == row.from);
    const auto printed = lines(build_prep(input_of(*pack.pack)), "x");
    REQUIRE(printed.size() == 1);
    CHECK(printed[0].ends_with(" - " + std::string(row.until)));
  }
}

TEST_CASE("ends after the session that no clock tells") {
  struct Row {
    std::string_view written, to, until;
  };
  constexpr std::array kRows{
      Row{"after: until healed + 5d", "until healed + 5d",
          "until 5 days after your skin has healed (usually Fri 18 Dec to Tue 22 Dec)"},
      Row{"after: {earlier_of: [7d, until healed]}", "earlier of 7d and until healed",
          "until Thu 17 Dec or your skin has healed (usually Sun 13 Dec to Thu 17 Dec), whichever is earlier"},
      Row{"after: {later_of: [48h, until redness-gone]}", "later of 48h and until redness-gone",
          "until Sat 12 Dec, 14:30 and the redness has gone (usually Fri 11 Dec, 14:30 to Sat 12 Dec, 14:30), "
          "whichever is later"},
      Row{"after: open", "open", ""},
      Row{"after: until kit-finished", "until kit-finished", "until the product you were given is used up"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.written);
    const LayeredPack pack({layer("avoid: [{id: x, subject: pets, say: No., " + std::string(row.written) + "}]\n")});
    CHECK(pack.messages.empty());
    CHECK(windows_of(pack["x"], *pack.pack).at(0).to == row.to);
    const auto printed = lines(build_aftercare(input_of(*pack.pack), 1), "x");
    REQUIRE(!printed.empty());
    CHECK(printed[0].find(row.until) != std::string::npos);
  }
}

TEST_CASE("an action is printed where its window lies") {
  struct Row {
    std::string_view written;
    bool prep, procedure, aftercare;
  };
  constexpr std::array kRows{
      Row{"from: -3d, to: 0h", true, false, false},
      Row{"from: -3d, to: 3d", true, false, true},
      Row{"from: -3d, to: open", true, false, false},
      Row{"from: -3d, to: open, mode: prophylaxis", true, false, true},
      Row{"from: open, to: 0d", true, false, false},
      Row{"from: 0d, to: 0h", true, false, false},
      Row{"from: 0h, to: 0h", false, true, false},
      Row{"from: 0h, to: 10min", false, false, true},
      Row{"from: 0h, to: 10min, phase: procedure", false, true, false},
      Row{"from: at bedtime, to: open", false, false, true},
      Row{"phase: prep", true, false, false},
      Row{"from: open, to: open", false, false, true},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.written);
    const LayeredPack pack({layer("do: [{id: x, say: Do it., " + std::string(row.written) + "}]\n")});
    CHECK(pack.messages.empty());
    const PlanInput input = input_of(*pack.pack);
    CHECK(!lines(build_prep(input), "x").empty() == row.prep);
    CHECK(!lines(build_procedure(input, std::nullopt), "x").empty() == row.procedure);
    CHECK(!lines(build_aftercare(input, 7), "x").empty() == row.aftercare);
  }
}

TEST_CASE("what may be done, or is done once, is said on its first day") {
  const LayeredPack pack(
      {layer("do:\n  - {id: a, from: 1d, to: open, mode: resume, say: Make-up.}\n"
             "  - {id: b, from: 0d, to: open, repeat: once, amount: 10 minutes, say: Mask.}\n"
             "  - {id: c, from: 0d, to: open, mode: consult, say: Ask us.}\n"
             "  - {id: d, from: 0d, to: 2d, mode: may, say: Cool it.}\n"
             "  - {id: e, from: at redness-gone, to: open, mode: resume, say: Mineral.}\n"
             "  - {id: f, from: 0d, to: 0d, repeat: {times: 3..4, per: day}, phase: aftercare, say: Wash.}\n")});
  CHECK(pack.messages.empty());
  const Document document = build_aftercare(input_of(*pack.pack), 3);
  CHECK(lines(document, "a") == Strings{"day1: allowed Make-up. [clinic's own rule]"});
  CHECK(lines(document, "b") == Strings{"day0: do Mask. (once, 10 minutes) [clinic's own rule]"});
  CHECK(lines(document, "c").size() == 3);
  CHECK(lines(document, "c")[0] == "day0: ask Ask us. [clinic's own rule]");
  CHECK(lines(document, "d")[0] == "day0: may Cool it. [clinic's own rule] - until Sat 12 Dec");
  CHECK(
      lines(document, "e")[0].ends_with("once the redness has gone (usually Fri 11 Dec, 14:30 to Sat 12 Dec, 14:30)"));
  CHECK(lines(document, "f")[0] == "day0: do Wash. (3 to 4 times a day) [clinic's own rule]");
}

TEST_CASE("bans and signs of the session itself stand in the procedure") {
  const LayeredPack pack(
      {layer("avoid: [{id: hair, subject: pets, phase: procedure, say: Tie hair back.}]\n"
             "expect: [{id: long, sign: length, phase: procedure, amount: 20 to 30 minutes, say: It "
             "takes time.}]\n")});
  CHECK(pack.messages.empty());
  const Document procedure = build_procedure(input_of(*pack.pack), std::nullopt);
  CHECK(lines(procedure, "hair") == Strings{"during: avoid Tie hair back. [clinic's own rule]"});
  CHECK(lines(procedure, "long") == Strings{"during: expect It takes time. (20 to 30 minutes) [clinic's own rule]"});
  CHECK(lines(build_aftercare(input_of(*pack.pack), 2), "long").empty());
  CHECK(windows(pack["hair"], *pack.pack) == Strings{"0h to 0h"});
}

TEST_CASE("what runs beside the session keeps its own times") {
  const LayeredPack pack(
      {layer("do:\n  - {id: numb, phase: procedure, from: -20min..30min, to: 0h, say: Cream on.}\n"
             "  - {id: light, phase: procedure, from: 0h, to: 10min, say: Light.}\n"
             "  - {id: glide, phase: procedure, from: 0h, to: 0h, say: Gel.}\n")});
  CHECK(pack.messages.empty());
  const Document document = build_procedure(input_of(*pack.pack), std::nullopt);
  CHECK(lines(document, "numb").at(0).ends_with(" - from Thu 10 Dec, 14:00, at the latest Thu 10 Dec, 14:10"));
  CHECK(lines(document, "light").at(0).ends_with(" - until Thu 10 Dec, 14:40"));
  CHECK(lines(document, "glide") == Strings{"during: do Gel. [clinic's own rule]"});
}

TEST_CASE("a change that moves an action across the session may let the phase follow") {
  const LayeredPack pack(
      {layer("do: [{id: tell-changes, phase: none, mode: may, from: 1d, to: 2d, loosen: {reason: r, by: b}}]\n")});
  CHECK(pack.messages.empty());
  CHECK(lines(build_prep(input_of(*pack.pack)), "tell-changes").empty());
  CHECK(lines(build_aftercare(input_of(*pack.pack), 2), "tell-changes").size() == 1);
}

TEST_CASE("warnings: before the session in the prep plan, with the clinic's number; without a call of their own") {
  const LayeredPack pack(
      {layer("clinic: {name: Our Clinic, phone: '555'}\nwarnings:\n"
             "  - {id: sun, sign: sunburn, from: -1d, to: 0d, call: clinic, say: Burnt.}\n"
             "  - {id: long-red, sign: redness, from: 3d, call: watch, say: Still red.}\n")});
  CHECK(pack.messages.empty());
  const Document prep = build_prep(input_of(*pack.pack));
  CHECK(lines(prep, "sun") == Strings{"call-before: call Burnt. [clinic's own rule] - from Wed 9 Dec"});
  CHECK(prep.sections.back().note == "Our Clinic, 555");
  const Document after = build_aftercare(input_of(*pack.pack), 1);
  CHECK(lines(after, "sun").empty());
  CHECK(lines(after, "long-red") == Strings{"watch: watch Still red. [clinic's own rule] - from Sun 13 Dec"});
}

TEST_CASE("a sheet that contradicts itself keeps both lines, and says so") {
  const LayeredPack pack(
      {layer("avoid:\n  - {id: a, subject: pets, after: 4w, say: No.}\n"
             "  - {id: b, subject: pets, after: 3d, say: No.}\n"
             "  - {id: c, subject: pets, after: 2d, form: liquid, say: No.}\n"
             "do: [{id: d, subject: pets, from: 0h, to: open, mode: may, say: Yes.}]\n")});
  CHECK(pack.messages.empty());
  const Document document = build_aftercare(input_of(*pack.pack), 1);
  CHECK(lines(document, "a").at(0).find("{Differs: another line gives another end (b). Both stand") !=
        std::string::npos);
  CHECK(lines(document, "b").at(0).find("another line gives another end (a)") != std::string::npos);
  CHECK(lines(document, "c").at(0).find("Differs") == std::string::npos);
  CHECK(lines(document, "d").at(0).find("{Differs: another line says no (a)") != std::string::npos);
}

TEST_CASE("a general interval laid over the pack counts beside the rows for single uses") {
  const LayeredPack pack({layer("series: [{id: prior-session-recent, interval: 8w}]\n")});
  CHECK(pack.messages.empty());
  const std::string client =
      "client: {id: c}\nasked: 2026-11-20\nconditions: none\nmedicines: none\nproducts: none\nsupplements: "
      "none\n"
      "allergies: none\nprocedures: none\nexposures: none\nplans: none\nsessions: [{date: 2026-11-01, area: cheeks}]\n"
      "session: {protocol: microneedling, date: 2026-12-10, areas: cheeks, indication: texture}\n";
  const Checked plain(client, shipped());
  CHECK(plain.find("prior-session-recent") == nullptr);
  const Checked checked(client, *pack.pack);
  REQUIRE(checked.find("prior-session-recent") != nullptr);
  CHECK(checked.find("prior-session-recent")->verdict == Verdict::defer);
}

TEST_CASE("a ban on one form or strength asks where it is not known, and passes what is not meant") {
  const LayeredPack pack(
      {layer("disable: [{id: retinoid-topical, loosen: {reason: ours, by: lead}}]\n"
             "avoid: [{id: strong, subject: retinoid-topical, strength: {at_least: 2%}, before: 3d, say: "
             "No., summary: Strong}]\n")});
  CHECK(pack.messages.empty());
  const auto client = [](std::string_view product) {
    return "client: {id: c}\nasked: 2026-11-20\nproducts: [" + std::string(product) +
           "]\nsession: {protocol: microneedling, date: 2026-12-10, areas: cheeks}\n";
  };
  const Checked weak(client("{name: retinol, strength: 0.5%, ongoing: yes, area: cheeks, prescribed: no}"), *pack.pack);
  CHECK(weak.find("strong") == nullptr);
  CHECK_FALSE(weak.asks("products[0].strength"));
  const Checked strong(client("{name: retinol, strength: 2%, ongoing: yes, area: cheeks, prescribed: no}"), *pack.pack);
  REQUIRE(strong.find("strong") != nullptr);
  CHECK(strong.find("strong")->verdict == Verdict::prepare);
  const Checked unknown(client("{name: retinol, ongoing: yes, area: cheeks, prescribed: no}"), *pack.pack);
  CHECK(unknown.asks("products[0].strength"));
}

TEST_CASE("a ban without a figure still stops what is in use") {
  const LayeredPack pack(
      {layer("avoid: [{id: weeks, subject: bakuchiol, before: few w, say: No., summary: Weeks}]\n")});
  const Checked checked(
      "client: {id: c}\nasked: 2026-11-20\nproducts: [{name: bakuchiol, ongoing: yes, area: cheeks, prescribed: "
      "no}]\nsession: {protocol: microneedling, date: 2026-12-10, areas: cheeks}\n",
      *pack.pack);
  REQUIRE(checked.find("weeks") != nullptr);
  CHECK(checked.find("weeks")->verdict == Verdict::caution);
}
