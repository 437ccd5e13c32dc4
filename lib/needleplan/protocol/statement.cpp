#include "needleplan/protocol/statement.h"

#include <fmt/format.h>

namespace needleplan {

namespace {

/// Neither before the session nor at it.
bool lies_after(const Bound& bound) {
  return bound.kind != Bound::Kind::open && !bound.before_session && !is_zero(bound);
}

/// The phase in which an action begins.
Phase first_phase(const Do& action) {
  if (action.phase) return *action.phase;
  if (action.from.before_session) return Phase::prep;
  const bool to_session = is_zero(action.to) || action.to.before_session;
  if (!to_session) return Phase::aftercare;
  if (action.from.kind == Bound::Kind::open) return Phase::prep;
  // From the session's day to the session; from the session to the session it is a part of it.
  return is_zero(action.from) && !action.from.span.preferred.on_clock() ? Phase::day_of : Phase::procedure;
}

}  // namespace

const Subjects* uses_of(const Statement& statement) {
  if (const auto* action = statement.as<Do>()) return &action->uses;
  const auto* step = statement.as<Step>();
  return step != nullptr ? &step->uses : nullptr;
}

bool is_zero(const Bound& bound) {
  return bound.kind == Bound::Kind::clock && bound.span.preferred.count == 0;
}

bool bans_whole(const Statement& statement, const Avoid& avoid) {
  return !statement.when && statement.degree == Degree::any && avoid.form.empty() && !avoid.strength.given() &&
         statement.graded.empty();
}

std::string sessions_text(SessionCount series) {
  if (series.most == 0) return fmt::format("{}..", series.least);
  return series.least == series.most ? fmt::format("{}", series.least)
                                     : fmt::format("{}..{}", series.least, series.most);
}

std::string places_text(NamePlaces places) {
  if (places == 0) return "every section";
  std::string out;
  for (std::size_t i = 0; i < kNamePlaces; ++i)
    if (const auto place = static_cast<NamePlace>(i); has(places, place))
      out += fmt::format("{}{}", out.empty() ? "" : ", ", to_string(place));
  return out;
}

bool speaks_in(const Do& action, Phase phase) {
  const Phase first = first_phase(action);
  if (first == phase) return true;
  // A course of medicine whose ends are not said must not look as if it began or ended with the session.
  const bool prevents = action.mode == Mode::prophylaxis && action.to.kind == Bound::Kind::open;
  const bool no_start = action.from.kind == Bound::Kind::open && !action.phase;
  if (phase == Phase::prep) return prevents && no_start;
  if (phase != Phase::aftercare || (first != Phase::prep && first != Phase::day_of)) return false;
  return lies_after(action.to) || (prevents && action.from.before_session);
}

}  // namespace needleplan
