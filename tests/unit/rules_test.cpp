/// Every rule of the shipped pack has a profile that trips it and the nearest one that does not.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// The ids that a check can find: conditions, what is avoided and not mere advice, courses with an interval, and the
/// rows of a step that limit a depth or a time.
std::set<std::string> checked_rules(const Pack& pack) {
  std::set<std::string> out;
  for (const Statement& statement : pack.statements) {
    const auto* avoid = statement.as<Avoid>();
    const auto* series = statement.as<Series>();
    if (statement.as<Contraindication>() != nullptr || (avoid != nullptr && !avoid->advice) ||
        (series != nullptr && series->interval))
      out.emplace(statement.id);
    if (const Step* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        if ((setting.depth && !setting.areas.empty()) || (setting.time && !setting.products.empty()))
          out.emplace(setting.id);
  }
  return out;
}

}  // namespace

TEST_CASE("a rule says which states it lets through, never which it stops") {
  const auto lists_states = [](const auto& self, yaml::Node node) -> bool {
    if (!node.valid()) return false;
    if (node.is_map()) {
      if (node.find("condition").valid() && node.find("status").valid()) return true;
      return std::any_of(node.begin(), node.end(), [&](yaml::Node key) { return self(self, key.value_of()); });
    }
    return node.is_list() && std::any_of(node.begin(), node.end(), [&](yaml::Node item) { return self(self, item); });
  };
  for (const Statement& statement : shipped().statements) {
    if (statement.as<Contraindication>() == nullptr) continue;
    CAPTURE(statement.id);
    CHECK(!lists_states(lists_states, statement.written.find("when")));
  }
}

TEST_CASE("every rule of the shipped pack has a profile that trips it and one that does not") {
  const std::filesystem::path folder = std::filesystem::path(NEEDLEPLAN_SOURCE_DIR) / "tests/rules/microneedling";
  const Pack& pack = shipped();
  std::set<std::string> folders;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    folders.insert(entry.path().filename());
  CHECK(folders == checked_rules(pack));
  for (const std::string& rule : folders) {
    CAPTURE(rule);
    const Checked hit(read_whole(folder / rule / "hit.yaml"), pack);
    const Finding* found = hit.find(rule);
    REQUIRE(found != nullptr);
    CHECK(found->verdict > Verdict::clear);
    const auto* own = found->statement->as<Contraindication>();
    const bool asks = own != nullptr && own->verdict == Verdict::ask;
    CHECK((found->verdict == Verdict::ask) == asks);
    for (const Question& question : hit.result.questions) {
      CAPTURE(question.path);
      CHECK(asks);
    }

    const Checked clear(read_whole(folder / rule / "clear.yaml"), pack);
    CHECK(clear.find(rule) == nullptr);
    for (const Question& question : clear.result.questions) {
      CAPTURE(question.path);
      CHECK(false);
    }
  }
}
