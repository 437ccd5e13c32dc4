#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "needleplan/authoring/edges.h"
#include "needleplan/authoring/known_ids.h"
#include "needleplan/authoring/outcome_mark.h"
#include "needleplan/authoring/trial.h"
#include "needleplan/evaluate/evaluate.h"
#include "needleplan/findings/collect.h"

namespace needleplan {

namespace {

class CaseCoverage {
 public:
  CaseCoverage(const Pack& pack, const std::vector<RunnableCase>& cases) : pack_(pack), cases_(cases) {
    for (const RunnableCase& run : cases)
      for (const ExpectedPlan* plan : {&run.what().prep, &run.what().procedure, &run.what().aftercare})
        for (const ExpectedLine& line : plan->lines)
          named_.insert(line.id);
  }

  Coverage run() {
    for (std::size_t number = 0; number < pack_.statements.size(); ++number) {
      const Statement& statement = pack_.statements[number];
      if (is_checked(statement)) {
        cover_checked(statement, number);
        cover_edges(number);
      } else if (is_printed(statement)) {
        cover_printed(statement.id);
      }
      if (const auto* step = statement.as<Step>())
        for (const Setting& setting : step->settings) {
          if (is_checked(setting)) {
            cover_setting(setting, *step);
          } else {
            cover_printed(setting.id);
          }
        }
    }
    return std::move(out_);
  }

 private:
  void place(std::string_view id, std::string part, std::string missing) {
    ++out_.places;
    if (missing.empty()) {
      ++out_.covered;
    } else {
      out_.gaps.push_back({id, std::move(part), std::move(missing)});
    }
  }

  static std::string missing(bool one, std::string_view first, bool other, std::string_view second) {
    std::string out;
    if (!one) out = fmt::format("a case {}", first);
    if (!other) out += fmt::format("{}a case {}", out.empty() ? "" : "; ", second);
    return out;
  }

  void both_sides(std::string_view id, bool found, bool quiet) {
    place(id, {}, missing(found, "that finds it", quiet, "that looks at it and does not find it"));
  }

  void cover_checked(const Statement& statement, std::size_t number) {
    bool found = false;
    bool quiet = false;
    for (const RunnableCase& run : cases_) {
      if (!run.reaches(number)) continue;
      const std::vector<Outcome> got = evaluate(statement, run.facts(), run.day());
      found = found || std::any_of(got.begin(), got.end(), [](const Outcome& o) { return o.holds == Truth::yes; });
      quiet = quiet || got.empty();
    }
    both_sides(statement.id, found, quiet);
  }

  void cover_setting(const Setting& setting, const Step& step) {
    // With a limit that nothing keeps, the row is broken by whatever it is for.
    Setting narrow = setting;
    if (narrow.depth && narrow.depth->most) narrow.depth->most = -1;
    if (narrow.time) narrow.time = Range<Span>{std::nullopt, Span{-1, Unit::minutes, 0}};
    bool found = false;
    bool quiet = false;
    for (const RunnableCase& run : cases_) {
      const bool holds = evaluate(setting, step, run.facts()).holds == Truth::yes;
      found = found || holds;
      quiet = quiet || (!holds && evaluate(narrow, step, run.facts()).holds == Truth::yes);
    }
    both_sides(setting.id, found, quiet);
  }

  void cover_printed(std::string_view id) {
    place(id, {}, named_.contains(id) ? "" : "a case that names a line of it");
  }

  /// A case lies on an edge if moving the edge away from it makes a difference, and short of it if moving it closer
  /// does.
  void cover_edges(std::size_t number) {
    for (const Edge& edge : edges_of(pack_.statements[number], pack_)) {
      if (!edge.window) continue;
      Statement shorter = pack_.statements[number];
      const bool on = makes_a_difference(number, edge, +1);
      const bool can_be_short = edge.move(shorter, -1);
      const bool just_short = !can_be_short || makes_a_difference(number, edge, -1);
      place(pack_.statements[number].id, edge.name, missing(on, "on it", just_short, "just short of it"));
    }
  }

  bool makes_a_difference(std::size_t number, const Edge& edge, int step) {
    Statement moved = pack_.statements[number];
    if (!edge.move(moved, step)) return false;
    return std::any_of(cases_.begin(), cases_.end(), [&](const RunnableCase& run) {
      return run.reaches(number) && outcome_mark(moved, run) != outcome_mark(pack_.statements[number], run);
    });
  }

  const Pack& pack_;
  const std::vector<RunnableCase>& cases_;
  std::set<std::string_view> named_;
  Coverage out_;
};

}  // namespace

Coverage cover(const Pack& pack, const std::vector<RunnableCase>& cases) {
  return CaseCoverage(pack, cases).run();
}

}  // namespace needleplan
