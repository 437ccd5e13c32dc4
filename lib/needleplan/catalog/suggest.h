/// Suggestions found before: in a chain of clinics the same misspellings come again and again.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace needleplan {

/// May be asked from several threads at once.
class SuggestionCache {
 public:
  using Names = std::vector<std::string_view>;

  [[nodiscard]] std::optional<Names> find(const std::string& folded) const;
  void put(std::string folded, const Names& names);
  void clear();

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Names> found_;
};

}  // namespace needleplan
