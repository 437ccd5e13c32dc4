/// A plan as a record: the same items, ids and dates as the readable formats.
#pragma once

#include <string>
#include <string_view>

#include "needleplan/plan/builders.h"
#include "needleplan/render/record_texts.h"

namespace needleplan {

/// A whole plan record, added to `out`. Without a client, `profile_digest` is empty.
void add_plan_record(std::string& out, const Document& document, const PlanInput& input, const RecordTexts& texts,
                     std::string_view profile_digest);

/// A whole plan record. Without a client, `profile_digest` is empty.
[[nodiscard]] std::string plan_record(const Document& document, const PlanInput& input, const Provenance& provenance,
                                      std::string_view profile_digest, JsonWriter::Layout layout);

}  // namespace needleplan
