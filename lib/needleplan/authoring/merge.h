/// One map of keys laid over another.
#pragma once

#include "needleplan/yaml/node.h"

namespace needleplan {

/// Makes `out` hold `below` with the keys of `above` laid over it: maps are merged key by key at every depth, anything
/// else is replaced. Both maps are of one source; either may be an invalid node, which counts as an empty map.
void merge(yaml::Node below, yaml::Node above, const Source& source, yaml::Document& out);

}  // namespace needleplan
