#include "needleplan/protocol/compare_condition.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <set>

#include "needleplan/protocol/compare_changes.h"
#include "needleplan/protocol/compare_window.h"
#include "needleplan/text/overloaded.h"
#include "needleplan/text/truth.h"

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

/// The lowest and the highest whole number that limits let in.
struct Interval {
  std::int64_t lowest = INT32_MIN, highest = INT32_MAX;
  explicit Interval(const Limits& l) {
    if (l.at_least) lowest = std::max<std::int64_t>(lowest, *l.at_least);
    if (l.over) lowest = std::max<std::int64_t>(lowest, std::int64_t{*l.over} + 1);
    if (l.at_most) highest = std::min<std::int64_t>(highest, *l.at_most);
    if (l.under) highest = std::min<std::int64_t>(highest, std::int64_t{*l.under} - 1);
  }
  [[nodiscard]] bool holds(std::int64_t number) const { return lowest <= number && number <= highest; }
};

/// What takes something unset as "any" and the same value as itself.
template <class T>
bool wider(const T& after, const T& before, const T& any) {
  return after == any || after == before;
}

// Whether `now` certainly holds for whatever one entry `was` holds.
bool covers_entry(const HasCondition& now, const HasCondition& was, const Catalog& catalog) {
  const StatusSet wanted = with_synonyms(now.status);
  const bool statuses =
      now.status == 0 || (was.status != 0 && (with_synonyms(was.status) & static_cast<StatusSet>(~wanted)) == 0);
  const bool settled = (now.settled & static_cast<StatusSet>(~was.settled)) == 0;
  return statuses && settled && covers(now.subjects, was.subjects, catalog);
}
bool covers_entry(const Uses& now, const Uses& was, const Catalog& catalog) {
  // Without a status only what is used now counts, and what has ended while a wait runs: not all that has ended.
  const bool currency =
      now.currency == was.currency || (now.currency == Currency::any && was.currency == Currency::current);
  return currency && wider(now.prescribed, was.prescribed, {}) && wider(now.form, was.form, {}) &&
         covers(now.strength, was.strength) && covers(now.subjects, was.subjects, catalog);
}
bool covers_entry(const Allergy& now, const Allergy& was, const Catalog& catalog) {
  return covers(now.subjects, was.subjects, catalog);
}
bool covers_entry(const Had& now, const Had& was, const Catalog& catalog) {
  return (!now.within || (was.within && at_least(*now.within, *was.within))) &&
         covers(now.subjects, was.subjects, catalog);
}
bool covers_entry(const Treats& now, const Treats& was, const Catalog& catalog) {
  return (!now.named || was.named) && covers(now.areas, was.areas, catalog);
}
bool covers_entry(const SessionIs& now, const SessionIs& was, const Catalog& catalog) {
  return now.fact == was.fact && concerns_all(now.subjects, was.subjects, catalog);
}
template <class T>
bool covers_entry(const T& now, const T& was, const Catalog&) {
  return now == was;
}
bool covers_entry(const Condition& now, const Condition& was, const Catalog& catalog) {
  return std::visit(
      [&]<class Leaf>(const Leaf& x) {
        const auto* other = std::get_if<Leaf>(&was.node);
        return other != nullptr && covers_entry(x, *other, catalog);
      },
      now.node);
}

/// Whether two leaves look at the same thing, so that what is true of one tells of the other.
bool same_fact(const Condition& a, const Condition& b) {
  if (a.node.index() != b.node.index()) return false;
  if (const auto* x = std::get_if<SessionIs>(&a.node)) return x->fact == std::get<SessionIs>(b.node).fact;
  if (const auto* x = std::get_if<Answered>(&a.node)) return x->id == std::get<Answered>(b.node).id;
  return subjects_of(a) != nullptr || limits_of(a) != nullptr || std::holds_alternative<HasSkinType>(a.node) || a == b;
}

/// One thing that leaves look at, and every combination of truths that they can have, each a row. It may have more rows
/// than can really be, never fewer.
class SharedFact {
 public:
  using Row = std::vector<Truth>;

  void add(const Condition* leaf) { leaves_.push_back(leaf); }
  [[nodiscard]] const Condition& first() const { return *leaves_.front(); }
  [[nodiscard]] std::size_t size() const { return leaves_.size(); }
  [[nodiscard]] const std::set<Row>& rows() const { return rows_; }

  /// False if there are too many.
  bool finish(const Catalog& catalog) {
    if (leaves_.size() > kMost) return false;
    if (subjects_of(first()) != nullptr) return of_entries(catalog);
    if (limits_of(first()) != nullptr || std::holds_alternative<HasSkinType>(first().node)) return of_one_value();
    for (const Truth truth : kTruths) {
      Row row;
      for (const Condition* leaf : leaves_) {
        const auto* answered = std::get_if<Answered>(&leaf->node);
        row.push_back(answered != nullptr && !answered->yes ? !truth : truth);
      }
      rows_.insert(std::move(row));
    }
    return true;
  }

 private:
  using Signature = std::uint32_t;  ///< a bit for each leaf
  static constexpr std::size_t kMost = 16;
  static constexpr std::array kTruths{Truth::no, Truth::unknown, Truth::yes};

  /// A leaf as what one entry may be: each subject with each status, and all the subjects at once, since a name with
  /// several contents is surely one of them while it is not known which.
  static std::vector<Condition> parts_of(const Condition& leaf) {
    std::vector<Condition> out;
    const auto add = [&](const Condition& whole) {
      out.push_back(whole);
      const Subjects& all = *subjects_of(whole);
      for (std::size_t i = 0; all.size() > 1 && i < all.size(); ++i) {
        out.push_back(whole);
        *subjects_of(out.back()) = {all[i]};
      }
    };
    const auto* has = std::get_if<HasCondition>(&leaf.node);
    if (has == nullptr || has->status == 0) add(leaf);
    for (std::size_t i = 0; has != nullptr && i < kEnumNames<Status>.size(); ++i) {
      Condition part = leaf;
      StatusSet& status = std::get<HasCondition>(part.node).status;
      status = static_cast<StatusSet>(status & bit(static_cast<Status>(i)));
      if (status != 0) add(part);
    }
    return out;
  }

  bool of_entries(const Catalog& catalog) {
    std::vector<std::vector<Condition>> parts;
    for (const Condition* leaf : leaves_)
      parts.push_back(parts_of(*leaf));
    // What makes the same leaves hold needs to be there only once.
    std::set<Signature> kinds;
    for (const auto& of_leaf : parts)
      for (const Condition& entry : of_leaf) {
        Signature met = 0;
        for (std::size_t i = 0; i < leaves_.size(); ++i)
          // A part that meets the whole leaf may meet none of its parts: all its subjects together.
          if (covers_entry(*leaves_[i], entry, catalog) ||
              std::any_of(parts[i].begin(), parts[i].end(),
                          [&](const Condition& p) { return covers_entry(p, entry, catalog); }))
            met |= Signature{1} << i;
        kinds.insert(met);
      }
    rows_.insert(Row(leaves_.size(), Truth::no));
    for (const Signature kind : kinds) {
      std::set<Row> more = rows_;
      for (const Row& row : rows_)
        for (const Truth truth : {Truth::unknown, Truth::yes}) {
          Row with = row;
          for (std::size_t i = 0; i < with.size(); ++i)
            if ((kind >> i & 1U) != 0) with[i] = with[i] || truth;
          more.insert(std::move(with));
        }
      rows_ = std::move(more);
      if (rows_.size() > kMostRows) return false;
    }
    return true;
  }

  /// One value that every leaf looks at, or that is known only in part, or not there at all.
  bool of_one_value() {
    std::vector<Signature> values;  // what makes the same leaves hold, in the order of numbers
    const auto add = [&](auto holds) {
      Signature met = 0;
      for (std::size_t i = 0; i < leaves_.size(); ++i)
        if (holds(*leaves_[i])) met |= Signature{1} << i;
      if (values.empty() || values.back() != met) values.push_back(met);
    };
    if (limits_of(first()) != nullptr) {
      std::set<std::int64_t> numbers;
      for (const Condition* leaf : leaves_) {
        const Interval ends(*limits_of(*leaf));
        numbers.insert({ends.lowest - 1, ends.lowest, ends.highest, ends.highest + 1});
      }
      for (const std::int64_t number : numbers)
        add([&](const Condition& leaf) { return Interval(*limits_of(leaf)).holds(number); });
    } else {
      for (std::size_t i = 0; i < kEnumNames<SkinType>.size(); ++i)
        add([&](const Condition& leaf) {
          const auto& types = std::get<HasSkinType>(leaf.node).types;
          return std::find(types.begin(), types.end(), static_cast<SkinType>(i)) != types.end();
        });
    }
    if (values.size() > kMostValues) return false;
    rows_.insert(Row(leaves_.size(), Truth::unknown));
    // Nobody is without an age, and no session without a depth.
    if (!std::holds_alternative<Age>(first().node) && !std::holds_alternative<NeedleDepth>(first().node) &&
        !std::holds_alternative<HasSkinType>(first().node))
      rows_.insert(Row(leaves_.size(), Truth::no));
    // A number that is known in part lies between two; a day of the cycle may be at its end or at its beginning.
    const bool in_a_row = !std::holds_alternative<CycleDay>(first().node);
    for (std::uint32_t possible = 1; possible < std::uint32_t{1} << values.size(); ++possible) {
      const std::uint32_t from_first = possible >> static_cast<unsigned>(std::countr_zero(possible));
      if (in_a_row && (from_first & (from_first + 1)) != 0) continue;
      Signature all = ~Signature{0};
      Signature some = 0;
      for (std::size_t i = 0; i < values.size(); ++i)
        if ((possible >> i & 1U) != 0) all &= values[i], some |= values[i];
      Row row;
      for (std::size_t i = 0; i < leaves_.size(); ++i)
        row.push_back((all >> i & 1U) != 0 ? Truth::yes : (some >> i & 1U) != 0 ? Truth::unknown : Truth::no);
      rows_.insert(std::move(row));
    }
    return true;
  }

  static constexpr std::size_t kMostRows = 2000, kMostValues = 10;
  std::vector<const Condition*> leaves_;
  std::set<Row> rows_;
};

/// Two conditions over the same facts, in every state that these can be in.
class TruthTable {
 public:
  explicit TruthTable(const Catalog& catalog) : catalog_(catalog) {}

  /// Whether `after` is at least as true as `before` in every state; false also where there are too many to look at.
  bool covers(const Condition& after, const Condition& before) {
    collect(after);
    collect(before);
    std::size_t states = 1;
    for (SharedFact& fact : facts_) {
      if (!fact.finish(catalog_)) return false;
      states *= fact.rows().size();
      if (states > kMostStates) return false;
    }
    row_.resize(facts_.size());
    return from_fact(0, after, before);
  }

 private:
  static constexpr std::size_t kMostStates = 60'000;

  void collect(const Condition& condition) {
    each_leaf(condition, [&](const Condition& leaf, bool) {
      auto fact =
          std::find_if(facts_.begin(), facts_.end(), [&](const SharedFact& f) { return same_fact(f.first(), leaf); });
      if (fact == facts_.end()) fact = facts_.emplace(fact);
      places_[&leaf] = {static_cast<std::size_t>(fact - facts_.begin()), fact->size()};
      fact->add(&leaf);
    });
  }

  bool from_fact(std::size_t number, const Condition& after, const Condition& before) {
    if (number == facts_.size()) return value(after) >= value(before);
    return std::all_of(facts_[number].rows().begin(), facts_[number].rows().end(), [&](const SharedFact::Row& row) {
      row_[number] = &row;
      return from_fact(number + 1, after, before);
    });
  }

  [[nodiscard]] Truth value(const Condition& condition) const {
    const auto* terms = terms_of(condition);
    if (terms == nullptr) {
      const Place place = places_.at(&condition);
      return (*row_[place.fact])[place.leaf_of_fact];
    }
    if (std::holds_alternative<Not>(condition.node)) return !value(terms->front());
    const bool all = std::holds_alternative<AllOf>(condition.node);
    Truth out = all ? Truth::yes : Truth::no;
    for (const Condition& term : *terms)
      out = all ? out && value(term) : out || value(term);
    return out;
  }

  struct Place {
    std::size_t fact = 0, leaf_of_fact = 0;
  };

  const Catalog& catalog_;
  std::vector<SharedFact> facts_;
  std::map<const Condition*, Place> places_;
  std::vector<const SharedFact::Row*> row_;
};

/// Known to be an entry of a profile, so that a wait and the treated area change it.
bool is_entry(const Condition& leaf) {
  return std::holds_alternative<HasCondition>(leaf.node) || std::holds_alternative<Uses>(leaf.node) ||
         std::holds_alternative<Allergy>(leaf.node) || std::holds_alternative<Had>(leaf.node);
}

}  // namespace

bool covers(const Condition& after, const Condition& before, const Catalog& catalog) {
  return after == before || TruthTable(catalog).covers(after, before);
}

bool covers(const Subjects& after, const Subjects& before, const Catalog& catalog) {
  return std::all_of(before.begin(), before.end(), [&](SubjectId was) {
    return std::any_of(after.begin(), after.end(),
                       [&](SubjectId now) { return was != kNoSubject && catalog.is_a(was, now); });
  });
}

bool covers(const Limits& after, const Limits& before) {
  const Interval now(after);
  const Interval was(before);
  return now.lowest <= was.lowest && now.highest >= was.highest;
}

bool denies_entries(const Condition& condition) {
  return any_leaf(condition, [](const Condition& leaf, bool denied) { return denied && is_entry(leaf); });
}

bool holds_past_a_wait(const Condition& condition) {
  return any_leaf(condition, [](const Condition& leaf, bool denied) {
    if (denied) return is_entry(leaf);
    return std::visit(
        Overloaded{[](const HasCondition& x) { return x.status == 0 || (x.status & bit(Status::past)) != 0; },
                   [](const Uses& x) { return x.currency == Currency::ended; }, [](const Allergy&) { return false; },
                   [&](const auto&) { return is_entry(leaf); }},
        leaf.node);
  });
}

bool names_one_of(const Condition& condition, std::span<const SubjectId> subjects, Sense sense) {
  return any_leaf(condition, [&](const Condition& leaf, bool denied) {
    const Subjects* own = subjects_of(leaf);
    return own != nullptr && denied == (sense == Sense::denied) &&
           std::find_first_of(own->begin(), own->end(), subjects.begin(), subjects.end()) != own->end();
  });
}

}  // namespace needleplan
