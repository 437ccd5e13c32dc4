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
  return {session.date.given() ? *session.date.given() : facts.as_of, facts.time()};
}

std::string name_of(const EntryFacts& entry) {
  if (entry.entry->section == Section::sessions) return "earlier session";
  return std::string(entry.entry->name.value);
}

std::string arithmetic(const Measured& m, const SessionStart& session, bool prescribed) {
  const Date near = session.day;
  if (m.ongoing) {
    const auto [latest, preferred] = last_days(session, m);
    const bool exposure = m.entry->entry->section == Section::exposures;
    std::string out =
        fmt::format("{}; session {}; {}{}", exposure ? "still there" : "still used", words(session.day, near),
                    course_words(m), window_words(m.window) + (m.course_days > 0 ? ", more with each day of use" : ""));
    if (prescribed) return out;
    out += ": ";
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
  return text;
}

std::string as_written(std::string_view text) {
  return std::string(text);
}
std::string yes_or_no(bool yes) {
  return yes ? "yes" : "no";
}

/// An answer as the profile says it; a finding may rest on a "none" too.
template <class T, class Words>
std::string shown(const Answer<T>& answer, Words words) {
  if (const T* value = answer.given()) return std::string(words(*value));
  return answer.is_none() ? "none" : "unknown";
}

/// The value of a fact of the client or session, by its path.
std::string client_value(std::string_view path, const Profile& p) {
  const Session& s = p.session;
  if (path == "client.birth_date") return shown(p.birth_date, [](const When& when) { return iso(when); });
  if (path == "client.fitzpatrick") return shown(p.skin_type, [](auto word) { return to_string(word); });
  if (path == "life_stage.pregnant" || path == "life_stage.breastfeeding") return "yes";
  if (path == "session.depth") return shown(s.depth, depth_words);
  if (path == "session.numbing_time") return shown(s.numbing_time, [](Span span) { return to_string(span); });
  if (path == "session.areas") return shown(s.areas, listed);
  if (path == "session.indication") return shown(s.indications, listed);
  if (path == "session.add_ons") return shown(s.add_ons, listed);
  if (path == "session.device") return shown(s.device, as_written);
  if (path == "session.numbing") return shown(s.numbing, as_written);
  if (path == "session.protocol") return shown(s.protocol, as_written);
  if (path == "preferences") return shown(p.preferences, listed);
  if (path == "cycle") return "none";
  if (path == "cycle.last_period") return shown(p.cycle.last_period, [](const When& when) { return iso(when); });
  if (path == "cycle.length") return shown(p.cycle.length, [](Span span) { return to_string(span); });
  return {};
}

/// The value of a key of an entry.
std::string entry_value(std::string_view key, const Entry& e) {
  if (key == "name") return std::string(e.name.value);
  if (key == "status") return shown(e.status, [](auto word) { return to_string(word); });
  if (key == "resolved") return shown(e.resolved, [](const When& when) { return iso(when); });
  if (key == "since") return shown(e.since, [](const When& when) { return iso(when); });
  if (key == "last_used") return shown(e.last_used, [](const When& when) { return iso(when); });
  if (key == "started") return shown(e.started, [](const When& when) { return iso(when); });
  if (key == "date" && e.at_session) return std::string(e.name.value);
  if (key == "date") return shown(e.date, [](const When& when) { return iso(when); });
  if (key == "ongoing") return shown(e.ongoing, yes_or_no);
  if (key == "prescribed") return shown(e.prescribed, yes_or_no);
  if (key == "area") return shown(e.areas, listed);
  if (key == "form") return shown(e.form, as_written);
  if (key == "route") return shown(e.route, [](auto word) { return to_string(word); });
  if (key == "strength") return shown(e.strength, as_written);
  return {};
}

}  // namespace

FactUsed fact_used(const Used& used, const Facts& facts) {
  if (!used.item.empty()) {
    const YesNo* answer = facts.profile->answer(used.item);
    return {fmt::format("{}.{}", used.key, used.item), used.at, shown(answer->fact, yes_or_no)};
  }
  if (used.entry == nullptr) return {std::string(used.key), used.at, client_value(used.key, *facts.profile)};
  const Entry& entry = *used.entry->entry;
  return {path_of(entry, used.key), used.at, entry_value(used.key, entry)};
}

namespace {

/// A use cannot have ended before it was begun.
bool starts_after(const Entry& entry, Date day) {
  return entry.started.given() != nullptr && entry.started.given()->days.first > day;
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
  if (m.ongoing) {
    const bool used = e.section != Section::exposures;
    return Counterfactual{fmt::format("{} by {}", used ? "last used" : "over", words(day, near)),
                          {{path_of(e, "ongoing"), "no"}, {path_of(e, used ? "last_used" : "date"), iso(day)}}};
  }
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
