/// The places where a statement changes its mind: every length and number it measures with.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "needleplan/protocol/pack.h"

namespace needleplan {

/// One edge of a window or one limit of a statement.
struct Edge {
  std::string name;          ///< `before, minimum 3d`
  bool window = false;       ///< of a window that a check measures; others are limits, or printed only
  std::string_view setting;  ///< id of the setting it belongs to, if any
  /// Moves it by one unit, +1 for longer or more: a day, or an hour or minute for lengths on the clock, a year of age,
  /// a hundredth of a millimetre; of the statement itself or a copy that nothing moved yet. False if it cannot.
  std::function<bool(Statement&, int step)> move;
};

/// All of them, in the order of the keys of the language. Ends of printed windows count only where a plan shows them.
[[nodiscard]] std::vector<Edge> edges_of(const Statement& statement, const Pack& pack);

}  // namespace needleplan
