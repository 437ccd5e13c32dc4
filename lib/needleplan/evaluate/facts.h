/// A profile with its names looked up in a pack's catalog: what the rules are evaluated against.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "needleplan/profile/profile.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/text/truth.h"

namespace needleplan {

/// Whether a section (or the life stage) can be relied on.
enum class Standing : std::uint8_t {
  known,  ///< asked and answered, recently enough
  not_asked,
  unknown,  ///< asked, but the client did not know
  too_old   ///< answered longer ago than the pack allows
};

/// A profile entry and what its names mean.
struct EntryFacts {
  const Entry* entry = nullptr;
  NameMatch match;                                       ///< subjects: none = unknown name, several = ambiguous
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
  [[nodiscard]] Truth is(const Catalog& catalog, const Subjects& wanted) const;
  /// Whether it is, or may be, something sold on prescription only.
  [[nodiscard]] bool prescription_only(const Catalog& catalog) const;
};

/// A named fact of the session: not asked, none, or subjects.
struct SessionNames {
  Answer answer = Answer::not_asked;
  Location at;
  Subjects subjects;
  std::vector<Located<std::string_view>> unknown_names;
  [[nodiscard]] bool open() const { return answer == Answer::not_asked || answer == Answer::unknown; }
};

struct Facts {
  const Profile* profile = nullptr;
  const Pack* pack = nullptr;
  Date as_of{};
  std::vector<EntryFacts> entries;  ///< of all sections, in profile order, then the add-ons of the session
  std::shared_ptr<const std::vector<Entry>> added;  ///< the add-ons as entries
  std::array<Standing, kSections> standing{};
  Standing life_stage = Standing::known;  ///< only whether the answer is too old
  Standing answers = Standing::known;     ///< likewise
  Standing cycle = Standing::known;       ///< likewise
  SessionNames areas, indications, device, numbing, add_ons, protocol;
  /// The session's start where the time is known, else nothing: then the safer end of the day counts.
  [[nodiscard]] std::optional<TimeOfDay> time() const {
    return profile->session.time.given() ? std::optional(profile->session.time.value) : std::nullopt;
  }
};

/// A fact that is missing and would change an outcome: `medicines`, `conditions[0].area`.
struct Open {
  std::string path;
  const EntryFacts* entry = nullptr;
  bool operator==(const Open& other) const { return path == other.path; }
};

/// What must be answered before it is known whether an entry touches the session's areas.
[[nodiscard]] std::vector<Open> area_questions(const EntryFacts& entry, const Facts& facts);

/// Looks up every name. The profile and the pack must outlive the facts. `room` is memory to keep the entries in; what
/// it holds is thrown away.
[[nodiscard]] Facts resolve(const Profile& profile, const Pack& pack, Date as_of, std::vector<EntryFacts> room = {});

}  // namespace needleplan
