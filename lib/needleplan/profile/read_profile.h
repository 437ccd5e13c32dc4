/// Placed nodes in, a profile out.
#pragma once

#include <optional>

#include "needleplan/profile/profile.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// Reads a profile; its views point into the document and its source. Every mistake is reported;
/// nullopt after any error, so that no half-read profile is ever checked.
[[nodiscard]] std::optional<Profile> read_profile(yaml::Node root, Diagnostics& diagnostics);

}  // namespace needleplan
