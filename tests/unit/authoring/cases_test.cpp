/// Files of cases: how a case's keys are laid over the base, what the manual says about them, and how the edges of a
/// window in calendar months are tried.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/authoring/case_shape.h"
#include "needleplan/authoring/merge.h"
#include "needleplan/authoring/trial.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

struct Trial {
  Trial(const std::string& pack_text, const std::string& cases) : Trial(pack_of(pack_text), cases) {}
  Trial(std::unique_ptr<Pack> with, const std::string& cases) : pack(std::move(with)) {
    const LoadProfile none = [](std::string_view, Location, Diagnostics&) { return std::unique_ptr<Source>(); };
    file = read_cases(std::make_unique<Source>("cases.yaml", cases), *pack, none, diagnostics);
    for (const Case& one : file.cases)
      runs.emplace_back(one, *pack);
  }

  [[nodiscard]] std::string failures() const {
    std::string out = to_text(diagnostics);
    for (const RunnableCase& run : runs)
      for (const Failure& failure : run.run())
        out += std::string(run.what().name) + ": " + failure.words + "\n";
    return out;
  }

  std::unique_ptr<Pack> pack;
  Diagnostics diagnostics;
  CaseFile file;
  std::vector<RunnableCase> runs;
};

void check_keys(const yaml::Shape& shape, const std::string& page) {
  for (const yaml::Key& key : shape.keys) {
    CAPTURE(shape.name);
    CAPTURE(key.name);
    const std::string name(key.name);
    const bool there = page.find(".It Cm " + name + " ") != std::string::npos ||
                       page.find(", " + name + " ") != std::string::npos ||
                       page.find(".Cm " + name + "\n") != std::string::npos;
    CHECK(there);
    if (key.shape != nullptr && key.shape != &kSessionShape) check_keys(*key.shape, page);
  }
}

/// A value of the merged map, by keys; empty if it is not there.
std::string at(yaml::Node node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    node = node.valid() ? node.find(key) : node;
  return node.valid() ? std::string(node.text()) : std::string();
}

constexpr std::string_view kPack = R"(
pack: {id: small, title: Small, version: 1, reviewed: none}
subjects:
  - {id: knee-surgery, kind: procedure, label: knee surgery, names: {en: [knee surgery]}}
conditions:
  - {id: knee, when: {had: knee-surgery}, verdict: defer, wait: 6mo, sources: unsourced}
)";

std::string knee_case(std::string_view name, std::string_view day, std::string_view expect) {
  return "  - {name: " + std::string(name) +
         ", as_of: 2026-08-15, profile: {procedures: [{name: knee surgery, date: " + std::string(day) +
         "}]}, expect: {" + std::string(expect) + "}}\n";
}

const std::string kBase =
    "base: {client: {id: T-1}, asked: 2026-08-15, sessions: none, exposures: none, plans: none,\n"
    "  session: {date: 2026-08-15, add_ons: none}}\ncases:\n";

}  // namespace

TEST_CASE("a case's keys are laid over the base, map by map") {
  const Source source("cases.yaml",
                      "below: {client: {id: a, name: \"B\\tB\"}, products: [one, two], plans: none}\n"
                      "above: {client: {id: c, sex: d}, products: [three], session: {time: 14:30}}\n");
  yaml::Document document;
  Diagnostics diagnostics;
  REQUIRE(yaml::read(source, document, diagnostics));
  yaml::Document merged;
  merge(document.root().find("below"), document.root().find("above"), source, merged);
  const yaml::Node root = merged.root();
  CHECK(root.count() == 4);
  CHECK(at(root, {"client", "id"}) == "c");
  CHECK(at(root, {"client", "name"}) == "B\tB");
  CHECK(at(root, {"client", "sex"}) == "d");
  CHECK(at(root, {"session", "time"}) == "14:30");
  CHECK(at(root, {"plans"}) == "none");
  REQUIRE(root.find("products").count() == 1);
  CHECK((*root.find("products").begin()).text() == "three");
  // Each value is still where it was written.
  CHECK(root.find("client").find("name").at().place().line == 1);
  CHECK(root.find("client").find("id").at().place().line == 2);

  merge(document.root().find("below"), {}, source, merged);
  CHECK(at(merged.root(), {"client", "id"}) == "a");
  merge({}, {}, source, merged);
  CHECK(merged.root().is_map());
  CHECK(merged.root().count() == 0);
}

TEST_CASE("the manual has every key of a file of cases, and its example passes") {
  const std::string page = read_whole(NEEDLEPLAN_SOURCE_DIR "/man/needleplan-cases.5");
  check_keys(kCaseFileShape, page);
  const std::size_t begin = page.find("base:\n");
  const std::string example = page.substr(begin, page.find(".Ed", begin) - begin);
  Diagnostics diagnostics;
  std::string problem;
  const Trial trial(load_protocol("microneedling", diagnostics, problem), example);
  CHECK(trial.runs.size() == 3);
  CHECK(trial.failures().empty());
}

TEST_CASE("a case can expect an answer that the protocol does not ask for") {
  const std::string one =
      "  - {name: misspelt, as_of: 2026-08-15, profile: {answers: {hapy: yes}},\n"
      "     expect: {findings: [{rule: unknown-answer, verdict: ask}]}}\n";
  const Trial trial(std::string(kPack) + "answers: [{id: happy, ask: Are you happy?, label: you are happy}]\n",
                    kBase + one);
  CHECK(trial.runs.size() == 1);
  CHECK(trial.failures().empty());
}

TEST_CASE("an edge in months is tried a day beside it") {
  // Six months before 15 August is 15 February, whatever number of days that is.
  const std::string on = knee_case("on the edge", "2026-02-15", "not: knee");
  const std::string near = knee_case("a day short", "2026-02-16", "findings: [{rule: knee, verdict: defer}]");
  const std::string far = knee_case("a month short", "2026-03-15", "findings: [{rule: knee, verdict: defer}]");

  Trial both(std::string(kPack), kBase + on + near);
  CHECK(both.failures().empty());
  CHECK(cover(*both.pack, both.runs).gaps.empty());
  for (const Mutant& mutant : survivors(*both.pack, both.runs).mutants) {
    CAPTURE(mutant.words);
    CHECK(mutant.words == "scope area");  // the place is not asked for, so this one asks
  }

  Trial loose(std::string(kPack), kBase + on + far);
  CHECK(loose.failures().empty());
  const Coverage coverage = cover(*loose.pack, loose.runs);
  REQUIRE(coverage.gaps.size() == 1);
  CHECK(coverage.gaps.front().part == "wait 6mo");
  CHECK(coverage.gaps.front().missing == "a case just short of it");
  const Survivors left = survivors(*loose.pack, loose.runs);
  CHECK(std::any_of(left.mutants.begin(), left.mutants.end(),
                    [](const Mutant& m) { return m.words == "wait 6mo: less by one"; }));
  // What was tried is undone.
  CHECK(loose.failures().empty());
}
