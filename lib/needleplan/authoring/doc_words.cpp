#include "needleplan/authoring/doc_words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "needleplan/plan/window.h"

namespace needleplan {

namespace {

std::string usual_event_words(const Bound& bound, const Pack& pack) {
  const Event& event = pack.events[bound.event];
  std::string out = event_words(bound, pack);
  if (event.usual) out += fmt::format(" (usually {})", words(*event.usual));
  return out;
}

/// How far from the session an end lies.
std::string distance_words(const Bound& bound, const Pack& pack) {
  constexpr std::array<std::string_view, kEnumNames<Unit>.size()> kUnits{"minutes", "hours",  "days",
                                                                         "weeks",   "months", "years"};
  switch (bound.kind) {
    case Bound::Kind::clock:
      return range_words(bound.span);
    case Bound::Kind::event:
      return "until " + usual_event_words(bound, pack);
    case Bound::Kind::later_of:
      return fmt::format("{} or until {}, whichever is later", range_words(bound.span), usual_event_words(bound, pack));
    case Bound::Kind::earlier_of:
      return fmt::format("{} or until {}, whichever is earlier", range_words(bound.span),
                         usual_event_words(bound, pack));
    case Bound::Kind::open:
      return "no figure given";
    case Bound::Kind::vague:
      return fmt::format("a few {}", kUnits[static_cast<std::size_t>(bound.span.minimum.unit)]);
    case Bound::Kind::course:
      return bound.span.minimum.count == 1
                 ? "as long as the course lasted"
                 : fmt::format("{} times as long as the course lasted", bound.span.minimum.count);
  }
  return {};
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

std::string range_words(const SpanRange& range) {
  if (range.single()) return words(range.minimum);
  return fmt::format("at least {}, better {}", words(range.minimum), words(range.preferred));
}

std::string end_words(const Bound& bound, End end, const Pack& pack) {
  const std::string_view side = bound.before_session ? "before" : "after";
  switch (bound.kind) {
    case Bound::Kind::open:
      return end == End::begin ? "no start given" : "no end given";
    case Bound::Kind::clock:
      if (bound.span.preferred.count == 0)
        return bound.span.preferred.on_clock() ? "the session" : "the day of the session";
      return fmt::format("{} {} the session", words(bound.span), side);
    case Bound::Kind::event:
      if (end == End::end) return "until " + usual_event_words(bound, pack);
      return (pack.events[bound.event].moment || bound.offset ? "from " : "when ") + usual_event_words(bound, pack);
    case Bound::Kind::later_of:
    case Bound::Kind::earlier_of:
      return distance_words(bound, pack);
    case Bound::Kind::vague:
    case Bound::Kind::course:
      return fmt::format("{} {} the session", distance_words(bound, pack), side);
  }
  return {};
}

std::string ban_words(const std::optional<Ban>& ban, const Pack& pack) {
  if (!ban) return {};
  const std::string far = distance_words(ban->to, pack);
  return ban->from ? fmt::format("from {} to {}", distance_words(*ban->from, pack), far) : far;
}

std::string scope_words(const Statement& statement) {
  std::vector<std::string_view> out;
  if (statement.scope == Scope::area) out.emplace_back("in the treated area");
  if (statement.scope == Scope::near) out.emplace_back("in or next to the treated area");
  if (statement.degree != Degree::any) out.push_back(to_string(statement.degree));
  if (!statement.graded.empty()) out.push_back(statement.graded);
  return fmt::format("{}", fmt::join(out, ", "));
}

std::string wait_words(const Contraindication& rule) {
  std::string out;
  if (rule.wait) out = fmt::format("then {} after it ended: {}", range_words(*rule.wait), to_string(rule.wait_verdict));
  if (rule.ahead)
    out += fmt::format("{}{} before it is planned: {}", out.empty() ? "" : "; ", range_words(*rule.ahead),
                       to_string(rule.wait_verdict));
  return out;
}

std::string signoff_words(const Contraindication& rule) {
  if (rule.absolute) return "never helps: absolute";
  if (rule.signoff == Verdict::clear) return "never helps";
  return fmt::format("by {}: turns up to {} into a caution", roles_text(rule.signed_by), to_string(rule.signoff));
}

std::string_view mode_words(const Do& action) {
  constexpr std::array<std::string_view, kEnumNames<Mode>.size()> kWords{
      "", "may be done", "allowed again", "preventive medicine: the prescriber decides", "ask the clinic or a doctor"};
  return kWords[static_cast<std::size_t>(action.mode)];
}

std::string_view call_words(Call call) {
  constexpr std::array<std::string_view, kEnumNames<Call>.size()> kWords{"not normal; the source names nobody to call",
                                                                         "the clinic, on the same day",
                                                                         "urgent care or the emergency number, now"};
  return kWords[static_cast<std::size_t>(call)];
}

}  // namespace needleplan
