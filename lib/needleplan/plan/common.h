/// What several builders share.
#pragma once

#include <string>
#include <vector>

#include "needleplan/evaluate/materials.h"
#include "needleplan/plan/builders.h"
#include "needleplan/text/truth.h"

namespace needleplan {

/// Title, subtitle, draft notice and footer; the banner too where a client must not simply be treated.
[[nodiscard]] Document start_document(const PlanInput& input, std::string verb, std::string title);

/// The verdict and what to do about it.
[[nodiscard]] Banner banner_of(const PlanInput& input);

/// Whether the banner stands on top: only where a client must not simply be treated.
[[nodiscard]] bool has_banner(const PlanInput& input);

/// The client's own texts in the head of a document, by the numbers of their blanks: the subtitle, then verdict,
/// headline and lines of the banner where it has one.
[[nodiscard]] std::vector<std::string> client_texts(const PlanInput& input);

/// An empty section.
[[nodiscard]] Group named_group(std::string id, std::string title);

/// A note that is called what it is about.
[[nodiscard]] Item named_note(std::string label, std::string text);

/// Whether a statement's `when` holds for this client; yes where it has none, unknown without a client.
[[nodiscard]] Truth condition_holds(const Statement& statement, const PlanInput& input);

/// Whether a statement is for this client: as its `when` says, but for a line that uses what the client is, or may be,
/// allergic to and has nothing to say in its place.
[[nodiscard]] Truth holds(const Statement& statement, const PlanInput& input);

/// The allergies that a statement's own materials meet; none without a client.
[[nodiscard]] std::vector<MetMaterial> allergies_met_by(const Statement& statement, const PlanInput& input);

/// What is not known of its condition, as the start of a sentence: `If your skin is peeling: `, `Unless your doctor
/// told you otherwise: `; empty when all of it is known, or `say` begins with "If" and says the facts itself.
[[nodiscard]] std::string condition_words(const Statement& statement, const PlanInput& input);

/// Whether its words begin with a condition.
[[nodiscard]] bool has_condition(const Statement& statement, const PlanInput& input);

/// What a statement means when it is not kept; clear where nothing is checked.
[[nodiscard]] Verdict broken_verdict(const Statement& statement);

/// The mark of an action: DO, MAY, OK AGAIN or ASK.
[[nodiscard]] Mark mark_of(Mode mode);

/// What of its subject a ban is about: `liquid`, `at least 2%`.
[[nodiscard]] std::vector<std::string> kind_parts(const Avoid& avoid);
/// The same in brackets, with how much of it is meant: ` (liquid, at least 2%, recommended, not required)`; empty for
/// all of it.
[[nodiscard]] std::string kind_words(const Statement& statement, const Avoid& avoid);

/// Whether a window lies wholly before the session, or ends with it.
[[nodiscard]] bool ends_by_session(const Bound& from, const Bound& to);

/// `say` and what belongs to it: repetition, amount, moment.
[[nodiscard]] Item item_of(const Statement& statement, const PlanInput& input, Mark mark);

/// `seed article; clinic opinion x12 (12h..10d)`, or `unsourced`.
[[nodiscard]] std::string sources_words(const Citations& citations, const Pack& pack);

/// Where the sources of a statement give different figures: `before 12h to 14d, after 24h to 7d`; empty
/// where they agree or give none.
[[nodiscard]] std::string spread_words(const Citations& citations);

/// How often, how much, at what moment of the day: `twice a day, SPF 30 or more`. Empty when nothing is said.
[[nodiscard]] std::string dose_words(const Do& action);

}  // namespace needleplan
