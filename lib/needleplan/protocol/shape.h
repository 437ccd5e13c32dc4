/// Every key a pack may hold; the reader, the schema and the lint all follow it.
#pragma once

#include <algorithm>

#include "needleplan/catalog/shape.h"
#include "needleplan/protocol/statement.h"
#include "needleplan/yaml/shape.h"

namespace needleplan {

template <std::size_t A, std::size_t B>
constexpr std::array<yaml::Key, A + B> join(const std::array<yaml::Key, A>& a, const std::array<yaml::Key, B>& b) {
  std::array<yaml::Key, A + B> out{};
  std::copy(b.begin(), b.end(), std::copy(a.begin(), a.end(), out.begin()));
  return out;
}

/// What a citation may hold beside its key: the source's own figures, shown as written.
inline constexpr std::array kCitationKeys{
    yaml::Key{.name = "key", .summary = "the source's key", .required = true},
    yaml::Key{.name = "says", .summary = "what it says, where a figure does not"},
    yaml::Key{.name = "before", .summary = "its own window before the session"},
    yaml::Key{.name = "after", .summary = "its own window after the session"},
    yaml::Key{.name = "wait", .summary = "its own wait"},
    yaml::Key{.name = "from", .summary = "its own start"},
    yaml::Key{.name = "to", .summary = "its own end"},
    yaml::Key{.name = "depth", .summary = "its own depth"},
    yaml::Key{.name = "time", .summary = "its own contact time"},
    yaml::Key{.name = "length", .summary = "its own length of the step"},
    yaml::Key{.name = "interval", .summary = "its own interval"},
    yaml::Key{.name = "sessions", .summary = "its own number of sessions"},
    yaml::Key{.name = "usual", .summary = "its own usual range"},
};
inline constexpr yaml::Shape kCitationShape{.name = "source of a statement", .keys = kCitationKeys};

inline constexpr yaml::Key kSourcesKey{.name = "sources",
                                       .type = yaml::Type::any,
                                       .summary = "keys of sources, with their own figures; or unsourced",
                                       .shape = &kCitationShape};
inline constexpr yaml::Key kUnsourcedKey{.name = "unsourced",
                                         .type = yaml::Type::one_or_list,
                                         .summary = "keys of this statement whose value no source gives"};

inline constexpr yaml::Key kTextKey{.name = "LANGUAGE", .summary = "the text in that language, by its two-letter code"};
inline constexpr yaml::Shape kTextsShape{.name = "text by language", .keys = {}, .others = &kTextKey};
/// A text for people: one, or one for each language.
constexpr yaml::Key text_key(std::string_view name, std::string_view summary, bool required = false) {
  return {
      .name = name, .type = yaml::Type::text_or_map, .summary = summary, .shape = &kTextsShape, .required = required};
}

inline constexpr std::array kStatementKeys{
    yaml::Key{.name = "id",
              .type = yaml::Type::one_or_list,
              .summary = "unique in the pack; in a layer also a list of rules that it changes",
              .required = true,
              .items = yaml::Type::id},
    text_key("summary", "for the clinician, at most 90 characters"),
    text_key("say", "for the client: one instruction, no dates"),
    text_key("why", "the reason, in plain words"),
    text_key("instead", "the alternative, in plain words"),
    text_key("action", "what the practitioner does or adjusts"),
    text_key("note", "anything else a clinician should know"),
    text_key("graded", "in proportion to what, where the source gives no threshold"),
    yaml::Key{.name = "when", .type = yaml::Type::any, .summary = "the condition under which it holds"},
    yaml::Key{.name = "scope",
              .type = yaml::Type::word,
              .summary = "the treated area, or anywhere",
              .words = kEnumNames<Scope>},
    yaml::Key{
        .name = "degree", .type = yaml::Type::word, .summary = "how much of it is meant", .words = kEnumNames<Degree>},
    kSourcesKey,
    kUnsourcedKey,
    kLoosenKey,
};

inline constexpr yaml::Key kSignedByKey{.name = "signed_by",
                                        .type = yaml::Type::one_or_list,
                                        .summary = "the roles that may sign it off; left out, a prescriber",
                                        .words = kEnumNames<Role>};
inline constexpr std::array kConditionOnlyKeys{
    yaml::Key{.name = "verdict",
              .type = yaml::Type::word,
              .summary = "what it means while it holds",
              .words = kEnumNames<Verdict>,
              .required = true},
    yaml::Key{.name = "until", .summary = "what ends it, in a word"},
    yaml::Key{.name = "wait", .type = yaml::Type::span_range, .summary = "how long it counts after it ended"},
    yaml::Key{.name = "ahead",
              .type = yaml::Type::span_range,
              .summary = "how long before something planned it counts; as long as wait, and then only as a consult"},
    yaml::Key{.name = "wait_verdict",
              .type = yaml::Type::word,
              .summary = "what the wait means",
              .words = kEnumNames<Verdict>},
    yaml::Key{.name = "signoff",
              .type = yaml::Type::word,
              .summary = "the highest verdict a sign-off turns into a caution; or none"},
    kSignedByKey,
    yaml::Key{.name = "absolute", .type = yaml::Type::yes_no, .summary = "a sign-off never helps"},
};
inline constexpr auto kRuleKeys = join(kStatementKeys, kConditionOnlyKeys);
inline constexpr yaml::Shape kRuleShape{.name = "condition", .keys = kRuleKeys};

inline constexpr std::array kBanKeys{
    yaml::Key{
        .name = "from", .type = yaml::Type::any, .summary = "when it starts; after the session, from the session"},
    yaml::Key{.name = "to", .type = yaml::Type::any, .summary = "when it ends; before the session, at the session"},
    yaml::Key{.name = "later_of", .type = yaml::Type::list, .summary = "a length and an event, whichever is later"},
    yaml::Key{.name = "earlier_of", .type = yaml::Type::list, .summary = "a length and an event, whichever is earlier"},
};
constexpr yaml::Key phase_key(std::string_view summary) {
  return {.name = "phase", .type = yaml::Type::word, .summary = summary, .words = kEnumNames<Phase>};
}
inline constexpr std::array kAvoidOnlyKeys{
    yaml::Key{
        .name = "subject", .type = yaml::Type::one_or_list, .summary = "subjects of the catalog", .required = true},
    yaml::Key{.name = "before", .type = yaml::Type::any, .summary = "how long before the session: minimum..preferred"},
    yaml::Key{.name = "after", .type = yaml::Type::any, .summary = "how long after it: minimum..preferred"},
    yaml::Key{.name = "verdict",
              .type = yaml::Type::word,
              .summary = "what a broken minimum means",
              .words = kEnumNames<Verdict>},
    kSignedByKey,
    yaml::Key{.name = "advice", .type = yaml::Type::yes_no, .summary = "printed in plans, never checked"},
    phase_key("procedure, for a ban during the session; otherwise left out"),
    yaml::Key{.name = "form", .summary = "only what has this form: liquid, gel ..."},
    yaml::Key{.name = "strength", .type = yaml::Type::any, .summary = "only what is so strong, as {at_least: 2%}"},
};
inline constexpr auto kAvoidKeys = join(kStatementKeys, kAvoidOnlyKeys);
inline constexpr yaml::Shape kAvoidShape{.name = "avoid", .keys = kAvoidKeys};

inline constexpr std::array kRepeatKeys{
    yaml::Key{.name = "times", .summary = "how many times: 2 or 3..4"},
    yaml::Key{.name = "per",
              .type = yaml::Type::word,
              .summary = "in which time; a day where it is left out",
              .words = kEnumNames<Per>},
    yaml::Key{.name = "every", .type = yaml::Type::span_range, .summary = "how long between"},
    yaml::Key{.name = "while", .type = yaml::Type::word, .summary = "only then", .words = kEnumNames<During>},
    yaml::Key{.name = "on", .type = yaml::Type::span, .summary = "duty cycle: how long on"},
    yaml::Key{.name = "off", .type = yaml::Type::span, .summary = "duty cycle: how long off"},
};
inline constexpr yaml::Shape kRepeatShape{.name = "repeat", .keys = kRepeatKeys};

inline constexpr yaml::Key kUsesKey{
    .name = "uses",
    .type = yaml::Type::one_or_list,
    .summary =
        "subjects that are put to use or are in it; an allergy to one takes it off, or puts instead in its place"};

inline constexpr std::array kDoOnlyKeys{
    phase_key("prep, day-of, procedure or aftercare; left out, it follows from the window"),
    yaml::Key{.name = "mode",
              .type = yaml::Type::word,
              .summary = "whether it must or may be done",
              .words = kEnumNames<Mode>},
    yaml::Key{.name = "subject", .summary = "what it is about, in a word"},
    yaml::Key{.name = "from", .type = yaml::Type::any, .summary = "start, relative to the session"},
    yaml::Key{.name = "to", .type = yaml::Type::any, .summary = "end, relative to the session"},
    yaml::Key{.name = "repeat", .type = yaml::Type::text_or_map, .summary = "how often", .shape = &kRepeatShape},
    text_key("moment", "moment of the day"),
    text_key("amount", "how much, in words"),
    yaml::Key{.name = "form", .summary = "in which form"},
    yaml::Key{.name = "strength", .summary = "how strong, in words"},
    kUsesKey,
};
inline constexpr auto kDoKeys = join(kStatementKeys, kDoOnlyKeys);
inline constexpr yaml::Shape kDoShape{.name = "do", .keys = kDoKeys};

inline constexpr std::array kExpectOnlyKeys{
    yaml::Key{.name = "sign", .summary = "the sign, in a word", .required = true},
    yaml::Key{.name = "from", .type = yaml::Type::any, .summary = "from when it is normal"},
    yaml::Key{.name = "to", .type = yaml::Type::any, .summary = "until when it is normal"},
    text_key("amount", "how much or how long, in words"),
    phase_key("procedure, for what is normal during the session; otherwise left out"),
};
inline constexpr auto kExpectKeys = join(kStatementKeys, kExpectOnlyKeys);
inline constexpr yaml::Shape kExpectShape{.name = "expect", .keys = kExpectKeys};

inline constexpr std::array kWarningOnlyKeys{
    yaml::Key{.name = "sign", .summary = "the sign, in a word", .required = true},
    yaml::Key{.name = "from", .type = yaml::Type::any, .summary = "from when it is not normal"},
    yaml::Key{.name = "to", .type = yaml::Type::any, .summary = "until when"},
    yaml::Key{.name = "call",
              .type = yaml::Type::word,
              .summary = "whom to call",
              .words = kEnumNames<Call>,
              .required = true},
};
inline constexpr auto kWarningKeys = join(kStatementKeys, kWarningOnlyKeys);
inline constexpr yaml::Shape kWarningShape{.name = "warning", .keys = kWarningKeys};

inline constexpr std::array kSettingKeys{
    yaml::Key{.name = "id", .type = yaml::Type::id, .summary = "unique in the pack", .required = true},
    yaml::Key{.name = "area", .type = yaml::Type::one_or_list, .summary = "for these areas"},
    yaml::Key{.name = "indication", .type = yaml::Type::one_or_list, .summary = "for these indications"},
    yaml::Key{.name = "product", .type = yaml::Type::one_or_list, .summary = "for these products"},
    yaml::Key{.name = "depth", .summary = "least..most needle depth, as 0.25mm..0.75mm"},
    yaml::Key{.name = "time", .summary = "least..most contact time, as 20min..30min or 60min.."},
    yaml::Key{.name = "text", .summary = "instruction for the practitioner"},
    kUsesKey,
    yaml::Key{.name = "instead", .summary = "in place of text, where the client is allergic to what is used"},
    kSourcesKey,
    kUnsourcedKey,
};
inline constexpr yaml::Shape kSettingShape{.name = "setting", .keys = kSettingKeys};

inline constexpr std::array kStepOnlyKeys{
    yaml::Key{.name = "order", .type = yaml::Type::integer, .summary = "place in the procedure", .required = true},
    text_key("title", "what the step is called", true),
    yaml::Key{.name = "length", .type = yaml::Type::span_range, .summary = "how long it takes"},
    yaml::Key{.name = "do", .type = yaml::Type::one_or_list, .summary = "instructions, in order"},
    yaml::Key{.name = "materials", .type = yaml::Type::one_or_list, .summary = "what is needed"},
    yaml::Key{.name = "check", .type = yaml::Type::one_or_list, .summary = "lines of the checklist"},
    yaml::Key{.name = "optional", .type = yaml::Type::yes_no, .summary = "may be left out"},
    kUsesKey,
    yaml::Key{.name = "settings",
              .type = yaml::Type::list,
              .summary = "values by area, indication or product",
              .shape = &kSettingShape,
              .items = yaml::Type::map},
};
inline constexpr auto kStepKeys = join(kStatementKeys, kStepOnlyKeys);
inline constexpr yaml::Shape kStepShape{.name = "step", .keys = kStepKeys};

inline constexpr std::array kSeriesOnlyKeys{
    yaml::Key{.name = "indication", .type = yaml::Type::one_or_list, .summary = "for these indications; or any"},
    yaml::Key{.name = "interval", .type = yaml::Type::span_range, .summary = "between two sessions"},
    yaml::Key{.name = "sessions", .summary = "how many: 3, 3..6 or 4.."},
    yaml::Key{.name = "review_after", .type = yaml::Type::integer, .summary = "look at the result after so many"},
};
inline constexpr auto kSeriesKeys = join(kStatementKeys, kSeriesOnlyKeys);
inline constexpr yaml::Shape kSeriesShape{.name = "series", .keys = kSeriesKeys};

inline constexpr std::array kNoConcernOnlyKeys{
    yaml::Key{
        .name = "subject", .type = yaml::Type::one_or_list, .summary = "subjects of the catalog", .required = true},
    yaml::Key{.name = "sections",
              .type = yaml::Type::one_or_list,
              .summary = "where they may stand: sections of a profile, indication, device, numbing, add_ons; left out, "
                         "wherever such a name can",
              .words = kEnumNames<NamePlace>},
};
inline constexpr std::array kNoConcernTextKeys{
    yaml::Key{.name = "id",
              .type = yaml::Type::one_or_list,
              .summary = "unique in the pack; in a layer also a list of those that it changes",
              .required = true},
    text_key("why", "the reason, in plain words", true),
    text_key("note", "anything else a clinician should know"),
    kSourcesKey,
    kUnsourcedKey,
    kLoosenKey,
};
inline constexpr auto kNoConcernKeys = join(kNoConcernTextKeys, kNoConcernOnlyKeys);
inline constexpr yaml::Shape kNoConcernShape{.name = "no_concern", .keys = kNoConcernKeys};

inline constexpr std::array kReferenceKeys{
    yaml::Key{.name = "key", .type = yaml::Type::source_key, .summary = "what statements cite it by", .required = true},
    yaml::Key{.name = "grade",
              .type = yaml::Type::word,
              .summary = "how strong it is",
              .words = kEnumNames<Grade>,
              .required = true},
    yaml::Key{.name = "title", .summary = "what it is", .required = true},
    yaml::Key{.name = "url", .summary = "where it was read"},
};
inline constexpr yaml::Shape kReferenceShape{.name = "source", .keys = kReferenceKeys, .stands_alone = true};

inline constexpr std::array kNamedEventKeys{
    yaml::Key{.name = "id", .type = yaml::Type::id, .summary = "the word after until", .required = true},
    text_key("label", "what stands after until or when in a sentence", true),
    yaml::Key{.name = "usual", .type = yaml::Type::span_range, .summary = "when it usually comes, after the session"},
    yaml::Key{.name = "moment", .type = yaml::Type::yes_no, .summary = "a moment of the day"},
    kSourcesKey,
    kUnsourcedKey,
    kLoosenKey,
};
inline constexpr yaml::Shape kNamedEventShape{.name = "event", .keys = kNamedEventKeys};

inline constexpr std::array kAnswerKeys{
    yaml::Key{.name = "id",
              .type = yaml::Type::id,
              .summary = "what conditions and the answers of a profile name it by",
              .required = true},
    text_key("ask", "the question to the client, to be answered yes or no", true),
    text_key("label", "what a yes says of the client, for inside a sentence", true),
};
inline constexpr yaml::Shape kAnswerShape{.name = "answer", .keys = kAnswerKeys};

inline constexpr std::array kAboutKeys{
    yaml::Key{.name = "id", .type = yaml::Type::id, .summary = "unique in the pack", .required = true},
    text_key("title", "heading", true),
    text_key("say", "the text", true),
    text_key("note", "for a clinician"),
    kSourcesKey,
    kUnsourcedKey,
};
inline constexpr yaml::Shape kAboutShape{.name = "about", .keys = kAboutKeys};

inline constexpr std::array kReviewKeys{
    yaml::Key{.name = "by", .summary = "who approved it", .required = true},
    yaml::Key{.name = "on", .type = yaml::Type::date, .summary = "when", .required = true},
    yaml::Key{.name = "until", .type = yaml::Type::date, .summary = "the last day it holds", .required = true},
    yaml::Key{
        .name = "digest",
        .summary = "of the content that was reviewed, as protocol lint prints it; for other content it is a draft"},
};
inline constexpr yaml::Shape kReviewShape{.name = "review", .keys = kReviewKeys};

inline constexpr std::array kPackHeadKeys{
    yaml::Key{.name = "id", .type = yaml::Type::id, .summary = "name of the protocol", .required = true},
    yaml::Key{.name = "title", .summary = "what it is called", .required = true},
    yaml::Key{.name = "version", .summary = "of the content", .required = true},
    yaml::Key{.name = "files",
              .type = yaml::Type::one_or_list,
              .summary = "every other file of the pack; one that is missing or not named is an error"},
    yaml::Key{.name = "reviewed",
              .type = yaml::Type::text_or_map,
              .summary = "who approved it; or none",
              .shape = &kReviewShape,
              .required = true},
    yaml::Key{.name = "note", .summary = "for whoever maintains it"},
};
inline constexpr yaml::Shape kPackHeadShape{.name = "pack", .keys = kPackHeadKeys};

inline constexpr std::array kValidForKeys{
    yaml::Key{.name = "answers", .type = yaml::Type::span, .summary = "how old intake answers may be"},
    yaml::Key{.name = "life_stage", .type = yaml::Type::span, .summary = "how old the life stage may be"},
    kSourcesKey,
    kLoosenKey,
};
inline constexpr yaml::Shape kValidForShape{.name = "valid_for", .keys = kValidForKeys};

inline constexpr yaml::Key kQuestionKey{.name = "PATH", .summary = "the question for that key of the profile"};
inline constexpr yaml::Shape kQuestionsShape{.name = "questions", .keys = {}, .others = &kQuestionKey};

/// What a pack and a layer can both hold.
inline constexpr std::array kContentKeys{
    yaml::Key{.name = "about",
              .type = yaml::Type::list,
              .summary = "background",
              .shape = &kAboutShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "events",
              .type = yaml::Type::list,
              .summary = "ends that the clock does not tell",
              .shape = &kNamedEventShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "answers",
              .type = yaml::Type::list,
              .summary = "yes/no questions for facts that no other key of a profile holds",
              .shape = &kAnswerShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "questions",
              .type = yaml::Type::map,
              .summary = "what the desk asks, by key of the profile",
              .shape = &kQuestionsShape},
    yaml::Key{
        .name = "valid_for", .type = yaml::Type::map, .summary = "how old answers may be", .shape = &kValidForShape},
    yaml::Key{.name = "sources",
              .type = yaml::Type::list,
              .summary = "what statements cite",
              .shape = &kReferenceShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "conditions",
              .type = yaml::Type::list,
              .summary = "health states and facts with a verdict",
              .shape = &kRuleShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "avoid",
              .type = yaml::Type::list,
              .summary = "what must not happen around the session",
              .shape = &kAvoidShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "do",
              .type = yaml::Type::list,
              .summary = "what is to be done",
              .shape = &kDoShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "expect",
              .type = yaml::Type::list,
              .summary = "normal signs",
              .shape = &kExpectShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "warnings",
              .type = yaml::Type::list,
              .summary = "signs to call about",
              .shape = &kWarningShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "steps",
              .type = yaml::Type::list,
              .summary = "the procedure",
              .shape = &kStepShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "series",
              .type = yaml::Type::list,
              .summary = "courses of sessions",
              .shape = &kSeriesShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "no_concern",
              .type = yaml::Type::list,
              .summary = "known names that no rule needs",
              .shape = &kNoConcernShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "subjects",
              .type = yaml::Type::list,
              .summary = "catalog entries",
              .shape = &kSubjectShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "places",
              .type = yaml::Type::map,
              .summary = "small places of the body, of which areas are made",
              .shape = &kPlacesShape},
    yaml::Key{.name = "ambiguous",
              .type = yaml::Type::list,
              .summary = "names with several contents",
              .shape = &kAmbiguousShape,
              .items = yaml::Type::map},
    yaml::Key{.name = "forms", .type = yaml::Type::map, .summary = "form words of names", .shape = &kFormsShape},
    yaml::Key{.name = "routes", .type = yaml::Type::map, .summary = "forms of each route", .shape = &kRoutesShape},
    yaml::Key{.name = "noise", .type = yaml::Type::one_or_list, .summary = "filler words of names"},
    yaml::Key{.name = "links",
              .type = yaml::Type::map,
              .summary = "words between and behind the names of a line",
              .shape = &kLinksShape},
};
inline constexpr std::array kPackOnlyKeys{yaml::Key{
    .name = "pack", .type = yaml::Type::map, .summary = "id, title, version, review", .shape = &kPackHeadShape}};
inline constexpr auto kPackKeys = join(kPackOnlyKeys, kContentKeys);
inline constexpr yaml::Shape kPackShape{.name = "pack file", .keys = kPackKeys};

/// The list that holds the statements of a kind, and what each of them may have.
struct StatementList {
  std::string_view key;
  StatementKind kind;
  const yaml::Shape* shape;
};
inline constexpr std::array<StatementList, kEnumNames<StatementKind>.size()> kStatementLists{
    {{"conditions", StatementKind::condition, &kRuleShape},
     {"avoid", StatementKind::avoid, &kAvoidShape},
     {"do", StatementKind::do_this, &kDoShape},
     {"expect", StatementKind::expect, &kExpectShape},
     {"warnings", StatementKind::warning, &kWarningShape},
     {"steps", StatementKind::step, &kStepShape},
     {"series", StatementKind::series, &kSeriesShape},
     {"no_concern", StatementKind::no_concern, &kNoConcernShape}}};

}  // namespace needleplan
