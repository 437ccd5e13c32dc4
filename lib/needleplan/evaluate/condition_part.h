/// The truth of the single kinds of conditions, with what each rests on; evaluate() joins them.
#pragma once

#include "needleplan/evaluate/event.h"

namespace needleplan {

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

/// What a condition is decided against.
struct Basis {
  const Facts& facts;
  std::optional<Date> session;
  Scope scope;
  const std::optional<SpanRange>& wait;
  const std::optional<SpanRange>& ahead;
  bool plans;  ///< what is planned too near counts: in a rule, and only where that makes the rule hold
  /// Facts that were not known beside some that hold, but only as a wait: they might make it worse.
  std::vector<Open>& pending;

  [[nodiscard]] SessionStart session_start() const { return {session.value_or(facts.as_of), facts.time()}; }
};

/// Joins parts: keeps what the joint truth rests on, and the facts missing for it. Takes it out of them.
[[nodiscard]] Part joined(std::vector<Part>& parts, Truth truth);
/// The same for parts of which one is enough; notes what is pending.
[[nodiscard]] Part any_of(std::vector<Part>& parts, Truth truth, const Basis& basis);

/// Kinds that are about entries of the profile.
[[nodiscard]] Part decide(const HasCondition& has, const Basis& basis);
[[nodiscard]] Part decide(const Uses& uses, const Basis& basis);
[[nodiscard]] Part decide(const Allergy& allergy, const Basis& basis);
[[nodiscard]] Part decide(const Had& had, const Basis& basis);

/// Kinds that are about single facts of the client or the session.
[[nodiscard]] Part decide(const LifeStage& stage, const Basis& basis);
[[nodiscard]] Part decide(const Age& age, const Basis& basis);
[[nodiscard]] Part decide(const HasSkinType& has, const Basis& basis);
[[nodiscard]] Part decide(const Treats& treats, const Basis& basis);
[[nodiscard]] Part decide(const NeedleDepth& depth, const Basis& basis);
[[nodiscard]] Part decide(const SessionIs& is, const Basis& basis);
[[nodiscard]] Part decide(const NumbingTime& time, const Basis& basis);
[[nodiscard]] Part decide(const FirstSession& first, const Basis& basis);
[[nodiscard]] Part decide(const Prefers& prefers, const Basis& basis);
[[nodiscard]] Part decide(const Answered& answered, const Basis& basis);
[[nodiscard]] Part decide(const CycleDay& cycle_day, const Basis& basis);

}  // namespace needleplan
