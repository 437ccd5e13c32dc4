#include "needleplan/yaml/shape.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/yaml/reader.h"

using namespace needleplan;
using yaml::Key;
using yaml::Shape;
using yaml::Type;

namespace {

constexpr std::array kProductKeys{
    Key{.name = "name", .type = Type::text, .summary = "as on the label", .required = true},
    Key{.name = "last_used",
        .type = Type::partial_date,
        .summary = "the last day",
        .holds = yaml::Holds::or_none_unknown},
};
constexpr Shape kProduct{.name = "product", .keys = kProductKeys};

constexpr Key kTranslation{.name = "language", .type = Type::text, .summary = "the text in that language"};
constexpr Shape kTranslations{.name = "set of texts", .keys = {}, .others = &kTranslation};

constexpr std::array kProfileKeys{
    Key{.name = "id", .type = Type::text, .summary = "who", .required = true},
    Key{.name = "pregnant", .type = Type::yes_no, .summary = "now", .holds = yaml::Holds::or_none_unknown},
    Key{.name = "products",
        .type = Type::list,
        .summary = "all in use",
        .shape = &kProduct,
        .holds = yaml::Holds::or_none_unknown,
        .items = Type::text_or_map},
    Key{.name = "areas", .type = Type::one_or_list, .summary = "where", .items = Type::word},
    Key{.name = "title", .type = Type::map, .summary = "by language", .shape = &kTranslations},
    Key{.name = "note", .type = Type::any, .summary = "whatever"},
};
constexpr Shape kProfile{.name = "profile", .keys = kProfileKeys};

std::string messages(const std::string& text) {
  const Source source("t.yaml", text);
  yaml::Document document;
  Diagnostics diagnostics;
  REQUIRE(yaml::read(source, document, diagnostics));
  const bool good = yaml::check_shape(document.root(), kProfile, diagnostics);
  CHECK(good == !diagnostics.has_errors());
  return to_text(diagnostics, Excerpt::place_only);
}

}  // namespace

TEST_CASE("maps are checked against their tables") {
  struct Row {
    std::string_view name;
    std::string text;
    std::string expected;
  };
  for (const Row& row : std::vector<Row>{
           {"good", "id: x\npregnant: no\nproducts: [a, {name: b}]\nareas: face\ntitle: {en: a, de: b}\nnote: [1]\n",
            ""},
           {"none", "id: x\nproducts: none\npregnant: unknown\nareas: [face, neck]\n", ""},
           {"unknown key", "id: x\npregnent: yes\n",
            "t.yaml:2:1: error: the key \"pregnent\" is not known in a profile (did you mean \"pregnant\"?); expected "
            "areas, id, note, pregnant, products or title [unknown-key]\n"},
           {"unknown key, nothing near", "id: x\nzzz: 1\n",
            "t.yaml:2:1: error: the key \"zzz\" is not known in a profile; expected areas, id, note, pregnant, "
            "products "
            "or title [unknown-key]\n"},
           {"misspelt key that is required", "ib: x\n",
            "t.yaml:1:1: error: the key \"ib\" is not known in a profile (did you mean \"id\"?); expected areas, id, "
            "note, pregnant, products or title [unknown-key]\n"},
           {"missing keys", "products:\n  - last_used: 2026\n",
            "t.yaml:1:1: error: the key \"id\" is missing from this profile [missing-key]\n"
            "t.yaml:2:5: error: the key \"name\" is missing from this product [missing-key]\n"},
           {"no value", "id: x\npregnant:\nproducts: ~\nnote: null\n",
            "t.yaml:2:1: error: the key \"pregnant\" has no value: write none, unknown or the answer [no-value]\n"
            "t.yaml:3:1: error: the key \"products\" has no value: write none, unknown or the answer [no-value]\n"
            "t.yaml:4:1: error: the key \"note\" has no value: write it, or leave the key out [no-value]\n"},
           {"empty item", "id: x\nareas:\n  - face\n  -\n",
            "t.yaml:4:3: error: a list item without a value: write it, or delete the dash [no-value]\n"},
           {"quoted none is a text", "id: x\nproducts: 'none'\n",
            "t.yaml:2:11: error: one value under \"products\", where a list (`- ` before each entry), none or unknown "
            "belongs [wrong-kind]\n"},
           {"list for a scalar", "id: [x]\n",
            "t.yaml:1:5: error: a list under \"id\", where one value belongs [wrong-kind]\n"},
           {"map for an item", "id: x\nareas: [{a: b}]\n",
            "t.yaml:2:9: error: a map under \"areas\", where one value belongs [wrong-kind]\n"},
           {"scalar for a map", "id: x\ntitle: a\n",
            "t.yaml:2:8: error: one value under \"title\", where a map, `key: value` belongs [wrong-kind]\n"},
           {"free keys have a kind too", "id: x\ntitle: {en: [a]}\n",
            "t.yaml:2:13: error: a list under \"en\", where one value belongs [wrong-kind]\n"},
           {"no map at all", "- id: x\n",
            "t.yaml:1:1: error: a list where a profile belongs, which is a map of `key: value` lines [wrong-kind]\n"},
       }) {
    CAPTURE(row.name);
    CHECK(messages(row.text) == row.expected);
  }
}
