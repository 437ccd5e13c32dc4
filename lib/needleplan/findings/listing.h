/// What a check lists before it is told in words: which rules, which questions, in which order.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/findings/collect.h"

namespace needleplan {

/// The id of a finding that is only a question.
inline constexpr std::string_view kNotKnown = "not-known";

/// A fact to ask for. The path points into the outcome or the finding that asks first.
struct Asked {
  std::string_view path;
  const EntryFacts* entry = nullptr;
  Location at;
  std::vector<std::string_view> rules;  ///< every rule that waits for it, each once
  bool told = false;                    ///< a finding of the tool's own asks it, so it is no finding by itself
};

/// A finding: one of the tool's own, what a rule says, or a fact that is not known.
struct Listed {
  enum class Kind : std::uint8_t { own, rule, question };
  Kind kind{};
  std::size_t index = 0;  ///< in Listing::own, the outcomes, or Listing::questions
  std::string_view rule;
  Verdict verdict{};
  std::uint32_t place = 0;  ///< in the profile's text, of the first fact it rests on; 0 without one
};

/// Views in it point into it: it is moved, not copied.
struct Listing {
  Listing() = default;
  Listing(Listing&&) = default;
  Listing& operator=(Listing&&) = default;

  std::vector<OwnFinding> own;
  std::vector<Asked> questions;  ///< in the order of the form
  std::vector<Listed> findings;  ///< worst first, then by place in the profile, then by rule
};

/// Lists what the tool itself finds, and the outcomes on the session's day; those that wait for an answer must outlive
/// the listing.
[[nodiscard]] Listing list_findings(const Facts& facts, std::span<const RuleOutcome> outcomes, Suggestions suggestions);

}  // namespace needleplan
