#include "needleplan/findings/since.h"

#include <algorithm>

namespace needleplan {

Since compare_since(const Assessment& now, std::string as_of, std::vector<EarlierFinding> then) {
  Since out;
  out.known = true;
  out.as_of = std::move(as_of);
  for (const Finding& finding : now.findings) {
    const std::string path = finding.facts.empty() ? std::string{} : finding.facts.front().path;
    const auto same = std::find_if(then.begin(), then.end(), [&](const EarlierFinding& earlier) {
      return earlier.finding.rule == finding.rule && earlier.path == path;
    });
    out.new_ones.push_back(same == then.end());
    if (same != then.end()) then.erase(same);
  }
  for (EarlierFinding& earlier : then)
    out.gone.push_back(std::move(earlier.finding));
  return out;
}

}  // namespace needleplan
