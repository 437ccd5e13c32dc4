#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/plan/common.h"

namespace needleplan {

namespace {

/// Collects items by day before the session; day 0 is the session's own.
class PrepTimeline {
 public:
  explicit PrepTimeline(const PlanInput& input) : input_(input) {}

  Document run() {
    Document out = start_document(input_, "prep", "Before your session");
    for (const Statement& statement : input_.pack->statements) {
      if (const Avoid* avoid = statement.as<Avoid>()) add_avoid(statement, *avoid);
      if (const Do* action = statement.as<Do>()) add_do(statement, *action);
    }
    for (auto& [day, section] : days_) {
      std::stable_sort(section.items.begin(), section.items.end(),
                       [](const Item& a, const Item& b) { return rank(a.mark) < rank(b.mark); });
      out.sections.push_back(std::move(section));
    }
    if (!undated_.items.empty()) out.sections.push_back(std::move(undated_));
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

  /// The client's own products that a ban meets, and whether one of them is prescribed.
  struct Own {
    std::vector<std::string> names;
    bool prescribed = false;
    bool unknown_prescription = false;
  };
  [[nodiscard]] Own own(const Avoid& avoid) const {
    Own out;
    if (input_.facts == nullptr) return out;
    for (const EntryFacts& entry : input_.facts->entries) {
      const Entry& e = *entry.entry;
      const bool use =
          e.section == Section::medicines || e.section == Section::products || e.section == Section::supplements;
      if (!use || entry.is(input_.pack->catalog, avoid.subjects) == Truth::no) continue;
      if (e.ongoing.given() && !e.ongoing.value) continue;
      out.names.emplace_back(e.name.value);
      const bool only = std::any_of(entry.match.subjects.begin(), entry.match.subjects.end(), [&](SubjectId s) {
        const auto& up = input_.pack->catalog[s].up;
        return std::any_of(up.begin(), up.end(),
                           [&](SubjectId u) { return input_.pack->catalog[u].prescription == Prescription::only; });
      });
      out.prescribed = out.prescribed || only || (e.prescribed.given() && e.prescribed.value);
      out.unknown_prescription = out.unknown_prescription || (!only && e.prescribed.open());
    }
    return out;
  }

  void add_avoid(const Statement& statement, const Avoid& avoid) {
    if (!avoid.before || holds(statement, input_) == Truth::no) return;
    Bound bound = avoid.before->to;
    bound.before_session = true;
    const PlannedEnd end = planned_end(bound, *input_.pack, input_.session);
    Item item = item_of(statement, input_, Mark::avoid);
    item.to = iso(end, input_.session);
    const Own mine = own(avoid);
    if (!mine.names.empty()) item.label = "yours";
    if (mine.prescribed) {
      // Never a stop instruction for what a doctor prescribed.
      item.mark = Mark::ask;
      item.text = fmt::format("Ask your prescriber about {}. Do not stop it unless the prescriber says so.",
                              fmt::join(mine.names, ", "));
      item.reason.clear();
    } else {
      if (!mine.names.empty()) item.text += fmt::format(" You use: {}.", fmt::join(mine.names, ", "));
      if (mine.unknown_prescription)
        item.text += " If a doctor prescribed it, do not stop it: ask the prescriber first.";
    }
    if (!end.day) {
      item.until = end.words;
      undated_.items.push_back(std::move(item));
      return;
    }
    const int last = *end.day;
    if (passed(last) && item.mark == Mark::avoid) {
      // The preferred last day has gone by. Where the profile says that it was kept to, the ban simply
      // goes on from today; where it does not, the client must be asked.
      if (kept_to(avoid)) {
        item.until = "from today until the session";
      } else {
        item.mark = Mark::missed;
        item.text = "If you have not kept to this, tell the clinic now. " + item.text;
        item.until = last_time_words(end);
      }
      day(today()).items.push_back(std::move(item));
      return;
    }
    item.until = last_time_words(end);
    day(last).items.push_back(std::move(item));
  }

  static std::string last_time_words(const PlannedEnd& end) {
    if (end.minimum.empty()) return "last time " + end.words;
    return fmt::format("last time {}, at the very latest {}", end.words, end.minimum);
  }

  /// Days from the session to the as-of date.
  [[nodiscard]] int today() const { return static_cast<int>((input_.as_of - *input_.session.day).count()); }

  /// Whether the profile was asked and holds nothing that the ban concerns.
  [[nodiscard]] bool kept_to(const Avoid& avoid) const {
    const Facts& facts = *input_.facts;
    for (const SubjectId subject : avoid.subjects)
      for (const Section section : sections_for(input_.pack->catalog[subject].kind))
        if (facts.standing[static_cast<std::size_t>(section)] != Standing::known) return false;
    return std::all_of(facts.entries.begin(), facts.entries.end(), [&](const EntryFacts& entry) {
      return entry.is(input_.pack->catalog, avoid.subjects) == Truth::no;
    });
  }

  void add_do(const Statement& statement, const Do& action) {
    if (action.phase == Phase::aftercare || holds(statement, input_) == Truth::no) return;
    Item item = item_of(statement, input_, Mark::do_this);
    const PlannedEnd from = planned_end(action.from, *input_.pack, input_.session);
    item.from = iso(from, input_.session);
    item.to = iso(planned_end(action.to, *input_.pack, input_.session), input_.session);
    if (action.phase == Phase::day_of) {
      day(0).items.push_back(std::move(item));
    } else if (from.day && !from.event) {
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
};

}  // namespace

Document build_prep(const PlanInput& input) {
  return PrepTimeline(input).run();
}

}  // namespace needleplan
