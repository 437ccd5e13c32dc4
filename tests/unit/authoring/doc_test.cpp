// The tables for a clinician hold everything that the protocol says.
#include "needleplan/authoring/doc.h"

#include <memory>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/load.h"
#include "needleplan/render/escape.h"

namespace needleplan {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text, Escape::markdown);
  return out;
}

std::unique_ptr<Pack> read(std::string layer) {
  Diagnostics diagnostics;
  std::string problem;
  Overlay overlay;
  if (!layer.empty()) overlay.files.push_back({"clinic.yaml", std::move(layer)});
  auto pack = read_pack(protocol_files("microneedling", problem), diagnostics, std::move(overlay));
  CAPTURE(to_text(diagnostics));
  REQUIRE_FALSE(diagnostics.has_errors());
  return pack;
}

/// Bars that are not escaped: the columns of a table, and one more.
int bars(std::string_view line) {
  int out = 0;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (line[i] == '|' && (i == 0 || line[i - 1] != '\\')) ++out;
  return out;
}

void check_tables(const std::string& doc) {
  std::istringstream lines(doc);
  std::string line;
  int columns = 0;
  while (std::getline(lines, line)) {
    if (!line.starts_with('|')) {
      columns = 0;
      continue;
    }
    CAPTURE(line);
    if (columns == 0) columns = bars(line);
    CHECK(bars(line) == columns);
    CHECK(line.ends_with('|'));
  }
}

}  // namespace

TEST_CASE("every statement, setting, text, event and source stands in the tables") {
  const auto pack = read({});
  const std::string doc = protocol_doc(*pack, *parse_date("2026-11-23"));
  check_tables(doc);
  const auto holds = [&](std::string_view text) {
    CAPTURE(text);
    CHECK(doc.find(escaped(text)) != std::string::npos);
  };
  for (const Statement& statement : pack->statements) {
    holds(statement.id);
    holds(statement.say);
    holds(statement.summary);
    holds(statement.action);
    if (const auto* step = statement.as<Step>())
      for (const Setting& setting : step->settings)
        holds(setting.id);
  }
  for (const About& about : pack->about)
    holds(about.id);
  for (const Event& event : pack->events)
    holds(event.id);
  for (const Reference& reference : pack->references)
    CHECK(doc.find("\n| " + std::string(reference.key) + " | ") != std::string::npos);
}

TEST_CASE("what a clinic made of the protocol is marked, with its reason") {
  const auto pack = read(
      "layer: {id: ours, kind: clinic, title: 'Ours | and <b>more</b>'}\n"
      "avoid:\n"
      "  - {id: our-sauna, subject: sauna, after: until healed + 2d, say: No sauna., summary: Sauna | steam}\n"
      "disable:\n"
      "  - {id: caffeine, loosen: {reason: One cup does no harm., by: Dr Example}}\n");
  const std::string doc = protocol_doc(*pack, *parse_date("2026-11-23"));
  check_tables(doc);
  CHECK(doc.find("| caffeine | taken out | One cup does no harm. | Dr Example | ours |") != std::string::npos);
  CHECK(doc.find("clinic's own rule") != std::string::npos);
  CHECK(doc.find("until 2 days after your skin has healed (usually 3 to 7 days)") != std::string::npos);
  CHECK(doc.find("<b>") == std::string::npos);
  CHECK(doc.find("with the clinic's changes") != std::string::npos);
}

TEST_CASE("the tables say whether a review still holds") {
  const std::string head =
      "layer:\n  id: ours\n  kind: clinic\n  title: Ours\n"
      "  reviewed: {by: Dr Example, on: 2026-01-01, until: 2026-11-23, digest: ";
  const auto other = read(head + "older}\n");
  CHECK(protocol_doc(*other, *parse_date("2026-11-23")).find("was not this content") != std::string::npos);
  const auto pack = read(head + review_digest(*other) + "}\n");
  CHECK(protocol_doc(*pack, *parse_date("2026-11-23")).find("Reviewed by Dr Example") != std::string::npos);
  CHECK(protocol_doc(*pack, *parse_date("2026-11-24")).find("ran out") != std::string::npos);
}

}  // namespace needleplan
