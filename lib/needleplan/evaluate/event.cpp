#include "needleplan/evaluate/event.h"

#include <algorithm>

namespace needleplan {

namespace {

/// Whether something on that day can come before the session, and whether after it. On the session's own day only the
/// clock tells which came first; without it both are tried.
std::pair<bool, bool> sides(const When& when, Date session, std::optional<TimeOfDay> time) {
  const bool covers_day = when.days.first <= session && when.days.last >= session;
  const bool timed = when.time && time;
  const bool earlier = timed && *when.time < *time;
  return {when.days.first < session || (covers_day && (!timed || earlier)),
          when.days.last > session || (covers_day && !earlier)};
}

}  // namespace

ClientEvent event_of(const EntryFacts& entry, const Facts& facts, std::optional<Date> session) {
  const Entry& e = *entry.entry;
  ClientEvent out;
  if (e.at_session) {
    out.at = e.at;
    if (session) out.when = When{{*session, *session}, std::nullopt, false};
  } else {
    out.at = e.date.at;
    out.when = e.date.optional();
    // What still goes on may have happened today.
    if (is_yes(e.ongoing)) {
      out.at = e.ongoing.at;
      out.when = When{{facts.as_of, facts.as_of}, std::nullopt, false};
    }
  }
  if (!out.when) out.open = e.at_session ? "session.date" : path_of(e, "date");
  if (!out.when || !session) {
    if (out.open.empty()) out.open = "session.date";
    return out;
  }
  const auto [may_be_before, may_be_after] = sides(*out.when, *session, facts.time());
  if (may_be_before) {
    out.before = out.when;
    out.before->days.last = std::min(out.before->days.last, *session);
  }
  if (may_be_after) {
    out.after = out.when;
    out.after->days.first = std::max(out.after->days.first, *session);
  }
  return out;
}

Truth is_treatment(const EntryFacts& entry, const Facts& facts) {
  if (entry.entry->section == Section::sessions) return Truth::yes;
  if (!holds_events(entry.entry->section)) return Truth::no;
  return entry.is(facts.pack->catalog, facts.pack->treatment);
}

Holds holds(const ClientEvent& event, const std::optional<SpanRange>& wait, const std::optional<SpanRange>& near,
            const std::optional<SpanRange>& ahead, const SessionStart& session) {
  Holds out;
  const auto add = [&](Hold best, Hold worst) {
    out.best = out.any ? std::min(out.best, best) : best;
    out.worst = out.any ? std::max(out.worst, worst) : worst;
    out.any = true;
  };
  if (event.before && !wait) add(Hold::current, Hold::current);
  if (event.before && wait) {
    const auto [best, worst] = distance_before(*event.before, *wait, session);
    add(hold_of(best), hold_of(worst));
    out.measured.push_back({nullptr, "date", *event.before, *wait, false, true, worst, false});
  }
  // Whatever is still to come needs a length to count.
  const std::optional<SpanRange>& after = ahead ? ahead : near;
  if (event.after && !after) add(Hold::none, Hold::none);
  if (event.after && after) {
    const auto [best, worst] = distance_after(*event.after, *after, session);
    const auto hold = [&](Distance distance) {
      return ahead ? hold_of(distance) : distance == Distance::broken ? Hold::planned : Hold::none;
    };
    add(hold(best), hold(worst));
    out.measured.push_back({nullptr, "date", *event.after, *after, true, true, worst, false});
  }
  // On the session's own day nobody knows which came first, and the stricter side counts.
  if (event.when->days.exact()) out.best = out.worst;
  return out;
}

}  // namespace needleplan
