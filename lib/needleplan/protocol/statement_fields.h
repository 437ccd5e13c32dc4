/// The fields that only one kind of statement has, as tables: records, comparisons and translations walk them, so that
/// a new field is one row here.
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
  together    ///< judged with other fields
};

/// How packs and records write it, where its type does not say that.
enum class Codec : std::uint8_t { by_type, always, none_when_clear, phase, beside_wait, beside_signoff };

template <class T, class M>
struct StatementField {
  constexpr StatementField(std::string_view pack_key, M T::*of, Stricter way, Codec writing = Codec::by_type,
                           std::string_view other_key = {})
      : key(pack_key),
        member(of),
        stricter(way),
        codec(writing),
        record_key(other_key.empty() ? pack_key : other_key) {}

  std::string_view key;  ///< of packs
  M T::*member;
  Stricter stricter;
  Codec codec;
  std::string_view record_key;
};

template <class T>
inline constexpr auto kFields = std::tuple<>{};

template <>
inline constexpr auto kFields<Contraindication> =
    std::tuple{StatementField{"verdict", &Contraindication::verdict, Stricter::higher},
               StatementField{"until", &Contraindication::until, Stricter::neither},
               StatementField{"ahead", &Contraindication::ahead, Stricter::together},
               StatementField{"wait", &Contraindication::wait, Stricter::together},
               StatementField{"wait_verdict", &Contraindication::wait_verdict, Stricter::together, Codec::beside_wait},
               StatementField{"signoff", &Contraindication::signoff, Stricter::lower, Codec::none_when_clear},
               StatementField{"signed_by", &Contraindication::signed_by, Stricter::fewer, Codec::beside_signoff},
               StatementField{"absolute", &Contraindication::absolute, Stricter::set}};

template <>
inline constexpr auto kFields<Avoid> =
    std::tuple{StatementField{"subject", &Avoid::subjects, Stricter::wider_list, Codec::by_type, "subjects"},
               StatementField{"before", &Avoid::before, Stricter::ban},
               StatementField{"after", &Avoid::after, Stricter::ban},
               StatementField{"verdict", &Avoid::broken, Stricter::higher},
               StatementField{"signed_by", &Avoid::signed_by, Stricter::fewer},
               StatementField{"advice", &Avoid::advice, Stricter::unset},
               StatementField{"phase", &Avoid::in_session, Stricter::set, Codec::phase},
               StatementField{"form", &Avoid::form, Stricter::wider},
               StatementField{"strength", &Avoid::strength, Stricter::wider}};

template <>
inline constexpr auto kFields<Do> = std::tuple{StatementField{"phase", &Do::phase, Stricter::together},
                                               StatementField{"mode", &Do::mode, Stricter::together},
                                               StatementField{"subject", &Do::subject, Stricter::together},
                                               StatementField{"from", &Do::from, Stricter::start},
                                               StatementField{"to", &Do::to, Stricter::end},
                                               StatementField{"repeat", &Do::repeat, Stricter::together},
                                               StatementField{"moment", &Do::moment, Stricter::reworded},
                                               StatementField{"amount", &Do::amount, Stricter::neither},
                                               StatementField{"form", &Do::form, Stricter::filled_in},
                                               StatementField{"strength", &Do::strength, Stricter::filled_in},
                                               StatementField{"uses", &Do::uses, Stricter::named}};

template <>
inline constexpr auto kFields<Expect> = std::tuple{
    StatementField{"sign", &Expect::sign, Stricter::same}, StatementField{"from", &Expect::from, Stricter::start},
    StatementField{"to", &Expect::to, Stricter::end}, StatementField{"amount", &Expect::amount, Stricter::neither},
    StatementField{"phase", &Expect::in_session, Stricter::unset, Codec::phase}};

template <>
inline constexpr auto kFields<Warning> = std::tuple{
    StatementField{"sign", &Warning::sign, Stricter::same}, StatementField{"call", &Warning::call, Stricter::higher},
    StatementField{"from", &Warning::from, Stricter::start}, StatementField{"to", &Warning::to, Stricter::end}};

template <>
inline constexpr auto kFields<Setting> =
    std::tuple{StatementField{"area", &Setting::areas, Stricter::wider},
               StatementField{"indication", &Setting::indications, Stricter::wider},
               StatementField{"product", &Setting::products, Stricter::wider},
               StatementField{"depth", &Setting::depth_written, Stricter::together},
               StatementField{"time", &Setting::time_written, Stricter::together},
               StatementField{"text", &Setting::text, Stricter::together},
               StatementField{"uses", &Setting::uses, Stricter::named},
               StatementField{"instead", &Setting::instead, Stricter::reworded}};

template <>
inline constexpr auto kFields<Step> = std::tuple{// A step that moves may come before what it relies on.
                                                 StatementField{"order", &Step::order, Stricter::same, Codec::always},
                                                 StatementField{"title", &Step::title, Stricter::reworded},
                                                 StatementField{"length", &Step::length, Stricter::neither},
                                                 StatementField{"do", &Step::instructions, Stricter::lines},
                                                 StatementField{"materials", &Step::materials, Stricter::lines},
                                                 StatementField{"check", &Step::checks, Stricter::lines},
                                                 StatementField{"optional", &Step::optional, Stricter::unset},
                                                 StatementField{"settings", &Step::settings, Stricter::together},
                                                 StatementField{"uses", &Step::uses, Stricter::named}};

template <>
inline constexpr auto kFields<Series> =
    std::tuple{StatementField{"indication", &Series::indications, Stricter::wider},
               StatementField{"interval", &Series::interval, Stricter::longer},
               StatementField{"sessions", &Series::sessions, Stricter::neither},
               StatementField{"review_after", &Series::review_after, Stricter::neither}};

template <>
inline constexpr auto kFields<NoConcern> =
    std::tuple{StatementField{"subject", &NoConcern::subjects, Stricter::wider_list, Codec::by_type, "subjects"},
               StatementField{"sections", &NoConcern::places, Stricter::wider}};

/// Calls `use` with every field of that kind.
template <class T, class Use>
constexpr void each_field(Use use) {
  static_assert(std::tuple_size_v<std::remove_const_t<decltype(kFields<T>)>> > 0);
  std::apply([&](const auto&... field) { (use(field), ...); }, kFields<T>);
}

}  // namespace needleplan
