/// Published care sheets as clinic layers: each loads over the shipped pack, and the JSON says what the sheet says.
#include <algorithm>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <simdjson.h>

#include "needleplan/plan/builders.h"
#include "needleplan/render/plan_record.h"
#include "support/engine.h"
#include "support/reading_level.h"
#include "support/sheet_compare.h"
#include "support/sheet_map.h"

using namespace needleplan;
using namespace needleplan::testing;

namespace {

/// Early enough that nothing has been missed yet.
const Date kEarly = date("2026-09-01");
/// Bans that begin later stand in the list of what comes later, or not at all where they have no end.
constexpr int kDays = 15;

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
  return value == nullptr ? std::string{} : value;
}

/// The pack in force at a clinic; null after any error, with `messages` saying why.
std::unique_ptr<Pack> load_clinic(const std::filesystem::path& folder, std::string& messages) {
  Diagnostics diagnostics;
  auto pack = load_protocol("microneedling", diagnostics, messages, {{(folder / "clinic.yaml").string()}, "en"});
  messages += to_text(diagnostics);
  if (diagnostics.has_errors()) pack.reset();
  return pack;
}

/// The records of one clinic, made once for each client.
class Records {
 public:
  explicit Records(const Pack& pack) : pack_(pack) {}

  std::vector<Printed> find(const std::string& record, const std::string& profile, std::string_view id) {
    std::vector<Printed> out;
    collect_printed(get(record, profile), id, out);
    return out;
  }

 private:
  const simdjson::dom::element& get(const std::string& record, const std::string& profile) {
    Record& made = records_[{record, profile}];
    if (!made.parser) {
      auto parser = std::make_unique<simdjson::dom::parser>();
      made.root = parser->parse(json(record, profile));
      made.parser = std::move(parser);
    }
    return made.root;
  }

  [[nodiscard]] std::string json(const std::string& record, const std::string& profile) const {
    const Checked checked(profile, pack_, kEarly);
    const Provenance provenance{"test", "test"};
    constexpr auto kLayout = JsonWriter::Layout::compact;
    if (record == "check") return check_record(checked.result, checked.facts, provenance, "", kLayout);
    PlanInput input;
    input.pack = &pack_;
    input.facts = &checked.facts;
    input.assessment = &checked.result;
    input.session = session_of(*checked.client.profile);
    input.as_of = kEarly;
    const Document document = record == "prep"        ? build_prep(input)
                              : record == "procedure" ? build_procedure(input, input.session.time)
                                                      : build_aftercare(input, kDays);
    return plan_record(document, input, provenance, "", kLayout);
  }

  struct Record {
    std::unique_ptr<simdjson::dom::parser> parser;
    simdjson::dom::element root;
  };
  const Pack& pack_;
  std::map<std::pair<std::string, std::string>, Record> records_;
};

/// One statement of a sheet against what is printed; every difference as a line.
class StatementCheck {
 public:
  StatementCheck(const SheetStatement& wanted, const Tree& base, Records& records)
      : wanted_(wanted), base_(base), records_(records) {}

  std::vector<std::string> run() {
    for (const std::string& key : wanted_.unknown_keys)
      lines_.push_back("the map has an unknown key `" + key + "`");
    if (!wanted_.condition.empty() && !wanted_.with && wanted_.without.empty() && wanted_.words.empty())
      lines_.push_back("its condition is not tested: `with`, `without` or `words` is missing");
    if (!wanted_.repeat.empty() && wanted_.says_repeat.empty() && wanted_.phase != "series")
      lines_.push_back("`says_repeat` is missing");
    if (!wanted_.dose.empty() && wanted_.says_amount.empty()) lines_.push_back("`says_amount` is missing");
    const std::string profile = edited_profile(base_, wanted_.with.value_or(Tree::map()));
    for (const std::string& id : wanted_.by)
      for (const std::string& record : wanted_.seen_in)
        compare(id, record, profile);
    for (const std::string& subject : wanted_.subjects)
      if (named_.count(subject) == 0) lines_.push_back("subject: none of ours says `" + subject + "`");
    if (!wanted_.says_amount.empty() && !amount_)
      lines_.push_back("amount: none of ours says `" + wanted_.says_amount + "`");
    for (const std::string& word : wanted_.words)
      if (words_.find(word) == std::string::npos) lines_.push_back("words: `" + word + "` is not printed");
    return lines_;
  }

 private:
  void compare(const std::string& id, const std::string& record, const std::string& profile) {
    const std::vector<Printed> printed = records_.find(record, profile, id);
    if (printed.empty()) {
      lines_.push_back(id + " is not in the record " + record);
      return;
    }
    Comparison comparison(wanted_, printed.front());
    for (const std::string& line : comparison.run())
      lines_.push_back(id + ": " + line);
    for (const std::string& subject : wanted_.subjects)
      if (comparison.says(subject)) named_.insert(subject);
    for (const Printed& one : printed) {
      append_texts(one.item, words_);
      if (says_amount(one, wanted_.says_amount)) amount_ = true;
    }
    // A ban is printed for everybody; only the check knows whom it meets.
    const auto& seen = wanted_.seen_in;
    if (record != "check" && std::find(seen.begin(), seen.end(), "check") != seen.end()) return;
    for (const Tree& edits : wanted_.without)
      if (!records_.find(record, edited_profile(base_, edits), id).empty())
        lines_.push_back(id + " also stands in the record " + record + " of a client whom it does not concern");
  }

  const SheetStatement& wanted_;
  const Tree& base_;
  Records& records_;
  std::vector<std::string> lines_;
  std::set<std::string> named_;
  std::string words_;
  bool amount_ = false;
};

struct Count {
  std::size_t statements = 0, expressed = 0, exact = 0;
};

/// All statements of a sheet; differences go to standard output.
Count check_sheet(const std::filesystem::path& folder, const Tree& base) {
  Count count;
  const SheetMap map = read_sheet_map(folder);
  count.statements = map.statements.size();
  std::string messages;
  const std::unique_ptr<Pack> pack = load_clinic(folder, messages);
  if (!pack) {
    std::cout << map.folder << ": the layer does not load\n" << messages;
    return count;
  }
  Records records(*pack);
  for (const SheetStatement& statement : map.statements) {
    if (statement.by.empty()) {
      std::cout << map.folder << " " << statement.id << ": not expressed\n";
      continue;
    }
    ++count.expressed;
    std::vector<std::string> lines;
    try {
      lines = StatementCheck(statement, base, records).run();
    } catch (const std::exception& error) {
      const std::string text = error.what();  // the messages, then the whole profile
      lines.push_back(text.substr(0, text.find("client:\n")));
    }
    if (lines.empty()) ++count.exact;
    for (const std::string& line : lines)
      std::cout << map.folder << " " << statement.id << ": " << line << '\n';
  }
  return count;
}

/// A text of a sheet; empty where the sheet says nothing.
std::string told_text(Tree& entry, std::string_view key) {
  const std::string text = entry.find(key)->text;
  return text == "null" ? std::string{} : text;
}

/// A window end of a sheet in the words of a map: `+few-d` is `few d`, `at:healed+5d` is `at healed + 5d`.
std::string told_end(Tree& end) {
  if (Tree* later = end.find("later_of")) {
    std::string out;
    for (Member& one : later->members)
      out += (out.empty() ? "later of " : " and ") + told_end(one.second);
    return out;
  }
  if (Tree* least = end.find("min")) {
    const std::string most = end.find("max")->text;
    return told_end(*least) + ".." + most.substr(most.find_first_not_of("+-"));
  }
  std::string out = end.text;
  if (out == "null") return "open";
  const auto replace = [&](std::string_view what, std::string_view with) {
    if (const std::size_t at = out.find(what); at != std::string::npos) out.replace(at, what.size(), with);
  };
  if (out.rfind("at:", 0) == 0) replace("+", " + ");
  replace("until:", "until ");
  replace("at:", "at ");
  replace("few-", "few ");
  replace("1x-course-length", "1x course");
  return out.front() == '+' ? out.substr(1) : out;
}

void print_row(const std::string& name, const Count& count) {
  std::cout << std::left << std::setw(32) << name << std::right << std::setw(12) << count.statements << std::setw(12)
            << count.expressed << std::setw(12) << count.exact << '\n';
}

}  // namespace

TEST_CASE("every statement of the published sheets is said by a layer and comes out as it stands") {
  const Tree base = read_tree(clinics_folder() / "profile.yaml");
  const std::string only = variable("NEEDLEPLAN_SHEET");
  std::map<std::string, Count> table;
  for (const std::filesystem::path& folder : sheet_folders())
    if (only.empty() || folder.filename().string().rfind(only, 0) == 0)
      table[folder.filename().string()] = check_sheet(folder, base);
  REQUIRE(!table.empty());

  Count all;
  std::cout << '\n'
            << std::left << std::setw(32) << "sheet" << std::right << std::setw(12) << "statements" << std::setw(12)
            << "expressed" << std::setw(12) << "exact" << '\n';
  for (const auto& [name, count] : table) {
    print_row(name, count);
    all.statements += count.statements;
    all.expressed += count.expressed;
    all.exact += count.exact;
  }
  print_row(std::to_string(table.size()) + " sheets", all);
  if (!only.empty()) std::cout << "NEEDLEPLAN_SHEET is set: the other sheets were left out\n";
  CHECK(all.expressed == all.statements);
  CHECK(all.exact == all.statements);
}

TEST_CASE("the layers speak to clients in plain words") {
  for (const std::filesystem::path& folder : sheet_folders()) {
    std::string messages;
    const std::unique_ptr<Pack> pack = load_clinic(folder, messages);
    CAPTURE(folder.filename().string());
    CAPTURE(messages);
    REQUIRE(pack);
    REQUIRE(pack->layers.size() == 1);
    Reading all;
    for (const ClientPart& section : sections_of(*pack, pack->layers.front().id))
      for (const std::string_view text : section.texts)
        for (const std::string_view sentence : sentences_of(text)) {
          const Reading one = count_sentence(sentence);
          all += one;
          if (one.grade() > 8) MESSAGE("grade " << one.grade() << ": " << sentence);
        }
    CHECK(all.sentences > 0);
    CHECK(all.grade() <= 6);
  }
}

TEST_CASE("what differs from a sheet is found") {
  SheetStatement wanted;
  wanted.action = "avoid";
  wanted.from = "-3d..5d";
  wanted.to = "0d";
  wanted.scope = "area";
  wanted.says_repeat = "every 2h..3h, while awake";
  wanted.subjects = {"sun"};
  const std::string exact =
      R"({"id": "x", "kind": "avoid", "subjects": ["sun"], "verdict": "defer", "scope": "area",)"
      R"( "windows": [{"from": "-3d..5d", "to": "0h"}], "repeat": {"every": "2h..3h", "while": "awake"}})";
  const auto differences = [&](std::string_view part, std::string_view instead) {
    std::string text = exact;
    if (!part.empty()) text.replace(text.find(part), part.size(), instead);
    simdjson::dom::parser parser;
    const simdjson::dom::element statement = parser.parse(text);
    return Comparison(wanted, {statement, statement}).run().size();
  };
  CHECK(differences("", "") == 0);
  CHECK(differences("\"avoid\"", "\"expect\"") == 1);
  CHECK(differences("-3d..5d", "-72h..5d") == 1);
  CHECK(differences("-3d..5d", "-3d") == 1);
  CHECK(differences("\"0h\"", "\"1d\"") == 1);
  CHECK(differences("\"area\"", "\"anywhere\"") == 1);
  CHECK(differences("\"area\"", "\"near\"") == 0);
  CHECK(differences("2h..3h", "2h") == 1);
  CHECK(differences("[\"sun\"]", "[\"rain\"]") == 1);

  CHECK(differences("\"area\"", "\"area\", \"advice\": true") == 1);
  CHECK(differences("\"area\"", "\"area\", \"degree\": \"excess\"") == 1);
  CHECK(differences("\"area\"", "\"area\", \"strength\": {\"at_least\": \"2%\"}") == 1);
  CHECK(differences("\"area\"", "\"area\", \"when\": \"pregnant\"") == 1);

  wanted.action = "do";
  wanted.mode = "do";
  CHECK(differences("\"avoid\", \"subjects\": [\"sun\"]", "\"do\", \"subject\": \"sun\"") == 0);
  CHECK(differences("\"avoid\", \"subjects\": [\"sun\"]", "\"do\", \"mode\": \"may\", \"subject\": \"sun\"") == 1);
  wanted.from.clear();
  wanted.to.clear();
  CHECK(differences("\"avoid\", \"subjects\": [\"sun\"]", "\"do\", \"subject\": \"sun\"") == 1);
}

TEST_CASE("the maps say what the sheets say") {
  const std::string sheets = variable("NEEDLEPLAN_SHEETS");
  if (sheets.empty()) {
    std::cout << "SKIPPED: the maps were not compared with the sheets themselves; NEEDLEPLAN_SHEETS names no folder\n";
    return;
  }
  for (const std::filesystem::path& folder : sheet_folders()) {
    SheetMap map = read_sheet_map(folder);
    Tree sheet = read_tree(std::filesystem::path(sheets) / (map.folder + ".yaml"));
    CAPTURE(map.folder);
    for (const std::string_view key : {"title", "url"})
      CHECK(map.facts.find(key)->text == sheet.find("source")->find(key)->text);
    for (const std::string_view key : {"device", "language"})
      CHECK(map.facts.find(key)->text == sheet.find(key)->text);
    std::vector<Member>& told = sheet.find("statements")->members;
    REQUIRE(map.statements.size() == told.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
      Tree& original = told[i].second;
      const SheetStatement& ours = map.statements[i];
      CAPTURE(ours.id);
      CHECK(ours.id == original.find("id")->text);
      CHECK(ours.phase == original.find("phase")->text);
      CHECK(ours.subject == original.find("subject")->text);
      CHECK(ours.action == original.find("action")->text);
      Tree* window = original.find("window");
      CHECK(ours.from == (window->kind == Tree::Kind::map ? told_end(*window->find("from")) : ""));
      CHECK(ours.to == (window->kind == Tree::Kind::map ? told_end(*window->find("to")) : ""));
      CHECK(ours.scope == told_text(original, "scope"));
      CHECK(ours.condition == told_text(original, "condition"));
      CHECK(ours.repeat == told_text(original, "repeat"));
      CHECK(ours.dose == told_text(original, "dose"));
    }
  }
}
