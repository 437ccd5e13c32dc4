/// Whether a pack is whole: the files that it names, no others, and something in them to check clients by.
#pragma once

#include <span>
#include <string>

#include "needleplan/protocol/pack.h"
#include "needleplan/text/diagnostic.h"

namespace needleplan {

/// Whether a file of that name may hold rules: YAML or JSON, however it is spelt.
[[nodiscard]] bool may_hold_rules(std::string_view name);

/// Reports what the folder of a pack holds and its head does not name, what that names and is not there, and a pack
/// without a rule. `found`: the files that may hold rules, in all folders of it, as paths from there.
void check_pack_files(const Pack& pack, std::span<const std::string> found, Diagnostics& diagnostics);

}  // namespace needleplan
