/// What a layer may not make weaker without a reason, by the table in tests/data/loosening.tsv.
#include <sstream>

#include <doctest/doctest.h>

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
  if (laid.diagnostics.errors() > 1) return laid.messages();
  std::string text = laid.messages();
  if (text.find("[loosened-without-reason]") == std::string::npos) return text;
  text.erase(0, text.find("error: ") + 7);
  text.erase(text.find("; if that is meant") == std::string::npos ? text.find("; say loosen")
                                                                  : text.find("; if that is meant"));
  const std::size_t weaker = text.find(" weaker");
  return weaker == std::string::npos ? text : text.substr(text.find(": ", weaker) + 2);
}

constexpr std::string_view kReason = "loosen: {reason: a test, by: nobody}";

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
    const std::string expected = line.substr(second + 1);
    CHECK(said(Laid({layer("clinic", contents)})) == expected);
    ++(expected == "loads" ? taken : refused);
    // The same with a reason loads; where none was needed, lint says so.
    const std::size_t end = contents.rfind("}]") == std::string::npos ? contents.rfind('}') : contents.rfind("}]");
    contents.insert(end, ", " + std::string(kReason));
    const Laid reasoned({layer("clinic", contents)});
    CHECK(said(reasoned) == "loads");
    CHECK(reasoned.pack->unneeded.size() == (expected == "loads" ? 1U : 0U));
    std::size_t noted = reasoned.pack->loosened.size();
    for (const Statement& statement : reasoned.pack->statements)
      noted += statement.loosened.size();
    CHECK(noted == (expected == "loads" ? 0U : 1U));
  }
  CHECK(refused >= 20);
  CHECK(taken >= 15);
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
  CHECK(what == std::vector<std::string>{"isotretinoin-oral prescription only -> none, Dr. D",
                                         "valid_for answers 6mo -> 1y, Dr. C", "healed usual 3d..7d -> 2d..5d, Dr. B"});
  CHECK(laid.pack->unneeded.empty());
}

TEST_CASE("each layer is judged against what lies below it") {
  const std::string chain = layer("chain", "avoid: [{id: alcohol, after: 5d}]");
  CHECK(said(Laid({chain, layer("clinic", "avoid: [{id: alcohol, after: 4d}]")})) == "after 5d -> 4d");
  CHECK(said(Laid({chain, layer("clinic", "avoid: [{id: alcohol, after: 6d}]")})) == "loads");
  CHECK(said(Laid({layer("clinic", "avoid: [{id: alcohol, after: 4d}]")})) == "loads");
}

TEST_CASE("a row for one use does not come to count instead of a general one above it") {
  // The chain's own interval counts beside the pack's rows for single uses. Were such a row taken up by the clinic, it
  // would lie above the general one and count alone.
  const std::string chain = layer("chain", "series: [{id: the-chain-interval, interval: 6w}]");
  CHECK(said(Laid({chain})) == "loads");
  CHECK(said(Laid({chain, layer("clinic", "series: [{id: series-pores, note: large pores}]")})) ==
        "interval 14d..28d, in place of the 6w of \"the-chain-interval\"");
  CHECK(said(Laid({chain, layer("clinic", "series: [{id: series-pores, interval: 6w}]")})) == "loads");
  CHECK(said(Laid({layer("clinic", "series: [{id: series-pores, note: large pores}]")})) == "loads");
}

TEST_CASE("a name goes to something narrower freely, and away only with a reason") {
  const std::string away = "subjects: [{id: our-gel, kind: product, names: {en: [Retin-A]}";
  const Laid taken({layer("clinic", away + ", " + std::string(kReason) + "}]")});
  REQUIRE(said(taken) == "loads");
  REQUIRE(taken.pack->loosened.size() == 1);
  CHECK(taken.pack->loosened.front().what.find("our-gel the name \"Retin-A\" of ") == 0);
  CHECK(said(Laid({layer("clinic", away + "}]")})).find("[name-twice]") != std::string::npos);
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
