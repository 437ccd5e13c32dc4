#include "needleplan/protocol/compare.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/protocol/compare_changes.h"
#include "needleplan/protocol/compare_condition.h"
#include "needleplan/protocol/statement_fields.h"
#include "needleplan/protocol/translate.h"
#include "needleplan/protocol/window_length.h"
#include "needleplan/protocol/window_text.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

bool same(const Bound& a, const Bound& b) {
  return a.kind == b.kind && a.before_session == b.before_session && a.span == b.span && a.event == b.event &&
         a.offset == b.offset;
}

/// A window that begins no later: one without a start always did.
bool starts_as_early(const Bound& a, const Bound& b) {
  return same(a, b) || a.kind == Bound::Kind::open || no_later(a, b);
}
bool ends_as_late(Bound a, Bound b) {
  if (same(a, b) || a.kind == Bound::Kind::open) return true;
  // The day that ends a window is a day of it: it ends where the next one begins.
  for (Bound* end : {&a, &b})
    if (end->kind == Bound::Kind::clock && !end->before_session)
      for (Span* span : {&end->span.minimum, &end->span.preferred})
        if (span->unit == Unit::days || span->unit == Unit::weeks)
          *span = {(span->unit == Unit::weeks ? 7 : 1) * span->count + 1, Unit::days};
  return no_later(b, a);
}

/// Milder than a caution comes out of a wait, or a ban, that is not kept: then more days of it are no stricter.
bool rises(const Contraindication& rule) {
  return !rule.wait || (rule.wait_verdict >= Verdict::caution && rule.verdict >= rule.wait_verdict);
}

/// A statement as it was and as it is. What was is `was_` with the subjects and events of the new pack, for judging,
/// and `written_` in its own pack, for words.
class StatementComparison {
 public:
  StatementComparison(const Statement& written, const Pack& old_pack, const Translated& was, const Statement& now,
                      const Pack& pack)
      : written_(written), old_pack_(old_pack), was_(was.statement), when_lost_(was.when_lost), now_(now), pack_(pack) {
    permits_ = permits(now) && permits(written);
  }

  std::vector<Change> run() {
    std::visit([&](const auto& now) { detail(std::get<std::decay_t<decltype(now)>>(was_.detail), now); }, now_.detail);
    when();
    if (was_.scope != now_.scope) {
      const bool shown = !(now_.when && denies_entries(*now_.when)) && ordered();
      const bool wide = now_.scope > was_.scope;
      changes_.add("scope", judged(wide && shown, !wide && shown), to_string(was_.scope), to_string(now_.scope));
    }
    if (was_.degree != now_.degree)
      changes_.add("degree", judged(now_.degree == Degree::any, was_.degree == Degree::any), to_string(was_.degree),
                   to_string(now_.degree));
    changes_.text("summary", was_.summary, now_.summary);
    changes_.text("say", was_.say, now_.say);
    changes_.text("why", was_.why, now_.why);
    changes_.text("instead", was_.instead, now_.instead);
    changes_.text("action", was_.action, now_.action);
    changes_.text("note", was_.note, now_.note);
    changes_.text("graded", was_.graded, now_.graded);
    sources();
    return changes_.take();
  }

 private:
  /// Of something that a wider window or condition makes stricter; looser for what permits.
  [[nodiscard]] Direction judged(bool wider, bool narrower) const {
    return permits_ ? judge(narrower, wider) : judge(wider, narrower);
  }
  [[nodiscard]] bool ordered() const {
    const auto* rule = now_.as<Contraindication>();
    return rule == nullptr || rises(*rule);
  }

  /// Which sources came and went; the order says nothing.
  void sources() {
    const auto lacking = [](const Statement& a, const Pack& of_a, const Statement& b, const Pack& of_b) {
      std::string out;
      for (const Citation& one : a.citations.list) {
        const std::string_view key = of_a.references[one.source].key;
        if (std::none_of(b.citations.list.begin(), b.citations.list.end(),
                         [&](const Citation& other) { return of_b.references[other.source].key == key; }))
          out += fmt::format("{}{}", out.empty() ? "" : ", ", key);
      }
      return out;
    };
    const std::string gone = lacking(written_, old_pack_, now_, pack_);
    const std::string come = lacking(now_, pack_, written_, old_pack_);
    if (!gone.empty()) changes_.add("sources", Direction::other, "without " + gone);
    if (!come.empty()) changes_.add("sources", Direction::other, "with " + come);
  }

  void when() {
    if (was_.when == now_.when && !when_lost_) return;
    const std::string was = written_.when ? text_of(*written_.when, old_pack_.catalog) : "always";
    const std::string now = now_.when ? text_of(*now_.when, pack_.catalog) : "always";
    // With a clearance a rule only asks a clinician, whatever its verdict says.
    const auto cleared = [](const Statement& s) { return s.when && has_clearance(*s.when); };
    const bool milder = cleared(now_) && !cleared(was_);
    const bool wider = !milder && (!now_.when || (was_.when && covers(*now_.when, *was_.when, pack_.catalog)));
    const bool narrower =
        (!was_.when && !when_lost_) || (now_.when && was_.when && covers(*was_.when, *now_.when, pack_.catalog));
    changes_.add("when", judged(wider && ordered(), narrower), was, now);
  }

  /// Every field of one kind of statement by its row, and then those that are judged together.
  template <class T>
  void detail(const T& was, const T& now) {
    const T& written = std::get<T>(written_.detail);
    each_field<T>([&](const auto& field) {
      if (field.stricter != Stricter::together)
        change(std::string(field.key), field.stricter, written.*field.member, was.*field.member, now.*field.member);
    });
    together(was, now);
  }

  template <class E>
  requires std::is_enum_v<E>
  void change(std::string key, Stricter stricter, E, E was, E now) {
    if (was == now) return;
    const auto word = [&](E value) {
      if constexpr (std::is_same_v<E, Verdict>)
        if (stricter == Stricter::lower && value == Verdict::clear) return std::string_view("none");
      return to_string(value);
    };
    const bool up = (now > was) == (stricter == Stricter::higher);
    changes_.add(std::move(key), up ? Direction::stricter : Direction::looser, word(was), word(now));
  }

  void change(std::string key, Stricter stricter, bool, bool was, bool now) {
    changes_.flag(std::move(key), was, now, stricter == Stricter::set ? Direction::stricter : Direction::looser);
  }

  void change(std::string key, Stricter stricter, int, int was, int now) {
    if (was == now) return;
    const auto text = [&](int value) {
      return value == 0 && stricter == Stricter::neither ? std::string{} : fmt::format("{}", value);
    };
    changes_.add(std::move(key), stricter == Stricter::neither ? Direction::other : Direction::looser, text(was),
                 text(now));
  }

  void change(std::string key, Stricter, Roles, Roles was, Roles now) {
    if (was == now) return;
    const bool fewer = (signers(now) & ~signers(was)) == 0;
    changes_.add(std::move(key), fewer ? Direction::stricter : Direction::looser, roles_text(was), roles_text(now));
  }

  void change(std::string key, Stricter, NamePlaces, NamePlaces was, NamePlaces now) {
    if (was == now) return;
    const auto every = [](NamePlaces places) { return places == 0 ? kEveryPlace : places; };
    const auto reach = [&](NamePlaces a, NamePlaces b) { return (every(b) & ~every(a)) == 0; };
    changes_.add(std::move(key), judged(reach(now, was), reach(was, now)), places_text(was), places_text(now));
  }

  void change(std::string key, Stricter stricter, std::string_view, std::string_view was, std::string_view now) {
    if (was == now) return;
    if (stricter == Stricter::reworded) return changes_.text(std::move(key), was, now);
    const bool neither = stricter == Stricter::neither || (stricter == Stricter::filled_in && was.empty());
    const Direction direction = stricter == Stricter::wider ? judge(now.empty(), was.empty())
                                : neither                   ? Direction::other
                                                            : Direction::looser;
    changes_.add(std::move(key), direction, was, now);
  }

  void change(std::string key, Stricter stricter, const Subjects& written, const Subjects& was, const Subjects& now) {
    if (was == now) return;
    if (stricter == Stricter::named)
      return changes_.add(std::move(key), judge(holds_all(now, was), holds_all(was, now)),
                          ids_of(written, old_pack_.catalog), ids_of(now, pack_.catalog));
    const auto covers_all = [&](const Subjects& a, const Subjects& b) {
      if (stricter == Stricter::wider && (a.empty() || b.empty())) return a.empty();
      return covers(a, b, pack_.catalog);
    };
    changes_.add(std::move(key), judged(covers_all(now, was), covers_all(was, now)), ids_of(written, old_pack_.catalog),
                 ids_of(now, pack_.catalog));
  }

  void change(std::string key, Stricter, const Limits&, const Limits& was, const Limits& now) {
    constexpr int kPerCent = 1000;
    if (was != now)
      changes_.add(std::move(key), judge(covers(now, was), covers(was, now)), text_of(was, kPerCent),
                   text_of(now, kPerCent));
  }

  void change(const std::string& key, Stricter stricter, const std::optional<SpanRange>&,
              const std::optional<SpanRange>& was, const std::optional<SpanRange>& now) {
    const auto text = [](const std::optional<SpanRange>& range) { return range ? to_string(*range) : std::string{}; };
    if (stricter == Stricter::neither || was == now) return changes_.value(key, text(was), text(now));
    if (was && now) return changes_.range(key, *was, *now, text(was), text(now));
    changes_.add(key, now ? Direction::stricter : Direction::looser, text(was), text(now));
  }

  void change(std::string key, Stricter, SessionCount, SessionCount was, SessionCount now) {
    const auto text = [](SessionCount count) { return count.least > 0 ? sessions_text(count) : std::string{}; };
    changes_.value(std::move(key), text(was), text(now));
  }

  void change(const std::string& key, Stricter, const std::vector<std::string_view>&,
              const std::vector<std::string_view>& was, const std::vector<std::string_view>& now) {
    compare_lines(key, was, now, changes_);
  }

  void change(const std::string& key, Stricter, const std::optional<Ban>& written, const std::optional<Ban>& was,
              const std::optional<Ban>& now) {
    ban(key, key == "before" ? "before.to" : "after.from", written, was, now, now_.as<Avoid>()->broken);
  }

  void change(std::string key, Stricter stricter, const Bound& written, const Bound& was, const Bound& now) {
    if (same(was, now)) return;
    const auto as_far = [&](const Bound& a, const Bound& b) {
      return stricter == Stricter::start ? starts_as_early(a, b) : ends_as_late(a, b);
    };
    // What is to be done and what may be done are not windows of one thing.
    const auto* action = now_.as<Do>();
    const bool comparable = action == nullptr || action->mode == was_.as<Do>()->mode;
    changes_.add(std::move(key), judged(as_far(now, was) && comparable, as_far(was, now) && comparable),
                 text_of(written, old_pack_), text_of(now, pack_));
  }

  // Always judged together with other fields.
  using Phases = std::optional<Phase>;
  void change(std::string_view, Stricter, const Phases&, const Phases&, const Phases&) const {}
  void change(std::string_view, Stricter, const Repeat&, const Repeat&, const Repeat&) const {}
  using Settings = std::vector<Setting>;
  void change(std::string_view, Stricter, const Settings&, const Settings&, const Settings&) const {}

  template <class T>
  void together(const T&, const T&) const {}

  void together(const Contraindication& was, const Contraindication& now) {
    wait(was, now);
    ahead(was, now);
    if (was.wait && now.wait)
      change("wait_verdict", Stricter::higher, was.wait_verdict, was.wait_verdict, now.wait_verdict);
  }

  void together(const Do& was, const Do& now) {
    mode(was.mode, now.mode);
    if (was.phase != now.phase) {
      constexpr std::array kPhases{Phase::prep, Phase::day_of, Phase::procedure, Phase::aftercare};
      const auto as_wide = [&](const Do& a, const Do& b) {
        return std::all_of(kPhases.begin(), kPhases.end(),
                           [&](Phase p) { return !speaks_in(b, p) || speaks_in(a, p); });
      };
      changes_.add("phase", judged(as_wide(now, was), as_wide(was, now)), was.phase ? to_string(*was.phase) : "",
                   now.phase ? to_string(*now.phase) : "");
    }
    action_subject(was.subject, now.subject);
    // What is done once is printed once.
    if (now.repeat.once() && !was.repeat.once() && speaks_in(now, Phase::aftercare)) {
      changes_.add("repeat", Direction::looser, repeat_text(was.repeat), repeat_text(now.repeat));
    } else {
      changes_.value("repeat", repeat_text(was.repeat), repeat_text(now.repeat));
    }
  }

  void together(const Step& was, const Step& now) { compare_settings(was, now, pack_.catalog, changes_); }

  void wait(const Contraindication& was, const Contraindication& now) {
    if (was.wait == now.wait) return;
    if (was.wait && now.wait) {
      const bool shown = rises(now) && !denies_entries(*now_.when);
      changes_.range("wait", *was.wait, *now.wait, to_string(*was.wait), to_string(*now.wait), shown);
      return;
    }
    // Where nothing said how long something counts after it ended, some things counted for good.
    const bool stricter = now.wait && !holds_past_a_wait(*now_.when);
    changes_.add("wait", stricter ? Direction::stricter : Direction::looser, was.wait ? to_string(*was.wait) : "",
                 now.wait ? to_string(*now.wait) : "");
  }

  /// Without a length of its own a plan counts as near as the wait is long, but only asks.
  void ahead(const Contraindication& was, const Contraindication& now) {
    if (was.ahead == now.ahead) return;
    const std::string before = was.ahead ? to_string(*was.ahead) : "";
    const std::string after = now.ahead ? to_string(*now.ahead) : "";
    if (was.ahead && now.ahead) return changes_.range("ahead", *was.ahead, *now.ahead, before, after, rises(now));
    const bool stricter = now.ahead && now.wait_verdict >= Verdict::consult &&
                          (!was.wait || (at_least(now.ahead->minimum, was.wait->minimum) &&
                                         at_least(now.ahead->preferred, was.wait->preferred)));
    changes_.add("ahead", stricter ? Direction::stricter : Direction::looser, before, after);
  }

  /// `near` is the key of the end at the session.
  void ban(const std::string& key, const std::string& near, const std::optional<Ban>& written,
           const std::optional<Ban>& was, const std::optional<Ban>& now, Verdict broken) {
    if (!was && !now) return;
    const std::string before = written ? text_of(written->to, old_pack_) : "";
    const std::string after = now ? text_of(now->to, pack_) : "";
    if (!was || !now) {
      changes_.add(key, now ? Direction::stricter : Direction::looser, before, after);
      return;
    }
    const auto needed = length_of(written->to, old_pack_);
    const auto found = length_of(now->to, pack_);
    // Between the minimum and the preferred length stands a caution: a broken minimum must not be milder.
    const bool rises = broken >= Verdict::caution || (needed && needed->single());
    if (was->to.kind == Bound::Kind::clock && now->to.kind == Bound::Kind::clock) {
      changes_.range(key, was->to.span, now->to.span, before, after, rises);
    } else if (!same(was->to, now->to) || needed != found) {
      const bool strict = bans_as_long(now->to, found, was->to, needed);
      // NOLINTNEXTLINE(readability-suspicious-call-argument): each is asked of the other
      const bool back = bans_as_long(was->to, needed, now->to, found);
      const Direction direction = judge(strict && rises, back);
      // The same event of another pack, which usually comes at another time there.
      const auto usual = [&](const std::string& text, const std::optional<SpanRange>& length) {
        return before != after ? text : fmt::format("{} (usually {})", text, length ? to_string(*length) : "no figure");
      };
      changes_.add(key, direction, usual(before, needed), usual(after, found));
    }
    const bool near_same =
        was->from.has_value() == now->from.has_value() && (!now->from || same(*was->from, *now->from));
    if (!near_same)
      changes_.add(near, judge(begins_as_near(now->from, was->from), begins_as_near(was->from, now->from)),
                   written->from ? text_of(*written->from, old_pack_) : "the session",
                   now->from ? text_of(*now->from, pack_) : "the session");
  }

  void mode(Mode was, Mode now) {
    if (was == now) return;
    const bool stricter = (was == Mode::may && (now == Mode::must || now == Mode::consult)) ||
                          (was == Mode::prophylaxis && now == Mode::consult);
    changes_.add("mode", stricter ? Direction::stricter : Direction::looser, to_string(was), to_string(now));
  }

  /// A free word that is often a subject of the catalog; only then it is known what belongs to what.
  void action_subject(std::string_view was, std::string_view now) {
    if (was == now) return;
    const SubjectId a = pack_.catalog.find(was);
    const SubjectId b = pack_.catalog.find(now);
    const auto is = [&](SubjectId narrow, SubjectId wide) {
      return narrow != kNoSubject && wide != kNoSubject && pack_.catalog.is_a(narrow, wide);
    };
    changes_.add("subject", was.empty() ? Direction::other : judged(is(a, b), is(b, a)), was, now);
  }

  static std::string repeat_text(const Repeat& repeat) {
    std::string out(repeat.word ? to_string(*repeat.word) : "");
    const auto add = [&](const std::string& more) { out += (out.empty() ? "" : ", ") + more; };
    if (repeat.times > 0)
      add(fmt::format("{}{} per {}", repeat.times,
                      repeat.most > repeat.times ? fmt::format("..{}", repeat.most) : std::string{},
                      to_string(repeat.per.value_or(Per::day))));
    if (repeat.every) add("every " + to_string(*repeat.every));
    if (repeat.during) add(fmt::format("while {}", to_string(*repeat.during)));
    if (repeat.on) add(to_string(*repeat.on) + " on");
    if (repeat.off) add(to_string(*repeat.off) + " off");
    return out;
  }

  const Statement& written_;
  const Pack& old_pack_;
  const Statement& was_;
  bool when_lost_;
  const Statement& now_;
  const Pack& pack_;
  bool permits_ = false;
  Changes changes_;
};

}  // namespace

std::vector<Change> compare(const Statement& before, const Statement& after, const Pack& pack) {
  return StatementComparison(before, pack, Translated{before, false}, after, pack).run();
}

std::vector<Change> compare(const Statement& before, const Pack& before_pack, const Statement& after,
                            const Pack& after_pack) {
  return StatementComparison(before, before_pack, translated(before, before_pack, after_pack), after, after_pack).run();
}

bool permits(const Statement& statement) {
  const auto* action = statement.as<Do>();
  return statement.as<Expect>() != nullptr || statement.as<NoConcern>() != nullptr ||
         (action != nullptr && permits(action->mode));
}

bool displaces_stricter(const Series& row, const Series& general) {
  return !row.indications.empty() && row.interval && general.indications.empty() && general.interval &&
         !at_least(*row.interval, *general.interval);
}

}  // namespace needleplan
