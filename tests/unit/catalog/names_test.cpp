/// Every name of the tables, as clients write them, against the shipped catalog.
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {
const std::string kData = std::string(NEEDLEPLAN_SOURCE_DIR) + "/tests/data/";
}

TEST_CASE("names as clients write them") {
  const Catalog& catalog = shipped().catalog;
  std::istringstream rows(read_whole(kData + "spellings.tsv"));
  for (std::string row; std::getline(rows, row);) {
    if (row.empty() || row.front() == '#') continue;
    const std::string name = row.substr(0, row.find('\t'));
    const std::string expected = row.substr(row.find('\t') + 1);
    CAPTURE(name);
    const NameMatch match = catalog.match(name);
    if (expected == "?") {
      CHECK(match.ambiguous());
    } else {
      REQUIRE(match.subjects.size() == 1);
      CHECK(catalog.is_a(match.subjects.front(), catalog.find(expected)));
    }
  }
}

TEST_CASE("what must not be taken for a name") {
  std::istringstream rows(read_whole(kData + "near_misses.tsv"));
  for (std::string row; std::getline(rows, row);) {
    if (row.empty() || row.front() == '#') continue;
    const std::string name = row.substr(0, row.find('\t'));
    CAPTURE(name);
    CHECK(shipped().catalog.match(name).unknown());
  }
}

TEST_CASE("a route settles what a name means, or a form that is for it alone") {
  const Catalog& catalog = shipped().catalog;
  const auto meant = [&](std::string_view name, const BesideName& beside) {
    const NameMatch match = catalog.match(name, beside);
    return match.subjects.size() == 1 ? catalog[match.subjects.front()].id : std::string_view{};
  };
  CHECK(meant("isotretinoin", {}) == "");
  CHECK(meant("isotretinoin", {.route = "oral"}) == "isotretinoin-oral");
  CHECK(meant("isotretinoin", {.form = "oral"}) == "isotretinoin-oral");
  CHECK(meant("isotretinoin", {.form = "topical"}) == "isotretinoin-topical");
  CHECK(meant("isotretinoin", {.form = "lotion"}) == "isotretinoin-topical");
  CHECK(meant("tacrolimus", {.route = "topical"}) == "tacrolimus-topical");
  CHECK(meant("clindamycin", {.route = "oral"}) == "clindamycin-oral");
  // No form of any choice is for that route, or one choice has no forms.
  CHECK(meant("clindamycin", {.route = "injected"}) == "");
  CHECK(meant("diclofenac", {.route = "topical"}) == "");
  // Together they say nothing.
  CHECK(meant("isotretinoin", {.form = "cream", .route = "oral"}) == "");
  CHECK(catalog.match("isotretinoin", {.form = "cream", .route = "oral"}).route_differs);
}
