/// `when:` expressions: a closed set of kinds, each one thing that can be said about a client, a
/// session, or (in words only) the skin at that time.
#pragma once

#include <cstdint>
#include <optional>
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

/// A set of Status words; empty means any, past ones too.
using StatusSet = std::uint8_t;
constexpr StatusSet bit(Status status) {
  return static_cast<StatusSet>(1U << static_cast<unsigned>(status));
}

enum class Currency : std::uint8_t { any, current, ended };

using Subjects = std::vector<SubjectId>;

struct AllOf {
  std::vector<Condition> terms;
};
struct AnyOf {
  std::vector<Condition> terms;
};
struct Not {
  std::vector<Condition> term;
};  ///< exactly one; a vector because Condition is incomplete here
struct HasCondition {
  Subjects subjects;
  StatusSet status = 0;
};
struct Uses {
  Subjects subjects;
  Currency currency = Currency::any;
  std::optional<bool> prescribed;
  std::string_view form;
  Limits strength;  ///< thousandths of a per cent
};
struct Allergy {
  Subjects subjects;
};
struct Had {
  Subjects subjects;
  std::optional<Span> within;
};
struct LifeStage {
  bool pregnant = false;
};  ///< otherwise breastfeeding
struct Age {
  Limits years;
};
struct HasSkinType {
  std::vector<SkinType> types;
};
struct Treats {
  Subjects areas;
};  ///< a session area that is one of these, or within one
struct NeedleDepth {
  Limits micrometres;
};
/// A session fact that is named by the catalog: indication, device, add_on, numbing, protocol.
enum class SessionFact : std::uint8_t { indication, device, add_on, numbing, protocol };
struct SessionIs {
  SessionFact fact{};
  Subjects subjects;
};
struct NumbingTime {
  Limits minutes;
};
struct FirstSession {};
struct Prefers {
  std::string_view word;
};
/// How the skin or the client is at that time: never decided, comes out as words.
struct State {
  std::string_view words;
};
/// "Unless your doctor ordered it": never decided, comes out as words.
struct Clearance {
  std::string_view words;
};

struct Condition {
  std::variant<AllOf, AnyOf, Not, HasCondition, Uses, Allergy, Had, LifeStage, Age, HasSkinType, Treats, NeedleDepth,
               SessionIs, NumbingTime, FirstSession, Prefers, State, Clearance>
      node;
  Location at;
};

/// Reads a `when:` value. Unknown subjects, words and keys are diagnostics; nullopt after any of them.
[[nodiscard]] std::optional<Condition> read_condition(yaml::Node node, const Catalog& catalog,
                                                      Diagnostics& diagnostics);

/// `{at_least: 2%}`, in the unit that the key is about. Mistakes are diagnostics; nullopt after any of them.
[[nodiscard]] std::optional<Limits> read_limits(yaml::Node node, std::string_view example, Diagnostics& diagnostics);

/// Every subject a condition names, for the rule index, and the sections it looks for them in; and whether it
/// also depends on something that is no subject (age, depth ...), so that it must always be looked at.
struct Mentions {
  Subjects subjects;
  std::vector<Section> sections;
  bool always = false;
};
[[nodiscard]] Mentions mentions(const Condition& condition);

/// The state and clearance words of a condition: "if your skin is peeling"; empty when it has none.
[[nodiscard]] std::vector<std::string_view> words_in(const Condition& condition);

/// The condition in words a clinician reads: `condition eczema (active) and age under 22`.
[[nodiscard]] std::string text_of(const Condition& condition, const Catalog& catalog);
/// `over 18 and at most 42`; values are divided by `per_unit` (1000: micrometres to mm). Empty without limits.
[[nodiscard]] std::string text_of(const Limits& limits, int per_unit);

}  // namespace needleplan
