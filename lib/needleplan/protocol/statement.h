/// The statements of a pack: a subject, a window around the session, what to do about it, and a source.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "needleplan/protocol/condition.h"
#include "needleplan/protocol/layered.h"
#include "needleplan/protocol/name_place.h"
#include "needleplan/protocol/role.h"
#include "needleplan/protocol/verdict.h"
#include "needleplan/time/span.h"

namespace needleplan {

/// How near to the treated areas something must be to count: on them, on them or skin that touches them, anywhere.
enum class Scope : std::uint8_t { area, near, anywhere };
template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Scope>{"area", "near", "anywhere"};

enum class Degree : std::uint8_t { any, prolonged, excess };
template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Degree>{"any", "prolonged", "excess"};

enum class Phase : std::uint8_t { prep, day_of, procedure, aftercare };
template <>
inline constexpr std::array<std::string_view, 4> kEnumNames<Phase>{"prep", "day-of", "procedure", "aftercare"};

/// Whom a warning sign sends the client to; `watch` where the source names nobody. Ascending.
enum class Call : std::uint8_t { watch, clinic, urgent };
template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Call>{"watch", "clinic", "urgent"};

/// What an action asks for: it must be done, may be done, may be done again from then on, is a preventive medicine
/// that a prescriber decides on, or is a question to a doctor or the clinic.
enum class Mode : std::uint8_t { must, may, resume, prophylaxis, consult };
template <>
inline constexpr std::array<std::string_view, 5> kEnumNames<Mode>{"do", "may", "resume", "prophylaxis", "consult"};
/// An action that is allowed, not asked for: less of it is stricter.
[[nodiscard]] constexpr bool permits(Mode mode) {
  return mode == Mode::may || mode == Mode::resume;
}

/// How strong a source is; the letters of the pack's source list. `own` is a clinic's own rule.
enum class Grade : std::uint8_t { seed, regulator, labelling, literature, clinic, own, weak };
template <>
inline constexpr std::array<std::string_view, 7> kEnumNames<Grade>{"seed", "R", "D", "L", "C", "O", "X"};
[[nodiscard]] std::string_view words(Grade grade);

/// One end of a window, relative to the session.
struct Bound {
  enum class Kind : std::uint8_t {
    open,        ///< no end is given
    clock,       ///< `span`, on the clock or calendar
    event,       ///< until (or from) a named event, and `offset` after it
    later_of,    ///< `span` or the event, whichever is later
    earlier_of,  ///< `span` or the event, whichever is earlier
    vague,       ///< "a few" of a unit; stays words
    course       ///< as long as the course of the medicine lasted, `span.minimum.count` times
  };
  Kind kind = Kind::open;
  bool before_session = false;  ///< counted back from the session
  SpanRange span;
  std::size_t event = 0;       ///< index into Pack::events
  std::optional<Span> offset;  ///< counted from the event
  std::string_view written;    ///< of a map: of the length in it
};

/// An event that the clock does not tell: "healed", "bedtime".
struct Event {
  std::string_view id;
  std::string_view label;          ///< what stands after "until" or "when"
  std::optional<SpanRange> usual;  ///< after the session; nothing when no source says
  bool moment = false;             ///< a moment of the day
  Location at;
  Layered written;
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

/// How often, where no number says it. The first: one time within the window, whenever that ends.
enum class Recurrence : std::uint8_t {
  once,
  twice,
  daily,
  nightly,
  every_morning,
  every_evening,
  morning_and_evening,
  as_needed,
  as_often_as_needed,
  as_directed,
  before_each_touch,
  each_session,
  regularly,
  whenever_outdoors
};
template <>
inline constexpr std::array<std::string_view, 14> kEnumNames<Recurrence>{"once",
                                                                         "twice",
                                                                         "daily",
                                                                         "nightly",
                                                                         "every morning",
                                                                         "every evening",
                                                                         "AM and PM",
                                                                         "as needed",
                                                                         "as often as needed",
                                                                         "as directed",
                                                                         "before each touch",
                                                                         "each session",
                                                                         "regularly",
                                                                         "whenever outdoors"};

enum class Per : std::uint8_t { hour, day, week, month };
template <>
inline constexpr std::array<std::string_view, 4> kEnumNames<Per>{"hour", "day", "week", "month"};

enum class During : std::uint8_t { awake };
template <>
inline constexpr std::array<std::string_view, 1> kEnumNames<During>{"awake"};

/// How often. At most one of the forms is set.
struct Repeat {
  std::optional<Recurrence> word;
  int times = 0;  ///< `times` a day (or per `per`), or at least so often
  int most = 0;   ///< at most so often; `times` where only one number is given
  std::optional<Per> per;
  std::optional<SpanRange> every;
  std::optional<During> during;
  std::optional<Span> on, off;  ///< duty cycle
  bool operator==(const Repeat&) const = default;
  [[nodiscard]] bool given() const { return word || times > 0 || every || on; }
  [[nodiscard]] bool once() const { return word == Recurrence::once; }
};

/// A ban on one side of the session. `to` is the end away from the session, `from` the end at it (the session when
/// unset): `before: {from: 7d, to: 2d}` of a pack has its 7d in `to`.
struct Ban {
  std::optional<Bound> from;
  Bound to;
};

struct Avoid {
  Subjects subjects;
  std::optional<Ban> before, after;
  Verdict broken = Verdict::defer;  ///< when the minimum is not kept
  bool advice = false;              ///< printed, never checked
  bool in_session = false;          ///< a ban for the session itself, printed with the procedure
  Roles signed_by = kDefaultRoles;  ///< who may let a prescribed medicine be used on
  std::string_view form;            ///< only what has this form
  Limits strength;                  ///< only what is so strong; thousandths of a per cent
};

struct Contraindication {
  Verdict verdict = Verdict::avoid;
  std::string_view until;
  std::optional<SpanRange> wait;  ///< after it ended
  /// Before something planned, like `wait`. Without it a plan within the wait only asks a clinician.
  std::optional<SpanRange> ahead;
  Verdict wait_verdict = Verdict::defer;
  Roles signed_by = kDefaultRoles;     ///< who may sign it off
  Verdict signoff = Verdict::consult;  ///< the highest verdict a sign-off may turn into a caution; clear: none
  bool absolute = false;
};

struct Do {
  std::optional<Phase> phase;  ///< taken from the window where it is not given
  Mode mode = Mode::must;
  std::string_view subject;
  Bound from, to;
  Repeat repeat;
  std::string_view moment, amount, form, strength;
  Subjects uses;  ///< what is put on or taken: an allergy to it takes the line off, or puts `instead` in its place
};

struct Expect {
  std::string_view sign;
  Bound from, to;
  std::string_view amount;
  bool in_session = false;  ///< printed with the procedure
};

struct Warning {
  std::string_view sign;
  Bound from, to;
  Call call = Call::clinic;
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
  Subjects uses;             ///< what the row puts to use, and what is in it
  std::string_view instead;  ///< said to who is allergic to it, in place of `text`
  Citations citations;
  Layered written;
};

struct Step {
  int order = 0;
  std::string_view title;
  std::optional<SpanRange> length;
  std::vector<std::string_view> instructions, materials, checks;
  bool optional = false;
  std::vector<Setting> settings;
  Subjects uses;  ///< in the whole of the step
};

/// Sessions of a course; 0: not given, a most of 0 beside a least: or more.
struct SessionCount {
  int least = 0, most = 0;
  bool operator==(const SessionCount&) const = default;
};

struct Series {
  Subjects indications;  ///< empty: any
  std::optional<SpanRange> interval;
  SessionCount sessions;
  int review_after = 0;
};

/// `3`, `3..6`, `4..`: as packs write them.
[[nodiscard]] std::string sessions_text(SessionCount series);

/// Known names that no rule needs: they say nothing against a session where they stand alone. A rule always counts
/// before it.
struct NoConcern {
  Subjects subjects;
  NamePlaces places = 0;  ///< where they may stand; 0: wherever such a name can
};

enum class StatementKind : std::uint8_t { condition, avoid, do_this, expect, warning, step, series, no_concern };
template <>
inline constexpr std::array<std::string_view, 8> kEnumNames<StatementKind>{
    "condition", "avoid", "do", "expect", "warning", "step", "series", "no_concern"};

/// Where a layer stands in the order of layers; a file of a narrower kind lies over one of a wider kind.
enum class LayerKind : std::uint8_t { chain, clinic, practitioner, visit };
template <>
inline constexpr std::array<std::string_view, 4> kEnumNames<LayerKind>{"chain", "clinic", "practitioner", "visit"};

/// Why something of a lower layer was made weaker, and who answers for that.
struct Loosened {
  std::string_view layer;
  std::string_view reason, by;
  std::string what;               ///< what became weaker, in words
  std::vector<std::string> keys;  ///< of a statement: which of its keys
  Location at;
};

/// A layer that a statement has a part from, lowest first: the one that made it, then those that changed it.
struct Origin {
  std::string_view layer;
  Location at;
  std::vector<std::string_view> keys;  ///< given there
};

struct Statement {
  std::string_view id;
  Location at;             ///< in the topmost layer that has a part in it
  std::string_view layer;  ///< likewise
  std::vector<Origin> origins;
  std::vector<Loosened> loosened;
  std::string_view summary, say, why, instead, action, note, graded;
  std::optional<Condition> when;
  Scope scope = Scope::anywhere;
  Degree degree = Degree::any;
  Citations citations;
  Layered written;  ///< every key with its place, as each layer gives it
  std::variant<Contraindication, Avoid, Do, Expect, Warning, Step, Series, NoConcern> detail;

  [[nodiscard]] StatementKind kind() const { return static_cast<StatementKind>(detail.index()); }
  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&detail);
  }
};

/// What a statement puts to use; null for kinds that use nothing.
[[nodiscard]] const Subjects* uses_of(const Statement& statement);

/// No length at all: the session itself.
[[nodiscard]] bool is_zero(const Bound& bound);

/// A ban on the whole of its subject, whoever the client is.
[[nodiscard]] bool bans_whole(const Statement& statement, const Avoid& avoid);

/// Whether an action is printed in a phase: the one it names, or those that its window touches. What begins before the
/// session and goes on past it is printed on both sides.
[[nodiscard]] bool speaks_in(const Do& action, Phase phase);

}  // namespace needleplan
