#include "needleplan/yaml/fields.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/yaml/reader.h"

using namespace needleplan;

enum class Depth { shallow, medium, deep };
template <>
inline constexpr std::array<std::string_view, 3> needleplan::kEnumNames<Depth>{"shallow", "medium", "deep"};

namespace {

/// A value as read by `read`, in words, or the message.
template <class Read>
std::string result(const std::string& value, Read read) {
  const Source source("t.yaml", "k: " + value + "\n");
  yaml::Document document;
  Diagnostics diagnostics;
  REQUIRE(yaml::read(source, document, diagnostics));
  const std::string out = read(document.root().find("k"), diagnostics);
  if (!diagnostics.has_errors()) return out;
  CHECK(out == "nothing");
  const Diagnostic first = diagnostics.sorted().front();
  return first.id + ": " + first.message;
}

struct Row {
  std::string value;
  std::string expected;
};

}  // namespace

TEST_CASE("yes and no") {
  const auto read = [](yaml::Node node, Diagnostics& diagnostics) -> std::string {
    const auto answer = yaml::read_yes_no(node, diagnostics);
    return !answer ? "nothing" : *answer ? "yes" : "no";
  };
  for (const Row& row : std::vector<Row>{
           {"yes", "yes"},
           {"Yes", "yes"},
           {"TRUE", "yes"},
           {"true", "yes"},
           {"no", "no"},
           {"NO", "no"},
           {"False", "no"},
           {"y", "not-yes-or-no: expected yes or no; if this means yes, write yes"},
           {"on", "not-yes-or-no: expected yes or no; if this means yes, write yes"},
           {"1", "not-yes-or-no: expected yes or no; if this means yes, write yes"},
           {"N", "not-yes-or-no: expected yes or no; if this means no, write no"},
           {"off", "not-yes-or-no: expected yes or no; if this means no, write no"},
           {"maybe", "not-yes-or-no: expected yes or no"},
           {"~", "no-value: no value: write none, unknown or the answer"},
           {"", "no-value: no value: write none, unknown or the answer"},
           {"[yes]", "not-one-value: a list where one value belongs"},
       }) {
    CAPTURE(row.value);
    CHECK(result(row.value, read) == row.expected);
  }
}

TEST_CASE("whole numbers") {
  const auto read = [](yaml::Node node, Diagnostics& diagnostics) -> std::string {
    const auto number = yaml::read_integer(node, -5, 100, diagnostics);
    return number ? std::to_string(*number) : "nothing";
  };
  const std::string digits_only = "not-a-whole-number: expected a whole number from -5 to 100, in digits only";
  const std::string range = "out-of-range: expected a whole number from -5 to 100";
  for (const Row& row : std::vector<Row>{
           {"0", "0"},
           {"100", "100"},
           {"-5", "-5"},
           {"'7'", "7"},
           {"101", range},
           {"-6", range},
           {"99999999999999999999", range},
           {"010",
            "leading-zero: a number with a leading zero, which some programs take as octal; write it without "
            "the zero"},
           {"0x10", digits_only},
           {"1_0", digits_only},
           {"1e1", digits_only},
           {"+1", digits_only},
           {"1.0", digits_only},
           {"ten", digits_only},
       }) {
    CAPTURE(row.value);
    CHECK(result(row.value, read) == row.expected);
  }
}

TEST_CASE("numbers") {
  const auto read = [](yaml::Node node, Diagnostics& diagnostics) -> std::string {
    const auto number = yaml::read_number(node, 0, 3, diagnostics);
    return number ? std::to_string(*number) : "nothing";
  };
  const std::string expected = "not-a-number: expected a number from 0 to 3, such as 0.5";
  for (const Row& row : std::vector<Row>{
           {"0.5", "0.500000"},
           {"3", "3.000000"},
           {"0", "0.000000"},
           {"1.25", "1.250000"},
           {"0,5", "decimal-comma: a comma in a number; decimals are written with a point, as in 0.5"},
           {"00.5",
            "leading-zero: a number with a leading zero, which some programs take as octal; write it without "
            "the zero"},
           {"3.01", "out-of-range: expected a number from 0 to 3"},
           {".5", expected},
           {"1.", expected},
           {"1e0", expected},
           {"inf", expected},
           {".nan", expected},
           {"0.5 mm", expected},
       }) {
    CAPTURE(row.value);
    CHECK(result(row.value, read) == row.expected);
  }
}

TEST_CASE("texts") {
  const auto read = [](yaml::Node node, Diagnostics& diagnostics) -> std::string {
    const auto text = yaml::read_text(node, diagnostics);
    return text ? std::string(*text) : "nothing";
  };
  for (const Row& row : std::vector<Row>{
           {"face", "face"},
           {"'~'", "~"},
           {"''", "empty-text: an empty text: write it, or leave the key out"},
           {"'  '", "empty-text: an empty text: write it, or leave the key out"},
           {"null", "no-value: no value: write none, unknown or the answer"},
           {"{a: b}", "not-one-value: a map where one value belongs"},
       }) {
    CAPTURE(row.value);
    CHECK(result(row.value, read) == row.expected);
  }
}

TEST_CASE("words of an enum") {
  const auto read = [](yaml::Node node, Diagnostics& diagnostics) -> std::string {
    const auto depth = yaml::read_word<Depth>(node, diagnostics);
    return depth ? std::string(to_string(*depth)) : "nothing";
  };
  for (const Row& row : std::vector<Row>{
           {"deep", "deep"},
           {"shallow", "shallow"},
           {"medum", "unknown-word: not a known word (did you mean \"medium\"?); expected shallow, medium or deep"},
           {"SECRET", "unknown-word: not a known word; expected shallow, medium or deep"},
       }) {
    CAPTURE(row.value);
    CHECK(result(row.value, read) == row.expected);
  }
}
