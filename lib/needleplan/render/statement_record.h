/// A statement as machines read it: nothing averaged, nothing turned into another unit.
#pragma once

#include "needleplan/protocol/pack.h"
#include "needleplan/render/json.h"

namespace needleplan {

/// An object: what every statement has, and what its kind has. `windows` are in the notation of packs, counted from the
/// session, those before it with a minus.
void write_statement(JsonWriter& json, const Statement& statement, const Pack& pack);

}  // namespace needleplan
