/// One builder of a Document per subcommand, under its name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "needleplan/evaluate/facts.h"
#include "needleplan/findings/finding.h"
#include "needleplan/findings/since.h"
#include "needleplan/plan/document.h"
#include "needleplan/plan/window.h"

namespace needleplan {

/// What every builder gets. Without a client, `facts`, `assessment` and `judgement` are null and only what holds
/// for everybody is said.
struct PlanInput {
  const Pack* pack = nullptr;
  const Facts* facts = nullptr;
  const Assessment* assessment = nullptr;
  PlanSession session;
  Date as_of{};
  /// Enough for every plan that shows no findings; not asked for where there is an assessment.
  const Judgement* judgement = nullptr;
  const Since* since = nullptr;  ///< of a check that is compared with an earlier one
  [[nodiscard]] const Judgement* judged() const { return assessment != nullptr ? assessment : judgement; }
};

/// The session of a profile.
[[nodiscard]] PlanSession session_of(const Profile& profile);

/// Verdict, findings, questions, dates.
[[nodiscard]] Document build_check(const PlanInput& input);

/// Dated timeline up to the session: what to stop by when, what to do, what to bring; missed steps marked.
[[nodiscard]] Document build_prep(const PlanInput& input);

/// Steps with the settings for these areas, timers from `start`, checklist.
[[nodiscard]] Document build_procedure(const PlanInput& input, std::optional<TimeOfDay> start);

/// `days` days from the session's day on: do, avoid, expect, call us if.
[[nodiscard]] Document build_aftercare(const PlanInput& input, int days);

/// The whole packet: check, prep, procedure, aftercare.
[[nodiscard]] Document build_plan(const PlanInput& input, std::optional<TimeOfDay> start, int days);

/// A statement, setting or the protocol itself, with its sources and their disagreement; for a client
/// why it fired or did not. nullopt when nothing has that id.
[[nodiscard]] std::optional<Document> build_explain(const PlanInput& input, std::string_view id);

/// What each name means, which rules meet it, and which names are near it.
[[nodiscard]] Document build_which(const PlanInput& input, std::span<const std::string> names);

/// What is known of a kind: rules, subjects, names, areas, sources, events, questions, protocols. Empty for another.
[[nodiscard]] std::optional<Document> build_list(const PlanInput& input, std::string_view kind);
[[nodiscard]] std::span<const std::string_view> list_kinds();

}  // namespace needleplan
