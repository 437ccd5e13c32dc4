#include "needleplan/authoring/edges.h"

#include <fmt/format.h>

#include "needleplan/authoring/known_ids.h"
#include "needleplan/evaluate/distance.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

constexpr int kDepthStep = 10;  // micrometres

/// By a day, or by an hour or a minute; false where it would become negative.
bool move_span(Span& span, int step) {
  if (span.on_clock() || span.unit == Unit::days) {
    if (span.count + step < 0) return false;
    span.count += step;
    return true;
  }
  if (span.count == 0) return false;
  span.more_days += step;
  return true;
}

/// Walks over the lengths and numbers of one statement.
class EdgeWalk {
 public:
  /// An edge within that statement, and how it moves there.
  struct Place {
    std::string name;
    bool window = false;
    std::string_view setting;
    std::function<bool(int step)> move;
  };

  EdgeWalk(Statement& statement, const Pack& pack) : pack_(pack) {
    if (statement.when) condition(*statement.when);
    std::visit([&](auto& detail) { all(detail); }, statement.detail);
  }

  [[nodiscard]] std::vector<Place> take() { return std::move(out_); }

 private:
  /// Where the minimum of a range makes a difference of its own.
  enum class Minimum { checked, printed, nowhere };
  /// Where short of the minimum is no worse than short of the preferred length, a check cannot tell them apart.
  static Minimum minimum_of(Verdict broken, Minimum otherwise) {
    return broken == Verdict::caution ? otherwise : Minimum::checked;
  }

  void push(std::string name, bool window, std::function<bool(int)> move) {
    out_.push_back({std::move(name), window, setting_, std::move(move)});
  }

  void range(std::string_view name, SpanRange& place, bool window, Minimum minimum) {
    range(name, place, window, minimum, [&place]() -> SpanRange& { return place; });
  }
  /// `place`: gives the range that moves, which may be made only then.
  template <class Place>
  void range(std::string_view name, const SpanRange& length, bool window, Minimum minimum, Place place) {
    if (length.single())
      return push(fmt::format("{} {}", name, to_string(length)), window, [place](int step) {
        SpanRange& moved = place();
        return move_span(moved.minimum, step) && move_span(moved.preferred, step);
      });
    if (minimum != Minimum::nowhere)
      push(fmt::format("{}, minimum {}", name, to_string(length.minimum)), window && minimum == Minimum::checked,
           [place](int step) { return move_span(place().minimum, step); });
    push(fmt::format("{}, preferred {}", name, to_string(length.preferred)), window,
         [place](int step) { return move_span(place().preferred, step); });
  }

  /// `unit`: how much one step is.
  void limits(std::string_view name, Limits& limits, int unit) {
    for (const LimitName& end : kLimitNames)
      if (auto& limit = limits.*end.member)
        push(fmt::format("{} {} {}", name, end.words, *limit), false, [&limit, unit](int step) {
          *limit += step * unit;
          return true;
        });
  }

  void condition(Condition& condition) {
    if (auto* terms = terms_of(condition))
      for (Condition& term : *terms)
        this->condition(term);
    std::visit(Overloaded{[&](Had& had) {
                            if (had.within)
                              push(fmt::format("within {}", to_string(*had.within)), false,
                                   [&had](int step) { return move_span(*had.within, step); });
                          },
                          [&](Age& age) { limits("age", age.years, 1); },
                          [&](NeedleDepth& depth) { limits("depth", depth.micrometres, kDepthStep); },
                          [&](NumbingTime& time) { limits("numbing time", time.minutes, 1); },
                          [&](Uses& uses) { limits("strength", uses.strength, 1); }, [](auto&) {}},
               condition.node);
  }

  void all(Contraindication& rule) {
    const Minimum minimum = minimum_of(rule.wait_verdict, Minimum::nowhere);
    if (rule.wait) range("wait", *rule.wait, true, minimum);
    if (rule.ahead) range("ahead", *rule.ahead, true, minimum);
  }
  void all(Avoid& avoid) {
    const Minimum minimum = minimum_of(avoid.broken, Minimum::printed);
    ban("before", avoid.before, !avoid.advice, minimum);
    ban("after", avoid.after, !avoid.advice, minimum);
    limits("strength", avoid.strength, 1);
  }
  /// Of a printed end, the figure that a plan shows: the preferred length, or how long after an event.
  template <class T>
  requires requires(T& x) { x.from, x.to; }
  void all(T& x) {
    for (const auto& [name, end] : {std::pair{"from", &x.from}, std::pair{"to", &x.to}}) {
      if (end->kind == Bound::Kind::clock || end->kind == Bound::Kind::later_of || end->kind == Bound::Kind::earlier_of)
        range(name, end->span, false, Minimum::nowhere);
      if (end->offset)
        push(fmt::format("{}, {} after an event", name, to_string(*end->offset)), false,
             [bound = end](int step) { return move_span(*bound->offset, step); });
    }
  }
  void all(Step& step) {
    if (step.length) range("length", *step.length, false, Minimum::printed);
    for (Setting& setting : step.settings)
      row(setting);
  }
  void all(Series& series) {
    if (series.interval) range("interval", *series.interval, true, Minimum::checked);
  }
  void all(NoConcern&) const {}

  void ban(std::string_view name, std::optional<Ban>& ban, bool window, Minimum minimum) {
    if (!ban) return;
    if (ban->from && ban->from->kind == Bound::Kind::clock)
      range(fmt::format("{} from", name), ban->from->span, false, Minimum::nowhere);
    const auto length = length_of(ban->to, pack_);
    if (!length) return;
    // What a check measures with is the usual length of an event, so that is what moves.
    range(name, *length, window, minimum, [&end = ban->to, measured = *length]() -> SpanRange& {
      if (end.kind != Bound::Kind::clock) {
        end.kind = Bound::Kind::clock;
        end.span = measured;
      }
      return end.span;
    });
  }

  void row(Setting& setting) {
    setting_ = setting.id;
    ends("depth", setting.depth, depth_words, [](int& depth, int step) {
      depth += step * kDepthStep;
      return true;
    });
    ends(
        "time", setting.time, [](Span span) { return to_string(span); }, move_span);
    setting_ = {};
  }
  template <class T, class Words, class Move>
  void ends(std::string_view name, std::optional<Range<T>>& range, Words words, Move move) {
    if (!range) return;
    for (const auto& [word, end] : {std::pair{"least", &range->least}, std::pair{"most", &range->most}})
      if (*end)
        push(fmt::format("{}, {} {}", name, word, words(**end)), false,
             [limit = end, move](int step) { return move(**limit, step); });
  }

  const Pack& pack_;
  std::string_view setting_;
  std::vector<Place> out_;
};

}  // namespace

std::vector<Edge> edges_of(const Statement& statement, const Pack& pack) {
  std::vector<Edge> out;
  Statement copy = statement;
  for (const EdgeWalk::Place& place : EdgeWalk(copy, pack).take())
    out.push_back({place.name, place.window, place.setting, [&pack, number = out.size()](Statement& other, int step) {
                     return EdgeWalk(other, pack).take()[number].move(step);
                   }});
  return out;
}

}  // namespace needleplan
