#include "needleplan/findings/change_days.h"

#include "needleplan/evaluate/avoid_outcomes.h"
#include "needleplan/evaluate/distance.h"

namespace needleplan {

ChangeDays::ChangeDays(const Facts& facts) : facts_(facts) {
  dated_.reserve(facts.entries.size());
  for (const EntryFacts& entry : facts.entries)
    if (const Entry& e = *entry.entry;
        e.last_used.given() || e.date.given() || e.resolved.given() || e.since.given() || is_ongoing(e))
      dated_.push_back({bit(e.section), &entry});
}

void ChangeDays::add(const Statement& statement, const DateTerms& terms, std::vector<Date>& out) {
  terms_ = &terms;
  out_ = &out;
  // An entry that is none of the subjects bears on no outcome, whatever its dates are.
  const Catalog& catalog = facts_.pack->catalog;
  for (const DateTerms::Entries& wanted : terms.entries)
    for (const Dated& dated : dated_)
      if ((wanted.sections & dated.section) != 0 &&
          (wanted.subjects == nullptr || dated.entry->is(catalog, *wanted.subjects) != Truth::no))
        of(*dated.entry);
  if (const Answer<When>& birth = facts_.profile->birth_date; birth.given())
    for (const int age : terms.ages)
      for (const Date day : {birth.given()->days.first, birth.given()->days.last}) {
        put(birthday(day, age));
        put(birthday(day, age + 1));
        if (birth.given()->days.exact()) break;
      }
  for (const SignOff& signoff : facts_.profile->signoffs)
    if (signoff.rule.value == statement.id) put(signoff.expires + std::chrono::days{1});
}

void ChangeDays::put(Date day) {
  if (day > facts_.as_of) out_->push_back(day);
}

void ChangeDays::of(const EntryFacts& entry) {
  const Entry& e = *entry.entry;
  for (const Answer<When>* fact : {&e.last_used, &e.date, &e.resolved, &e.since})
    if (const When* when = fact->given()) dated(*when);
  const bool ongoing = is_ongoing(e);
  const When today{{facts_.as_of, facts_.as_of}, std::nullopt, false};
  if (ongoing) dated(today);
  if (terms_->course == nullptr || !(ongoing || e.last_used.given()) || !e.started.given()) return;
  const When& last = ongoing ? today : *e.last_used.given();
  const When first{{last.days.first, last.days.first}, last.time, last.rough};
  const CourseLength length = course_length(*terms_->course, *e.started.given(), last.days);
  put(first_day_after(first, length.shortest.preferred, facts_.time()));
  put(first_day_after(last, length.longest.preferred, facts_.time()));
}

// Something dated changes its standing on the day itself, the day after, and once each length has passed.
void ChangeDays::dated(const When& when) {
  for (const Date day : {when.days.first, when.days.last}) {
    put(day);
    put(day + std::chrono::days{1});
    for (const Span span : terms_->spans)
      put(first_day_after({{day, day}, when.time, when.rough}, span, facts_.time()));
    for (const Span span : terms_->after)
      put(too_near(day, when, span));
    if (when.days.exact()) break;
  }
  // A plan falls before the beginning of a ban from some day on; the clock and the clamped months of a calendar
  // leave a few days to look at.
  if (terms_->start)
    for (int near = -4; near <= 4; ++near)
      put(before(when.days.last, *terms_->start) + std::chrono::days{near});
}

Date ChangeDays::too_near(Date planned, const When& when, Span span) const {
  // Days go both ways alike; months of different length and the clock do not.
  if (span.unit == Unit::days || span.unit == Unit::weeks) return before(planned, span) + std::chrono::days{1};
  const When exact{{planned, planned}, when.time, when.rough};
  Date day = before(planned, span) + std::chrono::days{2};
  while (distance_after(exact, {span, span}, {day, facts_.time()}).first != Distance::kept)
    day -= std::chrono::days{1};
  return day + std::chrono::days{1};
}

std::vector<Limits> cycle_limits(const Statement& statement, const Facts& facts) {
  if (!statement.when || !facts.profile->cycle.last_period.given()) return {};
  return cycle_days_in(*statement.when);
}

}  // namespace needleplan
