#include <algorithm>

#include <fmt/format.h>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/plan/bans.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/remarks.h"

namespace needleplan {

namespace {

/// A statement that speaks after the session, with its ends.
struct Spoken {
  const Statement* statement = nullptr;
  PlannedEnd from, to;
  Days days;
  std::optional<std::string> iso_from, iso_to;
};

class AftercareTimeline {
 public:
  AftercareTimeline(const PlanInput& input, int days) : input_(input), days_(days) {
    for (const Statement& statement : input.pack->statements)
      if (const auto ends = ends_of(statement); ends && holds(statement, input) != Truth::no)
        add(statement, end_of(ends->first), end_of(ends->second));
    for (const Spoken& spoken : spoken_)
      if (spoken.statement->as<Avoid>() != nullptr) bans_.push_back(&spoken);
    // What is over soonest stands first; bans that end together stand together.
    const auto half_day = [](const Spoken& ban) {
      return ban.days.last * 2 + (ban.to.moment || ban.to.farthest ? 1 : 0);
    };
    std::stable_sort(bans_.begin(), bans_.end(),
                     [&](const Spoken* a, const Spoken* b) { return half_day(*a) < half_day(*b); });
  }

  Document run() {
    Document out = start_document(input_, "aftercare", "After your session");
    for (int day = 0; day < days_; ++day)
      out.sections.push_back(one_day(day));
    collect_later();
    collect_courses();
    collect_warnings();
    clinic_.note = clinic_words(input_.pack->clinic);
    urgent_.note = std::string(input_.pack->clinic.emergency);
    for (Group* section : {&later_, &watch_, &clinic_, &urgent_})
      if (!section->items.empty()) out.sections.push_back(std::move(*section));
    return out;
  }

 private:
  [[nodiscard]] PlannedEnd end_of(const Bound& bound) const { return planned_end(bound, *input_.pack, input_.session); }

  void add(const Statement& statement, PlannedEnd from, PlannedEnd to) {
    const auto* avoid = statement.as<Avoid>();
    Spoken spoken;
    spoken.statement = &statement;
    spoken.days = avoid == nullptr ? days_of_ends(from, to) : days_of_ban(*avoid, from, to, *input_.pack);
    spoken.iso_from = iso(from, input_.session);
    spoken.iso_to = avoid == nullptr ? iso(to, input_.session) : iso_of_ban_end(to, input_.session);
    spoken.from = std::move(from);
    spoken.to = std::move(to);
    spoken_.push_back(std::move(spoken));
  }

  [[nodiscard]] Item item_between(const Spoken& spoken, Mark mark) const {
    Item item = item_of(*spoken.statement, input_, mark);
    item.from = spoken.iso_from;
    item.to = spoken.iso_to;
    return item;
  }

  /// When a statement speaks; nothing where it does not speak after the session.
  [[nodiscard]] static std::optional<std::pair<Bound, Bound>> ends_of(const Statement& statement) {
    if (const auto* action = statement.as<Do>(); action != nullptr && speaks_in(*action, Phase::aftercare))
      return std::pair(action->from, action->to);
    if (const auto* avoid = statement.as<Avoid>(); avoid != nullptr && avoid->after)
      return std::pair(avoid->after->from.value_or(Bound{}), avoid->after->to);
    if (const auto* expect = statement.as<Expect>(); expect != nullptr && !expect->in_session)
      return std::pair(expect->from, expect->to);
    if (const auto* warning = statement.as<Warning>();
        warning != nullptr && !ends_by_session(warning->from, warning->to))
      return std::pair(warning->from, warning->to);
    return std::nullopt;
  }

  Group one_day(int day) {
    Group section;
    section.id = fmt::format("day{}", day);
    section.title = day == 0 ? std::string("Day 0, the day of your session") : fmt::format("Day {}", day);
    if (input_.session.day) {
      const Date date = *input_.session.day + std::chrono::days{day};
      section.date = iso_text(date, input_.session);
      section.title += fmt::format(": {}", day_text(date, input_.session));
    }
    std::vector<Item> allowed;
    section.items.reserve(spoken_.size());
    for (const Spoken& spoken : spoken_)
      if (const auto* action = spoken.statement->as<Do>()) add_do(spoken, *action, day, section.items);
    for (const Spoken* ban : bans_)
      add_ban(*ban, day, section.items, allowed);
    for (Item& item : allowed)
      section.items.push_back(std::move(item));
    for (const Spoken& spoken : spoken_)
      if (spoken.statement->as<Expect>() != nullptr) add_expect(spoken, day, section.items);
    return section;
  }

  /// Leaves of a ban's words what it is about. Whether it may then stand in a list: behind a condition the rest of the
  /// list would seem to hang on it.
  [[nodiscard]] bool shorten(Item& item, const Statement& statement) const {
    const std::string condition = condition_words(statement, input_);
    item.text = condition + label_of(statement, *statement.as<Avoid>(), *input_.pack);
    return condition.empty();
  }

  void add_do(const Spoken& spoken, const Do& action, int day, std::vector<Item>& out) {
    const PlannedEnd& from = spoken.from;
    const PlannedEnd& to = spoken.to;
    Days days = spoken.days;
    days.first = std::max(days.first, 0);
    if (day < days.first || day > days.last) return;
    // What may be done from a day on is said on that day.
    const bool once = action.mode == Mode::may || action.mode == Mode::resume || action.repeat.once();
    if (once && day != days.first) return;
    Item item = item_between(spoken, mark_of(action.mode));
    if (day == days.first) {
      item.until = ends_words(action.from, from, to, to.event || to.moment || to.farthest || days.last > days.first);
    } else {
      item.reason.clear();
      item.details.clear();
    }
    out.push_back(std::move(item));
  }

  void add_ban(const Spoken& spoken, int day, std::vector<Item>& bans, std::vector<Item>& allowed) {
    const Statement& statement = *spoken.statement;
    const auto& avoid = *statement.as<Avoid>();
    const PlannedEnd& to = spoken.to;
    const Days& days = spoken.days;
    if (day < days.first || day > days.last) return;
    Item item = item_between(spoken, day == days.first ? Mark::avoid : Mark::still);
    item.origin = origin_words(statement, *input_.pack, "before");
    if (day == days.first) {
      item.until = again_words(to);
    } else {
      item.until = repeated_again_words(to);
      item.reason.clear();
      item.details.clear();
      item.again = shorten(item, statement);
      item.text += kind_words(statement, avoid);
    }
    if (!is_over(days, to, day)) return bans.push_back(std::move(item));
    item.mark = Mark::allowed;
    item.until.clear();
    // An event may come later than usual: the day alone does not end the ban.
    const bool once = to.event && !ends_at_moment_of_day(avoid.after->to, *input_.pack);
    if (once) item.text += ", but only once " + to.words;
    item.again = !once && !has_condition(statement, input_);
    allowed.push_back(std::move(item));
  }

  /// `from Thu 10 Dec, 15:30, until bedtime`: what the heading of the day does not say.
  static std::string ends_words(const Bound& bound, const PlannedEnd& from, const PlannedEnd& to, bool ends) {
    const bool at_session =
        bound.kind == Bound::Kind::open || (bound.kind == Bound::Kind::clock && bound.span.preferred.count == 0);
    std::string out;
    if (!at_session && !bound.before_session && !from.words.empty() && (from.event || from.moment || from.farthest)) {
      out = from.begins;
      if (!from.minimum.empty()) out += ", at the earliest " + from.minimum;
    }
    if (ends && !to.words.empty()) out += (out.empty() ? "until " : ", until ") + to.words;
    return out;
  }

  static std::string over_words(const PlannedEnd& to, bool again) {
    if (to.words.empty()) return {};
    if (to.event) return "until " + to.words;
    return to.minimum.empty() || again ? "should be over by " + to.words
                                       : fmt::format("should be over between {} and {}", to.minimum, to.words);
  }

  void add_expect(const Spoken& spoken, int day, std::vector<Item>& out) {
    const Days& days = spoken.days;
    if (day < days.first || day > days.last) return;
    Item item = item_between(spoken, Mark::expect);
    const bool again = day != days.first;
    if (again) item.reason.clear();
    item.again = again && !has_condition(*spoken.statement, input_);
    item.until = over_words(spoken.to, again);
    out.push_back(std::move(item));
  }

  /// What begins, or becomes allowed again, after the days of this plan.
  void collect_later() {
    std::vector<std::pair<int, Item>> items;
    for (const Spoken& spoken : spoken_) {
      const Statement& statement = *spoken.statement;
      const PlannedEnd& from = spoken.from;
      if (statement.as<Avoid>() != nullptr) {
        const auto last = spoken.to.farthest ? spoken.to.farthest : spoken.to.day;
        if (!last || *last < days_) continue;
        Item item = item_of(statement, input_, Mark::still);
        item.reason.clear();
        item.again = shorten(item, statement);
        item.until = repeated_again_words(spoken.to);
        item.to = spoken.iso_to;
        items.emplace_back(*last, std::move(item));
        continue;
      }
      const auto* action = statement.as<Do>();
      const bool mine = action != nullptr || statement.as<Expect>() != nullptr;
      if (!mine || from.day.value_or(0) < days_) continue;
      Item item = item_of(statement, input_, action != nullptr ? mark_of(action->mode) : Mark::expect);
      item.until = from.begins;
      item.from = spoken.iso_from;
      items.emplace_back(*from.day, std::move(item));
    }
    std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [day, item] : items)
      later_.items.push_back(std::move(item));
  }

  /// When the next session may be, and how many a course has.
  void collect_courses() {
    for (const Statement& statement : input_.pack->statements) {
      const auto* series = statement.as<Series>();
      if (series == nullptr || holds(statement, input_) == Truth::no) continue;
      const bool mine =
          input_.facts != nullptr ? applies(statement, *input_.facts) != Truth::no : series->indications.empty();
      if (!mine || (!series->interval && series->sessions.least == 0)) continue;
      Item item = item_of(statement, input_, Mark::note);
      if (series->sessions.least > 0)
        item.text += fmt::format("{}A course has {} sessions.", item.text.empty() ? "" : " ", sessions_words(*series));
      item.label = "next session:";
      if (series->interval) {
        Bound next;
        next.kind = Bound::Kind::clock;
        next.span = *series->interval;
        const PlannedEnd from = end_of(next);
        item.until = from.begins;
        if (!from.minimum.empty()) item.until += ", at the earliest " + from.minimum;
        item.from = iso(from, input_.session);
      }
      later_.items.push_back(std::move(item));
    }
  }

  static std::string sessions_words(const Series& series) {
    if (series.sessions.most == 0) return fmt::format("{} or more", series.sessions.least);
    return series.sessions.least == series.sessions.most
               ? fmt::format("{}", series.sessions.least)
               : fmt::format("{} to {}", series.sessions.least, series.sessions.most);
  }

  std::pair<Mark, Group*> call_of(Call call) {
    switch (call) {
      case Call::watch:
        return {Mark::watch, &watch_};
      case Call::clinic:
        return {Mark::call, &clinic_};
      case Call::urgent:
        return {Mark::urgent, &urgent_};
    }
    return {Mark::call, &clinic_};
  }

  void collect_warnings() {
    for (const Spoken& spoken : spoken_) {
      const auto* warning = spoken.statement->as<Warning>();
      if (warning == nullptr) continue;
      const auto [mark, group] = call_of(warning->call);
      Item item = item_between(spoken, mark);
      const bool at_once = warning->from.kind == Bound::Kind::open ||
                           (warning->from.kind == Bound::Kind::clock && warning->from.span.minimum.count == 0);
      if (!at_once && !spoken.from.words.empty()) item.until = spoken.from.begins;
      group->items.push_back(std::move(item));
    }
  }

  const PlanInput& input_;
  int days_;
  std::vector<Spoken> spoken_;  ///< what holds, or may, in the order of the pack
  std::vector<const Spoken*> bans_;
  Group later_ = named_group("later", "Later on");
  Group watch_ = named_group("watch", "Not normal; tell the clinic about it");
  Group clinic_ = named_group("call-clinic", "Call the clinic the same day if you see");
  Group urgent_ = named_group("call-urgent", "Get urgent help now if you see");
};

}  // namespace

Document build_aftercare(const PlanInput& input, int days) {
  return AftercareTimeline(input, days).run();
}

}  // namespace needleplan
