/// Statements against facts and a session day: does it hold, how badly, and what is not known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "needleplan/evaluate/distance.h"
#include "needleplan/evaluate/facts.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/text/truth.h"

namespace needleplan {

/// A fact that an outcome rests on.
struct Used {
  const EntryFacts* entry = nullptr;  ///< null for facts of the client or session
  std::string_view key;               ///< within the entry, or the whole path (`client.birth_date`)
  Location at;
  std::string_view item = {};  ///< what follows the key in the path, where the client chose its name: `answers.ITEM`
};

/// The arithmetic of one dated fact against one window, kept for words and for the first good day.
struct Measured {
  const EntryFacts* entry = nullptr;
  std::string_view key;  ///< `last_used`, `date`, `resolved`; empty when it is still used (as of today)
  When when;             ///< what was measured from
  SpanRange window;
  bool after_session = false;  ///< a plan too soon after the session
  bool wait = false;           ///< after something ended, not a ban
  Distance distance = Distance::kept;
  bool ongoing = false;
  int course_days = 0;  ///< the window is as long as this course, or several times; 0 for others
};

/// The last days of use, or of the event, that keep the window it was measured against; `whole` is never the later one.
struct LastDays {
  Date minimum{};
  Date whole{};  ///< the preferred length too
};
[[nodiscard]] LastDays last_days(const SessionStart& session, const Measured& measured);

/// The outcome of one statement on one session day.
struct Outcome {
  Truth holds = Truth::no;  ///< yes: it applies with `verdict`; unknown: `open` would settle it
  Verdict verdict = Verdict::clear;
  std::vector<Used> used;
  std::vector<Open> open;
  std::vector<Measured> measured;
  bool prescribed = false;            ///< the prescribed-medicine rule turned it into consult
  const EntryFacts* entry = nullptr;  ///< the entry it is about, where it is about one
  std::optional<Distance> distance;   ///< it holds only as a wait after something ended, or before something planned
  bool planned = false;               ///< such a plan, for which only the time after it has a length
  std::vector<Open> pending;          ///< missing facts that could make a wait worse
};

/// A statement's outcomes on a session day (nullopt: the day is not known): one for each entry it
/// concerns, in profile order, or one for the client or session; nothing when it does not hold.
[[nodiscard]] std::vector<Outcome> evaluate(const Statement& statement, const Facts& facts,
                                            std::optional<Date> session);

/// A setting of a step against the planned depth and numbing time. Where a step has a row for the very
/// product, its rows for the wider class do not count.
[[nodiscard]] Outcome evaluate(const Setting& setting, const Step& step, const Facts& facts);

/// Whether a setting can come to anything but "no"; for most rows a look is enough.
[[nodiscard]] bool may_speak(const Setting& setting, const Facts& facts);

/// Whether a `series` row is one for the session's indications: one that names them, else the general one. A general
/// row of a higher layer counts beside the rows below it that name them.
[[nodiscard]] Truth applies(const Statement& statement, const Facts& facts);

/// What stands under a statement when a length is broken: its verdict, or consult where a clearance bears on it that
/// nobody can decide here; an absolute rule stays as it is.
[[nodiscard]] Verdict with_clearance(const Statement& statement, Verdict verdict);

/// The truth of a condition by itself, with what it rests on (of a joined one only where it may hold). Words that
/// nothing decides count as they must for the condition to hold. Of a rule, what has ended or is still
/// to come counts as long as the rule says.
[[nodiscard]] Outcome evaluate(const Condition& condition, const Facts& facts, std::optional<Date> session, Scope scope,
                               const Contraindication* rule = nullptr);

}  // namespace needleplan
