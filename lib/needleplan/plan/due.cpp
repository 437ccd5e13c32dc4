#include "needleplan/plan/due.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/plan/bans.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/phrases.h"
#include "needleplan/plan/remarks.h"

namespace needleplan {

namespace {

/// One fact of the day before those that say the same of several things are joined: `head`, what it is about, `tail`.
struct DuePart {
  DueKind kind{};
  std::string rule;
  std::string head, words, tail;
  std::string_view between;  ///< what it is joined with; empty: it stands by itself
  std::string alone;         ///< its words where nothing is joined to it; empty: the three above
};

/// Facts that differ in what they are about alone become one line, at the place of the first.
std::vector<DueLine> joined_parts(const std::vector<DuePart>& parts) {
  std::vector<DueLine> out;
  std::vector<bool> done(parts.size(), false);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (done[i]) continue;
    const DuePart& first = parts[i];
    DueLine line{first.kind, {}, first.head + first.words, false};
    if (!first.rule.empty()) line.rules.push_back(first.rule);
    for (std::size_t j = i + 1; j < parts.size() && !first.between.empty(); ++j) {
      const DuePart& other = parts[j];
      if (done[j] || other.kind != first.kind || other.between != first.between) continue;
      if (other.head != first.head || other.tail != first.tail) continue;
      done[j] = true;
      line.rules.push_back(other.rule);
      line.message.append(first.between).append(other.words);
    }
    line.message += first.tail;
    if (line.rules.size() == 1 && !first.alone.empty()) line.message = first.alone;
    out.push_back(std::move(line));
  }
  return out;
}

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
    if (parts_.empty()) return out;
    if (!bookable(out.verdict)) add_verdict();
    std::stable_sort(parts_.begin(), parts_.end(), [](const DuePart& a, const DuePart& b) { return a.kind < b.kind; });
    out.lines = joined_parts(parts_);
    for (DueLine& line : out.lines)
      line.to_desk = line.kind == DueKind::broken || !bookable(out.verdict);
    return out;
  }

 private:
  [[nodiscard]] PlannedEnd end_of(const Bound& bound) const { return planned_end(bound, *input_.pack, input_.session); }

  void add(DueKind kind, std::string_view rule, std::string message) {
    parts_.push_back({kind, std::string(rule), {}, std::move(message), {}, {}, {}});
  }

  /// Sentences: they are joined as they are.
  void add_sentences(DueKind kind, std::string_view rule, std::string head, std::string words, std::string tail = {}) {
    parts_.push_back({kind, std::string(rule), std::move(head), std::move(words), std::move(tail), " ", {}});
  }

  /// The subjects of a ban, as a list.
  void add_subjects(DueKind kind, std::string_view rule, std::string head, std::string words, std::string tail,
                    std::string alone = {}) {
    parts_.push_back(
        {kind, std::string(rule), std::move(head), std::move(words), std::move(tail), "; ", std::move(alone)});
  }

  /// A ban: what it is about, in a list with others, where the list says all of it; else the words of the protocol.
  void add_ban_line(DueKind kind, const Statement& statement, const Avoid& avoid, const Item& item,
                    std::string_view when, const std::string& tail) {
    const std::string head = fmt::format("{}: ", when);
    if (has_condition(statement, input_)) return add(kind, statement.id, head + item.text + tail);
    if (has_own_words(statement, avoid, item)) return add_sentences(kind, statement.id, head, item.text, tail);
    std::string alone = head + item.text + tail;
    add_subjects(kind, statement.id, fmt::format("{} no: ", when), about(statement, avoid), "." + tail,
                 std::move(alone));
  }

  /// Whether only the sentence of a ban says it rightly: what is the client's own, and what one may take, for it may be
  /// prescribed, and nobody is told to stop that.
  [[nodiscard]] bool has_own_words(const Statement& statement, const Avoid& avoid, const Item& item) const {
    if (!item.label.empty() || !statement.graded.empty()) return true;
    if (statement.scope != Scope::anywhere) return may_be_prescribed(avoid, input_);
    const Catalog& catalog = input_.pack->catalog;
    return std::any_of(avoid.subjects.begin(), avoid.subjects.end(), [&](SubjectId subject) {
      const auto sections = sections_for(catalog[subject].kind);
      return std::find(sections.begin(), sections.end(), Section::medicines) != sections.end();
    });
  }

  /// What the desk knows before anything is sent.
  void add_verdict() {
    const Assessment& a = *input_.assessment;
    std::string message;
    if (day_ > 0) {
      // Booking it is no question any more; that it took place is not known.
      message = fmt::format(
          "The session is over, and the check would not have booked it ({}). Find out whether it took place before "
          "anything is sent.",
          phrases::headline(a.verdict));
    } else {
      message = phrases::headline(a.verdict);
      for (const std::string& line : banner_of(input_).lines)
        message += (message.ends_with(".") ? " " : ". ") + line;
    }
    // Those lines speak of the answers listed below.
    if (a.verdict == Verdict::ask)
      for (const Question& question : a.questions)
        message += fmt::format(" {} ({})", question.text, fmt::join(question.keys, ", "));
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
      const std::string latest = latest_words(avoid, end);
      const std::string when =
          end.moment ? fmt::format("From today, {}", clock(time_of(*end.moment))) : std::string("From today");
      // What is asked of a prescriber has no hour.
      if (item.mark == Mark::ask) {
        add(DueKind::begins, statement.id, item.text + notes(item) + latest);
      } else if (!item.details.empty()) {
        add(DueKind::begins, statement.id, fmt::format("{}: {}", when, item.text + notes(item) + latest));
      } else {
        add_ban_line(DueKind::begins, statement, avoid, item, when, latest);
      }
    } else if (day_ == first - 1 && !end.moment && !kept_to(avoid, *input_.facts)) {
      const Item item = ban_before_item(statement, avoid, input_);
      constexpr std::string_view kWhen = "Last day. From tomorrow";
      if (item.mark == Mark::ask) return;
      if (item.details.empty()) return add_ban_line(DueKind::last_day, statement, avoid, item, kWhen, {});
      add(DueKind::last_day, statement.id, fmt::format("{}: {}", kWhen, item.text + notes(item)));
    }
    if (!avoid.before->from) return;
    const PlannedEnd over = end_of(counted_back(*avoid.before->from));
    if (over.day && day_ == *over.day && *over.day < 0 && *over.day > first)
      add_again(DueKind::again, statement, "Allowed again from today: ", about(statement, avoid), ".",
                notes_of(statement, "after"));
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
    const auto minimum = minimum_of(avoid.after->to);
    if (day_ == days.first && !is_over(days, to, day_)) {
      const Item item = item_of(statement, input_, Mark::avoid);
      const std::string when =
          from.moment ? fmt::format("From today, {}", clock(time_of(*from.moment))) : std::string("From today");
      // The minimum is told on its own day, where it has one.
      const bool told_later = minimum && told_on(*minimum) > days.first && (days.open || told_on(*minimum) < days.last);
      const std::string again = told_later ? repeated_again_words(to) : again_words(to);
      const std::string tail = again.empty() ? again : fmt::format(" {}.", upper(again));
      if (const std::string others = notes_of(statement, "before"); !others.empty())
        add(DueKind::begins, statement.id, fmt::format("{}: {}{}{}", when, item.text, tail, others));
      else
        add_ban_line(DueKind::begins, statement, avoid, item, when, tail);
    }
    if (day_ == days.last && !days.open) {
      std::string words = about(statement, avoid);
      // An event may come later than usual: the day alone does not end the ban.
      const bool once = to.event && !ends_at_moment_of_day(avoid.after->to, *input_.pack);
      if (once) words += ", but only once " + to.words;
      add_again(DueKind::again, statement, again_from(to), std::move(words), ".", notes_of(statement, "before"), once);
    } else if (minimum && told_on(*minimum) == day_ && day_ > days.first) {
      add_again(DueKind::earliest, statement, again_from(*minimum, "at the earliest "), about(statement, avoid),
                fmt::format(". Better from {}.", to.words), notes_of(statement, "before"));
    }
  }

  /// The day on which an end is told: where its minute is not known, the last one on which it may fall.
  static int told_on(const PlannedEnd& end) { return end.farthest.value_or(*end.day); }

  /// `alone`: it is not to stand in a list, where the words behind it would seem to be about all that follows.
  void add_again(DueKind kind, const Statement& statement, std::string head, std::string words, std::string tail,
                 const std::string& others, bool alone = false) {
    alone = alone || !others.empty() || has_condition(statement, input_);
    if (!alone) return add_subjects(kind, statement.id, std::move(head), std::move(words), std::move(tail));
    add(kind, statement.id, head + words + tail + others);
  }

  /// The end at the minimum, where that is another one and the clock alone tells it.
  [[nodiscard]] std::optional<PlannedEnd> minimum_of(Bound bound) const {
    if (bound.kind != Bound::Kind::clock || bound.span.single()) return std::nullopt;
    bound.span.preferred = bound.span.minimum;
    PlannedEnd end = end_of(bound);
    return end.day ? std::optional(std::move(end)) : std::nullopt;
  }

  /// `Allowed again from today, 14:30: `; hours after a session at an hour that is not known are said as they are.
  static std::string again_from(const PlannedEnd& to, std::string_view how = {}) {
    std::string when = "today";
    if (to.moment) when += ", " + clock(time_of(*to.moment));
    if (to.farthest) when = to.words;
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
      const bool ends_later = dated && (*to.day > first || to.farthest.value_or(0) > 0);
      const bool until = !once && (ends_later || (to.event && !to.words.empty()));
      add_action_line(action.mode == Mode::resume ? DueKind::again : DueKind::act, statement, action,
                      begin_words(from, day_of, prep) + (until ? ", until " + to.words : std::string{}));
    } else if (dated && !once && day_ == *to.day && day_ > first) {
      add_action_line(DueKind::ends, statement, action,
                      to.moment     ? "Until today, " + clock(time_of(*to.moment))
                      : to.farthest ? "Until " + to.words
                                    : std::string("Last day"));
    }
  }

  /// When something to do begins that begins on this day.
  static std::string begin_words(const PlannedEnd& from, bool day_of, bool prep) {
    if (!prep && from.event && !from.words.empty()) return upper(from.begins);
    if (day_of) return "Today";
    if (from.farthest.value_or(0) != 0) return upper(from.begins);
    return from.moment ? "Today, " + clock(time_of(*from.moment)) : std::string("Today");
  }

  void add_action_line(DueKind kind, const Statement& statement, const Do& action, const std::string& when) {
    const Item item = item_of(statement, input_, mark_of(action.mode));
    if (has_condition(statement, input_)) return add(kind, statement.id, when + ": " + item.text);
    add_sentences(kind, statement.id, when + ": ", item.text);
  }

  static std::string upper(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  const PlanInput& input_;
  int day_;  ///< from the session

  std::vector<DuePart> parts_;
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
