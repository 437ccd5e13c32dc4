#include "needleplan/protocol/compare.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/protocol/compare_changes.h"
#include "needleplan/protocol/compare_condition.h"
#include "needleplan/protocol/statement_fields.h"
#include "needleplan/protocol/window_length.h"
#include "needleplan/protocol/window_text.h"

namespace needleplan {

namespace {

template <class T>
bool same(const T& a, const T& b) {
  return a == b;
}
bool same(const Bound& a, const Bound& b) {
  return a.kind == b.kind && a.before_session == b.before_session && a.span == b.span && a.event == b.event &&
         a.offset == b.offset;
}

bool same(const std::optional<Bound>& a, const std::optional<Bound>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
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
    each_field<Statement>([&](const auto& text) { changes_.text(text.key, was_.*text.member, now_.*text.member); });
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
    const auto keys = [](const Statement& statement, const Pack& pack) {
      std::vector<std::string_view> out;
      for (const Citation& one : statement.citations.list)
        out.push_back(pack.references[one.source].key);
      return out;
    };
    const auto add = [&](std::string_view word, std::vector<std::string_view> of,
                         const std::vector<std::string_view>& others) {
      std::erase_if(of,
                    [&](std::string_view key) { return std::find(others.begin(), others.end(), key) != others.end(); });
      if (!of.empty()) changes_.add("sources", Direction::other, fmt::format("{} {}", word, fmt::join(of, ", ")));
    };
    const auto was = keys(written_, old_pack_);
    const auto now = keys(now_, pack_);
    add("without", was, now);
    add("with", now, was);
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
        change(field.key, field.stricter, written.*field.member, was.*field.member, now.*field.member);
    });
    together(was, now);
  }

  /// One value, by the words and the direction that its type has.
  template <class T>
  void change(std::string_view key, Stricter stricter, const T& written, const T& was, const T& now) {
    if (same(was, now)) return;
    const std::string before = text(written, stricter, old_pack_);
    const std::string after = text(now, stricter, pack_);
    if (stricter != Stricter::neither || before != after) changes_.add(key, way(stricter, was, now), before, after);
  }
  void change(std::string_view key, Stricter, const std::optional<Ban>& written, const std::optional<Ban>& was,
              const std::optional<Ban>& now) {
    ban(key, written, was, now, now_.as<Avoid>()->broken);
  }
  void change(std::string_view key, Stricter, const std::vector<std::string_view>&,
              const std::vector<std::string_view>& was, const std::vector<std::string_view>& now) {
    changes_.lines(key, was, now);
  }
  void change(std::string_view, Stricter, const std::vector<Setting>&, const std::vector<Setting>& was,
              const std::vector<Setting>& now) {
    compare_settings(was, now, pack_.catalog, changes_);
  }
  void change(std::string_view key, Stricter stricter, std::string_view, std::string_view was, std::string_view now) {
    if (stricter == Stricter::reworded) return changes_.text(key, was, now);
    if (was != now) changes_.add(key, way(stricter, was, now), was, now);
  }
  void change(std::string_view key, Stricter stricter, const std::optional<SpanRange>&,
              const std::optional<SpanRange>& was, const std::optional<SpanRange>& now) {
    if (stricter != Stricter::neither) return changes_.length(key, was, now);
    changes_.value(key, length_text(was), length_text(now));
  }

  // What a value says.
  template <class E>
  requires std::is_enum_v<E>
  static std::string text(E value, Stricter stricter, const Pack&) {
    if constexpr (std::is_same_v<E, Verdict>)
      if (stricter == Stricter::lower && value == Verdict::clear) return {};
    return std::string(to_string(value));
  }
  static std::string text(bool value, Stricter, const Pack&) { return value ? "yes" : "no"; }
  static std::string text(int value, Stricter stricter, const Pack&) {
    return value == 0 && stricter == Stricter::neither ? std::string{} : fmt::format("{}", value);
  }
  static std::string text(Roles value, Stricter, const Pack&) { return roles_text(value); }
  static std::string text(NamePlaces value, Stricter, const Pack&) { return places_text(value); }
  static std::string text(const Subjects& value, Stricter, const Pack& pack) { return ids_of(value, pack.catalog); }
  static std::string text(const Limits& value, Stricter, const Pack&) { return text_of(value, kPerCent); }
  static std::string text(SessionCount value, Stricter, const Pack&) {
    return value.least > 0 ? sessions_text(value) : std::string{};
  }
  static std::string text(const Bound& value, Stricter, const Pack& pack) { return text_of(value, pack); }
  static std::string text(std::optional<Phase> value, Stricter, const Pack&) {
    return value ? std::string(to_string(*value)) : std::string{};
  }
  static std::string text(const Repeat& repeat, Stricter, const Pack&) {
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

  // Which way it goes from one value to another.
  template <class E>
  requires std::is_enum_v<E>
  [[nodiscard]] static Direction way(Stricter stricter, E was, E now) {
    return (now > was) == (stricter == Stricter::higher) ? Direction::stricter : Direction::looser;
  }
  [[nodiscard]] static Direction way(Stricter, Mode was, Mode now) {
    const bool stricter = (was == Mode::may && (now == Mode::must || now == Mode::consult)) ||
                          (was == Mode::prophylaxis && now == Mode::consult);
    return stricter ? Direction::stricter : Direction::looser;
  }
  [[nodiscard]] static Direction way(Stricter stricter, bool, bool now) {
    return now == (stricter == Stricter::set) ? Direction::stricter : Direction::looser;
  }
  [[nodiscard]] static Direction way(Stricter stricter, int, int) {
    return stricter == Stricter::neither ? Direction::other : Direction::looser;
  }
  [[nodiscard]] static Direction way(Stricter, SessionCount, SessionCount) { return Direction::other; }
  [[nodiscard]] static Direction way(Stricter, Roles was, Roles now) {
    return (signers(now) & ~signers(was)) == 0 ? Direction::stricter : Direction::looser;
  }
  [[nodiscard]] Direction way(Stricter, NamePlaces was, NamePlaces now) const {
    const auto every = [](NamePlaces places) { return places == 0 ? kEveryPlace : places; };
    return judged((every(was) & ~every(now)) == 0, (every(now) & ~every(was)) == 0);
  }
  [[nodiscard]] static Direction way(Stricter stricter, std::string_view was, std::string_view now) {
    if (stricter == Stricter::wider) return judge(now.empty(), was.empty());
    const bool neither = stricter == Stricter::neither || (stricter == Stricter::filled_in && was.empty());
    return neither ? Direction::other : Direction::looser;
  }
  [[nodiscard]] Direction way(Stricter stricter, const Subjects& was, const Subjects& now) const {
    if (stricter == Stricter::named) return judge(holds_all(now, was), holds_all(was, now));
    const auto all = [&](const Subjects& a, const Subjects& b) {
      return stricter == Stricter::wider ? concerns_all(a, b, pack_.catalog) : covers(a, b, pack_.catalog);
    };
    return judged(all(now, was), all(was, now));
  }
  [[nodiscard]] static Direction way(Stricter, const Limits& was, const Limits& now) {
    return judge(covers(now, was), covers(was, now));
  }
  [[nodiscard]] Direction way(Stricter stricter, const Bound& was, const Bound& now) const {
    const auto as_far = [&](const Bound& a, const Bound& b) {
      return stricter == Stricter::start ? starts_as_early(a, b) : ends_as_late(a, b);
    };
    // What is to be done and what may be done are not windows of one thing.
    const auto* action = now_.as<Do>();
    const bool comparable = action == nullptr || action->mode == was_.as<Do>()->mode;
    return judged(as_far(now, was) && comparable, as_far(was, now) && comparable);
  }
  [[nodiscard]] Direction way(Stricter, std::optional<Phase>, std::optional<Phase>) const {
    constexpr std::array kPhases{Phase::prep, Phase::day_of, Phase::procedure, Phase::aftercare};
    const auto as_wide = [&](const Do& a, const Do& b) {
      return std::all_of(kPhases.begin(), kPhases.end(), [&](Phase p) { return !speaks_in(b, p) || speaks_in(a, p); });
    };
    const Do& was = *was_.as<Do>();
    const Do& now = *now_.as<Do>();
    return judged(as_wide(now, was), as_wide(was, now));
  }
  [[nodiscard]] Direction way(Stricter, const Repeat& was, const Repeat& now) const {
    // What is done once is printed once.
    const bool once = now.once() && !was.once() && speaks_in(*now_.as<Do>(), Phase::aftercare);
    return once ? Direction::looser : Direction::other;
  }

  template <class T>
  void together(const T&, const T&) const {}

  void together(const Contraindication& was, const Contraindication& now) {
    // Where nothing said how long something counts after it ended, some things counted for good.
    if (was.wait != now.wait)
      changes_.length("wait", was.wait, now.wait, rises(now) && !denies_entries(*now_.when),
                      !holds_past_a_wait(*now_.when));
    // Without a length of its own a plan counts as near as the wait is long, but only asks.
    const bool as_long =
        now.ahead && now.wait_verdict >= Verdict::consult && (!was.wait || at_least(*now.ahead, *was.wait));
    changes_.length("ahead", was.ahead, now.ahead, rises(now), as_long);
    if (was.wait && now.wait)
      change("wait_verdict", Stricter::higher, was.wait_verdict, was.wait_verdict, now.wait_verdict);
  }

  void together(const Do& was, const Do& now) {
    change("mode", Stricter::together, was.mode, was.mode, now.mode);
    change("phase", Stricter::together, was.phase, was.phase, now.phase);
    action_subject(was.subject, now.subject);
    change("repeat", Stricter::neither, was.repeat, was.repeat, now.repeat);
  }

  /// `to`, the end away from the session, and `from` at it, which has a key of its own.
  void ban(std::string_view key, const std::optional<Ban>& written, const std::optional<Ban>& was,
           const std::optional<Ban>& now, Verdict broken) {
    if (!was && !now) return;
    const std::string before = written ? text_of(written->to, old_pack_) : "";
    const std::string after = now ? text_of(now->to, pack_) : "";
    if (!was || !now) return changes_.add(key, now ? Direction::stricter : Direction::looser, before, after);
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
      // The same event of another pack, which usually comes at another time there.
      const auto usual = [&](const std::string& text, const std::optional<SpanRange>& length) {
        return before != after ? text : fmt::format("{} (usually {})", text, length ? to_string(*length) : "no figure");
      };
      changes_.add(key, judge(strict && rises, back), usual(before, needed), usual(after, found));
    }
    if (same(was->from, now->from)) return;
    const auto near_text = [](const Ban& ban, const Pack& pack) {
      return ban.from ? text_of(*ban.from, pack) : std::string("the session");
    };
    changes_.add(key == "before" ? "before.to" : "after.from",
                 judge(begins_as_near(now->from, was->from), begins_as_near(was->from, now->from)),
                 near_text(*written, old_pack_), near_text(*now, pack_));
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

  static constexpr int kPerCent = 1000;
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

std::optional<Change> in_place_of(const Series& row, const Statement& general) {
  const auto* wide = general.as<Series>();
  if (wide == nullptr || !displaces_stricter(row, *wide)) return std::nullopt;
  return Change{"interval", Direction::looser,
                fmt::format("{}, in place of the {} of \"{}\"", to_string(*row.interval), to_string(*wide->interval),
                            general.id)};
}

}  // namespace needleplan
