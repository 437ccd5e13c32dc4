#include "needleplan/findings/change_days.h"

#include <algorithm>

#include "needleplan/evaluate/distance.h"
#include "needleplan/protocol/window_length.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

using std::chrono::days;

namespace {

bool is_ongoing(const Entry& entry) {
  return entry.ongoing.given() && entry.ongoing.value;
}

}  // namespace

ChangeDays::ChangeDays(const Facts& facts) : facts_(facts) {
  dated_.reserve(facts.entries.size());
  for (const EntryFacts& entry : facts.entries)
    if (const Entry& e = *entry.entry; e.last_used.given() || e.date.given() || e.resolved.given() || is_ongoing(e))
      dated_.push_back(&entry);
}

void ChangeDays::add(const Statement& statement, std::vector<Date>& out) {
  subjects_.clear();
  spans_.clear();
  ages_.clear();
  start_ = std::nullopt;
  after_ = std::nullopt;
  statement_ = &statement;
  out_ = &out;
  if (statement.when) add_condition(*statement.when);
  if (const auto* rule = statement.as<Contraindication>()) add_span(rule->wait);
  if (const auto* series = statement.as<Series>()) add_span(series->interval);
  avoid_ = statement.as<Avoid>();
  if (avoid_ != nullptr) add_bans();
  if (!subjects_.empty() || statement.as<Series>() != nullptr)
    for (const EntryFacts* entry : dated_)
      if (concerns(*entry)) of(*entry);
  if (const Fact<When>& birth = facts_.profile->birth_date; birth.given())
    for (const int age : ages_)
      for (const Date day : {birth.value.days.first, birth.value.days.last}) {
        put(birthday(day, age));
        put(birthday(day, age + 1));
      }
  for (const SignOff& signoff : facts_.profile->signoffs)
    if (signoff.rule.value == statement.id) put(signoff.expires + days{1});
}

void ChangeDays::add_bans() {
  subjects_.push_back(&avoid_->subjects);
  if (avoid_->before) add_span(length_of(avoid_->before->to, *facts_.pack));
  // Of a single day, for what is listed as an event.
  if (is_course()) spans_.push_back({avoid_->before->to.span.minimum.count, Unit::days});
  if (avoid_->after) after_ = length_of(avoid_->after->to, *facts_.pack);
  if (avoid_->after && avoid_->after->from && avoid_->after->from->kind == Bound::Kind::clock)
    start_ = avoid_->after->from->span.minimum;
}

void ChangeDays::add_span(const std::optional<SpanRange>& range) {
  if (!range) return;
  for (const Span span : {range->minimum, range->preferred})
    if (std::find(spans_.begin(), spans_.end(), span) == spans_.end()) spans_.push_back(span);
}

void ChangeDays::add_condition(const Condition& condition) {
  const auto all = [&](const std::vector<Condition>& terms) {
    for (const Condition& term : terms)
      add_condition(term);
  };
  std::visit(
      Overloaded{[&](const AllOf& x) { all(x.terms); }, [&](const AnyOf& x) { all(x.terms); },
                 [&](const Not& x) { all(x.term); }, [&](const HasCondition& x) { subjects_.push_back(&x.subjects); },
                 [&](const Uses& x) { subjects_.push_back(&x.subjects); },
                 [&](const Had& x) {
                   subjects_.push_back(&x.subjects);
                   if (x.within) spans_.push_back(*x.within);
                 },
                 [&](const Age& x) {
                   for (const auto& limit : {x.years.over, x.years.at_least, x.years.under, x.years.at_most})
                     if (limit) ages_.push_back(*limit);
                 },
                 [](const auto&) {}},
      condition.node);
}

bool ChangeDays::concerns(const EntryFacts& entry) const {
  if (statement_->as<Series>() != nullptr) return entry.entry->section == Section::sessions;
  return std::any_of(subjects_.begin(), subjects_.end(),
                     [&](const Subjects* subjects) { return entry.is(facts_.pack->catalog, *subjects) != Truth::no; });
}

bool ChangeDays::is_course() const {
  return avoid_->before && avoid_->before->to.kind == Bound::Kind::course;
}

void ChangeDays::put(Date day) {
  if (day > facts_.as_of) out_->push_back(day);
}

void ChangeDays::of(const EntryFacts& entry) {
  const Entry& e = *entry.entry;
  for (const Fact<When>* fact : {&e.last_used, &e.date, &e.resolved})
    if (fact->given()) dated(fact->value);
  const bool ongoing = is_ongoing(e);
  const When today{{facts_.as_of, facts_.as_of}, std::nullopt, false};
  if (ongoing) dated(today);
  if (avoid_ == nullptr || !is_course() || !(ongoing || e.last_used.given()) || !e.started.given()) return;
  const When& last = ongoing ? today : e.last_used.value;
  const When first{{last.days.first, last.days.first}, last.time, last.rough};
  const CourseLength length = course_length(avoid_->before->to, e.started.value, last.days);
  put(first_day_after(first, length.shortest.preferred, facts_.time()));
  put(first_day_after(last, length.longest.preferred, facts_.time()));
}

// Something dated changes its standing on the day itself, the day after, and once each length has passed.
void ChangeDays::dated(const When& when) {
  for (const Date day : {when.days.first, when.days.last}) {
    put(day);
    put(day + days{1});
    for (const Span span : spans_)
      put(first_day_after({{day, day}, when.time, when.rough}, span, facts_.time()));
    if (after_) {
      put(too_near(day, when, after_->minimum));
      if (!after_->single()) put(too_near(day, when, after_->preferred));
    }
    if (when.days.exact()) break;
  }
  // A plan falls before the beginning of a ban from some day on; the clock and the clamped months of a calendar
  // leave a few days to look at.
  if (start_)
    for (int near = -4; near <= 4; ++near)
      put(before(when.days.last, *start_) + days{near});
}

Date ChangeDays::too_near(Date planned, const When& when, Span span) const {
  // Days go both ways alike; months of different length and the clock do not.
  if (span.unit == Unit::days || span.unit == Unit::weeks) return before(planned, span) + days{1};
  const When exact{{planned, planned}, when.time, when.rough};
  Date day = before(planned, span) + days{2};
  while (distance_after(exact, {span, span}, {day, facts_.time()}).first != Distance::kept)
    day -= days{1};
  return day + days{1};
}

std::vector<Limits> cycle_limits(const Statement& statement, const Facts& facts) {
  if (!statement.when || !facts.profile->cycle.last_period.given()) return {};
  return cycle_days_in(*statement.when);
}

}  // namespace needleplan
