#include "needleplan/text/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace needleplan;

namespace {

std::string shown(const std::string& text, std::size_t offset, const std::string& message = "wrong") {
  const Source source("t.yaml", text);
  return to_text(Diagnostic{{&source, static_cast<std::uint32_t>(offset)}, Level::error, "an-id", message});
}

}  // namespace

TEST_CASE("the layout of a diagnostic") {
  struct Row {
    std::string_view name;
    std::string text;
    std::size_t offset;
    std::string expected;
  };
  for (const Row& row : std::vector<Row>{
           {"first line", "a: 1\nb: 2\n", 3, "t.yaml:1:4: error: wrong [an-id]\n  a: 1\n     ^\n"},
           {"second line", "a: 1\nb: 2\n", 8, "t.yaml:2:4: error: wrong [an-id]\n  b: 2\n     ^\n"},
           {"at the line break", "a: 1\nb: 2\n", 4, "t.yaml:1:5: error: wrong [an-id]\n  a: 1\n      ^\n"},
           {"past the end", "a: 1", 99, "t.yaml:1:5: error: wrong [an-id]\n  a: 1\n      ^\n"},
           {"empty", "", 0, "t.yaml:1:1: error: wrong [an-id]\n\n  ^\n"},
           {"tabs", "\ta:\t1\n", 4, "t.yaml:1:5: error: wrong [an-id]\n  \ta:\t1\n  \t  \t^\n"},
           {"accents", "é: ü x\n", 7, "t.yaml:1:6: error: wrong [an-id]\n  é: ü x\n       ^\n"},
           {"wide letters", "美咲 x\n", 7, "t.yaml:1:4: error: wrong [an-id]\n  美咲 x\n       ^\n"},
           {"controls", "a\x1b[2Jb\n", 5, "t.yaml:1:6: error: wrong [an-id]\n  a?[2Jb\n       ^\n"},
           {"bidi override",
            "a\xE2\x80\xAE"
            "b\n",
            4, "t.yaml:1:3: error: wrong [an-id]\n  a?b\n    ^\n"},
           {"not UTF-8",
            "a\xFF\xFE"
            "b\n",
            1, "t.yaml:1:2: error: wrong [an-id]\n  a??b\n   ^\n"},
           {"carriage return", "a: 1\r\nb\n", 3, "t.yaml:1:4: error: wrong [an-id]\n  a: 1\n     ^\n"},
       }) {
    CAPTURE(row.name);
    CHECK(shown(row.text, row.offset) == row.expected);
  }
}

TEST_CASE("long lines are cut around the caret to 80 columns") {
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += "abcdefghi" + std::to_string(i % 10);
  CHECK(shown(text, 0) == "t.yaml:1:1: error: wrong [an-id]\n  " + text.substr(0, 75) + "...\n  ^\n");
  CHECK(shown(text, 200) ==
        "t.yaml:1:201: error: wrong [an-id]\n  ..." + text.substr(153, 72) + "...\n" + std::string(52, ' ') + "^\n");
  CHECK(shown(text, 400) ==
        "t.yaml:1:401: error: wrong [an-id]\n  ..." + text.substr(326) + "\n" + std::string(79, ' ') + "^\n");
  for (std::size_t offset = 0; offset <= text.size(); ++offset) {
    const std::string out = shown(text, offset);
    const std::size_t line = out.find('\n') + 1;
    const std::size_t under = out.find('\n', line) + 1;
    CHECK(under - line <= 81);
    // The caret stands under its character.
    if (offset < text.size()) CHECK(out[line + out.size() - under - 2] == text[offset]);
  }
}

TEST_CASE("no place, no excerpt") {
  CHECK(to_text(Diagnostic{{}, Level::warning, "an-id", "wrong"}) == "warning: wrong [an-id]\n");
  const Source source("t.yaml", "a");
  CHECK(to_text(Diagnostic{{&source, 0}, Level::note, "an-id", "so"}, Excerpt::place_only) ==
        "t.yaml:1:1: note: so [an-id]\n");
}

TEST_CASE("nothing of a message steers a terminal") {
  CHECK(shown("a", 0, "key \"\x1b[2J\n\xE2\x80\xAE\"") == "t.yaml:1:1: error: key \"?[2J??\" [an-id]\n  a\n  ^\n");
}

TEST_CASE("diagnostics are sorted by source and place, each once") {
  const Source b("b.yaml", "one\ntwo\n");
  const Source a("a.yaml", "one\n");
  Diagnostics diagnostics;
  CHECK(diagnostics.empty());
  diagnostics.warning({&b, 4}, "w", "second line");
  diagnostics.error({&b, 0}, "e", "first");
  diagnostics.error({&b, 0}, "f", "first too");
  diagnostics.error({&b, 0}, "e", "first");
  diagnostics.note({&a, 0}, "n", "other file");
  CHECK(diagnostics.errors() == 3);
  CHECK(diagnostics.has_errors());
  CHECK(to_text(diagnostics, Excerpt::place_only) ==
        "a.yaml:1:1: note: other file [n]\n"
        "b.yaml:1:1: error: first [e]\n"
        "b.yaml:1:1: error: first too [f]\n"
        "b.yaml:2:1: warning: second line [w]\n");
  diagnostics.clear();
  CHECK_FALSE(diagnostics.has_errors());
  CHECK(diagnostics.sorted().empty());
}

TEST_CASE("days that a date in another order can mean are offered under the line, and never in the message") {
  const auto offered = [](const std::string& written) {
    const Source source("t.yaml", written);
    const Diagnostic wrong{{&source, 0}, Level::error, "bad-when", "wrong"};
    CHECK(to_text(wrong, Excerpt::place_only) == "t.yaml:1:1: error: wrong [bad-when]\n");
    const std::string text = to_text(wrong);
    return text.substr(text.find("^\n") + 2);
  };
  CHECK(offered("14/03/1992") == "  is it 1992-03-14?\n");
  CHECK(offered("\"14.3.1992\"") == "  is it 1992-03-14?\n");
  CHECK(offered("03-04-2026}") == "  is it 2026-04-03 or 2026-03-04?\n");
  CHECK(offered("05/05/2026") == "  is it 2026-05-05?\n");
  CHECK(offered("31/02/2026").empty());
  CHECK(offered("14/03/92").empty());
  CHECK(offered("yesterday").empty());
  CHECK(offered("1/2/3/2026").empty());
}
