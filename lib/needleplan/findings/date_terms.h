/// What a statement asks of dates, whoever the client is.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "needleplan/protocol/pack.h"

namespace needleplan {

/// A set of sections.
using SectionSet = std::uint16_t;
constexpr SectionSet bit(Section section) {
  return static_cast<SectionSet>(1U << static_cast<unsigned>(section));
}

struct DateTerms {
  /// The entries of these sections that are, or may be, one of these subjects (null: all): they bear on it with their
  /// dates.
  struct Entries {
    SectionSet sections = 0;
    const Subjects* subjects = nullptr;
  };
  std::vector<Entries> entries;
  std::vector<Span> spans;        ///< every length it measures with, counted from something before the session
  std::vector<Span> after;        ///< the same to something planned after it
  std::optional<Span> start;      ///< after the session, when a ban begins
  std::vector<int> ages;          ///< every age it asks about
  const Bound* course = nullptr;  ///< a length that is counted in courses
  std::vector<Limits> cycle;      ///< what it asks of the day of the cycle
};

/// The terms point into the statement and the pack.
[[nodiscard]] DateTerms date_terms(const Statement& statement, const Pack& pack);

}  // namespace needleplan
