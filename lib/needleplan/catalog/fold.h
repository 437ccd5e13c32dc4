/// Names as clients write them, brought to one form: case, accents, punctuation, dose and form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace needleplan {

/// Lower case without accents or marks; apostrophes and (R), TM signs dropped; every other run of
/// punctuation and space one space; a comma or point between digits a point; `%` a word of its own.
/// `"RETIN-A® 0,05 %"` gives `retin a 0.05 %`.
[[nodiscard]] std::string fold(std::string_view name);

/// The words of a folded text.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view folded);

/// Whether a word of a folded name is a unit, such as `mg`.
[[nodiscard]] bool is_unit(std::string_view word);

/// Takes the amounts out of a folded name: numbers with a unit ("20 mg", "0.05 %", "2 x 400 mg day")
/// and numbers that end it ("ibuprofeno 600"). The first amount goes to `strength` as "20 mg". Nothing of a thing
/// ("0 %") is no amount of it, and neither is a year.
[[nodiscard]] std::string without_amounts(std::string_view folded, std::string& strength);

}  // namespace needleplan
