#include "needleplan/catalog/match_cache.h"

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

std::string meant(MatchCache& cache, const Catalog& catalog, std::string_view name, const BesideName& beside = {}) {
  std::string out;
  for (const SubjectId subject : cache.match(catalog, name, beside).subjects)
    out += std::string(catalog[subject].id) + ' ';
  return out;
}

}  // namespace

TEST_CASE("names that were looked up before mean the same, however many share a row") {
  const Catalog& catalog = shipped().catalog;
  for (const std::size_t rows : std::array<std::size_t, 4>{0, 1, 3, 2048}) {
    MatchCache cache(rows);
    for (int round = 0; round < 2; ++round)
      for (const Subject& subject : catalog.subjects()) {
        CAPTURE(subject.id);
        std::string alone;
        for (const SubjectId id : catalog.match(subject.id).subjects)
          alone += std::string(catalog[id].id) + ' ';
        CHECK(meant(cache, catalog, subject.id) == alone);
      }
  }
}

TEST_CASE("what stands beside a name is no part of what is kept of it") {
  const Catalog& catalog = shipped().catalog;
  MatchCache cache(1);
  const std::string bare = meant(cache, catalog, "retinol");
  CHECK(bare == "retinol ");
  CHECK(meant(cache, catalog, "retinol", {.form = "tablets"}) != bare);
  CHECK(meant(cache, catalog, "retinol") == bare);
  const std::string line = "retinol " + std::string(200, 'x');
  CHECK(meant(cache, catalog, line) == meant(cache, catalog, line));
  CHECK(meant(cache, catalog, "retinol") == bare);
}

TEST_CASE("another catalog knows nothing of what was kept for the first") {
  const Catalog empty;
  MatchCache cache(64);
  CHECK(meant(cache, shipped().catalog, "retinol") == "retinol ");
  CHECK(meant(cache, empty, "retinol").empty());
  CHECK(meant(cache, shipped().catalog, "retinol") == "retinol ");
}
