#include "needleplan/findings/words.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

std::string count_words(std::chrono::days d) {
  return d.count() == 1 ? std::string("1 day") : fmt::format("{} days", d.count());
}

std::string minutes_words(std::chrono::minutes m) {
  const auto hours = m.count() / 60;
  // Beyond two days people count days.
  if (hours >= 48)
    return hours % 24 == 0 ? fmt::format("{} days", hours / 24) : fmt::format("{} days {} h", hours / 24, hours % 24);
  return m.count() % 60 == 0 ? fmt::format("{} h", hours) : fmt::format("{} h {} min", hours, m.count() % 60);
}

std::string window_words(SpanRange window) {
  if (window.single()) return fmt::format("minimum {}", words(window.minimum));
  return fmt::format("minimum {}, preferred {}", words(window.minimum), words(window.preferred));
}

/// Why the window is as long as it is, where a course says.
std::string course_words(const Measured& m) {
  if (m.course_days == 0) return {};
  const std::string days = count_words(std::chrono::days{m.course_days});
  return m.ongoing ? fmt::format("the course has lasted {} so far; ", days)
                   : fmt::format("the course lasted {}; ", days);
}

std::string verb_of(const Measured& measured) {
  if (measured.key == "last_used") return "last used";
  if (measured.key == "resolved") return "over since";
  if (measured.key == "since") return "there since";
  return measured.after_session ? "planned for" : "on";
}

/// By how much the minimum, or else the preferred length, is missed.
std::string shortfall(const Measured& measured, Date from, Date to) {
  const bool broken = measured.distance == Distance::broken;
  const Span needed = broken ? measured.window.minimum : measured.window.preferred;
  if (measured.distance == Distance::kept) return "kept";
  if (needed.on_clock()) return broken ? "too short" : "short of the preferred length";
  const auto missing = after(from, needed) - to;
  return fmt::format("{} short of the {}", count_words(missing), broken ? "minimum" : "preferred");
}

/// The status set of the condition about one entry, if the expression is that alone.
StatusSet wanted_status(const Condition& condition) {
  StatusSet set = 0;
  std::visit(Overloaded{[&](const HasCondition& has) { set = has.status; }, [](const auto&) {}}, condition.node);
  return set;
}

}  // namespace

SessionStart session_start(const Facts& facts) {
  const Session& session = facts.profile->session;
  return {session.date.given() ? session.date.value : facts.as_of, facts.time()};
}

std::string name_of(const EntryFacts& entry) {
  if (entry.entry->section == Section::sessions) return "earlier session";
  return std::string(entry.entry->name.value);
}

std::string arithmetic(const Measured& m, const SessionStart& session) {
  const Date near = session.day;
  if (m.ongoing) {
    const auto [latest, preferred] = last_days(session, m);
    std::string out = fmt::format("still used; session {}; {}{}: ", words(session.day, near), course_words(m),
                                  window_words(m.window) + (m.course_days > 0 ? ", more with each day of use" : ""));
    if (m.distance == Distance::broken) return out + fmt::format("it had to stop by {}", words(latest, near));
    if (preferred == latest || m.distance == Distance::between)
      return out + fmt::format("last use by {}", words(latest, near));
    return out + fmt::format("last use by {}, at the very latest {}", words(preferred, near), words(latest, near));
  }
  const bool clock = m.window.minimum.on_clock();
  std::string gap;
  if (clock) {
    // What is between the latest and the earliest minute that can be meant: the safer reading.
    const auto between = m.after_session ? m.when.earliest() - session.latest() : session.earliest() - m.when.latest();
    const bool exact = m.when.time && session.time;
    gap = (exact ? "" : "at least ") + minutes_words(std::max(between, std::chrono::minutes{0}));
  } else {
    const auto d = m.after_session ? m.when.days.first - session.day : session.day - m.when.days.last;
    gap = (m.when.days.exact() ? "" : "at least ") + count_words(d);
  }
  const std::string start =
      session.time && clock ? words(Moment{session.day} + *session.time, near) : words(session.day, near);
  const Date from = m.after_session ? session.day : m.when.days.last;
  const Date to = m.after_session ? m.when.days.first : session.day;
  return fmt::format("{} {}, session {}: {}; {}{}: {}", verb_of(m), words(m.when, near), start, gap, course_words(m),
                     window_words(m.window), shortfall(m, from, to));
}

namespace {

std::string listed(const std::vector<Located<std::string_view>>& list) {
  std::string text;
  for (const auto& item : list)
    text += (text.empty() ? "" : ", ") + std::string(item.value);
  return text.empty() ? std::string("none") : text;
}

/// The value of a fact of the client or session, by its path.
std::string client_value(std::string_view path, const Profile& p) {
  const Session& s = p.session;
  if (path == "client.birth_date") return iso(p.birth_date.value);
  if (path == "client.fitzpatrick") return std::string(to_string(p.skin_type.value));
  if (path == "life_stage.pregnant" || path == "life_stage.breastfeeding") return "yes";
  if (path == "session.depth") return depth_words(s.depth.value);
  if (path == "session.numbing_time") return to_string(s.numbing_time.value);
  if (path == "session.areas") return listed(s.areas.value);
  if (path == "session.indication") return listed(s.indications.value);
  if (path == "session.add_ons") return listed(s.add_ons.value);
  if (path == "session.device") return std::string(s.device.value);
  if (path == "session.numbing") return std::string(s.numbing.value);
  if (path == "session.protocol") return std::string(s.protocol.value);
  if (path == "preferences") return listed(p.preferences.value);
  if (path == "cycle") return "none";
  if (path == "cycle.last_period") return iso(p.cycle.last_period.value);
  if (path == "cycle.length") return to_string(p.cycle.length.value);
  return {};
}

/// The value of a key of an entry.
std::string entry_value(std::string_view key, const Entry& e) {
  const auto yes_no = [](const Fact<bool>& fact) { return std::string(fact.value ? "yes" : "no"); };
  if (key == "name") return std::string(e.name.value);
  if (key == "status") return std::string(to_string(e.status.value));
  if (key == "resolved") return iso(e.resolved.value);
  if (key == "since") return iso(e.since.value);
  if (key == "last_used") return iso(e.last_used.value);
  if (key == "started") return iso(e.started.value);
  if (key == "date") return e.at_session ? std::string(e.name.value) : iso(e.date.value);
  if (key == "ongoing") return yes_no(e.ongoing);
  if (key == "prescribed") return yes_no(e.prescribed);
  if (key == "area") return listed(e.areas.value);
  if (key == "form") return std::string(e.form.value);
  if (key == "strength") return std::string(e.strength.value);
  return {};
}

}  // namespace

FactUsed fact_used(const Used& used, const Facts& facts) {
  if (!used.item.empty()) {
    const YesNo* answer = facts.profile->answer(used.item);
    return {fmt::format("{}.{}", used.key, used.item), used.at, answer->fact.value ? "yes" : "no"};
  }
  if (used.entry == nullptr) return {std::string(used.key), used.at, client_value(used.key, *facts.profile)};
  const Entry& entry = *used.entry->entry;
  return {path_of(entry, used.key), used.at, entry_value(used.key, entry)};
}

namespace {

/// A use cannot have ended before it was begun.
bool starts_after(const Entry& entry, Date day) {
  return entry.started.given() && entry.started.value.days.first > day;
}

/// Another date of the one entry that a window was measured from.
std::optional<Counterfactual> other_date(const Measured& m, bool medicine, const SessionStart& session) {
  const Entry& e = *m.entry->entry;
  const Date near = session.day;
  if (e.at_session) return std::nullopt;  // it comes with the session, whatever the day
  if (m.after_session) {
    // Hours may reach beyond a preferred length in days.
    const When start{{session.day, session.day}, session.time, false};
    const Date day =
        std::max(first_day_after(start, m.window.minimum, {}), first_day_after(start, m.window.preferred, {}));
    return Counterfactual{fmt::format("planned for {} or later", words(day, near)), {{path_of(e, "date"), iso(day)}}};
  }
  const Date day = last_days(session, m).whole;
  if (medicine || starts_after(e, day)) return std::nullopt;
  if (m.ongoing)
    return Counterfactual{fmt::format("last used by {}", words(day, near)),
                          {{path_of(e, "ongoing"), "no"}, {path_of(e, "last_used"), iso(day)}}};
  return Counterfactual{fmt::format("{} {} or earlier", m.key == "date" ? "it was on" : verb_of(m), words(day, near)),
                        {{path_of(e, m.key), iso(day)}}};
}

/// The end of the conditions that a rule is about, where its end would clear it.
std::optional<Counterfactual> other_status(const Statement& statement, const std::vector<const EntryFacts*>& entries,
                                           const SessionStart& session) {
  const StatusSet wanted = wanted_status(*statement.when);
  const auto* rule = statement.as<Contraindication>();
  if (wanted == 0 || (wanted & bit(Status::past)) != 0 || rule == nullptr) return std::nullopt;
  const Date over = rule->wait ? last_day_before(session, *rule->wait) : session.day;
  Counterfactual all{fmt::format("it is over by {}", words(over, session.day)), {}};
  for (const EntryFacts* entry : entries) {
    all.edits.push_back({path_of(*entry->entry, "status"), "past"});
    all.edits.push_back({path_of(*entry->entry, "resolved"), iso(over)});
  }
  return all;
}

}  // namespace

std::vector<Counterfactual> counterfactuals(const Statement& statement, const Setting* setting, const Outcome& outcome,
                                            const Facts& facts, const SessionStart& session) {
  std::vector<Counterfactual> out;
  if (outcome.holds != Truth::yes || outcome.prescribed) return out;
  if (setting != nullptr) {
    if (setting->depth && setting->depth->most && facts.profile->session.depth.given() && !setting->areas.empty())
      out.push_back({fmt::format("depth of at most {}", depth_words(*setting->depth->most)),
                     {{"session.depth", depth_words(*setting->depth->most)}}});
    return out;
  }
  // A condition may rest on several entries, and holds as long as one of them is left.
  std::vector<const EntryFacts*> entries;
  for (const Used& used : outcome.used)
    if (used.entry != nullptr && std::find(entries.begin(), entries.end(), used.entry) == entries.end())
      entries.push_back(used.entry);
  // Of a condition joined from several, a single edit may leave another part standing.
  const bool joined = statement.when && (std::holds_alternative<AllOf>(statement.when->node) ||
                                         std::holds_alternative<AnyOf>(statement.when->node) ||
                                         std::holds_alternative<Not>(statement.when->node));
  const bool shared = statement.as<Contraindication>() != nullptr && (entries.size() > 1 || joined);
  std::optional<Counterfactual> way;
  // Several windows of one entry are cleared together, or not at all by a single edit: only one is offered.
  if (outcome.measured.size() == 1 && !shared) {
    const Measured& m = outcome.measured.front();
    way = other_date(m, m.entry->entry->section == Section::medicines && statement.as<Avoid>() == nullptr, session);
  } else if (outcome.measured.empty() && outcome.entry != nullptr && statement.when) {
    way = other_status(statement, entries, session);
  }
  if (way) out.push_back(std::move(*way));
  return out;
}

}  // namespace needleplan
