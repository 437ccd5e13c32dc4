#include "needleplan/protocol/compare_condition.h"

#include <algorithm>

#include "needleplan/protocol/compare.h"
#include "needleplan/protocol/compare_window.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

/// Words for the same state of a condition, and "active" for the restless ones too: as a check takes them.
StatusSet with_synonyms(StatusSet set) {
  constexpr StatusSet kCalm = bit(Status::controlled) | bit(Status::stable);
  constexpr StatusSet kRestless = bit(Status::uncontrolled) | bit(Status::unstable);
  if ((set & kCalm) != 0) set |= kCalm;
  if ((set & (kRestless | bit(Status::active))) != 0) set |= kRestless;
  return set;
}

/// What takes something unset as "any" and the same value as itself.
template <class T>
bool wider(const T& after, const T& before, const T& any) {
  return after == any || after == before;
}

class ConditionCover {
 public:
  explicit ConditionCover(const Catalog& catalog) : catalog_(catalog) {}

  // NOLINTNEXTLINE(misc-no-recursion): conditions are nested, not deep
  [[nodiscard]] bool of(const Condition& after, const Condition& before) const {
    // Every way in which `before` may hold must be covered, and by every term that must hold.
    if (const auto* any = std::get_if<AnyOf>(&before.node))
      return all(any->terms, [&](const Condition& term) { return of(after, term); });
    if (const auto* both = std::get_if<AllOf>(&after.node))
      return all(both->terms, [&](const Condition& term) { return of(term, before); });
    if (const auto* any = std::get_if<AnyOf>(&after.node))
      if (some(any->terms, [&](const Condition& term) { return of(term, before); })) return true;
    if (const auto* both = std::get_if<AllOf>(&before.node))
      if (some(both->terms, [&](const Condition& term) { return of(after, term); })) return true;
    const auto* no = std::get_if<Not>(&after.node);
    if (const auto* was = std::get_if<Not>(&before.node); no != nullptr && was != nullptr)
      return of(was->term.front(), no->term.front());
    if (const auto parts = by_subject(before)) {
      if (all(*parts, [&](const Condition& part) { return of(after, part); })) return true;
    }
    return std::visit(
        [&](const auto& now) {
          const auto* was = std::get_if<std::decay_t<decltype(now)>>(&before.node);
          return was != nullptr && (leaf(now, *was) || text_of(after, catalog_) == text_of(before, catalog_));
        },
        after.node);
  }

 private:
  template <class Test>
  static bool all(const std::vector<Condition>& terms, Test test) {
    return std::all_of(terms.begin(), terms.end(), test);
  }
  template <class Test>
  static bool some(const std::vector<Condition>& terms, Test test) {
    return std::any_of(terms.begin(), terms.end(), test);
  }

  /// A condition about several subjects as one for each: any of them is enough for it to hold.
  [[nodiscard]] static std::optional<std::vector<Condition>> by_subject(const Condition& condition) {
    const auto split = [&](const auto& node, auto member) -> std::optional<std::vector<Condition>> {
      if ((node.*member).size() < 2) return std::nullopt;
      std::vector<Condition> out;
      for (const SubjectId subject : node.*member) {
        auto one = node;
        one.*member = {subject};
        out.push_back({one, condition.at});
      }
      return out;
    };
    return std::visit(Overloaded{[&](const HasCondition& x) { return split(x, &HasCondition::subjects); },
                                 [&](const Uses& x) { return split(x, &Uses::subjects); },
                                 [&](const Allergy& x) { return split(x, &Allergy::subjects); },
                                 [&](const Had& x) { return split(x, &Had::subjects); },
                                 [&](const Treats& x) { return split(x, &Treats::areas); },
                                 [&](const SessionIs& x) { return split(x, &SessionIs::subjects); },
                                 [](const auto&) -> std::optional<std::vector<Condition>> { return std::nullopt; }},
                      condition.node);
  }

  [[nodiscard]] bool leaf(const HasCondition& now, const HasCondition& was) const {
    const StatusSet wanted = with_synonyms(now.status);
    const bool statuses =
        now.status == 0 || (was.status != 0 && (with_synonyms(was.status) & static_cast<StatusSet>(~wanted)) == 0);
    const bool settled = (now.settled & static_cast<StatusSet>(~was.settled)) == 0;
    return statuses && settled && covers(now.subjects, was.subjects, catalog_);
  }
  [[nodiscard]] bool leaf(const Uses& now, const Uses& was) const {
    // Without a status only what is used now counts, and what has ended while a wait runs: not all that has ended.
    const bool currency =
        now.currency == was.currency || (now.currency == Currency::any && was.currency == Currency::current);
    return currency && wider(now.prescribed, was.prescribed, {}) && wider(now.form, was.form, {}) &&
           covers(now.strength, was.strength) && covers(now.subjects, was.subjects, catalog_);
  }
  [[nodiscard]] bool leaf(const Allergy& now, const Allergy& was) const {
    return covers(now.subjects, was.subjects, catalog_);
  }
  [[nodiscard]] bool leaf(const Had& now, const Had& was) const {
    return (!now.within || (was.within && at_least(*now.within, *was.within))) &&
           covers(now.subjects, was.subjects, catalog_);
  }
  [[nodiscard]] static bool leaf(const LifeStage& now, const LifeStage& was) { return now.pregnant == was.pregnant; }
  [[nodiscard]] static bool leaf(const Age& now, const Age& was) { return covers(now.years, was.years); }
  [[nodiscard]] static bool leaf(const HasSkinType& now, const HasSkinType& was) {
    return std::all_of(was.types.begin(), was.types.end(), [&](SkinType type) {
      return std::find(now.types.begin(), now.types.end(), type) != now.types.end();
    });
  }
  [[nodiscard]] bool leaf(const Treats& now, const Treats& was) const {
    return (!now.named || was.named) && covers(now.areas, was.areas, catalog_);
  }
  [[nodiscard]] static bool leaf(const NeedleDepth& now, const NeedleDepth& was) {
    return covers(now.micrometres, was.micrometres);
  }
  [[nodiscard]] bool leaf(const SessionIs& now, const SessionIs& was) const {
    return now.fact == was.fact &&
           (now.subjects.empty() || (!was.subjects.empty() && covers(now.subjects, was.subjects, catalog_)));
  }
  [[nodiscard]] static bool leaf(const NumbingTime& now, const NumbingTime& was) {
    return covers(now.minutes, was.minutes);
  }
  [[nodiscard]] static bool leaf(const CycleDay& now, const CycleDay& was) { return covers(now.days, was.days); }
  /// Of any other kind only the same is known to hold.
  template <class T>
  [[nodiscard]] static bool leaf(const T&, const T&) {
    return false;
  }

  const Catalog& catalog_;
};

/// What is known to be no entry of a profile, so that neither a wait nor the treated area changes it.
template <class T>
constexpr bool kNoEntry = std::is_same_v<T, LifeStage> || std::is_same_v<T, Age> || std::is_same_v<T, HasSkinType> ||
                          std::is_same_v<T, Treats> || std::is_same_v<T, NeedleDepth> || std::is_same_v<T, SessionIs> ||
                          std::is_same_v<T, NumbingTime> || std::is_same_v<T, FirstSession> ||
                          std::is_same_v<T, Prefers> || std::is_same_v<T, Answered> || std::is_same_v<T, CycleDay> ||
                          std::is_same_v<T, State> || std::is_same_v<T, Situation> || std::is_same_v<T, Clearance>;

template <class Test>
bool any_node(const Condition& condition, Test test) {
  const auto some = [&](const std::vector<Condition>& terms) {
    return std::any_of(terms.begin(), terms.end(), [&](const Condition& term) { return any_node(term, test); });
  };
  if (test(condition)) return true;
  return std::visit(
      Overloaded{[&](const AllOf& x) { return some(x.terms); }, [&](const AnyOf& x) { return some(x.terms); },
                 [&](const Not& x) { return some(x.term); }, [](const auto&) { return false; }},
      condition.node);
}

bool is_entry(const Condition& condition) {
  return std::visit(Overloaded{[](const AllOf&) { return false; }, [](const AnyOf&) { return false; },
                               [](const Not&) { return false; }, []<class T>(const T&) { return !kNoEntry<T>; }},
                    condition.node);
}

}  // namespace

bool covers(const Condition& after, const Condition& before, const Catalog& catalog) {
  return ConditionCover(catalog).of(after, before);
}

bool covers(const Subjects& after, const Subjects& before, const Catalog& catalog) {
  return std::all_of(before.begin(), before.end(), [&](SubjectId was) {
    return std::any_of(after.begin(), after.end(),
                       [&](SubjectId now) { return was != kNoSubject && catalog.is_a(was, now); });
  });
}

bool covers(const Limits& after, const Limits& before) {
  // The lowest and the highest whole number that each lets in.
  const auto lowest = [](const Limits& l) {
    std::int64_t out = INT32_MIN;
    if (l.at_least) out = std::max<std::int64_t>(out, *l.at_least);
    if (l.over) out = std::max<std::int64_t>(out, std::int64_t{*l.over} + 1);
    return out;
  };
  const auto highest = [](const Limits& l) {
    std::int64_t out = INT32_MAX;
    if (l.at_most) out = std::min<std::int64_t>(out, *l.at_most);
    if (l.under) out = std::min<std::int64_t>(out, std::int64_t{*l.under} - 1);
    return out;
  };
  return lowest(after) <= lowest(before) && highest(after) >= highest(before);
}

bool denies_entries(const Condition& condition) {
  return any_node(condition, [](const Condition& c) {
    const auto* no = std::get_if<Not>(&c.node);
    return no != nullptr && any_node(no->term.front(), is_entry);
  });
}

bool holds_past_a_wait(const Condition& condition) {
  return denies_entries(condition) || any_node(condition, [](const Condition& c) {
           return std::visit(
               Overloaded{[](const HasCondition& x) { return x.status == 0 || (x.status & bit(Status::past)) != 0; },
                          [](const Uses& x) { return x.currency == Currency::ended; },
                          [](const Allergy&) { return false; }, [&](const auto&) { return is_entry(c); }},
               c.node);
         });
}

}  // namespace needleplan
