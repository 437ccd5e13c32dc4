#include "needleplan/evaluate/evaluate.h"

#include <algorithm>
#include <functional>

#include "needleplan/evaluate/avoid_outcomes.h"
#include "needleplan/evaluate/event.h"

namespace needleplan {

namespace {

std::vector<Outcome> evaluate_rule(const Statement& statement, const Contraindication& rule, const Facts& facts,
                                   std::optional<Date> session) {
  std::vector<Outcome> out;
  Outcome outcome = evaluate(*statement.when, facts, session, statement.scope, &rule);
  if (outcome.holds == Truth::no) return out;
  if (outcome.holds == Truth::unknown) {
    outcome.verdict = Verdict::ask;
  } else if (outcome.planned) {
    // No source says how far ahead of a plan; a clinician does.
    outcome.verdict = std::min(rule.wait ? rule.wait_verdict : rule.verdict, Verdict::consult);
  } else if (!outcome.distance) {
    outcome.verdict = with_clearance(statement, rule.verdict);
  } else {
    outcome.verdict =
        *outcome.distance == Distance::broken ? with_clearance(statement, rule.wait_verdict) : Verdict::caution;
  }
  Outcome pending;
  pending.open = std::move(outcome.pending);
  out.push_back(std::move(outcome));
  if (!pending.open.empty()) {
    pending.holds = Truth::unknown;
    pending.verdict = Verdict::ask;
    out.push_back(std::move(pending));
  }
  return out;
}

std::vector<Outcome> evaluate_series(const Statement& statement, const Series& series, const Facts& facts,
                                     std::optional<Date> session) {
  std::vector<Outcome> out;
  if (!series.interval) return out;
  const Truth applied = applies(statement, facts);
  if (applied == Truth::no) return out;
  for (const EntryFacts& entry : facts.entries) {
    const Entry& e = *entry.entry;
    const Truth named = is_treatment(entry, facts);
    if (named == Truth::no || entry.in_area == Truth::no) continue;
    Outcome outcome;
    outcome.entry = &entry;
    outcome.holds = applied;
    if (applied == Truth::unknown) outcome.open.push_back({"session.indication", nullptr});
    const auto unknown = [&](std::string path) {
      outcome.holds = Truth::unknown;
      outcome.open.push_back({std::move(path), &entry});
    };
    const ClientEvent event = event_of(entry, facts, session);
    if (!event.open.empty()) {
      unknown(event.open);
    } else {
      Holds found = holds(event, series.interval, std::nullopt, series.interval, {*session, facts.time()});
      if (found.worst == Hold::none) continue;
      outcome.used.push_back({&entry, "date", event.at});
      for (Measured& measured : found.measured) {
        if (measured.distance == Distance::kept) continue;
        measured.entry = &entry;
        measured.wait = false;
        outcome.measured.push_back(measured);
      }
      outcome.verdict = found.worst == Hold::broken ? Verdict::defer : Verdict::caution;
      if (found.best != found.worst) unknown(path_of(e, "date"));
    }
    if (named == Truth::unknown) unknown(path_of(e, "name"));
    if (entry.in_area == Truth::unknown)
      for (Open& open : area_questions(entry, facts))
        unknown(std::move(open.path));
    if (outcome.holds == Truth::unknown) outcome.verdict = Verdict::ask;
    out.push_back(std::move(outcome));
  }
  Outcome unasked;
  for (const Section section : kEventSections)
    if ((section == Section::sessions || !facts.pack->treatment.empty()) &&
        facts.standing[static_cast<std::size_t>(section)] != Standing::known)
      unasked.open.push_back({std::string(to_string(section)), nullptr});
  if (!unasked.open.empty()) {
    unasked.holds = Truth::unknown;
    unasked.verdict = Verdict::ask;
    out.push_back(std::move(unasked));
  }
  return out;
}

/// Whether a value lies outside a range, or is not known.
template <class T, class Below>
bool may_break(const Fact<T>& fact, const Range<T>& range, Below below) {
  if (!fact.given()) return fact.open();
  return (range.least && below(fact.value, *range.least)) || (range.most && below(*range.most, fact.value));
}

/// Whether a row for some subjects is for what the session has.
Truth concerns(const Subjects& wanted, const SessionNames& names, const Catalog& catalog) {
  if (wanted.empty()) return Truth::yes;
  const bool known = names.answer != Answer::not_asked && names.answer != Answer::unknown;
  Truth any = known && names.unknown_names.empty() ? Truth::no : Truth::unknown;
  for (const SubjectId a : wanted)
    for (const SubjectId b : names.subjects)
      any = any || (catalog[a].kind == SubjectKind::area ? catalog.overlap(a, b) : truth(catalog.is_a(b, a)));
  return any;
}

/// Whether a row is for the session.
Truth concerned(const Setting& setting, const Facts& facts) {
  const Catalog& catalog = facts.pack->catalog;
  return concerns(setting.areas, facts.areas, catalog) && concerns(setting.indications, facts.indications, catalog) &&
         concerns(setting.products, facts.numbing, catalog);
}

// A depth for an indication says what is usual there; only the limit of an area is one.
bool limits_depth(const Setting& setting) {
  return setting.depth && !setting.areas.empty();
}
bool limits_time(const Setting& setting) {
  return setting.time && !setting.products.empty();
}
/// Of a row that limits the depth: only too deep is wrong.
Range<int> depths(const Setting& setting) {
  return {std::nullopt, setting.depth->most};
}
bool shorter(Span a, Span b) {
  return rough_minutes(a) < rough_minutes(b);
}

/// Whether another row of the step is for a narrower subject that the session's product belongs to.
bool has_closer_row(const Setting& setting, const Step& step, const Facts& facts) {
  const Catalog& catalog = facts.pack->catalog;
  for (const SubjectId wide : setting.products)
    for (const Setting& other : step.settings)
      for (const SubjectId close : other.products) {
        if (&other == &setting || close == wide || !other.time || !catalog.is_a(close, wide)) continue;
        for (const SubjectId product : facts.numbing.subjects)
          if (catalog.is_a(product, close)) return true;
      }
  return false;
}

}  // namespace

Truth applies(const Statement& statement, const Facts& facts) {
  const Series& series = *statement.as<Series>();
  const Pack& pack = *facts.pack;
  // kNoLayer is the largest number, so one more makes the pack the lowest.
  const auto height = [&](const Statement& s) { return pack.layer_of(s.at) + 1; };
  const auto named = [&](const Series& s) {
    return std::any_of(facts.indications.subjects.begin(), facts.indications.subjects.end(), [&](SubjectId i) {
      return std::any_of(s.indications.begin(), s.indications.end(),
                         [&](SubjectId x) { return facts.pack->catalog.is_a(i, x); });
    });
  };
  if (facts.indications.answer == Answer::not_asked || facts.indications.answer == Answer::unknown ||
      !facts.indications.unknown_names.empty())
    return Truth::unknown;
  if (!series.indications.empty()) return truth(named(series));
  // A general row laid over those of single uses was meant for them too; both then stand.
  // Every series is among the few that are always looked at.
  for (const std::uint16_t number : pack.index.always) {
    const Statement& other = pack.statements[number];
    const auto* s = other.as<Series>();
    if (s != nullptr && s->interval && !s->indications.empty() && named(*s) && height(other) >= height(statement))
      return Truth::no;
  }
  return Truth::yes;
}

Verdict with_clearance(const Statement& statement, Verdict verdict) {
  if (verdict <= Verdict::consult || !statement.when || !has_clearance(*statement.when)) return verdict;
  const auto* rule = statement.as<Contraindication>();
  return rule != nullptr && rule->absolute ? verdict : Verdict::consult;
}

LastDays last_days(const SessionStart& session, const Measured& measured) {
  const SpanRange& window = measured.window;
  const Fact<When>& started = measured.entry->entry->started;
  if (measured.course_days == 0 || !started.given())
    return {last_day_before(session, window.minimum), last_day_before(session, window)};
  const int times = window.minimum.count / measured.course_days;
  const Date day = last_day_of_course(session.day, times, started.value.days.first);
  return {day, day};
}

std::vector<Outcome> evaluate(const Statement& statement, const Facts& facts, std::optional<Date> session) {
  if (const auto* rule = statement.as<Contraindication>()) return evaluate_rule(statement, *rule, facts, session);
  if (const auto* avoid = statement.as<Avoid>(); avoid != nullptr && !avoid->advice) {
    std::vector<Outcome> out = avoid_outcomes(statement, *avoid, facts, session);
    for (Outcome& outcome : out)
      if (outcome.holds == Truth::unknown) outcome.verdict = Verdict::ask;
    return out;
  }
  if (const auto* series = statement.as<Series>()) return evaluate_series(statement, *series, facts, session);
  return {};
}

bool may_speak(const Setting& setting, const Facts& facts) {
  const Session& session = facts.profile->session;
  const bool deep = limits_depth(setting) && may_break(session.depth, depths(setting), std::less<>{});
  const bool long_time = limits_time(setting) && may_break(session.numbing_time, *setting.time, shorter);
  // Most rows are kept whatever they are for.
  if (!deep && !long_time) return false;
  return concerned(setting, facts) != Truth::no;
}

Outcome evaluate(const Setting& setting, const Step& step, const Facts& facts) {
  Outcome out;
  if (!may_speak(setting, facts) || has_closer_row(setting, step, facts)) return out;
  const Session& session = facts.profile->session;
  const auto open = [&](std::string_view path) { out.open.push_back({std::string(path), nullptr}); };
  const Catalog& catalog = facts.pack->catalog;
  if (concerns(setting.areas, facts.areas, catalog) == Truth::unknown) open("session.areas");
  if (concerns(setting.indications, facts.indications, catalog) == Truth::unknown) open("session.indication");
  if (concerns(setting.products, facts.numbing, catalog) == Truth::unknown) open("session.numbing");
  const auto outside = [&](const auto& fact, const auto& range, std::string_view path, auto below) {
    if (fact.open()) {
      open(path);
      return Truth::unknown;
    }
    if (!fact.given()) return Truth::no;
    out.used.push_back({nullptr, path, fact.at});
    return truth(may_break(fact, range, below));
  };
  Truth broken = Truth::no;
  if (limits_depth(setting)) broken = broken || outside(session.depth, depths(setting), "session.depth", std::less<>{});
  if (limits_time(setting))
    broken = broken || outside(session.numbing_time, *setting.time, "session.numbing_time", shorter);
  out.holds = concerned(setting, facts) && broken;
  if (out.holds != Truth::unknown) out.open.clear();
  out.verdict = out.holds == Truth::yes ? Verdict::caution : Verdict::ask;
  return out;
}

}  // namespace needleplan
