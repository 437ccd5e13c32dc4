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

using RangeOf = std::function<SpanRange*(Statement&)>;
using NumberOf = std::function<int*(Statement&)>;
using ConditionOf = std::function<Condition*(Statement&)>;

class EdgeList {
 public:
  explicit EdgeList(const Pack& pack) : pack_(pack) {}

  void add(const Statement& statement) {
    if (statement.when) add_condition(*statement.when, [](Statement& s) { return &*s.when; });
    std::visit(Overloaded{[&](const Avoid& avoid) { add_avoid(avoid); },
                          [&](const Contraindication& rule) {
                            if (rule.wait)
                              add_range("wait", *rule.wait, true,
                                        tells_apart(rule.wait_verdict) ? Minimum::checked : Minimum::nowhere,
                                        [](Statement& s) { return &*std::get<Contraindication>(s.detail).wait; });
                            if (rule.ahead)
                              add_range("ahead", *rule.ahead, true,
                                        tells_apart(rule.wait_verdict) ? Minimum::checked : Minimum::nowhere,
                                        [](Statement& s) { return &*std::get<Contraindication>(s.detail).ahead; });
                          },
                          [&](const Series& series) {
                            if (series.interval)
                              add_range("interval", *series.interval, true, Minimum::checked,
                                        [](Statement& s) { return &*std::get<Series>(s.detail).interval; });
                          },
                          [&](const Step& step) { add_step(step); }, [&](const Do& x) { add_ends(x); },
                          [&](const Expect& x) { add_ends(x); }, [&](const Warning& x) { add_ends(x); }},
               statement.detail);
  }

  [[nodiscard]] std::vector<Edge> take() { return std::move(out_); }

 private:
  void push(std::string name, bool window, std::function<bool(Statement&, int)> move, std::string_view setting = {}) {
    out_.push_back({std::move(name), window, setting, std::move(move)});
  }

  /// Where the minimum of a range makes a difference of its own.
  enum class Minimum { checked, printed, nowhere };
  /// Where short of the minimum is no worse than short of the preferred length, a check cannot tell them apart.
  static bool tells_apart(Verdict broken) { return broken != Verdict::caution; }

  void add_range(std::string_view name, SpanRange range, bool window, Minimum minimum, const RangeOf& of,
                 std::string_view setting = {}) {
    if (range.single()) {
      push(
          fmt::format("{} {}", name, to_string(range)), window,
          [of](Statement& s, int step) {
            SpanRange& r = *of(s);
            return move_span(r.minimum, step) && move_span(r.preferred, step);
          },
          setting);
      return;
    }
    if (minimum != Minimum::nowhere)
      push(
          fmt::format("{}, minimum {}", name, to_string(range.minimum)), window && minimum == Minimum::checked,
          [of](Statement& s, int step) { return move_span(of(s)->minimum, step); }, setting);
    push(
        fmt::format("{}, preferred {}", name, to_string(range.preferred)), window,
        [of](Statement& s, int step) { return move_span(of(s)->preferred, step); }, setting);
  }

  void add_avoid(const Avoid& avoid) {
    const auto ban = [&](std::string_view name, const std::optional<Ban>& window, std::optional<Ban> Avoid::*part) {
      if (!window) return;
      if (window->from && window->from->kind == Bound::Kind::clock)
        add_range(fmt::format("{} from", name), window->from->span, false, Minimum::nowhere,
                  [part](Statement& s) { return &(std::get<Avoid>(s.detail).*part)->from->span; });
      const auto length = length_of(window->to, pack_);
      if (!length) return;
      const bool figure = window->to.kind == Bound::Kind::clock;
      add_range(name, *length, !avoid.advice, tells_apart(avoid.broken) ? Minimum::checked : Minimum::printed,
                [part, length, figure](Statement& s) {
                  Bound& bound = (std::get<Avoid>(s.detail).*part)->to;
                  // What a check measures with is the usual length of an event, so that is what moves.
                  if (!figure && bound.kind != Bound::Kind::clock) {
                    bound.kind = Bound::Kind::clock;
                    bound.span = *length;
                  }
                  return &bound.span;
                });
    };
    ban("before", avoid.before, &Avoid::before);
    ban("after", avoid.after, &Avoid::after);
    limits("strength", avoid.strength, 1, [](Statement& s) { return &std::get<Avoid>(s.detail).strength; });
  }

  /// Of a printed end, the figure that a plan shows: the preferred length, or how long after an event.
  template <class T>
  void add_end(std::string_view name, const Bound& bound, Bound T::*end) {
    if (bound.kind == Bound::Kind::clock || bound.kind == Bound::Kind::later_of ||
        bound.kind == Bound::Kind::earlier_of)
      add_range(name, bound.span, false, Minimum::nowhere,
                [end](Statement& s) { return &(std::get<T>(s.detail).*end).span; });
    if (bound.offset)
      push(fmt::format("{}, {} after an event", name, to_string(*bound.offset)), false,
           [end](Statement& s, int step) { return move_span(*(std::get<T>(s.detail).*end).offset, step); });
  }
  template <class T>
  void add_ends(const T& x) {
    add_end("from", x.from, &T::from);
    add_end("to", x.to, &T::to);
  }

  void add_step(const Step& step) {
    if (step.length)
      add_range("length", *step.length, false, Minimum::printed,
                [](Statement& s) { return &*std::get<Step>(s.detail).length; });
    for (std::size_t i = 0; i < step.settings.size(); ++i)
      add_setting(step.settings[i], i);
  }

  void add_setting(const Setting& setting, std::size_t index) {
    const auto row = [index](Statement& s) -> Setting& { return std::get<Step>(s.detail).settings[index]; };
    const auto depth = [&](std::string_view name, std::optional<int> Range<int>::*end) {
      if (!setting.depth || !((*setting.depth).*end)) return;
      push(
          fmt::format("depth, {} {}", name, depth_words(*((*setting.depth).*end))), false,
          [row, end](Statement& s, int step) {
            *((*row(s).depth).*end) += step * kDepthStep;
            return true;
          },
          setting.id);
    };
    depth("least", &Range<int>::least);
    depth("most", &Range<int>::most);
    const auto time = [&](std::string_view name, std::optional<Span> Range<Span>::*end) {
      if (!setting.time || !((*setting.time).*end)) return;
      push(
          fmt::format("time, {} {}", name, to_string(*((*setting.time).*end))), false,
          [row, end](Statement& s, int step) { return move_span(*((*row(s).time).*end), step); }, setting.id);
    };
    time("least", &Range<Span>::least);
    time("most", &Range<Span>::most);
  }

  using LimitsOf = std::function<Limits*(Statement&)>;

  /// `unit`: how much one step is.
  void limits(std::string_view name, const Limits& limit, int unit, const LimitsOf& of) {
    const auto end = [&](std::string_view word, std::optional<int> Limits::*part) {
      if (limit.*part)
        push(fmt::format("{} {} {}", name, word, *(limit.*part)), false, [of, part, unit](Statement& s, int step) {
          *(of(s)->*part) += step * unit;
          return true;
        });
    };
    end("over", &Limits::over);
    end("at least", &Limits::at_least);
    end("under", &Limits::under);
    end("at most", &Limits::at_most);
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the condition
  void add_condition(const Condition& condition, const ConditionOf& of) {
    const auto terms = [&]<class Joint>(const Joint& joint) {
      for (std::size_t i = 0; i < joint.terms.size(); ++i)
        add_condition(joint.terms[i], [of, i](Statement& s) { return &std::get<Joint>(of(s)->node).terms[i]; });
    };
    std::visit(
        Overloaded{[&](const AllOf& all) { terms(all); }, [&](const AnyOf& any) { terms(any); },
                   [&](const Not& negation) {
                     add_condition(negation.term.front(),
                                   [of](Statement& s) { return &std::get<Not>(of(s)->node).term.front(); });
                   },
                   [&](const Had& had) {
                     if (!had.within) return;
                     push(fmt::format("within {}", to_string(*had.within)), false,
                          [of](Statement& s, int step) { return move_span(*std::get<Had>(of(s)->node).within, step); });
                   },
                   [&](const Age& age) {
                     limits("age", age.years, 1, [of](Statement& s) { return &std::get<Age>(of(s)->node).years; });
                   },
                   [&](const NeedleDepth& depth) {
                     limits("depth", depth.micrometres, kDepthStep,
                            [of](Statement& s) { return &std::get<NeedleDepth>(of(s)->node).micrometres; });
                   },
                   [&](const NumbingTime& time) {
                     limits("numbing time", time.minutes, 1,
                            [of](Statement& s) { return &std::get<NumbingTime>(of(s)->node).minutes; });
                   },
                   [&](const Uses& uses) {
                     limits("strength", uses.strength, 1,
                            [of](Statement& s) { return &std::get<Uses>(of(s)->node).strength; });
                   },
                   [](const auto&) {}},
        condition.node);
  }

  const Pack& pack_;
  std::vector<Edge> out_;
};

}  // namespace

std::vector<Edge> edges_of(const Statement& statement, const Pack& pack) {
  EdgeList list(pack);
  list.add(statement);
  return list.take();
}

}  // namespace needleplan
