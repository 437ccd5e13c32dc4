#include "needleplan/authoring/lint_never.h"

#include <algorithm>
#include <functional>
#include <limits>

#include <fmt/format.h>

namespace needleplan {

namespace {

/// Whole numbers that are within limits: from the first to the second.
struct Room {
  int least = std::numeric_limits<int>::min();
  int most = std::numeric_limits<int>::max();

  void narrow(const Limits& limits) {
    if (limits.over && *limits.over < std::numeric_limits<int>::max()) least = std::max(least, *limits.over + 1);
    if (limits.at_least) least = std::max(least, *limits.at_least);
    if (limits.under) most = std::min(most, *limits.under - 1);
    if (limits.at_most) most = std::min(most, *limits.at_most);
  }
  [[nodiscard]] bool empty() const { return least > most; }
};

/// Calls `use` for a condition and everything that must hold with it.
void each_term(const Condition& condition, const std::function<void(const Condition&)>& use) {
  if (const auto* all = std::get_if<AllOf>(&condition.node)) {
    for (const Condition& term : all->terms)
      each_term(term, use);
  } else {
    use(condition);
  }
}

class Terms {
 public:
  Terms(const Condition& condition, const Catalog& catalog) : catalog_(catalog) {
    each_term(condition, [this](const Condition& term) { terms_.push_back(&term); });
  }

  [[nodiscard]] std::string why_never() const {
    if (std::string why = numbers<Age>([](const Age& x) { return x.years; }); !why.empty()) return why;
    if (std::string why = numbers<NeedleDepth>([](const NeedleDepth& x) { return x.micrometres; }); !why.empty())
      return why;
    if (std::string why = numbers<NumbingTime>([](const NumbingTime& x) { return x.minutes; }); !why.empty())
      return why;
    if (std::string why = numbers<CycleDay>([](const CycleDay& x) { return x.days; }); !why.empty()) return why;
    if (std::string why = strength(); !why.empty()) return why;
    if (std::string why = answers(); !why.empty()) return why;
    if (std::string why = states(); !why.empty()) return why;
    if (std::string why = skin_types(); !why.empty()) return why;
    if (std::string why = denied(); !why.empty()) return why;
    return choices();
  }

 private:
  [[nodiscard]] std::string text(const Condition& term) const { return text_of(term, catalog_); }
  [[nodiscard]] std::string both(const Condition& a, const Condition& b) const {
    return &a == &b ? text(a) : fmt::format("{} and {}", text(a), text(b));
  }

  template <class T, class Use>
  void each(Use use) const {
    for (const Condition* term : terms_)
      if (const auto* x = std::get_if<T>(&term->node)) use(*term, *x);
  }

  /// One number that would have to be in two places.
  template <class T, class LimitsOf>
  [[nodiscard]] std::string numbers(LimitsOf limits_of) const {
    Room room;
    const Condition* first = nullptr;
    std::string why;
    each<T>([&](const Condition& term, const T& x) {
      room.narrow(limits_of(x));
      if (room.empty() && why.empty()) why = both(first == nullptr ? term : *first, term);
      if (first == nullptr) first = &term;
    });
    return why;
  }

  [[nodiscard]] std::string strength() const {
    std::string why;
    each<Uses>([&](const Condition& term, const Uses& x) {
      Room room;
      room.narrow(x.strength);
      if (room.empty() && why.empty()) why = text(term);
    });
    return why;
  }

  /// One condition in two states that exclude each other.
  [[nodiscard]] std::string states() const {
    std::string why;
    each<HasCondition>([&](const Condition& a, const HasCondition& x) {
      each<HasCondition>([&](const Condition& b, const HasCondition& y) {
        if (&a < &b && x.subjects == y.subjects && x.status != 0 && y.status != 0 && (x.status & y.status) == 0)
          why = both(a, b);
      });
    });
    return why;
  }

  [[nodiscard]] std::string answers() const {
    std::string why;
    each<Answered>([&](const Condition& a, const Answered& x) {
      each<Answered>([&](const Condition& b, const Answered& y) {
        if (x.id == y.id && x.yes && !y.yes) why = both(a, b);
      });
    });
    return why;
  }

  [[nodiscard]] std::string skin_types() const {
    std::string why;
    each<HasSkinType>([&](const Condition& a, const HasSkinType& x) {
      each<HasSkinType>([&](const Condition& b, const HasSkinType& y) {
        const bool meet = std::any_of(x.types.begin(), x.types.end(), [&](SkinType type) {
          return std::find(y.types.begin(), y.types.end(), type) != y.types.end();
        });
        if (!meet && why.empty()) why = both(a, b);
      });
    });
    return why;
  }

  /// Something, and that it does not hold.
  [[nodiscard]] std::string denied() const {
    std::string why;
    each<Not>([&](const Condition& term, const Not& x) {
      for (const Condition* other : terms_)
        if (text(*other) == text(x.term.front()) && why.empty()) why = both(*other, term);
    });
    return why;
  }

  /// `any` of what can never hold.
  [[nodiscard]] std::string choices() const {
    std::string why;
    each<AnyOf>([&](const Condition& term, const AnyOf& x) {
      const bool never = !x.terms.empty() && std::all_of(x.terms.begin(), x.terms.end(), [&](const Condition& choice) {
        return !needleplan::why_never(choice, catalog_).empty();
      });
      if (never) why = text(term);
    });
    return why;
  }

  const Catalog& catalog_;
  std::vector<const Condition*> terms_;
};

}  // namespace

std::string why_never(const Condition& condition, const Catalog& catalog) {
  return Terms(condition, catalog).why_never();
}

}  // namespace needleplan
