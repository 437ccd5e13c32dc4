// Every example that a clinic may copy loads: those of needleplan-protocol(5), and what `needleplan init clinic`
// prints.
#include <algorithm>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "needleplan/profile/read_profile.h"
#include "needleplan/protocol/compiled.h"
#include "needleplan/protocol/load.h"
#include "needleplan/yaml/reader.h"
#include "support/examples.h"

namespace needleplan {

using namespace testing;

namespace {

constexpr std::string_view kHead = "layer: {id: our-clinic, kind: clinic, title: Our Clinic}\n";
constexpr std::string_view kProfile = "# in a profile\n";

/// The shipped protocol with a layer over it.
std::unique_ptr<Pack> with_layer(std::string text, Diagnostics& diagnostics) {
  Overlay overlay;
  overlay.files.push_back({"our-clinic.yaml", std::move(text)});
  if (const CompiledProtocols* compiled = compiled_protocols())
    return read_pack(*compiled, compiled->folder("microneedling"), {}, diagnostics, std::move(overlay));
  std::string problem;
  return read_pack(protocol_files("microneedling", problem), diagnostics, std::move(overlay));
}

bool is_layer(const Example& example) {
  return example.section != "REFERENCE" && !example.text.starts_with("needleplan ") &&
         !example.text.starts_with(kProfile);
}

/// What a layer made weaker, with or without a word about it.
std::size_t weaker(const Pack& pack) {
  std::size_t out = pack.disabled.size() + pack.loosened.size();
  for (const Statement& statement : pack.statements)
    out += statement.loosened.size();
  return out;
}

/// The file with its examples put to use: a # right in front of a key or of an indented line goes.
std::string in_full(const std::string& file) {
  std::string out;
  std::istringstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const bool example =
        line.size() > 2 && line[0] == '#' && ((line[1] >= 'a' && line[1] <= 'z') || (line[1] == ' ' && line[2] == ' '));
    out += (example && line.find("needleplan ") == std::string::npos ? line.substr(1) : line) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("every example of the manual is a layer that loads") {
  int count = 0;
  for (const Example& example : examples_of(text_of("man/needleplan-protocol.5"))) {
    if (!is_layer(example)) continue;
    ++count;
    INFO(example.section << ": " << example.heading << "\n" << example.text);
    Diagnostics diagnostics;
    const bool whole = example.text.starts_with("layer:");
    const auto pack = with_layer(std::string(whole ? "" : kHead) + example.text, diagnostics);
    CHECK(to_text(diagnostics) == "");
    // An example does not weaken a rule by the way.
    CHECK((weaker(*pack) > 0) == (example.text.find("loosen:") != std::string::npos));
  }
  CHECK(count > 70);
}

TEST_CASE("what README.md shows of a clinic's file loads") {
  const std::string readme = text_of("README.md");
  int count = 0;
  for (std::size_t at = readme.find("```yaml\n"); at != std::string::npos; at = readme.find("```yaml\n", at)) {
    at += 8;
    const std::string text = readme.substr(at, readme.find("```", at) - at);
    CAPTURE(text);
    ++count;
    Diagnostics diagnostics;
    const auto pack = with_layer(std::string(text.starts_with("layer:") ? "" : kHead) + text, diagnostics);
    CHECK(to_text(diagnostics) == "");
    CHECK((weaker(*pack) > 0) == (text.find("loosen:") != std::string::npos));
  }
  CHECK(count == 2);
}

TEST_CASE("the shapes of the manual can stand together in one layer") {
  std::set<std::string> ids;
  for (const Example& example : examples_of(text_of("man/needleplan-protocol.5"))) {
    if (!is_layer(example) || example.section == "LAYERS") continue;
    std::istringstream words(example.text);
    for (std::string word; words >> word;) {
      if (word != "id:" && word != "{id:") continue;
      words >> word;
      CAPTURE(example.heading);
      CAPTURE(word);
      const bool of_pack = word.starts_with("needling") || word.starts_with("depth-forehead") ||
                           word.starts_with("prior-session-recent") || word.starts_with("breastfeeding") ||
                           word.starts_with("isotretinoin-recent") || word.starts_with("series-acne-scars");
      CHECK((ids.insert(word).second || of_pack));
    }
  }
  CHECK(ids.size() > 120);
}

TEST_CASE("what the manual says of a profile can be read") {
  int count = 0;
  for (const Example& example : examples_of(text_of("man/needleplan-protocol.5"))) {
    if (!example.text.starts_with(kProfile)) continue;
    ++count;
    CAPTURE(example.heading);
    Diagnostics diagnostics;
    const Source source("client.yaml", "client: {id: c-1}\n" + example.text);
    yaml::Document document;
    REQUIRE(yaml::read(source, document, diagnostics));
    CHECK(read_profile(document.root(), diagnostics).has_value());
    CHECK(to_text(diagnostics) == "");
  }
  CHECK(count == 2);
}

TEST_CASE("the clinic's file that init prints loads, and weakens nothing") {
  Diagnostics diagnostics;
  const auto pack = with_layer(text_of("templates/init/clinic.yaml"), diagnostics);
  CHECK(to_text(diagnostics) == "");
  CHECK(weaker(*pack) == 0);
  CHECK(pack->layers.size() == 1);
  REQUIRE(pack->find("perfume") != nullptr);
  CHECK(pack->find("exercise")->layer == "our-clinic");
}

TEST_CASE("the clinic's file that init prints loads with all its examples") {
  const std::string file = text_of("templates/init/clinic.yaml");
  const std::string full = in_full(file);
  REQUIRE(full.size() < file.size() - 80);
  Diagnostics diagnostics;
  const auto pack = with_layer(full, diagnostics);
  CHECK(to_text(diagnostics) == "");
  std::set<StatementKind> kinds;
  for (const Statement& statement : pack->statements)
    if (statement.layer == "our-clinic") kinds.insert(statement.kind());
  CHECK(kinds.size() == 7);
  CHECK(pack->disabled.size() == 2);
}

}  // namespace needleplan
