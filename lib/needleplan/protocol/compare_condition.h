/// Which of two conditions, sets of subjects or limits certainly holds wherever another does.
#pragma once

#include "needleplan/protocol/condition.h"

namespace needleplan {

/// Whether everything that is one of `before` is one of `after` as well.
[[nodiscard]] bool covers(const Subjects& after, const Subjects& before, const Catalog& catalog);

/// Whether every whole number within `before` is within `after`.
[[nodiscard]] bool covers(const Limits& after, const Limits& before);

/// Whether something in it holds because an entry of the profile is missing: a longer wait, or the whole body instead
/// of the treated area, would then make it hold less.
[[nodiscard]] bool denies_entries(const Condition& condition);

/// Whether something in it holds however long ago it was, as long as the rule has no wait; a wait would end that.
[[nodiscard]] bool holds_past_a_wait(const Condition& condition);

/// `denied`: what stands under a `not`, so that the condition holds less once more things are one of the subjects.
enum class Sense : std::uint8_t { asked, denied };

/// Whether it looks, in that sense, for something that is one of the subjects.
[[nodiscard]] bool names_one_of(const Condition& condition, std::span<const SubjectId> subjects, Sense sense);

}  // namespace needleplan
