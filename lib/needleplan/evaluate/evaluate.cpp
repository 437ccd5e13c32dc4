#include "needleplan/evaluate/evaluate.h"

#include <algorithm>

namespace needleplan {

namespace {

bool is_use(Section section) {
  return section == Section::medicines || section == Section::products || section == Section::supplements;
}

/// Evaluates one avoid statement over every entry it concerns.
class AvoidEvaluation {
 public:
  AvoidEvaluation(const Statement& statement, const Avoid& avoid, const Facts& facts, std::optional<Date> session)
      : statement_(statement),
        avoid_(avoid),
        facts_(facts),
        session_(session),
        broken_(with_clearance(statement, avoid.broken)) {
    if (avoid.before) before_ = length_of(avoid.before->to, *facts.pack);
    if (avoid.after) after_ = length_of(avoid.after->to, *facts.pack);
  }

  std::vector<Outcome> run() {
    std::vector<Outcome> out;
    if (statement_.when) {
      extra_ = evaluate(*statement_.when, facts_, session_, statement_.scope);
      if (extra_->holds == Truth::no) return out;
    }
    for (const EntryFacts& entry : facts_.entries) {
      if (entry.entry->section == Section::conditions || entry.entry->section == Section::allergies) continue;
      const Truth named = entry.is(facts_.pack->catalog, avoid_.subjects);
      if (named == Truth::no) continue;
      Outcome outcome = of(entry, named);
      if (outcome.holds != Truth::no) out.push_back(std::move(outcome));
    }
    Outcome unasked = sections();
    if (unasked.holds != Truth::no) out.push_back(std::move(unasked));
    return out;
  }

 private:
  [[nodiscard]] SessionStart start() const { return {*session_, facts_.time()}; }

  /// Sections that were not asked may hide an entry; one outcome names them all.
  Outcome sections() {
    Outcome out;
    for (const SubjectId subject : avoid_.subjects)
      for (const Section section : sections_for(facts_.pack->catalog[subject].kind)) {
        if (facts_.standing[static_cast<std::size_t>(section)] != Standing::known)
          need(out, std::string(to_string(section)), nullptr);
      }
    return out;
  }

  static void need(Outcome& out, std::string path, const EntryFacts* entry) {
    Open open{std::move(path), entry};
    out.holds = Truth::unknown;
    if (std::find(out.open.begin(), out.open.end(), open) == out.open.end()) out.open.push_back(std::move(open));
  }

  Outcome of(const EntryFacts& entry, Truth named) {
    Outcome out;
    out.entry = &entry;
    if (statement_.scope == Scope::area && entry.in_area == Truth::no) return out;
    const Truth shape = shaped(entry);
    if (shape == Truth::no) return out;
    measure(entry, out);
    if (out.holds == Truth::no) return out;
    // From here on the window matters, so everything else that is not known does too.
    out.used.insert(out.used.begin(), {&entry, "name", entry.entry->name.at});
    if (named == Truth::unknown) need(out, path_of(*entry.entry, "name"), &entry);
    if (shape == Truth::unknown) {
      if (!avoid_.form.empty() && entry.match.form.empty()) need(out, path_of(*entry.entry, "form"), &entry);
      if (strong(entry) == Truth::unknown) need(out, path_of(*entry.entry, "strength"), &entry);
    }
    if (statement_.scope == Scope::area && entry.in_area == Truth::unknown)
      for (Open& open : area_questions(entry, facts_))
        need(out, std::move(open.path), open.entry);
    if (extra_ && extra_->holds == Truth::unknown)
      for (const Open& open : extra_->open)
        need(out, open.path, open.entry);
    if (extra_) out.used.insert(out.used.end(), extra_->used.begin(), extra_->used.end());
    apply_prescription(entry, out);
    if (out.holds == Truth::unknown) out.verdict = Verdict::ask;
    return out;
  }

  [[nodiscard]] Truth strong(const EntryFacts& entry) const {
    if (!avoid_.strength.given() || !is_use(entry.entry->section)) return Truth::yes;
    const auto strength = parse_per_cent(entry.match.strength);
    return strength ? truth(avoid_.strength.holds(*strength)) : Truth::unknown;
  }

  /// Whether an entry has the form and strength that the ban is about. An event says neither, so it counts as meant.
  [[nodiscard]] Truth shaped(const EntryFacts& entry) const {
    if (!is_use(entry.entry->section)) return Truth::yes;
    const Truth form = avoid_.form.empty()        ? Truth::yes
                       : entry.match.form.empty() ? Truth::unknown
                                                  : truth(entry.match.form == avoid_.form);
    return form && strong(entry);
  }

  /// Sets holds and verdict from the dates alone; `no` when every window is kept.
  void measure(const EntryFacts& entry, Outcome& out) {
    const Entry& e = *entry.entry;
    if (is_use(e.section)) {
      if (before_ || is_course()) return measure_use(entry, out);
      if (avoid_.before && e.ongoing.given() && e.ongoing.value) {
        // No figure says since when it must be left; that it still is in use breaks any.
        out.used.push_back({&entry, "ongoing", e.ongoing.at});
        out.holds = Truth::yes;
        out.verdict = Verdict::caution;
      } else if (avoid_.before && !e.ongoing.given() && !e.last_used.given()) {
        need(out, path_of(e, "last_used"), &entry);
      }
      return;
    }
    if (!e.date.given()) return need(out, path_of(e, "date"), &entry);
    if (!session_) return need(out, "session.date", nullptr);
    const Date day = *session_;
    const auto [may_be_before, may_be_after] = sides(e);
    if (is_course() && may_be_before) {
      // A use that is listed as an event is one day of it.
      When when = e.date.value;
      when.days.last = std::min(when.days.last, day);
      const Span one{avoid_.before->to.span.minimum.count, Unit::days};
      const auto distance = distance_before(when, {one, one}, start());
      add({&entry, "date", when, {one, one}, false, false, distance.second, false, 1}, distance, out);
    }
    if (before_ && may_be_before) {
      When when = e.date.value;
      when.days.last = std::min(when.days.last, day);
      const auto distance = distance_before(when, *before_, start());
      add({&entry, "date", when, *before_, false, false, distance.second, false}, distance, out);
    }
    if (after_ && may_be_after && !starts_later(e.date.value)) {
      When when = e.date.value;
      when.days.first = std::max(when.days.first, day);
      const auto distance = distance_after(when, *after_, start());
      add({&entry, "date", when, *after_, true, false, distance.second, false}, distance, out);
    }
  }

  /// Whether something may be before the session, and whether after it. On the session's own day the clock tells, as
  /// far as it is known; without a time a plan comes after the session, everything else before. A date that is only
  /// partly known may be either.
  [[nodiscard]] std::pair<bool, bool> sides(const Entry& e) const {
    const When& when = e.date.value;
    // On the session's own day only the clock tells which came first; without it both windows are tried.
    bool before_on_day = true;
    bool after_on_day = true;
    if (when.time && facts_.time()) {
      before_on_day = *when.time < *facts_.time();
      after_on_day = !before_on_day;
    }
    const bool covers_day = when.days.first <= *session_ && when.days.last >= *session_;
    return {when.days.first < *session_ || (covers_day && before_on_day),
            when.days.last > *session_ || (covers_day && after_on_day)};
  }

  /// A plan that lies wholly before a ban that starts some time after the session.
  [[nodiscard]] bool starts_later(const When& when) const {
    if (!avoid_.after->from || avoid_.after->from->kind != Bound::Kind::clock) return false;
    return when.latest() < after(start().earliest(), avoid_.after->from->span.minimum);
  }

  [[nodiscard]] bool is_course() const { return avoid_.before && avoid_.before->to.kind == Bound::Kind::course; }

  void measure_use(const EntryFacts& entry, Outcome& out) {
    const Entry& e = *entry.entry;
    const bool ongoing = e.ongoing.given() && e.ongoing.value;
    if (!ongoing && !e.last_used.given()) need(out, path_of(e, "last_used"), &entry);
    if (is_course() && !e.started.given()) need(out, path_of(e, "started"), &entry);
    if (out.holds == Truth::unknown) return;
    // What is still used may have been used today, and can be stopped from now on.
    const When last = ongoing ? When{{facts_.as_of, facts_.as_of}, std::nullopt, false} : e.last_used.value;
    if (!session_) return need(out, "session.date", nullptr);
    const CourseLength length =
        before_ ? CourseLength{*before_, *before_, 0} : course_length(avoid_.before->to, e.started.value, last.days);
    const std::pair distance{distance_before(last, length.shortest, start()).first,
                             distance_before(last, length.longest, start()).second};
    if (!ongoing) {
      add({&entry, "last_used", last, length.longest, false, false, distance.second, false, length.days}, distance,
          out);
    } else {
      const Distance worst = distance.second;
      out.used.push_back({&entry, "ongoing", e.ongoing.at});
      if (length.days > 0) out.used.push_back({&entry, "started", e.started.at});
      out.measured.push_back({&entry, {}, last, length.longest, false, false, worst, true, length.days});
      out.holds = Truth::yes;
      out.verdict = worst == Distance::kept      ? Verdict::prepare
                    : worst == Distance::between ? Verdict::caution
                                                 : broken_;
      if (distance.first != worst) need(out, path_of(e, "started"), &entry);
    }
  }

  void add(const Measured& measured, std::pair<Distance, Distance> distance, Outcome& out) const {
    const auto [best, worst] = distance;
    if (worst == Distance::kept) return;
    const Entry& e = *measured.entry->entry;
    const bool course = measured.course_days > 0 && e.started.given();
    out.used.push_back({measured.entry, measured.key, measured.key == "date" ? e.date.at : e.last_used.at});
    if (course) out.used.push_back({measured.entry, "started", e.started.at});
    out.measured.push_back(measured);
    if (best != worst)
      return need(out, path_of(e, course && measured.when.days.exact() ? "started" : measured.key), measured.entry);
    if (out.holds != Truth::unknown) out.holds = Truth::yes;
    out.verdict = std::max(out.verdict, worst == Distance::broken ? broken_ : Verdict::caution);
  }

  /// A prescribed medicine is never turned into a stop instruction.
  void apply_prescription(const EntryFacts& entry, Outcome& out) const {
    const Entry& e = *entry.entry;
    if (!is_use(e.section)) return;
    const bool only = entry.prescription_only(facts_.pack->catalog);
    const Truth prescribed = only || (e.prescribed.given() && e.prescribed.value) ? Truth::yes
                             : e.prescribed.open()                                ? Truth::unknown
                                                                                  : Truth::no;
    if (e.prescribed.given()) out.used.push_back({&entry, "prescribed", e.prescribed.at});
    // Nothing is to be stopped that was stopped long enough ago.
    const bool stop_needed =
        !out.measured.empty() && (out.measured.back().ongoing || out.measured.back().distance == Distance::broken);
    if (!stop_needed) return;
    if (prescribed == Truth::unknown) {
      need(out, path_of(e, "prescribed"), &entry);
    } else if (prescribed == Truth::yes && out.holds == Truth::yes) {
      out.verdict = Verdict::consult;
      out.prescribed = true;
    }
  }

  const Statement& statement_;
  const Avoid& avoid_;
  const Facts& facts_;
  std::optional<Date> session_;
  Verdict broken_;
  std::optional<SpanRange> before_, after_;
  std::optional<Outcome> extra_;
};

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
  for (const Statement& other : pack.statements)
    if (const auto* s = other.as<Series>();
        s != nullptr && s->interval && !s->indications.empty() && named(*s) && height(other) >= height(statement))
      return Truth::no;
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
    std::vector<Outcome> out = AvoidEvaluation(statement, *avoid, facts, session).run();
    for (Outcome& outcome : out)
      if (outcome.holds == Truth::unknown) outcome.verdict = Verdict::ask;
    return out;
  }
  if (const auto* series = statement.as<Series>()) return evaluate_series(statement, *series, facts, session);
  return {};
}

Outcome evaluate(const Setting& setting, const Step& step, const Facts& facts) {
  Outcome out;
  if (has_closer_row(setting, step, facts)) return out;
  const Catalog& catalog = facts.pack->catalog;
  const Session& session = facts.profile->session;
  const auto concerns = [&](const Subjects& wanted, const SessionNames& names, std::string_view path) {
    if (wanted.empty()) return Truth::yes;
    for (const SubjectId a : wanted)
      for (const SubjectId b : names.subjects)
        if (catalog.is_a(b, a) || (catalog[a].kind == SubjectKind::area && catalog.is_a(a, b))) return Truth::yes;
    if (names.answer != Answer::not_asked && names.answer != Answer::unknown && names.unknown_names.empty())
      return Truth::no;
    out.open.push_back({std::string(path), nullptr});
    return Truth::unknown;
  };
  const Truth concerned = concerns(setting.areas, facts.areas, "session.areas") &&
                          concerns(setting.indications, facts.indications, "session.indication") &&
                          concerns(setting.products, facts.numbing, "session.numbing");
  const auto outside = [&](const auto& fact, const auto& range, std::string_view path, auto below) {
    if (fact.open()) {
      out.open.push_back({std::string(path), nullptr});
      return Truth::unknown;
    }
    if (!fact.given()) return Truth::no;
    out.used.push_back({nullptr, path, fact.at});
    return truth((range.least && below(fact.value, *range.least)) || (range.most && below(*range.most, fact.value)));
  };
  Truth broken = Truth::no;
  // A depth for an indication says what is usual there; only the limit of an area is one.
  if (setting.depth && !setting.areas.empty()) {
    const Range<int> most{std::nullopt, setting.depth->most};
    broken = broken || outside(session.depth, most, "session.depth", [](int a, int b) { return a < b; });
  }
  if (setting.time && !setting.products.empty())
    broken = broken || outside(session.numbing_time, *setting.time, "session.numbing_time",
                               [](Span a, Span b) { return rough_minutes(a) < rough_minutes(b); });
  out.holds = concerned && broken;
  if (out.holds != Truth::unknown) out.open.clear();
  out.verdict = out.holds == Truth::yes ? Verdict::caution : Verdict::ask;
  return out;
}

}  // namespace needleplan
