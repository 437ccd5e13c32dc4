#include "needleplan/authoring/impact.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "needleplan/findings/assess.h"
#include "needleplan/plan/builders.h"
#include "needleplan/render/record.h"

namespace needleplan {

namespace {

/// A client under one protocol.
struct Seen {
  Seen(const Profile& profile, const Pack& pack, Date as_of) : facts(resolve(profile, pack, as_of)) {
    assessment = assess(facts);
    input.pack = &pack;
    input.facts = &facts;
    input.assessment = &assessment;
    input.session = session_of(profile);
    input.as_of = as_of;
  }
  Seen(const Seen&) = delete;
  Seen& operator=(const Seen&) = delete;

  /// The worst verdict of each rule that speaks.
  [[nodiscard]] std::map<std::string, Verdict> rules() const {
    std::map<std::string, Verdict> out;
    for (const Finding& finding : assessment.findings) {
      Verdict& worst = out.try_emplace(finding.rule, finding.verdict).first->second;
      worst = std::max(worst, finding.verdict);
    }
    return out;
  }

  Facts facts;
  Assessment assessment;
  PlanInput input;
};

using Line =
    std::tuple<std::string, Mark, std::string, std::string, std::optional<std::string>, std::optional<std::string>>;

/// The items of a document by section and id, each with how many there are of it.
std::map<std::pair<std::string, std::string>, std::map<Line, int>> lines_of(const Document& document) {
  std::map<std::pair<std::string, std::string>, std::map<Line, int>> out;
  for (const Group& section : document.sections)
    for (const Item& item : section.items)
      ++out[{section.id, item.id}][{item.label, item.mark, item.text, item.until, item.from, item.to}];
  return out;
}

/// How many items one document has and the other lacks. One that is only said differently counts once.
std::size_t differing(const Document& before, const Document& after) {
  auto was = lines_of(before);
  auto now = lines_of(after);
  for (auto& [key, lines] : now)
    was[key];
  std::size_t out = 0;
  for (auto& [key, lines] : was) {
    std::size_t gone = 0;
    std::size_t come = 0;
    auto& others = now[key];
    for (const auto& [line, count] : lines)
      gone += static_cast<std::size_t>(std::max(0, count - others[line]));
    for (const auto& [line, count] : others)
      come += static_cast<std::size_t>(std::max(0, count - lines[line]));
    out += std::max(gone, come);
  }
  return out;
}

std::string_view word(const std::optional<Verdict>& verdict) {
  return verdict ? to_string(*verdict) : std::string_view{};
}

}  // namespace

ClientImpact impact(const Profile& profile, const Pack& before, const Pack& after, Date as_of, int days) {
  const Seen was(profile, before, as_of);
  const Seen now(profile, after, as_of);
  ClientImpact out;
  out.client = profile.id.value_or({});
  out.before = was.assessment.verdict;
  out.after = now.assessment.verdict;
  std::map<std::string, RuleImpact> rules;
  for (const auto& [rule, verdict] : was.rules())
    rules[rule].before = verdict;
  for (const auto& [rule, verdict] : now.rules())
    rules[rule].after = verdict;
  for (auto& [rule, one] : rules) {
    if (one.before == one.after) continue;
    one.rule = rule;
    out.rules.push_back(std::move(one));
  }
  out.prep = differing(build_prep(was.input), build_prep(now.input));
  out.procedure =
      differing(build_procedure(was.input, was.input.session.time), build_procedure(now.input, now.input.session.time));
  out.aftercare = differing(build_aftercare(was.input, days), build_aftercare(now.input, days));
  return out;
}

void ImpactSummary::add(const ClientImpact& client) {
  ++clients;
  if (client.changed()) ++changed;
  ++transitions[static_cast<std::size_t>(client.before)][static_cast<std::size_t>(client.after)];
}

std::string to_text(const ClientImpact& client, std::string_view path) {
  std::string out = fmt::format("{}: {}: ", path, client.client);
  out += client.before == client.after ? fmt::format("still {}", to_string(client.after))
                                       : fmt::format("{} -> {}", to_string(client.before), to_string(client.after));
  const auto list = [&](std::string_view head, auto wanted, auto words) {
    std::string names;
    for (const RuleImpact& rule : client.rules)
      if (wanted(rule)) names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", rule.rule, words(rule));
    if (!names.empty()) out += fmt::format("; {}: {}", head, names);
  };
  list(
      "new", [](const RuleImpact& r) { return !r.before; }, [](const RuleImpact& r) { return word(r.after); });
  list(
      "gone", [](const RuleImpact& r) { return !r.after; }, [](const RuleImpact& r) { return word(r.before); });
  list(
      "otherwise", [](const RuleImpact& r) { return r.before && r.after; },
      [](const RuleImpact& r) { return fmt::format("{} -> {}", word(r.before), word(r.after)); });
  if (client.lines() > 0)
    out += fmt::format("; {} {} of the plans", client.lines(), client.lines() == 1 ? "line" : "lines");
  return out + "\n";
}

std::string to_text(const ImpactSummary& summary) {
  std::string out =
      fmt::format("{} {}: {} changed", summary.clients, summary.clients == 1 ? "client" : "clients", summary.changed);
  if (summary.unread > 0) out += fmt::format("; {} more could not be read", summary.unread);
  out += '\n';
  for (std::size_t i = 0; i < summary.transitions.size(); ++i)
    for (std::size_t k = 0; k < summary.transitions.size(); ++k)
      if (const std::size_t count = summary.transitions[i][k]; count > 0)
        out += fmt::format("{:>7}  {} -> {}\n", count, kEnumNames<Verdict>[i], kEnumNames<Verdict>[k]);
  return out;
}

std::string to_json(const ClientImpact& client, std::string_view path) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object().member("schema_version", kSchemaVersion).member("record", "impact");
  json.member("input", path).member("client", client.client);
  json.member("before", to_string(client.before)).member("after", to_string(client.after));
  json.key("rules").begin_array();
  for (const RuleImpact& rule : client.rules) {
    json.begin_object().member("rule", rule.rule);
    if (rule.before) json.member("before", to_string(*rule.before));
    if (rule.after) json.member("after", to_string(*rule.after));
    json.end_object();
  }
  json.end_array().key("lines").begin_object();
  json.member("prep", client.prep).member("procedure", client.procedure).member("aftercare", client.aftercare);
  json.end_object().end_object();
  return out + "\n";
}

std::string to_json(const ImpactSummary& summary) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object().member("schema_version", kSchemaVersion).member("record", "impact-summary");
  json.member("clients", summary.clients).member("changed", summary.changed).member("unread", summary.unread);
  json.key("transitions").begin_array();
  for (std::size_t i = 0; i < summary.transitions.size(); ++i)
    for (std::size_t k = 0; k < summary.transitions.size(); ++k)
      if (const std::size_t count = summary.transitions[i][k]; count > 0) {
        json.begin_object().member("before", kEnumNames<Verdict>[i]).member("after", kEnumNames<Verdict>[k]);
        json.member("clients", count).end_object();
      }
  json.end_array().end_object();
  return out + "\n";
}

}  // namespace needleplan
