#include "needleplan/plan/due.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/plan/bans.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/phrases.h"
#include "needleplan/plan/remarks.h"

namespace needleplan {

namespace {

class DueDay {
 public:
  DueDay(const PlanInput& input, Date on) : input_(input), day_(static_cast<int>((on - *input.session.day).count())) {}

  DueList run() {
    add_session();
    for (const Statement& statement : input_.pack->statements) {
      if (const auto* avoid = statement.as<Avoid>()) add_ban(statement, *avoid);
      if (const auto* action = statement.as<Do>()) add_action(statement, *action);
    }
    add_broken();
    DueList out;
    out.verdict = input_.assessment->verdict;
    if (lines_.empty()) return out;
    if (!bookable(out.verdict)) {
      add_verdict();
      for (DueLine& line : lines_)
        line.to_desk = true;
    }
    std::stable_sort(lines_.begin(), lines_.end(), [](const DueLine& a, const DueLine& b) { return a.kind < b.kind; });
    out.lines = std::move(lines_);
    return out;
  }

 private:
  [[nodiscard]] PlannedEnd end_of(const Bound& bound) const { return planned_end(bound, *input_.pack, input_.session); }

  void add(DueKind kind, std::string_view rule, std::string message) {
    lines_.push_back({kind, std::string(rule), std::move(message), false});
  }

  /// What the desk knows before anything is sent.
  void add_verdict() {
    const Assessment& a = *input_.assessment;
    std::string message(phrases::headline(a.verdict));
    for (const std::string& line : banner_of(input_).lines)
      message += (message.ends_with(".") ? " " : ". ") + line;
    // Those lines speak of the answers listed below.
    if (a.verdict == Verdict::ask)
      for (const Question& question : a.questions)
        message += fmt::format(" {} ({})", question.text, question.path);
    add(DueKind::check, a.findings.empty() ? std::string{} : a.findings.front().rule, std::move(message));
  }

  void add_session() {
    if (day_ != 0 && day_ != -1) return;
    const Date day = *input_.session.day;
    const std::string when = input_.session.time ? words(Moment{day} + *input_.session.time, day) : words(day, day);
    add(DueKind::session, {}, fmt::format("Your session is {}, {}.", day_ == 0 ? "today" : "tomorrow", when));
  }

  /// A ban that the check finds broken: from the day on which its window begins, up to the session; what was planned
  /// or done after the session, up to the end of that window.
  void add_broken() {
    for (const Finding& finding : input_.assessment->findings) {
      const auto* avoid = finding.statement == nullptr ? nullptr : finding.statement->as<Avoid>();
      if (avoid == nullptr || finding.verdict < Verdict::consult || !finding.outcome) continue;
      const auto& measured = finding.outcome->measured;
      const bool holds_today = std::any_of(measured.begin(), measured.end(), [&](const Measured& m) {
        return m.distance == Distance::broken && has_begun(*avoid, m);
      });
      if (!holds_today) continue;
      std::string message = finding.summary + ".";
      if (!finding.arithmetic.empty()) message += fmt::format(" Dates: {}.", finding.arithmetic);
      // Never an instruction to stop what may be prescribed: the words are those of the plan before the session.
      if (day_ <= 0 && avoid->before)
        message += " Tell the client: " + ban_before_item(*finding.statement, *avoid, input_).text;
      add(DueKind::broken, finding.rule, std::move(message));
      lines_.back().to_desk = true;
    }
  }

  [[nodiscard]] bool has_begun(const Avoid& avoid, const Measured& m) const {
    if (m.after_session) {
      const Date last = after(*input_.session.day, m.window.preferred);
      const Date today = *input_.session.day + std::chrono::days{day_};
      return day_ >= 0 && m.when.days.first <= today && today <= last;
    }
    if (day_ > 0) return false;
    if (!avoid.before) return false;
    const PlannedEnd end = end_of(counted_back(avoid.before->to));
    return !end.day || day_ >= first_banned_day(end);
  }

  void add_ban(const Statement& statement, const Avoid& avoid) {
    if ((!avoid.before && !avoid.after) || holds(statement, input_) == Truth::no) return;
    if (avoid.before && day_ <= 0) add_ban_before(statement, avoid);
    if (avoid.after) add_ban_after(statement, avoid);
  }

  void add_ban_before(const Statement& statement, const Avoid& avoid) {
    const PlannedEnd end = end_of(counted_back(avoid.before->to));
    if (!end.day) return;
    const int first = std::min(first_banned_day(end), 0);
    if (day_ == first) {
      const Item item = ban_before_item(statement, avoid, input_);
      std::string when = end.moment ? fmt::format("From today, {}: ", clock(time_of(*end.moment))) : "From today: ";
      // What is asked of a prescriber has no hour.
      if (item.mark == Mark::ask) when.clear();
      add(DueKind::begins, statement.id, when + item.text + notes(item) + latest_words(avoid, end));
    } else if (day_ == first - 1 && !end.moment && !kept_to(avoid, *input_.facts)) {
      const Item item = ban_before_item(statement, avoid, input_);
      if (item.mark == Mark::ask) return;
      add(DueKind::last_day, statement.id, "Last day. From tomorrow: " + item.text + notes(item));
    }
    if (!avoid.before->from) return;
    const PlannedEnd over = end_of(counted_back(*avoid.before->from));
    if (over.day && day_ == *over.day && *over.day < 0 && *over.day > first)
      add(DueKind::again, statement.id,
          fmt::format("Allowed again from today: {}.", about(statement, avoid) + notes_of(statement, "after")));
  }

  /// ` At the very latest from Tue 8 Dec.`, where there is a minimum too.
  [[nodiscard]] std::string latest_words(const Avoid& avoid, const PlannedEnd& end) const {
    Bound shortest = counted_back(avoid.before->to);
    shortest.span.preferred = shortest.span.minimum;
    const PlannedEnd latest = end_of(shortest);
    if (!latest.day || first_banned_day(latest) > 0) return {};
    if (first_banned_day(latest) == first_banned_day(end) && latest.moment == end.moment) return {};
    return fmt::format(" At the very latest from {}.",
                       latest.moment ? latest.words : day_words(first_banned_day(latest), input_.session));
  }

  void add_ban_after(const Statement& statement, const Avoid& avoid) {
    const PlannedEnd from = avoid.after->from ? end_of(*avoid.after->from) : PlannedEnd{};
    const PlannedEnd to = end_of(avoid.after->to);
    const Days days = days_of_ban(avoid, from, to, *input_.pack);
    if (day_ < days.first || day_ > days.last) return;
    if (day_ == days.first && !is_over(days, to, day_)) {
      const Item item = item_of(statement, input_, Mark::avoid);
      const std::string start =
          from.moment ? fmt::format("From today, {}: ", clock(time_of(*from.moment))) : std::string("From today: ");
      const std::string again = again_words(to);
      add(DueKind::begins, statement.id,
          start + item.text + notes_of(statement, "before") + (again.empty() ? "" : fmt::format(" ({}.)", again)));
    }
    if (day_ == days.last && !days.open) {
      std::string message = again_from(to, avoid.after->to) + about(statement, avoid);
      // An event may come later than usual: the day alone does not end the ban.
      if (to.event && !ends_at_moment_of_day(avoid.after->to, *input_.pack)) message += ", but only once " + to.words;
      add(DueKind::again, statement.id, message + "." + notes_of(statement, "before"));
    } else if (const auto minimum = minimum_of(avoid.after->to);
               minimum && *minimum->day == day_ && day_ > days.first) {
      add(DueKind::earliest, statement.id,
          fmt::format("{}{}. Better from {}.", again_from(*minimum, avoid.after->to, "at the earliest "),
                      about(statement, avoid), to.words) +
              notes_of(statement, "before"));
    }
  }

  /// The end at the minimum, where that is another one and the clock alone tells it.
  [[nodiscard]] std::optional<PlannedEnd> minimum_of(Bound bound) const {
    if (bound.kind != Bound::Kind::clock || bound.span.single()) return std::nullopt;
    bound.span.preferred = bound.span.minimum;
    PlannedEnd end = end_of(bound);
    return end.day ? std::optional(std::move(end)) : std::nullopt;
  }

  /// `Allowed again from today, 14:30: `; hours after a session at an hour that is not known are said as they are.
  static std::string again_from(const PlannedEnd& to, const Bound& bound, std::string_view how = {}) {
    std::string when = "today";
    if (to.moment) when += ", " + clock(time_of(*to.moment));
    if (!to.moment && !to.event && bound.kind == Bound::Kind::clock && bound.span.preferred.on_clock()) when = to.words;
    return fmt::format("Allowed again {}from {}: ", how, when);
  }

  /// The subjects of a ban with its condition: `If your skin is peeling: mineral make-up (liquid)`.
  [[nodiscard]] std::string about(const Statement& statement, const Avoid& avoid) const {
    return condition_words(statement, input_) + label_of(statement, avoid, *input_.pack) + kind_words(statement, avoid);
  }

  static std::string notes(const Item& item) {
    std::string out;
    for (const Detail& detail : item.details)
      out += fmt::format(" {}: {}", detail.name, detail.text);
    return out;
  }

  /// What other rules in force say otherwise: nobody is told "allowed" by one of two alone.
  [[nodiscard]] std::string notes_of(const Statement& statement, std::string_view other_side) const {
    std::string out;
    for (const Detail& detail : disagreements(statement, input_, other_side))
      out += fmt::format(" {}: {}", detail.name, detail.text);
    return out;
  }

  void add_action(const Statement& statement, const Do& action) {
    const bool day_of = speaks_in(action, Phase::day_of);
    const bool prep = day_of || speaks_in(action, Phase::prep);
    if (!(prep || speaks_in(action, Phase::aftercare)) || holds(statement, input_) == Truth::no) return;
    const PlannedEnd from = end_of(action.from);
    const PlannedEnd to = end_of(action.to);
    if (!day_of && prep && (!from.day || from.event)) return;
    const int first = day_of ? 0 : prep ? std::min(*from.day, 0) : std::max(from.day.value_or(0), 0);
    const bool once = action.mode == Mode::may || action.mode == Mode::resume || action.repeat.once();
    const bool dated = to.day && !to.event && !ends_by_session(action.from, action.to);
    if (day_ == first) {
      const Item item = item_of(statement, input_, mark_of(action.mode));
      std::string when = "Today: ";
      if (from.moment && !day_of) when = fmt::format("Today, {}: ", clock(time_of(*from.moment)));
      if (!prep && from.event && !from.words.empty()) when = upper(from.begins) + ": ";
      std::string until;
      if (dated && !once && *to.day > first) until = fmt::format(" Until {}.", to.words);
      if (to.event && !once && !to.words.empty()) until = fmt::format(" Until {}.", to.words);
      add(action.mode == Mode::resume ? DueKind::again : DueKind::act, statement.id, when + item.text + until);
    } else if (dated && !once && day_ == *to.day && day_ > first) {
      const std::string until =
          to.moment ? fmt::format("Until today, {}: ", clock(time_of(*to.moment))) : std::string("Last day: ");
      add(DueKind::ends, statement.id, until + item_of(statement, input_, mark_of(action.mode)).text);
    }
  }

  static std::string upper(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  const PlanInput& input_;
  int day_;  ///< from the session

  std::vector<DueLine> lines_;
};

}  // namespace

Date due_as_of(const PlanSession& session, Date on) {
  return session.day && *session.day < on ? *session.day : on;
}

DueList due_on(const PlanInput& input, Date on) {
  if (!input.session.day) return {input.assessment->verdict, {}};
  return DueDay(input, on).run();
}

}  // namespace needleplan
