#include "needleplan/evaluate/avoid_outcomes.h"

#include <algorithm>

#include "needleplan/evaluate/complete.h"
#include "needleplan/evaluate/event.h"

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

  /// The outcomes that hold or may hold; `spared`, where it is given, gets the entries without one.
  std::vector<Outcome> run(std::vector<SparedEntry>* spared = nullptr) {
    std::vector<Outcome> out;
    if (statement_.when) {
      extra_ = evaluate(*statement_.when, facts_, session_, statement_.scope);
      if (extra_->holds == Truth::no) return out;
    }
    for (const EntryFacts& entry : facts_.entries) {
      if (!may_be_banned(entry.entry->section)) continue;
      const Truth named = entry.is(facts_.pack->catalog, avoid_.subjects);
      if (named == Truth::no) continue;
      Outcome outcome = of(entry, named);
      if (outcome.holds != Truth::no) {
        out.push_back(std::move(outcome));
      } else if (spared != nullptr) {
        spared->push_back({&entry, why_spared(entry), std::move(kept_)});
      }
      kept_.clear();
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
    Wanted wanted{.form = avoid_.form, .in_area = statement_.scope == Scope::area, .from = first_day()};
    for (const SubjectId& subject : avoid_.subjects) {
      wanted.subjects = {&subject, 1};
      for (const Section section : sections_for(facts_.pack->catalog[subject].kind)) {
        if (!is_complete(facts_, section, wanted)) need(out, missing_path(facts_, section), nullptr);
        if (section == Section::plans && facts_.add_ons.open()) need(out, "session.add_ons", nullptr);
      }
    }
    return out;
  }

  /// The first day on which something can be that breaks the ban; nothing where it reaches back for an unknown time.
  [[nodiscard]] std::optional<Date> first_day() const {
    if (!session_) return std::nullopt;
    if (!avoid_.before) return facts_.as_of;
    return before_ ? std::optional(last_day_before(start(), *before_)) : std::nullopt;
  }

  static void need(Outcome& out, std::string path, const EntryFacts* entry) {
    Open open{std::move(path), entry};
    out.holds = Truth::unknown;
    if (std::find(out.open.begin(), out.open.end(), open) == out.open.end()) out.open.push_back(std::move(open));
  }

  Outcome of(const EntryFacts& entry, Truth named) {
    Outcome out;
    out.entry = &entry;
    if (entry.is_in(statement_.scope) == Truth::no) return out;
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
    if (entry.is_in(statement_.scope) == Truth::unknown)
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

  /// Why an entry without an outcome has none.
  [[nodiscard]] Spared why_spared(const EntryFacts& entry) const {
    if (entry.is_in(statement_.scope) == Truth::no) return Spared::area;
    if (strong(entry) == Truth::no) return Spared::strength;
    if (shaped(entry) == Truth::no) return Spared::form;
    return kept_.empty() ? Spared::side : Spared::kept;
  }

  [[nodiscard]] Truth strong(const EntryFacts& entry) const {
    if (!avoid_.strength.given() || !is_use(entry.entry->section)) return Truth::yes;
    const auto strength = parse_per_cent(entry.match.strength);
    return strength ? truth(avoid_.strength.holds(*strength)) : Truth::unknown;
  }

  /// Whether an entry has the form and strength that the ban is about. An event says neither, so it counts as meant.
  [[nodiscard]] Truth shaped(const EntryFacts& entry) const {
    if (!is_use(entry.entry->section)) return Truth::yes;
    const Truth form = avoid_.form.empty() ? Truth::yes : entry.has_form(facts_.pack->catalog, avoid_.form);
    return form && strong(entry);
  }

  /// Sets holds and verdict from the dates alone; `no` when every window is kept.
  void measure(const EntryFacts& entry, Outcome& out) {
    const Entry& e = *entry.entry;
    if (is_use(e.section) || is_ongoing(e)) {
      if (before_ || is_course()) return measure_use(entry, out);
      if (avoid_.before && is_ongoing(e)) {
        // No figure says since when it must be left; that it still is in use breaks any.
        out.used.push_back({&entry, "ongoing", e.ongoing.at});
        out.holds = Truth::yes;
        out.verdict = Verdict::caution;
      } else if (avoid_.before && !e.ongoing.given() && !e.last_used.given()) {
        need(out, path_of(e, "last_used"), &entry);
      }
      return;
    }
    const ClientEvent event = event_of(entry, facts_, session_);
    if (!event.open.empty()) return need(out, event.open, event.when ? nullptr : &entry);
    if (is_course() && event.before) {
      // A use that is listed as an event is one day of it.
      const Span one{avoid_.before->to.span.minimum.count, Unit::days};
      const auto distance = distance_before(*event.before, {one, one}, start());
      add({&entry, "date", *event.before, {one, one}, false, false, distance.second, false, 1}, distance, out);
    }
    if (before_ && event.before) {
      const auto distance = distance_before(*event.before, *before_, start());
      add({&entry, "date", *event.before, *before_, false, false, distance.second, false}, distance, out);
    }
    if (after_ && event.after && !starts_later(*event.when)) {
      const auto distance = distance_after(*event.after, *after_, start());
      add({&entry, "date", *event.after, *after_, true, false, distance.second, false}, distance, out);
    }
  }

  /// A plan that lies wholly before a ban that starts some time after the session.
  [[nodiscard]] bool starts_later(const When& when) const {
    if (!avoid_.after->from || avoid_.after->from->kind != Bound::Kind::clock) return false;
    return when.latest() < after(start().earliest(), avoid_.after->from->span.minimum);
  }

  [[nodiscard]] bool is_course() const { return avoid_.before && avoid_.before->to.kind == Bound::Kind::course; }

  void measure_use(const EntryFacts& entry, Outcome& out) {
    const Entry& e = *entry.entry;
    const bool ongoing = is_ongoing(e);
    if (!ongoing && !e.last_used.given()) need(out, path_of(e, "last_used"), &entry);
    const Answer<When>& began = is_use(e.section) ? e.started : e.date;
    const std::string_view began_key = is_use(e.section) ? "started" : "date";
    if (is_course() && !began.given()) {
      need(out, path_of(e, began_key), &entry);
      // Once it is known when it began, it matters on which day it ended.
      if (!ongoing && e.last_used.given() && !e.last_used.given()->days.exact())
        need(out, path_of(e, "last_used"), &entry);
    }
    if (out.holds == Truth::unknown) return;
    // What is still used may have been used today, and can be stopped from now on.
    const When last = ongoing ? When{{facts_.as_of, facts_.as_of}, std::nullopt, false} : *e.last_used.given();
    if (!session_) return need(out, "session.date", nullptr);
    const CourseLength length =
        before_ ? CourseLength{*before_, *before_, 0} : course_length(avoid_.before->to, *began.given(), last.days);
    const std::pair distance{distance_before(last, length.shortest, start()).first,
                             distance_before(last, length.longest, start()).second};
    if (!ongoing) {
      add({&entry, "last_used", last, length.longest, false, false, distance.second, false, length.days}, distance,
          out);
    } else {
      const Distance worst = distance.second;
      out.used.push_back({&entry, "ongoing", e.ongoing.at});
      if (length.days > 0) out.used.push_back({&entry, began_key, began.at});
      out.measured.push_back({&entry, {}, last, length.longest, false, false, worst, true, length.days});
      out.holds = Truth::yes;
      out.verdict = worst == Distance::kept      ? Verdict::prepare
                    : worst == Distance::between ? Verdict::caution
                                                 : broken_;
      if (distance.first != worst) need(out, path_of(e, began_key), &entry);
    }
  }

  void add(const Measured& measured, std::pair<Distance, Distance> distance, Outcome& out) {
    const auto [best, worst] = distance;
    if (worst == Distance::kept) return kept_.push_back(measured);
    const Entry& e = *measured.entry->entry;
    const bool course = measured.course_days > 0 && e.started.given() != nullptr;
    const Location at = e.at_session ? e.at : measured.key == "date" ? e.date.at : e.last_used.at;
    out.used.push_back({measured.entry, measured.key, at});
    if (course) out.used.push_back({measured.entry, "started", e.started.at});
    out.measured.push_back(measured);
    if (best != worst) {
      if (!course || !measured.when.days.exact()) need(out, path_of(e, measured.key), measured.entry);
      if (course && !e.started.given()->days.exact()) need(out, path_of(e, "started"), measured.entry);
      return;
    }
    if (out.holds != Truth::unknown) out.holds = Truth::yes;
    out.verdict = std::max(out.verdict, worst == Distance::broken ? broken_ : Verdict::caution);
  }

  /// A prescribed medicine is never turned into a stop instruction.
  void apply_prescription(const EntryFacts& entry, Outcome& out) const {
    const Entry& e = *entry.entry;
    if (!is_use(e.section)) return;
    const bool only = entry.prescription_only(facts_.pack->catalog);
    const Truth prescribed = only || (is_yes(e.prescribed)) ? Truth::yes
                             : e.prescribed.open()          ? Truth::unknown
                                                            : Truth::no;
    if (e.prescribed.given()) out.used.push_back({&entry, "prescribed", e.prescribed.at});
    // Nothing is to be stopped that was stopped long enough ago; a course that began nobody knows when may be too long.
    const bool any_course =
        is_course() && e.started.given() == nullptr && (is_ongoing(e) || e.last_used.given() != nullptr);
    // Whoever is asked whether it is still used is asked at once who prescribed it.
    const bool any_end = (before_ || is_course()) && !is_ongoing(e) && e.last_used.given() == nullptr;
    const bool stop_needed =
        any_course || any_end ||
        (!out.measured.empty() && (out.measured.back().ongoing || out.measured.back().distance == Distance::broken));
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
  std::vector<Measured> kept_;  ///< of the entry at hand
};

}  // namespace

std::vector<Outcome> avoid_outcomes(const Statement& statement, const Avoid& avoid, const Facts& facts,
                                    std::optional<Date> session) {
  return AvoidEvaluation(statement, avoid, facts, session).run();
}

std::vector<SparedEntry> spared_by(const Statement& statement, const Avoid& avoid, const Facts& facts,
                                   std::optional<Date> session) {
  std::vector<SparedEntry> out;
  static_cast<void>(AvoidEvaluation(statement, avoid, facts, session).run(&out));
  return out;
}

}  // namespace needleplan
