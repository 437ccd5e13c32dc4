#include "needleplan/batch/rows.h"

#include <fmt/format.h>

#include "needleplan/render/csv.h"

namespace needleplan::batch {

namespace {

void append_date(std::string& out, const std::optional<Date>& date) {
  out += ',';
  if (date) out += iso(*date);
}

/// `a; b; c`.
template <class List, class Name>
void append_list(std::string& out, const List& list, Name name) {
  std::string all;
  for (const auto& one : list) {
    if (!all.empty()) all += "; ";
    all += name(one);
  }
  out += ',';
  append_cell(out, all);
}

}  // namespace

void append_row(std::string& out, const Facts& facts, const Assessment& assessment) {
  const Profile& profile = *facts.profile;
  append_cell(out, profile.id.value);
  append_date(out, profile.session.date.given() ? std::optional(profile.session.date.value) : std::nullopt);
  out += ',';
  out += to_string(assessment.verdict);
  out += bookable(assessment.verdict) ? ",yes" : ",no";
  append_date(out, assessment.earliest);
  append_date(out, assessment.clear_from);
  out += ',';
  append_cell(out, assessment.binding);
  append_list(out, assessment.questions, [](const Question& question) { return std::string_view(question.path); });
  append_list(out, assessment.findings, [](const Finding& finding) { return std::string_view(finding.rule); });
  out += ",\n";
}

void append_row(std::string& out, const InputFault& fault) {
  append_cell(out, fault.client);
  out += ",,,,,,,,,";
  std::string words = fault.input;
  const auto add = [&words](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
  if (!fault.message.empty()) add(fault.message);
  for (const Mistake& mistake : fault.mistakes)
    add(fmt::format("{}:{} {}", mistake.at.line, mistake.at.column, mistake.id));
  append_cell(out, words);
  out += '\n';
}

}  // namespace needleplan::batch
