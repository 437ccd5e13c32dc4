/// What a rule says, in words for a clinician who reads the whole protocol.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "needleplan/protocol/pack.h"

namespace needleplan {

enum class End : std::uint8_t { begin, end };

/// A text from a file as it can stand within a line.
[[nodiscard]] std::string one_line(std::string_view text);

/// `at least 3 days, better 7 days`; one figure as it is.
[[nodiscard]] std::string range_words(const SpanRange& range);

/// One end of a window: `48 hours after the session`, `until your skin has healed`, `no end given`.
[[nodiscard]] std::string end_words(const Bound& bound, End end, const Pack& pack);

/// One side of a ban; empty where it has none.
[[nodiscard]] std::string ban_words(const std::optional<Ban>& ban, const Pack& pack);

/// `in the treated area, prolonged use`; empty where it holds anywhere and for any amount.
[[nodiscard]] std::string scope_words(const Statement& statement);

[[nodiscard]] std::string wait_words(const Contraindication& rule);
[[nodiscard]] std::string signoff_words(const Contraindication& rule);
[[nodiscard]] std::string_view mode_words(const Do& action);
[[nodiscard]] std::string_view call_words(Call call);

}  // namespace needleplan
