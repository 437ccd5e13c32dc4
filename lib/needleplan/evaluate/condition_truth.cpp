#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

/// How strongly something that ended still counts; `current` has not ended.
enum class Hold : std::uint8_t { between, broken, current };

/// What an entry, or a whole condition, comes to.
struct Part {
  Truth truth = Truth::no;
  Hold hold = Hold::current;
  std::vector<Used> used;
  std::vector<Open> open;
  std::vector<Measured> measured;

  void need(std::string path, const EntryFacts* entry = nullptr) {
    truth = Truth::unknown;
    open.push_back({std::move(path), entry});
  }
};

class Evaluation {
 public:
  Evaluation(const Facts& facts, std::optional<Date> session, Scope scope, const std::optional<SpanRange>& wait)
      : facts_(facts), session_(session), scope_(scope), wait_(wait) {}

  // NOLINTNEXTLINE(readability-convert-member-functions-to-static): decide() is a member
  Part of(const Condition& condition) {
    return std::visit([&](const auto& node) { return decide(node); }, condition.node);
  }

  /// Facts that were not known beside some that hold, but only as a wait: they might make it worse.
  [[nodiscard]] const std::vector<Open>& pending() const { return pending_; }

 private:
  static void append(Part& to, const Part& from) {
    to.used.insert(to.used.end(), from.used.begin(), from.used.end());
    to.open.insert(to.open.end(), from.open.begin(), from.open.end());
    to.measured.insert(to.measured.end(), from.measured.begin(), from.measured.end());
  }

  /// Joins parts: keeps what the joint truth rests on, and the facts missing for it.
  static Part joined(const std::vector<Part>& parts, Truth truth) {
    Part out;
    out.truth = truth;
    out.hold = Hold::between;
    bool any = false;
    for (const Part& part : parts) {
      if (part.truth != truth) continue;
      append(out, part);
      out.hold = std::max(out.hold, part.hold);
      any = true;
    }
    if (!any) out.hold = Hold::current;
    return out;
  }

  Part decide(const AllOf& all) {
    std::vector<Part> parts;
    Truth truth = Truth::yes;
    for (const Condition& term : all.terms) {
      parts.push_back(of(term));
      truth = truth && parts.back().truth;
    }
    Part out = joined(parts, truth);
    // A conjunction holds only as strongly as its weakest part.
    if (truth == Truth::yes)
      for (const Part& part : parts)
        out.hold = std::min(out.hold, part.hold);
    return out;
  }

  Part decide(const AnyOf& any) {
    std::vector<Part> parts;
    Truth truth = Truth::no;
    for (const Condition& term : any.terms) {
      parts.push_back(of(term));
      truth = truth || parts.back().truth;
    }
    return any_of(parts, truth);
  }

  Part any_of(const std::vector<Part>& parts, Truth truth) {
    Part out = joined(parts, truth);
    if (truth == Truth::yes && out.hold != Hold::current)
      for (const Part& part : parts)
        if (part.truth == Truth::unknown) pending_.insert(pending_.end(), part.open.begin(), part.open.end());
    return out;
  }

  Part decide(const Not& negation) {
    Part out = of(negation.term.front());
    out.truth = !out.truth;
    out.hold = Hold::current;
    return out;
  }

  /// An entry's own truth: its name and, for an area rule, its place.
  Part start(const EntryFacts& entry, Truth named) {
    Part part;
    part.truth = named;
    part.used.push_back({&entry, "name", entry.entry->name.at});
    if (named == Truth::unknown) part.open.push_back({path_of(*entry.entry, "name"), &entry});
    // An allergy has no place on the body.
    if (scope_ == Scope::area && entry.entry->section != Section::allergies) {
      part.truth = part.truth && entry.in_area;
      if (entry.in_area == Truth::unknown)
        for (Open& open : area_questions(entry, facts_))
          part.open.push_back(std::move(open));
      if (entry.entry->areas.given()) part.used.push_back({&entry, "area", entry.entry->areas.at});
    }
    return part;
  }

  /// The entries of some sections that may be one of the subjects, each judged by `judge`; and
  /// whether those sections were asked at all.
  template <class Judge>
  Part over_entries(const Subjects& subjects, std::span<const Section> sections, Judge judge) {
    std::vector<Part> parts;
    Truth truth = Truth::no;
    for (const EntryFacts& entry : facts_.entries) {
      if (std::find(sections.begin(), sections.end(), entry.entry->section) == sections.end()) continue;
      const Truth named = entry.is(facts_.pack->catalog, subjects);
      if (named == Truth::no) continue;
      Part part = start(entry, named);
      if (part.truth != Truth::no) judge(entry, part);
      truth = truth || part.truth;
      parts.push_back(std::move(part));
    }
    for (const Section section : sections) {
      if (facts_.standing[static_cast<std::size_t>(section)] == Standing::known) continue;
      Part part;
      part.need(std::string(to_string(section)));
      truth = truth || Truth::unknown;
      parts.push_back(std::move(part));
    }
    return any_of(parts, truth);
  }

  [[nodiscard]] SessionStart session_start() const { return {session_.value_or(facts_.as_of), facts_.time()}; }

  /// Something that ended on `when` against the wait; what has been waited out counts no more.
  void measure_wait(const EntryFacts& entry, std::string_view key, const Fact<When>& when, Part& part) {
    if (!when.given()) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(*entry.entry, key), &entry});
      return;
    }
    if (!session_) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({"session.date", nullptr});
      return;
    }
    const auto [best, worst] = distance_before(when.value, *wait_, session_start());
    part.used.push_back({&entry, key, when.at});
    part.measured.push_back({&entry, key, when.value, *wait_, false, true, worst, false});
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

  Part decide(const HasCondition& has) {
    return over_entries(has.subjects, kIllSections,
                        [&](const EntryFacts& entry, Part& part) { judge_status(entry, has.status, part); });
  }

  void judge_status(const EntryFacts& entry, StatusSet wanted, Part& part) {
    const Entry& e = *entry.entry;
    const auto unknown = [&](std::string_view key) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(e, key), &entry});
    };
    if (e.status.given()) part.used.push_back({&entry, "status", e.status.at});
    bool past = e.status.given() && e.status.value == Status::past;
    if (e.resolved.given() && !past) {
      // Over on the session's day only if it was over on every day it can have ended.
      const Date day = session_start().day;
      part.used.push_back({&entry, "resolved", e.resolved.at});
      if (e.resolved.value.days.last <= day) {
        past = true;
      } else if (e.resolved.value.days.first <= day) {
        return unknown("resolved");
      }
    }
    if (past) {
      if (wait_) return measure_wait(entry, "resolved", e.resolved, part);
      part.truth = part.truth && status_matches(Status::past, wanted);
      return;
    }
    if (e.status.given()) {
      const Truth match = status_matches(e.status.value, wanted);
      part.truth = part.truth && match;
      if (match == Truth::unknown) part.open.push_back({path_of(e, "status"), &entry});
    } else if (e.resolved.given()) {
      const Truth match = status_matches(Status::active, wanted);
      part.truth = part.truth && match;
      if (match == Truth::unknown) part.open.push_back({path_of(e, "status"), &entry});
    } else if (wanted != 0 || wait_) {
      unknown("status");
    }
  }

  Part decide(const Uses& uses) {
    return over_entries(uses.subjects, kUseSections,
                        [&](const EntryFacts& entry, Part& part) { judge_use(entry, uses, part); });
  }

  void judge_use(const EntryFacts& entry, const Uses& uses, Part& part) {
    const Entry& e = *entry.entry;
    const auto unknown = [&](std::string_view key) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(e, key), &entry});
    };
    // An event does not say how it was prescribed, in what form and how strong; it counts as if it were the one meant.
    if (std::find(kEventSections.begin(), kEventSections.end(), e.section) != kEventSections.end())
      return judge_use_on_a_day(entry, uses, part);
    if (uses.prescribed) {
      const Truth prescribed = e.prescribed.given() ? truth(e.prescribed.value) : Truth::unknown;
      part.truth = part.truth && (*uses.prescribed ? prescribed : !prescribed);
      if (prescribed == Truth::unknown) part.open.push_back({path_of(e, "prescribed"), &entry});
    }
    if (!uses.form.empty()) {
      const Truth form = entry.match.form.empty() ? Truth::unknown : truth(entry.match.form == uses.form);
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
    const bool current = e.ongoing.given() && e.ongoing.value;
    const bool ended = (e.ongoing.given() && !e.ongoing.value) || e.last_used.given();
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
    } else if (ended) {
      // What has ended counts only while a wait runs, or for a rule about what has ended.
      if (wait_ && uses.currency != Currency::current) {
        measure_wait(entry, "last_used", e.last_used, part);
      } else if (uses.currency != Currency::ended) {
        part.truth = Truth::no;
      }
    } else {
      unknown("last_used");
    }
  }

  [[nodiscard]] Truth used_after_session(const Fact<When>& last_used) const {
    // "In November", said in November, is over.
    if (!last_used.given() || last_used.value.days.first <= facts_.as_of) return Truth::no;
    const Date day = session_start().day;
    if (last_used.value.days.first > day) return Truth::yes;
    return last_used.value.days.last > day ? Truth::unknown : Truth::no;
  }

  /// A use that is listed as an event says nothing of its end, so it counts from that day on.
  void judge_use_on_a_day(const EntryFacts& entry, const Uses& uses, Part& part) {
    const Fact<When>& date = entry.entry->date;
    if (uses.currency == Currency::ended) {
      part.truth = Truth::no;
      return;
    }
    const Date day = session_start().day;
    if (date.given()) part.used.push_back({&entry, "date", date.at});
    if (date.given() && date.value.days.first > day) {
      part.truth = Truth::no;
    } else if (!date.given() || date.value.days.last > day) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(*entry.entry, "date"), &entry});
    }
  }

  Part decide(const Allergy& allergy) {
    return over_entries(allergy.subjects, kAllergySections, [](const EntryFacts&, Part&) {});
  }

  Part decide(const Had& had) {
    return over_entries(had.subjects, kEventSections,
                        [&](const EntryFacts& entry, Part& part) { judge_had(entry, had, part); });
  }

  void judge_had(const EntryFacts& entry, const Had& had, Part& part) {
    const Fact<When>& date = entry.entry->date;
    const bool dated = had.within || wait_;
    if (!date.given()) {
      if (!dated && entry.entry->section != Section::plans) return;  // whenever it was, it was
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(*entry.entry, "date"), &entry});
      return;
    }
    if (!session_) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({"session.date", nullptr});
      return;
    }
    part.used.push_back({&entry, "date", date.at});
    if (date.value.days.first > *session_) {
      part.truth = Truth::no;  // still to come on the session's day
    } else if (date.value.days.last > *session_) {
      part.truth = part.truth && Truth::unknown;
      part.open.push_back({path_of(*entry.entry, "date"), &entry});
    } else if (wait_) {
      measure_wait(entry, "date", date, part);
    } else if (had.within) {
      const SpanRange within{*had.within, *had.within};
      const auto [best, worst] = distance_before(date.value, within, session_start());
      part.measured.push_back({&entry, "date", date.value, within, false, true, worst, false});
      if (best != worst) {
        part.truth = part.truth && Truth::unknown;
        part.open.push_back({path_of(*entry.entry, "date"), &entry});
      } else if (worst == Distance::kept) {
        part.truth = Truth::no;
      }
    }
  }

  /// A single fact of the client or session.
  template <class T, class Test>
  Part single(std::string_view path, const Fact<T>& fact, Test test) {
    Part part;
    if (fact.open()) {
      part.need(std::string(path));
      return part;
    }
    part.used.push_back({nullptr, path, fact.at});
    part.truth = fact.answer == Answer::none ? Truth::no : test(fact.value);
    return part;
  }

  Part decide(const LifeStage& stage) {
    const Profile& p = *facts_.profile;
    const std::string_view path = stage.pregnant ? "life_stage.pregnant" : "life_stage.breastfeeding";
    const Fact<bool>& fact = stage.pregnant ? p.pregnant : p.breastfeeding;
    Part part = single(path, fact, [](bool value) { return truth(value); });
    // A "no" that is too old is no answer any more; a "yes" still stands.
    if (part.truth == Truth::no && facts_.life_stage != Standing::known) part.need(std::string(path));
    return part;
  }

  Part decide(const Age& age) {
    Part part = single("client.birth_date", facts_.profile->birth_date, [&](const When& birth) {
      const int youngest = years_between(birth.days.last, session_start().day);
      const int oldest = years_between(birth.days.first, session_start().day);
      const bool holds = age.years.holds(youngest);
      for (int years = youngest; years <= oldest; ++years)
        if (age.years.holds(years) != holds) return Truth::unknown;
      return truth(holds);
    });
    if (part.truth == Truth::unknown && part.open.empty()) part.need("client.birth_date");
    return part;
  }

  Part decide(const HasSkinType& has) {
    return single("client.fitzpatrick", facts_.profile->skin_type, [&](SkinType type) {
      return truth(std::find(has.types.begin(), has.types.end(), type) != has.types.end());
    });
  }

  Part decide(const NeedleDepth& depth) {
    return single("session.depth", facts_.profile->session.depth,
                  [&](int value) { return truth(depth.micrometres.holds(value)); });
  }

  Part decide(const NumbingTime& time) {
    return single("session.numbing_time", facts_.profile->session.numbing_time,
                  [&](Span value) { return truth(time.minutes.holds(static_cast<int>(rough_minutes(value)))); });
  }

  Part decide(const Treats& treats) {
    return named("session.areas", facts_.areas, [&](SubjectId area) {
      return std::any_of(treats.areas.begin(), treats.areas.end(),
                         [&](SubjectId a) { return facts_.pack->catalog.is_a(area, a); });
    });
  }

  Part decide(const SessionIs& is) {
    const auto below = [&](SubjectId subject) {
      return is.subjects.empty() || std::any_of(is.subjects.begin(), is.subjects.end(),
                                                [&](SubjectId s) { return facts_.pack->catalog.is_a(subject, s); });
    };
    switch (is.fact) {
      case SessionFact::indication:
        return named("session.indication", facts_.indications, below);
      case SessionFact::device:
        return named("session.device", facts_.device, below);
      case SessionFact::add_on:
        return named("session.add_ons", facts_.add_ons, below);
      case SessionFact::numbing:
        return named("session.numbing", facts_.numbing, below);
      case SessionFact::protocol:
        return named("session.protocol", facts_.protocol, below);
    }
    return {};
  }

  template <class Test>
  Part named(std::string_view path, const SessionNames& names, Test test) {
    Part part;
    if (names.answer == Answer::not_asked || names.answer == Answer::unknown) {
      part.need(std::string(path));
      return part;
    }
    part.used.push_back({nullptr, path, names.at});
    if (std::any_of(names.subjects.begin(), names.subjects.end(), test)) {
      part.truth = Truth::yes;
    } else if (!names.unknown_names.empty()) {
      part.need(std::string(path));
    }
    return part;
  }

  Part decide(const FirstSession&) {
    Part part;
    const bool listed = !(*facts_.profile)[Section::sessions].entries.empty();
    if (listed) return part;
    if (facts_.standing[static_cast<std::size_t>(Section::sessions)] != Standing::known) {
      part.need("sessions");
    } else {
      part.truth = Truth::yes;
    }
    return part;
  }

  Part decide(const Prefers& prefers) {
    const auto& wishes = facts_.profile->preferences;
    return single("preferences", wishes, [&](const auto& list) {
      return truth(std::any_of(list.begin(), list.end(), [&](const auto& w) { return w.value == prefers.word; }));
    });
  }

  // Words about the skin at that time are for the client to judge; they are printed, never decided.
  static Part decide(const State&) { return said(); }
  static Part decide(const Clearance&) { return said(); }
  static Part said() {
    Part part;
    part.truth = Truth::yes;
    return part;
  }

  const Facts& facts_;
  std::optional<Date> session_;
  Scope scope_;
  const std::optional<SpanRange>& wait_;
  std::vector<Open> pending_;
};

}  // namespace

Outcome evaluate(const Condition& condition, const Facts& facts, std::optional<Date> session, Scope scope,
                 const std::optional<SpanRange>& wait) {
  Evaluation evaluation(facts, session, scope, wait);
  Part part = evaluation.of(condition);
  Outcome out;
  out.holds = part.truth;
  out.used = std::move(part.used);
  out.open = std::move(part.open);
  out.measured = std::move(part.measured);
  out.pending = evaluation.pending();
  switch (part.hold) {
    case Hold::current:
      out.distance = std::nullopt;
      break;
    case Hold::broken:
      out.distance = Distance::broken;
      break;
    case Hold::between:
      out.distance = Distance::between;
      break;
  }
  for (const Used& used : out.used)
    if (used.entry != nullptr && out.entry == nullptr) out.entry = used.entry;
  return out;
}

}  // namespace needleplan
