/// What a clinic wrote down about a client: given, denied, not known and not asked, each with its place.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/profile/answer.h"
#include "needleplan/profile/route.h"
#include "needleplan/text/enum_names.h"
#include "needleplan/text/source.h"
#include "needleplan/time/date.h"
#include "needleplan/time/span.h"

namespace needleplan {

enum class Status : std::uint8_t { active, controlled, uncontrolled, stable, unstable, suspected, past };
template <>
inline constexpr std::array<std::string_view, 7> kEnumNames<Status>{"active",   "controlled", "uncontrolled", "stable",
                                                                    "unstable", "suspected",  "past"};

enum class SkinType : std::uint8_t { i, ii, iii, iv, v, vi };
template <>
inline constexpr std::array<std::string_view, 6> kEnumNames<SkinType>{"I", "II", "III", "IV", "V", "VI"};

/// The lists an intake asks for; each is asked and answered as a whole.
enum class Section : std::uint8_t {
  conditions,
  medicines,
  products,
  supplements,
  allergies,
  procedures,
  sessions,
  exposures,
  plans
};
inline constexpr std::size_t kSections = 9;
template <>
inline constexpr std::array<std::string_view, kSections> kEnumNames<Section>{
    "conditions", "medicines", "products", "supplements", "allergies", "procedures", "sessions", "exposures", "plans"};

/// The sections that can hold an illness, something used, an allergy, and something done or planned. What was done or
/// is planned may be the use of something: a cream against hair, a medicine to be begun.
inline constexpr std::array kIllSections{Section::conditions};
inline constexpr std::array kUseSections{Section::medicines,  Section::products,  Section::supplements,
                                         Section::procedures, Section::exposures, Section::plans};
inline constexpr std::array kAllergySections{Section::allergies};
inline constexpr std::array kEventSections{Section::procedures, Section::exposures, Section::plans, Section::sessions};
/// Those of them whose entries have a name.
inline constexpr std::span kNamedEventSections = std::span(kEventSections).first<3>();

/// One entry of a section. Which facts a section's entries may have is in profile/shape.h.
struct Entry {
  Section section{};
  std::size_t index = 0;  ///< from 0 within its section
  Location at;
  Located<std::string_view> name;  ///< free text as the client said it
  Answer<std::vector<Located<std::string_view>>> areas;
  Answer<std::string_view> form;
  Answer<Route> route;
  Answer<std::string_view> strength;
  Answer<std::vector<Located<std::string_view>>> ingredients;  ///< of a product, as its label names them
  Answer<bool> prescribed;
  Answer<bool> ongoing;
  Answer<When> last_used;
  Answer<When> started;
  Answer<When> date;  ///< of a procedure, session, exposure or plan
  Answer<Status> status;
  Answer<When> since;
  Answer<When> resolved;
  Answer<int> depth;        ///< micrometres
  bool at_session = false;  ///< an add-on of the session itself, which stands in no section
};

/// Something asked about by name, and the answer was no. What is not given narrows nothing.
struct Denial {
  Section section{};
  std::size_t index = 0;
  Located<std::string_view> name;
  Answer<std::vector<Located<std::string_view>>> areas;
  Answer<std::string_view> form;
  Answer<Status> status;
  Answer<When> since;
};

/// A section with its answer. `given` means the complete list unless the section is partial.
struct SectionFacts {
  AnswerState answer = AnswerState::not_asked;
  Location at;
  std::span<const Entry> entries;  ///< among those of the profile
  bool partial = false;            ///< what is not listed was not asked
  Answer<Date> asked;              ///< when these answers were taken
};

/// An answer to a yes/no question of a protocol.
struct YesNo {
  std::string_view id;
  Location at;  ///< of the key
  Answer<bool> fact;
};

/// The menstrual cycle. `none`: there is none.
struct Cycle {
  AnswerState answer = AnswerState::not_asked;
  Location at;
  Answer<When> last_period;  ///< its first day
  Answer<Span> length;       ///< in whole days; 1 or more
};

/// A clinician's or prescriber's signature under one rule.
struct SignOff {
  Location at;
  Located<std::string_view> rule;
  std::string_view by;
  std::string_view role;
  Date on{};
  Date expires{};  ///< the last day it counts
  std::string_view note;
};

/// What the client agreed to; no rule reads it.
struct Consents {
  Answer<Date> treatment;
  Answer<bool> photos;
  Answer<std::string_view> form;
};

struct Session {
  Location at;
  Answer<std::string_view> protocol;
  Answer<Date> date;
  Answer<TimeOfDay> time;
  Answer<std::vector<Located<std::string_view>>> areas;
  Answer<std::vector<Located<std::string_view>>> indications;
  Answer<int> depth;  ///< micrometres
  Answer<std::string_view> device;
  Answer<std::string_view> numbing;
  Answer<Span> numbing_time;
  Answer<std::vector<Located<std::string_view>>> add_ons;
  Answer<std::string_view> practitioner;
};

/// Views point into the Source the profile was read from.
struct Profile {
  Profile() = default;
  Profile(Profile&&) = default;
  Profile& operator=(Profile&&) = default;

  Location at;
  Answer<std::string_view> id;
  Answer<std::string_view> name;
  Answer<When> birth_date;
  Answer<std::string_view> language;
  Answer<std::string_view> note;
  Answer<SkinType> skin_type;
  Answer<bool> pregnant;
  Answer<bool> breastfeeding;
  Answer<Date> life_stage_asked;
  bool asked_any = false;  ///< an `asked:` stands in the profile
  std::array<SectionFacts, kSections> sections;
  std::vector<Entry> entries;   ///< of all sections, one section after the other; stays where it is
  std::vector<Denial> denials;  ///< one section after the other
  Answer<std::vector<Located<std::string_view>>> preferences;
  std::vector<YesNo> answers;  ///< in the order written
  Answer<Date> answers_asked;
  Cycle cycle;
  Answer<Date> cycle_asked;
  Consents consents;
  Answer<std::string_view> contact;
  std::vector<SignOff> signoffs;
  Session session;

  /// The answer with that id; null when it was not asked.
  [[nodiscard]] const YesNo* answer(std::string_view wanted) const;
  [[nodiscard]] SectionFacts& operator[](Section s) { return sections[static_cast<std::size_t>(s)]; }
  [[nodiscard]] const SectionFacts& operator[](Section s) const { return sections[static_cast<std::size_t>(s)]; }
};

/// Where a fact stands in the profile, as questions and findings name it: `medicines[1].last_used`.
[[nodiscard]] std::string path_of(const Entry& entry, std::string_view key = {});
/// `denied.conditions[0]`.
[[nodiscard]] std::string path_of(const Denial& denial);
/// What asks for the rest of a partial section: `conditions[+]`.
[[nodiscard]] std::string path_of_rest(Section section);

/// `1.5 mm` for 1500 micrometres.
[[nodiscard]] std::string depth_words(int micrometres);
/// `1.5mm` or `1.5 mm`, 0.05 to 5 mm, in micrometres.
[[nodiscard]] std::optional<int> parse_depth(std::string_view text);

/// `2%` or `0.05 %`, in thousandths of a per cent.
[[nodiscard]] std::optional<int> parse_per_cent(std::string_view text);
/// `2%` for 2000 thousandths of a per cent.
[[nodiscard]] std::string per_cent_words(int thousandths);

}  // namespace needleplan
