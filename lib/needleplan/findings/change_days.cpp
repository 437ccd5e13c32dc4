#include <algorithm>

#include "needleplan/evaluate/cycle.h"
#include "needleplan/evaluate/distance.h"
#include "needleplan/findings/collect.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

using std::chrono::days;

/// Every length a statement measures with, and every age it asks about.
struct Lengths {
  std::vector<Span> spans;
  std::vector<int> ages;
  std::vector<Span> starts;  ///< after the session, when a ban begins
  std::vector<Limits> cycle_days;
  std::vector<Bound> courses;  ///< before the session, as long as a course

  void add(const std::optional<SpanRange>& range) {
    if (!range) return;
    spans.push_back(range->minimum);
    spans.push_back(range->preferred);
  }

  void add(const Condition& condition) {
    const auto all = [&](const std::vector<Condition>& terms) {
      for (const Condition& term : terms)
        add(term);
    };
    std::visit(Overloaded{[&](const AllOf& x) { all(x.terms); }, [&](const AnyOf& x) { all(x.terms); },
                          [&](const Not& x) { all(x.term); },
                          [&](const Had& x) {
                            if (x.within) spans.push_back(*x.within);
                          },
                          [&](const Age& x) {
                            for (const auto& limit : {x.years.over, x.years.at_least, x.years.under, x.years.at_most})
                              if (limit) ages.push_back(*limit);
                          },
                          [](const auto&) {}},
               condition.node);
  }
};

Lengths lengths_of(const Statement& statement, const Pack& pack) {
  Lengths out;
  if (statement.when) {
    out.add(*statement.when);
    out.cycle_days = cycle_days_in(*statement.when);
  }
  if (const auto* rule = statement.as<Contraindication>()) out.add(rule->wait);
  if (const auto* series = statement.as<Series>()) out.add(series->interval);
  if (const auto* avoid = statement.as<Avoid>()) {
    if (avoid->before) out.add(length_of(avoid->before->to, pack));
    if (avoid->before && avoid->before->to.kind == Bound::Kind::course) {
      out.courses.push_back(avoid->before->to);
      // Of a single day, for what is listed as an event.
      out.spans.push_back({avoid->before->to.span.minimum.count, Unit::days});
    }
    if (avoid->after) out.add(length_of(avoid->after->to, pack));
    if (avoid->after && avoid->after->from && avoid->after->from->kind == Bound::Kind::clock)
      out.starts.push_back(avoid->after->from->span.minimum);
  }
  return out;
}

}  // namespace

std::vector<Date> change_days(const Facts& facts, const std::vector<std::uint16_t>& rules) {
  std::vector<Date> out{facts.as_of};
  Lengths all;
  for (const std::uint16_t number : rules) {
    const Lengths one = lengths_of(facts.pack->statements[number], *facts.pack);
    all.spans.insert(all.spans.end(), one.spans.begin(), one.spans.end());
    all.ages.insert(all.ages.end(), one.ages.begin(), one.ages.end());
    all.starts.insert(all.starts.end(), one.starts.begin(), one.starts.end());
    all.courses.insert(all.courses.end(), one.courses.begin(), one.courses.end());
    all.cycle_days.insert(all.cycle_days.end(), one.cycle_days.begin(), one.cycle_days.end());
  }
  std::sort(all.spans.begin(), all.spans.end(),
            [](Span a, Span b) { return std::pair(a.unit, a.count) < std::pair(b.unit, b.count); });
  all.spans.erase(std::unique(all.spans.begin(), all.spans.end()), all.spans.end());

  // Something dated changes its standing on the day itself, the day after, and once each length has passed.
  const auto dated = [&](const When& when) {
    out.insert(out.end(), {when.days.first, when.days.first + days{1}, when.days.last, when.days.last + days{1}});
    for (const Span span : all.spans) {
      const When first{{when.days.first, when.days.first}, when.time, when.rough};
      out.push_back(first_day_after(when, span, facts.time()));
      out.push_back(first_day_after(first, span, facts.time()));
    }
    // A plan falls before the beginning of a ban from some day on; the clock and the clamped months of a calendar
    // leave a few days to look at.
    for (const Span span : all.starts)
      for (int near = -4; near <= 4; ++near)
        out.push_back(before(when.days.last, span) + days{near});
  };
  for (const EntryFacts& entry : facts.entries) {
    const Entry& e = *entry.entry;
    for (const Fact<When>* fact : {&e.last_used, &e.date, &e.resolved})
      if (fact->given()) dated(fact->value);
    const bool ongoing = e.ongoing.given() && e.ongoing.value;
    const When today{{facts.as_of, facts.as_of}, std::nullopt, false};
    if (ongoing) dated(today);
    if ((ongoing || e.last_used.given()) && e.started.given())
      for (const Bound& course : all.courses) {
        const When& last = ongoing ? today : e.last_used.value;
        const When first{{last.days.first, last.days.first}, last.time, last.rough};
        const CourseLength length = course_length(course, e.started.value, last.days);
        out.push_back(first_day_after(first, length.shortest.preferred, facts.time()));
        out.push_back(first_day_after(last, length.longest.preferred, facts.time()));
      }
  }
  if (const Fact<When>& birth = facts.profile->birth_date; birth.given())
    for (const int age : all.ages)
      for (const Date day : {birth.value.days.first, birth.value.days.last}) {
        out.push_back(birthday(day, age));
        out.push_back(birthday(day, age + 1));
      }
  for (const SignOff& signoff : facts.profile->signoffs)
    out.push_back(signoff.expires + days{1});

  std::erase_if(out, [&](Date day) { return day < facts.as_of; });
  // A cycle goes round: after each of the days it can be any day of the cycle that decides.
  if (const Cycle& cycle = facts.profile->cycle; cycle.last_period.given() && !all.cycle_days.empty()) {
    std::vector<Date> turns;
    for (const Date day : out)
      for (const Limits& limits : all.cycle_days)
        for (const Date turn : cycle_changes(limits, cycle, day))
          turns.push_back(turn);
    out.insert(out.end(), turns.begin(), turns.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace needleplan
