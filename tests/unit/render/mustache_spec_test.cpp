/// Runs the public Mustache specification where somebody has a copy of it: set NEEDLEPLAN_MUSTACHE_SPEC
/// to the folder that holds comments.yml, sections.yml and the rest.
#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include "aftercare_sample.h"
#include "needleplan/render/json.h"
#include "needleplan/render/template.h"

namespace needleplan {

namespace {

std::string_view kept(DataArena& arena, const std::string& text) {
  return arena.copy(text).text();
}

Data data_of(DataArena& arena, const YAML::Node& node) {
  if (node.IsSequence()) {
    std::vector<Data> items;
    for (const auto& item : node)
      items.push_back(data_of(arena, item));
    return arena.list(items);
  }
  if (node.IsMap()) {
    std::vector<Field> fields;
    for (const auto& field : node)
      fields.push_back({kept(arena, field.first.as<std::string>()), data_of(arena, field.second)});
    return arena.map(fields);
  }
  if (node.IsNull()) return {};
  const bool plain = node.Tag() == "?";
  if (plain && (node.Scalar() == "true" || node.Scalar() == "false")) return Data::flag(node.Scalar() == "true");
  double number = 0;
  if (plain && node.Scalar().find('.') != std::string::npos && YAML::convert<double>::decode(node, number)) {
    // Our data has texts only; the specification's "1.210" is a number, which prints as 1.21.
    std::string digits;
    JsonWriter(digits, JsonWriter::Layout::compact).value(number);
    return arena.copy(digits);
  }
  return arena.copy(node.Scalar());
}

}  // namespace

TEST_CASE("templates: the public specification") {
  const char* const folder = std::getenv("NEEDLEPLAN_MUSTACHE_SPEC");
  if (folder == nullptr) {
    MESSAGE("SKIPPED: NEEDLEPLAN_MUSTACHE_SPEC names no folder with the Mustache specification");
    return;
  }
  for (const std::string name : {"comments", "delimiters", "interpolation", "inverted", "partials", "sections"}) {
    int passed = 0;
    const YAML::Node file = YAML::LoadFile(std::string(folder) + "/" + name + ".yml");
    for (const auto& test : file["tests"]) {
      CAPTURE(name);
      const auto title = test["name"].as<std::string>();
      CAPTURE(title);
      std::vector<std::unique_ptr<Source>> sources;
      Partials partials;
      if (test["partials"])
        for (const auto& partial : test["partials"]) {
          const auto partial_name = partial.first.as<std::string>();
          sources.push_back(std::make_unique<Source>(partial_name, partial.second.as<std::string>()));
          partials.emplace(partial_name, sources.back().get());
        }
      const Source source(name, test["template"].as<std::string>());
      DataArena arena;
      Diagnostics diagnostics;
      const auto compiled = Template::compile(source, partials, kAnyName, diagnostics);
      const std::string errors = to_text(diagnostics, Excerpt::place_only);
      if (!compiled) {
        // The one place where we are stricter on purpose: a partial that does not exist.
        CHECK_NE(errors.find("[template-missing-partial]"), std::string::npos);
        CHECK_EQ(title, "Failed Lookup");
        continue;
      }
      std::string out;
      const bool rendered = compiled->render(data_of(arena, test["data"]), Escape::html, out, diagnostics);
      CHECK(rendered);
      CHECK_EQ(out, test["expected"].as<std::string>());
      passed += rendered && out == test["expected"].as<std::string>() ? 1 : 0;
    }
    MESSAGE(name << ": " << passed << " of " << file["tests"].size());
  }
}

}  // namespace needleplan
