/// A plan as a record: the same items, ids and dates as the readable formats.
#pragma once

#include <string>
#include <string_view>

#include "needleplan/plan/builders.h"
#include "needleplan/render/record.h"

namespace needleplan {

/// A whole plan record. Without a client, `profile_digest` is empty.
[[nodiscard]] std::string plan_record(const Document& document, const PlanInput& input, const Provenance& provenance,
                                      std::string_view profile_digest, JsonWriter::Layout layout);

}  // namespace needleplan
