#include "needleplan/render/json.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace needleplan {

namespace {

using Layout = JsonWriter::Layout;

std::string finding(Layout layout) {
  std::string out;
  JsonWriter json(out, layout);
  json.begin_object().member("id", "retinoid").member("days", 3).member("settled", false);
  json.key("until").null();
  json.key("facts").begin_array().value("a").value(2).begin_object().end_object().end_array();
  json.key("sources").begin_array().end_array();
  json.key("at").begin_object().member("line", std::size_t{7}).end_object().end_object();
  return out;
}

template <class T>
std::string alone(const T& value) {
  std::string out;
  JsonWriter(out, Layout::pretty).value(value);
  return out;
}

}  // namespace

TEST_CASE("json: what must be escaped is found wherever it stands") {
  // Longer than the words that are looked at at once, and not a multiple of them.
  const std::string plain(29, 'a');
  for (const auto& [character, written] : std::vector<std::pair<std::string, std::string>>{{"\"", "\\\""},
                                                                                           {"\\", "\\\\"},
                                                                                           {"\n", "\\n"},
                                                                                           {"\x01", "\\u0001"},
                                                                                           {"\x7f", "\\u007f"},
                                                                                           {"\u202e", "\\u202e"},
                                                                                           {"\u0085", "\\u0085"},
                                                                                           {"\u00e9", "\u00e9"},
                                                                                           {"\u20ac", "\u20ac"},
                                                                                           {"\x1f!", "\\u001f!"}})
    for (std::size_t at = 0; at <= plain.size(); ++at) {
      const std::string before = plain.substr(0, at);
      const std::string after = plain.substr(at);
      CHECK_EQ(alone(before + character + after), "\"" + before + written + after + "\"");
      std::string out;
      JsonWriter json(out, Layout::compact);
      json.begin_object().member(before + character + after, 1).end_object();
      CHECK_EQ(out, "{\"" + before + written + after + "\":1}");
    }
}

TEST_CASE("json: compact") {
  CHECK_EQ(
      finding(Layout::compact),
      R"({"id":"retinoid","days":3,"settled":false,"until":null,"facts":["a",2,{}],"sources":[],"at":{"line":7}})");
}

TEST_CASE("json: pretty") {
  CHECK_EQ(finding(Layout::pretty), R"({
  "id": "retinoid",
  "days": 3,
  "settled": false,
  "until": null,
  "facts": [
    "a",
    2,
    {}
  ],
  "sources": [],
  "at": {
    "line": 7
  }
})");
}

TEST_CASE("json: texts") {
  struct Row {
    std::string name;
    std::string text;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"empty", "", R"("")"},
      {"quotes and backslashes", R"(a"b\c)", R"("a\"b\\c")"},
      {"line break and tab", "a\nb\tc", R"("a\nb\tc")"},
      {"controls", std::string("\0\r\x1b[1m", 6), R"("\u0000\u000d\u001b[1m")"},
      {"delete and C1", "\x7F\u009B", R"("\u007f\u009b")"},
      {"overrides", "a\u202Eb\u2066c", R"("a\u202eb\u2066c")"},
      {"line separators", "\u2028\u2029", R"("\u2028\u2029")"},
      {"letters stay", "\u00E9\u00B5\u2022\u6D17\U0001F600", "\"\u00E9\u00B5\u2022\u6D17\U0001F600\""},
      {"cut off in a character", "a\xE2\x80", "\"a\\ufffd\x80\""},
      {"slashes stay", "</b>", R"("</b>")"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK_EQ(alone(row.text), row.expected);
  }
}

TEST_CASE("json: keys are escaped like texts") {
  std::string out;
  JsonWriter(out, Layout::compact).begin_object().member("a\"b", std::string_view("c")).end_object();
  CHECK_EQ(out, R"({"a\"b":"c"})");
}

TEST_CASE("json: numbers and truths") {
  CHECK_EQ(alone(0), "0");
  CHECK_EQ(alone(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  CHECK_EQ(alone(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  CHECK_EQ(alone(0.5), "0.5");
  CHECK_EQ(alone(0.1), "0.1");
  CHECK_EQ(alone(1e300), "1e+300");
  CHECK_EQ(alone(std::numeric_limits<double>::quiet_NaN()), "null");
  CHECK_EQ(alone(std::numeric_limits<double>::infinity()), "null");
  CHECK_EQ(alone(true), "true");
}

TEST_CASE("json: several records follow each other in one string") {
  std::string out;
  for (int i = 0; i < 2; ++i) {
    JsonWriter(out, Layout::compact).begin_object().member("n", i).end_object();
    out += '\n';
  }
  CHECK_EQ(out, "{\"n\":0}\n{\"n\":1}\n");
}

}  // namespace needleplan
