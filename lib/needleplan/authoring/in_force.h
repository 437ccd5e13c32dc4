/// What is in force and who says it: the keys of a statement, setting, event, background text or subject with their
/// layer and place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "needleplan/protocol/layered.h"
#include "needleplan/protocol/pack.h"

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

/// The keys that are in force in a statement of that kind, but for `id`, `loosen` and a step's `settings`: those of its
/// kind, then conditions and scope, texts, sources.
[[nodiscard]] std::vector<KeyInForce> keys_in_force(const Statement& statement, const Pack& pack);
[[nodiscard]] std::vector<KeyInForce> keys_in_force(const Setting& setting, const Pack& pack);
[[nodiscard]] std::vector<KeyInForce> keys_in_force(const Event& event, const Pack& pack);
[[nodiscard]] std::vector<KeyInForce> keys_in_force(const About& about, const Pack& pack);
/// Of a subject too, but for its names, brands and misspellings.
[[nodiscard]] std::vector<KeyInForce> keys_in_force(const Layered& subject, const Pack& pack);

/// Of a yes/no question.
[[nodiscard]] std::vector<KeyInForce> keys_in_force(const YesNoQuestion& question, const Pack& pack);

/// The entries for a subject, of the catalog first.
[[nodiscard]] Layered subject_parts(std::string_view id, const Pack& pack);
/// The same for a yes/no question.
[[nodiscard]] Layered answer_parts(std::string_view id, const Pack& pack);

/// The names of one kind and language, or misspellings, that a subject has.
struct NamesInForce {
  std::string_view kind;      ///< `names`, `brands` or `misspelt`
  std::string_view language;  ///< or region; empty for misspellings
  std::vector<Given> names;
};
[[nodiscard]] std::vector<NamesInForce> names_in_force(const Layered& subject, const Pack& pack);

/// What an id names; several things of different kinds may have the same one.
struct Named {
  const Statement* statement = nullptr;
  const Statement* step = nullptr;  ///< that `setting` belongs to
  const Setting* setting = nullptr;
  const Event* event = nullptr;
  const About* about = nullptr;
  const YesNoQuestion* answer = nullptr;
  SubjectId subject = kNoSubject;
  const Disabled* disabled = nullptr;
  [[nodiscard]] bool nothing() const {
    return statement == nullptr && setting == nullptr && event == nullptr && about == nullptr && answer == nullptr &&
           subject == kNoSubject && disabled == nullptr;
  }
};
[[nodiscard]] Named find_named(std::string_view id, const Pack& pack);

/// Every id that find_named() finds something for.
[[nodiscard]] std::vector<std::string_view> ids_in_force(const Pack& pack);

}  // namespace needleplan
