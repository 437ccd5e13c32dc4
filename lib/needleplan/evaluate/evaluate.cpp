#include "needleplan/evaluate/evaluate.h"

#include <algorithm>

#include "needleplan/evaluate/avoid_outcomes.h"

namespace needleplan {

namespace {

std::vector<Outcome> evaluate_rule(const Statement& statement, const Contraindication& rule, const Facts& facts,
                                   std::optional<Date> session) {
  std::vector<Outcome> out;
  Outcome outcome = evaluate(*statement.when, facts, session, statement.scope, rule.wait);
  if (outcome.holds == Truth::no) return out;
  if (outcome.holds == Truth::unknown) {
    outcome.verdict = Verdict::ask;
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
    if (e.section != Section::sessions || entry.in_area == Truth::no) continue;
    Outcome outcome;
    outcome.entry = &entry;
    outcome.holds = applied;
    if (applied == Truth::unknown) outcome.open.push_back({"session.indication", nullptr});
    const auto unknown = [&](std::string path) {
      outcome.holds = Truth::unknown;
      outcome.open.push_back({std::move(path), &entry});
    };
    if (!session) {
      unknown("session.date");
    } else if (!e.date.given()) {
      unknown(path_of(e, "date"));
    } else {
      const auto [best, worst] = distance_before(e.date.value, *series.interval, {*session, facts.time()});
      if (worst == Distance::kept) continue;
      outcome.used.push_back({&entry, "date", e.date.at});
      outcome.measured.push_back({&entry, "date", e.date.value, *series.interval, false, false, worst, false});
      outcome.verdict = worst == Distance::broken ? Verdict::defer : Verdict::caution;
      if (best != worst) unknown(path_of(e, "date"));
    }
    if (entry.in_area == Truth::unknown)
      for (Open& open : area_questions(entry, facts))
        unknown(std::move(open.path));
    if (outcome.holds == Truth::unknown) outcome.verdict = Verdict::ask;
    out.push_back(std::move(outcome));
  }
  if (facts.standing[static_cast<std::size_t>(Section::sessions)] != Standing::known) {
    Outcome unasked;
    unasked.holds = Truth::unknown;
    unasked.verdict = Verdict::ask;
    unasked.open.push_back({"sessions", nullptr});
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
  for (const SubjectId a : wanted)
    for (const SubjectId b : names.subjects)
      if (catalog.is_a(b, a) || (catalog[a].kind == SubjectKind::area && catalog.is_a(a, b))) return Truth::yes;
  const bool known = names.answer != Answer::not_asked && names.answer != Answer::unknown;
  return known && names.unknown_names.empty() ? Truth::no : Truth::unknown;
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

Outcome evaluate(const Setting& setting, const Step& step, const Facts& facts) {
  Outcome out;
  const Catalog& catalog = facts.pack->catalog;
  const Session& session = facts.profile->session;
  // A depth for an indication says what is usual there; only the limit of an area is one.
  const bool limits_depth = setting.depth && !setting.areas.empty();
  const bool limits_time = setting.time && !setting.products.empty();
  const auto deep = [](int a, int b) { return a < b; };
  const auto long_time = [](Span a, Span b) { return rough_minutes(a) < rough_minutes(b); };
  Range<int> most;
  if (limits_depth) most.most = setting.depth->most;
  // Most rows are kept whatever they are for.
  if (!(limits_depth && may_break(session.depth, most, deep)) &&
      !(limits_time && may_break(session.numbing_time, *setting.time, long_time)))
    return out;
  const Truth area = concerns(setting.areas, facts.areas, catalog);
  const Truth indication = concerns(setting.indications, facts.indications, catalog);
  const Truth product = concerns(setting.products, facts.numbing, catalog);
  const Truth concerned = area && indication && product;
  if (concerned == Truth::no || has_closer_row(setting, step, facts)) return out;
  if (area == Truth::unknown) out.open.push_back({"session.areas", nullptr});
  if (indication == Truth::unknown) out.open.push_back({"session.indication", nullptr});
  if (product == Truth::unknown) out.open.push_back({"session.numbing", nullptr});
  const auto outside = [&](const auto& fact, const auto& range, std::string_view path, auto below) {
    if (fact.open()) {
      out.open.push_back({std::string(path), nullptr});
      return Truth::unknown;
    }
    if (!fact.given()) return Truth::no;
    out.used.push_back({nullptr, path, fact.at});
    return truth(may_break(fact, range, below));
  };
  Truth broken = Truth::no;
  if (limits_depth) broken = broken || outside(session.depth, most, "session.depth", deep);
  if (limits_time) broken = broken || outside(session.numbing_time, *setting.time, "session.numbing_time", long_time);
  out.holds = concerned && broken;
  if (out.holds != Truth::unknown) out.open.clear();
  out.verdict = out.holds == Truth::yes ? Verdict::caution : Verdict::ask;
  return out;
}

}  // namespace needleplan
