// There and back between YAML and NDJSON, over random documents of both kinds.
#include "needleplan/batch/convert.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "needleplan/yaml/fields.h"
#include "needleplan/yaml/reader.h"
#include "support/yaml_documents.h"

namespace {

using namespace needleplan;
using batch::Form;

struct Converted {
  bool done = false;
  std::string text;
  std::string ids;  ///< of the messages
};

Converted convert(std::string_view text, Form to) {
  const Source source("c", std::string(text));
  batch::Converter converter(to);
  Diagnostics diagnostics;
  Converted out;
  out.done = converter.convert(source, out.text, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    out.ids += diagnostic.id + ' ';
  return out;
}

/// What a reader of profiles can tell of a node, on one line.
std::string meaning(yaml::Node node) {
  std::string out;
  if (node.is_map()) {
    for (const yaml::Node key : node)
      out += '"' + std::string(key.text()) + "\": " + meaning(key.value_of()) + ", ";
    return '{' + out + '}';
  }
  if (node.is_list()) {
    for (const yaml::Node item : node)
      out += meaning(item) + ", ";
    return '[' + out + ']';
  }
  if (yaml::is_null(node)) return "null";
  if (node.is_word("none") || node.is_word("unknown")) return "answer " + std::string(node.text());
  return '"' + std::string(node.text()) + '"';
}

std::string meaning(const std::string& text) {
  const Source source("c", text);
  yaml::Document document;
  Diagnostics diagnostics;
  const bool read = yaml::read(source, document, diagnostics);
  INFO(to_text(diagnostics));
  REQUIRE(read);
  return meaning(document.root());
}

}  // namespace

TEST_CASE("a record reads the same after each conversion, and NDJSON is the same after there and back") {
  const std::size_t documents = documents_to_try();
  std::size_t done = 0;
  for (std::size_t i = 0; i < documents; ++i) {
    Random random(i + documents);
    std::string text = YamlText(random).document();
    if (i % 4 == 3) mutate(text, random);
    CAPTURE(i);
    CAPTURE(text);
    const Converted json = convert(text, Form::ndjson);
    if (!json.done) {
      CHECK(json.text.empty());
      CHECK_FALSE(json.ids.empty());
      CHECK(json.ids.find("no-other-form") == std::string::npos);
      continue;
    }
    ++done;
    CAPTURE(json.text);
    CHECK(json.text.find('\n') == json.text.size() - 1);
    const Converted yaml = convert(json.text, Form::yaml);
    REQUIRE_MESSAGE(yaml.done, yaml.ids);
    CAPTURE(yaml.text);
    const std::string said = meaning(text);
    REQUIRE(meaning(json.text) == said);
    REQUIRE(meaning(yaml.text) == said);
    REQUIRE(convert(yaml.text, Form::ndjson).text == json.text);
  }
  CHECK(done > documents / 6);
  MESSAGE("converted " << done << " of " << documents);
}

TEST_CASE("texts that would be read as something else stay texts") {
  for (const std::string_view text : {"",
                                      " ",
                                      "~",
                                      "null",
                                      "NULL",
                                      "true",
                                      "12",
                                      "-0.5e3",
                                      "a:b",
                                      "- a",
                                      "?",
                                      "#",
                                      "a #b",
                                      "a: b",
                                      "a:",
                                      "---",
                                      "...",
                                      "[a",
                                      "{",
                                      "*a",
                                      "&a",
                                      "!a",
                                      "|",
                                      ">",
                                      "'",
                                      "\\\"",
                                      "%a",
                                      "@a",
                                      "`a",
                                      "<<",
                                      "a,b",
                                      "a]",
                                      "yes",
                                      "\\n",
                                      "a\\n",
                                      "a\\n\\n",
                                      "\\na",
                                      " a\\nb",
                                      "a\\tb",
                                      "\\u00a0a",
                                      "a\\u2003",
                                      "a\\u00a0b",
                                      "http://a.example",
                                      "one two\\r\\n"}) {
    const std::string line =
        "{\"id\":[\"" + std::string(text) + "\"],\"value\":\"" + std::string(text) + "\",\"none\":\"none\"}\n";
    CAPTURE(line);
    const Converted yaml = convert(line, Form::yaml);
    REQUIRE_MESSAGE(yaml.done, yaml.ids);
    CAPTURE(yaml.text);
    CHECK(meaning(yaml.text) == meaning(line));
    const Converted back = convert(yaml.text, Form::ndjson);
    CHECK(meaning(back.text) == meaning(line));
  }
}

TEST_CASE("a text that only YAML can say is refused") {
  CHECK(convert("a: \"none\"\n", Form::ndjson).ids == "quoted-answer ");
  CHECK(convert("a: |-\n  unknown\n", Form::ndjson).ids == "quoted-answer ");
  CHECK(convert("a: 'none'\n", Form::yaml).done);
  CHECK(convert("a: none\n", Form::ndjson).text == "{\"a\":\"none\"}\n");
  CHECK(convert("- a\n", Form::ndjson).ids == "wrong-kind ");
  CHECK(convert("a: b\na: c\n", Form::ndjson).ids == "duplicate-key ");
}
