/// Cases that a protocol is tested with: a profile, a day, and what must come of it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/plan/document.h"
#include "needleplan/profile/profile.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// A finding that must be there; any verdict does where none is named.
struct ExpectedFinding {
  std::string_view rule;
  std::optional<Verdict> verdict;
  Location at;
};

/// A line of a plan: some item with this id must have everything that is given.
struct ExpectedLine {
  std::string_view id;  ///< of a statement or setting
  Location at;
  std::string_view on;           ///< a section it must stand in: its date, or its id (`day0`, `later`)
  std::string_view first, last;  ///< the first and the last section it stands in
  std::optional<Mark> mark;
  std::string_view contains;  ///< within its text, reason, end or details, or the note of its section
  std::string_view from, to;  ///< as machines get them: a day or a minute in ISO
};

struct ExpectedPlan {
  std::vector<ExpectedLine> lines;
  std::vector<Located<std::string_view>> absent;  ///< ids that must not be there
  [[nodiscard]] bool given() const { return !lines.empty() || !absent.empty(); }
};

/// A date that must come out, or `none` for none.
struct ExpectedDate {
  std::optional<Date> day;
  Location at;
};

struct Case {
  std::string_view name;
  Location at;
  Date as_of{};
  int days = 7;  ///< of aftercare, the session's day included
  Profile profile;

  std::optional<Located<Verdict>> verdict;
  std::vector<ExpectedFinding> findings;
  std::optional<Location> no_findings;               ///< `findings: none`
  std::vector<Located<std::string_view>> absent;     ///< rules that must be looked at, and neither found nor waiting
  std::vector<Located<std::string_view>> questions;  ///< paths that must be asked for
  std::optional<Location> no_questions;
  std::vector<Located<std::string_view>> no_concern;  ///< statements that must list a name as without concern
  std::optional<ExpectedDate> earliest, clear_from;
  ExpectedPlan prep, procedure, aftercare;

  [[nodiscard]] bool has_plans() const { return prep.given() || procedure.given() || aftercare.given(); }
  [[nodiscard]] bool has_dates() const { return earliest || clear_from; }
};

/// The cases of one file with every text they point into.
struct CaseFile {
  std::vector<Case> cases;
  std::vector<std::unique_ptr<Source>> sources;
  std::vector<std::unique_ptr<yaml::Document>> documents;
};

/// The text of a profile that a case names by its path, relative to the case file; null after saying why.
using LoadProfile = std::function<std::unique_ptr<Source>(std::string_view path, Location at, Diagnostics&)>;

/// Reads the cases of a file against the ids of a pack. Every mistake is reported; after any error nothing is to be
/// run.
[[nodiscard]] CaseFile read_cases(std::unique_ptr<Source> source, const Pack& pack, const LoadProfile& load,
                                  Diagnostics& diagnostics);

}  // namespace needleplan
