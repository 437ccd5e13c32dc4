#include "needleplan/render/layout.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace needleplan {

namespace {

struct Row {
  std::string name;
  std::string text;
  std::string expected;
};

}  // namespace

TEST_CASE("wrap: twenty columns") {
  const std::vector<Row> rows{
      {"nothing", "", ""},
      {"short", "keep it clean\n", "keep it clean\n"},
      {"no line break at the end", "keep it clean", "keep it clean"},
      {"exactly as wide", "12345678901234567890\n", "12345678901234567890\n"},
      {"one too wide", "123456789 1234567890 2\n", "123456789 1234567890\n2\n"},
      {"at the last space that fits", "wash your hands before you touch it\n",
       "wash your hands\nbefore you touch it\n"},
      {"own indentation", "    wash your hands before you\n", "    wash your hands\n    before you\n"},
      {"dash", "- wash your hands before\n", "- wash your hands\n  before\n"},
      {"star, indented", "  * wash your hands before\n", "  * wash your hands\n    before\n"},
      {"round bullet", "\u2022 wash your hands before\n", "\u2022 wash your hands\n  before\n"},
      {"box", "[ ] wash your hands first\n", "[ ] wash your hands\n    first\n"},
      {"ticked box in a list", "- [x] wash your hands now\n", "- [x] wash your\n      hands now\n"},
      {"number", "12. wash your hands now\n", "12. wash your hands\n    now\n"},
      {"number with a bracket", "3) wash your hands and face\n", "3) wash your hands\n   and face\n"},
      {"quote marks", ">> call us the same day\n", ">> call us the same\n   day\n"},
      {"a number that is no bullet", "30 minutes of cooling helps\n", "30 minutes of\ncooling helps\n"},
      {"a dash that is no bullet", "-5 degrees is far too cold\n", "-5 degrees is far\ntoo cold\n"},
      {"bullet alone", "- \n", "-\n"},
      {"tab", "Mon 2  \twash your hands\n", "Mon 2  wash your\n       hands\n"},
      {"tab in a short line", "Mon\t 23\n", "Mon 23\n"},
      {"tab after a bullet", "- do: \twash your hands\n", "- do: wash your\n      hands\n"},
      {"second tab prints as nothing", "a \tb \tc\n", "a b c\n"},
      {"tab far to the right", "a label of many words \tb c\n", "a label of many words b\n          c\n"},
      {"word too long for a line", "see https://clinic.example/aftercare now\n",
       "see\nhttps://clinic.example/aftercare\nnow\n"},
      {"word too long after a bullet", "- https://clinic.example/aftercare\n", "- https://clinic.example/aftercare\n"},
      {"accents are one column", "\u00E9t\u00E9 \u00E9t\u00E9 \u00E9t\u00E9 \u00E9t\u00E9 \u00E9t\u00E9 x\n",
       "\u00E9t\u00E9 \u00E9t\u00E9 \u00E9t\u00E9 \u00E9t\u00E9 \u00E9t\u00E9\nx\n"},
      {"marks are none", "e\u0301e\u0301e\u0301e\u0301 567890 234567890\n",
       "e\u0301e\u0301e\u0301e\u0301 567890\n234567890\n"},
      {"wide characters are two", "\u6D17\u6D17\u6D17\u6D17\u6D17 \u6D17\u6D17\u6D17\u6D17 \u6D17\n",
       "\u6D17\u6D17\u6D17\u6D17\u6D17 \u6D17\u6D17\u6D17\u6D17\n\u6D17\n"},
      {"no break at a no-break space", "cool for about 15\u00A0minutes\n", "cool for about\n15\u00A0minutes\n"},
      {"colours are none", "\x1b[31mwash your hands now\x1b[0m or\n", "\x1b[31mwash your hands now\x1b[0m\nor\n"},
      {"colour before a bullet", "\x1b[1m- wash\x1b[0m your hands then\n", "\x1b[1m- wash\x1b[0m your hands\n  then\n"},
      {"spaces within a line stay", "a   b\n", "a   b\n"},
      {"spaces at a break go", "wash your hands now   before\n", "wash your hands now\nbefore\n"},
      {"spaces at the end go", "a  \n  \nb \t \n", "a\n\nb\n"},
      {"carriage returns go", "a\r\nb\r\n", "a\nb\n"},
      {"blank lines become one", "a\n\n\n \n\nb\n\nc\n", "a\n\nb\n\nc\n"},
      {"blank line at the start", "\n\na\n", "\na\n"},
      {"a line of colours alone is blank", "a\n\n\x1b[31m\x1b[0m\n\nb\n", "a\n\n\x1b[31m\x1b[0mb\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK_EQ(wrap(row.text, 20), row.expected);
  }
}

TEST_CASE("wrap: a second time changes nothing without tabs") {
  const std::string text =
      "- wash your hands before you touch the area\n\n  1. cool it, then leave it alone for a day\n";
  CHECK_EQ(wrap(wrap(text, 24), 24), wrap(text, 24));
}

TEST_CASE("columns") {
  CHECK_EQ(columns(""), 0);
  CHECK_EQ(columns("abc"), 3);
  CHECK_EQ(columns("\u00E9"), 1);
  CHECK_EQ(columns("e\u0301"), 1);
  CHECK_EQ(columns("\u6D17"), 2);
  CHECK_EQ(columns("\x1b[1;31mabc\x1b[0m"), 3);
  CHECK_EQ(columns("a\tb"), 2);
}

TEST_CASE("ascii") {
  const std::vector<Row> rows{
      {"ASCII", "a-z\n\t\x1b[1m~", "a-z\n\t\x1b[1m~"},
      {"accents", "\u00E9t\u00E9 \u00C5ngstr\u00F6m \u010Ca\u010Da", "ete Angstrom Caca"},
      {"accents apart", "e\u0301", "e"},
      {"letters that do not come apart", "\u00DF\u00E6\u0152\u00F8\u0142", "ssaeOEol"},
      {"dashes", "3\u20135 days \u2014 no\u2011break \u22121", "3-5 days - no-break -1"},
      {"quotes", "\u201Ca\u201D \u2018b\u2019 \u00ABc\u00BB", "\"a\" 'b' \"c\""},
      {"arrows", "a \u2192 b \u2190 c", "a -> b <- c"},
      {"dots", "and so on\u2026", "and so on..."},
      {"bullets and boxes", "\u2022 \u2610 \u2611 \u2713", "* [ ] [x] +"},
      {"comparisons", "\u2265 30, \u2264 50, \u00B1 1", ">= 30, <= 50, +/- 1"},
      {"units", "38 \u00B0C, 5 \u00B5g, \u00BD, m\u00B2", "38 degC, 5 ug, 1/2, m2"},
      {"spaces", "5\u00A0mm\u202F1", "5 mm 1"},
      {"invisible", "a\u200Bb\uFE0F", "ab"},
      {"anything else", "\u6D17 \U0001F600", "? ?"},
      {"stray byte", "a\x80", "a?"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK_EQ(ascii(row.text), row.expected);
  }
}

}  // namespace needleplan
