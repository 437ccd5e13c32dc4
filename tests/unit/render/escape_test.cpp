#include "needleplan/render/escape.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/render/data.h"
#include "needleplan/render/style.h"
#include "needleplan/render/template.h"

namespace needleplan {

TEST_CASE("escape: one text in every format") {
  struct Row {
    std::string name;
    std::string text;
    std::string none;
    std::string html;
    std::string markdown;
  };
  const std::string bad = "\uFFFD";
  const std::vector<Row> rows{
      {"plain", "Ada, 15-20 min.", "Ada, 15-20 min.", "Ada, 15-20 min.", "Ada, 15-20 min."},
      {"HTML", "<script>&\"'", "<script>&\"'", "&lt;script&gt;&amp;&quot;&#39;", "\\<script\\>\\&\"'"},
      {"link", "[a](b)", "[a](b)", "[a](b)", "\\[a\\](b)"},
      {"emphasis", "*a* _b_ `c` ~d~", "*a* _b_ `c` ~d~", "*a* _b_ `c` ~d~", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~"},
      {"table cell", "a|b\\", "a|b\\", "a|b\\", "a\\|b\\\\"},
      {"heading", "# a", "# a", "# a", "\\# a"},
      {"heading on a later line", "a\n# b", "a\n# b", "a\n# b", "a\n\\# b"},
      {"list", "- a", "- a", "- a", "\\- a"},
      {"numbered list", "12. a 1) b", "12. a 1) b", "12. a 1) b", "12\\. a 1) b"},
      {"rule", "a\n---", "a\n---", "a\n---", "a\n\\-\\-\\-"},
      {"line under a heading", "a\n===", "a\n===", "a\n===", "a\n\\==="},
      {"tab", "a\tb", "a b", "a b", "a b"},
      {"terminal sequence", "\x1b[31m!", bad + "[31m!", bad + "[31m!", bad + "\\[31m!"},
      {"bell, return, delete", "\a\r\x7F", bad + bad + bad, bad + bad + bad, bad + bad + bad},
      {"C1", "\u009Ba", bad + "a", bad + "a", bad + "a"},
      {"override", "a\u202Eb\u2066c", "a" + bad + "b" + bad + "c", "a" + bad + "b" + bad + "c",
       "a" + bad + "b" + bad + "c"},
      {"cut off in a character", "a\xC2", "a" + bad, "a" + bad, "a" + bad},
      {"letters and signs stay", "\u00E9\u00B5\u2022\u2019\uFF01\u6D17", "\u00E9\u00B5\u2022\u2019\uFF01\u6D17",
       "\u00E9\u00B5\u2022\u2019\uFF01\u6D17", "\u00E9\u00B5\u2022\u2019\uFF01\u6D17"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    std::string none;
    std::string html;
    std::string markdown;
    append_escaped(none, row.text, Escape::none);
    append_escaped(html, row.text, Escape::html);
    append_escaped(markdown, row.text, Escape::markdown);
    CHECK_EQ(none, row.none);
    CHECK_EQ(html, row.html);
    CHECK_EQ(markdown, row.markdown);
  }
}

TEST_CASE("escape: Markdown looks at what stands before on the line") {
  std::string out = "- ";
  append_escaped(out, "- a", Escape::markdown);
  CHECK_EQ(out, "- \\- a");
  out = "1";
  append_escaped(out, ". a", Escape::markdown);
  CHECK_EQ(out, "1\\. a");
  out = "Note: ";
  append_escaped(out, "- a", Escape::markdown);
  CHECK_EQ(out, "Note: - a");
}

TEST_CASE("escape: three braces do not let control characters through") {
  const Source source("t.txt", "{{{x}}}");
  Diagnostics diagnostics;
  const auto compiled = Template::compile(source, {}, kAnyName, diagnostics);
  REQUIRE(compiled);
  DataArena arena;
  std::string out;
  CHECK(compiled->render(arena.map({{"x", Data::text("<\x1b[2J")}}), Escape::html, out, diagnostics));
  CHECK_EQ(out, "<\uFFFD[2J");
}

TEST_CASE("style: sequences on a terminal, nothing elsewhere") {
  constexpr std::array<Word, 2> kNames{{kStyleWord, {"x", WordKind::value, ""}}};
  const Source source("t.txt", "{{style.bold}}{{style.red}}{{x}}{{style.reset}}{{#style.dim}}!{{/style.dim}}");
  Diagnostics diagnostics;
  const auto compiled = Template::compile(source, {}, Vocabulary{kNames}, diagnostics);
  REQUIRE(compiled);
  DataArena arena;
  std::string on;
  std::string off;
  CHECK(compiled->render(arena.map({{"style", style(Color::on)}, {"x", Data::text("late")}}), Escape::none, on,
                         diagnostics));
  CHECK(compiled->render(arena.map({{"style", style(Color::off)}, {"x", Data::text("late")}}), Escape::none, off,
                         diagnostics));
  CHECK_EQ(on, "\x1b[1m\x1b[31mlate\x1b[0m!");
  CHECK_EQ(off, "late");
}

}  // namespace needleplan
