/// Names to subjects, offline: brand to ingredient to class; conditions, procedures, areas, exposures alike.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "needleplan/catalog/places.h"
#include "needleplan/profile/route.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/text/enum_names.h"
#include "needleplan/text/truth.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// What family a subject belongs to. Parents are of the same family; class, ingredient and product are one.
enum class SubjectKind : std::uint8_t {
  drug_class,
  ingredient,
  product,
  condition,
  allergen,
  procedure,
  exposure,
  area,
  device,
  indication,
  add_on,
  protocol
};
template <>
inline constexpr std::array<std::string_view, 12> kEnumNames<SubjectKind>{
    "class",    "ingredient", "product", "condition",  "allergen", "procedure",
    "exposure", "area",       "device",  "indication", "add-on",   "protocol"};

/// Whether a class is sold on prescription: some of it, or only so.
enum class Prescription : std::uint8_t { none, possible, only };
template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Prescription>{"none", "possible", "only"};

/// What a word of a name is beside its subject: nothing; a link between things that all count, or of which one is
/// meant; what a place or purpose begins with; such a purpose; or what a list of ingredients begins with.
enum class WordRole : std::uint8_t { noise, all, one, purpose, reason, list };
template <>
inline constexpr std::array<std::string_view, 6> kEnumNames<WordRole>{"noise",   "all",    "one",
                                                                      "purpose", "reason", "list"};
/// A bit for each role.
using WordRoles = std::uint16_t;
[[nodiscard]] constexpr WordRoles bit(WordRole role) {
  return static_cast<WordRoles>(1U << static_cast<unsigned>(role));
}

/// A bit for each kind of subject.
using SubjectKinds = std::uint16_t;
inline constexpr SubjectKinds kAnyKind = 0xFFFF;
[[nodiscard]] constexpr SubjectKinds bit(SubjectKind kind) {
  return static_cast<SubjectKinds>(1U << static_cast<unsigned>(kind));
}

/// Whether a name of that kind leaves open that something narrower is meant: "a peel" may be a deep one. Medicines and
/// products are named by what is in them, so there it does not.
[[nodiscard]] constexpr bool may_hide_narrower(SubjectKind kind) {
  return kind == SubjectKind::condition || kind == SubjectKind::allergen || kind == SubjectKind::procedure ||
         kind == SubjectKind::exposure;
}

/// A subject's number in its catalog; small, so that rules can be indexed by it.
using SubjectId = std::uint16_t;
inline constexpr SubjectId kNoSubject = 0xFFFF;

struct Subject {
  std::string_view id;
  std::string_view label;  ///< plain words for inside a sentence
  SubjectKind kind{};
  Prescription prescription = Prescription::none;
  std::span<const SubjectId> parents;
  std::span<const SubjectId> up;       ///< itself first, and everything it is, each once
  std::span<const SubjectId> own_up;   ///< the same without what a later layer put it below
  std::span<const SubjectId> may_be;   ///< what its name may hide: what is below it, and all that this is besides
  std::span<const SubjectId> implies;  ///< of a medicine: the illnesses that it is taken for; one of them is meant
  Routes routes = 0;                   ///< by which it is given; 0: those of what it is, or any
  std::uint64_t up_bits = 0;  ///< a bit for each of them, the same for several; what has none is not among them
  std::uint16_t ground = 0;   ///< of an area: the number of its ground
  Location at;
};

/// A small place of the body, of which areas are made.
struct BodyPlace {
  std::string_view id;
  Places touching;  ///< those whose skin meets its own
};

/// A name with several contents: undetermined until the form or strength, or an answer, settles it.
struct Ambiguity {
  std::vector<SubjectId> choices;
  std::string_view ask;
  std::vector<std::pair<std::string_view, SubjectId>> by_form;  ///< canonical form -> subject
  std::vector<std::pair<std::string, SubjectId>> by_strength;   ///< "81 mg" -> subject
};

/// One dictionary name.
struct Name {
  std::string_view written;   ///< as the dictionary has it
  std::string_view language;  ///< `en`, or a region for brands; empty for misspellings and ids
  SubjectId subject = kNoSubject;
  std::int32_t ambiguity = -1;  ///< index into ambiguities(), or -1
  bool sourced = false;         ///< seen in a cited source; otherwise general nomenclature
};

/// What is written beside a name; any of it may be empty.
struct BesideName {
  std::string_view form = {};  ///< or a route
  std::string_view route = {};
  std::string_view strength = {};
};

/// What a name written by a client means. No subjects: unknown. Several: one of them is meant, unless `all` are. They
/// lie in the catalog, or in `own`.
struct NameMatch {
  std::span<const SubjectId> subjects;
  std::shared_ptr<const std::vector<SubjectId>> own;  ///< of a line that names several things
  const Ambiguity* ambiguity = nullptr;  ///< set when the name has several contents, also if the form settled it
  std::string form;                      ///< canonical form named in the text or given beside it; may be empty
  std::string strength;                  ///< "20 mg" when the text holds one
  std::string_view route;                ///< given, or that of the form; may be empty
  bool route_differs = false;            ///< the one given is not that of the form, so neither settles anything
  bool all = false;                      ///< of several: each of them is in it
  bool unlikely_route = false;           ///< known by its name, but not as what is given by that route
  bool is_label = false;                 ///< the name is itself a list of ingredients, of something for the skin
  std::shared_ptr<const std::vector<std::string>> unread;  ///< of a list of ingredients: those that nobody knows
  bool unsure_list = false;  ///< one of these holds the name of something known, or none of it is known
  bool narrowed = false;     ///< a place or purpose stood behind it, which no subject tells

  [[nodiscard]] bool unknown() const { return subjects.empty(); }
  [[nodiscard]] bool ambiguous() const { return subjects.size() > 1 && !all; }
};

/// What a layer's entry makes weaker with a reason.
struct LoosenedName {
  yaml::Node entry;
  std::string what;
  std::vector<SubjectId> lost;  ///< what the name meant, and everything that this is
};

/// What a layer's entry makes a subject, and all below it, belong to from now on.
struct GainedClasses {
  yaml::Node entry;
  SubjectId subject = kNoSubject;
  std::vector<SubjectId> classes;
  bool is_new = false;  ///< the subject itself
};

struct CompiledCatalog;
class SuggestionCache;

class Catalog {
 public:
  Catalog();
  ~Catalog();
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;

  /// Begins with the tables made at build time, which must outlive the catalog; `sources` are the texts they were made
  /// from. Before anything is added.
  void begin_with(const CompiledCatalog& compiled, std::span<const Source* const> sources);
  /// What an entry for a subject that is already there means: a mistake, or (in a layer) more names and wider subjects
  /// for it. A layer's entry that says `loosen` may also take a name from another subject, or make a medicine less of a
  /// prescription one; nothing takes a wider subject away.
  enum class Known : std::uint8_t { mistake, extend };
  /// Adds one file's `subjects`, `places`, `ambiguous`, `forms`, `routes`, `noise` and `links` (catalog files and
  /// clinic layers). The nodes must outlive the catalog.
  void add(yaml::Node root, Diagnostics& diagnostics, Known known = Known::mistake);
  /// Resolves parents and names of what was added since the last time; what was there before keeps its names.
  void finish(Diagnostics& diagnostics);

  [[nodiscard]] std::span<const Subject> subjects() const { return subjects_; }
  [[nodiscard]] const Subject& operator[](SubjectId id) const { return subjects_[id]; }
  /// The subject of an id as rules write it, or kNoSubject.
  [[nodiscard]] SubjectId find(std::string_view id) const;
  /// An id that is no subject is an error: with the subject that has it as a name, or the nearest id.
  void report_unknown(yaml::Node id, Diagnostics& diagnostics) const;
  /// Whether `a` is `b` or below it.
  [[nodiscard]] bool is_a(SubjectId a, SubjectId b) const {
    if (a == b) return true;
    const Subject& subject = subjects_[a];
    return (subject.up_bits & bit_of(b)) != 0 && is_among(subject.up, b);
  }
  /// Whether `a` is one of some subjects, or below one.
  [[nodiscard]] bool is_any(SubjectId a, std::span<const SubjectId> some) const {
    const Subject& subject = subjects_[a];
    return std::any_of(some.begin(), some.end(),
                       [&](SubjectId b) { return (subject.up_bits & bit_of(b)) != 0 && is_among(subject.up, b); });
  }
  /// Whether something that `a` is a name for is `b` besides, or is what `b` is a name for: "a birthmark" may be a
  /// port-wine stain, and that is a lesion of vessels.
  [[nodiscard]] bool may_be(SubjectId a, SubjectId b) const { return is_among(subjects_[a].may_be, b); }
  [[nodiscard]] bool may_be_any(SubjectId a, std::span<const SubjectId> some) const {
    // Most names hide nothing.
    return !subjects_[a].may_be.empty() &&
           std::any_of(some.begin(), some.end(), [&](SubjectId b) { return may_be(a, b); });
  }
  /// Whether two areas have a place in common; unknown where nobody said where one of them lies.
  [[nodiscard]] Truth overlap(SubjectId a, SubjectId b) const;
  /// The same, or where they touch.
  [[nodiscard]] Truth near(SubjectId a, SubjectId b) const;
  /// Whether an area lies wholly in another one.
  [[nodiscard]] Truth within(SubjectId a, SubjectId b) const;
  /// Whether an area is all of the body.
  [[nodiscard]] bool is_everywhere(SubjectId area) const;
  [[nodiscard]] const Ground& ground(SubjectId area) const { return grounds_[subjects_[area].ground]; }
  [[nodiscard]] std::span<const BodyPlace> places() const { return places_; }
  [[nodiscard]] std::span<const Ground> grounds() const { return grounds_; }

  /// The whole folded name first, then without amounts, then without form and filler words at its ends. What is still
  /// unknown is read as a line: its parts, of which each must be a name or say nothing. Never a part of a name, never a
  /// near name.
  [[nodiscard]] NameMatch match(std::string_view written, const BesideName& beside = {}) const;

  /// The route that a canonical form is for; empty where it does not tell.
  [[nodiscard]] std::string_view route_of(std::string_view form) const;
  /// Whether a word is that of a route.
  [[nodiscard]] bool is_route(std::string_view word) const { return !word.empty() && route_word(word) == word; }

  /// Up to three dictionary names near an unknown one, as the dictionary writes them: names of these kinds that stand
  /// in it as words, then names of nearly the same letters. What is for another route than the one written is left out.
  [[nodiscard]] std::vector<std::string_view> suggest(std::string_view written, SubjectKinds kinds = kAnyKind) const;

  [[nodiscard]] std::size_t names() const;
  /// Every name with its folded form, in no order.
  [[nodiscard]] std::vector<std::pair<std::string_view, Name>> name_table() const;
  [[nodiscard]] std::span<const Ambiguity> ambiguities() const { return ambiguities_; }
  /// Names taken from what they meant, and medicines made less of prescription ones, in the order of the layers.
  [[nodiscard]] std::span<const LoosenedName> loosened() const { return loosened_; }
  /// What the layers put below other subjects, in their order: each counts as a change of every rule that it reaches.
  [[nodiscard]] std::span<const GainedClasses> gained() const { return gained_; }
  /// What a list of ingredients means: all of those that are known.
  [[nodiscard]] NameMatch match_ingredients(std::string_view written) const;
  /// Whether it is given by that route, as far as anybody said by which it is.
  [[nodiscard]] bool is_given_by(SubjectId id, std::string_view route) const;
  /// Whether it is sold on prescription only, as itself or as what it is.
  [[nodiscard]] bool prescription_only(SubjectId id) const;
  /// Whether some of it is sold on prescription, or of what it is.
  [[nodiscard]] bool may_be_prescribed(SubjectId id) const;
  /// Form words, and other words by their roles, folded, that were added: those of the program's own tables are not
  /// among them.
  [[nodiscard]] const std::unordered_map<std::string, std::string_view>& forms() const { return forms_; }
  [[nodiscard]] const std::unordered_map<std::string, WordRoles>& roles() const { return roles_; }
  /// Forms and routes that were added, each with the route it is for.
  [[nodiscard]] const std::unordered_map<std::string_view, std::string_view>& routes() const { return routes_; }

 private:
  friend class LineReader;
  void add_subject(yaml::Node node, Known known, Diagnostics& diagnostics);
  void extend(SubjectId id, yaml::Node node, Diagnostics& diagnostics);
  void resolve_extensions(Diagnostics& diagnostics);
  void report_prescription(SubjectId id, yaml::Node at, std::string_view was, std::string_view now, bool less,
                           Diagnostics& diagnostics) const;
  /// Puts an area, or another subject, under more parents, and all that is below it too.
  void put_below(SubjectId id, std::span<const SubjectId> parents, yaml::Node entry, Diagnostics& diagnostics);
  void add_places(yaml::Node table, Diagnostics& diagnostics);
  [[nodiscard]] std::optional<std::size_t> find_place(std::string_view id) const;
  /// Reads where an area lies: its places, and the areas that lie in it.
  void lay_out(SubjectId id, yaml::Node node, Diagnostics& diagnostics);
  /// Works out what each area covers, once all have said where they lie.
  void resolve_grounds();
  [[nodiscard]] Truth share(SubjectId a, SubjectId b, bool (*test)(const Ground& a, const Ground& b)) const;
  /// The subjects that `key` of an entry names; those of another family are an error.
  [[nodiscard]] std::vector<SubjectId> family_of(SubjectId id, yaml::Node node, std::string_view key,
                                                 Diagnostics& diagnostics) const;
  void resolve_implies(SubjectId id, yaml::Node node, Diagnostics& diagnostics);
  void insert_names(SubjectId id, yaml::Node node, Diagnostics& diagnostics);
  /// Whether a name may go from what it meant to `name` without a reason: to something narrower.
  [[nodiscard]] bool may_take(const Name& name, const Name& from) const;
  void add_ambiguous(yaml::Node node, Diagnostics& diagnostics);
  /// The subject a file names; reports an id that is none, with the nearest.
  [[nodiscard]] SubjectId expect(yaml::Node id, Diagnostics& diagnostics) const;
  void resolve_parents(Diagnostics& diagnostics);
  void insert(const Name& name, Location at, yaml::Node entry, Diagnostics& diagnostics);
  [[nodiscard]] std::optional<Name> look_up(const std::string& folded) const;
  /// Only medicines come in a syringe: what is sold freely for the skin or to be swallowed is another thing when
  /// injected.
  [[nodiscard]] bool may_come_as(std::string_view form, SubjectId subject) const;
  [[nodiscard]] std::optional<std::string_view> form_of(const std::string& folded) const;
  [[nodiscard]] bool has_role(std::string_view folded, WordRole role) const;
  /// The subjects that a name means with the form, strength and route of the match.
  void settle(const Name& name, NameMatch& match) const;
  /// The route of a form or of a word for a route; empty for other words.
  [[nodiscard]] std::string_view route_word(std::string_view word) const;
  /// The one choice that has a form for that route, where every other choice has forms and none for it.
  [[nodiscard]] SubjectId settled_by_route(const Ambiguity& ambiguity, std::string_view route) const;
  [[nodiscard]] std::span<const SubjectId> keep(std::vector<SubjectId> ids);
  static std::uint64_t bit_of(SubjectId id) { return std::uint64_t{1} << (id % 64U); }
  /// The subject alone: it comes first among those that it is.
  [[nodiscard]] std::span<const SubjectId> itself(SubjectId id) const { return subjects_[id].up.first(1); }
  [[nodiscard]] static bool is_among(std::span<const SubjectId> up, SubjectId id);
  static void set_up(Subject& subject, std::span<const SubjectId> up);
  void resolve_may_be();
  [[nodiscard]] std::vector<std::string_view> near_names(std::string_view bare) const;
  /// Whether a name can be meant by somebody who asks for these kinds, and for that route if there is one.
  [[nodiscard]] bool can_be(const Name& name, SubjectKinds kinds, std::string_view route) const;

  std::unique_ptr<const CompiledCatalog> compiled_;  ///< what the program carries; never null
  std::vector<Subject> subjects_;                    ///< those of `compiled_`, then those added
  std::vector<Ambiguity> ambiguities_;               ///< likewise
  std::vector<BodyPlace> places_;                    ///< likewise
  std::vector<Ground> grounds_{Ground{}};            ///< likewise; the first is that of areas nobody knows the place of
  // From here on only what was added.
  std::vector<yaml::Node> subject_nodes_;  ///< not yet finished: of the last subjects
  std::vector<yaml::Node> ambiguous_nodes_;
  std::vector<std::pair<SubjectId, yaml::Node>> extensions_;  ///< likewise not yet finished
  bool grounds_changed_ = false;                              ///< since they were last worked out
  std::size_t placed_ = 0;                                    ///< how many places there were then
  bool layered_ = false;                                      ///< a layer is being added
  std::vector<LoosenedName> loosened_;
  std::vector<GainedClasses> gained_;
  std::deque<std::vector<SubjectId>> ids_;  ///< parents and `up` of subjects
  std::unordered_map<std::string_view, SubjectId> by_id_;
  std::unordered_map<std::string, Name> names_;              ///< also those of `compiled_` that gained a source
  std::size_t replaced_ = 0;                                 ///< how many of those
  std::unordered_map<std::string, std::string_view> forms_;  ///< folded word -> canonical form
  std::unordered_map<std::string, WordRoles> roles_;
  std::unordered_map<std::string_view, std::string_view> routes_;  ///< canonical form or route -> route
  std::unique_ptr<SuggestionCache> suggestions_;
};

}  // namespace needleplan
