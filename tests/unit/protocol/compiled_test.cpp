#include "needleplan/protocol/compiled.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/catalog/fold.h"
#include "needleplan/io/data.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/load.h"
#include "needleplan/text/spelling.h"
#include "support/plain_distance.h"

namespace {

using namespace needleplan;
using needleplan::testing::plain_distance;

/// One protocol as it was compiled, and as it is read from the same YAML.
struct Both {
  Diagnostics diagnostics;
  std::unique_ptr<Pack> compiled;
  std::unique_ptr<Pack> read;

  explicit Both(const std::string& name) {
    std::string problem;
    compiled = load_protocol(name, diagnostics, problem);
    read = read_pack(protocol_files(name, problem), diagnostics);
    REQUIRE(problem.empty());
    REQUIRE(diagnostics.empty());
  }
};

std::vector<SubjectId> subjects_of(const NameMatch& match) {
  return {match.subjects.begin(), match.subjects.end()};
}

/// Texts, kinds, styles and places of a node and all below it, one to a line.
void write_out(yaml::Node node, int depth, std::string& out) {
  out += std::string(static_cast<std::size_t>(depth), ' ') + node.at().to_string() + " " +
         std::to_string(static_cast<int>(node.kind())) + std::to_string(static_cast<int>(node.style())) + " ";
  if (node.is_scalar()) out += node.text();
  out += "\n";
  for (const yaml::Node child : node) {
    write_out(child, depth + 1, out);
    if (node.is_map()) write_out(child.value_of(), depth + 2, out);
  }
}

std::string text_of(const Citations& citations) {
  std::string out;
  for (const Citation& citation : citations.list) {
    out += std::to_string(citation.source) + std::string(citation.says);
    for (const auto& [key, figure] : citation.figures)
      out += std::string(key) + "=" + std::string(figure) + ",";
  }
  for (const std::string_view key : citations.unsourced)
    out += "!" + std::string(key);
  return out;
}

std::string text_of(const Statement& s, const Catalog& catalog) {
  std::string out = s.at.to_string();
  for (const std::string_view text : {s.id, s.layer, s.summary, s.say, s.why, s.instead, s.action, s.note})
    out += "|" + std::string(text);
  if (s.when) out += "|" + s.when->at.to_string() + text_of(*s.when, catalog);
  out += "|" + std::string(to_string(s.scope)) + std::string(to_string(s.degree)) + text_of(s.citations);
  if (const Avoid* avoid = s.as<Avoid>()) {
    for (const SubjectId subject : avoid->subjects)
      out += " " + std::to_string(subject);
    for (const auto& ban : {avoid->before, avoid->after})
      out += ban ? std::string(ban->to.written) + (ban->from ? std::string(ban->from->written) : "-") : "-";
  }
  if (const Step* step = s.as<Step>()) {
    for (const Setting& setting : step->settings)
      out += setting.at.to_string() + std::string(setting.id) + std::string(setting.text) + text_of(setting.citations);
  }
  return out;
}

std::string text_of(const Name& name) {
  return std::string(name.written) + "|" + std::string(name.language) + "|" + std::to_string(name.subject) + "|" +
         std::to_string(name.ambiguity) + "|" + std::to_string(static_cast<int>(name.sourced));
}

TEST_CASE("the protocols are compiled from the very files that are embedded") {
  const CompiledProtocols* compiled = compiled_protocols();
  REQUIRE(compiled != nullptr);
  std::size_t expected = 0;
  for (const DataFile& file : embedded_data())
    expected += static_cast<std::size_t>(file.path.starts_with(kProtocolRoot) && file.path.ends_with(".yaml"));
  CHECK(compiled->files.size() == expected);
  for (const std::string_view name : protocol_names()) {
    const Both both{std::string(name)};
    // An image of older files would bring their digest.
    REQUIRE(both.read->digest.empty());
    CHECK(compiled->text(compiled->folder(name)->digest) == digest_of(*both.read));
    CHECK(digest_of(*both.compiled) == digest_of(*both.read));
  }
}

TEST_CASE("a compiled protocol holds the nodes, statements and places of its files") {
  for (const std::string_view name : protocol_names()) {
    const Both both{std::string(name)};
    const Pack& a = *both.compiled;
    const Pack& b = *both.read;
    REQUIRE(a.documents.size() == b.documents.size());
    for (std::size_t i = 0; i < a.documents.size(); ++i) {
      std::string nodes_a;
      std::string nodes_b;
      write_out(a.documents[i]->root(), 0, nodes_a);
      write_out(b.documents[i]->root(), 0, nodes_b);
      CHECK(nodes_a == nodes_b);
    }
    REQUIRE(a.statements.size() == b.statements.size());
    for (std::size_t i = 0; i < a.statements.size(); ++i)
      CHECK(text_of(a.statements[i], a.catalog) == text_of(b.statements[i], b.catalog));
    REQUIRE(a.references.size() == b.references.size());
    for (std::size_t i = 0; i < a.references.size(); ++i) {
      CHECK(a.references[i].title == b.references[i].title);
      CHECK(a.references[i].at.to_string() == b.references[i].at.to_string());
    }
    CHECK(a.questions == b.questions);
    CHECK(a.index.by_subject == b.index.by_subject);
    CHECK(a.index.always == b.index.always);
  }
}

TEST_CASE("a compiled catalog holds the subjects and names of its files") {
  const Both both("microneedling");
  const Catalog& a = both.compiled->catalog;
  const Catalog& b = both.read->catalog;
  REQUIRE(a.subjects().size() == b.subjects().size());
  for (std::size_t i = 0; i < a.subjects().size(); ++i) {
    const Subject& x = a.subjects()[i];
    const Subject& y = b.subjects()[i];
    CAPTURE(y.id);
    CHECK(a.find(y.id) == i);
    CHECK((x.id == y.id && x.label == y.label && x.kind == y.kind && x.prescription == y.prescription));
    CHECK(std::ranges::equal(x.parents, y.parents));
    CHECK(std::ranges::equal(x.up, y.up));
    CHECK(x.at.to_string() == y.at.to_string());
  }
  CHECK(a.names() == b.names());
  const auto in_order = [](const Catalog& catalog) {
    std::vector<std::string> lines;
    for (const auto& [folded, name] : catalog.name_table())
      lines.push_back(std::string(folded) + "=" + text_of(name));
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  CHECK(in_order(a) == in_order(b));
  REQUIRE(a.ambiguities().size() == b.ambiguities().size());
  for (std::size_t i = 0; i < a.ambiguities().size(); ++i) {
    const Ambiguity& x = a.ambiguities()[i];
    const Ambiguity& y = b.ambiguities()[i];
    CHECK((x.ask == y.ask && x.choices == y.choices && x.by_form == y.by_form && x.by_strength == y.by_strength));
  }
}

TEST_CASE("names are found and suggested alike, compiled or read") {
  const Both both("microneedling");
  const Catalog& a = both.compiled->catalog;
  const Catalog& b = both.read->catalog;
  std::size_t count = 0;
  for (const auto& [folded, name] : b.name_table()) {
    std::string text(name.written);
    const NameMatch x = a.match("my " + text + " 20 mg cream");
    const NameMatch y = b.match("my " + text + " 20 mg cream");
    CHECK(subjects_of(x) == subjects_of(y));
    CHECK((x.form == y.form && x.strength == y.strength));
    CHECK((x.ambiguity == nullptr) == (y.ambiguity == nullptr));
    if (++count % 40 != 0) continue;
    for (std::string wrong : {text + "x", text.substr(1), "q" + text.substr(1), text.substr(0, text.size() / 2)}) {
      CAPTURE(wrong);
      const auto suggested = a.suggest(wrong);
      CHECK(suggested == b.suggest(wrong));
      CHECK(suggested == a.suggest(wrong));
    }
  }
  CHECK(a.match("no such thing at all").unknown());
}

TEST_CASE("suggestions are the three nearest names of the whole catalog by the plain distance") {
  const Both both("microneedling");
  const Catalog& catalog = both.compiled->catalog;
  const auto names = catalog.name_table();
  unsigned random = 20261123;
  const auto next = [&random](std::size_t below) {
    random = random * 1664525U + 1013904223U;
    return static_cast<std::size_t>(random >> 8U) % below;
  };
  std::size_t found = 0;
  for (int round = 0; round < 200; ++round) {
    // A name with up to four edits, so that some are near and some are not.
    std::string word(names[next(names.size())].first);
    for (std::size_t edits = next(5); edits > 0; --edits) {
      const std::size_t at = next(word.size());
      const char letter = static_cast<char>('a' + next(26));
      switch (next(4)) {
        case 0:
          word.insert(at, 1, letter);
          break;
        case 1:
          if (word.size() > 1) word.erase(at, 1);
          break;
        case 2:
          word[at] = letter;
          break;
        default:
          std::swap(word[at], word[(at + 1) % word.size()]);
      }
    }
    std::string strength;
    const std::string bare = without_amounts(fold(word), strength);
    const int limit = near_edits(bare.size());
    std::vector<std::tuple<int, std::string_view, std::string_view>> near;
    for (const auto& [folded, name] : names) {
      const std::size_t apart = std::max(folded.size(), bare.size()) - std::min(folded.size(), bare.size());
      if (apart > static_cast<std::size_t>(limit)) continue;
      if (const int distance = plain_distance(bare, folded); distance <= limit)
        near.emplace_back(distance, folded, name.written);
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string_view> expected;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, near.size()); ++i) {
      const std::string_view written = std::get<2>(near[i]);
      if (std::find(expected.begin(), expected.end(), written) == expected.end()) expected.push_back(written);
    }
    CAPTURE(word);
    // Names that stand in it come first, and what is for another route than its form is left out.
    const auto is_plain = [&](std::string_view part) { return catalog.suggest(part).empty(); };
    const std::vector<std::string_view> parts = words_of(bare);
    if (parts.size() > 1 && !std::all_of(parts.begin(), parts.end(), is_plain)) continue;
    CHECK(catalog.suggest(word) == expected);
    found += expected.size();
  }
  CHECK(found > 100);
}

TEST_CASE("a folder's own names count beside those of the compiled catalog") {
  const auto load = [](std::string text, Diagnostics& diagnostics) {
    return read_pack(*compiled_protocols(), nullptr, {{"own.yaml", std::move(text)}}, diagnostics);
  };
  constexpr std::string_view kHead = "pack: {id: own, title: Own, version: '1', reviewed: none}\n";
  Diagnostics diagnostics;
  const auto pack = load(std::string(kHead) +
                             "subjects:\n"
                             "  - {id: own-serum, kind: product, is: own-family, names: {en: [Own Serum]}}\n"
                             "  - {id: own-family, kind: class}\n",
                         diagnostics);
  REQUIRE(diagnostics.empty());
  const SubjectId own = pack->catalog.find("own-serum");
  CHECK(own == compiled_protocols()->catalog.subjects.size());
  CHECK(pack->catalog.is_a(own, pack->catalog.find("own-family")));
  CHECK(subjects_of(pack->catalog.match("OWN serum")) == std::vector{own});
  CHECK(pack->catalog.suggest("own serun").front() == "own-serum");
  CHECK(pack->catalog.names() == pack->catalog.name_table().size());

  // A name and a subject that the catalog has already.
  const NameRow& taken = *std::ranges::find_if(
      compiled_protocols()->catalog.names, [](const NameRow& row) { return row.ambiguity < 0 && row.subject == 0; });
  const auto twice = load(std::string(kHead) + "subjects:\n  - {id: own, kind: product, names: {en: ['" +
                              std::string(compiled_protocols()->catalog.text(taken.key)) +
                              "']}}\n  - {id: " + std::string(pack->catalog.subjects()[0].id) + ", kind: product}\n",
                          diagnostics);
  const std::string messages = to_text(diagnostics, Excerpt::place_only);
  CHECK(messages.find("own.yaml:3:") == 0);
  CHECK(messages.find("already belongs to \"" + std::string(pack->catalog.subjects()[0].id) + "\"") !=
        std::string::npos);
  CHECK(messages.find("is already defined at protocols/") != std::string::npos);
}

TEST_CASE("compiling gives the embedded image again, or the messages of a mistake") {
  std::vector<PackFile> files;
  for (const DataFile& file : embedded_data())
    if (file.path.starts_with(kProtocolRoot) && file.path.ends_with(".yaml"))
      files.push_back({std::string(file.path), std::string(file.bytes)});
  const Compilation again = compile_protocols(files);
  CHECK(again.messages.empty());
  CHECK(again.image == embedded_image());

  files.back().text += "unknown_key: 1\n";
  const Compilation broken = compile_protocols(files);
  CHECK(broken.image.empty());
  CHECK(broken.messages.find(files.back().name + ":") == 0);
  CHECK(broken.messages.find("[unknown-key]") != std::string::npos);
}

TEST_CASE("an image that is cut short or of another layout is not used") {
  const std::string image(embedded_image());
  CHECK_FALSE(open_image({}).has_value());
  CHECK_FALSE(open_image(std::string_view(image).substr(0, 100)).has_value());
  CHECK_FALSE(open_image(std::string_view(image).substr(0, image.size() - 1)).has_value());
  std::string other = image;
  other[12] = static_cast<char>(other[12] + 1);  // the size of the first table's rows
  CHECK_FALSE(open_image(other).has_value());
}

}  // namespace
