#include "needleplan/findings/since.h"

#include <doctest/doctest.h>

namespace needleplan {

namespace {

Finding finding(std::string rule, std::string path) {
  Finding out;
  out.rule = std::move(rule);
  if (!path.empty()) out.facts.push_back({std::move(path), {}, {}});
  return out;
}

EarlierFinding earlier(std::string rule, std::string path) {
  return {{std::move(rule), "ask", "words"}, std::move(path)};
}

}  // namespace

TEST_CASE("a finding is the same by its rule and its first fact, each once") {
  Assessment now;
  now.findings = {finding("a", "x[0]"), finding("a", "x[1]"), finding("b", ""), finding("a", "x[0]")};
  const Since since =
      compare_since(now, "2026-11-20", {earlier("a", "x[0]"), earlier("b", "y"), earlier("c", ""), earlier("b", "")});
  CHECK(since.known);
  CHECK(since.as_of == "2026-11-20");
  CHECK(since.new_ones == std::vector<bool>{false, true, false, true});
  REQUIRE(since.gone.size() == 2);
  CHECK(since.gone[0].rule == "b");
  CHECK(since.gone[1].rule == "c");
}

TEST_CASE("without an earlier record nothing is new") {
  CHECK_FALSE(Since{}.is_new(0));
}

}  // namespace needleplan
