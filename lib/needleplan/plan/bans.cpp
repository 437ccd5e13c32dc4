#include "needleplan/plan/bans.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/evaluate/complete.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/remarks.h"

namespace needleplan {

namespace {

constexpr int kForGood = 100000;

/// The client's own products that a ban meets, and whether one of them is prescribed.
struct Own {
  std::vector<std::string> names;
  bool prescribed = false;
  bool unknown_prescription = false;
};

Own own(const Avoid& avoid, const PlanInput& input) {
  Own out;
  if (input.facts == nullptr) return out;
  for (const EntryFacts& entry : input.facts->entries) {
    const Entry& e = *entry.entry;
    const bool use =
        e.section == Section::medicines || e.section == Section::products || e.section == Section::supplements;
    if (!use || entry.is(input.pack->catalog, avoid.subjects) == Truth::no) continue;
    if (e.ongoing.given() && !*e.ongoing.given()) continue;
    out.names.emplace_back(e.name.value);
    const bool only = entry.prescription_only(input.pack->catalog);
    out.prescribed = out.prescribed || only || (is_yes(e.prescribed));
    out.unknown_prescription = out.unknown_prescription || (!only && e.prescribed.open());
  }
  return out;
}

}  // namespace

Days days_of_ends(const PlannedEnd& from, const PlannedEnd& to) {
  Days out;
  out.first = from.day.value_or(0);
  out.open = !to.day;
  out.last = to.day.value_or(kForGood);
  return out;
}

bool ends_at_moment_of_day(const Bound& end, const Pack& pack) {
  return end.kind == Bound::Kind::event && pack.events[end.event].moment && !end.offset;
}

Days days_of_ban(const Avoid& avoid, const PlannedEnd& from, const PlannedEnd& to, const Pack& pack) {
  Days days = days_of_ends(from, to);
  // "For the rest of the day": the day itself still counts.
  if (ends_at_moment_of_day(avoid.after->to, pack)) ++days.last;
  // An event that usually comes on the first day leaves that day banned.
  if (to.event && days.last <= days.first) days.last = days.first + 1;
  // Hours without a session time: still banned while the session may have been late.
  if (to.farthest) days.last = *to.farthest;
  return days;
}

bool is_over(const Days& days, const PlannedEnd& to, int day) {
  return to.moment || to.farthest || days.open ? day > days.last : day >= days.last;
}

std::optional<std::string> iso_of_ban_end(const PlannedEnd& to, const PlanSession& session) {
  if (!to.farthest || !session.day) return iso(to, session);
  return iso_text(*session.day + std::chrono::days{*to.farthest + 1}, session);
}

int first_banned_day(const PlannedEnd& end) {
  return end.farthest ? *end.farthest : end.moment ? *end.day : *end.day + 1;
}

Bound counted_back(Bound bound) {
  bound.before_session = true;
  return bound;
}

Item ban_before_item(const Statement& statement, const Avoid& avoid, const PlanInput& input) {
  Item item = item_of(statement, input, Mark::avoid);
  item.origin = origin_words(statement, *input.pack, "after");
  item.details = disagreements(statement, input, "after");
  const Own mine = own(avoid, input);
  if (!mine.names.empty()) item.label = "yours";
  if (mine.prescribed) {
    // Never a stop instruction for what a doctor prescribed.
    item.mark = Mark::ask;
    item.text = condition_words(statement, input) +
                fmt::format("Ask your prescriber about {}. Do not stop it unless the prescriber says so.",
                            fmt::join(mine.names, ", "));
    item.reason.clear();
  } else {
    if (!mine.names.empty()) item.text += fmt::format(" You use: {}.", fmt::join(mine.names, ", "));
    if (mine.unknown_prescription) item.text += " If a doctor prescribed it, do not stop it: ask the prescriber first.";
  }
  return item;
}

bool may_be_prescribed(const Avoid& avoid, const PlanInput& input) {
  const Own mine = own(avoid, input);
  return mine.prescribed || mine.unknown_prescription;
}

bool kept_to(const Avoid& avoid, const Facts& facts) {
  const Catalog& catalog = facts.pack->catalog;
  for (const SubjectId& subject : avoid.subjects)
    for (const Section section : sections_for(catalog[subject].kind))
      if (!is_complete(facts, section, {.subjects = {&subject, 1}, .form = avoid.form})) return false;
  return std::all_of(facts.entries.begin(), facts.entries.end(),
                     [&](const EntryFacts& entry) { return entry.is(catalog, avoid.subjects) == Truth::no; });
}

std::string label_of(const Statement& statement, const Avoid& avoid, const Pack& pack) {
  std::string out;
  for (const SubjectId subject : avoid.subjects) {
    if (!out.empty()) out += ", ";
    out += pack.catalog[subject].label;
  }
  return out.empty() ? std::string(statement.id) : out;
}

std::string again_words(const PlannedEnd& to) {
  const std::string words = repeated_again_words(to);
  return to.event || to.minimum.empty() ? words : words + ", at the earliest " + to.minimum;
}

std::string repeated_again_words(const PlannedEnd& to) {
  if (to.words.empty()) return {};
  return (to.event ? "until " : "again from ") + to.words;
}

}  // namespace needleplan
