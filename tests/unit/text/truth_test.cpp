#include "needleplan/text/truth.h"

#include <doctest/doctest.h>

using namespace needleplan;

TEST_CASE("three truth values") {
  constexpr Truth n = Truth::no;
  constexpr Truth u = Truth::unknown;
  constexpr Truth y = Truth::yes;
  struct Row {
    Truth a, b, both, either;
  };
  for (const Row& row : {Row{n, n, n, n}, Row{n, u, n, u}, Row{n, y, n, y}, Row{u, n, n, u}, Row{u, u, u, u},
                         Row{u, y, u, y}, Row{y, n, n, y}, Row{y, u, u, y}, Row{y, y, y, y}}) {
    CHECK((row.a && row.b) == row.both);
    CHECK((row.a || row.b) == row.either);
  }
  CHECK(!n == y);
  CHECK(!u == u);
  CHECK(!y == n);
}
