// JSON comes by the quick way or by the strict reader, and nobody can tell which: same nodes, same messages. simdjson
// says what JSON is. NEEDLEPLAN_DIFFERENTIAL=N tries N documents instead of the usual number.
#include "needleplan/yaml/json.h"

#include <array>
#include <map>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <simdjson.h>

#include "needleplan/yaml/parser.h"
#include "needleplan/yaml/reader.h"
#include "support/documents.h"

namespace {

using namespace needleplan;
using namespace std::string_literals;

constexpr std::array<std::string_view, 16> kKeys{
    "\"id\"",  "\"name\"",        "\"area\"",    "\"client\"", "\"last_used\"",       "\"spf 50\"",
    "\"a\"",   "\"M\u00fcller\"", "\"\"",        "\"<<\"",     "\"\\u00e9t\\u00e9\"", "\"x:y\"",
    "\"- b\"", "\"#\"",           "\"\u00a0a\"", "\"\\\"\""};
constexpr std::array<std::string_view, 44> kValues{"\"cheeks\"",
                                                   "\"none\"",
                                                   "\"\"",
                                                   "\"2026-03-04\"",
                                                   "\"14:30\"",
                                                   "\"a longer text, with commas: and colons # and more\"",
                                                   "\"\u7f8e\u54b2\"",
                                                   "\"a\u00a0b\"",
                                                   "\"\\n\"",
                                                   "\"tab\\there\"",
                                                   "\"back\\\\slash\"",
                                                   "\"\\u00e9\"",
                                                   "\"\\ud83d\\ude00\"",
                                                   "\"\\ud83d\"",
                                                   "\"\\ude00\\ud83d\"",
                                                   "\"\\u202e\"",
                                                   "\"\u202e\"",
                                                   "\"\\u0000\"",
                                                   "\"\\b\"",
                                                   "\"\\f\"",
                                                   "\"\\r\\n\"",
                                                   "\"it's\"",
                                                   "\"\\/\"",
                                                   "\"\\x41\"",
                                                   "\"\\e\"",
                                                   "\"\xff\"",
                                                   "\"tab\tas it is\"",
                                                   "true",
                                                   "false",
                                                   "null",
                                                   "0",
                                                   "-1",
                                                   "0.5",
                                                   "1e3",
                                                   "-0.25E-2",
                                                   "01",
                                                   "1.",
                                                   ".5",
                                                   "+1",
                                                   "yes",
                                                   "none",
                                                   "'single'",
                                                   "NaN",
                                                   "1_000"};
constexpr std::array<std::string_view, 10> kSpaces{"", "", "", " ", " ", "\n", "\n  ", "\r\n", "\t", " \n\t "};

/// Writes a random map in JSON, now and then with what only YAML or nobody reads.
class JsonText {
 public:
  explicit JsonText(Random& random) : random_(random) {}

  std::string document() {
    if (random_.one_in(30)) out_ += "\xEF\xBB\xBF";
    if (random_.one_in(10)) space();
    map(0);
    space();
    return std::move(out_);
  }

 private:
  void space() { out_ += random_.pick(kSpaces); }

  void map(int depth) {
    out_ += '{';
    const std::size_t count = random_.one_in(40) ? 40 : random_.below(5) + (depth == 0 ? 1 : 0);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ',';
      space();
      // Mostly valid: words that are not, and keys that stand twice, are rare.
      if (random_.one_in(3)) {
        out_ += random_.pick(kKeys);
      } else {
        out_ += "\"k" + std::to_string(random_.below(200)) + '"';
      }
      if (random_.one_in(10)) space();
      out_ += ':';
      space();
      value(depth);
      space();
    }
    out_ += '}';
  }

  void value(int depth) {
    if (depth < 5 && random_.one_in(5)) return map(depth + 1);
    if (depth < 5 && random_.one_in(5)) {
      out_ += '[';
      for (std::size_t i = 0, count = random_.below(4); i < count; ++i) {
        if (i > 0) out_ += ',';
        space();
        value(depth + 1);
        space();
      }
      out_ += ']';
      return;
    }
    out_ += random_.one_in(6) ? random_.pick(kValues) : kValues[random_.below(12)];
  }

  Random& random_;
  std::string out_;
};

bool same(const yaml::Document& a, const yaml::Document& b) {
  if (a.size() != b.size() || a.kept() != b.kept()) return false;
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    const yaml::Cell& x = a.cell(i);
    const yaml::Cell& y = b.cell(i);
    if (x.text.begin != y.text.begin || x.text.size != y.text.size || x.offset != y.offset || x.next != y.next ||
        x.first != y.first || x.count != y.count || x.kind != y.kind || x.style != y.style || x.mark != y.mark ||
        x.keys != y.keys)
      return false;
  }
  return true;
}

/// Whether simdjson reads the same from it.
bool same(yaml::Node ours, simdjson::dom::element theirs) {
  using simdjson::dom::element_type;
  const auto plain = [&](std::string_view word) { return ours.style() == yaml::Style::plain && ours.text() == word; };
  switch (theirs.type()) {
    case element_type::OBJECT: {
      if (!ours.is_map()) return false;
      auto key = ours.begin();
      for (const auto field : simdjson::dom::object(theirs)) {
        if (key == ours.end() || (*key).text() != field.key || !same((*key).value_of(), field.value)) return false;
        ++key;
      }
      return key == ours.end();
    }
    case element_type::ARRAY: {
      if (!ours.is_list()) return false;
      auto item = ours.begin();
      for (const auto element : simdjson::dom::array(theirs)) {
        if (item == ours.end() || !same(*item, element)) return false;
        ++item;
      }
      return item == ours.end();
    }
    case element_type::STRING:
      return ours.is_scalar() && ours.style() == yaml::Style::quoted && ours.text() == std::string_view(theirs);
    case element_type::BOOL:
      return plain(bool(theirs) ? "true" : "false");
    case element_type::NULL_VALUE:
      return plain("null");
    default:
      return ours.is_scalar() && ours.style() == yaml::Style::plain &&
             std::strtod(std::string(ours.text()).c_str(), nullptr) == double(theirs);
  }
}

struct Read {
  yaml::Document document;
  Diagnostics diagnostics;
  bool read = false;
};

void read_strictly(const Source& source, Read& out) {
  const yaml::Limits limits;
  out.document.reset(source);
  yaml::Parser(source, out.document, out.diagnostics, limits).read_document();
  out.read = !out.diagnostics.has_errors();
}

/// How a text of JSON is read.
struct Way {
  bool read = false;
  bool fell_back = false;
};
Way way(std::string_view text) {
  const Source source("c.json", std::string(text));
  Read out;
  const bool read = yaml::read(source, out.document, out.diagnostics);
  return {read, out.document.fell_back()};
}

}  // namespace

TEST_CASE("JSON gives the nodes and messages of the strict reader, and the values of simdjson") {
  const std::size_t documents = documents_to_try();
  std::size_t quick = 0;
  std::size_t by_both = 0;
  std::size_t by_neither = 0;
  std::size_t yaml_only = 0;
  std::size_t out_of_range = 0;
  std::map<std::string, std::size_t> refused_alone;
  simdjson::dom::parser parser;
  for (std::size_t i = 0; i < documents; ++i) {
    Random random(i);
    std::string text = JsonText(random).document();
    if (i % 3 == 2) mutate(text, random);
    CAPTURE(i);
    CAPTURE(text);
    const Source source("c.json", text);
    Read ours;
    Read strict;
    ours.read = yaml::read(source, ours.document, ours.diagnostics);
    read_strictly(source, strict);
    REQUIRE(ours.read == strict.read);
    REQUIRE(to_text(ours.diagnostics) == to_text(strict.diagnostics));
    REQUIRE(same(ours.document, strict.document));

    simdjson::dom::element theirs;
    // It takes a byte order mark for no JSON; ours passes it over.
    const std::string unmarked = text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
    const simdjson::error_code error = parser.parse(unmarked).get(theirs);
    const bool by_quick = yaml::begins_as_json(text) && !ours.document.left_to_strict_reader();
    quick += by_quick ? 1 : 0;
    if (error == simdjson::SUCCESS && ours.read) {
      ++by_both;
      REQUIRE(same(ours.document.root(), theirs));
    } else if (error == simdjson::SUCCESS) {
      ++refused_alone[ours.diagnostics.sorted().front().id];
    } else if (error == simdjson::NUMBER_ERROR && by_quick) {
      ++out_of_range;  // a number that fits no double is a text to us
    } else {
      REQUIRE_FALSE(by_quick);
      ++(ours.read ? yaml_only : by_neither);
    }
  }
  CHECK(quick > documents / 4);
  CHECK(out_of_range < documents / 1000 + 2);
  std::string alone;
  for (const auto& [id, count] : refused_alone)
    alone += " " + id + " " + std::to_string(count);
  MESSAGE("JSON: " << documents << " texts, " << quick << " by the quick way; read alike by simdjson " << by_both
                   << ", refused by both " << by_neither << ", YAML alone " << yaml_only << ", numbers out of range "
                   << out_of_range << ", refused by us alone:" << alone);
}

TEST_CASE("what is not plain JSON is left to the strict reader, and counted") {
  CHECK_FALSE(way(R"({"a": "x", "b": [1, true, null], "c": {}})").fell_back);
  CHECK_FALSE(way("\xEF\xBB\xBF \n {\"a\"\t:\n1}\r\n").fell_back);
  CHECK_FALSE(way("a: x\n").fell_back);
  CHECK_FALSE(way("{a: x}\n").fell_back);
  for (const std::string_view text :
       {R"({"a": yes})", R"({"a": "x",})", R"({"a": 01})", "{\"a\": 1}  # said so\n", R"({"a": "\x41"})"}) {
    CAPTURE(text);
    CHECK(way(text).read);
    CHECK(way(text).fell_back);
  }
  for (const std::string_view text :
       {R"({"a": "x", "a": "y"})", R"({"a": "x)", R"({"": 1})", "{\"a\"\n: 1}", R"({"a": "\ud83d"})", "{\"a\": 1} x"}) {
    CAPTURE(text);
    CHECK_FALSE(way(text).read);
    CHECK(way(text).fell_back);
  }
}

TEST_CASE("the limits of depth and size hold for JSON too") {
  const auto nested = [](std::size_t depth) {
    std::string text = "{\"a\":";
    return text + std::string(depth - 1, '[') + "1" + std::string(depth - 1, ']') + "}";
  };
  CHECK(way(nested(32)).read);
  CHECK_FALSE(way(nested(32)).fell_back);
  CHECK_FALSE(way(nested(33)).read);
  CHECK_FALSE(way(nested(100000)).read);
  CHECK_FALSE(way("{\"a\": \"" + std::string(std::size_t{1} << 20U, 'x') + "\"}").read);
}

TEST_CASE("the same key twice is found among many") {
  std::string many = "{";
  for (int i = 0; i < 5000; ++i)
    many += "\"key" + std::to_string(i) + "\": 1, ";
  CHECK(way(many + "\"last\": 1}").read);
  CHECK_FALSE(way(many + "\"key4711\": 1}").read);
}
