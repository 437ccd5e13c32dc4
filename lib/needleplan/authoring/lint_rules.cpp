#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "needleplan/authoring/lint_layers.h"
#include "needleplan/authoring/lint_never.h"
#include "needleplan/evaluate/distance.h"

namespace needleplan {

namespace {

/// Minutes from the session, before it negative, both ends included.
struct Hours {
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  std::int64_t to = std::numeric_limits<std::int64_t>::max();
  [[nodiscard]] bool meet(const Hours& other) const { return from < other.to && other.from < to; }
};

enum class FigureKind { minimum, preferred };

/// Nothing for an end without a figure.
std::optional<std::int64_t> minutes_of(const Bound& bound, FigureKind figure, const Pack& pack) {
  const auto length = length_of(bound, pack);
  if (!length) return std::nullopt;
  return rough_minutes(figure == FigureKind::minimum ? length->minimum : length->preferred);
}

/// The hours of one side of a ban; nothing where no figure tells.
std::optional<Hours> hours_of(const Ban& ban, bool before_session, FigureKind figure, const Pack& pack) {
  const auto near = ban.from ? minutes_of(*ban.from, figure, pack) : std::optional<std::int64_t>(0);
  auto far = minutes_of(ban.to, figure, pack);
  if (!far && ban.to.kind == Bound::Kind::open) far = std::numeric_limits<std::int64_t>::max();
  if (!near || !far) return std::nullopt;
  return before_session ? Hours{-*far, -*near} : Hours{*near, *far};
}

/// The hours of an action. What has no start begins at the session or, when it ends before, at any time.
std::optional<Hours> hours_of(const Do& action, const Pack& pack) {
  const auto end = [&](const Bound& bound) -> std::optional<std::int64_t> {
    const auto length = minutes_of(bound, FigureKind::minimum, pack);
    return length && bound.before_session ? -*length : length;
  };
  Hours out;
  if (action.from.kind != Bound::Kind::open) {
    const auto from = end(action.from);
    if (!from) return std::nullopt;
    out.from = *from;
  } else if (speaks_in(action, Phase::aftercare)) {
    out.from = 0;
  }
  if (const auto to = end(action.to)) {
    out.to = *to;
  } else if (!speaks_in(action, Phase::aftercare)) {
    out.to = 0;
  }
  return out;
}

/// A ban of everything that its subjects are, for everybody.
bool is_plain_ban(const Statement& s, const Avoid& avoid) {
  return bans_whole(s, avoid) && !avoid.advice && !avoid.in_session;
}

class Rules {
 public:
  Rules(const Pack& pack, Diagnostics& diagnostics) : pack_(pack), d_(diagnostics) {}

  void check_never() {
    for (const Statement& s : pack_.statements) {
      if (!s.when) continue;
      if (const std::string why = why_never(*s.when, pack_.catalog); !why.empty())
        d_.warning(s.when->at, "lint-never", fmt::format("\"{}\" can never hold: {}", s.id, why));
    }
  }

  void check_pairs() {
    for (std::size_t i = 0; i < pack_.statements.size(); ++i)
      for (std::size_t k = 0; k < i; ++k) {
        check_windows(pack_.statements[k], pack_.statements[i]);
        check_do_and_avoid(pack_.statements[k], pack_.statements[i]);
        check_do_and_avoid(pack_.statements[i], pack_.statements[k]);
        check_covered(pack_.statements[k], pack_.statements[i]);
        check_covered(pack_.statements[i], pack_.statements[k]);
      }
  }

 private:
  /// Where a finding about two statements belongs: to the one of the higher layer, then to the later one.
  [[nodiscard]] static const Statement& later(const Statement& a, const Statement& b, const Pack& pack) {
    const auto height = [&](const Statement& s) {
      const std::size_t layer = pack.layer_of(s.at);
      return layer == kNoLayer ? 0 : layer + 1;
    };
    return height(a) > height(b) ? a : b;
  }

  /// Two unconditional bans of one subject on one side of the session: staged on purpose, or a slip.
  void check_windows(const Statement& first, const Statement& second) {
    const auto* a = first.as<Avoid>();
    const auto* b = second.as<Avoid>();
    if (a == nullptr || b == nullptr || !is_plain_ban(first, *a) || !is_plain_ban(second, *b)) return;
    for (const SubjectId subject : a->subjects) {
      if (std::find(b->subjects.begin(), b->subjects.end(), subject) == b->subjects.end()) continue;
      for (const bool before : {true, false}) {
        const auto& x = before ? a->before : a->after;
        const auto& y = before ? b->before : b->after;
        if (!x || !y) continue;
        const auto one = hours_of(*x, before, FigureKind::preferred, pack_);
        const auto two = hours_of(*y, before, FigureKind::preferred, pack_);
        // One after the other is a course in stages.
        if (one && two && !one->meet(*two)) continue;
        const Statement& at = later(first, second, pack_);
        const Statement& other = &at == &first ? second : first;
        const std::string said =
            fmt::format("\"{}\" and \"{}\" ({}) both ban {} {} the session; the stricter one counts", at.id, other.id,
                        other.at.to_string(), pack_.catalog[subject].id, before ? "before" : "after");
        if (first.layer == second.layer) {
          d_.warning(at.at, "lint-two-windows", said);
        } else {
          d_.note(at.at, "lint-two-windows", said);
        }
      }
    }
  }

  /// An action on a subject while a ban on it still holds.
  void check_do_and_avoid(const Statement& ban, const Statement& asked) {
    const auto* avoid = ban.as<Avoid>();
    const auto* action = asked.as<Do>();
    if (avoid == nullptr || action == nullptr || action->subject.empty() || !is_plain_ban(ban, *avoid)) return;
    if (action->mode == Mode::consult || !action->form.empty() || !action->strength.empty()) return;
    if (action->phase == Phase::procedure) return;
    const SubjectId subject = pack_.catalog.find(action->subject);
    const bool meant =
        subject != kNoSubject && std::any_of(avoid->subjects.begin(), avoid->subjects.end(),
                                             [&](SubjectId wider) { return pack_.catalog.is_a(subject, wider); });
    if (!meant) return;
    const auto hours = hours_of(*action, pack_);
    if (!hours) return;
    for (const bool before : {true, false}) {
      const auto& side = before ? avoid->before : avoid->after;
      const auto banned = side ? hours_of(*side, before, FigureKind::minimum, pack_) : std::nullopt;
      if (!banned || !banned->meet(*hours)) continue;
      const bool allows = action->mode == Mode::may || action->mode == Mode::resume;
      const Statement& at = later(ban, asked, pack_);
      const std::string said =
          &at == &ban ? fmt::format("\"{}\" forbids {} while \"{}\" ({}) still {} it", ban.id, action->subject,
                                    asked.id, asked.at.to_string(), allows ? "allows" : "asks for")
                      : fmt::format("\"{}\" {} {} while \"{}\" ({}) still forbids it", asked.id,
                                    allows ? "allows" : "asks for", action->subject, ban.id, ban.at.to_string());
      if (ban.layer == asked.layer) {
        d_.warning(at.at, "lint-do-and-avoid", said);
      } else {
        d_.note(at.at, "lint-do-and-avoid", said);
      }
    }
  }

  /// Whether a window on one side lies within another; no window lies within any.
  [[nodiscard]] bool within(const std::optional<Ban>& inner, const std::optional<Ban>& outer, bool before) const {
    if (!inner) return true;
    if (!outer) return false;
    const auto held = [&](FigureKind figure) {
      const auto a = hours_of(*inner, before, figure, pack_);
      const auto b = hours_of(*outer, before, figure, pack_);
      return a && b && a->from >= b->from && a->to <= b->to;
    };
    return held(FigureKind::minimum) && held(FigureKind::preferred);
  }

  [[nodiscard]] bool covers(const Statement& rule, const Avoid& outer, const Avoid& inner) const {
    if (!is_plain_ban(rule, outer) || outer.broken < inner.broken || inner.advice || inner.in_session) return false;
    const bool subjects = std::all_of(inner.subjects.begin(), inner.subjects.end(), [&](SubjectId subject) {
      return std::find(outer.subjects.begin(), outer.subjects.end(), subject) != outer.subjects.end();
    });
    return subjects && within(inner.before, outer.before, true) && within(inner.after, outer.after, false);
  }

  /// Whether a rule on a condition of the client, whatever its state, holds wherever `when` does. A rule on something
  /// narrower has words of its own, so it is idle only beside a stricter one.
  [[nodiscard]] bool holds_with(const HasCondition& any_state, const Condition& when, bool narrower_too) const {
    if (const auto* all = std::get_if<AllOf>(&when.node))
      return std::any_of(all->terms.begin(), all->terms.end(),
                         [&](const Condition& term) { return holds_with(any_state, term, narrower_too); });
    const auto* has = std::get_if<HasCondition>(&when.node);
    return has != nullptr && std::all_of(has->subjects.begin(), has->subjects.end(), [&](SubjectId subject) {
             return std::any_of(any_state.subjects.begin(), any_state.subjects.end(), [&](SubjectId wider) {
               return subject == wider || (narrower_too && pack_.catalog.is_a(subject, wider));
             });
           });
  }

  [[nodiscard]] bool covers(const Statement& rule, const Contraindication& outer, const Statement& narrow,
                            const Contraindication& inner) const {
    const auto* any_state = rule.when ? std::get_if<HasCondition>(&rule.when->node) : nullptr;
    if (any_state == nullptr || any_state->status != 0 || !narrow.when) return false;
    if (outer.verdict < inner.verdict || outer.signoff > inner.signoff || (inner.absolute && !outer.absolute))
      return false;
    return holds_with(*any_state, *narrow.when, outer.verdict > inner.verdict);
  }

  /// A rule that a stricter one without its conditions makes idle.
  void check_covered(const Statement& wide, const Statement& narrow) {
    if (wide.scope < narrow.scope) return;
    bool covered = false;
    if (wide.as<Avoid>() != nullptr && narrow.as<Avoid>() != nullptr) {
      // Two that are both plain are two windows.
      covered = !is_plain_ban(narrow, *narrow.as<Avoid>()) && covers(wide, *wide.as<Avoid>(), *narrow.as<Avoid>());
    } else if (wide.as<Contraindication>() != nullptr && narrow.as<Contraindication>() != nullptr) {
      covered = covers(wide, *wide.as<Contraindication>(), narrow, *narrow.as<Contraindication>()) &&
                !(wide.id > narrow.id && same(wide, narrow));
    }
    if (!covered) return;
    d_.warning(narrow.at, "lint-covered",
               fmt::format("\"{}\" adds nothing: \"{}\" ({}) holds wherever it does and is as strict", narrow.id,
                           wide.id, wide.at.to_string()));
  }

  [[nodiscard]] bool same(const Statement& a, const Statement& b) const {
    return a.when && b.when && text_of(*a.when, pack_.catalog) == text_of(*b.when, pack_.catalog);
  }

  const Pack& pack_;
  Diagnostics& d_;
};

}  // namespace

void lint_rules(const Pack& pack, Diagnostics& diagnostics) {
  Rules rules(pack, diagnostics);
  rules.check_never();
  rules.check_pairs();
}

}  // namespace needleplan
