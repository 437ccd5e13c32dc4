/// The fields of statements, as tables for each kind: shapes, readers, records, comparisons and translations walk them,
/// so that a new field is one row here.
#pragma once

#include <tuple>

#include "needleplan/protocol/statement.h"

namespace needleplan {

/// What makes a field stricter.
enum class Stricter : std::uint8_t {
  neither,     ///< a value that goes neither way
  reworded,    ///< words for people: nobody can compute which way they go
  higher,      ///< a word of an ordered set
  lower,       ///< likewise
  set,         ///< yes
  unset,       ///< no
  wider,       ///< more subjects, or whatever it limits; unset limits nothing
  wider_list,  ///< more subjects
  named,       ///< more subjects, each by its own name: one that goes is missed, whatever the statement permits
  fewer,       ///< fewer people
  longer,      ///< a length that must be kept
  ban,         ///< a window of a ban
  start,       ///< an end of a window in which something is done, normal or to be called about
  end,
  same,       ///< any other value may be weaker
  filled_in,  ///< likewise, unless there was none
  lines,      ///< sentences: one that goes is missed
  rows,       ///< settings, each by itself
  together    ///< judged with other fields
};

/// How packs and records write it, where its type does not say that.
enum class Codec : std::uint8_t { by_type, by_language, always, none_when_clear, phase, beside_wait, beside_signoff };

struct Writing {
  Codec codec = Codec::by_type;
  std::string_view record_key = {};
  bool required = false;
};

template <class T, class M>
struct StatementField {
  constexpr StatementField(std::string_view pack_key, M T::*of, Stricter way, std::string_view says,
                           Writing writing = {})
      : key(pack_key),
        member(of),
        stricter(way),
        summary(says),
        codec(writing.codec),
        record_key(writing.record_key.empty() ? pack_key : writing.record_key),
        required(writing.required) {}

  std::string_view key;  ///< of packs
  M T::*member;
  Stricter stricter;
  std::string_view summary;  ///< for schemas; one sentence
  Codec codec;
  std::string_view record_key;
  bool required;
};

inline constexpr std::string_view kUsesSummary =
    "subjects that are put to use or are in it; an allergy to one takes it off, or puts instead in its place";

template <class T>
inline constexpr auto kFields = std::tuple<>{};

/// The texts that any statement can have.
template <>
inline constexpr auto kFields<Statement> = std::tuple{
    StatementField{"summary", &Statement::summary, Stricter::reworded, "for the clinician, at most 90 characters"},
    StatementField{"say", &Statement::say, Stricter::reworded, "for the client: one instruction, no dates"},
    StatementField{"why", &Statement::why, Stricter::reworded, "the reason, in plain words"},
    StatementField{"instead", &Statement::instead, Stricter::reworded, "the alternative, in plain words"},
    StatementField{"action", &Statement::action, Stricter::reworded, "what the practitioner does or adjusts"},
    StatementField{"note", &Statement::note, Stricter::reworded, "anything else a clinician should know"},
    StatementField{"graded", &Statement::graded, Stricter::reworded,
                   "in proportion to what, where the source gives no threshold"}};

template <>
inline constexpr auto kFields<Contraindication> = std::tuple{
    StatementField{
        "verdict", &Contraindication::verdict, Stricter::higher, "what it means while it holds", {.required = true}},
    StatementField{"until", &Contraindication::until, Stricter::neither, "what ends it, in a word"},
    StatementField{"ahead", &Contraindication::ahead, Stricter::together,
                   "how long before something planned it counts; as long as wait, and then only as a consult"},
    StatementField{"wait", &Contraindication::wait, Stricter::together, "how long it counts after it ended"},
    StatementField{"wait_verdict",
                   &Contraindication::wait_verdict,
                   Stricter::together,
                   "what the wait means",
                   {.codec = Codec::beside_wait}},
    StatementField{"signoff",
                   &Contraindication::signoff,
                   Stricter::lower,
                   "the highest verdict a sign-off turns into a caution; or none",
                   {.codec = Codec::none_when_clear}},
    StatementField{"signed_by",
                   &Contraindication::signed_by,
                   Stricter::fewer,
                   "the roles that may sign it off; left out, a prescriber",
                   {.codec = Codec::beside_signoff}},
    StatementField{"absolute", &Contraindication::absolute, Stricter::set, "a sign-off never helps"}};

template <>
inline constexpr auto kFields<Avoid> = std::tuple{
    StatementField{"subject",
                   &Avoid::subjects,
                   Stricter::wider_list,
                   "subjects of the catalog",
                   {.record_key = "subjects", .required = true}},
    StatementField{"before", &Avoid::before, Stricter::ban, "how long before the session: minimum..preferred"},
    StatementField{"after", &Avoid::after, Stricter::ban, "how long after it: minimum..preferred"},
    StatementField{"verdict", &Avoid::broken, Stricter::higher, "what a broken minimum means"},
    StatementField{"signed_by", &Avoid::signed_by, Stricter::fewer,
                   "the roles that may sign it off; left out, a prescriber"},
    StatementField{"advice", &Avoid::advice, Stricter::unset, "printed in plans, never checked"},
    StatementField{"phase",
                   &Avoid::in_session,
                   Stricter::set,
                   "procedure, for a ban during the session; otherwise left out",
                   {.codec = Codec::phase}},
    StatementField{"form", &Avoid::form, Stricter::wider, "only what has this form: liquid, gel ..."},
    StatementField{"strength", &Avoid::strength, Stricter::wider, "only what is so strong, as {at_least: 2%}"}};

template <>
inline constexpr auto kFields<Do> = std::tuple{
    StatementField{"phase", &Do::phase, Stricter::together,
                   "prep, day-of, procedure or aftercare; left out, it follows from the window"},
    StatementField{"mode", &Do::mode, Stricter::together, "whether it must or may be done"},
    StatementField{"subject", &Do::subject, Stricter::together, "what it is about, in a word"},
    StatementField{"from", &Do::from, Stricter::start, "start, relative to the session"},
    StatementField{"to", &Do::to, Stricter::end, "end, relative to the session"},
    StatementField{"repeat", &Do::repeat, Stricter::together, "how often"},
    StatementField{"moment", &Do::moment, Stricter::reworded, "moment of the day"},
    StatementField{"amount", &Do::amount, Stricter::neither, "how much, in words", {.codec = Codec::by_language}},
    StatementField{"form", &Do::form, Stricter::filled_in, "in which form"},
    StatementField{"strength", &Do::strength, Stricter::filled_in, "how strong, in words"},
    StatementField{"uses", &Do::uses, Stricter::named, kUsesSummary}};

template <>
inline constexpr auto kFields<Expect> = std::tuple{
    StatementField{"sign", &Expect::sign, Stricter::same, "the sign, in a word", {.required = true}},
    StatementField{"from", &Expect::from, Stricter::start, "from when it is normal"},
    StatementField{"to", &Expect::to, Stricter::end, "until when it is normal"},
    StatementField{
        "amount", &Expect::amount, Stricter::neither, "how much or how long, in words", {.codec = Codec::by_language}},
    StatementField{"phase",
                   &Expect::in_session,
                   Stricter::unset,
                   "procedure, for what is normal during the session; otherwise left out",
                   {.codec = Codec::phase}}};

template <>
inline constexpr auto kFields<Warning> =
    std::tuple{StatementField{"sign", &Warning::sign, Stricter::same, "the sign, in a word", {.required = true}},
               StatementField{"call", &Warning::call, Stricter::higher, "whom to call", {.required = true}},
               StatementField{"from", &Warning::from, Stricter::start, "from when it is not normal"},
               StatementField{"to", &Warning::to, Stricter::end, "until when"}};

template <>
inline constexpr auto kFields<Setting> = std::tuple{
    StatementField{"area", &Setting::areas, Stricter::wider, "for these areas"},
    StatementField{"indication", &Setting::indications, Stricter::wider, "for these indications"},
    StatementField{"product", &Setting::products, Stricter::wider, "for these products"},
    StatementField{"depth", &Setting::depth_written, Stricter::together, "least..most needle depth, as 0.25mm..0.75mm"},
    StatementField{"time", &Setting::time_written, Stricter::together,
                   "least..most contact time, as 20min..30min or 60min.."},
    StatementField{"text", &Setting::text, Stricter::together, "instruction for the practitioner"},
    StatementField{"uses", &Setting::uses, Stricter::named, kUsesSummary},
    StatementField{"instead", &Setting::instead, Stricter::reworded,
                   "in place of text, where the client is allergic to what is used"}};

template <>
inline constexpr auto kFields<Step> = std::tuple{
    // A step that moves may come before what it relies on.
    StatementField{
        "order", &Step::order, Stricter::same, "place in the procedure", {.codec = Codec::always, .required = true}},
    StatementField{"title", &Step::title, Stricter::reworded, "what the step is called", {.required = true}},
    StatementField{"length", &Step::length, Stricter::neither, "how long it takes"},
    StatementField{"do", &Step::instructions, Stricter::lines, "instructions, in order"},
    StatementField{"materials", &Step::materials, Stricter::lines, "what is needed"},
    StatementField{"check", &Step::checks, Stricter::lines, "lines of the checklist"},
    StatementField{"optional", &Step::optional, Stricter::unset, "may be left out"},
    StatementField{"settings", &Step::settings, Stricter::rows, "values by area, indication or product"},
    StatementField{"uses", &Step::uses, Stricter::named, kUsesSummary}};

template <>
inline constexpr auto kFields<Series> = std::tuple{
    StatementField{"indication", &Series::indications, Stricter::wider, "for these indications; or any"},
    StatementField{"interval", &Series::interval, Stricter::longer, "between two sessions"},
    StatementField{"sessions", &Series::sessions, Stricter::neither, "how many: 3, 3..6 or 4.."},
    StatementField{"review_after", &Series::review_after, Stricter::neither, "look at the result after so many"}};

template <>
inline constexpr auto kFields<NoConcern> =
    std::tuple{StatementField{"subject",
                              &NoConcern::subjects,
                              Stricter::wider_list,
                              "subjects of the catalog",
                              {.record_key = "subjects", .required = true}},
               StatementField{"sections", &NoConcern::places, Stricter::wider,
                              "where they may stand: sections of a profile, indication, device, numbing, add_ons; left "
                              "out, wherever such a name can"}};

/// Calls `use` with every field of that kind.
template <class T, class Use>
constexpr void each_field(Use use) {
  static_assert(std::tuple_size_v<std::remove_const_t<decltype(kFields<T>)>> > 0);
  std::apply([&](const auto&... field) { (use(field), ...); }, kFields<T>);
}

}  // namespace needleplan
