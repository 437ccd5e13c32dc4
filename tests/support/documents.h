/// Random choices, and how texts are broken, for tests that compare readers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

namespace needleplan {

/// How many documents a comparison tries; NEEDLEPLAN_DIFFERENTIAL=N says otherwise.
inline std::size_t documents_to_try() {
  const char* wish = std::getenv("NEEDLEPLAN_DIFFERENTIAL");
  return wish == nullptr ? 20000 : std::strtoull(wish, nullptr, 10);
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class Words>
  auto pick(const Words& words) {
    return words[below(words.size())];
  }

 private:
  std::mt19937_64 engine_;
};

/// Breaks a text in one to three places.
inline void mutate(std::string& text, Random& random) {
  constexpr std::string_view kAlphabet = "\n\n  :-#'\"[]{},|>&*!%@?~ab1\t\\.\r";
  for (std::size_t i = 1 + random.below(3); i > 0 && !text.empty(); --i) {
    const std::size_t at = random.below(text.size());
    switch (random.below(6)) {
      case 0:
        text.erase(at, 1);
        break;
      case 1:
        text.insert(at, 1, random.pick(kAlphabet));
        break;
      case 2:
        text[at] = random.pick(kAlphabet);
        break;
      case 3:
        text.resize(at);
        break;
      case 4: {
        const std::size_t line = text.rfind('\n', at);
        text.insert(line == std::string::npos ? 0 : line + 1, " ");
        break;
      }
      default: {
        const std::size_t from = random.below(text.size());
        text.insert(at, text.substr(from, random.below(20)));
      }
    }
  }
}

}  // namespace needleplan
