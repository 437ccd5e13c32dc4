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

std::string vague_words(Unit unit) {
  constexpr std::array<std::string_view, kEnumNames<Unit>.size()> kWords{"minutes", "hours",  "days",
                                                                         "weeks",   "months", "years"};
  return fmt::format("a few {}", kWords[static_cast<std::size_t>(unit)]);
}

/// How far from the session an end lies.
std::string distance_words(const Bound& bound, const Pack& pack) {
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
      return vague_words(bound.span.minimum.unit);
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

std::string kind_words(const Avoid& avoid) {
  std::string out(avoid.form);
  const auto limit = [&](std::string_view word, const std::optional<int>& value) {
    if (value) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", word, per_cent_words(*value));
  };
  limit("over", avoid.strength.over);
  limit("at least", avoid.strength.at_least);
  limit("under", avoid.strength.under);
  limit("at most", avoid.strength.at_most);
  return out.empty() ? out : "only: " + out;
}

std::string scope_words(const Statement& statement) {
  std::string out;
  const auto add = [&](std::string_view text) {
    if (!text.empty()) out += fmt::format("{}{}", out.empty() ? "" : ", ", text);
  };
  if (statement.scope == Scope::area) add("in the treated area");
  if (statement.scope == Scope::near) add("in or next to the treated area");
  if (statement.degree != Degree::any) add(to_string(statement.degree));
  add(statement.graded);
  return out;
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
  switch (action.mode) {
    case Mode::must:
      return {};
    case Mode::may:
      return "may be done";
    case Mode::resume:
      return "allowed again";
    case Mode::prophylaxis:
      return "preventive medicine: the prescriber decides";
    case Mode::consult:
      return "ask the clinic or a doctor";
  }
  return {};
}

std::string_view call_words(Call call) {
  switch (call) {
    case Call::watch:
      return "not normal; the source names nobody to call";
    case Call::clinic:
      return "the clinic, on the same day";
    case Call::urgent:
      return "urgent care or the emergency number, now";
  }
  return {};
}

}  // namespace needleplan
