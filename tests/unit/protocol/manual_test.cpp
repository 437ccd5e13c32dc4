// needleplan-protocol(5) has every key of a pack and of a layer, and the examples of its reference are a pack.
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/protocol/layer_shape.h"
#include "needleplan/protocol/pack.h"
#include "support/examples.h"

namespace needleplan {

using namespace testing;

namespace {

std::string page() {
  return text_of("man/needleplan-protocol.5");
}

/// What a page sets as a key: the words behind `.Cm` and ` Cm ` up to the type, one by one.
std::set<std::string> keys_in(const std::string& page) {
  std::set<std::string> out;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    bool inside = false;
    for (std::string word; words >> word;) {
      if (word == ".Cm" || word == "Cm")
        inside = true;
      else if (word == "Pq" || word == "No" || word == "Ta")
        inside = false;
      else if (inside)
        out.insert(word);
    }
  }
  return out;
}

void add_keys(const yaml::Shape& shape, std::set<std::string>& out) {
  for (const yaml::Key& key : shape.keys) {
    out.insert(std::string(key.name));
    if (key.shape != nullptr) add_keys(*key.shape, out);
  }
}

/// The literal blocks of the reference, without those that show only a part.
std::string examples(const std::string& page) {
  std::string out;
  for (const Example& example : examples_of(page))
    if (example.section == "REFERENCE" && !example.text.starts_with("when:")) out += example.text;
  return out;
}

/// The part of the catalog that the examples name.
constexpr std::string_view kNamed = R"(
subjects:
  - {id: nsaid, kind: class, label: painkillers}
  - {id: retinoid-topical, kind: class, label: vitamin A creams}
  - {id: diclofenac-oral, kind: ingredient, label: diclofenac tablets}
  - {id: diclofenac-topical, kind: ingredient, label: diclofenac gel}
  - {id: sunburn, kind: exposure, label: sunburn}
  - {id: forehead, kind: area, label: forehead}
  - {id: latex, kind: allergen, label: latex}
)";

}  // namespace

TEST_CASE("the manual has every key of a pack and of a layer") {
  const std::set<std::string> written = keys_in(page());
  std::set<std::string> known;
  add_keys(kPackShape, known);
  add_keys(kLayerShape, known);
  REQUIRE(known.size() > 60);
  // `later_of` stands among the ends, `key` of a source in a sentence with others.
  for (const std::string& key : known) {
    CAPTURE(key);
    CHECK((written.contains(key) || key == "later_of" || key == "key"));
  }
}

TEST_CASE("the manual has every kind of condition") {
  Diagnostics diagnostics;
  // The messages point into the pack.
  const auto pack = read_pack(
      {{"pack.yaml", "conditions: [{id: a, verdict: avoid, when: {zzz: 1}, sources: unsourced}]"}}, diagnostics);
  std::string message;
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    if (diagnostic.id == "condition-kind") message = diagnostic.message;
  const std::size_t at = message.find("one of ");
  REQUIRE(at != std::string::npos);
  const std::set<std::string> written = keys_in(page());
  std::istringstream words(message.substr(at + 7));
  int kinds = 0;
  for (std::string word; words >> word;) {
    if (word == "or") continue;
    if (word.ends_with(',')) word.pop_back();
    ++kinds;
    CAPTURE(word);
    CHECK(written.contains(word));
  }
  CHECK(kinds > 15);
}

TEST_CASE("the examples of the manual are a pack that can be read") {
  Diagnostics diagnostics;
  const std::string text = examples(page());
  const auto pack = read_pack({{"catalog.yaml", std::string(kNamed)}, {"needleplan-protocol.5", text}}, diagnostics);
  CHECK(to_text(diagnostics) == "");
  std::set<StatementKind> kinds;
  for (const Statement& statement : pack->statements)
    kinds.insert(statement.kind());
  CHECK(kinds.size() == kStatementLists.size());
  CHECK(pack->about.size() == 1);
}

}  // namespace needleplan
