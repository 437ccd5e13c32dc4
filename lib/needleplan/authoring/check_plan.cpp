#include "needleplan/authoring/check_plan.h"

#include <algorithm>

#include <fmt/format.h>

namespace needleplan {

namespace {

/// A line of the plan that has the id in question, with its section.
struct Candidate {
  const Group* section = nullptr;
  const Item* item = nullptr;
};

std::vector<Candidate> lines_with(std::string_view id, const Document& plan) {
  std::vector<Candidate> out;
  for (const Group& section : plan.sections)
    for (const Item& item : section.items)
      if (item.id == id) out.push_back({&section, &item});
  return out;
}

bool is(const Group& section, std::string_view wanted) {
  return section.id == wanted || (section.date && *section.date == wanted);
}

/// As a case may name it: the date where there is one.
std::string_view section_name(const Group& section) {
  return section.date ? std::string_view(*section.date) : std::string_view(section.id);
}

std::string sections_of(const std::vector<Candidate>& lines) {
  std::string out;
  for (const Candidate& line : lines)
    out += fmt::format("{}{}", out.empty() ? "" : ", ", section_name(*line.section));
  return out;
}

std::string line_text(const Candidate& line) {
  const Item& item = *line.item;
  std::string out = item.label + (item.label.empty() ? "" : " ") + item.text;
  for (const std::string* more : {&item.reason, &item.until, &line.section->note})
    if (!more->empty()) out += " - " + *more;
  for (const Detail& detail : item.details)
    out += fmt::format(" - {}: {}", detail.name, detail.text);
  return out;
}

bool fits(const Candidate& line, const ExpectedLine& expected) {
  const Item& item = *line.item;
  return (expected.on.empty() || is(*line.section, expected.on)) && (!expected.mark || item.mark == *expected.mark) &&
         (expected.contains.empty() || line_text(line).find(expected.contains) != std::string::npos) &&
         (expected.from.empty() || item.from.value_or("none") == expected.from) &&
         (expected.to.empty() || item.to.value_or("none") == expected.to);
}

/// What the expectation says beside the id.
std::string wanted_words(const ExpectedLine& expected) {
  std::string out;
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", key, value);
  };
  add("on", expected.on);
  add("marked", expected.mark ? to_string(*expected.mark) : std::string_view{});
  add("with", expected.contains.empty() ? std::string_view{} : std::string_view(expected.contains));
  add("from", expected.from);
  add("to", expected.to);
  return out;
}

std::string got_words(const Candidate& line) {
  return fmt::format("on {}, marked {}, from {}, to {}: {}", section_name(*line.section), to_string(line.item->mark),
                     line.item->from.value_or("none"), line.item->to.value_or("none"), line_text(line));
}

}  // namespace

void check_plan(const ExpectedPlan& expected, const Document& plan, std::vector<Failure>& out) {
  for (const auto& id : expected.absent)
    if (const auto lines = lines_with(id.value, plan); !lines.empty())
      out.push_back({id.at, fmt::format("expected no line of {}, got it on {}", id.value, sections_of(lines))});
  for (const ExpectedLine& line : expected.lines) {
    const auto lines = lines_with(line.id, plan);
    if (lines.empty()) {
      out.push_back({line.at, fmt::format("expected a line of {}, got none", line.id)});
      continue;
    }
    if (!line.first.empty() && !is(*lines.front().section, line.first))
      out.push_back(
          {line.at, fmt::format("expected {} first on {}, got it on {}", line.id, line.first, sections_of(lines))});
    if (!line.last.empty() && !is(*lines.back().section, line.last))
      out.push_back(
          {line.at, fmt::format("expected {} last on {}, got it on {}", line.id, line.last, sections_of(lines))});
    if (std::none_of(lines.begin(), lines.end(), [&](const Candidate& got) { return fits(got, line); })) {
      // The line that stands where it was looked for says more than the first of all.
      const auto near = std::find_if(lines.begin(), lines.end(), [&](const Candidate& got) {
        return line.on.empty() || is(*got.section, line.on);
      });
      out.push_back({line.at, fmt::format("expected {} {}, got it {}", line.id, wanted_words(line),
                                          got_words(near == lines.end() ? lines.front() : *near))});
    }
  }
}

}  // namespace needleplan
