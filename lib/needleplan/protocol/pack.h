/// A protocol as it is in force: the statements of a pack, its catalog, sources, events and questions.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "needleplan/catalog/catalog.h"
#include "needleplan/protocol/statement.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/text/source.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// Who approved the content, and until when that holds (both days included).
struct Review {
  std::string_view by;
  Date on{};
  Date until{};
  std::string_view digest;  ///< of the content that was reviewed
  Location at;
};

/// A file laid over the pack.
struct Layer {
  std::string_view id, title, version;
  LayerKind kind{};
  std::optional<Review> reviewed;
  std::string digest;
  Location at;
};

/// Whom a client calls; empty where no layer says it.
struct ClinicDetails {
  std::string_view name, phone, emergency;
};

/// A statement that a layer took out.
struct Disabled {
  std::string_view id;
  StatementKind kind{};
  Loosened loosened;
};

/// A `loosen` in a layer where nothing is weaker than below it.
struct Unneeded {
  std::string_view id;
  Location at;
};

/// Texts of a statement that a layer leaves as they are though it changes what they speak of.
struct KeptTexts {
  std::string_view id;
  std::vector<std::string> changed;
  std::vector<std::string_view> texts;
  Location at;
};

struct About {
  std::string_view id, title, say;
  Location at;
  Citations citations;
  Layered written;
};

/// A subject that a statement of a layer names, in some places of a profile.
struct LayerLook {
  SubjectId subject = kNoSubject;
  NamePlaces places = 0;
  std::size_t height = 0;  ///< of the lowest layer from which on the statement always names it
};

/// For the rule index: which statements can be touched by what.
struct RuleIndex {
  std::vector<std::vector<std::uint16_t>> by_subject;            ///< statements that name a subject itself
  std::vector<std::vector<std::uint16_t>> by_wider;              ///< statements that name something below a subject
  std::vector<std::uint16_t> using_something;                    ///< statements that put something to use
  std::vector<std::uint16_t> always;                             ///< those that depend on something that is no subject
  std::array<std::vector<std::uint16_t>, kSections> by_section;  ///< those undecided while a section is not asked
  std::array<std::vector<std::uint16_t>, kSessionFacts> by_session;  ///< those undecided while such a fact is open
  std::vector<NamePlaces> judged;                 ///< where statements of the pack look for a subject itself
  std::vector<NamePlaces> judged_below;           ///< where they look for something that a wider subject may hide
  std::vector<LayerLook> judged_by_layers;        ///< what layers look for beside that, by subject
  std::vector<LayerLook> judged_below_by_layers;  ///< by wider subject, what it may hide
  std::vector<std::pair<SubjectId, std::uint16_t>> no_concern;  ///< what each of those statements names, by subject
};

inline constexpr std::size_t kNoLayer = static_cast<std::size_t>(-1);

/// Everything views point into lives here too; so a Pack is not copied.
struct Pack {
  std::string_view id, title, version;
  std::string language = "en";   ///< of the texts; English where a text has no other
  std::size_t texts = 0;         ///< of another language than English: how many texts for clients there are,
  std::size_t untranslated = 0;  ///< and how many of them are not in it
  std::optional<Review> reviewed;
  std::optional<Review> lapsed;                  ///< a review of other content than this; then there is no other
  std::vector<Located<std::string_view>> files;  ///< beside the one that the head is in
  Location head_at;                              ///< of the head
  std::optional<Span> answers_valid_for, life_stage_valid_for;
  std::vector<Statement> statements;
  std::vector<Reference> references;
  std::unordered_map<std::string_view, std::size_t> reference_by_key;
  std::vector<Event> events;
  std::vector<About> about;
  std::vector<YesNoQuestion> answers;
  std::vector<std::string_view> preferences;  ///< the wishes that some statement asks for, sorted
  std::vector<std::pair<std::string_view, std::string_view>> questions;  ///< path pattern -> text, sorted by path
  Catalog catalog;
  Subjects treatment;  ///< the subject of the pack's id, where there is one: what its sessions are
  RuleIndex index;
  std::vector<Layer> layers;       ///< lowest first; the pack itself is none
  std::vector<Disabled> disabled;  ///< in the order of the layers
  ClinicDetails clinic;
  std::vector<Loosened> loosened;  ///< what layers made weaker that is no statement: names, events, ages of answers
  std::vector<Unneeded> unneeded;  ///< reasons that nothing asks for
  std::vector<KeptTexts> kept_texts;
  std::string_view digest;  ///< of its files, where it is known from the build; digest_of() gives it in any case

  /// Texts and nodes that everything above points into.
  std::vector<std::unique_ptr<Source>> sources;
  std::vector<std::unique_ptr<yaml::Document>> documents;

  [[nodiscard]] const Statement* find(std::string_view wanted) const;
  /// The number of the layer whose file a place is in; kNoLayer for the pack and the catalog.
  [[nodiscard]] std::size_t layer_of(Location at) const;
  /// Whether a layer took out the statement, setting or background text of that id.
  [[nodiscard]] bool is_disabled(std::string_view wanted) const;
  /// The statement that a setting belongs to, and the setting; nulls when there is none.
  [[nodiscard]] std::pair<const Statement*, const Setting*> find_setting(std::string_view wanted) const;
  /// The yes/no question with that id; null when there is none.
  [[nodiscard]] const YesNoQuestion* answer(std::string_view wanted) const;
  /// The question for a path such as `medicines[0].last_used`, with `{name}` still in it; empty if the pack has none.
  [[nodiscard]] std::string_view question(std::string_view path) const;
};

/// The sections an intake must have asked before a subject of that kind can be taken as absent.
[[nodiscard]] std::span<const Section> sections_for(SubjectKind kind);

/// A named text of a pack.
struct PackFile {
  std::string name;  ///< for messages: `protocols/microneedling/avoid.yaml`
  std::string text;
  bool shared = false;  ///< of the catalog that comes with every protocol: its names count before those of the others
};

/// What is laid over a pack: the files of its layers, lowest first, and the language wanted of its texts.
struct Overlay {
  std::vector<PackFile> files;
  std::string language = "en";
};

/// Reads the files of a pack and its catalog (those first) as one, and its layers over them. Every mistake is reported;
/// after any error the pack is not fit for use, but it holds the texts that the diagnostics point into.
[[nodiscard]] std::unique_ptr<Pack> read_pack(std::vector<PackFile> files, Diagnostics& diagnostics,
                                              Overlay overlay = {});

struct CompiledProtocols;
struct FolderRow;
/// The same over the program's own catalog as it was read at build time, with one of its protocols or with `files`.
[[nodiscard]] std::unique_ptr<Pack> read_pack(const CompiledProtocols& compiled, const FolderRow* protocol,
                                              std::vector<PackFile> files, Diagnostics& diagnostics,
                                              Overlay overlay = {});

}  // namespace needleplan
