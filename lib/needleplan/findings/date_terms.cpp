#include "needleplan/findings/date_terms.h"

#include <algorithm>
#include <span>

#include "needleplan/evaluate/avoid_outcomes.h"
#include "needleplan/protocol/window_length.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

void add_span(const std::optional<SpanRange>& range, std::vector<Span>& out) {
  if (!range) return;
  for (const Span span : {range->minimum, range->preferred})
    if (std::find(out.begin(), out.end(), span) == out.end()) out.push_back(span);
}

void add_bans(const Avoid& avoid, const Pack& pack, DateTerms& out) {
  DateTerms::Entries entries{0, &avoid.subjects};
  for (std::size_t i = 0; i < kSections; ++i)
    if (may_be_banned(static_cast<Section>(i))) entries.sections |= bit(static_cast<Section>(i));
  out.entries.push_back(entries);
  if (avoid.before) add_span(length_of(avoid.before->to, pack), out.spans);
  if (avoid.before && avoid.before->to.kind == Bound::Kind::course) {
    out.course = &avoid.before->to;
    // Of a single day, for what is listed as an event.
    out.spans.push_back({out.course->span.minimum.count, Unit::days});
  }
  if (avoid.after) add_span(length_of(avoid.after->to, pack), out.after);
  if (avoid.after && avoid.after->from && avoid.after->from->kind == Bound::Kind::clock)
    out.start = avoid.after->from->span.minimum;
}

void add_entries(const Subjects& subjects, std::span<const Section> sections, DateTerms& out) {
  DateTerms::Entries entries{0, &subjects};
  for (const Section section : sections)
    entries.sections |= bit(section);
  out.entries.push_back(entries);
}

/// Earlier sessions, under whatever section they stand.
void add_sessions(const Pack& pack, DateTerms& out) {
  out.entries.push_back({bit(Section::sessions), nullptr});
  add_entries(pack.treatment, kNamedEventSections, out);
}

void add_condition(const Condition& condition, const Pack& pack, DateTerms& out) {
  each_leaf(condition, [&](const Condition& leaf, bool) {
    std::visit(Overloaded{[&](const HasCondition& x) { add_entries(x.subjects, kIllSections, out); },
                          [&](const Uses& x) { add_entries(x.subjects, kUseSections, out); },
                          [&](const Had& x) {
                            add_entries(x.subjects, kEventSections, out);
                            if (!x.within) return;
                            out.spans.push_back(*x.within);
                            out.after.push_back(*x.within);
                          },
                          [&](const FirstSession&) { add_sessions(pack, out); },
                          [&](const Age& x) {
                            for (const auto& limit : {x.years.over, x.years.at_least, x.years.under, x.years.at_most})
                              if (limit) out.ages.push_back(*limit);
                          },
                          [](const auto&) {}},
               leaf.node);
  });
}

}  // namespace

DateTerms date_terms(const Statement& statement, const Pack& pack) {
  DateTerms out;
  if (statement.when) {
    add_condition(*statement.when, pack, out);
    out.cycle = cycle_days_in(*statement.when);
  }
  if (const auto* rule = statement.as<Contraindication>()) {
    add_span(rule->wait, out.spans);
    add_span(rule->ahead ? rule->ahead : rule->wait, out.after);
  }
  if (const auto* series = statement.as<Series>()) {
    add_span(series->interval, out.spans);
    add_span(series->interval, out.after);
    add_sessions(pack, out);
  }
  if (const auto* avoid = statement.as<Avoid>()) add_bans(*avoid, pack, out);
  return out;
}

}  // namespace needleplan
