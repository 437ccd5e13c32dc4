/// When a ban begins and ends around a session, and its words for a client: what the plans and the daily lists share.
#pragma once

#include <optional>
#include <string>

#include "needleplan/plan/builders.h"

namespace needleplan {

/// When a statement speaks, in days from the session, both ends included; an end without a figure lasts.
struct Days {
  int first = 0;
  int last = 0;
  bool open = false;
};

/// The days from one end to the other.
[[nodiscard]] Days days_of_ends(const PlannedEnd& from, const PlannedEnd& to);

/// The days of a ban after the session; its `after` must be given, and `from` and `to` be its ends. The last one is the
/// day on which it ends.
[[nodiscard]] Days days_of_ban(const Avoid& avoid, const PlannedEnd& from, const PlannedEnd& to, const Pack& pack);

/// Whether a ban is over for the whole of a day. One that ends on the clock still holds on the morning of its last day,
/// and on all days on which its minute may fall; one counted in days is over on it.
[[nodiscard]] bool is_over(const Days& days, const PlannedEnd& to, int day);

/// The end of a ban after the session for machines: the minute, or the first day that is free of it; nothing for
/// events.
[[nodiscard]] std::optional<std::string> iso_of_ban_end(const PlannedEnd& to, const PlanSession& session);

/// "For the rest of the day": an end at a moment of the day.
[[nodiscard]] bool ends_at_moment_of_day(const Bound& end, const Pack& pack);

/// The first day of a ban before the session, from the session: the day after the last one that keeps the preferred
/// length; for hours the day on which they begin. `end` must have a day.
[[nodiscard]] int first_banned_day(const PlannedEnd& end);

/// The same bound, counted back from the session.
[[nodiscard]] Bound counted_back(Bound bound);

/// The line of a ban before the session: with the client's own products in it, marked `yours`; a question to the
/// prescriber for what is prescribed, never an instruction to stop. `avoid` must be the statement's.
[[nodiscard]] Item ban_before_item(const Statement& statement, const Avoid& avoid, const PlanInput& input);

/// Whether something of the client's own that a ban meets is prescribed, or may be.
[[nodiscard]] bool may_be_prescribed(const Avoid& avoid, const PlanInput& input);

/// Whether the profile was asked and holds nothing that the ban concerns.
[[nodiscard]] bool kept_to(const Avoid& avoid, const Facts& facts);

/// What a ban is about: `vitamin A creams, fruit acids`.
[[nodiscard]] std::string label_of(const Statement& statement, const Avoid& avoid, const Pack& pack);

/// When a banned thing is allowed again: `again from Fri 4 Dec, at the earliest Sun 29 Nov`.
[[nodiscard]] std::string again_words(const PlannedEnd& to);

/// The same where it is said again: without the minimum.
[[nodiscard]] std::string repeated_again_words(const PlannedEnd& to);

}  // namespace needleplan
