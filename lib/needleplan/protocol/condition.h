/// `when:` expressions: a closed set of kinds, each one thing that can be said about a client, a
/// session, or (in words only) the skin at that time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "needleplan/catalog/catalog.h"
#include "needleplan/profile/profile.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/time/span.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

struct Condition;

/// Limits on a number: over, at least, under, at most; unset limits do not bind.
struct Limits {
  std::optional<int> over, at_least, under, at_most;
  bool operator==(const Limits&) const = default;
  [[nodiscard]] bool given() const { return over || at_least || under || at_most; }
  [[nodiscard]] bool holds(int value) const {
    return (!over || value > *over) && (!at_least || value >= *at_least) && (!under || value < *under) &&
           (!at_most || value <= *at_most);
  }
};

/// The limits in the order in which they are said: in words, as keys, and where they stand.
struct LimitName {
  std::string_view words, key;
  std::optional<int> Limits::*member;
};
inline constexpr std::array<LimitName, 4> kLimitNames{{{"over", "over", &Limits::over},
                                                       {"at least", "at_least", &Limits::at_least},
                                                       {"under", "under", &Limits::under},
                                                       {"at most", "at_most", &Limits::at_most}}};

/// A set of Status words; empty means any, past ones too.
using StatusSet = std::uint8_t;
constexpr StatusSet bit(Status status) {
  return static_cast<StatusSet>(1U << static_cast<unsigned>(status));
}
inline constexpr StatusSet kEveryStatus = (1U << kEnumNames<Status>.size()) - 1;
/// What a rule takes that lets these through: every other word, also one that comes with a later version.
constexpr StatusSet all_but(StatusSet let_through) {
  return static_cast<StatusSet>(kEveryStatus & ~let_through);
}

enum class Currency : std::uint8_t { any, current, ended };

using Subjects = std::vector<SubjectId>;

struct AllOf {
  std::vector<Condition> terms;
  bool operator==(const AllOf&) const = default;
};
struct AnyOf {
  std::vector<Condition> terms;
  bool operator==(const AnyOf&) const = default;
};
struct Not {
  std::vector<Condition> term;
  bool operator==(const Not&) const = default;
};  ///< exactly one; a vector because Condition is incomplete here
struct HasCondition {
  Subjects subjects;
  StatusSet status = 0;
  StatusSet settled = 0;  ///< counts for a wait as ended since it is there: what leaves a mark
  bool operator==(const HasCondition&) const = default;
};
struct Uses {
  Subjects subjects;
  Currency currency = Currency::any;
  std::optional<bool> prescribed;
  std::string_view form;
  Limits strength;  ///< thousandths of a per cent
  bool operator==(const Uses&) const = default;
};
struct Allergy {
  Subjects subjects;
  bool operator==(const Allergy&) const = default;
};
struct Had {
  Subjects subjects;
  std::optional<Span> within;
  bool operator==(const Had&) const = default;
};
struct LifeStage {
  bool pregnant = false;
  bool operator==(const LifeStage&) const = default;
};  ///< otherwise breastfeeding
struct Age {
  Limits years;
  bool operator==(const Age&) const = default;
};
struct HasSkinType {
  std::vector<SkinType> types;
  bool operator==(const HasSkinType&) const = default;
};
/// A session area that has a place in common with one of these: a session on the whole face treats its parts.
struct Treats {
  Subjects areas;
  bool named = false;  ///< only one that is one of these, or lies within one
  bool operator==(const Treats&) const = default;
};
struct NeedleDepth {
  Limits micrometres;
  bool operator==(const NeedleDepth&) const = default;
};
/// A session fact that is named by the catalog: indication, device, add_on, numbing, protocol.
enum class SessionFact : std::uint8_t { indication, device, add_on, numbing, protocol };
inline constexpr std::size_t kSessionFacts = 5;
struct SessionIs {
  SessionFact fact{};
  Subjects subjects;
  bool operator==(const SessionIs&) const = default;
};
struct NumbingTime {
  Limits minutes;
  bool operator==(const NumbingTime&) const = default;
};
struct FirstSession {
  bool operator==(const FirstSession&) const = default;
};
struct Prefers {
  std::string_view word;
  bool operator==(const Prefers&) const = default;
};
/// A client's answer to a yes/no question of the protocol.
struct Answered {
  std::string_view id;
  std::string_view label;  ///< `you are happy with your injections`
  bool yes = true;         ///< otherwise the answer must be no
  bool operator==(const Answered& other) const { return id == other.id && yes == other.yes; }
};
/// The day of the menstrual cycle on the session's day; the first day of the period is 1.
struct CycleDay {
  Limits days;
  bool operator==(const CycleDay&) const = default;
};
/// How the skin or the client is at that time: never decided, comes out as words.
struct State {
  std::string_view words;
  bool operator==(const State&) const = default;
};
/// What cannot be avoided, or what the client plans or wishes: never decided either.
struct Situation {
  std::string_view words;
  bool operator==(const Situation&) const = default;
};
/// What a doctor or the clinic said: never decided either.
struct Clearance {
  std::string_view words;
  bool operator==(const Clearance&) const = default;
};

struct Condition {
  std::variant<AllOf, AnyOf, Not, HasCondition, Uses, Allergy, Had, LifeStage, Age, HasSkinType, Treats, NeedleDepth,
               SessionIs, NumbingTime, FirstSession, Prefers, Answered, CycleDay, State, Situation, Clearance>
      node;
  Location at;
  /// Wherever each of them stands.
  bool operator==(const Condition& other) const { return node == other.node; }
};

/// What a condition joins, in the order written; null where it joins none.
[[nodiscard]] const std::vector<Condition>* terms_of(const Condition& condition);
[[nodiscard]] std::vector<Condition>* terms_of(Condition& condition);

/// Calls `use` with every condition that joins no others, in the order written, and whether it stands under an odd
/// number of `not`.
template <class Use>
void each_leaf(const Condition& condition, const Use& use, bool denied = false) {
  const auto* terms = terms_of(condition);
  if (terms == nullptr) return use(condition, denied);
  for (const Condition& term : *terms)
    each_leaf(term, use, denied != std::holds_alternative<Not>(condition.node));
}

/// Whether one of those, so placed, is what is asked for.
template <class Test>
bool any_leaf(const Condition& condition, const Test& test) {
  bool found = false;
  each_leaf(condition, [&](const Condition& leaf, bool denied) { found = found || test(leaf, denied); });
  return found;
}

// What a leaf is about: the list of subjects of an entry or of the session, of which one is enough; limits on one
// number; or a fact that is simply so or not. Null for what has no such list, or no limits.
[[nodiscard]] Subjects* subjects_of(Condition& leaf);
[[nodiscard]] const Subjects* subjects_of(const Condition& leaf);
[[nodiscard]] const Limits* limits_of(const Condition& leaf);

/// A yes/no question of a protocol that no other key of the profile answers.
struct YesNoQuestion {
  std::string_view id;
  std::string_view ask;    ///< what the desk asks
  std::string_view label;  ///< what a "yes" says of the client, for inside a sentence
  Location at;
};

/// Reads a `when:` value. Unknown subjects, answers, words and keys are diagnostics; nullopt after any of them.
[[nodiscard]] std::optional<Condition> read_condition(yaml::Node node, const Catalog& catalog,
                                                      std::span<const YesNoQuestion> answers, Diagnostics& diagnostics);

/// `{at_least: 2%}`, in the unit that the key is about. Mistakes are diagnostics; nullopt after any of them.
[[nodiscard]] std::optional<Limits> read_limits(yaml::Node node, std::string_view example, Diagnostics& diagnostics);

/// Every subject a condition names, for the rule index, and the sections and facts of the session it looks for them in;
/// and whether it also depends on something that is no subject (age, depth ...), so that it must always be looked at.
struct Mentions {
  Subjects subjects;
  std::vector<Section> sections;
  std::vector<SessionFact> session;
  bool always = false;
};
[[nodiscard]] Mentions mentions(const Condition& condition);

/// Whether it is words alone, which nothing decides: state, situation or clearance.
[[nodiscard]] bool is_words(const Condition& condition);

/// Where states and situations stand in a condition: what a client may or may not be like then, which decides nothing.
[[nodiscard]] std::vector<Location> states_in(const Condition& condition);

/// Whether what a doctor or the clinic said bears on it.
[[nodiscard]] bool has_clearance(const Condition& condition);

/// Whether the day of the cycle bears on it; the limits it asks for.
[[nodiscard]] std::vector<Limits> cycle_days_in(const Condition& condition);

/// Adds the wishes that it asks for.
void add_wishes(const Condition& condition, std::vector<std::string_view>& out);

/// The condition in words a clinician reads: `condition eczema (active) and age under 22`.
[[nodiscard]] std::string text_of(const Condition& condition, const Catalog& catalog);
/// `over 18 and at most 42`; values are divided by `per_unit` (1000: micrometres to mm). Empty without limits.
[[nodiscard]] std::string text_of(const Limits& limits, int per_unit);

}  // namespace needleplan
