/// What is asked: that it is enough, and no more than can matter.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/findings/listing.h"
#include "property/generate.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// Puts a section's day of asking into the profile, leaving those of the others as they are.
void ask_today(Tree& root, const std::string& section) {
  const Tree* asked = root.find("asked");
  if (asked == nullptr) return;
  Tree by_section = *asked;
  if (asked->kind == Tree::Kind::scalar) {
    by_section = Tree::map();
    for (const std::string_view name : kEnumNames<Section>)
      by_section.set(std::string(name), asked->text);
    for (const char* key : {"life_stage", "answers", "cycle"})
      by_section.set(key, asked->text);
  }
  by_section.set(section, iso(kAsOf));
  root.set("asked", by_section);
}

/// A whole answer to a question; `adverse` the one that matters most.
void answer(Tree& root, const std::string& path, const World& world, bool adverse) {
  const std::string head = path.substr(0, path.find_first_of(".["));
  const std::string key = path.substr(path.find_last_of(".]") + 1);
  const auto section = from_string<Section>(head);
  if (path == "asked") {
    Tree* asked = root.find("asked");
    if (asked == nullptr || asked->kind == Tree::Kind::scalar) {
      root.set("asked", iso(kAsOf));
    } else {
      for (const std::string_view name : kEnumNames<Section>)
        if (asked->find(name) == nullptr) asked->set(std::string(name), iso(kAsOf));
    }
  } else if (path == head && section) {
    const Tree* list = root.find(head);
    // Asked again, and nothing has changed; or nothing of it is left.
    if (!adverse || list == nullptr || list->kind != Tree::Kind::list) root.set(head, "none");
    ask_today(root, head);
  } else if (head == "life_stage") {
    set_at(root, path, adverse ? "yes" : "no");
    ask_today(root, head);
  } else if (head == "answers") {
    set_at(root, path, adverse ? "yes" : "no");
    ask_today(root, head);
  } else if (head == "cycle") {
    root.set("cycle", "none");
    ask_today(root, head);
  } else if (section && root.find(head) != nullptr && root.find(head)->kind == Tree::Kind::list) {
    const std::string entry = path.substr(0, path.find(']') + 1);
    if (key == "name") {
      constexpr std::array<std::string_view, kSections> kHarmless{"fever", "cream", "cream", "cream", "nut",
                                                                  "jab",   "",      "swim",  "jab"};
      constexpr std::array<std::string_view, kSections> kShipped{
          "asthma", "paracetamol", "moisturiser", "paracetamol", "latex", "vaccination", "", "swimming", "swimming"};
      const auto index = static_cast<std::size_t>(*section);
      set_at(root, path, std::string(world.pack->id == "tiny" ? kHarmless[index] : kShipped[index]));
    } else if (key == "area") {
      set_at(root, path, adverse ? world.areas.front() : world.areas.back());
    } else if (key == "status" || key == "resolved") {
      if (Tree* list = root.find(head)) {
        Tree& known = list->members.at(std::strtoul(path.c_str() + path.find('[') + 1, nullptr, 10)).second;
        if (adverse && key == "status") known.erase("resolved");
      }
      set_at(root, entry + ".status", adverse && key == "status" ? "uncontrolled" : "past");
      if (key == "resolved" || !adverse) set_at(root, entry + ".resolved", adverse ? iso(kAsOf) : "2021-01-01");
    } else if (key == "last_used" || key == "ongoing") {
      Tree& known = root.find(head)->members.at(std::strtoul(path.c_str() + path.find('[') + 1, nullptr, 10)).second;
      const Tree* ongoing = known.find("ongoing");
      // Whoever has said that it is over is asked for the day alone.
      const bool over = !adverse || (key == "last_used" && ongoing != nullptr && ongoing->text == "no");
      known.set("ongoing", over ? "no" : "yes");
      if (over) known.set("last_used", adverse ? iso(kAsOf) : "2021-01-01");
      // What is still used has no end, and what ended so long ago did not begin later.
      if (!over || !adverse) known.erase(over ? "started" : "last_used");
    } else if (key == "started") {
      // Not after it ended.
      const Tree known =
          root.find(head)->members.at(std::strtoul(path.c_str() + path.find('[') + 1, nullptr, 10)).second;
      const auto last = Tree(known).find("last_used") != nullptr ? parse_when(Tree(known).find("last_used")->text)
                                                                 : std::optional<When>{};
      set_at(root, path, adverse ? "2021-01-01" : iso(last ? last->days.first : kAsOf));
    } else if (key == "since") {
      set_at(root, path, adverse ? iso(kAsOf) : "2021-01-01");
    } else if (key == "prescribed") {
      set_at(root, path, adverse ? "yes" : "no");
    } else if (key == "date") {
      set_at(root, path, *section == Section::plans ? "2031-01-01" : adverse ? iso(kAsOf) : "2021-01-01");
    } else if (key == "form") {
      set_at(root, path, "cream");
    } else if (key == "strength") {
      set_at(root, path, "1 %");
    } else {
      set_at(root, path, "none");
    }
  } else if (!section) {
    const std::string value = path == "client.birth_date"      ? "1980-01-01"
                              : path == "client.fitzpatrick"   ? (adverse ? "VI" : "II")
                              : path == "session.date"         ? (adverse ? iso(kAsOf) : "2027-10-01")
                              : path == "session.areas"        ? (adverse ? world.areas.front() : world.areas.back())
                              : path == "session.protocol"     ? std::string(world.pack->id)
                              : path == "session.depth"        ? (adverse ? "2.5 mm" : "0.2 mm")
                              : path == "session.numbing_time" ? (adverse ? "90min" : "25min")
                              : path == "session.indication"   ? world.indications.front()
                              : path == "session.device"       ? world.devices.front()
                              : path == "session.numbing"      ? (adverse ? world.numbing.front() : "none")
                                                               : "none";
    set_at(root, path, value);
  }
}

/// A whole answer to all that a question asks for.
void answer(Tree& root, const Question& question, const World& world, bool adverse) {
  const auto asked = [&](std::string_view key) {
    return !key.empty() && std::any_of(question.keys.begin(), question.keys.end(), [&](const std::string& path) {
      return path == fmt::format("{}.{}", question.path, key);
    });
  };
  for (const std::string& path : question.keys) {
    const bool said = std::any_of(kEntryKeys.begin(), kEntryKeys.end(), [&](const EntryKey& key) {
      return path.ends_with(fmt::format("].{}", key.name)) && asked(key.said_by);
    });
    if (!said) answer(root, path, world, adverse);
  }
}

/// Those that are asked, and those that no answer to would change the verdict.
std::vector<Question> all_questions(const Checked& checked) {
  std::vector<Question> out = checked.result.questions;
  out.insert(out.end(), checked.result.not_asked.begin(), checked.result.not_asked.end());
  return out;
}

/// Whether more can be asked after an answer: which facts matter shows only once names and the session's own are known,
/// and an answer of "none of it is left" takes entries away, and with them what they alone had settled.
bool opens_more(Tree root, const Question& question) {
  const Tree* list = root.find(question.path);
  const bool takes_entries = list != nullptr && list->kind == Tree::Kind::list;
  return takes_entries || question.keys.front().ends_with(".name") || question.path == "session.date" ||
         question.path == "session.areas";
}

std::string questions_are_enough(const Case& made) {
  const Checked before(to_yaml(made.profile), made.pack());
  for (const bool adverse : {false, true}) {
    Tree tree = made.profile;
    // An entry that contradicts itself is asked about anew, and then for what it really is.
    bool more = before.find("contradiction") != nullptr;
    for (const Question& question : all_questions(before)) {
      more = more || opens_more(made.profile, question);
      answer(tree, question, made.world, adverse);
    }
    auto after = std::make_unique<Checked>(to_yaml(tree), made.pack());
    // An area that is too wide is asked for once more, then its rules ask, and then those of a name that they asked
    // for.
    for (int round = 0; more && round < 3; ++round) {
      for (const Question& question : all_questions(*after))
        answer(tree, question, made.world, false);
      after = std::make_unique<Checked>(to_yaml(tree), made.pack());
    }
    // Which illness a medicine is taken for, only the client knows.
    if (after->find("implied-illness") != nullptr) continue;
    if (const auto left = all_questions(*after); !left.empty())
      return fmt::format("after all answers it still asks {}\n--- answered\n{}", left.front().keys.front(),
                         to_yaml(tree));
  }
  return {};
}

std::string an_avoid_ends_the_questions(const Case& made) {
  const Checked checked(to_yaml(made.profile), made.pack());
  const bool settled = checked.result.verdict == Verdict::avoid;
  if (settled && !checked.result.questions.empty()) return "asks although nothing but avoid can come of it";
  if (!settled && !checked.result.not_asked.empty()) return "keeps a question to itself";
  for (const Question& question : checked.result.not_asked)
    for (const bool adverse : {false, true}) {
      Tree tree = made.profile;
      answer(tree, question, made.world, adverse);
      // A list that is answered anew may leave out what stood in the way.
      if (opens_more(made.profile, question)) continue;
      if (const Verdict verdict = Checked(to_yaml(tree), made.pack()).result.verdict; verdict != Verdict::avoid)
        return fmt::format("an answer to {} makes it {}\n--- answered\n{}", question.path, to_string(verdict),
                           to_yaml(tree));
    }
  return {};
}

}  // namespace

TEST_CASE("answering the questions settles everything") {
  CHECK(holds("questions are enough", 600, [](const Case& made, Chooser&) { return questions_are_enough(made); }));
}

TEST_CASE("where nothing but avoid can come of it nothing is asked") {
  CHECK(holds("avoid ends the questions", 300,
              [](const Case& made, Chooser&) { return an_avoid_ends_the_questions(made); }));
}
