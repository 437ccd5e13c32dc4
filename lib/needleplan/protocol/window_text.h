/// Windows as packs write them, with the sign that says on which side of the session an end lies.
#pragma once

#include <string>
#include <vector>

#include "needleplan/protocol/pack.h"

namespace needleplan {

/// `-3d..7d`, `until healed`, `later of 48h and until redness-gone`, `open`.
[[nodiscard]] std::string text_of(const Bound& bound, const Pack& pack);

/// Both ends in the order of time.
struct WindowText {
  std::string from, to;
};
/// What a statement spans: a ban's sides, an action's or sign's ends, the time that must have passed since something
/// ended, the time to the next session. Nothing where it has no window.
[[nodiscard]] std::vector<WindowText> windows_of(const Statement& statement, const Pack& pack);

}  // namespace needleplan
