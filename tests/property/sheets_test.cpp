/// A sheet that is drawn once and filled in for a client is the sheet that is drawn for that client.
#include <filesystem>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/render/aftercare_sheets.h"
#include "property/generate.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

constexpr int kDays = 9;

/// The two ways to a sheet, in one format.
class TwoWays {
 public:
  TwoWays(const Pack& pack, std::string_view format, bool ascii) : sheets_(pack, kDays) {
    Diagnostics diagnostics;
    std::string problem;
    if (!drawing_.open(format, "aftercare", DrawOptions{Color::off, ascii, {}}, diagnostics, problem))
      throw std::runtime_error(problem + to_text(diagnostics));
  }

  /// Empty where both are the same.
  std::string difference(const PlanInput& input) {
    Diagnostics diagnostics;
    std::string drawn = "before\n";
    std::string filled = drawn;
    const bool both = drawing_.draw(build_aftercare(input, kDays), drawn, diagnostics) &&
                      sheets_.draw(input, drawing_, scratch_, filled, diagnostics);
    if (both && drawn == filled) return {};
    const auto [a, b] = std::mismatch(drawn.begin(), drawn.end(), filled.begin(), filled.end());
    return fmt::format("drawn: {}\n--- filled: {}", std::string(a, drawn.end()).substr(0, 300),
                       std::string(b, filled.end()).substr(0, 300));
  }

  [[nodiscard]] std::size_t built() const { return sheets_.built(); }

 private:
  Drawing drawing_;
  AftercareSheets sheets_;
  Stencil::Scratch scratch_;
};

/// Every format, for one pack and whichever clients come.
class AllWays {
 public:
  explicit AllWays(const Pack& pack) : pack_(pack) {
    ways_.emplace_back(std::make_unique<TwoWays>(pack, "text", false));
    ways_.emplace_back(std::make_unique<TwoWays>(pack, "text", true));
    ways_.emplace_back(std::make_unique<TwoWays>(pack, "md", false));
  }

  /// The client of that profile, with the session on other days and at other times too.
  std::string difference(const std::string& profile) {
    const Checked checked(profile, pack_);
    PlanInput input;
    input.pack = &pack_;
    input.as_of = kAsOf;
    input.facts = &checked.facts;
    input.assessment = &checked.result;
    const PlanSession booked = session_of(*checked.client.profile);
    for (const int later : {0, 1, 67})
      for (const int minutes : {-1, 0, 9 * 60 + 15, 18 * 60 + 30}) {
        input.session = booked;
        if (booked.day) input.session.day = *booked.day + std::chrono::days{later};
        if (minutes >= 0) input.session.time = TimeOfDay{minutes};
        for (auto& ways : ways_)
          if (std::string problem = ways->difference(input); !problem.empty())
            return fmt::format("{} days later, minute {}: {}", later, minutes, problem);
      }
    return {};
  }

  [[nodiscard]] std::size_t built() const { return ways_.front()->built(); }

 private:
  const Pack& pack_;
  std::vector<std::unique_ptr<TwoWays>> ways_;
};

/// Other clients of the same pack, who come one after the other to the same sheets.
std::vector<std::string> clients_beside(const Case& made) {
  constexpr std::size_t kChoices = 220;
  std::mt19937 random(static_cast<unsigned>(std::hash<std::string>{}(to_yaml(made.profile) + made.pack_text)));
  std::vector<std::string> out{to_yaml(made.profile)};
  for (int i = 0; i < 12; ++i) {
    std::vector<int> numbers(kChoices);
    for (int& number : numbers)
      number = static_cast<int>(random() % 5040U);
    Chooser choose(numbers);
    out.push_back(to_yaml(some_profile(choose, made.world)));
  }
  return out;
}

}  // namespace

TEST_CASE("a sheet that is filled in is the sheet that is drawn") {
  CHECK(holds("filled in as drawn", 20, [](const Case& made, Chooser&) {
    AllWays ways(made.pack());
    for (const std::string& profile : clients_beside(made))
      if (std::string problem = ways.difference(profile); !problem.empty()) return problem + "\n" + profile;
    return std::string{};
  }));
}

TEST_CASE("the same over the layers of clinics, for clients one after the other") {
  const std::string root = NEEDLEPLAN_SOURCE_DIR "/tests/clinics";
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(root))
    if (entry.is_directory()) folders.push_back(entry.path());
  REQUIRE(folders.size() >= 22);
  for (const auto& folder : folders) {
    Diagnostics diagnostics;
    std::string problem;
    const auto pack = load_protocol("microneedling", diagnostics, problem, {{(folder / "clinic.yaml").string()}, "en"});
    REQUIRE(pack);
    AllWays ways(*pack);
    std::string profile = read_whole(root + "/profile.yaml");
    INFO(folder.string());
    CHECK(ways.difference(profile).empty());
    const std::size_t built = ways.built();
    CHECK(built < 30);
    // A client who differs in nothing but the day and the name needs no sheet of another kind.
    CHECK(ways.difference(profile).empty());
    CHECK(ways.built() == built);
  }
}

TEST_CASE("a name cannot fill in a blank, break out of its line, or be read as Markdown") {
  AllWays ways(shipped());
  const auto with_name = [](const std::string& name) {
    std::string profile = read_whole(NEEDLEPLAN_SOURCE_DIR "/templates/examples/prepare.yaml");
    const std::size_t at = profile.find("Ben Example");
    return at == std::string::npos ? profile : profile.replace(at, 11, name);
  };
  const std::string blank = to_text(Blank{Blank::Kind::day, 3});
  for (const std::string& name : {blank, "'" + blank + "'", std::string("\"\\uFDD0d3\\uFDD1\"")}) {
    const Client client(with_name(name));
    INFO(client.messages);
    CHECK_FALSE(client.profile);
  }
  CHECK_FALSE(Client(with_name("\"first\\nsecond line\\n\\n\\nthird\\n\"")).profile);
  for (const std::string name :
       {"Zo\u00EB \u4F50\u85E4", "'{{title}} *bold* <b> [x](y) # 1. a'", "'a very long name '"}) {
    INFO(name);
    REQUIRE(with_name(name).find(name) != std::string::npos);
    CHECK(ways.difference(with_name(name)).empty());
  }
}
