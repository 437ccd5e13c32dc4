#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "needleplan/authoring/in_force.h"
#include "needleplan/authoring/lint_layers.h"
#include "needleplan/protocol/judged_names.h"
#include "needleplan/text/reading_level.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

using yaml::Node;

constexpr double kHardest = 8;
/// Of fewer words the grade says little.
constexpr int kFewestWords = 6;
constexpr std::array<std::string_view, 4> kClientTexts{"say", "why", "instead", "label"};

/// The text of a layer that is English, as far as is known: by its language, or because none is named.
std::string_view english(Node text) {
  if (!text.valid()) return {};
  if (text.is_scalar()) return text.text();
  const Node en = text.find("en");
  return en.valid() && en.is_scalar() ? en.text() : std::string_view{};
}

void check_reading_level(const Statement& statement, const Pack& pack, Diagnostics& d) {
  const Node say = statement.written.find("say");
  if (!say.valid() || pack.layer_of(say.at()) == kNoLayer) return;
  const Reading count = count_text(english(say));
  if (count.words < kFewestWords || count.grade() <= kHardest) return;
  d.warning(say.at(), "lint-hard-to-read",
            fmt::format("the sentence of \"{}\" reads at school grade {:.1f}; at most {:.0f} is for everybody: shorter "
                        "sentences, shorter words",
                        statement.id, count.grade(), kHardest));
}

/// A free word that is one slip away from an id, but is none.
void check_word(std::string_view word, std::span<const std::string_view> ids, std::string_view key, Location at,
                const Statement& statement, Diagnostics& d) {
  if (word.size() < 5 || std::find(ids.begin(), ids.end(), word) != ids.end()) return;
  const auto near = nearest(word, ids, 1);
  if (near.empty() || edit_distance(word, near.front(), 1) > 1) return;
  d.warning(
      at, "lint-near-id",
      fmt::format("the {} \"{}\" of \"{}\" is no id; did you mean \"{}\"?", key, word, statement.id, near.front()));
}

void check_words(const Pack& pack, Diagnostics& d) {
  std::vector<std::string_view> subjects;
  for (const Subject& subject : pack.catalog.subjects())
    subjects.push_back(subject.id);
  std::vector<std::string_view> moments;
  for (const Event& event : pack.events)
    if (event.moment) moments.push_back(event.id);
  for (const Statement& statement : pack.statements) {
    const auto* action = statement.as<Do>();
    if (action == nullptr) continue;
    const auto place = [&](std::string_view key) {
      const Node node = statement.written.find(key);
      return node.valid() ? node.at() : statement.at;
    };
    // The plural of an id is a word of its own.
    const std::string_view subject = action->subject;
    if (!subject.ends_with('s') || pack.catalog.find(subject.substr(0, subject.size() - 1)) == kNoSubject)
      check_word(subject, subjects, "subject", place("subject"), statement, d);
    check_word(action->moment, moments, "moment", place("moment"), statement, d);
  }
}

void check_reasons(const Pack& pack, Diagnostics& d) {
  for (const Statement& statement : pack.statements)
    if ((statement.as<Contraindication>() != nullptr || statement.as<Avoid>() != nullptr) && statement.why.empty())
      d.note(statement.at, "lint-no-why", fmt::format("\"{}\" does not say why", statement.id));
}

/// Texts of one layer by language.
struct Translations {
  Location at;
  std::size_t texts = 0;
  std::map<std::string_view, std::size_t> by_language;
};

/// Every language that a layer has a text in is one that its clients read.
void check_translations(const Pack& pack, Diagnostics& d) {
  std::map<std::string_view, Translations> layers;
  const auto count = [&](const Layered& written) {
    for (const Node part : written.parts())
      for (const std::string_view key : kClientTexts) {
        const Node text = part.find(key);
        if (!text.valid() || (text.is_scalar() && text.is_word("none"))) continue;
        Translations& layer = layers[layer_name(text.at(), pack)];
        ++layer.texts;
        if (text.is_scalar()) ++layer.by_language["en"];
        for (const Node language : text)
          ++layer.by_language[language.text()];
      }
  };
  for (const Statement& statement : pack.statements)
    count(statement.written);
  for (const Event& event : pack.events)
    count(event.written);
  for (const About& about : pack.about)
    count(about.written);
  for (const Layer& layer : pack.layers)
    layers[layer.id].at = layer.at;
  for (const auto& [id, layer] : layers)
    for (const auto& [language, texts] : layer.by_language)
      if (texts < layer.texts)
        d.note(layer.at, "lint-untranslated",
               fmt::format("{} of the {} texts of \"{}\" for clients are not in {}", layer.texts - texts, layer.texts,
                           id, language));
}

/// The statement that says of a subject that no rule needs it, wherever it belongs; null where a rule may be about it.
const Statement* passes_as(SubjectId subject, const Pack& pack) {
  const Statement* out = nullptr;
  for (std::size_t i = 0; i < kEnumNames<NamePlace>.size(); ++i) {
    const auto place = static_cast<NamePlace>(i);
    if (!belongs(pack.catalog[subject].kind, place)) continue;
    if (is_judged(subject, place, pack)) return nullptr;
    if (out == nullptr) out = no_concern_of(subject, place, pack);
  }
  return out;
}

/// A name that nobody knew was asked about; one that a layer gives to something harmless is not any more.
void check_harmless_names(const Pack& pack, Diagnostics& d) {
  if (pack.layers.empty()) return;
  for (std::size_t i = 0; i < pack.catalog.subjects().size(); ++i) {
    const auto subject = static_cast<SubjectId>(i);
    const Statement* none = passes_as(subject, pack);
    if (none == nullptr) continue;
    const std::string_view id = pack.catalog[subject].id;
    for (const EntryInForce& entry : entries_called(id, pack)) {
      if (entry.subject != subject) continue;
      for (const NamesInForce& names : names_in_force(entry.written, pack))
        for (const Given& name : names.names)
          if (pack.layer_of(name.at) != kNoLayer)
            d.note(
                name.at, "lint-harmless-name",
                fmt::format("who lists \"{}\" is asked nothing about it: it counts as {}, and \"{}\" says that no rule "
                            "is needed there",
                            name.value.text(), id, none->id));
    }
  }
}

}  // namespace

void lint_words(const Pack& pack, Diagnostics& diagnostics) {
  for (const Statement& statement : pack.statements)
    check_reading_level(statement, pack, diagnostics);
  check_words(pack, diagnostics);
  check_reasons(pack, diagnostics);
  check_translations(pack, diagnostics);
  check_harmless_names(pack, diagnostics);
}

}  // namespace needleplan
