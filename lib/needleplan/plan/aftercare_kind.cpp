#include "needleplan/plan/aftercare_kind.h"

#include <algorithm>
#include <variant>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/plan/common.h"
#include "needleplan/protocol/window_length.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

template <class T>
void append_bytes(std::string& key, T value) {
  static_assert(std::is_integral_v<T>);
  for (std::size_t i = 0; i < sizeof value; ++i)
    key += static_cast<char>(static_cast<unsigned char>(static_cast<std::make_unsigned_t<T>>(value) >> (8 * i)));
}

/// Whether a statement can be printed with the aftercare, or (over layers, where lines are compared) beside one that
/// is.
bool speaks(const Statement& statement, bool layered) {
  return std::visit(
      Overloaded{[](const Contraindication&) { return false; }, [](const Step&) { return false; },
                 [](const NoConcern&) { return false; }, [](const Series&) { return true; },
                 [](const Warning&) { return true; }, [](const Expect& expect) { return !expect.in_session; },
                 [&](const Avoid& avoid) { return layered || avoid.after.has_value(); },
                 [&](const Do& action) { return layered || speaks_in(action, Phase::aftercare); }},
      statement.detail);
}

bool has_words(const Condition& condition) {
  return any_leaf(condition, [](const Condition& leaf, bool) { return is_words(leaf); });
}

}  // namespace

AftercareKinds::AftercareKinds(const Pack& pack) {
  for (const Statement& statement : pack.statements) {
    if (!speaks(statement, !pack.layers.empty())) continue;
    if (statement.when) conditional_.push_back(&statement);
    if (const Subjects* uses = uses_of(statement); uses != nullptr && !uses->empty()) using_.push_back(&statement);
    if (const auto* action = statement.as<Do>()) add(action->from, pack), add(action->to, pack);
    if (const auto* expect = statement.as<Expect>()) add(expect->from, pack), add(expect->to, pack);
    if (const auto* warning = statement.as<Warning>()) add(warning->from, pack), add(warning->to, pack);
    if (const auto* avoid = statement.as<Avoid>(); avoid != nullptr && avoid->after) {
      if (avoid->after->from) add(*avoid->after->from, pack);
      add(avoid->after->to, pack);
    }
    if (const auto* series = statement.as<Series>()) {
      if (!series->indications.empty()) series_.push_back(&statement);
      if (series->interval) add(*series->interval, false);
    }
  }
}

void AftercareKinds::add(const Bound& bound, const Pack& pack) {
  switch (bound.kind) {
    case Bound::Kind::open:
    case Bound::Kind::vague:
    case Bound::Kind::course:
      return;
    case Bound::Kind::later_of:
    case Bound::Kind::earlier_of:
    case Bound::Kind::event:
      if (const auto usual = usual_of(bound, pack)) add(*usual, false);
      break;
    case Bound::Kind::clock:
      break;
  }
  add(bound.span, bound.before_session);
}

void AftercareKinds::add(SpanRange range, bool before_session) {
  // No month, and no hour of the session, shifts an end by as much as this.
  constexpr std::int64_t kFar = std::chrono::minutes(std::chrono::days{5}).count();
  const bool mixed = range.minimum.unit != range.preferred.unit;
  if (mixed && rough_minutes(range.preferred) - rough_minutes(range.minimum) < kFar)
    close_.emplace_back(range, before_session);
  for (const Span span : {range.minimum, range.preferred}) {
    const bool even = span.unit == Unit::days || span.unit == Unit::weeks;
    const Counted counted{span, before_session};
    if (!even && std::find(counted_.begin(), counted_.end(), counted) == counted_.end()) counted_.push_back(counted);
  }
}

/// The days between the session's and the length's end; a length counted back may reach another number of days than
/// the same length counted forward.
void AftercareKinds::append_days(const Counted& counted, const PlanSession& session, std::string& key) {
  append_bytes(key, static_cast<std::int32_t>(days_of(counted.span, session)));
  if (!counted.before_session || !session.day) return;
  const Date day = counted.span.on_clock() && session.time
                       ? day_of(before(Moment{*session.day} + *session.time, counted.span))
                       : before(*session.day, counted.span);
  append_bytes(key, static_cast<std::int32_t>((*session.day - day).count()));
}

void AftercareKinds::append_key(const PlanInput& input, std::size_t client_texts, std::string& key) const {
  const PlanSession& session = input.session;
  append_bytes(key, static_cast<std::int32_t>(input.as_of.time_since_epoch().count()));
  append_bytes(key, static_cast<std::uint8_t>(client_texts));
  append_bytes(key, static_cast<std::uint8_t>((session.day ? 1U : 0U) | (session.time ? 2U : 0U)));
  for (const Counted& counted : counted_)
    append_days(counted, session, key);
  for (const auto& [window, before_session] : close_)
    append_bytes(key, static_cast<std::uint8_t>(session.day && reaching(window, before_session, session) != window));
  if (input.facts != nullptr)
    for (const Statement* statement : series_)
      append_bytes(key, static_cast<std::uint8_t>(applies(*statement, *input.facts)));
  for (const Statement* statement : using_)
    append_bytes(key, static_cast<std::uint8_t>(!allergies_met_by(*statement, input).empty()));
  for (const Statement* statement : conditional_) {
    const Truth truth = holds(*statement, input);
    append_bytes(key, static_cast<std::uint8_t>(truth));
    if (truth == Truth::no) continue;
    // What is decided says nothing; what is not is said in words, and these are what differs.
    if (truth == Truth::unknown || has_words(*statement->when)) {
      key += condition_words(*statement, input);
      key += '\0';
    }
  }
}

}  // namespace needleplan
