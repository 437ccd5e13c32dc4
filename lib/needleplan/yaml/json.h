/// The quick way through JSON, for records that come by the million.
#pragma once

#include "needleplan/text/source.h"
#include "needleplan/yaml/node.h"
#include "needleplan/yaml/reader.h"

namespace needleplan::yaml {

/// Whether a text begins as JSON does: a brace, and a double quote after it.
[[nodiscard]] bool begins_as_json(std::string_view text);

/// Whether a text is one of JSON's values without quotes: a number, true, false or null.
[[nodiscard]] bool is_json_word(std::string_view text);

/// Reads a map in JSON into an empty `document`, to the same nodes that the strict reader makes of it. False for
/// whatever is not JSON, or needs a message: then nothing that `document` holds is of use, and the strict reader is to
/// read the text. So there is one place for messages, and none of them is here.
[[nodiscard]] bool read_json(const Source& source, Document& document, const Limits& limits);

}  // namespace needleplan::yaml
