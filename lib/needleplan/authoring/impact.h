/// What another protocol, or another layer, means for a client: the verdict, the rules, the lines of the plans.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/profile/profile.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/render/json.h"

namespace needleplan {

/// A rule that speaks for a client under one protocol, or under both with different verdicts.
struct RuleImpact {
  std::string rule;
  std::optional<Verdict> before, after;  ///< nothing where it does not speak
};

struct ClientImpact {
  std::string client;
  Verdict before{}, after{};
  std::vector<RuleImpact> rules;                       ///< those that differ, by id
  std::size_t prep = 0, procedure = 0, aftercare = 0;  ///< items of the plans that came, went or changed
  [[nodiscard]] std::size_t lines() const { return prep + procedure + aftercare; }
  [[nodiscard]] bool changed() const { return before != after || !rules.empty() || lines() > 0; }
};

/// Checks and plans a client under both; the aftercare for `days` days.
[[nodiscard]] ClientImpact impact(const Profile& profile, const Pack& before, const Pack& after, Date as_of, int days);

/// Counts over many clients; small, however many there are.
struct ImpactSummary {
  std::size_t clients = 0, changed = 0, unread = 0;
  std::array<std::array<std::size_t, 7>, 7> transitions{};  ///< by verdict before and after
  void add(const ClientImpact& client);
};

/// `PATH: C-1: clear -> defer; new: alcohol (defer); 3 lines of the plans`, for a client for whom something changes.
[[nodiscard]] std::string to_text(const ClientImpact& client, std::string_view path);
[[nodiscard]] std::string to_text(const ImpactSummary& summary);
[[nodiscard]] std::string to_json(const ClientImpact& client, std::string_view path);
[[nodiscard]] std::string to_json(const ImpactSummary& summary);

}  // namespace needleplan
