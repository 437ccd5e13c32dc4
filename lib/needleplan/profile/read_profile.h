/// Placed nodes in, a profile out.
#pragma once

#include <optional>
#include <vector>

#include "needleplan/profile/profile.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"
#include "needleplan/yaml/reader.h"

namespace needleplan {

/// Reads a profile; its views point into the document and its source. Every mistake is reported;
/// nullopt after any error, so that no half-read profile is ever checked. `room`: memory for Profile::entries, such as
/// those of a profile that is done with; what it holds is dropped.
[[nodiscard]] std::optional<Profile> read_profile(yaml::Node root, Diagnostics& diagnostics,
                                                  std::vector<Entry> room = {});

/// The same from a text, through `document`. After a mistake in the YAML what could be read is judged
/// all the same, so that one run shows every mistake; only what seems missing and places that
/// were reported already are passed over.
[[nodiscard]] std::optional<Profile> read_profile(const Source& source, yaml::Document& document,
                                                  Diagnostics& diagnostics, const yaml::Limits& limits = {},
                                                  std::vector<Entry> room = {});

/// Reads the value of the key `session` of a map whose shape was checked; nothing is given where the key is not there.
[[nodiscard]] Session read_session(yaml::Node owner, Diagnostics& diagnostics);

}  // namespace needleplan
