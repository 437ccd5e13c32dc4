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

TEST_CASE("a list of ingredients is all of those that are known") {
  const Catalog& catalog = shipped().catalog;
  const auto read = [&](const NameMatch& match) {
    std::string out;
    for (const SubjectId subject : match.subjects)
      out += fmt::format("{}{}", out.empty() ? "" : " ", catalog[subject].id);
    if (match.unread != nullptr) out += fmt::format("; {}", fmt::join(*match.unread, ", "));
    return out;
  };
  const auto name = [&](std::string_view written) { return read(catalog.match(written)); };
  CHECK(name("Aqua, Glycerin, Retinol, Xyzzyl Stearate") == "glycerin retinol; xyzzyl stearate");
  CHECK(name("Ingredients: Water (Aqua), Retinol 0.3%, Phenoxyethanol, Squalane") == "retinol squalane");
  CHECK(catalog.match("Aqua, Glycerin, Retinol").all);
  CHECK_FALSE(catalog.match("Aqua, Glycerin, Retinol, Xyzzyl Stearate").unsure_list);
  // Of what a name can be, the ingredient that goes onto the skin.
  CHECK(name("Aqua, Retinol, Niacinamide") == "retinol niacinamide-skincare");
  // The name of something known in what nobody knows.
  CHECK(catalog.match("Aqua, Glycerin, Xyzzyl Retinol Ester").unsure_list);
  // Not a list: no beginning of one, too short, nothing known in it, or something that is swallowed.
  CHECK(name("Glycerin, Retinol, Xyzzyl Stearate").empty());
  CHECK(name("Aqua, Retinol") == "");
  CHECK(name("Aqua, Xyzzyl Stearate, Qwertyl Oxide").empty());
  CHECK(read(catalog.match("Aqua, Glycerin, Retinol", {.form = "capsule"})).empty());
  CHECK(catalog.match("Aqua, Glycerin, Retinol", {.route = "oral"}).route_differs);
  CHECK(read(catalog.match_ingredients("Glycerin, Retinol, Xyzzyl Stearate")) == "glycerin retinol; xyzzyl stearate");
}

TEST_CASE("a name in a form that it does not have is known, and asked about") {
  const Catalog& catalog = shipped().catalog;
  for (const std::string_view name :
       {"warfarin cream", "salicylic acid pills", "glycolic acid capsules", "botox cream", "Eliquis gel"}) {
    CAPTURE(name);
    CHECK(catalog.match(name).unlikely_route);
    CHECK_FALSE(catalog.match(name).unknown());
  }
  CHECK(catalog.match("warfarin", {.route = "topical"}).unlikely_route);
  for (const std::string_view name : {"warfarin tablets", "salicylic acid serum", "botox injections", "warfarin",
                                      "retinol cream", "tretinoin 0.05% gel", "ibuprofen gel"}) {
    CAPTURE(name);
    CHECK_FALSE(catalog.match(name).unlikely_route);
  }
}
