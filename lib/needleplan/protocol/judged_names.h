/// Which known names the statements in force judge, where they stand in a profile, and which of them no rule needs.
#pragma once

#include <vector>

#include "needleplan/protocol/pack.h"

namespace needleplan {

/// A subject that a rule looks for, and where.
struct Look {
  SubjectId subject = kNoSubject;
  NamePlaces places = 0;
};

/// The names that can make a statement hold by themselves: of what must come together none does, and what a condition
/// denies can only make it milder. Nothing for a statement that no check looks at.
[[nodiscard]] std::vector<Look> looks_of(const Statement& statement);

/// The same with the names that need others beside them: all that a statement looks for.
[[nodiscard]] std::vector<Look> named_by(const Statement& statement);

/// Fills what `pack.index` says of names.
void index_judged_names(Pack& pack);

/// Whether a rule in force looks for the subject, for what it is, or for something narrower that it may hide, in that
/// place. A rule that a layer adds, or makes wider, is about whatever else the protocol has no rule for only beside it:
/// otherwise a rule for few would clear all the others.
[[nodiscard]] bool is_judged(SubjectId subject, NamePlace place, const Pack& pack);

/// Whether names of that kind can stand there. What is known but listed in the wrong place would be looked at by no
/// rule.
[[nodiscard]] bool belongs(SubjectKind kind, NamePlace place);

/// Whether a `no_concern` is about the subject, or what it is, in that place. What a later layer makes the subject
/// belong to does not count.
[[nodiscard]] bool covers(const NoConcern& none, SubjectId subject, NamePlace place, const Catalog& catalog);

/// The statement that says that no rule needs the subject in that place, with a source if one of them has one; null if
/// there is none. A rule always counts before it.
[[nodiscard]] const Statement* no_concern_of(SubjectId subject, NamePlace place, const Pack& pack);

/// Whether it rests on more than the word of the layer that says it.
[[nodiscard]] bool is_sourced(const Statement& statement, const Pack& pack);

/// A subject with neither a rule nor a `no_concern` in some places where its kind is meant to stand.
struct UnjudgedName {
  SubjectId subject = kNoSubject;
  NamePlaces places = 0;
};
/// All of the catalog, in its order.
[[nodiscard]] std::vector<UnjudgedName> unjudged_names(const Pack& pack);

}  // namespace needleplan
