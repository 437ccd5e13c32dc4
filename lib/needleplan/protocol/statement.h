/// The statements of a pack: a subject, a window around the session, what to do about it, and a source.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "needleplan/protocol/condition.h"
#include "needleplan/protocol/verdict.h"
#include "needleplan/time/span.h"

namespace needleplan {

enum class Scope : std::uint8_t { area, anywhere };
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<Scope>{"area", "anywhere"};

enum class Degree : std::uint8_t { any, prolonged, excess };
template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Degree>{"any", "prolonged", "excess"};

enum class Phase : std::uint8_t { prep, day_of, aftercare };
template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Phase>{"prep", "day-of", "aftercare"};

/// Whom a warning sign sends the client to.
enum class Call : std::uint8_t { clinic, urgent };
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<Call>{"clinic", "urgent"};

/// How strong a source is; the letters of the pack's source list.
enum class Grade : std::uint8_t { seed, regulator, labelling, literature, clinic, weak };
template <>
inline constexpr std::array<std::string_view, 6> kEnumNames<Grade>{"seed", "R", "D", "L", "C", "X"};
[[nodiscard]] std::string_view words(Grade grade);

/// One end of a window, relative to the session.
struct Bound {
  enum class Kind : std::uint8_t {
    open,      ///< no end is given
    clock,     ///< `span`, on the clock or calendar
    event,     ///< until (or from) a named event
    later_of,  ///< `span` or the event, whichever is later
    vague,     ///< "a few" of a unit; stays words
    course     ///< as long as the course of the medicine lasted, `span.minimum.count` times
  };
  Kind kind = Kind::open;
  bool before_session = false;  ///< counted back from the session
  SpanRange span;
  std::size_t event = 0;  ///< index into Pack::events
  std::string_view written;
};

/// An event that the clock does not tell: "healed", "bedtime".
struct Event {
  std::string_view id;
  std::string_view label;          ///< what stands after "until" or "when"
  std::optional<SpanRange> usual;  ///< after the session; nothing when no source says
  bool moment = false;             ///< a moment of the day
  Location at;
};

/// Where a statement comes from.
struct Reference {
  std::string_view key, title, url;
  Grade grade{};
  Location at;
};

/// A source under a statement, with its own figures where it gives other ones.
struct Citation {
  std::size_t source = 0;                                              ///< index into Pack::references
  std::vector<std::pair<std::string_view, std::string_view>> figures;  ///< `before` -> `12h`, as written
  std::string_view says;
};

struct Citations {
  std::vector<Citation> list;               ///< empty: unsourced
  std::vector<std::string_view> unsourced;  ///< keys of the statement whose value no source gives
};

/// How often. At most one of the forms is set.
struct Repeat {
  std::string_view words;  ///< `as needed`, `nightly`, `before each touch`
  int times = 0;           ///< `times` a day (or per `per`)
  std::string_view per;
  std::optional<SpanRange> every;
  std::string_view during;      ///< `awake`
  std::optional<Span> on, off;  ///< duty cycle
  [[nodiscard]] bool given() const { return !words.empty() || times > 0 || every || on; }
};

/// A ban: from `from` (the session when unset) to `to`.
struct Ban {
  std::optional<Bound> from;
  Bound to;
};

struct Avoid {
  Subjects subjects;
  std::optional<Ban> before, after;
  Verdict broken = Verdict::defer;  ///< when the minimum is not kept
  bool advice = false;              ///< printed, never checked
};

struct Contraindication {
  Verdict verdict{};
  std::string_view until;
  std::optional<SpanRange> wait;  ///< after it ended
  Verdict wait_verdict = Verdict::defer;
  Verdict signoff = Verdict::consult;  ///< the highest verdict a sign-off may turn into a caution; clear: none
  bool absolute = false;
};

struct Do {
  Phase phase{};
  std::string_view subject;
  Bound from, to;
  Repeat repeat;
  std::string_view moment, amount;
};

struct Expect {
  std::string_view sign;
  Bound from, to;
};

struct Warning {
  std::string_view sign;
  Bound from, to;
  Call call{};
};

/// Depths in micrometres, times as spans; both ends included, an unset end does not bind.
template <class T>
struct Range {
  std::optional<T> least, most;
};

/// A row of a step's settings; a statement of its own with an id.
struct Setting {
  std::string_view id;
  Location at;
  Subjects areas, indications, products;
  std::optional<Range<int>> depth;
  std::string_view depth_written;
  std::optional<Range<Span>> time;
  std::string_view time_written;
  std::string_view text;
  Citations citations;
};

struct Step {
  int order = 0;
  std::string_view title;
  std::optional<SpanRange> length;
  std::vector<std::string_view> instructions, materials, checks;
  bool optional = false;
  std::vector<Setting> settings;
};

struct Series {
  Subjects indications;  ///< empty: any
  std::optional<SpanRange> interval;
  int least = 0, most = 0;  ///< sessions of a course; 0: not given
  int review_after = 0;
};

enum class StatementKind : std::uint8_t { condition, avoid, do_this, expect, warning, step, series };
template <>
inline constexpr std::array<std::string_view, 7> kEnumNames<StatementKind>{"condition", "avoid", "do",    "expect",
                                                                           "warning",   "step",  "series"};

struct Statement {
  std::string_view id;
  Location at;
  std::string_view layer;  ///< the pack or clinic file it stands in force from
  std::string_view summary, say, why, instead, action, note;
  std::optional<Condition> when;
  Scope scope = Scope::anywhere;
  Degree degree = Degree::any;
  Citations citations;
  std::variant<Contraindication, Avoid, Do, Expect, Warning, Step, Series> detail;

  [[nodiscard]] StatementKind kind() const { return static_cast<StatementKind>(detail.index()); }
  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&detail);
  }
};

}  // namespace needleplan
