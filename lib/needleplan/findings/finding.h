/// What a check found, with everything a clinician needs to judge it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/protocol/verdict.h"

namespace needleplan {

/// A fact of the profile that a finding rests on: its path, its place, and its words.
struct FactUsed {
  std::string path;
  Location at;
  std::string value;
};

/// A change to the profile: `path` gets `value` (as it would be written there).
struct Edit {
  std::string path;
  std::string value;
};

/// What would clear a finding: all the edits together.
struct Counterfactual {
  std::string words;  ///< `last used on or before Fri 20 Nov`
  std::vector<Edit> edits;
};

/// How a sign-off bears on a finding.
struct SignedOff {
  const SignOff* signoff = nullptr;
  Verdict before{};  ///< what the finding would have been
};

struct Finding {
  std::string rule;  ///< statement or setting id; or one of the tool's own (`unknown-name` ...)
  Verdict verdict{};
  std::string summary;     ///< one sentence, at most 140 characters
  std::string arithmetic;  ///< dates and lengths spelled out; empty where there are none
  std::string action;      ///< what the desk or the practitioner does
  std::vector<FactUsed> facts;
  std::vector<Counterfactual> counterfactuals;
  std::optional<Date> earliest;    ///< first day from the as-of date on which it no longer stands in the way
  std::optional<Date> clear_from;  ///< first day on which it asks for nothing more
  std::optional<SignedOff> signed_off;
  std::string question;                  ///< path of the question that settles an undetermined finding
  std::vector<std::string_view> rules;   ///< undetermined: every rule that waits for the answer
  std::vector<std::string> suggestions;  ///< for a name the catalog does not know
  const Statement* statement = nullptr;  ///< null for the tool's own findings
  const Setting* setting = nullptr;
  std::optional<Outcome> outcome;  ///< for timelines; nothing for the tool's own findings
};

/// Who knows the answer: the client, or the clinic from its own plan, shelf and books.
enum class AskedOf : std::uint8_t { client, clinic };
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<AskedOf>{"client", "clinic"};

/// What to ask for, once, however many rules wait for it: one fact, or all that is missing of one entry.
struct Question {
  std::string path;               ///< of the fact, or of the entry: `medicines[0]`
  std::vector<std::string> keys;  ///< the paths to write the answer to: `medicines[0].ongoing`
  std::string text;
  std::vector<std::string_view> rules;
  Location at;
  AskedOf of{};
};

/// A remark on a sign-off that did not help: expired, unused, too broad.
struct SignOffRemark {
  const SignOff* signoff = nullptr;
  std::string words;
};

/// A name of the profile that no rule of the protocol needs.
struct NameWithoutConcern {
  std::string path;
  std::string name;  ///< as it was written
  std::string_view subject;
  const Statement* statement = nullptr;
  bool sourced = false;  ///< a source says that nothing speaks against it; otherwise the practitioner looks
};

/// What a check comes to, without its reasons: all that a banner needs. The rule ids point into the pack.
struct Judgement {
  Verdict verdict = Verdict::clear;
  std::optional<Date> earliest;    ///< first bookable day from the as-of date on
  std::optional<Date> clear_from;  ///< first day on which every preferred length is kept
  std::string_view binding;        ///< the rule that stands in the way until `earliest`
  std::optional<Date> passes;      ///< the day by which everything that can pass has passed, while other things stand
  std::string_view passes_binding;
};

/// The same with everything that was found.
struct Assessment : Judgement {
  std::vector<Finding> findings;    ///< worst first, then by place in the profile, then by rule
  std::vector<Question> questions;  ///< the smallest set that settles what is undetermined
  std::vector<Question> not_asked;  ///< questions whose answers cannot change the verdict any more
  std::vector<SignOffRemark> remarks;
  std::vector<NameWithoutConcern> no_concern;  ///< in the order of the profile
};

/// A judgement with what a row lists of an assessment.
struct Brief : Judgement {
  std::vector<std::string> questions;   ///< their paths, in the order of the assessment's
  std::vector<std::string_view> rules;  ///< of its findings, in their order
};

}  // namespace needleplan
