/// What is new in a check and what is gone, beside an earlier check of the same client.
#pragma once

#include <string>
#include <vector>

#include "needleplan/findings/finding.h"

namespace needleplan {

/// A finding of the earlier check that is not found any more, as its record has it.
struct GoneFinding {
  std::string rule, verdict, summary;
};

/// A finding is the same when its rule and the path of its first fact are.
struct Since {
  bool known = false;             ///< there is an earlier record of this client; without one nothing is new or gone
  std::string as_of;              ///< of the earlier record, ISO
  std::vector<bool> new_ones;     ///< one for each finding of the check, in its order
  std::vector<GoneFinding> gone;  ///< in the order of the earlier record
  [[nodiscard]] bool is_new(std::size_t finding) const { return known && new_ones[finding]; }
};

/// A finding of an earlier record, with what tells it apart.
struct EarlierFinding {
  GoneFinding finding;
  std::string path;  ///< of its first fact; empty where it has none
};

/// Compares one check with an earlier one of the same client. Findings that cannot be told apart are counted: two
/// now and one then are one the same and one new.
[[nodiscard]] Since compare_since(const Assessment& now, std::string as_of, std::vector<EarlierFinding> then);

}  // namespace needleplan
