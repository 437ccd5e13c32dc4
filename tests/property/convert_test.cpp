// A profile in the other form gets the same check.
#include "needleplan/batch/convert.h"

#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "needleplan/findings/assess.h"
#include "needleplan/profile/read_profile.h"
#include "needleplan/render/record.h"
#include "property/generate.h"

namespace {

using namespace needleplan;
using namespace needleplan::testing;

std::string in_form(const std::string& text, batch::Form form) {
  const Source source("c", text);
  batch::Converter converter(form);
  Diagnostics diagnostics;
  std::string out;
  if (!converter.convert(source, out, diagnostics)) return to_text(diagnostics);
  return out;
}

/// What a check says, without the places and the order of findings that follows from them.
std::multiset<std::string> check_of(const std::string& text, const Pack& pack) {
  const Source source("c", text);
  yaml::Document document;
  Diagnostics diagnostics;
  const auto profile = read_profile(source, document, diagnostics);
  if (!profile) return {to_text(diagnostics)};
  const Facts facts = resolve(*profile, pack, kAsOf);
  Assessment assessment = assess(facts);
  const std::vector<Finding> findings = std::move(assessment.findings);
  static const std::regex kPlace("\"(line|column)\":[0-9]+,?");
  std::multiset<std::string> said;
  const auto add = [&] {
    said.insert(std::regex_replace(check_record(assessment, facts, {}, "", JsonWriter::Layout::compact), kPlace, ""));
  };
  assessment.findings.clear();
  add();
  for (const Finding& finding : findings) {
    assessment.findings = {finding};
    add();
  }
  return said;
}

}  // namespace

TEST_CASE("a profile in the other form gets the same check") {
  const bool holds = rc::check("conversion changes no check", [] {
    Chooser choose = any_choices();
    const Case made = some_case(choose);
    const std::string text = to_yaml(made.profile);
    const std::string json = in_form(text, batch::Form::ndjson);
    const std::string yaml = in_form(json, batch::Form::yaml);
    const auto said = check_of(text, made.pack());
    RC_ASSERT(json.substr(0, 1) == "{");
    RC_ASSERT(check_of(json, made.pack()) == said);
    RC_ASSERT(check_of(yaml, made.pack()) == said);
  });
  CHECK(holds);
}
