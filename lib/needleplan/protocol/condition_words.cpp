#include "needleplan/protocol/condition_words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "needleplan/text/overloaded.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

/// How each limit on a number is said, with `{}` for the number.
struct LimitWords {
  std::string_view over, at_least, under, at_most;
};

template <class Number>
std::string limits_words(const Limits& limits, const LimitWords& say, Number number) {
  std::string out;
  const auto add = [&](std::string_view words, const std::optional<int>& limit) {
    if (limit) out += (out.empty() ? "" : " and ") + fmt::format(fmt::runtime(words), number(*limit));
  };
  add(say.over, limits.over);
  add(say.at_least, limits.at_least);
  add(say.under, limits.under);
  add(say.at_most, limits.at_most);
  return out;
}

/// `day 3 to 5`, `day 5`, `day 20 or later`.
std::string cycle_days_words(const Limits& days) {
  const int first = std::max({1, days.at_least.value_or(1), days.over.value_or(0) + 1});
  std::optional<int> last = days.at_most;
  if (days.under && (!last || *days.under - 1 < *last)) last = *days.under - 1;
  if (!last) return fmt::format("day {} or later", first);
  return first == *last ? fmt::format("day {}", first) : fmt::format("day {} to {}", first, *last);
}

class ConditionWordsWriter {
 public:
  explicit ConditionWordsWriter(const Catalog& catalog) : catalog_(catalog) {}

  /// The clause; with `yes` false that it is not so. A clause within another of two joined says where it begins.
  // NOLINTNEXTLINE(readability-convert-member-functions-to-static): say() is a member
  [[nodiscard]] std::string clause(const Condition& condition, bool yes, bool within = false) const {
    return std::visit(Overloaded{[&](const AllOf& x) { return joined(x.terms, yes, yes, within); },
                                 [&](const AnyOf& x) { return joined(x.terms, !yes, yes, within); },
                                 [&](const Not& x) { return clause(x.term.front(), !yes, within); },
                                 [&](const auto& x) { return say(x, yes); }},
                      condition.node);
  }

 private:
  [[nodiscard]] std::string joined(const std::vector<Condition>& terms, bool all, bool yes, bool within) const {
    if (terms.size() == 1) return clause(terms.front(), yes, within);
    std::string out;
    for (const Condition& term : terms)
      out += (out.empty() ? "" : all ? " and " : " or ") + clause(term, yes, true);
    return within ? (all ? "both " : "either ") + out : out;
  }

  [[nodiscard]] std::string labels(const Subjects& subjects) const {
    std::vector<std::string_view> out;
    for (const SubjectId s : subjects)
      out.push_back(catalog_[s].label);
    return one_of(out);
  }

  /// `you use X` or `you do not use X`.
  static std::string either(bool yes, std::string_view positive, std::string_view negative, std::string_view rest) {
    return fmt::format("{} {}", yes ? positive : negative, rest);
  }

  [[nodiscard]] std::string say(const HasCondition& x, bool yes) const {
    constexpr StatusSet kPast = bit(Status::past);
    constexpr StatusSet kCalm = bit(Status::controlled) | bit(Status::stable);
    const std::string what = labels(x.subjects);
    if (x.status == kPast) return either(yes, "you have had", "you have not had", what);
    if (x.status != 0 && (x.status & kPast) == 0)
      return either(yes, "you have", "you do not have", what) + ((x.status & ~kCalm) == 0 ? " under control" : "");
    return either(yes, "you have or had", "you never had", what);
  }
  [[nodiscard]] std::string say(const Uses& x, bool yes) const {
    std::string what = labels(x.subjects);
    if (!x.form.empty()) what += fmt::format(" as {}", x.form);
    const LimitWords per_cent{"over {:g} %", "{:g} % or stronger", "under {:g} %", "{:g} % or weaker"};
    if (const std::string s = limits_words(x.strength, per_cent, [](int v) { return v / 1000.0; }); !s.empty())
      what += fmt::format(" of {}", s);
    if (x.prescribed) what += *x.prescribed ? " on prescription" : " without a prescription";
    if (x.currency == Currency::ended) return either(yes, "you have stopped", "you have not stopped", what);
    return either(yes, "you use", "you do not use", what);
  }
  [[nodiscard]] std::string say(const Allergy& x, bool yes) const {
    return either(yes, "you are allergic to", "you are not allergic to", labels(x.subjects));
  }
  [[nodiscard]] std::string say(const Had& x, bool yes) const {
    const std::string within = x.within ? fmt::format(" within {} before the session", words(*x.within)) : "";
    return either(yes, "you have had", "you have not had", labels(x.subjects)) + within;
  }
  static std::string say(const LifeStage& x, bool yes) {
    return either(yes, "you are", "you are not", x.pregnant ? "pregnant" : "breastfeeding");
  }
  static std::string say(const Age& x, bool yes) {
    constexpr LimitWords kYears{"over {}", "{} or older", "under {}", "{} or younger"};
    return either(yes, "you are", "you are not", limits_words(x.years, kYears, [](int v) { return v; }));
  }
  static std::string say(const HasSkinType& x, bool yes) {
    std::vector<std::string_view> types;
    for (const SkinType type : x.types)
      types.push_back(to_string(type));
    return either(yes, "your skin type is", "your skin type is not", one_of(types));
  }
  [[nodiscard]] std::string say(const Treats& x, bool yes) const {
    return either(yes, "the treatment is on", "the treatment is not on", "your " + labels(x.areas));
  }
  static std::string say(const NeedleDepth& x, bool yes) {
    constexpr LimitWords kDepth{"deeper than {}", "{} or deeper", "less deep than {}", "{} or less deep"};
    return either(yes, "the needles go", "the needles do not go", limits_words(x.micrometres, kDepth, depth_words));
  }
  [[nodiscard]] std::string say(const SessionIs& x, bool yes) const {
    const std::string what = labels(x.subjects);
    switch (x.fact) {
      case SessionFact::indication:
        return either(yes, "the treatment is for", "the treatment is not for", what);
      case SessionFact::device:
        return either(yes, "the device is", "the device is not", what);
      case SessionFact::add_on:
        return what + (yes ? " is added" : " is not added");
      case SessionFact::numbing:
        return (what.empty() ? "numbing cream" : what) + (yes ? " is used to numb the skin" : " is not used");
      case SessionFact::protocol:
        return either(yes, "the treatment is", "the treatment is not", what);
    }
    return {};
  }
  static std::string say(const NumbingTime& x, bool yes) {
    constexpr LimitWords kTime{"for more than {}", "for {} or longer", "for less than {}", "for {} or less"};
    return either(yes, "the numbing cream stays on", "the numbing cream does not stay on",
                  limits_words(x.minutes, kTime, [](int v) {
                    return words(Span{v, Unit::minutes});
                  }));
  }
  static std::string say(const FirstSession&, bool yes) {
    return either(yes, "it is", "it is not", "your first session");
  }
  static std::string say(const Prefers& x, bool yes) {
    std::string what(x.word);
    std::replace(what.begin(), what.end(), '-', ' ');
    return either(yes, "you want", "you do not want", what);
  }
  static std::string say(const CycleDay& x, bool yes) {
    return either(yes, "the session is on", "the session is not on", cycle_days_words(x.days) + " of your cycle");
  }
  static std::string say(const Answered& x, bool yes) { return said(x.label, x.yes == yes); }
  static std::string say(const State& x, bool yes) { return said(x.words, yes); }
  static std::string say(const Situation& x, bool yes) { return said(x.words, yes); }
  static std::string say(const Clearance& x, bool yes) { return said(x.words, yes); }

  /// A clause in the pack's own words.
  static std::string said(std::string_view words, bool yes) {
    return yes ? std::string(words) : fmt::format("it is not so that {}", words);
  }

  const Catalog& catalog_;
};

/// A condition after what is known was taken out: decided, or what is left.
struct Rest {
  Truth truth = Truth::unknown;
  Condition left;
};

Rest rest_of(const Condition& condition, const KnownTruth& known);

/// Terms of which one with the truth `decisive` decides; the others fall away once they are known.
template <class Joined>
Rest rest_of_terms(const Condition& condition, const Joined& joined, Truth decisive, const KnownTruth& known) {
  Rest out{!decisive, condition};
  Joined left;
  for (const Condition& term : joined.terms) {
    Rest one = rest_of(term, known);
    if (one.truth == decisive) return one;
    if (one.truth == Truth::unknown) left.terms.push_back(std::move(one.left));
  }
  if (left.terms.empty()) return out;
  out.truth = Truth::unknown;
  if (left.terms.size() == 1) {
    Condition only = std::move(left.terms.front());
    out.left = std::move(only);
  } else {
    out.left.node = std::move(left);
  }
  return out;
}

Rest rest_of(const Condition& condition, const KnownTruth& known) {
  return std::visit(Overloaded{[&](const AllOf& x) { return rest_of_terms(condition, x, Truth::no, known); },
                               [&](const AnyOf& x) { return rest_of_terms(condition, x, Truth::yes, known); },
                               [&](const Not& x) {
                                 Rest inner = rest_of(x.term.front(), known);
                                 Rest out{!inner.truth, condition};
                                 if (inner.truth == Truth::unknown) out.left.node = Not{{std::move(inner.left)}};
                                 return out;
                               },
                               [&](const auto&) {
                                 return Rest{is_words(condition) ? Truth::unknown : known(condition), condition};
                               }},
                    condition.node);
}

}  // namespace

std::optional<Condition> undecided_part(const Condition& condition, const KnownTruth& known) {
  Rest rest = rest_of(condition, known);
  if (rest.truth != Truth::unknown) return std::nullopt;
  return std::move(rest.left);
}

std::string clause_of(const Condition& condition, const Catalog& catalog) {
  return ConditionWordsWriter(catalog).clause(condition, true);
}

std::string if_words(const Condition& condition, const Catalog& catalog) {
  const ConditionWordsWriter writer(catalog);
  std::string needed;
  std::string excepted;
  const auto add = [&](const Condition& term, bool within) {
    const auto* negation = std::get_if<Not>(&term.node);
    const auto* answered = std::get_if<Answered>(&term.node);
    const bool no = negation != nullptr || (answered != nullptr && !answered->yes);
    std::string& out = no ? excepted : needed;
    if (!out.empty()) out += no ? " or " : " and ";
    out += negation != nullptr ? writer.clause(negation->term.front(), true, within) : writer.clause(term, !no, within);
  };
  if (const auto* all = std::get_if<AllOf>(&condition.node)) {
    for (const Condition& term : all->terms)
      add(term, all->terms.size() > 1);
  } else {
    add(condition, false);
  }
  if (needed.empty()) return "Unless " + excepted;
  return fmt::format("If {}{}{}", needed, excepted.empty() ? "" : ", unless ", excepted);
}

bool only_facts(const Condition& condition) {
  return states_in(condition).empty() && !has_clearance(condition);
}

}  // namespace needleplan
