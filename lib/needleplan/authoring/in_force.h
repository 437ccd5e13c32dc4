/// What is in force and who says it: the keys of a statement, setting, event, background text or subject with their
/// layer and place.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/protocol/layered.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/yaml/shape.h"

namespace needleplan {

/// A value as one layer gives it.
struct Given {
  yaml::Node value;
  std::string_view layer;
  Location at;  ///< of its key, or of an entry of a list
};

/// A key of a map, over its layers.
struct KeyInForce {
  std::string_view key;
  /// One for a key that the topmost layer decides; none when that takes it away; for lists that are joined over the
  /// layers, their entries, lowest first.
  std::vector<Given> now;
  std::vector<Given> was;  ///< what lower layers gave and does not hold any more, highest first
  bool removed = false;    ///< with the place of `none` as the first of `now`
  bool joined = false;     ///< `now` are entries
};

/// Who speaks at a place: the id of a layer or of the pack, or `catalog`.
[[nodiscard]] std::string_view layer_name(Location at, const Pack& pack);

/// `our-clinic, clinic.yaml:9`
[[nodiscard]] std::string place_words(const Given& given);

/// Something with an id: a statement, setting, event, background text, yes/no question or subject.
struct EntryInForce {
  std::string_view kind;  ///< as records call it: `statement`, `setting` ...
  std::string_view list;  ///< that it stands under in a pack
  std::string_view id;
  Layered written;
  const yaml::Shape* shape = nullptr;
  const Statement* statement = nullptr;  ///< or the step that a setting belongs to
  const Setting* setting = nullptr;
  SubjectId subject = kNoSubject;

  /// The settings of a step.
  [[nodiscard]] std::span<const Setting> settings() const {
    const auto* step = statement == nullptr || setting != nullptr ? nullptr : statement->as<Step>();
    return step == nullptr ? std::span<const Setting>{} : std::span<const Setting>(step->settings);
  }
};
[[nodiscard]] EntryInForce entry_of(const Statement& statement);
[[nodiscard]] EntryInForce entry_of(const Statement& step, const Setting& setting);

/// Everything but subjects: events, yes/no questions, statements, background texts.
[[nodiscard]] std::vector<EntryInForce> entries_in_force(const Pack& pack);

/// What an id names; several things of different kinds may have the same one.
[[nodiscard]] std::vector<EntryInForce> entries_called(std::string_view id, const Pack& pack);

/// Every id that names something, or something that a layer took out.
[[nodiscard]] std::vector<std::string_view> ids_in_force(const Pack& pack);

/// The keys that are in force in an entry, but for `id`, `loosen`, a step's `settings` and a subject's names: those of
/// its kind, then conditions and scope, texts, sources.
[[nodiscard]] std::vector<KeyInForce> keys_in_force(const EntryInForce& entry, const Pack& pack);

/// The names of one kind and language, or misspellings, that a subject has.
struct NamesInForce {
  std::string_view kind;      ///< `names`, `brands` or `misspelt`
  std::string_view language;  ///< or region; empty for misspellings
  std::vector<Given> names;
};
[[nodiscard]] std::vector<NamesInForce> names_in_force(const Layered& subject, const Pack& pack);

/// The subjects that say they belong to it.
[[nodiscard]] std::vector<std::string_view> ids_below(SubjectId subject, const Catalog& catalog);

}  // namespace needleplan
