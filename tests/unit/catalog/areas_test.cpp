/// Every area name of the catalog against every other, with a table written from anatomy.
#include <array>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/engine.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

enum class Lie : std::uint8_t { apart, touching, overlapping };

std::string lie_word(Lie lie) {
  return lie == Lie::apart ? "apart" : lie == Lie::touching ? "touching" : "overlapping";
}

/// What tests/data/area_overlaps.txt says of two areas, in either order.
class Anatomy {
 public:
  Anatomy() {
    std::istringstream lines(read_whole(std::string(NEEDLEPLAN_SOURCE_DIR) + "/tests/data/area_overlaps.txt"));
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line.front() == '#') continue;
      const std::size_t colon = line.find(':');
      const std::size_t bar = line.find('|');
      REQUIRE(colon < bar);
      REQUIRE(bar != std::string::npos);
      const std::string area = line.substr(0, colon);
      read(area, line.substr(colon + 1, bar - colon - 1), Lie::overlapping);
      read(area, line.substr(bar + 1), Lie::touching);
    }
  }

  [[nodiscard]] Lie of(std::string_view a, std::string_view b) const {
    if (a == b || a == "whole-body" || b == "whole-body") return Lie::overlapping;
    const auto found = pairs_.find(std::minmax(std::string(a), std::string(b)));
    return found == pairs_.end() ? Lie::apart : found->second;
  }
  [[nodiscard]] const std::map<std::pair<std::string, std::string>, Lie>& pairs() const { return pairs_; }

 private:
  void read(const std::string& area, const std::string& others, Lie lie) {
    std::istringstream words(others);
    for (std::string other; words >> other;) {
      const auto [at, added] = pairs_.emplace(std::minmax(area, other), lie);
      CAPTURE(area);
      CAPTURE(other);
      CHECK((added || at->second == lie));
    }
  }
  std::map<std::pair<std::string, std::string>, Lie> pairs_;
};

Lie lie_of(const Catalog& catalog, SubjectId a, SubjectId b) {
  const Truth overlap = catalog.overlap(a, b);
  const Truth near = catalog.near(a, b);
  if (overlap == Truth::unknown || near < overlap) throw std::logic_error("an area without places");
  return overlap == Truth::yes ? Lie::overlapping : near == Truth::yes ? Lie::touching : Lie::apart;
}

/// A session on some areas, with one condition on others.
std::string client_with(const std::string& session, const std::string& condition, const std::string& area) {
  return "client: {id: T-1, birth_date: 1984-05-02, fitzpatrick: II}\nasked: 2026-11-23\n"
         "life_stage: {pregnant: no, breastfeeding: no}\nconditions: [{name: " +
         condition + ", status: active, area: " + area +
         "}]\nmedicines: none\nproducts: none\nsupplements: none\nallergies: none\nprocedures: none\nsessions: none\n"
         "exposures: none\nplans: none\nsession: {protocol: microneedling, date: 2026-12-07, time: 14:30, areas: [" +
         session + "], indication: rejuvenation, depth: 0.25 mm, device: SkinPen, numbing: none, add_ons: none}\n";
}

}  // namespace

TEST_CASE("each area name against each other, as anatomy has it") {
  const Catalog& catalog = shipped().catalog;
  const Anatomy anatomy;
  // By name, as a profile has them, each with what it is listed under: one that means another area is found here.
  struct AreaName {
    std::string_view written;
    SubjectId listed = kNoSubject, meant = kNoSubject;
  };
  std::vector<AreaName> names;
  std::set<SubjectId> areas;
  for (const auto& [folded, name] : catalog.name_table()) {
    if (name.ambiguity >= 0 || catalog[name.subject].kind != SubjectKind::area) continue;
    const NameMatch match = catalog.match(name.written);
    REQUIRE(match.subjects.size() == 1);
    names.push_back({name.written, name.subject, match.subjects.front()});
    areas.insert(name.subject);
  }
  for (const auto& [pair, lie] : anatomy.pairs())
    for (const std::string& id : {pair.first, pair.second}) {
      CAPTURE(id);
      CHECK(catalog.find(id) != kNoSubject);
    }
  std::map<std::pair<SubjectId, SubjectId>, Lie> expected;
  std::array<std::size_t, 3> pairs{};
  for (const SubjectId a : areas) {
    CHECK(catalog.ground(a).places.any());
    for (const SubjectId b : areas) {
      const Lie lie = anatomy.of(catalog[a].id, catalog[b].id);
      expected.emplace(std::pair(a, b), lie);
      if (a < b) ++pairs[static_cast<std::size_t>(lie)];
    }
  }
  for (const AreaName& one : names)
    for (const AreaName& other : names) {
      const Lie lie = expected.at({one.listed, other.listed});
      if (lie_of(catalog, one.meant, other.meant) != lie)
        FAIL_CHECK(std::string(one.written) << " and " << std::string(other.written) << " must be " << lie_word(lie));
    }
  MESSAGE(areas.size() << " areas with " << names.size() << " names, " << catalog.places().size()
                       << " places; of the pairs of areas " << pairs[2] << " overlap and " << pairs[1] << " touch");
}

TEST_CASE("what is next to the area counts where a rule says so") {
  for (const auto& row : std::vector<std::array<std::string, 3>>{{"perioral", "impetigo", "chin"},
                                                                 {"T-zone", "eczema", "nose"},
                                                                 {"head", "eczema", "face"},
                                                                 {"scalp", "eczema", "hairline"},
                                                                 {"forehead", "eczema", "hairline"},
                                                                 {"cheeks", "open wound", "temples"},
                                                                 {"décolletage", "acne", "front of neck"}}) {
    CAPTURE(row[0]);
    CAPTURE(row[2]);
    CHECK(Checked(client_with(row[0], row[1], row[2]), shipped()).result.verdict == Verdict::avoid);
  }
  for (const auto& row : std::vector<std::array<std::string, 3>>{
           {"chin", "impetigo", "forehead"}, {"cheeks", "eczema", "abdomen"}, {"cheeks", "melasma", "temples"}}) {
    CAPTURE(row[0]);
    CAPTURE(row[2]);
    CHECK(Checked(client_with(row[0], row[1], row[2]), shipped()).result.verdict == Verdict::clear);
  }
}

TEST_CASE("an area that does not say where it is may be anywhere") {
  const auto verdict = [](const std::string& subject) {
    Diagnostics diagnostics;
    std::string problem;
    Overlay overlay;
    overlay.files.push_back({"clinic.yaml", "layer: {id: t, kind: clinic, title: T}\nsubjects: [" + subject + "]\n"});
    const auto pack = read_pack(protocol_files("microneedling", problem), diagnostics, std::move(overlay));
    REQUIRE_MESSAGE(!diagnostics.has_errors(), to_text(diagnostics));
    return Checked(client_with("cheeks", "impetigo", "sore spot"), *pack).result.verdict;
  };
  CHECK(verdict("{id: sore-spot, kind: area}") == Verdict::ask);
  CHECK(verdict("{id: sore-spot, kind: area, places: [cheek-front]}") == Verdict::avoid);
  CHECK(verdict("{id: sore-spot, kind: area, places: [temple]}") == Verdict::avoid);
  CHECK(verdict("{id: sore-spot, kind: area, places: [toes]}") == Verdict::clear);
  CHECK(verdict("{id: sore-spot, kind: area, is: [feet]}") == Verdict::clear);
  CHECK(verdict("{id: sore-spot, kind: area, is: [face]}") == Verdict::avoid);
  CHECK(verdict("{id: sore-spot, kind: area, areas: [feet, chin]}") == Verdict::clear);
  CHECK(verdict("{id: sore-spot, kind: area, areas: [feet, jaw]}") == Verdict::avoid);
}
