/// What must never pass in silence, one change at a time to a profile that is clear.
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

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
    // What it is taken for, with a sign-off of its own.
    tree.set("conditions", Tree::list().add(Tree::map().set("name", "thrombophilia").set("status", "controlled")));
    const auto signoff = [](std::string_view rule, std::string_view on, std::string_view expires) {
      return Tree::map()
          .set("rule", std::string(rule))
          .set("by", "Dr. Example")
          .set("role", "physician")
          .set("on", std::string(on))
          .set("expires", std::string(expires))
          .set("note", "agreed");
    };
    tree.set("signoffs", Tree::list()
                             .add(signoff("clot-or-stroke", "2026-11-20", "2027-01-31"))
                             .add(signoff(row.rule, row.on, row.expires)));
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

TEST_CASE("a sign-off counts in a role that the rule takes") {
  const auto checked = [](std::string_view life, std::string_view rule, std::string_view role) {
    Tree tree = clear_profile();
    tree.set("life_stage", Tree::map()
                               .set("pregnant", life == "pregnant" ? "yes" : "no")
                               .set("breastfeeding", life == "pregnant" ? "no" : "yes"));
    tree.set("signoffs", Tree::list().add(Tree::map()
                                              .set("rule", std::string(rule))
                                              .set("by", "Dr. Example")
                                              .set("role", std::string(role))
                                              .set("on", "2026-11-20")
                                              .set("expires", "2026-12-31")
                                              .set("note", "agreed")));
    return std::make_unique<Checked>(to_yaml(tree), shipped());
  };
  CHECK(checked("pregnant", "pregnancy", "midwife")->result.verdict == Verdict::caution);
  CHECK(checked("pregnant", "pregnancy", "Frauenarzt")->result.verdict == Verdict::caution);
  CHECK(checked("breastfeeding", "breastfeeding", "nurse prescriber")->result.verdict == Verdict::caution);
  // A prescriber alone does not sign for a pregnancy.
  for (const std::string_view role : {"receptionist", "client", "practitioner", "nurse prescriber"}) {
    CAPTURE(role);
    const auto one = checked("pregnant", "pregnancy", role);
    CHECK(one->result.verdict == Verdict::avoid);
    REQUIRE(one->result.remarks.size() == 1);
    CHECK(one->result.remarks.front().words ==
          fmt::format("does not count: \"{}\" may not sign this rule, only physician, obstetrician or midwife", role));
  }
}

TEST_CASE("a sign-off is for what was there when it was signed, and a finding names all that it is about") {
  const auto checked = [](std::string_view since) {
    Tree tree = clear_profile();
    tree.set("conditions",
             Tree::list()
                 .add(Tree::map().set("name", "breast cancer").set("status", "active").set("since", "2025-01"))
                 .add(Tree::map().set("name", "leukaemia").set("status", "active").set("since", std::string(since))));
    tree.set("signoffs", Tree::list().add(Tree::map()
                                              .set("rule", "cancer-active")
                                              .set("by", "Dr. Example")
                                              .set("role", "physician")
                                              .set("on", "2026-11-20")
                                              .set("expires", "2026-12-31")
                                              .set("note", "agreed")));
    return std::make_unique<Checked>(to_yaml(tree), shipped());
  };
  const auto before = checked("2026-11-20");
  CHECK(before->result.verdict == Verdict::caution);
  REQUIRE(before->find("cancer-active") != nullptr);
  CHECK(before->find("cancer-active")->summary == "Cancer, now or in treatment: breast cancer, leukaemia");
  const auto after = checked("2026-11-21");
  CHECK(after->result.verdict == Verdict::consult);
  REQUIRE(after->result.remarks.size() == 1);
  CHECK(after->result.remarks.front().words == "does not count: it was signed before this began: leukaemia");
}

TEST_CASE("each value of a sign-off is somebody's own") {
  for (const std::string_view key : {"rule", "by", "role", "on", "expires", "note"})
    for (const std::string_view value : {"none", "unknown", "\"-\"", "\"?\""}) {
      CAPTURE(key);
      CAPTURE(value);
      std::string text =
          "client: {id: C-1}\nsignoffs:\n  - {rule: breastfeeding, by: Dr Lee, role: physician, on: 2026-11-20, "
          "expires: 2026-12-31, note: fine}\n";
      const std::size_t at = text.find(std::string(key) + ": ", text.find("- {")) + key.size() + 2;
      text.replace(at, text.find_first_of(",}", at) - at, value);
      const Client client(text);
      CHECK(client.messages.find("error") != std::string::npos);
    }
}

TEST_CASE("a medicine asks for the illness that it is taken for") {
  const auto with = [](std::string_view medicine, std::string_view illness) {
    Tree tree = clear_profile();
    Tree entry = Tree::map().set("name", "insulin").set("prescribed", "yes");
    if (medicine == "in use") entry.set("ongoing", "yes");
    if (medicine == "recent") entry.set("ongoing", "no").set("last_used", "2026-11-01");
    if (medicine == "long ago") entry.set("ongoing", "no").set("last_used", "2020-01-01");
    tree.set("medicines", Tree::list().add(std::move(entry)));
    if (!illness.empty())
      tree.set("conditions",
               Tree::list().add(Tree::map().set("name", std::string(illness)).set("status", "controlled")));
    return std::make_unique<Checked>(to_yaml(tree), shipped());
  };
  for (const std::string_view medicine : {"in use", "recent", "end not said"}) {
    CAPTURE(medicine);
    const auto checked = with(medicine, "");
    REQUIRE(checked->find("implied-illness") != nullptr);
    CHECK(checked->find("implied-illness")->verdict == Verdict::ask);
    CHECK(checked->find("implied-illness")->summary == "It is taken for diabetes, which is not listed: insulin");
    CHECK(checked->asks("conditions"));
    CHECK(with(medicine, "hay fever")->find("implied-illness") != nullptr);
    CHECK(with(medicine, "type 1 diabetes")->find("implied-illness") == nullptr);
  }
  CHECK(with("long ago", "")->find("implied-illness") == nullptr);
}

TEST_CASE("a known name without a rule is one to consult about, or named as without concern") {
  const auto pack = pack_of(
      "pack: {id: microneedling, title: t, version: 1, reviewed: none}\n"
      "sources:\n"
      "  - {key: L1, grade: L, title: A paper}\n"
      "subjects:\n"
      "  - {id: cheeks, kind: area}\n"
      "  - {id: rejuvenation, kind: indication}\n"
      "  - {id: pill, kind: ingredient}\n"
      "  - {id: milk, kind: allergen}\n"
      "  - {id: pollen, kind: allergen}\n"
      "conditions:\n"
      "  - {id: r, when: {uses: pill}, verdict: caution, sources: unsourced}\n"
      "no_concern:\n"
      "  - {id: face, subject: rejuvenation, why: It is what it is for., sources: unsourced}\n"
      "  - {id: food, subject: milk, why: No step uses it., sources: L1}\n"
      "  - {id: weak, subject: [pill, pollen], sections: allergies, why: Not known., sources: unsourced}\n");
  Tree tree = clear_profile();
  tree.set("allergies", Tree::list().add(Tree::scalar("milk")).add(Tree::scalar("pollen")));
  const Checked named(to_yaml(tree), *pack);
  CHECK(named.find("no-rule") == nullptr);
  REQUIRE(named.result.no_concern.size() == 3);
  CHECK(named.result.no_concern[0].path == "allergies[0].name");
  CHECK(named.result.no_concern[0].sourced);
  CHECK(named.result.no_concern[1].subject == "pollen");
  CHECK_FALSE(named.result.no_concern[1].sourced);
  CHECK(named.result.no_concern[2].path == "session.indication");
  // The rule is about using it, and no concern is about being allergic to it.
  tree.set("allergies", "none");
  tree.set("products", Tree::list().add(Tree::map().set("name", "milk")));
  tree.set("exposures", Tree::list().add(Tree::map().set("name", "pill").set("date", "2026-11-01")));
  const Checked other(to_yaml(tree), *pack);
  CHECK(other.find("no-rule") == nullptr);
  CHECK(other.find("misplaced-name") != nullptr);
  tree.set("session", Tree::map()
                          .set("protocol", "microneedling")
                          .set("date", "2026-12-07")
                          .set("areas", "cheeks")
                          .set("indication", "rejuvenation")
                          .set("depth", "0.5 mm")
                          .set("numbing", "pill")
                          .set("numbing_time", "20min")
                          .set("add_ons", "pill"));
  tree.set("products", "none");
  const Checked added(to_yaml(tree), *pack);
  REQUIRE(added.find("no-rule") != nullptr);
  CHECK(added.find("no-rule")->verdict == Verdict::consult);
  CHECK(added.find("no-rule")->summary == "This protocol has no rule about it: pill");
  CHECK(added.find("no-rule")->facts.front().path == "session.numbing");
}

TEST_CASE("a known name without a rule is one to consult about where no name is said to be without concern") {
  const auto pack = pack_of(
      "pack: {id: microneedling, title: t, version: 1, reviewed: none}\n"
      "subjects:\n"
      "  - {id: cheeks, kind: area}\n"
      "  - {id: rejuvenation, kind: indication}\n"
      "  - {id: skinpen, kind: device}\n");
  const Checked checked(to_yaml(clear_profile()), *pack);
  REQUIRE(checked.find("no-rule") != nullptr);
  CHECK(checked.result.verdict == Verdict::consult);
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
      "  - {id: rejuvenation, kind: indication}\n"
      "no_concern: [{id: goal, subject: rejuvenation, why: It is what it is for., sources: unsourced}]\n");
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

TEST_CASE("a name in the wrong section says where it belongs, and an unknown one has near names that can stand there") {
  const Checked checked(
      "client: {id: T-1}\n"
      "conditions: [{name: acne scars}, {name: never had eczema}]\n"
      "medicines: [{name: warts}, {name: never had eczema}]\n",
      shipped());
  std::string said;
  for (const Finding& finding : checked.result.findings)
    if (finding.rule == "misplaced-name" || finding.rule == "unknown-name")
      said += fmt::format("{}|{}\n", finding.action, fmt::join(finding.suggestions, ","));
  CHECK(said.find("Move it to session.indication, so") != std::string::npos);
  CHECK(said.find("Move it to conditions, so") != std::string::npos);
  CHECK(said.find("general name.|eczema\n") != std::string::npos);
  CHECK(said.find("general name.|\n") != std::string::npos);
}

TEST_CASE("what is in a product counts, and what nobody knows of it is said") {
  const auto checked = [](const std::string& products) {
    std::string text = to_yaml(clear_profile());
    const std::size_t at = text.find("products:");
    const std::size_t end = text.find('\n', at);
    return std::make_unique<Checked>(text.replace(at, end - at, "products: " + products), shipped());
  };
  const std::string used =
      ", ongoing: yes, prescribed: no, form: cream, strength: unknown, area: cheeks, started: 2020";
  const auto verdict = [&](const std::string& name) { return checked("[{" + name + used + "}]")->result.verdict; };
  const Verdict retinol = verdict("name: retinol");
  CHECK(retinol > Verdict::clear);
  for (const std::string name :
       {"name: \"Aqua, Glycerin, Retinol\"", "name: Our Cream, ingredients: [Glycerin, Retinol]",
        "name: Our Cream, ingredients: \"Glycerin, Retinol\"", "name: night cream, ingredients: [Glycerin, Retinol]",
        "name: plain moisturiser, ingredients: [Glycerin, Retinol]"}) {
    CAPTURE(name);
    const auto found = checked("[{" + name + used + "}]");
    CHECK(found->find("retinoid-topical") != nullptr);
    CHECK(found->find("unknown-ingredients") == nullptr);
    CHECK(found->find("unknown-name") == nullptr);
    CHECK(found->result.verdict == retinol);
  }
  const auto some = checked("[{name: Our Cream, ingredients: [Glycerin, Xyzzyl Stearate, Qwertyl Oxide]" + used + "}]");
  REQUIRE(some->find("unknown-ingredients") != nullptr);
  CHECK(some->find("unknown-ingredients")->verdict == Verdict::caution);
  CHECK(some->find("unknown-ingredients")->action == "Look up: xyzzyl stearate, qwertyl oxide.");
  CHECK(verdict("name: night cream, ingredients: [Glycerin, Xyzzyl Stearate]") == Verdict::ask);
  // It takes away nothing that the name may mean; on a medicine's label stands what it is made up in, too.
  for (const std::string name :
       {"rosacea cream", "Peeling", "our isotretinoin mask", "Mega Retinol Boost", "tranexamic-acid-oral"}) {
    CAPTURE(name);
    CHECK(verdict("name: " + name + ", ingredients: [Aqua, Glycerin, Panthenol]") == Verdict::ask);
  }
  CHECK(
      checked("[{name: isotretinoin, ongoing: yes, prescribed: no, ingredients: [Aqua, Glycerin]}]")->result.verdict ==
      Verdict::ask);
  // Nothing of it is known, or something may be hidden in it: that is asked, whatever the name says.
  CHECK(verdict("name: plain moisturiser, ingredients: [Xyzzyl Stearate]") == Verdict::ask);
  CHECK(verdict("name: plain moisturiser, ingredients: [Glycerin, Xyzzyl Retinol Ester]") >= Verdict::ask);
}

TEST_CASE("a name in a form that it does not have is asked about beside its rules") {
  std::string text = to_yaml(clear_profile());
  text.replace(text.find("medicines: "), text.find('\n', text.find("medicines: ")) - text.find("medicines: "),
               "medicines: [{name: warfarin cream, ongoing: yes, prescribed: yes}]");
  const Checked checked(text, shipped());
  REQUIRE(checked.find("unlikely-form") != nullptr);
  CHECK(checked.find("unlikely-form")->verdict == Verdict::ask);
  CHECK(checked.find("anticoagulant-use") != nullptr);
}

TEST_CASE("several areas in one name are each of them") {
  std::string text = to_yaml(clear_profile());
  text.replace(
      text.find("areas: \"cheeks\"") == std::string::npos ? text.find("areas: cheeks") : text.find("areas: \"cheeks\""),
      text.find("areas: \"cheeks\"") == std::string::npos ? 13 : 15, "areas: [full face and neck]");
  const Checked checked(text, shipped());
  CHECK(checked.find("unknown-area") == nullptr);
  CHECK(checked.facts.areas.subjects.size() == 2);
}

TEST_CASE("what is prescribed is never given a day to stop by") {
  const auto dates = [](const std::string& prescribed) {
    std::string text = to_yaml(clear_profile());
    const std::size_t at = text.find("products: ");
    text.replace(at, text.find('\n', at) - at,
                 "products: [{name: tretinoin, ongoing: yes, form: cream, area: cheeks, started: 2020, prescribed: " +
                     prescribed + "}]");
    const std::size_t day = text.find("2026-12-07");
    const Checked checked(text.replace(day, 10, "2026-11-24"), shipped());
    const Finding* finding = checked.find("retinoid-topical");
    return finding == nullptr ? std::string("nothing") : finding->arithmetic;
  };
  CHECK(dates("no").find("it had to stop by") != std::string::npos);
  CHECK(dates("yes") == "still used; session Tue 24 Nov; minimum 3 days, preferred 7 days");
}
