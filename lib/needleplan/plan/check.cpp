#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "needleplan/catalog/fold.h"
#include "needleplan/findings/listing.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/phrases.h"
#include "needleplan/plan/remarks.h"

namespace needleplan {

namespace {

constexpr std::string_view kNew = "new";
constexpr std::string_view kNewInPart = "new in part";

void add_detail(Item& item, std::string_view name, std::string_view text) {
  if (!text.empty()) item.details.push_back({std::string(name), std::string(text)});
}

/// `clinic.yaml:12` of the rule, with its sources in short.
std::string rule_words(const Finding& finding, const Pack& pack) {
  if (finding.statement == nullptr) return finding.rule;
  const Citations& citations = finding.setting != nullptr ? finding.setting->citations : finding.statement->citations;
  const std::string spread = spread_words(citations);
  return fmt::format("{}; {}{}", finding.rule, sources_words(citations, pack),
                     spread.empty() ? "" : "; they say: " + spread);
}

/// Near names with what each of them is: some letters apart may be another thing altogether.
std::vector<std::string> with_meanings(const Finding& finding, const Catalog& catalog) {
  std::vector<std::string> out = finding.suggestions;
  if (finding.rule != "unknown-name" && finding.rule != "unknown-denied") return out;
  for (std::string& name : out)
    if (const NameMatch match = catalog.match(name); match.subjects.size() == 1)
      if (const std::string_view label = catalog[match.subjects.front()].label; fold(label) != fold(name))
        name += fmt::format(" ({})", label);
  return out;
}

Item finding_item(const Finding& finding, std::size_t number, const Pack& pack) {
  Item item;
  item.id = finding.rule;
  item.mark = Mark::finding;
  item.label = fmt::format("{}. {}", number, to_string(finding.verdict));
  item.text = finding.summary;
  item.statement = finding.statement;
  item.setting = finding.setting;
  add_detail(item, "Do", finding.action);
  add_detail(item, "Dates", finding.arithmetic);
  std::string ways;
  for (const Counterfactual& way : finding.counterfactuals)
    ways += (ways.empty() ? "" : "; or ") + way.words;
  add_detail(item, "Clear if", ways);
  if (!finding.suggestions.empty())
    add_detail(item, finding.rule == "ambiguous-name" ? "Can be" : "Near names",
               fmt::format("{}", fmt::join(with_meanings(finding, pack.catalog), ", ")));
  if (finding.statement != nullptr) add_detail(item, "Why", finding.statement->why);
  add_detail(item, "Rule", rule_words(finding, pack));
  if (finding.statement != nullptr) item.origin = origin_words(*finding.statement, pack);
  return item;
}

void mark_new(Item& item, std::string_view words) {
  item.origin = item.origin.empty() ? std::string(words) : fmt::format("{}; {}", words, item.origin);
}

Item question_item(const Question& question, bool is_new) {
  Item item;
  item.id = question.path;
  item.mark = Mark::ask;
  item.tick = true;
  item.text = question.text;
  if (is_new) mark_new(item, kNew);
  add_detail(item, "Write it to", fmt::format("{}", fmt::join(question.keys, ", ")));
  if (question.rules.size() > 4) {
    add_detail(item, "Rules waiting",
               fmt::format("{} and {} more", fmt::join(question.rules.begin(), question.rules.begin() + 3, ", "),
                           question.rules.size() - 3));
  } else {
    add_detail(item, "Rules waiting", fmt::format("{}", fmt::join(question.rules, ", ")));
  }
  return item;
}

/// What became of the findings of the earlier check.
Group since_section(const Since& since) {
  if (!since.known) {
    Group out = named_group("since", "Since the earlier check");
    out.note = "The earlier results have no record of this client, so nothing is marked as new.";
    return out;
  }
  Group out = named_group("since", "Gone since " + since.as_of);
  for (const GoneFinding& gone : since.gone) {
    Item item;
    item.id = gone.rule;
    item.mark = Mark::note;
    item.label = gone.verdict;
    item.text = fmt::format("{} ({})", gone.summary, gone.rule);
    out.items.push_back(std::move(item));
  }
  return out;
}

/// The depths of one session that are over several areas' ranges, as one item: the desk has one thing to do.
void join_depths(Group& findings) {
  std::vector<Item> out;
  out.reserve(findings.items.size());
  Item* first = nullptr;
  for (Item& item : findings.items) {
    const bool depth = item.setting != nullptr && item.setting->depth && !item.setting->areas.empty();
    if (!depth || first == nullptr) {
      out.push_back(std::move(item));
      if (depth) first = &out.back();
      continue;
    }
    if (item.origin.starts_with(kNew) && !first->origin.starts_with(kNew)) mark_new(*first, kNewInPart);
    first->text += "; " + item.text.substr(item.text.rfind(": ") + 2);
    for (Detail& detail : first->details) {
      if (detail.name == "Rule") detail.text += "; also " + item.id;
      if (detail.name == "Clear if") detail.text = "the depth is within every range";
      if (detail.name == "Do") detail.text = "Stay within the range of each area, or record why not.";
    }
  }
  findings.items = std::move(out);
  std::size_t number = 0;
  for (Item& item : findings.items)
    item.label = fmt::format("{}. {}", ++number, item.label.substr(item.label.find(' ') + 1));
}

/// What is known and has no rule: named, so that nobody takes it for overlooked.
Group known_names(const Assessment& assessment) {
  Group out = named_group("no-concern", "Also looked at");
  for (const bool sourced : {true, false}) {
    std::vector<std::string_view> names;
    for (const NameWithoutConcern& one : assessment.no_concern)
      if (one.sourced == sourced && std::find(names.begin(), names.end(), one.name) == names.end())
        names.push_back(one.name);
    if (names.empty()) continue;
    Item item;
    item.id = sourced ? "nothing-against" : "not-judged";
    item.mark = Mark::note;
    item.text = sourced
                    ? fmt::format("Nothing speaks against: {}", fmt::join(names, ", "))
                    : fmt::format("Not judged by this protocol, so the practitioner looks: {}", fmt::join(names, ", "));
    out.items.push_back(std::move(item));
  }
  return out;
}

}  // namespace

Document build_check(const PlanInput& input) {
  const Assessment& assessment = *input.assessment;
  Document out = start_document(input, "check", "Check");
  out.banner = banner_of(input);
  Group findings = named_group("findings", "What was found");
  Group questions = named_group("questions", "Ask the client");
  std::size_t number = 0;
  std::vector<std::string_view> new_questions;
  for (std::size_t i = 0; i < assessment.findings.size(); ++i) {
    const Finding& finding = assessment.findings[i];
    const bool is_new = input.since != nullptr && input.since->is_new(i);
    if (is_new && !finding.question.empty()) new_questions.emplace_back(finding.question);
    if (finding.rule == kNotKnown) continue;
    findings.items.push_back(finding_item(finding, ++number, *input.pack));
    if (is_new) mark_new(findings.items.back(), kNew);
  }
  join_depths(findings);
  Group lookups = named_group("lookups", "Look up");
  for (const Question& question : assessment.questions) {
    const bool is_new = std::find(new_questions.begin(), new_questions.end(), question.path) != new_questions.end();
    (question.of == AskedOf::clinic ? lookups : questions).items.push_back(question_item(question, is_new));
  }
  if (assessment.findings.empty()) findings.note = std::string(phrases::kNoRule);
  // What must be asked comes first where the answers decide; otherwise what was found.
  std::array sections{&findings, &questions, &lookups};
  if (assessment.verdict == Verdict::ask) std::rotate(sections.begin(), sections.begin() + 1, sections.end());
  for (Group* section : sections)
    if (!section->items.empty() || !section->note.empty()) out.sections.push_back(std::move(*section));
  if (input.since != nullptr) {
    Group since = since_section(*input.since);
    if (!since.items.empty() || !since.note.empty()) out.sections.push_back(std::move(since));
  }
  if (const std::size_t count = assessment.not_asked.size(); count > 0) {
    Group not_asked = named_group("not-asked", "Not asked");
    not_asked.note = fmt::format("{} question{}: no answer could change this verdict.", count, count == 1 ? "" : "s");
    out.sections.push_back(std::move(not_asked));
  }
  if (Group known = known_names(assessment); !known.items.empty()) out.sections.push_back(std::move(known));
  Group remarks = named_group("signoffs", "Sign-offs");
  for (const SignOffRemark& remark : assessment.remarks) {
    Item item;
    item.id = std::string(remark.signoff->rule.value);
    item.mark = Mark::note;
    item.text = fmt::format("{}, signed by {}: {}", remark.signoff->rule.value, remark.signoff->by, remark.words);
    remarks.items.push_back(std::move(item));
  }
  if (!remarks.items.empty()) out.sections.push_back(std::move(remarks));
  if (const auto& note = input.facts->profile->note; note.given()) {
    Group file = named_group("on-file", "On file, read by no rule");
    Item item;
    item.id = "client.note";
    item.mark = Mark::note;
    item.text = std::string(*note.given());
    file.items.push_back(std::move(item));
    out.sections.push_back(std::move(file));
  }
  return out;
}

}  // namespace needleplan
