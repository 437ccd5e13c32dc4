#include <doctest/doctest.h>

#include "aftercare_sample.h"
#include "needleplan/render/template.h"

namespace needleplan {

namespace {

struct Row {
  std::string name;
  std::string text;
  std::string expected;
};

}  // namespace

TEST_CASE("template messages: each mistake, with its place") {
  const sample::Files partials{{"hello", "Hello {{nmae}}"},
                               {"tasks", "{{task}}\n  {{day}}"},
                               {"day-a", "{{>day-b}}"},
                               {"day-b", "\n  {{>day-a}}"},
                               {"footer", ""}};
  const std::vector<Row> rows{
      {"unknown name", "a\n  {{titel}}",
       "t.txt:2:5: error: unknown name \"titel\" (did you mean \"title\"?) [template-unknown-name]\n"},
      {"unknown name, nothing near", "{{{ zzzzzz }}}",
       "t.txt:1:5: error: unknown name \"zzzzzz\" [template-unknown-name]\n"},
      {"unknown name in a section", "{{#days}}\u00E4{{tittle}}{{/days}}",
       "t.txt:1:13: error: unknown name \"tittle\" in section \"days\" (did you mean \"title\"?) "
       "[template-unknown-name]\n"},
      {"names of a list are unknown outside it", "{{task}}",
       "t.txt:1:3: error: unknown name \"task\" [template-unknown-name]\n"},
      {"names of a list are unknown after it", "{{#days}}{{/days}}{{day}}",
       "t.txt:1:21: error: unknown name \"day\" (did you mean \"days\"?) [template-unknown-name]\n"},
      {"names of a list are unknown where there is none", "{{^days}}{{day}}{{/days}}",
       "t.txt:1:12: error: unknown name \"day\" (did you mean \"days\"?) [template-unknown-name]\n"},
      {"a flag's section brings no names", "{{#yes}}{{tsk}}{{/yes}}",
       "t.txt:1:11: error: unknown name \"tsk\" [template-unknown-name]\n"},
      {"unknown section; what is in it is left alone", "{{#dayz}}{{whatever}}{{/dayz}}",
       "t.txt:1:4: error: unknown name \"dayz\" (did you mean \"days\"?) [template-unknown-name]\n"},
      {"unknown inverted section", "{{^noo}}{{/noo}}",
       "t.txt:1:4: error: unknown name \"noo\" (did you mean \"no\"?) [template-unknown-name]\n"},
      {"unknown part", "{{client.nmae}}",
       "t.txt:1:10: error: unknown name \"nmae\" in section \"client\" (did you mean \"name\"?) "
       "[template-unknown-name]\n"},
      {"unknown third part", "{{client.skin.typ}}",
       "t.txt:1:15: error: unknown name \"typ\" in section \"client.skin\" (did you mean \"type\"?) "
       "[template-unknown-name]\n"},
      {"in a partial", "{{>hello}}",
       "hello:1:9: error: unknown name \"nmae\" (did you mean \"name\"?) [template-unknown-name]\n"},
      {"in a partial, in one of two places", "{{#days}}{{>tasks}}{{#tasks}}{{>tasks}}{{/tasks}}{{/days}}",
       "tasks:1:3: error: unknown name \"task\" in section \"days\" (did you mean \"tasks\"?) "
       "[template-unknown-name]\n"},
      {"dot into a text", "{{title.size}}",
       "t.txt:1:9: error: \"title\" is a text: nothing in it can be named with a dot [template-no-names-inside]\n"},
      {"dot into a list", "{{days.day}}",
       "t.txt:1:8: error: \"days\" is a list: nothing in it can be named with a dot [template-no-names-inside]\n"},
      {"list printed", "{{days}}",
       "t.txt:1:3: error: \"days\" is a list and cannot be printed: expected a section, {{#days}} "
       "[template-not-a-value]\n"},
      {"flag printed", "{{&yes}}",
       "t.txt:1:4: error: \"yes\" is a flag and cannot be printed: expected a section, {{#yes}} "
       "[template-not-a-value]\n"},
      {"group printed", "{{client.skin}}",
       "t.txt:1:3: error: \"client.skin\" is a group and cannot be printed: expected a section, {{#client.skin}} "
       "[template-not-a-value]\n"},
      {"item that is no text", "{{#days}}{{.}}{{/days}}",
       "t.txt:1:12: error: \".\" is an item of \"days\" and cannot be printed: expected one of its names "
       "[template-not-a-value]\n"},
      {"item of nothing", "{{.}}",
       "t.txt:1:3: error: \".\" stands for an item of a list; there is none here [template-not-a-value]\n"},
      {"unclosed tag", "a {{title\nb {{count}}",
       "t.txt:1:3: error: tag is not closed on its line: expected \"}}\" [template-unclosed-tag]\n"},
      {"unclosed tag before another", "{{title {{count}}",
       "t.txt:1:1: error: tag is not closed on its line: expected \"}}\" [template-unclosed-tag]\n"},
      {"unclosed tag at the end", "{{",
       "t.txt:1:1: error: tag is not closed on its line: expected \"}}\" [template-unclosed-tag]\n"},
      {"unclosed triple", "{{{title}} b",
       "t.txt:1:1: error: tag is not closed on its line: expected \"}}}\" [template-unclosed-tag]\n"},
      {"unclosed comment", "a\n{{! b\nc",
       "t.txt:2:1: error: tag is not closed: expected \"}}\" [template-unclosed-tag]\n"},
      {"unclosed with other delimiters", "{{=<% %>=}}<%title",
       "t.txt:1:12: error: tag is not closed on its line: expected \"%>\" [template-unclosed-tag]\n"},
      {"unclosed section", "a\n  {{#yes}}\nb",
       "t.txt:2:3: error: section \"yes\" is not closed: expected {{/yes}} [template-unclosed-section]\n"},
      {"unclosed section in another", "{{#yes}}{{#no}}{{/yes}}",
       "t.txt:1:9: error: section \"no\" is not closed: expected {{/no}} [template-unclosed-section]\n"},
      {"unopened section", "{{title}}{{/yes}}",
       "t.txt:1:10: error: {{/yes}} closes no section [template-unopened-section]\n"},
      {"misspelt end", "\n{{#client}}\n{{/cleint}}\n",
       "t.txt:3:1: error: expected {{/client}} for the section opened at line 2, found {{/cleint}} "
       "[template-mismatched-section]\n"},
      {"leftover end", "{{#client}}{{/days}}{{/client}}",
       "t.txt:1:12: error: expected {{/client}} for the section opened at line 1, found {{/days}} "
       "[template-mismatched-section]\n"},
      {"missing partial", "{{> foter }}",
       "t.txt:1:5: error: no template \"foter\" (did you mean \"footer\"?) [template-missing-partial]\n"},
      {"endless partials", "{{>day-a}}",
       "day-b:2:6: error: partial \"day-a\" contains itself: expected a section around it "
       "[template-endless-partial]\n"},
      {"no name", "{{}}", "t.txt:1:1: error: tag without a name [template-bad-name]\n"},
      {"no partial name", "{{> }}", "t.txt:1:1: error: partial without a name [template-bad-name]\n"},
      {"logic", "{{#if yes}}{{/if yes}}",
       "t.txt:1:4: error: \"if yes\" is not a name: expected words without spaces, joined by single dots "
       "[template-bad-name]\n"},
      {"two dots", "{{client..name}}",
       "t.txt:1:3: error: \"client..name\" is not a name: expected words without spaces, joined by single dots "
       "[template-bad-name]\n"},
      {"two words for a partial", "{{>day a}}",
       "t.txt:1:4: error: \"day a\" is not the name of a partial: expected one word [template-bad-name]\n"},
      {"one delimiter", "{{=<%=}}",
       "t.txt:1:1: error: expected two delimiters without \"=\", such as \"{{=<% %>=}}\" [template-bad-delimiters]\n"},
      {"three delimiters", "{{=a b c=}}",
       "t.txt:1:1: error: expected two delimiters without \"=\", such as \"{{=<% %>=}}\" [template-bad-delimiters]\n"},
      {"equals sign as delimiter", "{{=== ===}}",
       "t.txt:1:1: error: expected two delimiters without \"=\", such as \"{{=<% %>=}}\" [template-bad-delimiters]\n"},
      {"parent", "{{<page}}",
       "t.txt:1:1: error: blocks and parents (\"{{<\") are not supported [template-unsupported-tag]\n"},
      {"partial named by the data", "{{>*name}}",
       "t.txt:1:4: error: names of partials that come from the data are not supported [template-unsupported-tag]\n"},
      {"all at once", "{{titel}}\n{{#yes}}\n{{days}}\n{{> x }}\n{{/no}}\n{{#",
       "t.txt:1:3: error: unknown name \"titel\" (did you mean \"title\"?) [template-unknown-name]\n"
       "t.txt:2:1: error: section \"yes\" is not closed: expected {{/yes}} [template-unclosed-section]\n"
       "t.txt:3:3: error: \"days\" is a list and cannot be printed: expected a section, {{#days}} "
       "[template-not-a-value]\n"
       "t.txt:4:5: error: no template \"x\" [template-missing-partial]\n"
       "t.txt:5:1: error: expected {{/yes}} for the section opened at line 2, found {{/no}} "
       "[template-mismatched-section]\n"
       "t.txt:6:1: error: tag is not closed on its line: expected \"}}\" [template-unclosed-tag]\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Source source("t.txt", row.text);
    Diagnostics diagnostics;
    CHECK_FALSE(Template::compile(source, partials.all(), sample::kSheet, diagnostics));
    CHECK_EQ(to_text(diagnostics, Excerpt::place_only), row.expected);
  }
}

TEST_CASE("template messages: sections nested too deep are reported once") {
  std::string text;
  for (int i = 0; i < 100'000; ++i)
    text += "{{#yes}}";
  const Source source("t.txt", text);
  Diagnostics diagnostics;
  CHECK_FALSE(Template::compile(source, {}, sample::kSheet, diagnostics));
  CHECK_EQ(to_text(diagnostics, Excerpt::place_only),
           "t.txt:1:513: error: more than 64 sections within each other [template-too-deep]\n");
}

TEST_CASE("template messages: partials that the data does not end are stopped when rendering") {
  DataArena arena;
  const Data data = sample::sheet(arena);
  const std::vector<Row> rows{
      {"once", "{{#yes}}{{>self}}{{/yes}}", ""},
      {"twice, which doubles at every level", "{{#yes}}{{>self}}{{/yes}}{{#no}}{{/no}}{{#yes}}{{>self}}{{/yes}}", ""},
      {"over a list from outside", "{{#words}}{{>self}}{{/words}}", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const sample::Files partials{{"self", row.text}};
    const Source source("t.txt", "{{>self}}");
    Diagnostics diagnostics;
    const auto compiled = Template::compile(source, partials.all(), sample::kSheet, diagnostics);
    REQUIRE(compiled);
    std::string out;
    CHECK_FALSE(compiled->render(data, Escape::none, out, diagnostics));
    CHECK_EQ(diagnostics.sorted().front().id, "template-too-deep");
    CHECK_EQ(diagnostics.sorted().front().message, "partial \"self\" contains itself without coming to an end");
    CHECK_EQ(diagnostics.sorted().front().at.source->name(), "self");
  }
}

TEST_CASE("template messages: lists within themselves are stopped when rendering") {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "{{#words}}";
  for (int i = 0; i < 60; ++i)
    text += "{{/words}}";
  const Source source("t.txt", text);
  DataArena arena;
  Diagnostics diagnostics;
  const auto compiled = Template::compile(source, {}, sample::kSheet, diagnostics);
  REQUIRE(compiled);
  std::string out;
  CHECK_FALSE(compiled->render(sample::sheet(arena), Escape::none, out, diagnostics));
  REQUIRE_EQ(diagnostics.errors(), 1);
  CHECK_EQ(diagnostics.sorted().front().id, "template-too-long");
  CHECK_EQ(diagnostics.sorted().front().message,
           "more than 200000 sections and partials, counting each time one is shown");
}

TEST_CASE("template messages: partials side by side are not too deep") {
  DataArena arena;
  const sample::Files partials{{"dot", "."}};
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "{{>dot}}";
  const Source source("t.txt", text);
  Diagnostics diagnostics;
  const auto compiled = Template::compile(source, partials.all(), sample::kSheet, diagnostics);
  REQUIRE(compiled);
  std::string out;
  CHECK(compiled->render(sample::sheet(arena), Escape::none, out, diagnostics));
  CHECK_EQ(out, std::string(1000, '.'));
}

}  // namespace needleplan
