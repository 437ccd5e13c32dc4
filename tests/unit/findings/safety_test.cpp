/// What must never pass in silence, one change at a time to a profile that is clear.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/engine.h"
#include "support/tree.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

Tree clear_profile() {
  Tree root = Tree::map();
  root.set("client", Tree::map().set("id", "T-0001").set("birth_date", "1984-05-02").set("fitzpatrick", "II"));
  root.set("asked", "2026-11-23").set("life_stage", Tree::map().set("pregnant", "no").set("breastfeeding", "no"));
  for (const std::string_view section : kEnumNames<Section>)
    root.set(std::string(section), "none");
  root.set("session", Tree::map()
                          .set("protocol", "microneedling")
                          .set("date", "2026-12-07")
                          .set("time", "14:30")
                          .set("areas", "cheeks")
                          .set("indication", "rejuvenation")
                          .set("depth", "0.5 mm")
                          .set("device", "SkinPen")
                          .set("numbing", "none")
                          .set("add_ons", "none"));
  return root;
}

struct Row {
  std::string name;
  std::string section;
  std::vector<std::pair<std::string, std::string>> entry;
  Verdict verdict;
  std::string rule;
};

}  // namespace

TEST_CASE("the profile to start from is clear") {
  CHECK(Checked(to_yaml(clear_profile()), shipped()).result.verdict == Verdict::clear);
}

TEST_CASE("one entry more") {
  for (const Row& row : std::vector<Row>{
           {"a name written with a question mark",
            "medicines",
            {{"name", "Accutane?"}, {"ongoing", "no"}, {"last_used", "2020-01-01"}},
            Verdict::ask,
            "doubtful-name"},
           {"a name nobody knows", "products", {{"name", "qwertz"}}, Verdict::ask, "unknown-name"},
           {"a name with several contents", "medicines", {{"name", "blood thinner"}}, Verdict::ask, "ambiguous-name"},
           {"an illness among the medicines", "medicines", {{"name", "warts"}}, Verdict::ask, "misplaced-name"},
           {"a treatment among the medicines",
            "medicines",
            {{"name", "chemotherapy"}, {"ongoing", "yes"}},
            Verdict::ask,
            "misplaced-name"},
           {"an indication named as an area",
            "conditions",
            {{"name", "acne"}, {"status", "active"}, {"area", "acne scars"}},
            Verdict::ask,
            "unknown-area"},
           {"a last use still to come is use",
            "medicines",
            {{"name", "Eliquis"}, {"last_used", "2027-01-31"}, {"prescribed", "yes"}},
            Verdict::consult,
            "anticoagulant-use"},
           {"a medicine to be begun before the session",
            "plans",
            {{"name", "Accutane"}, {"date", "2026-12-01"}},
            Verdict::avoid,
            "isotretinoin-current"},
           {"a medicine listed as an event",
            "procedures",
            {{"name", "Accutane"}, {"date", "2026-11-01"}},
            Verdict::avoid,
            "isotretinoin-current"},
           {"another word for uncontrolled",
            "conditions",
            {{"name", "diabetes"}, {"status", "unstable"}},
            Verdict::avoid,
            "diabetes-uncontrolled"},
           {"a prescribed cream is not stopped",
            "products",
            {{"name", "tretinoin"}, {"ongoing", "yes"}, {"prescribed", "yes"}, {"area", "cheeks"}},
            Verdict::consult,
            "retinoid-topical"},
           {"a name wider than the rules: it may be the deep peel",
            "procedures",
            {{"name", "chemical peel"}, {"date", "2026-11-20"}, {"area", "cheeks"}},
            Verdict::ask,
            "not-known"},
           {"an allergy to some metal may be one to steel",
            "allergies",
            {{"name", "metal"}},
            Verdict::ask,
            "not-known"},
           {"a plan on the day, at no known time, may come first",
            "plans",
            {{"name", "sunburn"}, {"date", "2026-12-07"}, {"area", "cheeks"}},
            Verdict::defer,
            "sunburn"},
           {"a plan on the day, before the session by the clock",
            "plans",
            {{"name", "dermabrasion"}, {"date", "2026-12-07 09:00"}, {"area", "cheeks"}},
            Verdict::defer,
            "dermabrasion"},
       }) {
    CAPTURE(row.name);
    Tree tree = clear_profile();
    Tree entry = Tree::map();
    for (const auto& [key, value] : row.entry)
      entry.set(key, value);
    tree.set(row.section, Tree::list().add(entry));
    const Checked checked(to_yaml(tree), shipped());
    CHECK(checked.result.verdict >= row.verdict);
    const Finding* finding = checked.find(row.rule);
    REQUIRE(finding != nullptr);
    CHECK(finding->verdict == row.verdict);
  }
}

TEST_CASE("one session fact changed") {
  for (const auto& row : std::vector<std::array<std::string, 3>>{
           {"areas", "acne scars", "unknown-area"},
           {"areas", "retinol", "unknown-area"},
           {"areas", "whole body", "wide-area"},
           {"device", "cheeks", "unknown-session-fact"},
           {"protocol", "facial", "protocol-not-covered"},
           {"numbing", "TKTX", "numbing-fda-warned"},
       }) {
    const std::string& key = row[0];
    const std::string& value = row[1];
    const std::string& rule = row[2];
    CAPTURE(key);
    CAPTURE(value);
    Tree tree = clear_profile();
    set_at(tree, "session." + key, value);
    const Checked checked(to_yaml(tree), shipped());
    CHECK(!bookable(checked.result.verdict));
    CHECK(checked.find(rule) != nullptr);
  }
}

TEST_CASE("answers that are missing, too old or not known") {
  for (const auto& row : std::vector<std::array<std::string, 3>>{
           {"medicines", "unknown", "medicines"},
           {"asked", "2026-05-01", "medicines"},
           {"asked", "2026-11-24", "asked"},
           {"life_stage.pregnant", "unknown", "life_stage.pregnant"},
           {"session.date", "unknown", "session.date"},
       }) {
    const std::string& path = row[0];
    const std::string& value = row[1];
    const std::string& asked = row[2];
    CAPTURE(path);
    Tree tree = clear_profile();
    set_at(tree, path, value);
    const Checked checked(to_yaml(tree), shipped());
    CHECK(checked.result.verdict == Verdict::ask);
    CHECK(checked.asks(asked));
  }
}

TEST_CASE("a state that is over and not over cannot be read") {
  Tree tree = clear_profile();
  tree.set("conditions",
           Tree::list().add(Tree::map().set("name", "acne").set("status", "active").set("resolved", "2026-01-01")));
  const Client client(to_yaml(tree));
  CHECK(!client.profile);
  CHECK(client.messages.find("resolved-and-not-past") != std::string::npos);
}

TEST_CASE("the edges of a window") {
  struct Edge {
    std::string last_used;
    Verdict verdict;
  };
  // Vitamin A cream: three days at least, seven preferred; the session is on 7 December.
  for (const Edge& edge :
       {Edge{"2026-11-29", Verdict::clear}, Edge{"2026-11-30", Verdict::clear}, Edge{"2026-12-01", Verdict::caution},
        Edge{"2026-12-04", Verdict::caution}, Edge{"2026-12-05", Verdict::defer}, Edge{"2026-12-07", Verdict::defer}}) {
    CAPTURE(edge.last_used);
    Tree tree = clear_profile();
    tree.set("products", Tree::list().add(Tree::map()
                                              .set("name", "retinol")
                                              .set("last_used", edge.last_used)
                                              .set("prescribed", "no")
                                              .set("area", "cheeks")));
    CHECK(Checked(to_yaml(tree), shipped(), date("2026-12-07")).result.verdict == edge.verdict);
  }
}

TEST_CASE("sign-offs") {
  struct Row {
    std::string name, rule, on, expires;
    Verdict verdict;
  };
  for (const Row& row :
       std::vector<Row>{{"in force", "anticoagulant-use", "2026-11-20", "2027-01-31", Verdict::caution},
                        {"on its last day", "anticoagulant-use", "2026-11-20", "2026-12-07", Verdict::caution},
                        {"expired the day before", "anticoagulant-use", "2026-11-20", "2026-12-06", Verdict::consult},
                        {"signed tomorrow", "anticoagulant-use", "2026-11-24", "2026-12-31", Verdict::consult},
                        {"for another rule", "antiplatelet-use", "2026-11-20", "2026-12-31", Verdict::consult},
                        {"for no rule", "nothing-such", "2026-11-20", "2026-12-31", Verdict::consult}}) {
    CAPTURE(row.name);
    Tree tree = clear_profile();
    tree.set("medicines",
             Tree::list().add(Tree::map().set("name", "Eliquis").set("ongoing", "yes").set("prescribed", "yes")));
    tree.set("signoffs", Tree::list().add(Tree::map()
                                              .set("rule", row.rule)
                                              .set("by", "Dr. Example")
                                              .set("role", "physician")
                                              .set("on", row.on)
                                              .set("expires", row.expires)
                                              .set("note", "agreed")));
    const Checked checked(to_yaml(tree), shipped());
    CHECK(checked.result.verdict == row.verdict);
    CHECK(checked.result.remarks.empty() == (row.verdict == Verdict::caution));
  }
}

TEST_CASE("a sign-off never helps against an absolute rule") {
  Tree tree = clear_profile();
  tree.set("conditions",
           Tree::list().add(Tree::map().set("name", "open wound").set("status", "active").set("area", "cheeks")));
  tree.set("signoffs", Tree::list().add(Tree::map()
                                            .set("rule", "open-lesion-in-area")
                                            .set("by", "Dr. Example")
                                            .set("role", "physician")
                                            .set("on", "2026-11-20")
                                            .set("expires", "2026-12-31")
                                            .set("note", "agreed")));
  const Checked checked(to_yaml(tree), shipped());
  CHECK(checked.result.verdict == Verdict::avoid);
  CHECK(checked.result.remarks.size() == 1);
}

TEST_CASE("a protocol whose review ran out clears nobody any more") {
  const auto pack = pack_of(
      "pack:\n"
      "  id: microneedling\n"
      "  title: t\n"
      "  version: 1\n"
      "  reviewed: {by: Dr. Example, on: 2026-01-01, until: 2026-11-23}\n"
      "subjects:\n"
      "  - {id: cheeks, kind: area}\n"
      "  - {id: rejuvenation, kind: indication}\n");
  const std::string profile = to_yaml(clear_profile());
  CHECK(Checked(profile, *pack).find("review-expired") == nullptr);  // the last day still counts
  const Checked late(profile, *pack, date("2026-11-24"));
  REQUIRE(late.find("review-expired") != nullptr);
  CHECK(late.result.verdict >= Verdict::consult);
}

TEST_CASE("a row for a product and for its class does not stand in for itself") {
  const auto pack = pack_of(
      "pack: {id: microneedling, title: t, version: 1, reviewed: none}\n"
      "subjects:\n"
      "  - {id: cheeks, kind: area}\n"
      "  - {id: rejuvenation, kind: indication}\n"
      "  - {id: numbing, kind: class}\n"
      "  - {id: our-cream, kind: product, is: numbing}\n"
      "steps:\n"
      "  - id: numb\n"
      "    order: 1\n"
      "    title: Numb\n"
      "    sources: unsourced\n"
      "    settings: [{id: row, product: [our-cream, numbing], time: 20min..30min, sources: unsourced}]\n");
  Tree tree = clear_profile();
  set_at(tree, "session.numbing", "our-cream");
  set_at(tree, "session.numbing_time", "70min");
  CHECK(Checked(to_yaml(tree), *pack).find("row") != nullptr);
}
