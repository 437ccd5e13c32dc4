/// A statement of one pack in the numbers of another: subjects and events stand in packs by their place there.
#pragma once

#include "needleplan/protocol/pack.h"

namespace needleplan {

struct Translated {
  Statement statement;
  /// Its condition names a subject that the other pack lacks, and was left out.
  bool when_lost = false;
};

/// Subjects that the other pack lacks become kNoSubject, events that it lacks a number that none has.
[[nodiscard]] Translated translated(const Statement& statement, const Pack& from, const Pack& to);

}  // namespace needleplan
