/// What was done to a client, is planned, or is done at the session itself: one kind of event, with one day.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "needleplan/evaluate/evaluate.h"

namespace needleplan {

/// Whether the entries of a section are events.
[[nodiscard]] constexpr bool holds_events(Section section) {
  return std::find(kEventSections.begin(), kEventSections.end(), section) != kEventSections.end();
}

/// An event against one session day. Its day is an interval where it is only partly known.
struct ClientEvent {
  std::optional<When> when;    ///< nothing: nobody said when
  std::optional<When> before;  ///< its days up to the session, if it can come before it
  std::optional<When> after;   ///< its days from the session on, if it can come after it
  Location at;                 ///< of its day in the profile
  std::string open;            ///< the path of what is missing to know all that
};
/// An add-on is an event on the session's own day.
[[nodiscard]] ClientEvent event_of(const EntryFacts& entry, const Facts& facts, std::optional<Date> session);

/// Whether an event is another session of the pack's treatment, in whichever list it stands.
[[nodiscard]] Truth is_treatment(const EntryFacts& entry, const Facts& facts);

/// How strongly something counts, in this order.
enum class Hold : std::uint8_t {
  none,     ///< every length is kept
  between,  ///< short of the preferred length
  planned,  ///< still to come and too near, where only the time after such a thing has a length of its own
  broken,   ///< short of the minimum
  current   ///< it has not ended, or needs no length
};
[[nodiscard]] constexpr Hold hold_of(Distance distance) {
  return distance == Distance::kept ? Hold::none : distance == Distance::between ? Hold::between : Hold::broken;
}

/// An event against the lengths on both sides of it; best and worst over the days that it can have been on. `wait` is
/// counted from it to the session (without one it counts for good), `ahead` from the session to it. `near` stands in
/// for an `ahead` that nobody gave.
struct Holds {
  Hold best = Hold::none, worst = Hold::none;
  bool any = false;  ///< it can be on a side at all
  std::vector<Measured> measured;
};
[[nodiscard]] Holds holds(const ClientEvent& event, const std::optional<SpanRange>& wait,
                          const std::optional<SpanRange>& near, const std::optional<SpanRange>& ahead,
                          const SessionStart& session);

}  // namespace needleplan
