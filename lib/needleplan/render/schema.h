/// JSON Schema of a shape, so that editors complete and check the files.
#pragma once

#include <string>
#include <string_view>

#include "needleplan/yaml/shape.h"

namespace needleplan {

/// A draft 2020-12 schema; `title` names what the file is.
[[nodiscard]] std::string json_schema(const yaml::Shape& shape, std::string_view title,
                                      yaml::Extent extent = yaml::Extent::whole);

}  // namespace needleplan
