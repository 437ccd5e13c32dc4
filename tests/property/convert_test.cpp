// A profile in the other form gets the same check.
#include "needleplan/batch/convert.h"

#include <regex>
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

/// The record of a check without the places, which differ.
std::string check_of(const std::string& text, const Pack& pack) {
  const Source source("c", text);
  yaml::Document document;
  Diagnostics diagnostics;
  const auto profile = read_profile(source, document, diagnostics);
  if (!profile) return to_text(diagnostics);
  const Facts facts = resolve(*profile, pack, kAsOf);
  const std::string record = check_record(assess(facts), facts, {}, "", JsonWriter::Layout::compact);
  static const std::regex kPlace("\"(line|column)\":[0-9]+,?");
  return std::regex_replace(record, kPlace, "");
}

}  // namespace

TEST_CASE("a profile in the other form gets the same check") {
  const bool holds = rc::check("conversion changes no check", [] {
    Chooser choose = any_choices();
    const Case made = some_case(choose);
    const std::string text = to_yaml(made.profile);
    const std::string json = in_form(text, batch::Form::ndjson);
    const std::string yaml = in_form(json, batch::Form::yaml);
    const std::string said = check_of(text, made.pack());
    RC_ASSERT(json.substr(0, 1) == "{");
    RC_ASSERT(check_of(json, made.pack()) == said);
    RC_ASSERT(check_of(yaml, made.pack()) == said);
  });
  CHECK(holds);
}
