// Every key of the table of a profile holds what the table says: none, unknown, a value, and nothing else.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/profile/read_profile.h"
#include "needleplan/profile/shape.h"
#include "support/tree.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// A value that fits beside those of all other keys.
std::string sample(const yaml::Key& key) {
  if (key.name == "status") return "past";
  if (key.name == "partial") return "plans";
  if (key.name == "birth_date") return "1990";
  if (key.name == "depth") return "1 mm";
  if (key.name == "length") return "28d";
  switch (key.type) {
    case yaml::Type::word:
      return std::string(key.words.front());
    case yaml::Type::yes_no:
      return "no";
    case yaml::Type::date:
    case yaml::Type::partial_date:
    case yaml::Type::moment:
      return "2026-03-04";
    case yaml::Type::time:
      return "14:30";
    case yaml::Type::span:
      return "30min";
    default:
      return key.name == "by" ? "Dr Lee" : "some words";
  }
}

/// A profile with every key of the table.
Tree whole(const yaml::Shape& shape) {
  Tree map = Tree::map();
  const auto put = [&](std::string_view name, const yaml::Key& key) {
    const bool list = key.type == yaml::Type::list;
    if (key.shape == nullptr) {
      map.set(std::string(name), sample(key));
    } else {
      Tree inner = whole(*key.shape);
      map.set(std::string(name), list ? Tree::list().add(std::move(inner)) : std::move(inner));
    }
  };
  for (const yaml::Key& key : shape.keys)
    put(key.name, key);
  if (shape.others != nullptr) put(shape.name == "asked" ? "plans" : "ID", *shape.others);
  return map;
}

struct Found {
  const yaml::Key* key;
  Tree* value;
  std::string path;
};

/// Every key of the table with its value in the tree.
void each_key(const yaml::Shape& shape, Tree& map, const std::string& path, const std::function<void(Found)>& visit) {
  const auto one = [&](const yaml::Key& key, std::string_view name) {
    Tree* value = map.find(name);
    REQUIRE(value != nullptr);
    const std::string here = path + std::string(name);
    visit({&key, value, here});
    if (key.shape == nullptr) return;
    Tree& inner = value->kind == Tree::Kind::list ? value->members.front().second : *value;
    each_key(*key.shape, inner, here + ".", visit);
  };
  for (const yaml::Key& key : shape.keys)
    one(key, key.name);
  if (shape.others != nullptr) one(*shape.others, shape.name == "asked" ? "plans" : "ID");
}

/// The ids of the mistakes of a profile, each once.
std::string mistakes(const Tree& tree) {
  const Source source("p.yaml", to_yaml(tree));
  yaml::Document document;
  Diagnostics diagnostics;
  const bool read = read_profile(source, document, diagnostics).has_value();
  std::string out;
  for (const Diagnostic& d : diagnostics.sorted())
    if (out.find(d.id) == std::string::npos) out += (out.empty() ? "" : " ") + std::string(d.id);
  CHECK(read == out.empty());
  return out;
}

/// Calls `judge` with the mistakes that a text makes at each key, and with the key.
void with_each_key(const std::string& text, const std::function<void(const Found&, const std::string&)>& judge) {
  Tree tree = whole(kProfileShape);
  each_key(kProfileShape, tree, "", [&](const Found& found) {
    const Tree before = *found.value;
    *found.value = Tree::scalar(text);
    Tree tried = tree;
    // That there is none contradicts that some was not asked.
    if (found.path == "plans") tried.erase("partial");
    CAPTURE(found.path);
    judge(found, mistakes(tried));
    *found.value = before;
  });
}

bool is_text(const yaml::Key& key) {
  return key.type == yaml::Type::text || key.type == yaml::Type::one_or_list;
}

}  // namespace

TEST_CASE("a profile with every key can be read") {
  CHECK(mistakes(whole(kProfileShape)) == "");
}

TEST_CASE("none and unknown stand only where the table says so") {
  with_each_key("none", [](const Found& found, const std::string& got) {
    CHECK(got == (holds_none(found.key->holds) ? "" : "not-an-answer"));
  });
  with_each_key("unknown", [](const Found& found, const std::string& got) {
    CHECK(got == (holds_unknown(found.key->holds) ? "" : "not-an-answer"));
  });
}

TEST_CASE("what always is cannot be none, and what must be given cannot be unknown") {
  const std::vector<std::string_view> always{
      "client.id",          "client.birth_date", "client.fitzpatrick", "conditions.name",  "conditions.area",
      "procedures.date",    "exposures.area",    "sessions.date",      "session.areas",    "session.depth",
      "session.device",     "session.date",      "session.time",       "session.protocol", "signoffs.by",
      "signoffs.role",      "signoffs.on",       "signoffs.expires",   "signoffs.note",    "signoffs.rule",
      "life_stage.pregnant"};
  const std::vector<std::string_view> given{"client.id",   "signoffs.rule",    "signoffs.by",   "signoffs.role",
                                            "signoffs.on", "signoffs.expires", "signoffs.note", "medicines.name"};
  Tree tree = whole(kProfileShape);
  std::size_t seen = 0;
  each_key(kProfileShape, tree, "", [&](const Found& found) {
    CAPTURE(found.path);
    if (std::find(always.begin(), always.end(), found.path) != always.end()) {
      ++seen;
      CHECK_FALSE(holds_none(found.key->holds));
    }
    if (std::find(given.begin(), given.end(), found.path) != given.end()) {
      ++seen;
      CHECK(found.key->holds == yaml::Holds::value);
    }
  });
  CHECK(seen == always.size() + given.size());
}

TEST_CASE("other words for nothing are no answer where one must be given") {
  for (const char* word : {"None", "UNKNOWN", "n/a", "TBD", "unbekannt", "ninguno"})
    with_each_key(word, [](const Found& found, const std::string& got) {
      if (is_text(*found.key) && found.key->holds == yaml::Holds::value) CHECK(got == "not-an-answer");
    });
}

TEST_CASE("every text is one line that can be seen") {
  for (const auto& row : std::vector<std::pair<std::string, std::string>>{
           {"Alex\\n>> BOOK", "line-break"},
           {"Alex\\u2028BOOK", "control-character"},
           {"a\\u0085b", "control-character"},
           {"a\u200Bb", "invisible-character"},
           {"a\\u200Bb", "invisible-character"},
           {"\u2060\u00AD", "invisible-character"},
           {"a\u3164", "invisible-character"},
           {"-", "no-letter-or-digit"},
           {"?!", "no-letter-or-digit"},
           {"\u2026", "no-letter-or-digit"},
           {"\u2800", "invisible-character"},
       }) {
    CAPTURE(row.first);
    with_each_key(row.first, [&](const Found& found, const std::string& got) {
      if (is_text(*found.key)) CHECK(got.find(row.second) != std::string::npos);
      CHECK_FALSE(got.empty());
    });
  }
}

TEST_CASE("letters of any script, marks and a block that ends its line are fine") {
  for (const char* text : {"Zoë Müller-Lüdenscheidt", "Иван", "山田", "ام", "7", "a & b", "x \U0001F33B\uFE0F"}) {
    Tree tree = whole(kProfileShape);
    tree.find("client")->set("name", text);
    CAPTURE(text);
    CHECK(mistakes(tree) == "");
  }
  const Source source("p.yaml", "client:\n  id: c\n  name: >\n    Alex\n    Example\n");
  yaml::Document document;
  Diagnostics diagnostics;
  const auto profile = read_profile(source, document, diagnostics);
  REQUIRE(profile);
  CHECK(*profile->name.given() == "Alex Example");
}

TEST_CASE("a list holds entries, not words for nothing") {
  for (const char* word : {"none", "unknown", "None", "n/a"})
    for (const char* key : {"conditions", "allergies", "plans", "preferences", "partial"}) {
      Tree tree = Tree::map();
      tree.set("client", Tree::map().set("id", "c"));
      tree.set(key, Tree::list().add(Tree::scalar(word)));
      CAPTURE(key);
      CHECK(mistakes(tree).find("not-an-answer") != std::string::npos);
    }
}
