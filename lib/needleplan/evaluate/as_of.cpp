#include "needleplan/evaluate/as_of.h"

#include "needleplan/profile/entry_dates.h"

namespace needleplan {

namespace {

std::string_view later_words(DateRole role) {
  switch (role) {
    case DateRole::begins:
      return "It is said to have begun, on a day after this check";
    case DateRole::ends:
      return "It is said to be over, on a day after this check";
    case DateRole::happened:
      return "It is said to have happened, on a day after this check";
  }
  return {};
}

/// As an entry counts of which nobody can say that it is over.
void make_current(Entry& entry) {
  for (const DateKey& key : kDateKeys)
    if (key.role == DateRole::ends) entry.*key.date = {};
  if (entry.section == Section::conditions) {
    if (entry.status.value_or(Status::past) == Status::past)
      entry.status = Answer<Status>::of(Status::active, entry.status.at);
  } else {
    entry.ongoing = Answer<bool>::of(true, entry.ongoing.at);
  }
}

}  // namespace

std::optional<Entry> as_of_today(const Entry& entry, Date as_of, std::vector<Disagreement>& out) {
  std::optional<Entry> counts;
  const auto change = [&]() -> Entry& { return counts ? *counts : counts.emplace(entry); };
  bool current = false;
  for (const DateKey& key : kDateKeys) {
    const Location at = (entry.*key.date).at;
    const When* date = (entry.*key.date).given();
    if (date == nullptr || date->days.last <= as_of || entry.section == Section::plans) continue;
    const auto between = [&](Date first, Date last) {
      change().*key.date = Answer<When>::of({{first, last}, std::nullopt, false}, at);
    };
    if (date->days.first <= as_of) {
      between(date->days.first, as_of);
      continue;
    }
    out.push_back({key.name, at, later_words(key.role)});
    if (key.role == DateRole::ends) current = true;
    if (key.role == DateRole::begins) change().*key.date = {};
    // It may have happened on any day until then.
    if (key.role == DateRole::happened) between(as_of, date->days.last);
  }
  const auto in_doubt = [&](std::string_view key, Location at, std::string_view words) {
    out.push_back({key, at, words});
    current = true;
  };
  if (entry.ongoing.state() == AnswerState::unknown && (entry.last_used.given() || entry.date.given()))
    in_doubt("ongoing", entry.ongoing.at, "It has a last day, and nobody knows whether it still goes on");
  if (entry.status.state() == AnswerState::unknown && entry.resolved.given())
    in_doubt("status", entry.status.at, "It has a day on which it was over, and nobody knows how it is now");
  if (current) make_current(change());
  return counts;
}

}  // namespace needleplan
