#include <algorithm>
#include <iterator>
#include <utility>

#include "needleplan/evaluate/condition_part.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  if (to.empty()) {
    to.swap(from);
  } else {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  }
}

void append(Part& to, Part& from) {
  append(to.used, from.used);
  append(to.open, from.open);
  append(to.measured, from.measured);
}

/// Decides a condition term by term.
class Evaluation {
 public:
  explicit Evaluation(const Basis& basis) : basis_(basis) {}

  // NOLINTNEXTLINE(readability-convert-member-functions-to-static): term() is a member
  Part of(const Condition& condition) {
    return std::visit([&](const auto& node) { return term(node); }, condition.node);
  }

 private:
  Part term(const AllOf& all) {
    std::vector<Part> parts;
    Truth truth = Truth::yes;
    for (const Condition& one : all.terms) {
      Part part = of(one);
      if (part.truth == Truth::no && all_must_hold_) return {};
      truth = truth && part.truth;
      if (parts.empty()) parts.reserve(all.terms.size());
      parts.push_back(std::move(part));
    }
    Part out = joined(parts, truth);
    // A conjunction holds only as strongly as its weakest part.
    if (truth == Truth::yes)
      for (const Part& part : parts)
        out.hold = std::min(out.hold, part.hold);
    return out;
  }

  Part term(const AnyOf& any) {
    const bool all_must_hold = std::exchange(all_must_hold_, false);
    std::vector<Part> parts;
    Truth truth = Truth::no;
    for (const Condition& one : any.terms) {
      Part part = of(one);
      if (part.truth == Truth::no && !negated_) continue;
      truth = truth || part.truth;
      parts.push_back(std::move(part));
    }
    all_must_hold_ = all_must_hold;
    return any_of(parts, truth, basis_);
  }

  Part term(const Not& negation) {
    const bool all_must_hold = std::exchange(all_must_hold_, false);
    const bool negated = std::exchange(negated_, true);
    under_not_ = !under_not_;
    const bool plans = std::exchange(basis_.plans, of_rule_ && !under_not_);
    Part out = of(negation.term.front());
    basis_.plans = plans;
    under_not_ = !under_not_;
    negated_ = negated;
    all_must_hold_ = all_must_hold;
    out.truth = !out.truth;
    out.hold = Hold::current;
    return out;
  }

  // Words are for the client or a clinician to judge; they are printed, never decided. So that a rule or sentence is
  // never lost over them, they are taken as they must be for the whole to hold.
  Part term(const State&) { return said(); }
  Part term(const Situation&) { return said(); }
  Part term(const Clearance&) { return said(); }
  [[nodiscard]] Part said() const {
    Part part;
    part.truth = truth(!under_not_);
    return part;
  }

  template <class Kind>
  Part term(const Kind& kind) {
    return decide(kind, basis_);
  }

  Basis basis_;
  bool of_rule_ = basis_.plans;
  bool under_not_ = false;  ///< under an odd number of them
  // What only says why a joined condition does not hold is not kept.
  bool negated_ = false;       ///< under a Not, so that it may say why one holds
  bool all_must_hold_ = true;  ///< the whole condition fails with the term at hand
};

}  // namespace

Part joined(std::vector<Part>& parts, Truth truth) {
  if (parts.size() == 1 && parts.front().truth == truth) return std::move(parts.front());
  Part out;
  out.truth = truth;
  out.hold = Hold::between;
  bool any = false;
  for (Part& part : parts) {
    if (part.truth != truth) continue;
    append(out, part);
    out.hold = std::max(out.hold, part.hold);
    any = true;
  }
  if (!any) out.hold = Hold::current;
  return out;
}

Part any_of(std::vector<Part>& parts, Truth truth, const Basis& basis) {
  Part out = joined(parts, truth);
  if (truth == Truth::yes && out.hold != Hold::current)
    for (const Part& part : parts)
      if (part.truth == Truth::unknown) basis.pending.insert(basis.pending.end(), part.open.begin(), part.open.end());
  return out;
}

Outcome evaluate(const Condition& condition, const Facts& facts, std::optional<Date> session, Scope scope,
                 const Contraindication* rule) {
  static const Contraindication kNone;
  const Contraindication& lengths = rule == nullptr ? kNone : *rule;
  Outcome out;
  const Basis basis{facts, session, scope, lengths.wait, lengths.ahead, rule != nullptr, out.pending};
  Part part = Evaluation(basis).of(condition);
  out.holds = part.truth;
  out.used = std::move(part.used);
  out.open = std::move(part.open);
  out.measured = std::move(part.measured);
  switch (part.hold) {
    case Hold::none:
    case Hold::current:
      out.distance = std::nullopt;
      break;
    case Hold::planned:
      out.planned = true;
      [[fallthrough]];
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
