#include <algorithm>

#include <fmt/format.h>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/explain_client.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

Item unnamed_note(std::string label, std::string text) {
  Item item;
  item.mark = Mark::note;
  item.label = std::move(label);
  item.text = std::move(text);
  return item;
}

void add_note(Group& group, std::string_view label, std::string_view text) {
  if (!text.empty()) group.items.push_back(unnamed_note(std::string(label), std::string(text)));
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
    add_note(group, label,
             fmt::format("from {} to {}", from.kind == Bound::Kind::open ? "the session" : written(from),
                         to.kind == Bound::Kind::open ? "no end given" : written(to)));
  };
  std::visit(Overloaded{
                 [&](const Contraindication& c) {
                   add_note(group, "Verdict", to_string(c.verdict));
                   if (!c.until.empty()) add_note(group, "Until", c.until);
                   if (c.wait) add_note(group, "Wait", fmt::format("{} after it ended", to_string(*c.wait)));
                   if (c.ahead) add_note(group, "Ahead", fmt::format("{} before it is planned", to_string(*c.ahead)));
                   add_note(group, "Sign-off",
                            c.absolute                    ? "never helps: absolute"
                            : c.signoff == Verdict::clear ? "never helps"
                                                          : fmt::format("turns up to {} into a caution, signed by {}",
                                                                        to_string(c.signoff), roles_text(c.signed_by)));
                 },
                 [&](const Avoid& a) {
                   add_note(group, "Subject", labels(a.subjects));
                   if (a.before) add_note(group, "Before", written(a.before->to));
                   if (a.after) add_note(group, "After", written(*a.after));
                   if (a.advice) add_note(group, "Checked", "no: advice only");
                 },
                 [&](const Do& d) {
                   if (d.phase) add_note(group, "Phase", to_string(*d.phase));
                   if (d.mode != Mode::must) add_note(group, "Mode", to_string(d.mode));
                   range("When", d.from, d.to);
                   add_note(group, "How", dose_words(d));
                   add_note(group, "Uses", labels(d.uses));
                 },
                 [&](const Expect& e) { range("Normal", e.from, e.to); },
                 [&](const Warning& w) {
                   range("When", w.from, w.to);
                   add_note(group, "Action",
                            w.call == Call::urgent   ? "urgent care or the emergency number now"
                            : w.call == Call::clinic ? "call the clinic the same day"
                                                     : "not normal; the source names nobody to call");
                 },
                 [&](const Step& s) {
                   add_note(group, "Step", fmt::format("{}. {}", s.order, s.title));
                   if (s.length) add_note(group, "Length", to_string(*s.length));
                   for (const std::string_view instruction : s.instructions)
                     add_note(group, "Do", instruction);
                   add_note(group, "Uses", labels(s.uses));
                   for (const Setting& setting : s.settings)
                     add_note(group, "Setting",
                              fmt::format("{}: {} {} {}", setting.id, setting.depth_written, setting.time_written,
                                          setting.text));
                 },
                 [&](const Series& s) {
                   if (!s.indications.empty()) add_note(group, "For", labels(s.indications));
                   if (s.interval) add_note(group, "Interval", to_string(*s.interval));
                   if (s.sessions.least > 0)
                     add_note(group, "Sessions",
                              s.sessions.least == s.sessions.most ? fmt::format("{}", s.sessions.least)
                              : s.sessions.most == 0              ? fmt::format("{} or more", s.sessions.least)
                                                     : fmt::format("{}..{}", s.sessions.least, s.sessions.most));
                   if (s.review_after > 0) add_note(group, "Review", fmt::format("after {} sessions", s.review_after));
                 },
                 [&](const NoConcern& n) {
                   add_note(group, "Subject", labels(n.subjects));
                   add_note(group, "Where", places_text(n.places));
                 },
             },
             statement.detail);
}

std::string_view scope_words(Scope scope) {
  switch (scope) {
    case Scope::area:
      return "the treated area";
    case Scope::near:
      return "the treated area and the skin that touches it";
    case Scope::anywhere:
      return "anywhere on the body";
  }
  return {};
}

Document explain_statement(const PlanInput& input, const Statement& statement) {
  Document out = start_document(input, "explain", fmt::format("{} ({})", statement.id, to_string(statement.kind())));
  Group group = named_group("statement", std::string(statement.summary.empty() ? statement.id : statement.summary));
  add_note(group, "Says", statement.say);
  add_note(group, "Why", statement.why);
  add_note(group, "Instead", statement.instead);
  add_note(group, "Action", statement.action);
  if (statement.when) add_note(group, "When", text_of(*statement.when, input.pack->catalog));
  add_kind_lines(group, statement, *input.pack);
  if (const Verdict broken = broken_verdict(statement); with_clearance(statement, broken) != broken)
    add_note(group, "Clearance", fmt::format("a clinician may allow it, so {} counts as consult", to_string(broken)));
  add_note(group, "Scope", scope_words(statement.scope));
  add_note(group, "Note", statement.note);
  add_note(group, "Stands at", fmt::format("{} (layer {})", statement.at.to_string(), statement.layer));
  if (input.facts != nullptr)
    for (Group& part : client_groups(statement, input))
      out.sections.push_back(std::move(part));
  out.sections.push_back(std::move(group));
  out.sections.push_back(sources_group(statement, *input.pack));
  return out;
}

Document explain_setting(const PlanInput& input, const Statement& step, const Setting& setting) {
  Document out = start_document(input, "explain", fmt::format("{} (setting of the step {})", setting.id, step.id));
  Group group = named_group("statement", std::string(step.as<Step>()->title));
  add_note(group, "Depth", setting.depth_written);
  add_note(group, "Time", setting.time_written);
  add_note(group, "Says", setting.text);
  std::string uses;
  for (const SubjectId subject : setting.uses)
    uses += fmt::format("{}{}", uses.empty() ? "" : ", ", input.pack->catalog[subject].label);
  add_note(group, "Uses", uses);
  add_note(group, "Instead", setting.instead);
  add_note(group, "Stands at", fmt::format("{} (layer {})", setting.at.to_string(), step.layer));
  out.sections.push_back(std::move(group));
  out.sections.push_back(sources_group(setting.citations, *input.pack));
  return out;
}

Document explain_protocol(const PlanInput& input) {
  Document out = start_document(input, "explain", std::string(input.pack->title));
  for (const About& about : input.pack->about) {
    Group group = named_group(std::string(about.id), std::string(about.title));
    group.note = std::string(about.say);
    add_note(group, "Sources", sources_words(about.citations, *input.pack));
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
