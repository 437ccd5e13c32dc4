/// Every name of the tables, as clients write them, against the shipped catalog.
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {
const std::string kData = std::string(NEEDLEPLAN_SOURCE_DIR) + "/tests/data/";
}

TEST_CASE("names as clients write them") {
  const Catalog& catalog = shipped().catalog;
  std::istringstream rows(read_whole(kData + "spellings.tsv"));
  for (std::string row; std::getline(rows, row);) {
    if (row.empty() || row.front() == '#') continue;
    const std::string name = row.substr(0, row.find('\t'));
    const std::string expected = row.substr(row.find('\t') + 1);
    CAPTURE(name);
    const NameMatch match = catalog.match(name);
    if (expected == "?") {
      CHECK(match.ambiguous());
    } else {
      REQUIRE(match.subjects.size() == 1);
      CHECK(catalog.is_a(match.subjects.front(), catalog.find(expected)));
    }
  }
}

TEST_CASE("what must not be taken for a name") {
  std::istringstream rows(read_whole(kData + "near_misses.tsv"));
  for (std::string row; std::getline(rows, row);) {
    if (row.empty() || row.front() == '#') continue;
    const std::string name = row.substr(0, row.find('\t'));
    CAPTURE(name);
    CHECK(shipped().catalog.match(name).unknown());
  }
}

TEST_CASE("a line that names several things is all of them, or one of them") {
  const Catalog& catalog = shipped().catalog;
  const auto meant = [&](std::string_view line) {
    const NameMatch match = catalog.match(line);
    std::string out = match.all ? "all:" : match.ambiguous() ? "one:" : "";
    for (const SubjectId subject : match.subjects)
      out += fmt::format(" {}", catalog[subject].id);
    return out;
  };
  CHECK(meant("retinol + AHA") == "all: retinol aha");
  CHECK(meant("Advil, Aleve") == "all: ibuprofen naproxen");
  CHECK(meant("Xarelto and aspirin") == "all: rivaroxaban aspirin");
  CHECK(meant("Advil or Aleve") == "one: ibuprofen naproxen");
  CHECK(meant("Botox / filler") == "one: botulinum filler");
  // The same thing in two words, the narrower of them.
  CHECK(meant("Advil (NSAID)") == " ibuprofen");
  CHECK(meant("blood thinner - apixaban") == " apixaban");
  // Where one part is left over, or they cannot stand in one line, nothing is known.
  CHECK(meant("retinol + no AHA") == "");
  CHECK(meant("retinol, eczema") == "");
  // The form, strength and route are of the whole only where it is one thing.
  CHECK(catalog.match("Advil (ibuprofen) 400 mg tabs").strength == "400 mg");
  CHECK(catalog.match("Advil (ibuprofen) 400 mg tabs").form == "tablet");
  CHECK(catalog.match("Advil 400 mg tabs and Aleve").strength.empty());
}

TEST_CASE("an entry that names several things meets the rules about each") {
  const Checked both("client: {id: T-1}\nmedicines: [{name: Advil and retinol, ongoing: yes}]\n", shipped());
  const EntryFacts& entry = both.facts.entries.front();
  const Catalog& catalog = shipped().catalog;
  const auto is = [&](std::string_view id) {
    const SubjectId subject = catalog.find(id);
    return entry.is(catalog, {&subject, 1});
  };
  CHECK(is("nsaid") == Truth::yes);
  CHECK(is("retinoid-topical") == Truth::yes);
  CHECK(is("anticoagulant") == Truth::no);
}

TEST_CASE("what is denied for a purpose or place only is not denied") {
  const Catalog& catalog = shipped().catalog;
  CHECK(catalog.match("ibuprofen for headaches").narrowed);
  CHECK(catalog.match("retinol on face").narrowed);
  CHECK_FALSE(catalog.match("ibuprofen 400 mg twice daily").narrowed);
}

TEST_CASE("near names are those that stand in it, of the kinds that are asked for and of its route") {
  const Catalog& catalog = shipped().catalog;
  using Names = std::vector<std::string_view>;
  CHECK(catalog.suggest("ibuprofen last month") == Names{"ibuprofen"});
  CHECK(catalog.suggest("not on isotretinoin").front() == "isotretinoin");
  CHECK(catalog.suggest("never had eczema", bit(SubjectKind::condition)) == Names{"eczema"});
  CHECK(catalog.suggest("never had eczema", bit(SubjectKind::ingredient)).empty());
  // A gel is no near name of a capsule.
  CHECK(catalog.suggest("retinol of old").front() == "retinol");
  CHECK(catalog.suggest("retinol cream of old").front() == "retinol cream");
  CHECK(catalog.suggest("retinol tablets of old").empty());
}

TEST_CASE("a route settles what a name means, or a form that is for it alone") {
  const Catalog& catalog = shipped().catalog;
  const auto meant = [&](std::string_view name, const BesideName& beside) {
    const NameMatch match = catalog.match(name, beside);
    return match.subjects.size() == 1 ? catalog[match.subjects.front()].id : std::string_view{};
  };
  CHECK(meant("isotretinoin", {}) == "");
  CHECK(meant("isotretinoin", {.route = "oral"}) == "isotretinoin-oral");
  CHECK(meant("isotretinoin", {.form = "oral"}) == "isotretinoin-oral");
  CHECK(meant("isotretinoin", {.form = "topical"}) == "isotretinoin-topical");
  CHECK(meant("isotretinoin", {.form = "lotion"}) == "isotretinoin-topical");
  CHECK(meant("tacrolimus", {.route = "topical"}) == "tacrolimus-topical");
  CHECK(meant("clindamycin", {.route = "oral"}) == "clindamycin-oral");
  // No form of any choice is for that route, or one choice has no forms.
  CHECK(meant("clindamycin", {.route = "injected"}) == "");
  CHECK(meant("diclofenac", {.route = "topical"}) == "");
  // Together they say nothing.
  CHECK(meant("isotretinoin", {.form = "cream", .route = "oral"}) == "");
  CHECK(catalog.match("isotretinoin", {.form = "cream", .route = "oral"}).route_differs);
}
