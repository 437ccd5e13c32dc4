#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "needleplan/evaluate/complete.h"
#include "needleplan/evaluate/condition_part.h"
#include "needleplan/evaluate/cycle.h"

namespace needleplan {

namespace {

/// A single fact of the client or session.
template <class T, class Test>
Part single(std::string_view path, const Answer<T>& fact, Test test) {
  Part part;
  if (fact.open()) {
    part.need(std::string(path));
    return part;
  }
  part.used.push_back({nullptr, path, fact.at});
  part.truth = fact.given() == nullptr ? Truth::no : test(*fact.given());
  return part;
}

template <class Test>
Part named(std::string_view path, const SessionNames& names, Test test) {
  Part part;
  if (names.answer == AnswerState::not_asked || names.answer == AnswerState::unknown) {
    part.need(std::string(path));
    return part;
  }
  part.used.push_back({nullptr, path, names.at});
  Truth any = names.unknown_names.empty() ? Truth::no : Truth::unknown;
  for (const SubjectId subject : names.subjects)
    any = any || test(subject);
  part.truth = any;
  if (any == Truth::unknown) part.need(std::string(path));
  return part;
}

}  // namespace

Part decide(const LifeStage& stage, const Basis& basis) {
  const Profile& p = *basis.facts.profile;
  const std::string_view path = stage.pregnant ? "life_stage.pregnant" : "life_stage.breastfeeding";
  const Answer<bool>& fact = stage.pregnant ? p.pregnant : p.breastfeeding;
  Part part = single(path, fact, [](bool value) { return truth(value); });
  // A "no" that is too old is no answer any more; a "yes" still stands.
  if (part.truth == Truth::no && basis.facts.life_stage != Standing::known) part.need(std::string(path));
  return part;
}

Part decide(const Age& age, const Basis& basis) {
  Part part = single("client.birth_date", basis.facts.profile->birth_date, [&](const When& birth) {
    const int youngest = years_between(birth.days.last, basis.session_start().day);
    const int oldest = years_between(birth.days.first, basis.session_start().day);
    const bool holds = age.years.holds(youngest);
    for (int years = youngest; years <= oldest; ++years)
      if (age.years.holds(years) != holds) return Truth::unknown;
    return truth(holds);
  });
  if (part.truth == Truth::unknown && part.open.empty()) part.need("client.birth_date");
  return part;
}

Part decide(const HasSkinType& has, const Basis& basis) {
  return single("client.fitzpatrick", basis.facts.profile->skin_type, [&](SkinType type) {
    return truth(std::find(has.types.begin(), has.types.end(), type) != has.types.end());
  });
}

Part decide(const NeedleDepth& depth, const Basis& basis) {
  return single("session.depth", basis.facts.profile->session.depth,
                [&](int value) { return truth(depth.micrometres.holds(value)); });
}

Part decide(const NumbingTime& time, const Basis& basis) {
  return single("session.numbing_time", basis.facts.profile->session.numbing_time,
                [&](Span value) { return truth(time.minutes.holds(static_cast<int>(rough_minutes(value)))); });
}

Part decide(const Treats& treats, const Basis& basis) {
  const Catalog& catalog = basis.facts.pack->catalog;
  return named("session.areas", basis.facts.areas, [&](SubjectId area) {
    Truth any = Truth::no;
    for (const SubjectId wanted : treats.areas)
      any = any || (treats.named ? catalog.within(area, wanted) : catalog.overlap(area, wanted));
    return any;
  });
}

Part decide(const SessionIs& is, const Basis& basis) {
  const auto below = [&](SubjectId subject) {
    return truth(is.subjects.empty() || std::any_of(is.subjects.begin(), is.subjects.end(), [&](SubjectId s) {
                   return basis.facts.pack->catalog.is_a(subject, s);
                 }));
  };
  constexpr std::array<std::string_view, kSessionFacts> kPaths{
      "session.indication", "session.device", "session.add_ons", "session.numbing", "session.protocol"};
  return named(kPaths[static_cast<std::size_t>(is.fact)], basis.facts.named(is.fact), below);
}

Part decide(const FirstSession&, const Basis& basis) {
  Part part;
  part.truth = Truth::yes;
  for (const EntryFacts& entry : basis.facts.entries) {
    const Truth named = is_treatment(entry, basis.facts);
    if (named == Truth::no) continue;
    const ClientEvent event = event_of(entry, basis.facts, basis.session);
    const bool earlier = entry.entry->section == Section::sessions || event.before.has_value();
    if (earlier && named == Truth::yes && (!event.after || entry.entry->section == Section::sessions)) return {};
    if (earlier || !event.open.empty())
      part.need(event.open.empty() ? path_of(*entry.entry, named == Truth::yes ? "date" : "name") : event.open, &entry);
  }
  for (const Section section : {Section::sessions, Section::procedures})
    if ((section == Section::sessions || !basis.facts.pack->treatment.empty()) &&
        !is_complete(basis.facts, section, {.subjects = basis.facts.pack->treatment}))
      part.need(missing_path(basis.facts, section));
  return part;
}

Part decide(const Prefers& prefers, const Basis& basis) {
  const auto& wishes = basis.facts.profile->preferences;
  return single("preferences", wishes, [&](const auto& list) {
    return truth(std::any_of(list.begin(), list.end(), [&](const auto& w) { return w.value == prefers.word; }));
  });
}
Part decide(const Answered& answered, const Basis& basis) {
  const std::string path = fmt::format("answers.{}", answered.id);
  Part part;
  const YesNo* answer = basis.facts.profile->answer(answered.id);
  if (answer == nullptr || answer->fact.open() || basis.facts.answers != Standing::known) {
    part.need(path);
    return part;
  }
  part.used.push_back({nullptr, "answers", answer->at, answer->id});
  part.truth = truth(is_yes(answer->fact) == answered.yes);
  return part;
}

Part decide(const CycleDay& cycle_day, const Basis& basis) {
  const Cycle& cycle = basis.facts.profile->cycle;
  Part part;
  if (cycle.answer == AnswerState::not_asked || cycle.answer == AnswerState::unknown ||
      basis.facts.cycle != Standing::known) {
    part.need("cycle");
  } else if (cycle.answer == AnswerState::none || cycle.last_period.is_none()) {
    part.used.push_back({nullptr, "cycle", cycle.at});
  } else if (!cycle.last_period.given()) {
    part.need("cycle.last_period");
  } else if (!basis.session) {
    part.need("session.date");
  } else {
    part.used.push_back({nullptr, "cycle.last_period", cycle.last_period.at});
    if (cycle.length.given()) part.used.push_back({nullptr, "cycle.length", cycle.length.at});
    part.truth = on_cycle_day(cycle_day.days, cycle, *basis.session);
    // Of an old date the length tells more, where it was never asked for.
    const bool old = !days_are_known(cycle, *basis.session) && cycle.length.state() == AnswerState::not_asked;
    if (part.truth == Truth::unknown) part.open.push_back({old ? "cycle.length" : "cycle.last_period", nullptr});
  }
  return part;
}

}  // namespace needleplan
