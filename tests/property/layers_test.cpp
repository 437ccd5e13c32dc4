/// The promise of the guard: a layer that loads without a reason never makes a result milder.
#include <functional>
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/protocol/compiled.h"
#include "property/layers_generate.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

using std::chrono::days;

constexpr std::string_view kReason = ", loosen: {reason: a test, by: Dr Lee}";

/// Enough choices for a layer and some profiles; a case of the property has not that many.
Chooser more_choices(const Case& made) {
  constexpr std::size_t kChoices = 3000;
  std::mt19937 random(static_cast<unsigned>(std::hash<std::string>{}(to_yaml(made.profile) + made.pack_text)));
  std::vector<int> numbers(kChoices);
  for (int& number : numbers)
    number = static_cast<int>(random() % 5040U);
  return Chooser(numbers);
}

/// Null if it does not load.
std::unique_ptr<Pack> laid(const Case& made, const std::vector<std::string>& layers) {
  Overlay overlay;
  for (const std::string& layer : layers)
    overlay.files.push_back({fmt::format("layer-{}.yaml", overlay.files.size()), layer});
  Diagnostics diagnostics;
  auto pack = made.own ? read_pack({{"pack.yaml", made.pack_text}}, diagnostics, std::move(overlay))
                       : read_pack(*compiled_protocols(), compiled_protocols()->folder("microneedling"), {},
                                   diagnostics, std::move(overlay));
  // Whatever else is wrong with a random layer is no matter of the guard.
  return diagnostics.has_errors() ? nullptr : std::move(pack);
}

/// The profile with an answer wherever there was none.
void answer_all(Tree& root, const World& world) {
  Tree* client = root.find("client");
  for (const auto& [key, value] : {std::pair{"birth_date", "1984-05-02"}, {"fitzpatrick", "II"}})
    if (client->find(key) == nullptr) client->set(key, std::string(value));
  root.set("asked", iso(kAsOf));
  for (const std::string path : {"life_stage.pregnant", "life_stage.breastfeeding"})
    if (Tree* life = root.find("life_stage"); life == nullptr || life->find(path.substr(11)) == nullptr)
      set_at(root, path, "no");
  for (std::size_t i = 0; i < kSections; ++i) {
    const auto section = static_cast<Section>(i);
    const std::string key(to_string(section));
    Tree* list = root.find(key);
    if (list == nullptr || list->text == "unknown") root.set(key, "none");
    list = root.find(key);
    for (auto& [none, entry] : list->members) {
      if (Tree* name = entry.find("name"); name != nullptr && (name->text == "qwertz" || name->text.back() == '?'))
        name->text = world.names[i].front();
      for (const std::string area : {"area"})
        if (section != Section::allergies) entry.set(area, world.areas.front());
      if (Tree* status = entry.find("status"); status != nullptr && status->text == "unknown") status->text = "active";
      const bool use = section == Section::medicines || section == Section::products || section == Section::supplements;
      if (use && entry.find("prescribed") == nullptr) entry.set("prescribed", "no");
      if (Tree* ongoing = entry.find("ongoing");
          use && ongoing != nullptr && entry.find("last_used") == nullptr && ongoing->text != "yes")
        ongoing->text = "yes";
      if (const bool event = section == Section::procedures || section == Section::exposures ||
                             section == Section::plans || section == Section::sessions;
          event && entry.find("date") == nullptr)
        entry.set("date", iso(kAsOf));
    }
  }
  const std::array<std::pair<std::string, std::string>, 9> session{{{"protocol", std::string(world.pack->id)},
                                                                    {"date", iso(kAsOf)},
                                                                    {"areas", world.areas.front()},
                                                                    {"indication", world.indications.front()},
                                                                    {"depth", "0.5 mm"},
                                                                    {"device", world.devices.front()},
                                                                    {"numbing", "none"},
                                                                    {"numbing_time", "25min"},
                                                                    {"add_ons", "none"}}};
  for (const auto& [key, value] : session)
    if (root.find("session") == nullptr || root.find("session")->find(key) == nullptr)
      set_at(root, "session." + key, value);
  root.find("session")->set("areas", world.areas.front());
}

/// The worst verdict of each rule, and of all rows of courses and of settings together, since rows stand in for each
/// other. Nothing for those that are not all known.
std::map<std::string, std::optional<Verdict>> verdicts(const Facts& facts, Date day) {
  std::map<std::string, std::optional<Verdict>> out;
  std::vector<std::uint16_t> all(facts.pack->statements.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = static_cast<std::uint16_t>(i);
  for (const RuleOutcome& rule : collect(facts, all, day)) {
    const StatementKind kind = rule.statement->kind();
    const bool alone = kind == StatementKind::condition || kind == StatementKind::avoid;
    auto& worst =
        out.try_emplace(alone ? std::string(rule.statement->id) : std::string(to_string(kind)), Verdict::clear)
            .first->second;
    if (rule.outcome.holds == Truth::unknown || !rule.outcome.pending.empty()) worst.reset();
    if (worst) worst = std::max(*worst, rule.outcome.verdict);
  }
  return out;
}

struct Counts {
  int taken = 0, both = 0, refused = 0, compared = 0, caught = 0;
};

/// What is milder under the layers for some client on some day; empty if nothing is.
std::string milder(const Case& made, const Pack& layered, Chooser& choose, Counts& counts, int profiles = 4,
                   int days_of_each = 4) {
  constexpr std::array kDays{0, 1, 2, 3, 5, 8, 14, 30, 90};
  for (int i = 0; i < profiles; ++i) {
    Tree profile = i == 0 ? made.profile : some_profile(choose, made.world);
    answer_all(profile, made.world);
    const Client client(to_yaml(profile));
    if (!client.profile) continue;
    const Facts before = resolve(*client.profile, made.pack(), kAsOf);
    const Facts after = resolve(*client.profile, layered, kAsOf);
    for (int k = 0; k < days_of_each; ++k) {
      const Date day = kAsOf + days{choose.of(kDays)};
      const auto was = verdicts(before, day);
      const auto now = verdicts(after, day);
      for (const auto& [rule, verdict] : was) {
        const auto found = now.find(rule);
        const std::optional<Verdict> other = found == now.end() ? Verdict::clear : found->second;
        if (!verdict || !other) continue;
        ++counts.compared;
        if (*other < *verdict)
          return fmt::format("{} is {} and was {} on {}\n--- the client\n{}", rule, to_string(*other),
                             to_string(*verdict), iso(day), to_yaml(profile));
      }
      const bool known = std::all_of(was.begin(), was.end(), [](const auto& x) { return x.second.has_value(); }) &&
                         std::all_of(now.begin(), now.end(), [](const auto& x) { return x.second.has_value(); });
      if (known && verdict_on(after, day) < verdict_on(before, day))
        return fmt::format("the result is milder on {}\n--- the client\n{}", iso(day), to_yaml(profile));
    }
  }
  return {};
}

}  // namespace

TEST_CASE("a layer that gives no reason never makes a result milder") {
  Counts counts;
  CHECK(holds("layers only make stricter", 700, [&](const Case& made, Chooser&) -> std::string {
    Chooser choose = more_choices(made);
    Chooser same = choose;
    const std::string head = "id: random, kind: clinic, title: Random";
    const std::string layer = LayerMaker(choose, made.pack()).layer(head, "");
    if (const auto pack = laid(made, {layer})) {
      ++counts.taken;
      const std::string problem = milder(made, *pack, choose, counts);
      if (!problem.empty()) return problem + "\n--- layer\n" + layer;
      // And another one over it, which may change what the first one changed or added.
      const std::string over = LayerMaker(choose, *pack).layer("id: over, kind: visit, title: Over", "");
      const auto both = laid(made, {layer, over});
      if (!both) return {};
      ++counts.both;
      const std::string more = milder(made, *both, choose, counts);
      return more.empty() ? more : more + "\n--- layers\n" + layer + over;
    }
    // What is refused, with a reason: some of it must be milder, or this test would find nothing.
    if (const auto pack = laid(made, {LayerMaker(same, made.pack()).layer(head, kReason)})) {
      ++counts.refused;
      Counts none;
      if (!milder(made, *pack, same, none).empty()) ++counts.caught;
    }
    return {};
  }));
  MESSAGE(counts.taken << " taken, " << counts.both << " with another over them, " << counts.refused
                       << " refused for want of a reason, " << counts.compared << " verdicts compared, "
                       << counts.caught << " refused ones seen to be milder");
  CHECK(counts.taken > 100);
  CHECK(counts.both > 30);
  CHECK(counts.refused > 100);
  CHECK(counts.compared > 5000);
  CHECK(counts.caught > 20);
}

TEST_CASE("a layer that gives no reason makes no one of a thousand clients milder") {
  int layers = 0;
  Counts counts;
  CHECK(holds("thousand clients", 40, [&](const Case& made, Chooser&) -> std::string {
    if (!made.own) return {};  // the small packs are dense: each rule meets many of the clients
    Chooser choose = more_choices(made);
    const std::string layer = LayerMaker(choose, made.pack()).layer("id: random, kind: clinic, title: Random", "");
    const auto pack = laid(made, {layer});
    if (!pack) return {};
    ++layers;
    for (int round = 0; round < 20; ++round) {
      // Choices run out: each round has its own.
      std::vector<int> numbers(4000);
      std::mt19937 random(static_cast<unsigned>(round + 20 * layers));
      for (int& number : numbers)
        number = static_cast<int>(random() % 5040U);
      Chooser clients{numbers};
      const std::string problem = milder(made, *pack, clients, counts, 50, 1);
      if (!problem.empty()) return problem + "\n--- layer\n" + layer;
    }
    return {};
  }));
  MESSAGE(layers << " layers, " << counts.compared << " verdicts compared");
  CHECK(layers > 3);
}
