#include <algorithm>

#include <fmt/format.h>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/findings/assess.h"
#include "needleplan/findings/words.h"
#include "needleplan/plan/common.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

Item line(std::string label, std::string text) {
  Item item;
  item.mark = Mark::note;
  item.label = std::move(label);
  item.text = std::move(text);
  return item;
}

void add(Group& group, std::string_view label, std::string_view text) {
  if (!text.empty()) group.items.push_back(line(std::string(label), std::string(text)));
}

std::string written(const Bound& bound) {
  if (bound.kind == Bound::Kind::later_of) return fmt::format("later of {} and an event", bound.written);
  if (bound.kind == Bound::Kind::earlier_of) return fmt::format("earlier of {} and an event", bound.written);
  return std::string(bound.written);
}

std::string written(const Ban& ban) {
  return ban.from ? fmt::format("from {} to {}", written(*ban.from), written(ban.to)) : written(ban.to);
}

/// The lines that only one kind of statement has, as the pack writes them. One visitor for all kinds
/// reads better than seven functions of three lines.
// NOLINTNEXTLINE(readability-function-cognitive-complexity)
void add_kind_lines(Group& group, const Statement& statement, const Pack& pack) {
  const auto labels = [&](const Subjects& subjects) {
    std::string out;
    for (const SubjectId s : subjects)
      out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", pack.catalog[s].id, pack.catalog[s].label);
    return out;
  };
  const auto range = [&](std::string_view label, const Bound& from, const Bound& to) {
    add(group, label,
        fmt::format("from {} to {}", from.kind == Bound::Kind::open ? "the session" : written(from),
                    to.kind == Bound::Kind::open ? "no end given" : written(to)));
  };
  std::visit(
      Overloaded{
          [&](const Contraindication& c) {
            add(group, "Verdict", to_string(c.verdict));
            if (!c.until.empty()) add(group, "Until", c.until);
            if (c.wait) add(group, "Wait", fmt::format("{} after it ended", to_string(*c.wait)));
            add(group, "Sign-off",
                c.absolute                    ? "never helps: absolute"
                : c.signoff == Verdict::clear ? "never helps"
                                              : fmt::format("turns up to {} into a caution", to_string(c.signoff)));
          },
          [&](const Avoid& a) {
            add(group, "Subject", labels(a.subjects));
            if (a.before) add(group, "Before", written(a.before->to));
            if (a.after) add(group, "After", written(*a.after));
            if (a.advice) add(group, "Checked", "no: advice only");
          },
          [&](const Do& d) {
            if (d.phase) add(group, "Phase", to_string(*d.phase));
            if (d.mode != Mode::must) add(group, "Mode", to_string(d.mode));
            range("When", d.from, d.to);
            add(group, "How", dose_words(d));
          },
          [&](const Expect& e) { range("Normal", e.from, e.to); },
          [&](const Warning& w) {
            range("When", w.from, w.to);
            add(group, "Action",
                w.call == Call::urgent   ? "urgent care or the emergency number now"
                : w.call == Call::clinic ? "call the clinic the same day"
                                         : "not normal; the source names nobody to call");
          },
          [&](const Step& s) {
            add(group, "Step", fmt::format("{}. {}", s.order, s.title));
            if (s.length) add(group, "Length", to_string(*s.length));
            for (const std::string_view instruction : s.instructions)
              add(group, "Do", instruction);
            for (const Setting& setting : s.settings)
              add(group, "Setting",
                  fmt::format("{}: {} {} {}", setting.id, setting.depth_written, setting.time_written, setting.text));
          },
          [&](const Series& s) {
            if (!s.indications.empty()) add(group, "For", labels(s.indications));
            if (s.interval) add(group, "Interval", to_string(*s.interval));
            if (s.least > 0)
              add(group, "Sessions",
                  s.least == s.most ? fmt::format("{}", s.least)
                  : s.most == 0     ? fmt::format("{} or more", s.least)
                                    : fmt::format("{}..{}", s.least, s.most));
            if (s.review_after > 0) add(group, "Review", fmt::format("after {} sessions", s.review_after));
          },
      },
      statement.detail);
}

Group sources_group(const Citations& citations, const Pack& pack) {
  Group group = named_group("sources", "Sources");
  if (citations.list.empty()) group.note = "Unsourced: no source was found for this.";
  if (!citations.unsourced.empty())
    group.note = fmt::format("No source gives these: {}.", fmt::join(citations.unsourced, ", "));
  if (const std::string spread = spread_words(citations); !spread.empty())
    group.note += fmt::format("{}They disagree: {}.", group.note.empty() ? "" : " ", spread);
  for (const Citation& citation : citations.list) {
    const Reference& reference = pack.references[citation.source];
    std::string figures;
    for (const auto& [key, value] : citation.figures)
      figures += fmt::format("{}{} {}", figures.empty() ? "" : ", ", key, value);
    if (!citation.says.empty()) figures += (figures.empty() ? "" : "; ") + std::string(citation.says);
    Item item = line(std::string(reference.key), fmt::format("{}: {}", words(reference.grade), reference.title));
    item.id = std::string(reference.key);
    if (!figures.empty()) item.details.push_back({"Says", figures});
    if (!reference.url.empty()) item.details.push_back({"Read at", std::string(reference.url)});
    group.items.push_back(std::move(item));
  }
  return group;
}

/// Why it fired for this client, or the fact that kept it from firing.
Group client_group(const Statement& statement, const PlanInput& input) {
  Group group = named_group("client", "For this client");
  const auto outcomes = outcomes_of(statement, *input.facts);
  for (const Outcome& outcome : outcomes) {
    Item item;
    item.id = std::string(statement.id);
    item.mark = Mark::finding;
    item.label = std::string(outcome.holds == Truth::unknown ? "not known" : to_string(outcome.verdict));
    item.text = outcome.entry != nullptr ? fmt::format("It applies to {}.", name_of(*outcome.entry)) : "It applies.";
    if (outcome.holds == Truth::unknown) item.text = "It cannot be decided yet.";
    for (const Used& used : outcome.used) {
      const FactUsed fact = fact_used(used, *input.facts);
      item.details.push_back({"Fact", fmt::format("{} = {} ({})", fact.path, fact.value, fact.at.to_string())});
    }
    for (const Measured& measured : outcome.measured)
      item.details.push_back({"Dates", arithmetic(measured, session_start(*input.facts))});
    for (const Open& open : outcome.open)
      item.details.push_back({"Missing", open.path});
    group.items.push_back(std::move(item));
  }
  if (!outcomes.empty()) return group;
  if (input.assessment != nullptr && statement.when) {
    group.note = "It does not apply: its condition does not hold for this profile.";
  } else if (const auto* avoid = statement.as<Avoid>(); avoid != nullptr) {
    const bool any = std::any_of(input.facts->entries.begin(), input.facts->entries.end(), [&](const EntryFacts& e) {
      return e.is(input.pack->catalog, avoid->subjects) != Truth::no;
    });
    group.note = any ? "It does not apply: every gap it asks for is kept, or the area is another one."
                     : "It does not apply: nothing in the profile is one of its subjects.";
  } else {
    group.note = "It is not checked against a profile; it is printed in plans.";
  }
  return group;
}

Document explain_statement(const PlanInput& input, const Statement& statement) {
  Document out = start_document(input, "explain", fmt::format("{} ({})", statement.id, to_string(statement.kind())));
  Group group = named_group("statement", std::string(statement.summary.empty() ? statement.id : statement.summary));
  add(group, "Says", statement.say);
  add(group, "Why", statement.why);
  add(group, "Instead", statement.instead);
  add(group, "Action", statement.action);
  if (statement.when) add(group, "When", text_of(*statement.when, input.pack->catalog));
  add_kind_lines(group, statement, *input.pack);
  add(group, "Scope", statement.scope == Scope::area ? "the treated area" : "anywhere on the body");
  add(group, "Note", statement.note);
  add(group, "Stands at", fmt::format("{} (layer {})", statement.at.to_string(), statement.layer));
  if (input.facts != nullptr) out.sections.push_back(client_group(statement, input));
  out.sections.push_back(std::move(group));
  out.sections.push_back(sources_group(statement.citations, *input.pack));
  return out;
}

Document explain_setting(const PlanInput& input, const Statement& step, const Setting& setting) {
  Document out = start_document(input, "explain", fmt::format("{} (setting of the step {})", setting.id, step.id));
  Group group = named_group("statement", std::string(step.as<Step>()->title));
  add(group, "Depth", setting.depth_written);
  add(group, "Time", setting.time_written);
  add(group, "Says", setting.text);
  add(group, "Stands at", fmt::format("{} (layer {})", setting.at.to_string(), step.layer));
  out.sections.push_back(std::move(group));
  out.sections.push_back(sources_group(setting.citations, *input.pack));
  return out;
}

Document explain_protocol(const PlanInput& input) {
  Document out = start_document(input, "explain", std::string(input.pack->title));
  for (const About& about : input.pack->about) {
    Group group = named_group(std::string(about.id), std::string(about.title));
    group.note = std::string(about.say);
    add(group, "Sources", sources_words(about.citations, *input.pack));
    out.sections.push_back(std::move(group));
  }
  return out;
}

}  // namespace

std::optional<Document> build_explain(const PlanInput& input, std::string_view id) {
  if (id == input.pack->id) return explain_protocol(input);
  if (const Statement* statement = input.pack->find(id)) return explain_statement(input, *statement);
  if (const auto [step, setting] = input.pack->find_setting(id); setting != nullptr)
    return explain_setting(input, *step, *setting);
  for (const About& about : input.pack->about) {
    if (about.id != id) continue;
    Document out = start_document(input, "explain", std::string(about.title));
    Group group = named_group("about", {});
    group.note = std::string(about.say);
    out.sections.push_back(std::move(group));
    out.sections.push_back(sources_group(about.citations, *input.pack));
    return out;
  }
  return std::nullopt;
}

}  // namespace needleplan
