/// Which way a change of a statement goes, by the table in tests/data/changes.tsv.
#include "needleplan/protocol/compare.h"

#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/protocol/compare_window.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// A catalog with one family of every kind.
constexpr std::string_view kPack = R"(
pack: {id: tiny, title: Tiny, version: 1, reviewed: none}
events:
  - {id: calm, label: it is calm, usual: 24h..48h, sources: unsourced}
  - {id: rested, label: it is rested, sources: unsourced}
subjects:
  - {id: pill, kind: class}
  - {id: pill-a, kind: ingredient, is: pill}
  - {id: balm, kind: class}
  - {id: anaesthetic-local, kind: class}
  - {id: cream, kind: product, is: anaesthetic-local}
  - {id: rash, kind: condition}
  - {id: rash-a, kind: condition, is: rash}
  - {id: fever, kind: condition}
  - {id: nut, kind: allergen}
  - {id: cut, kind: procedure}
  - {id: cut-a, kind: procedure, is: cut}
  - {id: face, kind: area}
  - {id: cheek, kind: area, is: face}
  - {id: hand, kind: area}
  - {id: lines, kind: indication}
  - {id: marks, kind: indication}
  - {id: pen, kind: device}
)";

std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> out{""};
  for (const char c : line) {
    if (c == '\t') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

std::string said(const std::vector<Change>& changes) {
  std::string out;
  for (const Change& change : changes)
    if (change.key != "sources")
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", change.key, to_string(change.direction));
  return out;
}

std::unique_ptr<Pack> layered(const std::string& pack, std::string layer) {
  Diagnostics diagnostics;
  Overlay overlay;
  overlay.files.push_back({"layer.yaml", std::move(layer)});
  auto out = read_pack({{"pack.yaml", pack}}, diagnostics, std::move(overlay));
  if (diagnostics.has_errors()) throw std::runtime_error(to_text(diagnostics));
  return out;
}

}  // namespace

TEST_CASE("every key of every kind of statement has its direction") {
  std::istringstream table(read_whole(NEEDLEPLAN_SOURCE_DIR "/tests/data/changes.tsv"));
  std::string line;
  int rows = 0;
  while (std::getline(table, line)) {
    if (line.empty() || line.front() == '#') continue;
    ++rows;
    INFO(line);
    const auto row = columns(line);
    REQUIRE(row.size() == 5);
    const std::string text = fmt::format("{}{}:\n  - {{id: one, {}, sources: unsourced}}\n", kPack, row[0], row[1]);
    const auto pack = pack_of(text);
    const auto over =
        layered(text, fmt::format("layer: {{id: ours, kind: clinic, title: Ours}}\n{}:\n  - {{id: one, {}, "
                                  "loosen: {{reason: a test, by: Dr Lee}}}}\n",
                                  row[0], row[2]));
    const Statement& before = *pack->find("one");
    const Statement& after = *over->find("one");
    CHECK(said(compare(before, *pack, after, *over)) == row[3]);
    CHECK(said(compare(after, *over, before, *pack)) == row[4]);
    CHECK(said(compare(after, after, *over)).empty());
    // The guard asks for the reason that was given exactly where something is looser.
    CHECK(after.loosened.empty() == (row[3].find("looser") == std::string::npos));
    CHECK(over->unneeded.empty() == !after.loosened.empty());
  }
  CHECK(rows > 150);
}

TEST_CASE("changes are said in the words of the protocol") {
  const auto words = [](const std::string& below, const std::string& layer) {
    const std::string text =
        fmt::format("{}avoid:\n  - {{id: one, subject: pill, {}, sources: unsourced}}\n", kPack, below);
    const auto pack = pack_of(text);
    const auto over =
        layered(text, fmt::format("layer: {{id: ours, kind: clinic, title: Ours}}\navoid:\n  - {{id: one, {}, "
                                  "loosen: {{reason: a test, by: Dr Lee}}}}\n",
                                  layer));
    return compare(*pack->find("one"), *pack, *over->find("one"), *over).front().words;
  };
  CHECK(words("before: 3d..7d", "before: 24h") == "3d..7d -> 24h");
  CHECK(words("before: 3d..7d", "before: 2d..9d") == "minimum 3d -> 2d");
  CHECK(words("after: 48h", "after: {later_of: [48h, until calm]}") == "48h -> later of 48h and until calm");
  CHECK(words("after: 48h", "after: none, before: 1d") == "none -> 1d");
  CHECK(words("after: 48h", "when: {treats: face}") == "always -> treats face");
  CHECK(words("after: 6d", "after: {from: 1d, to: 6d}") == "the session -> 1d");
  CHECK(words("after: 6d, why: it stings", "why: it burns") == "reworded");
}

TEST_CASE("a subject or an event that only the other pack has is never covered") {
  const std::string more =
      std::string(kPack) +
      "  - {id: gel, kind: product}\navoid:\n  - {id: one, subject: [pill, gel], before: 3d, when: "
      "{uses: gel}, sources: unsourced}\n";
  const std::string less =
      std::string(kPack) + "avoid:\n  - {id: one, subject: pill, before: 3d, when: {uses: pill}, sources: unsourced}\n";
  const auto old_pack = pack_of(more);
  const auto new_pack = pack_of(less);
  CHECK(said(compare(*old_pack->find("one"), *old_pack, *new_pack->find("one"), *new_pack)) ==
        "subject looser, when looser");
  CHECK(said(compare(*new_pack->find("one"), *new_pack, *old_pack->find("one"), *old_pack)) ==
        "subject stricter, when looser");
}

TEST_CASE("lengths of different units are compared over every date and hour") {
  const auto at = [](std::string_view a, std::string_view b) { return at_least(*parse_span(a), *parse_span(b)); };
  // Everything that keeps one keeps the other, tried on the days of four years, by the rule of the calendar.
  for (const auto& pair : {std::pair{"1mo", "28d"},
                           {"2mo", "59d"},
                           {"6mo", "181d"},
                           {"1y", "365d"},
                           {"4y", "1460d"},
                           {"31d", "1mo"},
                           {"62d", "2mo"},
                           {"184d", "6mo"},
                           {"366d", "1y"},
                           {"1461d", "4y"}}) {
    // Clang 14 cannot hand a structured binding to the lambda that INFO() makes.
    const char* const a = pair.first;
    const char* const b = pair.second;
    INFO(a << " and " << b);
    CHECK(at(a, b));
    // One day less, or one more that is asked for, is not kept on some day.
    const auto shorter = [](std::string_view text) {
      Span span = *parse_span(text);
      if (span.unit == Unit::days) --span.count;
      return span;
    };
    const auto longer = [](std::string_view text) {
      Span span = *parse_span(text);
      if (span.unit == Unit::days) ++span.count;
      return span;
    };
    CHECK_FALSE(at_least(shorter(a), longer(b)));
    for (Date day = date("2023-01-01"); day < date("2027-01-01"); day += std::chrono::days{1})
      REQUIRE(after(day, *parse_span(a)) >= after(day, *parse_span(b)));
  }
  CHECK(at("24h", "1d"));
  CHECK_FALSE(at("23h", "1d"));
  CHECK(at("2d", "24h"));
  CHECK_FALSE(at("2d", "25h"));
  CHECK_FALSE(at("1d", "1h"));
  CHECK(at("0h", "0d"));
  CHECK(at("1mo", "648h"));
  CHECK_FALSE(at("1mo", "649h"));
}
