/// Conditions in the words of a plan: `If you have or had cold sores, unless your doctor told you otherwise`.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "needleplan/catalog/catalog.h"
#include "needleplan/protocol/condition.h"
#include "needleplan/text/truth.h"

namespace needleplan {

/// What is known of a condition that joins no others. Words that nothing decides are never asked about.
using KnownTruth = std::function<Truth(const Condition&)>;

/// What is left of a condition once everything known is taken out of it; nothing when it is decided, either way.
[[nodiscard]] std::optional<Condition> undecided_part(const Condition& condition, const KnownTruth& known);

/// A condition as a clause about the client, without dates: `you use vitamin A cream and your skin peels`.
[[nodiscard]] std::string clause_of(const Condition& condition, const Catalog& catalog);

/// The same as the beginning of a sentence: `If CLAUSE`, `Unless CLAUSE` or `If CLAUSE, unless CLAUSE`.
[[nodiscard]] std::string if_words(const Condition& condition, const Catalog& catalog);

/// Whether it is facts alone, without words that nothing decides.
[[nodiscard]] bool only_facts(const Condition& condition);

}  // namespace needleplan
