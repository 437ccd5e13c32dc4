// What clients read is in plain words: Flesch-Kincaid grade 6 or lower, section by section.
#include "support/reading_level.h"

#include <array>
#include <string_view>

#include <doctest/doctest.h>

#include "needleplan/protocol/load.h"

namespace needleplan::testing {

TEST_CASE("syllables are counted as they are spoken") {
  struct Row {
    std::string_view word;
    int count;
  };
  constexpr std::array kRows{Row{"skin", 1},      Row{"area", 3},    Row{"needle", 2},   Row{"cream", 1},
                             Row{"vitamin", 3},   Row{"clinic", 2},  Row{"burned", 1},   Row{"treated", 2},
                             Row{"uses", 2},      Row{"lines", 1},   Row{"collagen", 3}, Row{"the", 1},
                             Row{"use", 1},       Row{"touches", 2}, Row{"doctor", 2},   Row{"medicine", 3},
                             Row{"infection", 3}, Row{"you", 1},     Row{"moisture", 2}, Row{"redness", 2},
                             Row{"sunscreen", 2}, Row{"smile", 1}};
  for (const Row& row : kRows) {
    CAPTURE(row.word);
    CHECK(syllables(row.word) == row.count);
  }
}

TEST_CASE("a grade follows the formula") {
  // 6 words, 6 syllables, one sentence: 0.39 * 6 + 11.8 - 15.59.
  CHECK(count_sentence("Your skin is red and warm.").grade() == doctest::Approx(-1.45));
  CHECK(sentences_of("Wash your face. Pat it dry.").size() == 2);
  CHECK(count_sentence("SPF 30 or more.").words == 4);
}

TEST_CASE("every section for clients is at grade 6 or lower") {
  Diagnostics diagnostics;
  std::string problem;
  const auto pack = load_protocol("microneedling", diagnostics, problem);
  REQUIRE(pack);
  REQUIRE_FALSE(diagnostics.has_errors());
  for (const ClientPart& section : sections_of(*pack)) {
    CAPTURE(section.name);
    Reading all;
    for (const std::string_view text : section.texts)
      for (const std::string_view sentence : sentences_of(text)) {
        const Reading one = count_sentence(sentence);
        all += one;
        if (one.grade() > 8) MESSAGE(section.name << ", grade " << one.grade() << ": " << sentence);
      }
    CHECK(all.sentences > 0);
    CHECK(all.grade() <= 6);
    MESSAGE(section.name << ": grade " << all.grade() << ", " << all.sentences << " sentences");
  }
}

}  // namespace needleplan::testing
