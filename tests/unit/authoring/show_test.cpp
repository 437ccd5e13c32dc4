// What `protocol show` prints can be pasted: read again it says the same, key by key.
#include "needleplan/authoring/show.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/authoring/in_force.h"
#include "needleplan/protocol/load.h"
#include "needleplan/render/statement_record.h"
#include "needleplan/yaml/reader.h"
#include "needleplan/yaml/write.h"

namespace needleplan {

namespace {

std::unique_ptr<Pack> shipped(const std::vector<std::string>& layers = {}) {
  Diagnostics diagnostics;
  std::string problem;
  auto pack = load_protocol("microneedling", diagnostics, problem, {layers, "en"});
  REQUIRE(pack);
  CAPTURE(to_text(diagnostics));
  REQUIRE_FALSE(diagnostics.has_errors());
  return pack;
}

bool same(yaml::Node a, yaml::Node b) {
  if (a.valid() != b.valid()) return false;
  if (!a.valid()) return true;
  if (a.kind() != b.kind() || a.count() != b.count()) return false;
  if (a.is_scalar()) {
    // A text in quotes may lose them where it cannot be taken for a word.
    const bool one_word = a.text().find(' ') == std::string_view::npos;
    return a.text() == b.text() && (!one_word || a.is_word(a.text()) == b.is_word(b.text()));
  }
  auto other = b.begin();
  for (const yaml::Node child : a) {
    if (!same(child, *other)) return false;
    if (a.is_map() && !same(child.value_of(), (*other).value_of())) return false;
    ++other;
  }
  return true;
}

std::string record(const Statement& statement, const Pack& pack) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::pretty);
  write_statement(json, statement, pack);
  return out;
}

/// Every key but lists of sources that may stand as one word or as a list of one.
void check_keys(const Layered& one, const Layered& two) {
  for (const yaml::Node key : one.parts().front()) {
    CAPTURE(key.text());
    if (key.text() == "unsourced" || key.text() == "sources" || key.text() == "settings") continue;
    CHECK(same(one.find(key.text()), two.find(key.text())));
  }
  CHECK(one.parts().front().count() == two.parts().front().count());
}

void check_citations(const Citations& a, const Citations& b, const Pack& pack, const Pack& again) {
  REQUIRE(a.list.size() == b.list.size());
  for (std::size_t i = 0; i < a.list.size(); ++i) {
    CHECK(pack.references[a.list[i].source].key == again.references[b.list[i].source].key);
    CHECK(a.list[i].figures == b.list[i].figures);
    CHECK(a.list[i].says == b.list[i].says);
  }
  CHECK(a.unsourced == b.unsourced);
}

/// The shipped protocol with every statement, event and background text as `text` has it.
std::unique_ptr<Pack> read_as_pack(const std::string& text, Diagnostics& diagnostics) {
  std::string problem;
  std::vector<PackFile> files = protocol_files("microneedling", problem);
  std::erase_if(files, [](const PackFile& file) { return !file.shared && !file.name.ends_with("/sources.yaml"); });
  files.push_back({"head.yaml", "pack: {id: microneedling, title: Again, version: '1', reviewed: none}\n"});
  files.push_back({"shown.yaml", text});
  return read_pack(std::move(files), diagnostics);
}

}  // namespace

TEST_CASE("what is shown of the shipped pack reads as the same statements") {
  const auto pack = shipped();
  for (const ShowOrigin origin : {ShowOrigin::hide, ShowOrigin::show}) {
    Diagnostics diagnostics;
    const auto again = read_as_pack(show_text(*pack, {}, origin), diagnostics);
    CAPTURE(to_text(diagnostics));
    REQUIRE_FALSE(diagnostics.has_errors());
    REQUIRE(again->statements.size() == pack->statements.size());
    for (const Statement& statement : pack->statements) {
      CAPTURE(statement.id);
      const Statement* other = again->find(statement.id);
      REQUIRE(other != nullptr);
      CHECK(record(statement, *pack) == record(*other, *again));
      check_keys(statement.written, other->written);
      check_citations(statement.citations, other->citations, *pack, *again);
      if (const auto* step = statement.as<Step>())
        for (std::size_t i = 0; i < step->settings.size(); ++i) {
          check_keys(step->settings[i].written, other->as<Step>()->settings[i].written);
          check_citations(step->settings[i].citations, other->as<Step>()->settings[i].citations, *pack, *again);
        }
    }
    REQUIRE(again->events.size() == pack->events.size());
    for (std::size_t i = 0; i < pack->events.size(); ++i)
      check_keys(pack->events[i].written, again->events[i].written);
    REQUIRE(again->about.size() == pack->about.size());
    for (std::size_t i = 0; i < pack->about.size(); ++i)
      check_keys(pack->about[i].written, again->about[i].written);
  }
}

TEST_CASE("what is shown can be pasted into a layer, and changes nothing there") {
  const auto pack = shipped();
  std::vector<std::string> subjects;
  for (const Subject& subject : pack->catalog.subjects())
    subjects.emplace_back(subject.id);
  Diagnostics diagnostics;
  std::string problem;
  Overlay overlay;
  overlay.files.push_back(
      {"ours.yaml", "layer: {id: ours, kind: clinic, title: Ours}\n" + show_text(*pack, {}, ShowOrigin::show)});
  overlay.files.push_back({"names.yaml", "layer: {id: our-names, kind: clinic, title: Our names}\n" +
                                             show_text(*pack, subjects, ShowOrigin::hide)});
  const auto again = read_pack(protocol_files("microneedling", problem), diagnostics, std::move(overlay));
  CAPTURE(to_text(diagnostics));
  REQUIRE_FALSE(diagnostics.has_errors());
  CHECK(again->statements.size() == pack->statements.size());
  CHECK(again->catalog.names() == pack->catalog.names());
  for (const Statement& statement : again->statements) {
    CAPTURE(statement.id);
    CHECK(statement.loosened.empty());
    CHECK(statement.origins.size() <= 2);
    for (const KeyInForce& key : keys_in_force(entry_of(statement), *again))
      CHECK(key.was.empty());
  }
}

TEST_CASE("values are written so that they are read as they were") {
  const Source source("values.yaml",
                      "a: plain text, with commas\n"
                      "b: \"none\"\n"
                      "c: none\n"
                      "d: |\n"
                      "  two lines\n"
                      "\n"
                      "  - and a third\n"
                      "e: \"tab\\tand \\\"quote\\\" \\\\ \"\n"
                      "f: {\"key: with colon\": [\"a, b\", \"[c]\", d e, \"\"], g: \"- x\"}\n"
                      "h: \"ends with colon:\"\n"
                      "i: \"has # hash\"\n"
                      "j: >-\n"
                      "  none\n"
                      "k: https://example.org/a:b\n"
                      "l: []\n"
                      "m: {}\n"
                      "n: \"two  spaces and so long that it would be folded if it could be folded at its spaces, which "
                      "it cannot\"\n"
                      "o: 'so long that it goes over several lines as every word of it has one space before it and one "
                      "behind it, however long'\n"
                      "p: \"first\\n second\\n\"\n"
                      "q: \" line\\n\\n\"\n");
  yaml::Document document;
  Diagnostics diagnostics;
  REQUIRE(yaml::read(source, document, diagnostics));
  std::string text;
  for (const yaml::Node key : document.root()) {
    text += std::string(key.text()) + ":";
    yaml::append_value(text, key.value_of(), 0, "a comment");
  }
  CAPTURE(text);
  const Source written("written.yaml", text);
  yaml::Document again;
  REQUIRE(yaml::read(written, again, diagnostics));
  for (const yaml::Node key : document.root()) {
    CAPTURE(key.text());
    CHECK(same(key.value_of(), again.root().find(key.text())));
  }
}

}  // namespace needleplan
