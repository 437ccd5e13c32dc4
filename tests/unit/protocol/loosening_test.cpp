/// What a layer may not make weaker without a reason, by the table in tests/data/loosening.tsv.
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/protocol/lint.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// The shipped protocol with layers over it, lowest first.
struct Laid {
  explicit Laid(const std::vector<std::string>& layers) {
    std::vector<PackFile> files;
    for (const std::string& layer : layers)
      files.push_back({"layer" + std::to_string(files.size() + 1) + ".yaml", layer});
    Overlay overlay;
    overlay.files = std::move(files);
    std::string problem;
    pack = read_pack(protocol_files("microneedling", problem), diagnostics, std::move(overlay));
  }
  [[nodiscard]] std::string messages() const { return to_text(diagnostics, Excerpt::place_only); }

  Diagnostics diagnostics;
  std::unique_ptr<Pack> pack;
};

std::string layer(const std::string& kind, const std::string& contents) {
  return "layer: {id: the-" + kind + ", kind: " + kind + ", title: A Layer}\n" + contents + "\n";
}

/// What the guard says of a layer: `loads`, or what becomes weaker.
std::string said(const Laid& laid) {
  if (!laid.diagnostics.has_errors()) return "loads";
  std::string text = laid.messages();
  if (text.find("error: ") != text.rfind("error: ")) return text;
  if (text.find("[loosened-without-reason]") == std::string::npos) {
    text.erase(0, text.rfind('[') + 1);
    return text.substr(0, text.find(']'));
  }
  text.erase(0, text.find("error: ") + 7);
  text.erase(text.find("; if that is meant") == std::string::npos ? text.find("; say loosen")
                                                                  : text.find("; if that is meant"));
  const std::size_t weaker = text.find(" weaker");
  return weaker == std::string::npos ? text : text.substr(text.find(": ", weaker) + 2);
}

constexpr std::string_view kReason = "loosen: {reason: a test, by: Dr Lee}";

}  // namespace

TEST_CASE("a clinic may make a rule stricter, and weaker only with a reason") {
  std::istringstream table(read_whole(NEEDLEPLAN_SOURCE_DIR "/tests/data/loosening.tsv"));
  std::string line;
  int refused = 0;
  int taken = 0;
  while (std::getline(table, line)) {
    if (line.empty() || line.front() == '#') continue;
    INFO(line);
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    REQUIRE(second != std::string::npos);
    std::string contents = line.substr(first + 1, second - first - 1);
    for (std::size_t at = contents.find("; "); at != std::string::npos; at = contents.find("; "))
      contents.replace(at, 2, "\n");
    const std::size_t third = line.find('\t', second + 1);
    const std::string expected = line.substr(second + 1, third - second - 1);
    std::vector<std::string> layers;
    if (third != std::string::npos) layers.push_back(layer("chain", line.substr(third + 1)));
    const auto laid_over = [&](const std::string& clinic) {
      std::vector<std::string> all = layers;
      all.push_back(layer("clinic", clinic));
      return Laid(all);
    };
    CHECK(said(laid_over(contents)) == expected);
    ++(expected == "loads" ? taken : refused);
    if (expected == "bad-id" || expected == "absolute-loosened") continue;
    // The same with a reason loads; where none was needed, lint says so.
    const std::size_t end = contents.rfind("}]") == std::string::npos ? contents.rfind('}') : contents.rfind("}]");
    contents.insert(end, ", " + std::string(kReason));
    const Laid reasoned = laid_over(contents);
    CHECK(said(reasoned) == "loads");
    CHECK(reasoned.pack->unneeded.size() == (expected == "loads" ? 1U : 0U));
    std::size_t noted = reasoned.pack->loosened.size();
    for (const Statement& statement : reasoned.pack->statements)
      noted += statement.loosened.size();
    CHECK(noted == (expected == "loads" ? 0U : 1U));
  }
  CHECK(refused >= 45);
  CHECK(taken >= 35);
}

TEST_CASE("what was made weaker is kept with who answers for it") {
  const Laid laid({layer("clinic",
                         "avoid: [{id: [alcohol, makeup], after: 12h, loosen: {reason: it is mild, by: Dr. A}}]\n"
                         "events: [{id: healed, usual: 2d..5d, loosen: {reason: we see it, by: Dr. B}}]\n"
                         "valid_for: {answers: 1y, loosen: {reason: we ask each time, by: Dr. C}}\n"
                         "subjects: [{id: isotretinoin-oral, prescription: none, loosen: {reason: abroad, by: "
                         "Dr. D}}]")});
  REQUIRE(said(laid) == "loads");
  for (const std::string_view id : {"alcohol", "makeup"}) {
    const Statement& statement = *laid.pack->find(id);
    REQUIRE(statement.loosened.size() == 1);
    CHECK(statement.loosened.front().what == "after 24h..48h -> 12h");
    CHECK(statement.loosened.front().by == "Dr. A");
    CHECK(statement.loosened.front().layer == "the-clinic");
  }
  std::vector<std::string> what;
  for (const Loosened& loosened : laid.pack->loosened)
    what.push_back(loosened.what + ", " + std::string(loosened.by));
  CHECK(what == std::vector<std::string>{"valid_for answers 6mo -> 1y, Dr. C", "healed usual 3d..7d -> 2d..5d, Dr. B",
                                         "isotretinoin-oral prescription only -> none, Dr. D"});
  CHECK(laid.pack->unneeded.empty());
}

TEST_CASE("each layer is judged against what lies below it") {
  const std::string chain = layer("chain", "avoid: [{id: alcohol, after: 5d}]");
  CHECK(said(Laid({chain, layer("clinic", "avoid: [{id: alcohol, after: 4d}]")})) == "after 5d -> 4d");
  CHECK(said(Laid({chain, layer("clinic", "avoid: [{id: alcohol, after: 6d}]")})) == "loads");
  CHECK(said(Laid({layer("clinic", "avoid: [{id: alcohol, after: 4d}]")})) == "loads");
}

TEST_CASE("a reason that gives none, or nobody who answers for it, is no reason") {
  for (const std::string_view loosen : {"reason: tbc, by: Dr Lee", "reason: n/a, by: Dr Lee",
                                        "reason: seen, by: unknown", "reason: seen, by: Niemand"}) {
    CAPTURE(loosen);
    CHECK(
        said(Laid({layer("clinic", fmt::format("avoid: [{{id: caffeine, after: none, loosen: {{{}}}}}]", loosen))})) ==
        "after 24h..48h -> none");
  }
}

TEST_CASE("a row for one use does not come to count instead of a general one above it") {
  // The chain's own interval counts beside the pack's rows for single uses. Were such a row taken up by the clinic, it
  // would lie above the general one and count alone.
  const std::string chain = layer("chain", "series: [{id: the-chain-interval, interval: 6w}]");
  CHECK(said(Laid({chain})) == "loads");
  CHECK(said(Laid({chain, layer("clinic", "series: [{id: series-pores, note: large pores}]")})) ==
        "interval 28d, in place of the 6w of \"the-chain-interval\"");
  CHECK(said(Laid({chain, layer("clinic", "series: [{id: series-pores, interval: 6w}]")})) == "loads");
  CHECK(said(Laid({layer("clinic", "series: [{id: series-pores, note: large pores}]")})) == "loads");
}

TEST_CASE("a name goes to something narrower freely, and away only with a reason") {
  const std::string away = "subjects: [{id: our-gel, kind: product, names: {en: [Retin-A]}";
  const Laid taken({layer("clinic", away + ", " + std::string(kReason) + "}]")});
  REQUIRE(said(taken) == "loads");
  REQUIRE(taken.pack->loosened.size() == 1);
  CHECK(taken.pack->loosened.front().what.find("our-gel the name \"Retin-A\" of ") == 0);
  CHECK(said(Laid({layer("clinic", away + "}]")})) == "name-twice");
}

TEST_CASE("an event may come later, unless a ban that counts with it then means less") {
  const std::string ban =
      "avoid: [{id: our-swim, subject: swimming, after: until healed, verdict: prepare, summary: Swimming, say: Do not "
      "swim.}]";
  const std::string later = "events: [{id: healed, usual: 2w}]";
  CHECK(said(Laid({layer("chain", ban), layer("clinic", later)})) == "usual 3d..7d -> 2w, and with it \"our-swim\"");
  CHECK(said(Laid({layer("chain", ban.substr(0, ban.find("prepare")) + "caution}]"), layer("clinic", later)})) ==
        "loads");
}

TEST_CASE("an absolute rule stays, whatever the reason") {
  const std::string reason = ", " + std::string(kReason) + "}]";
  CHECK(said(Laid({layer("clinic", "disable: [{id: rf-microneedling" + reason)})) == "absolute-disabled");
  CHECK(said(Laid({layer("clinic", "conditions: [{id: sepsis, verdict: defer, absolute: no" + reason)})) ==
        "absolute-loosened");
  CHECK(said(Laid({layer("clinic", "conditions: [{id: sepsis, absolute: no" + reason)})) == "absolute-loosened");
  CHECK(said(Laid({layer("clinic", "conditions: [{id: sepsis, when: {condition: sepsis, status: active}" + reason)})) ==
        "absolute-loosened");
  CHECK(said(Laid({layer("clinic", "conditions: [{id: sepsis, when: {condition: sepsis}}]")})) == "loads");
  // Nor does it lose the names that it knows its subjects by.
  CHECK(said(Laid({layer("clinic", "subjects: [{id: our-pen, kind: device, names: {en: [Morpheus8]}" + reason)})) ==
        "absolute-loosened");
}

TEST_CASE("a window that is empty or the wrong way round does not load") {
  for (const std::string window :
       {"avoid: [{id: x1, subject: exercise, after: {from: 3d, to: 1d}, summary: S, say: T.}]",
        "avoid: [{id: x1, subject: exercise, before: {from: 1d, to: 3d}, summary: S, say: T.}]",
        "avoid: [{id: x1, subject: exercise, after: {from: 2d, to: 2d}, summary: S, say: T.}]",
        "avoid: [{id: x1, subject: exercise, after: {from: 1w, to: 24h}, summary: S, say: T.}]",
        "avoid: [{id: x1, subject: exercise, after: {from: 5d, to: {earlier_of: [3d, until healed]}}, summary: S, say: "
        "T.}]",
        "avoid: [{id: x1, subject: exercise, after: {from: few w, to: few d}, summary: S, say: T.}]",
        "do: [{id: x1, from: 5d, to: 2d, say: T.}]", "do: [{id: x1, from: -1d, to: -3d, say: T.}]",
        "do: [{id: x1, from: 2d, to: -1d, say: T.}]",
        "do: [{id: x1, from: until healed + 5d, to: until healed, say: T.}]",
        "expect: [{id: x1, sign: heat, from: 3d, to: 24h, say: T.}]",
        "warnings: [{id: x1, sign: heat, from: 5d, to: 1d, call: clinic, say: T.}]"}) {
    INFO(window);
    CHECK(said(Laid({layer("clinic", window)})) == "window-backwards");
  }
  for (const std::string side : {"before", "after"})
    CHECK(
        said(Laid({layer("clinic", "avoid: [{id: x1, subject: exercise, " + side + ": 0h, summary: S, say: T.}]")})) ==
        "window-empty");
  for (const std::string window :
       {"do: [{id: x1, from: 0d, to: 0d, say: T.}]", "do: [{id: x1, from: 24h, to: 1d, say: T.}]",
        "do: [{id: x1, from: -3d, to: 2d, say: T.}]", "do: [{id: x1, from: 1d, to: open, say: T.}]",
        "do: [{id: x1, from: 2d, to: until healed, say: T.}]",
        "avoid: [{id: x1, subject: exercise, after: {from: 1d, to: 3d}, summary: S, say: T.}]",
        "avoid: [{id: x1, subject: exercise, before: {from: 3d, to: 1d}, summary: S, say: T.}]"}) {
    INFO(window);
    CHECK(said(Laid({layer("clinic", window)})) == "loads");
  }
}

TEST_CASE("after 0d lasts the rest of the day") {
  const Laid laid({layer("clinic", "avoid: [{id: x1, subject: exercise, after: 0d, summary: S, say: T.}]")});
  REQUIRE(said(laid) == "loads");
  const auto& after = laid.pack->find("x1")->as<Avoid>()->after;
  CHECK(after->to.span == SpanRange{{1, Unit::days}, {1, Unit::days}});
}

TEST_CASE("what a layer says again is no change of it") {
  const Laid laid({layer("clinic", "avoid: [{id: alcohol, after: 24h..48h}]")});
  REQUIRE(said(laid) == "loads");
  CHECK(laid.pack->find("alcohol")->origins.size() == 1);
  CHECK(laid.pack->find("alcohol")->layer == laid.pack->id);
  const Laid changed({layer("clinic", "avoid: [{id: alcohol, after: 3d}]")});
  CHECK(changed.pack->find("alcohol")->origins.size() == 2);
}

TEST_CASE("lint names the texts that stay when what they speak of changes") {
  const auto kept = [](const std::string& contents) {
    const Laid laid({layer("clinic", contents)});
    REQUIRE(said(laid) == "loads");
    Diagnostics said;
    lint(*laid.pack, Date{std::chrono::days{20780}}, said);
    const std::string text = to_text(said, Excerpt::place_only);
    const std::size_t at = text.find(" and keeps the old ");
    return at == std::string::npos ? std::string() : text.substr(at + 19, text.find(';', at) - at - 19);
  };
  CHECK(kept("avoid: [{id: retinoid-topical, scope: anywhere}]") == "summary, say, instead");
  CHECK(kept("avoid: [{id: retinoid-topical, scope: anywhere, say: No creams., summary: Creams, instead: none}]")
            .empty());
  CHECK(kept("avoid: [{id: makeup, before: 1d}]") == "summary, say");
  CHECK(kept("avoid: [{id: alcohol, after: 3d}]").empty());
}

TEST_CASE("an id that is near one below is a slip, and the same id twice is said once") {
  CHECK(said(Laid({layer("clinic", "avoid: [{id: exercize, after: 3d}]")})) == "no-such-rule");
  CHECK(said(Laid({layer("clinic", "conditions: [{id: keloid-histroy, wait: 2w}]")})) == "no-such-rule");
  CHECK(said(Laid({layer("clinic", "avoid: [{id: exercize, subject: exercise, after: 3d, summary: S, say: T.}]")})) ==
        "loads");
  CHECK(said(Laid(
            {layer("clinic",
                   "conditions: [{id: our-mole, when: {condition: mole}, verdict: consult}, {id: our-mole, verdict: "
                   "avoid}]")})) == "statement-twice");
}
