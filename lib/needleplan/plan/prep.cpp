#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/plan/bans.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/remarks.h"

namespace needleplan {

namespace {

/// Collects items by day before the session; day 0 is the session's own.
class PrepTimeline {
 public:
  explicit PrepTimeline(const PlanInput& input) : input_(input) {}

  Document run() {
    Document out = start_document(input_, "prep", "Before your session");
    for (const Statement& statement : input_.pack->statements) {
      if (const auto* avoid = statement.as<Avoid>()) add_avoid(statement, *avoid);
      if (const auto* action = statement.as<Do>()) add_do(statement, *action);
      if (const auto* warning = statement.as<Warning>()) add_warning(statement, *warning);
    }
    for (auto& [day, section] : days_) {
      std::stable_sort(section.items.begin(), section.items.end(),
                       [](const Item& a, const Item& b) { return rank(a.mark) < rank(b.mark); });
      out.sections.push_back(std::move(section));
    }
    calls_.note = clinic_words(input_.pack->clinic);
    for (Group* group : {&undated_, &calls_})
      if (!group->items.empty()) out.sections.push_back(std::move(*group));
    return out;
  }

 private:
  static int rank(Mark mark) { return mark == Mark::missed ? 0 : mark == Mark::avoid ? 1 : 2; }

  Group& day(int days) {
    Group& section = days_[days];
    if (!section.title.empty()) return section;
    section.id = fmt::format("day{}", days);
    if (input_.session.day) {
      const Date date = *input_.session.day + std::chrono::days{days};
      section.date = iso(date);
      section.title = days == 0 ? fmt::format("On the day: {}", words(date, *input_.session.day))
                                : fmt::format("{} ({} before)", words(date, *input_.session.day), days_words(-days));
      if (input_.facts != nullptr && date == input_.as_of) section.title = "Today, " + section.title;
    } else {
      section.title = days == 0 ? std::string("On the day") : fmt::format("{} before", days_words(-days));
    }
    return section;
  }

  static std::string days_words(int days) { return words(Span{days, Unit::days}); }

  [[nodiscard]] bool passed(int days) const {
    return input_.facts != nullptr && input_.session.day &&
           *input_.session.day + std::chrono::days{days} < input_.as_of;
  }

  void add_avoid(const Statement& statement, const Avoid& avoid) {
    if (holds(statement, input_) == Truth::no) return;
    if (!avoid.before && !avoid.after && !avoid.in_session)
      undated_.items.push_back(item_of(statement, input_, Mark::avoid));
    if (!avoid.before) return;
    const PlannedEnd end = planned_end(counted_back(avoid.before->to), *input_.pack, input_.session);
    Item item = ban_before_item(statement, avoid, input_);
    item.to = iso(end, input_.session);
    if (!end.day) {
      item.until = end.words;
      undated_.items.push_back(std::move(item));
      return;
    }
    const int first = first_banned_day(end);
    const int last = end.moment ? first : first - 1;  // on which it may still be used, if only in the morning
    if (passed(last) && item.mark == Mark::avoid) {
      // The preferred last day has gone by. Where the profile says that it was kept to, the ban simply
      // goes on from today; where it does not, the client must be asked.
      if (kept_to(avoid, *input_.facts)) {
        item.until = "from today until the session";
      } else {
        item.mark = Mark::missed;
        item.text = "If you have not kept to this, tell the clinic now. " + item.text;
        item.until = begins_words(*avoid.before, first);
      }
      day(today()).items.push_back(std::move(item));
      return;
    }
    item.until = begins_words(*avoid.before, first);
    day(first).items.push_back(std::move(item));
  }

  void add_warning(const Statement& statement, const Warning& warning) {
    if (!warning.from.before_session && !ends_by_session(warning.from, warning.to)) return;
    if (holds(statement, input_) == Truth::no) return;
    Item item = item_of(statement, input_, warning.call == Call::urgent ? Mark::urgent : Mark::call);
    const PlannedEnd from = planned_end(warning.from, *input_.pack, input_.session);
    if (!from.words.empty()) item.until = from.begins;
    item.from = iso(from, input_.session);
    item.to = iso(planned_end(warning.to, *input_.pack, input_.session), input_.session);
    calls_.items.push_back(std::move(item));
  }

  /// When a ban begins, where its heading does not say it all: `at the very latest from Tue 8 Dec`.
  [[nodiscard]] std::string begins_words(const Ban& ban, int first) const {
    Bound shortest = ban.to;
    shortest.before_session = true;
    shortest.span.preferred = shortest.span.minimum;
    const PlannedEnd latest = planned_end(shortest, *input_.pack, input_.session);
    const PlannedEnd begins = planned_end(counted_back(ban.to), *input_.pack, input_.session);
    std::string out = "from " + (begins.moment ? begins.words : day_name(first));
    if (ban.from && !(ban.from->kind == Bound::Kind::clock && ban.from->span.preferred.count == 0))
      out += ", until " + planned_end(counted_back(*ban.from), *input_.pack, input_.session).words;
    // A minimum of nothing leaves only the preferred length to say.
    if (latest.day && first_banned_day(latest) <= 0 &&
        (first_banned_day(latest) != first || latest.moment != begins.moment))
      out += ", at the very latest from " + (latest.moment ? latest.words : day_name(first_banned_day(latest)));
    return out;
  }

  /// `Tue 8 Dec`, or without a session day `3 days before`.
  [[nodiscard]] std::string day_name(int days) const {
    if (input_.session.day) return ::needleplan::day_words(days, input_.session);
    return days == 0 ? std::string("the session day") : fmt::format("{} before", days_words(-days));
  }

  /// Days from the session to the as-of date.
  [[nodiscard]] int today() const { return static_cast<int>((input_.as_of - *input_.session.day).count()); }

  void add_do(const Statement& statement, const Do& action) {
    const bool on_day = speaks_in(action, Phase::day_of);
    if (!(on_day || speaks_in(action, Phase::prep)) || holds(statement, input_) == Truth::no) return;
    Item item = item_of(statement, input_, mark_of(action.mode));
    const PlannedEnd from = planned_end(action.from, *input_.pack, input_.session);
    item.from = iso(from, input_.session);
    item.to = iso(planned_end(action.to, *input_.pack, input_.session), input_.session);
    if (on_day) {
      if (action.from.kind == Bound::Kind::clock && action.from.before_session) item.until = from.begins;
      day(0).items.push_back(std::move(item));
    } else if (from.day && !from.event) {
      // Hours and minutes are more than the heading of the day says.
      if (action.from.span.preferred.on_clock()) {
        item.until = from.begins;
        if (!from.minimum.empty()) item.until += ", at the latest " + from.minimum;
      }
      int days = std::min(*from.day, 0);
      if (passed(days)) {
        item.mark = Mark::missed;
        item.text = "If you have not done this yet, do it now. " + item.text;
        days = today();
      }
      day(days).items.push_back(std::move(item));
    } else {
      item.until = from.words;
      undated_.items.push_back(std::move(item));
    }
  }

  const PlanInput& input_;
  std::map<int, Group> days_;
  Group undated_ = named_group("any-time", "At any time before");
  Group calls_ = named_group("call-before", "Call the clinic before your session if this happens");
};

}  // namespace

Document build_prep(const PlanInput& input) {
  return PrepTimeline(input).run();
}

}  // namespace needleplan
