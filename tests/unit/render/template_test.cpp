#include "needleplan/render/template.h"

#include <doctest/doctest.h>

#include "aftercare_sample.h"

namespace needleplan {

namespace {

struct Row {
  std::string name;
  std::string text;
  std::string expected;
};

const sample::Files& partials() {
  static const sample::Files files{
      {"hello", "Hello {{client.name}}"},
      {"line", "- {{task}}\n"},
      {"two", "a\nb\n"},
      {"open-ended", "a\nb"},
      {"nothing", ""},
      {"outer", "[\n  {{>two}}\n]\n"},
      {"inline", "({{>two}})\n"},
      {"long", "|\n{{{lines}}}\n|\n"},
      {"shown", "{{#yes}}\nshown\n{{/yes}}\n{{^yes}}\nhidden\n{{/yes}}\n"},
      {"blank", "x\n\ny\n"},
      {"crlf", "a\r\nb\r\n"},
      {"tree", "{{area}}({{#parts}}{{>tree}}{{/parts}})"},
      {"steps", "{{area}}\n{{#parts}}\n  {{>steps}}\n{{/parts}}\n"},
      {"changed", "{{=[ ]=}}[title] {{title}}"},
      {"with.dot", "dotted"},
  };
  return files;
}

void check(const std::vector<Row>& rows, Escape escape = Escape::html) {
  DataArena arena;
  const Data data = sample::sheet(arena);
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Source source("sheet.txt", row.text);
    Diagnostics diagnostics;
    const auto compiled = Template::compile(source, partials().all(), sample::kSheet, diagnostics);
    CHECK_EQ(to_text(diagnostics, Excerpt::place_only), "");
    if (!compiled) continue;
    std::string out;
    CHECK(compiled->render(data, escape, out, diagnostics));
    CHECK_EQ(out, row.expected);
  }
}

}  // namespace

TEST_CASE("templates: values") {
  check({
      {"text alone", "plain { text } }}\n", "plain { text } }}\n"},
      {"empty template", "", ""},
      {"value", "{{title}}", "Healing"},
      {"value in text", "-{{title}}-", "-Healing-"},
      {"two on a line", "{{title}} {{count}}", "Healing 3"},
      {"number", "{{count}} days", "3 days"},
      {"escaped", "{{raw}}", "&lt;a &amp; &quot;b&quot; &#39;c&#39;&gt;"},
      {"three braces", "{{{raw}}}", "<a & \"b\" 'c'>"},
      {"ampersand", "{{&raw}}", "<a & \"b\" 'c'>"},
      {"blanks within", "{{ title }}|{{\ttitle }}", "Healing|Healing"},
      {"blanks within three braces", "{{{ raw }}}", "<a & \"b\" 'c'>"},
      {"blanks after ampersand", "{{& raw }}", "<a & \"b\" 'c'>"},
      {"blanks around are kept", "  {{title}}  \n", "  Healing  \n"},
      {"blanks around three braces are kept", "  {{{title}}}\n", "  Healing\n"},
      {"blanks around ampersand are kept", "\t{{&title}} \n", "\tHealing \n"},
      {"absent", "[{{absent}}]", "[]"},
      {"absent, three braces", "[{{{absent}}}]", "[]"},
      {"absent, ampersand", "[{{&absent}}]", "[]"},
      {"empty", "[{{empty}}]", "[]"},
      {"alone on its line keeps the line", "{{absent}}\n", "\n"},
      {"line breaks in values", "> {{lines}}", "> one\ntwo"},
      {"braces in the text", "{ {{title}} }", "{ Healing }"},
      {"brace before a tag", "{{{title}}}}", "Healing}"},
  });
}

TEST_CASE("templates: dotted names") {
  check({
      {"into a map", "{{client.name}}", "Ada"},
      {"two deep", "{{client.skin.type}}", "III"},
      {"escaped like others", "{{{client.name}}}{{&client.name}}", "AdaAda"},
      {"blanks", "{{ client.name }}", "Ada"},
      {"missing at the end", "[{{client.skin.tone}}]", "[]"},
      {"as a section", "{{#client.skin}}{{type}}{{/client.skin}}", "III"},
      {"as a section of text", "{{#client.skin.type}}type {{.}}{{/client.skin.type}}", "type III"},
      {"as an inverted section", "{{^client.skin.tone}}unknown{{/client.skin.tone}}", "unknown"},
      {"same as nested sections", "{{#client}}{{#skin}}{{type}}{{/skin}}{{/client}}", "III"},
      {"from within its first part", "{{#client}}{{client.name}}{{/client}}", "Ada"},
      {"first part from outside", "{{#days}}{{client.skin.type}} {{/days}}", "III III "},
      {"missing part is not sought outside", "{{#client}}[{{client.skin.tone}}]{{/client}}", "[]"},
  });
}

TEST_CASE("templates: sections") {
  check({
      {"true", "{{#yes}}on{{/yes}}", "on"},
      {"false", "[{{#no}}on{{/no}}]", "[]"},
      {"absent", "[{{#absent}}on{{/absent}}]", "[]"},
      {"text", "{{#title}}on{{/title}}", "on"},
      {"empty text", "[{{#empty}}on{{/empty}}]", "[]"},
      {"number", "{{#count}}{{count}}{{/count}}", "3"},
      {"map", "{{#client}}{{name}}{{/client}}", "Ada"},
      {"list", "{{#days}}{{day}},{{/days}}", "Mon,Tue,"},
      {"empty list", "[{{#none}}x{{/none}}]", "[]"},
      {"list within list", "{{#days}}{{day}}:{{#tasks}}{{task}};{{/tasks}} {{/days}}", "Mon:wash;cool; Tue: "},
      {"inner name wins", "{{name}} {{#client}}{{name}}{{/client}} {{name}}", "Lotus Ada Lotus"},
      {"missing inside is sought outside", "{{#days}}{{title}} {{/days}}", "First Healing "},
      {"found two levels out", "{{#days}}{{#tasks}}{{day}}{{count}} {{/tasks}}{{/days}}", "Mon3 Mon3 "},
      {"not found inside an item", "{{#days}}{{#tasks}}[{{often}}]{{/tasks}}{{/days}}", "[daily][]"},
      {"flag per item", "{{#days}}{{#tasks}}{{task}}{{#urgent}}!{{/urgent}} {{/tasks}}{{/days}}", "wash cool! "},
      {"same section within itself", "{{#yes}}a{{#yes}}b{{/yes}}c{{/yes}}", "abc"},
      {"false within true", "{{#yes}}a{{#no}}b{{/no}}c{{/yes}}", "ac"},
      {"true within false", "[{{#no}}a{{#yes}}b{{/yes}}c{{/no}}]", "[]"},
      {"twice on a line", "{{#yes}}a{{/yes}}{{#yes}}b{{/yes}}", "ab"},
      {"blanks in tags", "{{# yes }}on{{/ yes }}", "on"},
      {"blanks around are kept", " {{#yes}}\t{{/yes}} \n", " \t \n"},
      {"several lines within a line", "|{{#yes}} \n {{/yes}}|\n", "| \n |\n"},
      {"indented on one line", " {{#yes}}A{{/yes}}\n {{#yes}}B{{/yes}}\n", " A\n B\n"},
      {"context comes back", "{{#client}}{{/client}}{{name}}", "Lotus"},
  });
}

TEST_CASE("templates: inverted sections") {
  check({
      {"false", "{{^no}}off{{/no}}", "off"},
      {"true", "[{{^yes}}off{{/yes}}]", "[]"},
      {"absent", "{{^absent}}off{{/absent}}", "off"},
      {"text", "[{{^title}}off{{/title}}]", "[]"},
      {"empty text", "{{^empty}}off{{/empty}}", "off"},
      {"map", "[{{^client}}off{{/client}}]", "[]"},
      {"list", "[{{^days}}off{{/days}}]", "[]"},
      {"empty list", "{{^none}}off{{/none}}", "off"},
      {"either or", "{{#no}}a{{/no}}{{^no}}b{{/no}}", "b"},
      {"nested", "{{^no}}a{{^no}}b{{/no}}c{{/no}}", "abc"},
      {"per item", "{{#days}}{{day}}{{^tasks}} rest{{/tasks}},{{/days}}", "Mon,Tue rest,"},
      {"blanks in tags", "{{^ no }}off{{/ no }}", "off"},
      {"blanks around are kept", " {{^no}}\t{{/no}} \n", " \t \n"},
      {"standalone", "a\n{{^no}}\nb\n{{/no}}\nc\n", "a\nb\nc\n"},
      {"standalone, indented", "a\n  {{^no}}\nb\n\t{{/no}}\nc", "a\nb\nc"},
      {"standalone, CRLF", "|\r\n{{^no}}\r\n{{/no}}\r\n|", "|\r\n|"},
  });
}

TEST_CASE("templates: the item itself") {
  check({
      {"of a list", "{{#words}}({{.}}){{/words}}", "(red)(dry)(&lt;ok&gt;)"},
      {"three braces", "{{#words}}{{{.}}} {{/words}}", "red dry <ok> "},
      {"ampersand", "{{#words}}{{&.}} {{/words}}", "red dry <ok> "},
      {"of a text", "{{#title}}{{.}}!{{/title}}", "Healing!"},
      {"as a section", "{{#words}}{{#.}}{{.}},{{/.}}{{/words}}", "red,dry,&lt;ok&gt;,"},
      {"as an inverted section", "{{#words}}{{^.}}none{{/.}}{{/words}}", ""},
      {"names from outside", "{{#words}}{{count}}{{.}} {{/words}}", "3red 3dry 3&lt;ok&gt; "},
  });
}

TEST_CASE("templates: lines of their own") {
  check({
      {"section", "a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n"},
      {"section, hidden", "a\n{{#no}}\nb\n{{/no}}\nc\n", "a\nc\n"},
      {"section, indented", "a\n  {{#yes}}\nb\n  {{/yes}}\nc\n", "a\nb\nc\n"},
      {"blanks after the tag", "a\n{{#yes}} \t\nb\n{{/yes}}  \nc", "a\nb\nc"},
      {"CRLF", "a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\nc\r\n", "a\r\nb\r\nc\r\n"},
      {"first line", "  {{#yes}}\nb{{/yes}}\nc", "b\nc"},
      {"last line without a line break", "a{{#yes}}\nb\n  {{/yes}}", "a\nb\n"},
      {"list", "{{#days}}\n- {{day}}\n{{/days}}\n", "- Mon\n- Tue\n"},
      {"blank lines stay", "{{#yes}}\n\nb\n\n{{/yes}}\n", "\nb\n\n"},
      {"text beside the tag", "a\n{{#yes}} b\n{{/yes}}\nc", "a\n b\nc"},
      {"two tags on a line", "{{#yes}}{{/yes}}\nb", "\nb"},
      {"two tags, last ends the line", "{{#yes}} {{#yes}}\n{{/yes}}\n{{/yes}}\nb", " \nb"},
      {"tag after the end of a long comment", "{{! a\nb }} {{#yes}}\nc{{/yes}}", " \nc"},
  });
}

TEST_CASE("templates: comments") {
  check({
      {"in a line", "a{{! not seen }}b", "ab"},
      {"over lines", "a{{! not\nseen }}b\n", "ab\n"},
      {"standalone", "a\n{{! not seen }}\nb\n", "a\nb\n"},
      {"standalone, indented", "a\n  {{! not seen }}\nb\n", "a\nb\n"},
      {"standalone, CRLF", "|\r\n{{! x }}\r\n|", "|\r\n|"},
      {"standalone, first line", "  {{! x }}\n!", "!"},
      {"standalone, last line", "!\n  {{! x }}", "!\n"},
      {"standalone, over lines", "a\n{{!\nnot seen\n}}\nb\n", "a\nb\n"},
      {"standalone, over indented lines", "a\n  {{!\n    not\n  }}\nb\n", "a\nb\n"},
      {"beside text", "  12 {{! 34 }}\n", "  12 \n"},
      {"blanks around are kept", "1 {{! x }} 2", "1  2"},
      {"name-like", "{{!title}}{{! title }}{{!#yes}}", ""},
      {"with an opening tag in it", "a{{! {{title }}b", "ab"},
  });
}

TEST_CASE("templates: delimiters") {
  check({
      {"pair", "{{=<% %>=}}<%title%> {{title}}", "Healing {{title}}"},
      {"single characters", "{{=[ ]=}}[title]", "Healing"},
      {"the same twice", "{{=| |=}}|title|", "Healing"},
      {"and back", "{{=<% %>=}}<%={{ }}=%>{{title}}", "Healing"},
      {"inside sections", "{{#yes}}{{=| |=}}|title|/|/yes|", "Healing/"},
      {"last past a section", "{{=| |=}}|#yes||title||/yes||^no|!|/no|", "Healing!"},
      {"kept out of partials", "{{=| |=}}|>hello|", "Hello Ada"},
      {"kept in partials", "{{>changed}} {{title}} [title]", "Healing {{title}} Healing [title]"},
      {"blanks within", "{{= <%   %> =}}<% title %>", "Healing"},
      {"blanks around are kept", "| {{=@ @=}} |", "|  |"},
      {"beside text", " | {{=@ @=}}\n", " | \n"},
      {"standalone", "a\n{{=@ @=}}\nb\n", "a\nb\n"},
      {"standalone, indented", "a\n  {{=@ @=}}\nb\n", "a\nb\n"},
      {"standalone, CRLF", "|\r\n{{= @ @ =}}\r\n|", "|\r\n|"},
      {"standalone, first line", "  {{=@ @=}}\n=", "="},
      {"standalone, last line", "=\n  {{=@ @=}}", "=\n"},
      {"ampersand still prints raw", "{{=| |=}}|&raw|", "<a & \"b\" 'c'>"},
  });
}

TEST_CASE("templates: partials") {
  check({
      {"in a line", "{{>hello}}!", "Hello Ada!"},
      {"blanks in the tag", "{{> hello }}!", "Hello Ada!"},
      {"empty", "[{{>nothing}}]", "[]"},
      {"dots in the name", "{{>with.dot}}", "dotted"},
      {"sees the item it stands in", "{{#days}}{{#tasks}}{{>line}}{{/tasks}}{{/days}}", "- wash\n- cool\n"},
      {"standalone takes its line", "x\n{{>two}}\ny\n", "x\na\nb\ny\n"},
      {"standalone, CRLF", "|\r\n{{>crlf}}\r\n|", "|\r\na\r\nb\r\n|"},
      {"standalone, last line", ">\n  {{>two}}", ">\n  a\n  b\n"},
      {"standalone, first line", "  {{>open-ended}}\n>", "  a\n  b>"},
      {"indentation on every line", "x\n  {{>two}}\ny\n", "x\n  a\n  b\ny\n"},
      {"indentation by a tab", "\t{{>two}}\n", "\ta\n\tb\n"},
      {"indentation of blank lines", " {{>blank}}\n", " x\n \n y\n"},
      {"not of lines within values", "  {{>long}}\n", "  |\n  one\ntwo\n  |\n"},
      {"adds up", " {{>outer}}\n", " [\n   a\n   b\n ]\n"},
      {"no indentation in the middle of a line", "  x {{>two}}\n", "  x a\nb\n\n"},
      {"partial in the middle of an indented one", " {{>inline}}\n", " (a\nb\n)\n"},
      {"sections in an indented one", "  {{>shown}}\n", "  shown\n"},
      {"blanks around are kept", "| {{>hello}} |", "| Hello Ada |"},
      {"in a section that is not shown", "[{{#no}}{{>hello}}{{/no}}]", "[]"},
      {"within itself", "{{#areas}}{{>tree}}{{/areas}}", "face(chin()cheek())"},
      {"within itself, ever further in", "{{#areas}}\n{{>steps}}\n{{/areas}}\n", "face\n  chin\n  cheek\n"},
      {"twice", "{{>hello}}, {{>hello}}", "Hello Ada, Hello Ada"},
  });
}

TEST_CASE("templates: one compilation serves every format and any data") {
  const Source source("sheet.txt", "{{raw}} {{#none}}{{.}}{{/none}}");
  Diagnostics diagnostics;
  const auto compiled = Template::compile(source, {}, sample::kSheet, diagnostics);
  REQUIRE(compiled);
  DataArena arena;
  std::string out;
  CHECK(compiled->render(arena.map({{"raw", Data::text("a*b<c")}}), Escape::markdown, out, diagnostics));
  CHECK(compiled->render(arena.map({{"raw", Data::text("a*b<c")}}), Escape::none, out, diagnostics));
  CHECK(compiled->render(Data(), Escape::none, out, diagnostics));
  CHECK_EQ(out, "a\\*b\\<c a*b<c  ");
  CHECK(diagnostics.empty());
}

TEST_CASE("templates: an arena can be used again") {
  DataArena arena;
  for (int round = 0; round < 3; ++round) {
    arena.clear();
    std::vector<Data> words;
    for (int i = 0; i < 5000; ++i)
      words.push_back(arena.number(i));
    const Data list = arena.list(words);
    CHECK_EQ(list.items().size(), 5000);
    CHECK_EQ(list.items()[4711].text(), "4711");
  }
}

}  // namespace needleplan
