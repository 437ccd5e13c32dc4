#include <cstdio>
#include <string>

#include "needleplan/findings/assess.h"
#include "needleplan/profile/read_profile.h"
#include "needleplan/protocol/load.h"
#include "needleplan/yaml/reader.h"

int main() {
  using namespace needleplan;
  Diagnostics diagnostics;
  std::string problem;
  const auto pack = load_protocol("microneedling", diagnostics, problem);
  const Source source("client.yaml", "client: {id: c-1}\nconditions: none\n");
  yaml::Document document;
  if (!pack || !yaml::read(source, document, diagnostics)) return 1;
  const auto profile = read_profile(document.root(), diagnostics);
  if (!profile) return 1;
  const Facts facts = resolve(*profile, *pack, *parse_date("2026-11-23"));
  const Assessment result = assess(facts);
  std::printf("%s, %zu questions\n", std::string(to_string(result.verdict)).c_str(), result.questions.size());
  return result.verdict == Verdict::ask ? 0 : 1;
}
