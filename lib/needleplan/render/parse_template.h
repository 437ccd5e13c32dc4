/// Mustache text to pieces.
#pragma once

#include "needleplan/render/pieces.h"
#include "needleplan/text/diagnostic.h"

namespace needleplan {

/// Reports every mistake of form and carries on after it; names are not looked at. After an error the
/// pieces are good for further checking only. The targets of partials are left to be filled in.
[[nodiscard]] Body parse_template(const Source& source, Diagnostics& diagnostics);

}  // namespace needleplan
