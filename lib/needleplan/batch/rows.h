/// One line of CSV for each client.
#pragma once

#include <string>
#include <string_view>

#include "needleplan/evaluate/facts.h"
#include "needleplan/findings/finding.h"
#include "needleplan/render/error_record.h"

namespace needleplan::batch {

inline constexpr std::string_view kRowHead =
    "client,session,verdict,bookable,earliest,clear_from,held_up_by,asks,rules,error\n";

void append_row(std::string& out, const Facts& facts, const Brief& brief);
/// The row of a record that could not be read or understood.
void append_row(std::string& out, const InputFault& fault);

}  // namespace needleplan::batch
