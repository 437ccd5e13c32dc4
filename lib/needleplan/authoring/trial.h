/// What the cases show about a protocol: which parts of it they reach, and which wrong versions they would miss.
#pragma once

#include <string>
#include <vector>

#include "needleplan/authoring/mutants.h"
#include "needleplan/authoring/run_case.h"

namespace needleplan {

/// Something that no case reaches.
struct Gap {
  std::string_view id;  ///< of the statement or setting
  std::string part;     ///< the edge, or empty for the whole
  std::string missing;  ///< what kind of case would reach it
};

struct Coverage {
  std::vector<Gap> gaps;
  std::size_t places = 0;   ///< statements, settings and window edges
  std::size_t covered = 0;  ///< those without a gap
};

/// Of every checked statement and setting: one case that finds it and one that looks at it and does not; of every
/// window edge that a check measures: one case on it and one just short of it; of everything else that plans print: a
/// case that names a line of it. Background texts, which no plan prints, have no place here.
[[nodiscard]] Coverage cover(const Pack& pack, const std::vector<RunnableCase>& cases);

struct Survivors {
  std::vector<Mutant> mutants;  ///< those that no case notices
  std::size_t tried = 0;
};

/// Puts every mutant of every statement in force and runs the cases that it can change. Every case must pass without
/// mutants. The pack is changed while this runs, and is as it was afterwards.
[[nodiscard]] Survivors survivors(Pack& pack, const std::vector<RunnableCase>& cases);

}  // namespace needleplan
