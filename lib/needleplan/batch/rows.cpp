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
template <class List>
void append_list(std::string& out, const List& list) {
  std::string all;
  for (const std::string_view one : list) {
    if (!all.empty()) all += "; ";
    all += one;
  }
  out += ',';
  append_cell(out, all);
}

}  // namespace

void append_row(std::string& out, const Facts& facts, const Brief& brief) {
  const Profile& profile = *facts.profile;
  append_cell(out, profile.id.value_or({}));
  append_date(out, profile.session.date.optional());
  out += ',';
  out += to_string(brief.verdict);
  out += bookable(brief.verdict) ? ",yes" : ",no";
  append_date(out, brief.earliest);
  append_date(out, brief.clear_from);
  out += ',';
  append_cell(out, brief.binding);
  append_list(out, brief.questions);
  append_list(out, brief.rules);
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
