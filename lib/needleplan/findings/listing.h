/// What a check lists before it is told in words: which rules, which questions, in which order.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/findings/collect.h"

namespace needleplan {

/// The id of a finding that is only a question.
inline constexpr std::string_view kNotKnown = "not-known";

/// A fact of an entry that is asked for together with the others of the same entry.
struct EntryKey {
  std::string_view name;
  std::string_view said_by = {};  ///< the question for this key asks for it too: "Do you still ...? If not, when ...?"
};
/// In the order in which a person asks for them.
inline constexpr std::array<EntryKey, 11> kEntryKeys{{{"name"},
                                                      {"date"},
                                                      {"ongoing"},
                                                      {"last_used", "ongoing"},
                                                      {"status"},
                                                      {"resolved", "status"},
                                                      {"started"},
                                                      {"prescribed"},
                                                      {"form"},
                                                      {"strength"},
                                                      {"area"}}};

/// What to ask for: a fact by itself, or what is missing of an entry. The path points into the outcome or the finding
/// that asks first.
struct Asked {
  std::string_view path;
  std::vector<std::string_view> keys;  ///< of an entry, in the order of kEntryKeys; none for a fact by itself
  const EntryFacts* entry = nullptr;
  Location at;
  AskedOf of{};
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
  std::uint32_t place = 0;         ///< in the profile's text, of the first fact it rests on; 0 without one
  std::string_view question = {};  ///< the path of the question that settles it
};

/// Views in it point into it: it is moved, not copied.
struct Listing {
  Listing() = default;
  Listing(Listing&&) = default;
  Listing& operator=(Listing&&) = default;

  std::vector<OwnFinding> own;
  std::vector<Asked> questions;  ///< in the order of the form
  std::vector<Asked> not_asked;  ///< likewise, where no answer can change the verdict
  std::vector<Listed> findings;  ///< worst first, then by place in the profile, then by rule
};

/// Lists what the tool itself found, and the outcomes on the session's day; those that wait for an answer must outlive
/// the listing. Where the verdict of them all is avoid, nothing is asked: an answer could only add to it.
[[nodiscard]] Listing list_findings(std::vector<OwnFinding> own, std::span<const RuleOutcome> outcomes,
                                    Verdict verdict);

}  // namespace needleplan
