// Whatever our reader accepts, yaml-cpp must read to the same nodes: over generated documents and
// broken ones made from them. NEEDLEPLAN_DIFFERENTIAL=N tries N documents instead of the usual number.
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "needleplan/yaml/fields.h"
#include "needleplan/yaml/reader.h"
#include "support/yaml_documents.h"

namespace {

using namespace needleplan;

std::optional<std::string> difference(yaml::Node ours, const YAML::Node& theirs) {
  if (ours.is_scalar()) {
    if (theirs.IsNull()) return yaml::is_null(ours) ? std::nullopt : std::optional("theirs is null");
    if (!theirs.IsScalar()) return "ours is a scalar";
    if (theirs.Scalar() != ours.text())
      return "ours \"" + std::string(ours.text()) + "\", theirs \"" + theirs.Scalar() + "\"";
    if ((theirs.Tag() == "!") == (ours.style() == yaml::Style::plain)) return "plain or not, " + theirs.Tag();
    return std::nullopt;
  }
  if (theirs.IsNull() || theirs.IsScalar()) return "ours has children";
  if (ours.is_list() != theirs.IsSequence()) return "list or map";
  if (ours.count() != theirs.size()) return "number of children";
  auto other = theirs.begin();
  for (const yaml::Node child : ours) {
    auto found = ours.is_list() ? difference(child, *other) : difference(child, other->first);
    if (!found && ours.is_map()) found = difference(child.value_of(), other->second);
    if (found) return found;
    ++other;
  }
  return std::nullopt;
}

/// What yaml-cpp 0.7 reads otherwise, and why ours stands.
const char* known_difference(std::string_view text, std::string_view other) {
  const auto has = [](std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
  };
  if (has(other, "yaml-cpp: error") && has(text, "?")) return "it lets `?` end a plain scalar within brackets";
  if (has(text, ">+") || has(text, ">2+")) return "it drops one of the empty lines at the end of `>+`";
  if (text.ends_with(' ') || text.ends_with('\t'))
    return "it takes spaces at the end of the file for a line of a text block";
  if (has(other, "illegal tab")) return "it refuses a comment that is indented with tabs";
  return nullptr;
}

/// How many texts came out in what way.
struct Counts {
  std::size_t alike = 0;
  std::size_t refused_by_both = 0;
  std::size_t excused = 0;
  std::size_t wrong = 0;                             ///< accepted by us with other nodes: never
  std::map<std::string, std::size_t> refused_alone;  ///< by the first message of ours
};

/// What yaml-cpp makes otherwise of a text that we read; empty when it reads the same.
std::string other_reading(std::string_view text, yaml::Node ours) {
  try {
    const std::vector<YAML::Node> all = YAML::LoadAll(std::string(text));
    if (all.size() != 1) return "theirs has " + std::to_string(all.size()) + " documents";
    return difference(ours, all.front()).value_or("");
  } catch (const YAML::Exception& e) {
    return e.what();
  }
}

/// Takes no notice of what is read.
class Nothing : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& /*value*/) override {}
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {}
  void OnMapEnd() override {}
};

/// Whether yaml-cpp refuses a text. From some broken ones it would read documents without end.
bool refused_by_yaml_cpp(std::string_view text) {
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    Nothing nothing;
    std::size_t documents = 0;
    while (documents <= text.size() && parser.HandleNextDocument(nothing))
      ++documents;
    return documents > text.size();
  } catch (const YAML::Exception&) {
    return true;
  }
}

void compare(std::string_view text, yaml::Document& document, Counts& counts) {
  const Source source("d.yaml", std::string(text));
  Diagnostics diagnostics;
  if (!yaml::read(source, document, diagnostics)) {
    ++(refused_by_yaml_cpp(text) ? counts.refused_by_both : counts.refused_alone[diagnostics.sorted().front().id]);
    return;
  }
  const std::string other = other_reading(text, document.root());
  if (other.empty()) {
    ++counts.alike;
  } else if (known_difference(text, other) != nullptr) {
    ++counts.excused;
  } else {
    ++counts.wrong;
    CAPTURE(text);
    CHECK_MESSAGE(other.empty(), other);
  }
}

std::string words_of(const Counts& counts) {
  std::size_t alone = 0;
  std::string ids;
  for (const auto& [id, count] : counts.refused_alone) {
    alone += count;
    ids += (ids.empty() ? "" : ", ") + id + " " + std::to_string(count);
  }
  return std::to_string(counts.alike) + " read alike, " + std::to_string(counts.refused_by_both) +
         " refused by both, " + std::to_string(counts.excused) + " known differences, " + std::to_string(counts.wrong) +
         " with other nodes, " + std::to_string(alone) + " refused by us alone (" + ids + ")";
}

}  // namespace

TEST_CASE("whatever we accept, yaml-cpp reads to the same nodes") {
  const std::size_t documents = documents_to_try();
  Counts counts;
  yaml::Document document;
  for (std::size_t i = 0; i < documents; ++i) {
    Random random(i);
    std::string text = YamlText(random).document();
    if (i % 2 == 1) mutate(text, random);
    CAPTURE(i);
    compare(text, document, counts);
  }
  // Else the generator has lost its way and nothing was compared.
  CHECK(counts.alike > documents / 10);
  CHECK(counts.excused < documents / 50);
  MESSAGE("YAML: " << documents << " texts, " << words_of(counts));
}

TEST_CASE("every YAML and JSON file of the repository") {
  namespace fs = std::filesystem;
  Counts counts;
  yaml::Document document;
  for (const char* folder : {"protocols", "templates", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(NEEDLEPLAN_SOURCE_DIR) / folder)) {
      const std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || (extension != ".yaml" && extension != ".json")) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      CAPTURE(entry.path().string());
      compare(text, document, counts);
    }
  }
  CHECK(counts.alike > 100);
  MESSAGE("files: " << words_of(counts));
}
