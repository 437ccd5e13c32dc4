/// A profile with its names looked up in a pack's catalog: what the rules are evaluated against.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/catalog/match_cache.h"
#include "needleplan/evaluate/as_of.h"
#include "needleplan/profile/profile.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/text/truth.h"

namespace needleplan {

/// Whether a section (or the life stage) can be relied on.
enum class Standing : std::uint8_t {
  known,    ///< asked and answered, recently enough
  partial,  ///< what is listed is known, the rest was not asked
  not_asked,
  unknown,  ///< asked, but the client did not know
  too_old   ///< answered longer ago than the pack allows
};

/// A profile entry and what its names mean.
struct EntryFacts {
  const Entry* entry = nullptr;                          ///< as it counts on the as-of date
  NameMatch match;                                       ///< what its name means
  bool doubtful = false;                                 ///< its name is written with a question mark: nobody was sure
  Subjects areas;                                        ///< subjects of its areas
  std::vector<Located<std::string_view>> unknown_areas;  ///< those that no area of the catalog fits
  Truth in_area = Truth::unknown;                        ///< whether it is on the session's areas
  Truth near_area = Truth::unknown;                      ///< whether it is on them or touches them

  /// Whether it is where a rule of that scope looks.
  [[nodiscard]] Truth is_in(Scope scope) const {
    return scope == Scope::anywhere ? Truth::yes : scope == Scope::near ? near_area : in_area;
  }
  /// Whether it is one of the subjects or below one; unknown while its name is ambiguous between
  /// some that are and some that are not.
  [[nodiscard]] Truth is(const Catalog& catalog, std::span<const SubjectId> wanted) const;
  /// Whether it has a form that a rule is about; unknown where neither form nor route tells.
  [[nodiscard]] Truth has_form(const Catalog& catalog, std::string_view wanted) const;
  /// Whether it is, or may be, something sold on prescription only.
  [[nodiscard]] bool prescription_only(const Catalog& catalog) const;
};

/// A named fact of the session: not asked, none, or subjects.
struct SessionNames {
  AnswerState answer = AnswerState::not_asked;
  Location at;
  Subjects subjects;
  std::vector<Located<std::string_view>> names;  ///< of each subject, as it was written
  std::vector<Located<std::string_view>> unknown_names;
  [[nodiscard]] bool open() const { return answer == AnswerState::not_asked || answer == AnswerState::unknown; }
};

/// Something denied by name, and what its names mean.
struct DenialFacts {
  const Denial* denial = nullptr;
  std::span<const SubjectId> subjects;                ///< none: the catalog does not know it, so nothing is denied
  std::shared_ptr<const std::vector<SubjectId>> own;  ///< keeps those of a line that names several things
  Subjects areas;                                     ///< of its areas, as far as they are known
  std::string form;                                   ///< canonical; empty for any
  bool recent = false;                                ///< whether it is no older than the pack allows
};

/// An entry that contradicts itself or the day of the check.
struct Contradiction {
  std::size_t entry = 0;  ///< in Facts::entries
  Disagreement what;
};

struct Facts {
  const Profile* profile = nullptr;
  const Pack* pack = nullptr;
  Date as_of{};
  std::vector<EntryFacts> entries;                    ///< of all sections, in profile order, then the add-ons
  std::vector<std::unique_ptr<const Entry>> amended;  ///< those of them that do not count as they are written
  std::shared_ptr<const std::vector<Entry>> added;    ///< the add-ons of the session as entries
  std::vector<Contradiction> contradictions;          ///< in profile order
  std::vector<DenialFacts> denials;                   ///< in profile order
  std::array<Standing, kSections> standing{};
  Standing life_stage = Standing::known;  ///< only whether the answer is too old
  Standing answers = Standing::known;     ///< likewise
  Standing cycle = Standing::known;       ///< likewise
  SessionNames areas, indications, device, numbing, add_ons, protocol;
  [[nodiscard]] const SessionNames& named(SessionFact fact) const {
    const std::array<const SessionNames*, kSessionFacts> all{&indications, &device, &add_ons, &numbing, &protocol};
    return *all[static_cast<std::size_t>(fact)];
  }
  /// The session's start where the time is known, else nothing: then the safer end of the day counts.
  [[nodiscard]] std::optional<TimeOfDay> time() const { return profile->session.time.optional(); }
};

/// A fact that is missing and would change an outcome: `medicines`, `conditions[0].area`.
struct Open {
  std::string path;
  const EntryFacts* entry = nullptr;
  bool operator==(const Open& other) const { return path == other.path; }
};

/// What must be answered before it is known whether an entry touches the session's areas.
[[nodiscard]] std::vector<Open> area_questions(const EntryFacts& entry, const Facts& facts);

/// The first day on which answers can be taken that are not too old on the session's day; nothing where those of the
/// profile are not. What is too old on the as-of date already, or has no day, is asked for in any case.
[[nodiscard]] std::optional<Date> ask_again(const Facts& facts, Date session);

/// Looks up every name. The profile and the pack must outlive the facts. `room` is memory to keep the entries in; what
/// it holds is thrown away. `known` has the names of earlier profiles.
[[nodiscard]] Facts resolve(const Profile& profile, const Pack& pack, Date as_of, std::vector<EntryFacts> room = {},
                            MatchCache* known = nullptr);

}  // namespace needleplan
