/// Blanks in texts, and texts laid out before they are filled in.
#include "needleplan/render/stencil.h"

#include <doctest/doctest.h>

#include "needleplan/render/layout.h"
#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr Blank day(int number) {
  return {Blank::Kind::day, number};
}

std::string filled(const std::string& drawn, std::optional<int> width, const Filling& filling) {
  StencilParts parts;
  Stencil::Scratch scratch;
  const Stencil stencil(drawn, width, parts);
  std::string once;
  stencil.fill(filling, scratch, once);
  std::string again;
  stencil.fill(filling, scratch, again);
  CHECK(once == again);
  return once;
}

}  // namespace

TEST_CASE("a blank is found again as what it was") {
  for (const Blank blank : {day(0), day(-14), Blank{Blank::Kind::iso_day, 400}, Blank{Blank::Kind::time, 1439},
                            Blank{Blank::Kind::text, 3}}) {
    const std::string text = "\u00E9 " + to_text(blank) + " after";
    const auto found = find_blank(text);
    REQUIRE(found);
    CHECK(found->blank == blank);
    CHECK(text.substr(0, found->begin) == "\u00E9 ");
    CHECK(text.substr(found->end) == " after");
  }
  for (const char* none :
       {"", "text", "\uFDD0", "\uFDD0d", "\uFDD0d5", "\uFDD0q5\uFDD1", "\uFDD0d\uFDD1", "\uFDD0d99999999999\uFDD1"})
    CHECK_FALSE(find_blank(none));
}

TEST_CASE("blanks become days, days for machines, times and texts") {
  Filling filling;
  filling.day = date("2026-12-30");
  filling.time = TimeOfDay{14 * 60 + 30};
  const std::vector<std::string> texts{"one", "two *"};
  filling.texts = texts;
  const auto fill = [&](Blank::Kind kind, int number) { return filled(to_text({kind, number}), 80, filling); };
  CHECK(fill(Blank::Kind::day, 0) == "Wed 30 Dec");
  CHECK(fill(Blank::Kind::day, 3) == "Sat 2 Jan 2027");
  CHECK(fill(Blank::Kind::day, -30) == "Mon 30 Nov");
  CHECK(fill(Blank::Kind::iso_day, 3) == "2027-01-02");
  CHECK(fill(Blank::Kind::time, 600) == "00:30");
  CHECK(fill(Blank::Kind::text, 1) == "two *");
  CHECK(fill(Blank::Kind::text, 2).empty());
  filling.escape = Escape::markdown;
  CHECK(filled(to_text({Blank::Kind::text, 1}), std::nullopt, filling) == "two \\*");
}

TEST_CASE("lines break where they would have broken with the texts in them") {
  const std::string lines = "  NO       \tDo not use it, whatever anybody says to you about it here. - again from " +
                            to_text(day(1)) + ", at the earliest (" + to_text(day(0)) +
                            ")\n\n\n\nplain\n- a bullet that is as long as it takes to reach " + to_text(day(30)) +
                            " and goes on\t after that for some more words\n" + to_text(day(2)) + " begins a line   \n";
  for (int width = 20; width < 100; ++width)
    for (int shift = 0; shift < 40; ++shift) {
      Filling filling;
      filling.day = date("2026-11-25") + std::chrono::days{shift};
      std::string whole = lines;
      for (auto found = find_blank(whole); found; found = find_blank(whole))
        whole.replace(found->begin, found->end - found->begin,
                      words(filling.day + std::chrono::days{found->blank.number}, filling.day));
      REQUIRE(filled(lines, width, filling) == wrap(whole, width));
    }
}

TEST_CASE("parts are shared between stencils") {
  StencilParts parts;
  const std::string text = "a constant line\nuntil " + to_text(day(4)) + "\nanother\n";
  const Stencil one(text, 80, parts);
  const std::size_t bytes = parts.bytes();
  const Stencil other(text, 80, parts);
  CHECK(parts.bytes() == bytes);
  const Stencil third(text + "and more\n", 80, parts);
  CHECK(parts.bytes() > bytes);
  CHECK(parts.bytes() < 2 * bytes);
}
