/// A case against the protocol as it stands.
#pragma once

#include <string>
#include <vector>

#include "needleplan/authoring/cases.h"
#include "needleplan/evaluate/facts.h"
#include "needleplan/findings/finding.h"

namespace needleplan {

/// An expectation that was not met, with what came out instead.
struct Failure {
  Location at;
  std::string words;
};

/// A case with its names looked up. The case and the pack must outlive it.
class RunnableCase {
 public:
  RunnableCase(const Case& what, const Pack& pack);

  [[nodiscard]] const Case& what() const { return *what_; }
  [[nodiscard]] const Facts& facts() const { return facts_; }
  /// The session's day, where the profile has one.
  [[nodiscard]] std::optional<Date> day() const;
  /// Whether the statement with that number was decided by something in the profile: it is about a subject that is
  /// named there, about no subject, or there are entries of the sections that it asks for.
  [[nodiscard]] bool reaches(std::size_t statement) const;
  /// Whether a plan line of the case has the id of the statement or of one of its settings.
  [[nodiscard]] bool prints(const Statement& statement) const;

  /// Checks the case, and draws the plans that it expects lines of. By place in the file; empty if every expectation is
  /// met.
  [[nodiscard]] std::vector<Failure> run() const;

 private:
  void check_plans(const Assessment& assessment, std::vector<Failure>& out) const;

  const Case* what_;
  Facts facts_;
  std::vector<std::uint16_t> rules_;  ///< the statements that the profile can touch, ascending
};

}  // namespace needleplan
