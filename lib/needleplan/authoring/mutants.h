/// Small wrong versions of a statement, to see whether the cases notice.
#pragma once

#include <string>
#include <vector>

#include "needleplan/protocol/pack.h"

namespace needleplan {

struct Mutant {
  std::string words;  ///< what was changed: `before, minimum 3d: one day more`
  Location at;        ///< of the statement or setting
  std::string_view id;
  Statement statement;
};

/// Every mutant of a statement: each edge one unit less and more, each verdict and call one milder and one stricter,
/// each subject and each term of all and any left out, the condition left out where there may be none, the
/// scope changed, and the statement or setting left out. Changes that nothing can ever show are not among them.
[[nodiscard]] std::vector<Mutant> mutants_of(const Statement& statement, const Pack& pack);

}  // namespace needleplan
