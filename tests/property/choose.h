/// Random choices, and properties that are to hold for whatever is chosen.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <rapidcheck.h>

namespace needleplan::testing {

/// Turns random numbers into choices; 0 always chooses the plainest thing, so that a counterexample shrinks to it.
class Chooser {
 public:
  explicit Chooser(std::vector<int> numbers) : numbers_(std::move(numbers)) {}

  int below(int limit) {
    const int number = at_ < numbers_.size() ? numbers_[at_] : 0;
    ++at_;
    return limit <= 1 ? 0 : number % limit;
  }
  /// True once in `times`.
  bool once_in(int times) { return below(times) == times - 1; }
  template <class List>
  const auto& of(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

 private:
  std::vector<int> numbers_;
  std::size_t at_ = 0;
};

inline Chooser any_choices() {
  constexpr std::size_t kChoices = 220;
  constexpr int kHighest = 5040;  // divisible by every number of options up to ten
  const auto numbers =
      *rc::gen::resize(100, rc::gen::container<std::vector<int>>(kChoices, rc::gen::inRange(0, kHighest)));
  return Chooser(numbers);
}

/// Runs `property` over random choices, `cases` times, and times NEEDLEPLAN_PROPERTY where that is set; it says what is
/// wrong, or nothing. A counterexample is shrunk and printed. True if all held.
template <class Property>
bool holds_for_choices(const std::string& name, int cases, Property property) {
  if (const char* more = std::getenv("NEEDLEPLAN_PROPERTY")) cases *= std::max(1, std::atoi(more));
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  const char* asked = std::getenv("RC_PARAMS");
  if (asked == nullptr || std::string_view(asked).find("max_success") == std::string_view::npos)
    params.maxSuccess = cases;
  rc::detail::TestMetadata metadata;
  metadata.id = name;
  metadata.description = name;
  const auto result = rc::detail::checkTestable(
      [&] {
        Chooser choose = any_choices();
        const std::string problem = property(choose);
        if (!problem.empty()) RC_FAIL(problem);
      },
      metadata, params);
  if (result.template is<rc::detail::SuccessResult>()) return true;
  // Only what failed, not the numbers it was made from.
  if (result.template is<rc::detail::FailureResult>()) {
    const auto& failure = result.template get<rc::detail::FailureResult>();
    std::cerr << name << " (seed " << params.seed << ", after " << failure.numSuccess
              << " cases): " << failure.description << '\n';
  } else {
    rc::detail::printResultMessage(result, std::cerr);
  }
  return false;
}

}  // namespace needleplan::testing
