#include <algorithm>
#include <span>

#include "needleplan/evaluate/avoid_outcomes.h"
#include "needleplan/evaluate/complete.h"
#include "needleplan/evaluate/condition_part.h"

namespace needleplan {

namespace {

/// Judges the entries of a profile against one condition.
class Entries {
 public:
  explicit Entries(const Basis& basis) : basis_(basis) {}

  Part of(const HasCondition& has) {
    Wanted wanted = wanted_of(has.subjects);
    wanted.status = has.status;
    // What is past counts for ever, or as long as the wait is.
    const bool past = has.status == 0 || (has.status & bit(Status::past)) != 0;
    wanted.from = past || basis_.wait ? wait_begins() : basis_.facts.as_of;
    return over_entries(wanted, kIllSections,
                        [&](const EntryFacts& entry, Part& part) { judge_status(entry, has, part); });
  }

  Part of(const Uses& uses) {
    Wanted wanted = wanted_of(uses.subjects);
    wanted.form = uses.form;
    // What has ended counts only while a wait runs, or for a rule about what has ended.
    wanted.from = uses.currency != Currency::ended && (uses.currency == Currency::current || !basis_.wait)
                      ? std::optional(basis_.facts.as_of)
                      : wait_begins();
    return over_entries(
        wanted, kUseSections, [&](const EntryFacts& entry, Part& part) { judge_use(entry, uses, part); },
        Events::go_on);
  }

  Part of(const Allergy& allergy) {
    Wanted wanted = wanted_of(allergy.subjects);
    wanted.in_area = false;  // an allergy has no place on the body
    return over_entries(wanted, kAllergySections, [](const EntryFacts& entry, Part& part) {
      if (entry.entry->status.given()) part.used.push_back({&entry, "status", entry.entry->status.at});
    });
  }

  Part of(const Had& had) {
    Wanted wanted = wanted_of(had.subjects);
    wanted.from = basis_.wait ? wait_begins()
                              : begins(had.within ? std::optional(SpanRange{*had.within, *had.within}) : std::nullopt);
    return over_entries(wanted, kEventSections,
                        [&](const EntryFacts& entry, Part& part) { judge_had(entry, had, part); });
  }

 private:
  /// Whether a use that is listed as an event is over after its day.
  enum class Events : std::uint8_t { pass, go_on };
  [[nodiscard]] Wanted wanted_of(const Subjects& subjects) const {
    return {.subjects = subjects, .in_area = basis_.scope == Scope::area};
  }
  /// The first day that a length before the session reaches; nothing where none is known.
  [[nodiscard]] std::optional<Date> begins(const std::optional<SpanRange>& length) const {
    if (!length || !basis_.session) return std::nullopt;
    return last_day_before(basis_.session_start(), *length);
  }
  [[nodiscard]] std::optional<Date> wait_begins() const { return begins(basis_.wait); }

  /// An entry's own truth: its name and, for an area rule, its place.
  Part start(const EntryFacts& entry, Truth named) {
    Part part;
    part.truth = named;
    part.used.reserve(4);
    part.used.push_back({&entry, "name", entry.entry->name.at});
    if (named == Truth::unknown) part.open.push_back({path_of(*entry.entry, "name"), &entry});
    // An allergy has no place on the body.
    if (basis_.scope != Scope::anywhere && entry.entry->section != Section::allergies) {
      const Truth placed = entry.is_in(basis_.scope);
      part.truth = part.truth && placed;
      if (placed == Truth::unknown)
        for (Open& open : area_questions(entry, basis_.facts))
          part.open.push_back(std::move(open));
      if (entry.entry->areas.given()) part.used.push_back({&entry, "area", entry.entry->areas.at});
    }
    return part;
  }

  /// The entries of some sections that may be one of the subjects, each judged by `judge`; and
  /// whether those sections were asked at all.
  template <class Judge>
  Part over_entries(const Wanted& wanted, std::span<const Section> sections, Judge judge,
                    Events events = Events::pass) {
    std::vector<Part> parts;
    Truth truth = Truth::no;
    for (const EntryFacts& entry : basis_.facts.entries) {
      if (std::find(sections.begin(), sections.end(), entry.entry->section) == sections.end()) continue;
      const Truth named = entry.is(basis_.facts.pack->catalog, wanted.subjects);
      if (named == Truth::no) continue;
      Part part = start(entry, named);
      if (part.truth != Truth::no) judge(entry, part);
      truth = truth || part.truth;
      parts.push_back(std::move(part));
    }
    const auto unasked = [&](std::string path) {
      Part part;
      part.need(std::move(path));
      truth = truth || Truth::unknown;
      parts.push_back(std::move(part));
    };
    for (const Section section : sections) {
      if (section == Section::plans && basis_.facts.add_ons.open()) unasked("session.add_ons");
      if (section == Section::sessions && !is_session(wanted.subjects)) continue;
      Wanted here = wanted;
      if (events == Events::go_on && holds_events(section)) here.from = std::nullopt;
      if (!is_complete(basis_.facts, section, here)) unasked(missing_path(basis_.facts, section));
    }
    return any_of(parts, truth, basis_);
  }

  /// Whether an earlier session can be one of the subjects.
  [[nodiscard]] bool is_session(std::span<const SubjectId> subjects) const {
    EntryFacts session;
    session.match.subjects = basis_.facts.pack->treatment;
    return session.is(basis_.facts.pack->catalog, subjects) != Truth::no;
  }

  /// Something that ended on `when` against the wait; what has been waited out counts no more.
  void measure_wait(const EntryFacts& entry, std::string_view key, const Answer<When>& when, Part& part) {
    if (!when.given()) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(*entry.entry, key), &entry});
      return;
    }
    if (!basis_.session) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({"session.date", nullptr});
      return;
    }
    const auto [best, worst] = distance_before(*when.given(), *basis_.wait, basis_.session_start());
    part.used.push_back({&entry, key, when.at});
    part.measured.push_back({&entry, key, *when.given(), *basis_.wait, false, true, worst, false});
    if (best != worst) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(*entry.entry, key), &entry});
    } else if (worst == Distance::kept) {
      part.truth = Truth::no;
    } else {
      part.hold = worst == Distance::broken ? Hold::broken : Hold::between;
    }
  }

  /// The words a client's status may stand for: "active" leaves open how bad it is.
  static Truth status_matches(Status status, StatusSet wanted) {
    // Two words for the same thing.
    constexpr StatusSet kCalm = bit(Status::controlled) | bit(Status::stable);
    constexpr StatusSet kRestless = bit(Status::uncontrolled) | bit(Status::unstable);
    if ((wanted & kCalm) != 0) wanted |= kCalm;
    if ((wanted & kRestless) != 0) wanted |= kRestless;
    if (wanted == 0 || (wanted & bit(status)) != 0) return Truth::yes;
    if (status == Status::suspected) return Truth::unknown;
    if (status == Status::active && (wanted & kRestless) != 0) return Truth::unknown;
    if ((bit(status) & kRestless) != 0 && (wanted & bit(Status::active)) != 0) return Truth::yes;
    return Truth::no;
  }

  void judge_status(const EntryFacts& entry, const HasCondition& has, Part& part) {
    const StatusSet wanted = has.status;
    const Entry& e = *entry.entry;
    const auto unknown = [&](std::string_view key) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(e, key), &entry});
    };
    if (e.status.given()) part.used.push_back({&entry, "status", e.status.at});
    const Status* status = e.status.given();
    bool past = status != nullptr && *status == Status::past;
    if (e.resolved.given() && !past) {
      // Over on the session's day only if it was over on every day it can have ended.
      const Date day = basis_.session_start().day;
      part.used.push_back({&entry, "resolved", e.resolved.at});
      if (e.resolved.given()->days.last <= day) {
        past = true;
      } else if (e.resolved.given()->days.first <= day) {
        return unknown("resolved");
      }
    }
    if (past) {
      if (basis_.wait) return measure_wait(entry, "resolved", e.resolved, part);
      part.truth = part.truth && status_matches(Status::past, wanted);
      return;
    }
    if (basis_.wait && e.status.given() && (has.settled & bit(*e.status.given())) != 0)
      return measure_wait(entry, "since", e.since, part);
    if (e.status.given()) {
      const Truth match = status_matches(*e.status.given(), wanted);
      part.truth = part.truth && match;
      if (match == Truth::unknown) part.open.push_back({path_of(e, "status"), &entry});
    } else if (e.resolved.given()) {
      const Truth match = status_matches(Status::active, wanted);
      part.truth = part.truth && match;
      if (match == Truth::unknown) part.open.push_back({path_of(e, "status"), &entry});
    } else if (wanted != 0 || basis_.wait) {
      unknown("status");
      // If it is past, the wait is counted from its end.
      if (basis_.wait) part.open.push_back({path_of(e, "resolved"), &entry});
    }
  }

  void judge_use(const EntryFacts& entry, const Uses& uses, Part& part) {
    const Entry& e = *entry.entry;
    const auto unknown = [&](std::string_view key) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(e, key), &entry});
    };
    // An event does not say how it was prescribed, in what form and how strong; it counts as if it were the one meant.
    if (holds_events(e.section)) return judge_use_on_a_day(entry, uses, part);
    if (uses.prescribed) {
      const Truth prescribed = e.prescribed.given() ? truth(*e.prescribed.given()) : Truth::unknown;
      part.truth = part.truth && (*uses.prescribed ? prescribed : !prescribed);
      if (prescribed == Truth::unknown) part.open.push_back({path_of(e, "prescribed"), &entry});
    }
    if (!uses.form.empty()) {
      const Truth form = entry.has_form(basis_.facts.pack->catalog, uses.form);
      part.truth = part.truth && form;
      if (form == Truth::unknown) part.open.push_back({path_of(e, "form"), &entry});
    }
    if (uses.strength.over || uses.strength.at_least || uses.strength.under || uses.strength.at_most) {
      const auto strength = parse_per_cent(entry.match.strength);
      const Truth strong = strength ? truth(uses.strength.holds(*strength)) : Truth::unknown;
      part.truth = part.truth && strong;
      if (strong == Truth::unknown) part.open.push_back({path_of(e, "strength"), &entry});
    }
    if (part.truth == Truth::no) return;
    const bool current = is_yes(e.ongoing);
    const bool* ongoing = e.ongoing.given();
    const bool ended = (ongoing != nullptr && !*ongoing) || e.last_used.given() != nullptr;
    if (current) {
      part.used.push_back({&entry, "ongoing", e.ongoing.at});
      if (uses.currency == Currency::ended) part.truth = Truth::no;
    } else if (const Truth later = used_after_session(e.last_used); ended && later != Truth::no) {
      // The last use is still to come on the session's day.
      part.used.push_back({&entry, "last_used", e.last_used.at});
      if (later == Truth::unknown) {
        unknown("last_used");
      } else if (uses.currency == Currency::ended) {
        part.truth = Truth::no;
      }
    } else if (ended && ongoing == nullptr && uses.currency != Currency::ended && !basis_.wait && was_used(e)) {
      // The day of the last tablet or injection does not say that there is none to come.
      unknown("ongoing");
    } else if (ended) {
      // What has ended counts only while a wait runs, or for a rule about what has ended.
      if (basis_.wait && uses.currency != Currency::current) {
        measure_wait(entry, "last_used", e.last_used, part);
      } else if (uses.currency != Currency::ended) {
        part.truth = Truth::no;
      }
    } else {
      unknown("last_used");
    }
  }

  /// Whether it was last used so lately that it may well go on: as lately as answers count.
  [[nodiscard]] bool was_used(const Entry& e) const {
    const auto& valid_for = basis_.facts.pack->answers_valid_for;
    return !valid_for || after(e.last_used.given()->days.last, *valid_for) >= basis_.facts.as_of;
  }

  [[nodiscard]] Truth used_after_session(const Answer<When>& last_used) const {
    // "In November", said in November, is over.
    if (!last_used.given() || last_used.given()->days.first <= basis_.facts.as_of) return Truth::no;
    const Date day = basis_.session_start().day;
    if (last_used.given()->days.first > day) return Truth::yes;
    return last_used.given()->days.last > day ? Truth::unknown : Truth::no;
  }

  /// A use that is listed as an event says nothing of its end, so it counts from that day on.
  void judge_use_on_a_day(const EntryFacts& entry, const Uses& uses, Part& part) {
    if (is_ongoing(*entry.entry) && uses.currency != Currency::ended)
      return part.used.push_back({&entry, "ongoing", entry.entry->ongoing.at});
    // Of its end nobody spoke, so no wait begins on that day; a plan may still be too near.
    ClientEvent event = event_of(entry, basis_.facts, basis_.session_start().day);
    if (uses.currency == Currency::ended) event.before.reset();
    const bool waits = basis_.wait && uses.currency != Currency::current;
    judge_event(entry, event, std::nullopt, waits && basis_.plans ? basis_.wait : std::nullopt, part);
  }

  void judge_had(const EntryFacts& entry, const Had& had, Part& part) {
    // What still goes on was not over long enough ago, whenever it began.
    if (is_ongoing(*entry.entry)) return part.used.push_back({&entry, "ongoing", entry.entry->ongoing.at});
    const ClientEvent event = event_of(entry, basis_.facts, basis_.session);
    std::optional<SpanRange> length = basis_.wait;
    if (!length && had.within) length = SpanRange{*had.within, *had.within};
    // Whenever it was, it was.
    if (!event.when && !length && entry.entry->section != Section::plans) return;
    judge_event(entry, event, length, basis_.plans ? length : std::nullopt, part);
    // Within a length it counts as if it had not ended.
    if (!basis_.wait && part.hold == Hold::broken) part.hold = Hold::current;
  }

  /// An event against a length after it, and one before it where it is still to come.
  void judge_event(const EntryFacts& entry, const ClientEvent& event, const std::optional<SpanRange>& wait,
                   const std::optional<SpanRange>& near, Part& part) {
    const auto unknown = [&](std::string path, const EntryFacts* about) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({std::move(path), about});
    };
    if (!event.open.empty()) return unknown(event.open, event.when ? nullptr : &entry);
    part.used.push_back({&entry, "date", event.at});
    Holds found = holds(event, wait, near, basis_.plans ? basis_.ahead : std::nullopt, basis_.session_start());
    for (Measured& measured : found.measured) {
      measured.entry = &entry;
      part.measured.push_back(measured);
    }
    if (found.best != found.worst) {
      unknown(path_of(*entry.entry, "date"), &entry);
    } else if (found.worst == Hold::none) {
      part.truth = Truth::no;
    } else {
      part.hold = found.worst;
    }
  }

  const Basis& basis_;
};

}  // namespace

Part decide(const HasCondition& has, const Basis& basis) {
  return Entries(basis).of(has);
}
Part decide(const Uses& uses, const Basis& basis) {
  return Entries(basis).of(uses);
}
Part decide(const Allergy& allergy, const Basis& basis) {
  return Entries(basis).of(allergy);
}
Part decide(const Had& had, const Basis& basis) {
  return Entries(basis).of(had);
}

}  // namespace needleplan
