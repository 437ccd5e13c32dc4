/// The wrong versions that are tried: one for each place of a statement, and none that cannot be told from the right
/// one.
#include "needleplan/authoring/mutants.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

std::vector<std::string> mutants(const std::string& statement) {
  const auto pack = pack_of(
      "pack: {id: small, title: Small, version: 1, reviewed: none}\n"
      "events: [{id: healed, label: it has healed, usual: 3d..7d, sources: unsourced}]\n"
      "subjects:\n"
      "  - {id: balms, kind: class, label: balms, names: {en: [balms]}}\n"
      "  - {id: balm, kind: product, is: balms, label: a balm, names: {en: [balm]}}\n"
      "  - {id: oil, kind: product, label: an oil, names: {en: [oil]}}\n"
      "  - {id: rash, kind: condition, label: a rash, names: {en: [rash]}}\n"
      "  - {id: knee, kind: procedure, label: knee surgery, names: {en: [knee surgery]}}\n" +
      statement);
  std::vector<std::string> out;
  for (const Mutant& mutant : mutants_of(pack->statements.front(), *pack))
    out.push_back(mutant.words);
  return out;
}

bool has(const std::vector<std::string>& all, std::string_view words) {
  return std::find(all.begin(), all.end(), words) != all.end();
}

}  // namespace

TEST_CASE("a ban is tried on every edge, verdict and subject") {
  const auto all = mutants(
      "avoid: [{id: x, subject: [balms, balm, oil], before: 0d..2w, after: until healed, sources: unsourced}]\n");
  CHECK(!has(all, "before, minimum 0d: less by one"));
  CHECK(has(all, "before, minimum 0d: more by one"));
  CHECK(has(all, "before, preferred 2w: less by one"));
  CHECK(has(all, "after, minimum 3d: less by one"));
  CHECK(has(all, "verdict consult instead of defer"));
  CHECK(has(all, "verdict avoid instead of defer"));
  CHECK(has(all, "without balms"));
  CHECK(!has(all, "without balm"));  // it is one of the balms
  CHECK(has(all, "without oil"));
  CHECK(has(all, "scope area"));
  CHECK(has(all, "left out"));
}

TEST_CASE("advice is tried where plans show it") {
  const auto all = mutants("avoid: [{id: x, subject: oil, after: 24h..48h, advice: yes, sources: unsourced}]\n");
  CHECK(has(all, "after, minimum 24h: less by one"));
  CHECK(has(all, "left out"));
  CHECK(!has(all, "verdict avoid instead of defer"));
  CHECK(!has(all, "scope area"));
}

TEST_CASE("each term of a condition is left out, each limit moved") {
  const auto all = mutants(
      "conditions: [{id: x, verdict: caution, sources: unsourced,\n"
      "  when: {all: [{condition: rash}, {any: [{age: {under: 18}}, {skin_type: [V, VI]}]}]}}]\n");
  CHECK(has(all, "age under 18: less by one"));
  CHECK(has(all, "age under 18: more by one"));
  CHECK(has(all, "without \"condition rash\""));
  CHECK(has(all, "without \"age under 18\""));
  CHECK(has(all, "without skin type V"));
  CHECK(has(all, "verdict prepare instead of caution"));
  CHECK(!has(all, "without its condition"));
}

TEST_CASE("a verdict that can never speak is not tried") {
  // What was had is over, so the verdict of the wait speaks; and a wait that is a caution has one edge.
  const auto all = mutants(
      "conditions: [{id: x, when: {had: knee}, verdict: avoid, wait: 2w..4w, wait_verdict: caution, sources: "
      "unsourced}]\n");
  CHECK(!has(all, "verdict defer instead of avoid"));
  CHECK(has(all, "wait_verdict prepare instead of caution"));
  CHECK(!has(all, "wait, minimum 2w: less by one"));
  CHECK(has(all, "wait, preferred 4w: less by one"));
}

TEST_CASE("what is printed is tried by what the plan shows") {
  const auto sign = mutants("warnings: [{id: x, sign: pus, from: 0h, call: clinic, say: Pus., sources: unsourced}]\n");
  CHECK(has(sign, "call urgent instead of clinic"));
  CHECK(has(sign, "from 0h: more by one"));
  CHECK(!has(sign, "from 0h: less by one"));
  const auto action = mutants(
      "do: [{id: x, phase: aftercare, from: 5h..12h, to: 7d, when: {condition: rash}, say: Rest., sources: "
      "unsourced}]\n");
  CHECK(!has(action, "from, minimum 5h: less by one"));
  CHECK(has(action, "from, preferred 12h: more by one"));
  CHECK(has(action, "to 7d: less by one"));
  CHECK(has(action, "without its condition"));
}
