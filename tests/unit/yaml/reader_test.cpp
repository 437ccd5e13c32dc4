#include "needleplan/yaml/reader.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace needleplan;

namespace {

/// A node as JSON-like text, with styles as marks: 'quoted', |block|.
std::string shown(yaml::Node node) {
  if (node.is_scalar()) {
    const std::string text(node.text());
    if (node.style() == yaml::Style::quoted) return "'" + text + "'";
    return node.style() == yaml::Style::block ? "|" + text + "|" : text;
  }
  std::string out = node.is_list() ? "[" : "{";
  bool first = true;
  for (const yaml::Node child : node) {
    if (!first) out += ", ";
    first = false;
    out += shown(child);
    if (node.is_map()) out += ": " + shown(child.value_of());
  }
  return out + (node.is_list() ? "]" : "}");
}

/// `line:column id` of every diagnostic, separated by `; `.
std::string places(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics.sorted()) {
    const Place at = d.at.place();
    if (!out.empty()) out += "; ";
    out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + d.id;
  }
  return out;
}

struct Row {
  std::string_view name;
  std::string text;
  std::string_view expected;
};

void check_good(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Source source("t.yaml", row.text);
    yaml::Document document;
    Diagnostics diagnostics;
    CHECK(yaml::read(source, document, diagnostics));
    CHECK(to_text(diagnostics) == "");
    CHECK(shown(document.root()) == row.expected);
  }
}

void check_bad(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Source source("t.yaml", row.text);
    yaml::Document document;
    Diagnostics diagnostics;
    CHECK_FALSE(yaml::read(source, document, diagnostics));
    CHECK(places(diagnostics) == row.expected);
  }
}

std::string repeated(std::string_view piece, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += piece;
  return text;
}

}  // namespace

TEST_CASE("maps, lists and scalars") {
  check_good({
      {"map", "a: 1\nb: x y\n", "{a: 1, b: x y}"},
      {"no line break at the end", "a: 1", "{a: 1}"},
      {"nested map", "a:\n  b: 1\n  c:\n    d: 2\ne: 3\n", "{a: {b: 1, c: {d: 2}}, e: 3}"},
      {"list", "- a\n- b\n", "[a, b]"},
      {"list under a key", "a:\n  - x\n  - y\nb: 1\n", "{a: [x, y], b: 1}"},
      {"list right below its key", "a:\n- x\n- y\nb: 1\n", "{a: [x, y], b: 1}"},
      {"list of maps", "- a: 1\n  b: 2\n- a: 3\n", "[{a: 1, b: 2}, {a: 3}]"},
      {"list in a list", "- - a\n  - b\n- - c\n", "[[a, b], [c]]"},
      {"dash alone", "-\n  a: 1\n-\n  - x\n", "[{a: 1}, [x]]"},
      {"no values", "a:\nb: ~\nc:\n", "{a: , b: ~, c: }"},
      {"no item", "-\n- a\n", "[, a]"},
      {"comments", "# top\na: 1 # one\n\n  # aside\nb: # below\n  - x\n", "{a: 1, b: [x]}"},
      {"comment after brackets", "a: [x]   # one\nb: {c: d} # two\n", "{a: [x], b: {c: d}}"},
      {"number sign within", "a: b#c\nd#e: f\n", "{a: b#c, d#e: f}"},
      {"colon within", "at: 14:30\nurl: https://x.example/a?b\n", "{at: 14:30, url: https://x.example/a?b}"},
      {"space before the colon", "a : 1\n", "{a: 1}"},
      {"key with spaces", "spf 50: yes\n", "{spf 50: yes}"},
      {"words stay text", "a: yes\nb: 010\nc: 1e3\nd: null\n", "{a: yes, b: 010, c: 1e3, d: null}"},
      {"dashes within", "a: -1\nb: -x\nc: --\n", "{a: -1, b: -x, c: --}"},
      {"document marker", "---\na: 1\n...\n", "{a: 1}"},
      {"marker after comments", "# who\n--- # one\na: 1\n", "{a: 1}"},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "a: 1\n",
       "{a: 1}"},
      {"carriage returns", "a: 1\r\nb:\r\n  - x\r\n\r\nc: 'q'\r\n", "{a: 1, b: [x], c: 'q'}"},
      {"other scripts", "name: 美咲\n", "{name: 美咲}"},
      {"odd space within a text",
       "note: a\xC2\xA0"
       "b\n",
       "{note: a\xC2\xA0"
       "b}"},
      {"a scalar alone", "x\n", "x"},
      {"indented document", "  a: 1\n  b: 2\n", "{a: 1, b: 2}"},
      {"tabs between", "a:\t1\t# one\n", "{a: 1}"},
      {"text below its key", "a:\n  some text\nb: 1\n", "{a: some text, b: 1}"},
  });
}

TEST_CASE("quoted scalars") {
  check_good({
      {"single", "a: 'it''s'\n", "{a: 'it's'}"},
      {"double", R"(a: "say \"x\" \\ \/ \t")", "{a: 'say \"x\" \\ / \t'}"},
      {"line break", R"(a: "x\ny")", "{a: 'x\ny'}"},
      {"hexadecimal", R"(a: "\x41\u00e9\U0001F600")", "{a: 'Aé😀'}"},
      {"surrogate pair", R"({"a": "\ud83d\ude00"})", "{'a': '😀'}"},
      {"none is a text here", "a: 'none'\n", "{a: 'none'}"},
      {"number sign and colon", "a: '# x: y'\n", "{a: '# x: y'}"},
      {"keys", "'a b': 1\n\"c\\u0041\": 2\n'it''s': 3\n", "{'a b': 1, 'cA': 2, 'it's': 3}"},
      {"in lists", "- 'a'\n- \"b\"  # b\n", "['a', 'b']"},
      {"empty", "a: ''\n", "{a: ''}"},
  });
}

TEST_CASE("lists and maps in brackets") {
  check_good({
      {"list", "a: [x, y z, 'q']\n", "{a: [x, y z, 'q']}"},
      {"map", "a: {b: 1, 'c': [d]}\n", "{a: {b: 1, 'c': [d]}}"},
      {"empty", "a: []\nb: {}\n", "{a: [], b: {}}"},
      {"comma at the end", "a: [x, y,]\n", "{a: [x, y]}"},
      {"over lines", "a: [x,  # first\n    y,\n\n    z\n]\nb: 1\n", "{a: [x, y, z], b: 1}"},
      {"no value", "a: {b: , c: ~}\n", "{a: {b: , c: ~}}"},
      {"JSON", "{\n\t\"a\": [1, true, null],\n\t\"b\":{\"c\":\"d\"}\n}\n", "{'a': [1, true, null], 'b': {'c': 'd'}}"},
      {"JSON list", "[{\"a\":1},{\"a\":2}]", "[{'a': 1}, {'a': 2}]"},
      {"address", "a: [https://x.example/y]\n", "{a: [https://x.example/y]}"},
      {"in a list", "- [a]\n- {b: c}\n", "[[a], {b: c}]"},
      {"question mark", "a: [why?]\n", "{a: [why?]}"},
  });
}

TEST_CASE("text blocks") {
  check_good({
      {"literal", "a: |\n  x\n   y\n\n  z\nb: 1\n", "{a: |x\n y\n\nz\n|, b: 1}"},
      {"strip", "a: |-\n  x\n  y\n", "{a: |x\ny|}"},
      {"keep", "a: |+\n  x\n\nb: 1\n", "{a: |x\n\n|, b: 1}"},
      {"folded", "a: >\n  x\n  y\n\n  z\n", "{a: |x y\nz\n|}"},
      {"folded, indented lines stay", "a: >-\n  x\n    y\n  z\n", "{a: |x\n  y\nz|}"},
      {"one line", "a: >-\n  x # no comment\n", "{a: |x # no comment|}"},
      {"given indentation", "a: |1\n   x\n  y\n", "{a: |  x\n y\n|}"},
      {"in a list", "- |\n  x\n- >-\n  y\n", "[|x\n|, |y|]"},
      {"comment after it", "a: |\n  x\n# c\nb: 1\n", "{a: |x\n|, b: 1}"},
      {"nothing", "a: |\nb: 1\n", "{a: ||, b: 1}"},
      {"looks like keys", "a: |\n  b: 1\n  - c\n", "{a: |b: 1\n- c\n|}"},
      {"carriage returns", "a: |\r\n  x\r\n  y\r\n", "{a: |x\ny\n|}"},
      {"header comment", "a: | # c\n  x\n", "{a: |x\n|}"},
  });
}

TEST_CASE("plain text over several lines is folded by the second reader, and counted") {
  const Source source("t.yaml", "a: one\n  two\n\n  three\nb: 1\n");
  yaml::Document document;
  Diagnostics diagnostics;
  CHECK(yaml::read(source, document, diagnostics));
  CHECK(shown(document.root()) == "{a: one two\nthree, b: 1}");
  CHECK(document.folded_by_second_reader() == 1);
  const Source other("u.yaml", "a: 1\n");
  CHECK(yaml::read(other, document, diagnostics));
  CHECK(document.folded_by_second_reader() == 0);
}

TEST_CASE("places of nodes") {
  const Source source("t.yaml", "a: 'x'\nb:\n  - c: [é, d]\n");
  yaml::Document document;
  Diagnostics diagnostics;
  REQUIRE(yaml::read(source, document, diagnostics));
  const yaml::Node root = document.root();
  CHECK(root.at().place() == Place{1, 1});
  CHECK(root.find("a").at().place() == Place{1, 4});
  const yaml::Node map = *root.find("b").begin();
  CHECK(root.find("b").at().place() == Place{3, 3});
  CHECK(map.at().place() == Place{3, 5});
  const yaml::Node list = map.find("c");
  CHECK(list.at().place() == Place{3, 8});
  CHECK((*++list.begin()).at().place() == Place{3, 12});
}

// What yaml-cpp 0.7 takes in silence, or takes forever over.
TEST_CASE("losses in silence are errors") {
  check_bad({
      {"brackets 600 deep", repeated("[", 600), "1:33 too-deep"},
      {"braces 600 deep", repeated("{a: ", 600), "1:129 too-deep"},
      {"dashes 600 deep", repeated("- ", 600), "1:65 too-deep"},
      {"a million brackets", repeated("[", 1'000'000), "1:33 too-deep"},
      {"more than the limit", repeated("[]", 600'000), "1:1 too-big"},
      {"alias bomb", "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
       "1:4 anchor; 2:4 anchor; 2:8 alias; 2:12 alias; 3:5 alias; 3:9 alias"},
      {"alias of itself", "&a [*a]\n", "1:1 anchor; 1:5 alias"},
      {"key twice", "pregnant: true\nname: x\npregnant: false\n", "3:1 duplicate-key"},
      {"quote not closed", "name: 'Anna\npregnant: true\n", "1:7 unclosed-quote"},
      {"quote not closed, at the end", "name: 'Anna\npregnant: true", "1:7 unclosed-quote"},
      {"double quote not closed", "name: \"Anna\npregnant: true\n", "1:7 unclosed-quote"},
      {"map then key", "{name: x}\npregnant: true\n", "2:1 text-after-document"},
      {"list then key", "- a\npregnant: true\n", "2:1 item-without-dash"},
      {"directive", "%pregnant: true\n", "1:1 directive; 1:1 empty-document"},
      {"end marker in the middle", "a: 1\n...\npregnant: true\n", "3:1 text-after-end"},
      {"second document", "a: 1\n---\npregnant: true\n", "2:1 second-document"},
      {"merge key", "<<: {a: 1}\n", "1:1 merge-key"},
      {"not UTF-8", "a: \xFF\n", "1:4 invalid-utf8"},
      {"overlong", "a: \xC0\xAF\n", "1:4 invalid-utf8"},
      {"surrogate", "a: \xED\xA0\x80\n", "1:4 invalid-utf8"},
      {"control character", "a: \x07\n", "1:4 control-character"},
      {"NUL", std::string("a: b\0c\n", 7), "1:5 nul-byte"},
      {"colon in a value", "a: b: c\n", "1:5 colon-in-value"},
      {"tab indentation", "a:\n\tb: 1\n", "2:1 tab-indentation"},
      {"bad dedent", "a:\n    b: 1\n  c: 2\n", "3:3 bad-indentation"},
      {"undefined alias", "a: *x\n", "1:4 alias"},
      {"missing comma", "a: ['x' 'y']\n", "1:9 missing-comma"},
      {"no-break space in a key", "preg\xC2\xA0nant: true\n", "1:5 odd-space"},
  });
}

TEST_CASE("the numbers and words that yaml-cpp turns into others stay as written") {
  check_good({
      {"octal", "a: 010\n", "{a: 010}"},
      {"nothing", "name: ~\nother:\nthird: Null\n", "{name: ~, other: , third: Null}"},
      {"truth words", "a: y\nb: on\nc: No\n", "{a: y, b: on, c: No}"},
      {"key with a space at its end", "Pregnant : yes\n", "{Pregnant: yes}"},
  });
}

TEST_CASE("mistakes in keys and indentation") {
  check_bad({
      {"no space", "pregnant:true\n", "1:9 missing-space"},
      {"no space, among keys", "a: 1\npregnant:true\nb: 2\n", "2:9 missing-space"},
      {"no space, first", "pregnant:true\nsmoker:no\nb: 2\n", "1:9 missing-space; 2:7 missing-space"},
      {"no space, below a key", "client:\n  pregnant:true\n", "2:11 missing-space"},
      {"no space, in a list", "- spf:50\n", "1:6 missing-space"},
      {"no space, in braces", "{pregnant:true}\n", "1:10 missing-space"},
      {"no space after a quoted key", "'a':1\n", "1:4 missing-space"},
      {"no colon", "a: 1\npregnant\nb: 2\n", "2:1 key-without-colon"},
      {"no colon, first", "pregnant\nb: 2\n", "1:1 key-without-colon"},
      {"no colon, in braces", "a: {b, c: 1}\n", "1:5 key-without-colon"},
      {"no colon after quotes", "a: 1\n'b'\n", "2:1 key-without-colon"},
      {"twice, three times", "a: 1\na: 2\n'a': 3\n", "2:1 duplicate-key; 3:1 duplicate-key"},
      {"twice in braces", "{a: 1, b: 2, a: 3}", "1:14 duplicate-key"},
      {"empty key", ": 1\n", "1:1 empty-key"},
      {"empty key later", "a: 1\n: 2\n", "2:1 empty-key"},
      {"empty quoted key", "'': 1\n", "1:1 empty-key"},
      {"empty key in braces", "{: 1}\n", "1:2 empty-key"},
      {"complex key", "? a\n: b\n", "1:1 complex-key; 2:1 empty-key"},
      {"list as key", "[a]: b\n", "1:4 complex-key"},
      {"long key", repeated("k", 1025) + ": 1\n", "1:1 long-key"},
      {"value and block", "a: 1\n  b: 2\nc: 3\n", "2:3 value-and-block"},
      {"quoted value and block", "a: '1'\n  b: 2\n", "2:3 value-and-block"},
      {"item and block", "- a\n  b: 2\n", "1:3 key-without-colon"},
      {"brackets and block", "a: [1]\n  - 2\n", "2:3 value-and-block"},
      {"item on the key's line", "a: - b\nc: 1\n", "1:4 item-on-key-line"},
      {"item among keys", "a: 1\n- b\nc: 2\n", "2:1 item-among-keys"},
      {"too far right", "a:\n  b: 1\n   c: 2\n", "3:4 value-and-block"},
      {"not as far as the document", "  a: 1\nb: 2\n", "2:1 bad-indentation"},
      {"list dedent", "a:\n    - x\n  - y\n", "3:3 bad-indentation"},
      {"tab after a dash", "-\ta: 1\n", "1:2 tab-indentation"},
      {"tab further down", "a:\n  b: 1\n\tc: 2\n", "3:1 tab-indentation"},
      {"no-break space as indentation", "a:\n\xC2\xA0 b: 1\n", "2:1 odd-space"},
      {"no-break space at the end", "a: yes\xC2\xA0\n", "1:7 odd-space"},
      {"zero width space in a key", "a\xE2\x80\x8B: 1\n", "1:2 odd-space"},
  });
}

TEST_CASE("mistakes in values") {
  check_bad({
      {"text after a quote", "a: 'x' y\nb: \"z\"q\n", "1:8 text-after-value; 2:7 text-after-value"},
      {"text after a bracket", "a: [x] y\n", "1:8 text-after-value"},
      {"comment glued to a quote", "a: 'x'# y\n", "1:7 text-after-value"},
      {"text that looks like a comment", "a: cream #2\nb: #3\n- #4\n",
       "1:10 unspaced-comment; 2:4 unspaced-comment; 3:3 unspaced-comment"},
      {"list not closed", "areas: [face, neck\npregnant: true\n", "1:8 unclosed-bracket"},
      {"map not closed", "a: {b: [c]\nd: 1\n", "1:4 unclosed-bracket"},
      {"inner list not closed", "a: {b: [c}\n", "1:4 unclosed-bracket; 1:10 wrong-bracket"},
      {"not closed at the end", "[a, b", "1:1 unclosed-bracket"},
      {"missing comma between lines", "[a\nb]\n", "2:1 missing-comma"},
      {"comma without entry", "[a,,b]\n{,}\n", "1:4 empty-entry; 2:1 text-after-document; 2:2 empty-entry"},
      {"pair in a list", "[a: b]\n", "1:3 pair-in-list"},
      {"quote not closed in brackets", "a: ['b, c]\nd: 1\n", "1:5 unclosed-quote"},
      {"dash in brackets", "[- a]\n", "1:2 item-in-brackets"},
      {"block in brackets", "[| a]\n", "1:2 block-in-brackets"},
      {"stray bracket", "a: ]\nb: }\nc: ,\n", "1:4 stray-bracket; 2:4 stray-bracket; 3:4 stray-bracket"},
      {"reserved", "a: @x\nb: `y`\nc: %z\n@d: 1\n",
       "1:4 reserved-indicator; 2:4 reserved-indicator; 3:4 reserved-indicator; 4:1 reserved-indicator"},
      {"tag", "a: !!str 1\nb: !x\n", "1:4 tag; 2:4 tag"},
      {"anchor on a key", "&a b: 1\n", "1:1 anchor"},
      {"unknown escape", "a: \"x\\q\"\n", "1:6 unknown-escape"},
      {"bad digits", "a: \"\\u12\"\nb: \"\\xZZ\"\n", "1:5 bad-escape; 2:5 bad-escape"},
      {"half a pair", "a: \"\\ud83d\"\nb: \"\\ude00\"\n", "1:5 bad-escape; 2:5 bad-escape"},
      {"escaped control", "a: \"\\u0000\\u202e\\e\"\n",
       "1:5 control-character; 1:11 control-character; 1:17 control-character"},
      {"text after a block head", "a: | text\n  x\nb: > 1\n", "1:6 block-header; 3:6 block-header"},
      {"block line too far left", "a: |\n    x\n  y\n", "3:3 block-indentation"},
      {"empty block line too far right", "a: |\n     \n  x\n", "2:1 block-indentation"},
      {"tab in a block", "a: |\n  x\n\ty\n", "3:1 tab-indentation"},
      {"comment within text", "a: x # c\n  y\n", "2:3 value-and-block"},
      {"key below text", "a: x\n  y\n  b: 1\n", "3:3 value-and-block"},
  });
}

TEST_CASE("mistakes in characters and documents") {
  check_bad({
      {"nothing", "", "1:1 empty-document"},
      {"only comments", "# a\n\n", "1:1 empty-document"},
      {"only a marker", "---\n", "1:1 empty-document"},
      {"marker twice", "---\n---\na: 1\n", "2:1 second-document"},
      {"text on the marker's line", "--- a\n", "1:1 empty-document; 1:5 text-after-value"},
      {"bidi override",
       "a: \xE2\x80\xAE"
       "b\n",
       "1:4 bidi-control"},
      {"bidi isolate",
       "a: \xE2\x81\xA6"
       "b\n",
       "1:4 bidi-control"},
      {"line separator",
       "a: b\xE2\x80\xA8"
       "c\n",
       "1:5 line-separator"},
      {"byte order mark inside",
       "a: \xEF\xBB\xBF"
       "b\n",
       "1:4 byte-order-mark"},
      {"carriage return alone", "a: b\rc: d\n", "1:5 lone-carriage-return; 1:7 colon-in-value"},
      {"next line", "a: \xC2\x85\n", "1:4 control-character"},
      {"delete", "a: \x7F\n", "1:4 control-character"},
      {"cut short", "a: \xE7\xBE", "1:4 invalid-utf8"},
  });
}

TEST_CASE("every mistake is reported in one run") {
  check_bad({{"many", "a: 'x\nb: [y\nc: z: w\n\td: 1\ne:1\na: 2\nf: &g h\n",
              "1:4 unclosed-quote; 2:4 unclosed-bracket; 3:5 colon-in-value; 4:1 tab-indentation; 5:2 missing-space; "
              "6:1 duplicate-key; 7:4 anchor"}});
}

TEST_CASE("hostile texts end soon and without deep recursion") {
  for (const std::string& text :
       {repeated("a:b\n", 200'000), repeated("&a\n", 200'000), repeated("'x'\n", 200'000),
        repeated("   'x'\n  'y'\n", 60'000), repeated("- ", 300'000), repeated("?\n", 200'000),
        repeated("[\n", 300'000), repeated("{a: [", 100'000), repeated("- a\nb: c\n", 100'000),
        repeated("a: |\n", 100'000), std::string("[{\"a\nb:, c\": [1, \"d\n"), std::string("['a\n:, b]"),
        repeated("\"", 300'000), repeated("\xFF ", 300'000)}) {
    CAPTURE(text.substr(0, 12));
    const Source source("t.yaml", text);
    yaml::Document document;
    Diagnostics diagnostics;
    CHECK_FALSE(yaml::read(source, document, diagnostics));
  }
}

TEST_CASE("limits are the caller's") {
  const Source source("t.yaml", "a:\n  b:\n    c: 1\n");
  yaml::Document document;
  Diagnostics diagnostics;
  CHECK(yaml::read(source, document, diagnostics, {.bytes = 100, .depth = 3}));
  CHECK_FALSE(yaml::read(source, document, diagnostics, {.bytes = 100, .depth = 2}));
  CHECK_FALSE(yaml::read(source, document, diagnostics, {.bytes = 10, .depth = 3}));
}

TEST_CASE("a quoted none is an answer in JSON, and text in YAML") {
  const auto answers = [](const char* text) {
    const Source source("t", text);
    yaml::Document document;
    Diagnostics diagnostics;
    REQUIRE(yaml::read(source, document, diagnostics));
    return document.root().find("a").is_word("none");
  };
  CHECK(answers("{\"a\": \"none\"}"));
  CHECK(answers("a: none\n"));
  CHECK_FALSE(answers("a: \"none\"\n"));
  CHECK_FALSE(answers("{a: \"none\"}\n"));
}

TEST_CASE("messages name the key and the first place, and no answers") {
  const Source source("t.yaml",
                      "pregnant: SECRET\npregnant: SECRET\nname: 'SECRET\nb: SECRET: SECRET\nc: [SECRET SECRET: 1]\n");
  yaml::Document document;
  Diagnostics diagnostics;
  CHECK_FALSE(yaml::read(source, document, diagnostics));
  const std::string text = to_text(diagnostics, Excerpt::place_only);
  CHECK(text.find("SECRET") == std::string::npos);
  CHECK(text.find("t.yaml:2:1: error: the key \"pregnant\" stands twice in this map, first in line 1; keep one of them "
                  "[duplicate-key]\n") != std::string::npos);
}
