// The annotated profile and needleplan-profile(5) have every key, and what they show can be read.
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "needleplan/profile/read_profile.h"
#include "needleplan/profile/shape.h"
#include "needleplan/text/source.h"
#include "needleplan/yaml/reader.h"

namespace needleplan {

namespace {

std::string file(const std::string& path) {
  std::ifstream in(NEEDLEPLAN_SOURCE_DIR "/" + path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// What is wrong with a profile; empty when it can be read.
std::string mistakes(std::string text) {
  const Source source("profile.yaml", std::move(text));
  yaml::Document document;
  Diagnostics diagnostics;
  if (yaml::read(source, document, diagnostics)) (void)read_profile(document.root(), diagnostics);
  return to_text(diagnostics);
}

/// Checks that `text` has each key, by what stands around it there.
void check_keys(const yaml::Shape& shape, const std::string& text, std::string_view before, std::string_view after) {
  for (const yaml::Key& key : shape.keys) {
    const std::string wanted = std::string(before) + std::string(key.name) + std::string(after);
    CAPTURE(shape.name);
    CAPTURE(key.name);
    CHECK(text.find(wanted) != std::string::npos);
    if (key.shape != nullptr) check_keys(*key.shape, text, before, after);
  }
}

}  // namespace

TEST_CASE("the annotated profile has every key") {
  check_keys(kProfileShape, file("templates/init/profile.yaml"), "", ":");
}

TEST_CASE("the manual has every key") {
  check_keys(kProfileShape, file("man/needleplan-profile.5"), ".It Cm ", " Pq");
}

TEST_CASE("the annotated profile asks everything and answers nothing") {
  const std::string text = file("templates/init/profile.yaml");
  // Once as it is, and once with its examples, which can be read.
  for (const bool examples : {false, true}) {
    std::string edited = text;
    for (std::size_t at = edited.find("\nclient:"); examples && (at = edited.find("\n#  ", at)) != std::string::npos;)
      edited.erase(at + 1, 1);
    std::string other;
    std::size_t blank = 0;
    std::istringstream lines(mistakes(edited));
    for (std::string line; std::getline(lines, line);)
      if (line.find(" error: ") != std::string::npos) {
        if (line.ends_with("[no-value]")) {
          ++blank;
        } else {
          other += line + "\n";
        }
      }
    CAPTURE(examples);
    CHECK(other == "");
    CHECK(blank >= 20);
  }
}

TEST_CASE("what is shown to users can be read") {
  for (const char* path :
       {"templates/examples/clear.yaml", "templates/examples/prepare.yaml", "templates/examples/avoid.yaml"}) {
    CAPTURE(path);
    CHECK(mistakes(file(path)) == "");
  }
  const std::string page = file("man/needleplan-profile.5");
  const std::size_t from = page.find("client:\n");
  REQUIRE(from != std::string::npos);
  CHECK(mistakes(page.substr(from, page.find("\n.Ed", from) - from)) == "");
}

}  // namespace needleplan
