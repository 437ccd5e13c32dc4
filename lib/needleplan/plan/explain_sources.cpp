#include <algorithm>

#include <fmt/format.h>

#include "needleplan/plan/common.h"
#include "needleplan/plan/explain_client.h"
#include "needleplan/protocol/compare_window.h"
#include "needleplan/protocol/window_length.h"
#include "needleplan/protocol/window_text.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

/// A figure in force under the key that sources give theirs by.
struct FigureInForce {
  std::string_view key;
  std::string text;
  std::optional<SpanRange> length;
  std::string_view more = "longer", less = "shorter";  ///< what a greater or smaller figure is
};

std::vector<FigureInForce> figures_of(const Statement& statement, const Pack& pack) {
  std::vector<FigureInForce> out;
  const auto bound = [&](std::string_view key, const Bound& b, bool ban) {
    if (b.kind == Bound::Kind::open && !ban) return;
    std::string text = text_of(b, pack);
    if (ban && text.starts_with('-')) text.erase(0, 1);  // the key says on which side it lies
    out.push_back({key, std::move(text), length_of(b, pack), ban ? "stricter" : "later", ban ? "milder" : "earlier"});
  };
  std::visit(Overloaded{[](const NoConcern&) {},
                        [&](const Contraindication& x) {
                          if (x.wait) out.push_back({"wait", to_string(*x.wait), x.wait, "stricter", "milder"});
                        },
                        [&](const Avoid& x) {
                          if (x.before) bound("before", x.before->to, true);
                          if (x.after) bound("after", x.after->to, true);
                        },
                        [&](const Do& x) { bound("from", x.from, false), bound("to", x.to, false); },
                        [&](const Expect& x) { bound("from", x.from, false), bound("to", x.to, false); },
                        [&](const Warning& x) { bound("from", x.from, false), bound("to", x.to, false); },
                        [&](const Step& x) {
                          if (x.length) out.push_back({"length", to_string(*x.length), x.length});
                        },
                        [&](const Series& x) {
                          if (x.interval)
                            out.push_back({"interval", to_string(*x.interval), x.interval, "stricter", "milder"});
                          if (x.sessions.least > 0)
                            out.push_back({"sessions", sessions_text(x.sessions), std::nullopt});
                        }},
             statement.detail);
  return out;
}

/// ` (stricter)`, ` (milder)`, ` (as in force)`; empty where the two cannot be compared.
std::string comparison_mark(std::string_view key, std::string_view value, const std::vector<FigureInForce>& in_force) {
  const auto figure =
      std::find_if(in_force.begin(), in_force.end(), [&](const FigureInForce& f) { return f.key == key; });
  if (figure == in_force.end()) return {};
  if (figure->text == value) return " (as in force)";
  const auto says = parse_span_range(value);
  if (!says || !figure->length) return {};
  const bool longer = at_least(*says, *figure->length);
  const bool shorter = at_least(*figure->length, *says);
  if (longer && shorter) return " (as in force)";
  return longer ? fmt::format(" ({})", figure->more) : shorter ? fmt::format(" ({})", figure->less) : std::string{};
}

Group group_of(const Citations& citations, const std::vector<FigureInForce>& in_force, const Pack& pack) {
  Group group = named_group("sources", "Sources");
  if (citations.list.empty()) group.note = "Unsourced: no source was found for this.";
  if (!citations.unsourced.empty())
    group.note = fmt::format("No source gives these: {}.", fmt::join(citations.unsourced, ", "));
  if (const std::string spread = spread_words(citations); !spread.empty())
    group.note += fmt::format("{}They disagree: {}.", group.note.empty() ? "" : " ", spread);
  if (!in_force.empty()) {
    std::string text;
    for (const FigureInForce& figure : in_force)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", figure.key, figure.text);
    group.items.push_back(named_note("in force", std::move(text)));
    group.items.back().id = "in-force";
  }
  for (const Citation& citation : citations.list) {
    const Reference& reference = pack.references[citation.source];
    std::string figures;
    for (const auto& [key, value] : citation.figures)
      figures +=
          fmt::format("{}{} {}{}", figures.empty() ? "" : ", ", key, value, comparison_mark(key, value, in_force));
    if (!citation.says.empty()) figures += (figures.empty() ? "" : "; ") + std::string(citation.says);
    Item item = named_note(std::string(reference.key), fmt::format("{}: {}", words(reference.grade), reference.title));
    if (!figures.empty()) item.details.push_back({"Says", figures});
    if (!reference.url.empty()) item.details.push_back({"Read at", std::string(reference.url)});
    group.items.push_back(std::move(item));
  }
  return group;
}

}  // namespace

Group sources_group(const Statement& statement, const Pack& pack) {
  return group_of(statement.citations, figures_of(statement, pack), pack);
}

Group sources_group(const Citations& citations, const Pack& pack) {
  return group_of(citations, {}, pack);
}

}  // namespace needleplan
