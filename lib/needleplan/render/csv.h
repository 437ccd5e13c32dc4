/// Cells of comma-separated values that a spreadsheet takes as text.
#pragma once

#include <string>
#include <string_view>

namespace needleplan {

/// Appends a cell, in quotes where it needs them. One that begins with `=`, `+`, `-`, `@`, a tab or a carriage return
/// gets an apostrophe in front: a spreadsheet would compute it. Forbidden characters come out as U+FFFD.
void append_cell(std::string& out, std::string_view text);

}  // namespace needleplan
