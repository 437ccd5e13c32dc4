/// Every key a pack may hold; the reader, the schema and the lint all follow it.
#pragma once

#include <algorithm>

#include "needleplan/catalog/shape.h"
#include "needleplan/protocol/statement_fields.h"
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

inline constexpr std::array kBanKeys{
    yaml::Key{
        .name = "from", .type = yaml::Type::any, .summary = "when it starts; after the session, from the session"},
    yaml::Key{.name = "to", .type = yaml::Type::any, .summary = "when it ends; before the session, at the session"},
    yaml::Key{.name = "later_of", .type = yaml::Type::list, .summary = "a length and an event, whichever is later"},
    yaml::Key{.name = "earlier_of", .type = yaml::Type::list, .summary = "a length and an event, whichever is earlier"},
};
/// What each type of field is in a pack; every enum is a word.
constexpr yaml::Key typed(yaml::Type type, std::span<const std::string_view> words = {},
                          const yaml::Shape* shape = nullptr) {
  return {.name = {}, .type = type, .summary = {}, .shape = shape, .words = words};
}
template <class Member>
inline constexpr yaml::Key kKeyOf = typed(yaml::Type::word, kEnumNames<Member>);
template <>
inline constexpr yaml::Key kKeyOf<std::optional<Phase>> = kKeyOf<Phase>;
template <>
inline constexpr yaml::Key kKeyOf<std::string_view> = typed(yaml::Type::text);
template <>
inline constexpr yaml::Key kKeyOf<SessionCount> = typed(yaml::Type::text);
template <>
inline constexpr yaml::Key kKeyOf<bool> = typed(yaml::Type::yes_no);
template <>
inline constexpr yaml::Key kKeyOf<int> = typed(yaml::Type::integer);
template <>
inline constexpr yaml::Key kKeyOf<std::optional<SpanRange>> = typed(yaml::Type::span_range);
template <>
inline constexpr yaml::Key kKeyOf<Bound> = typed(yaml::Type::any);
template <>
inline constexpr yaml::Key kKeyOf<std::optional<Ban>> = typed(yaml::Type::any);
template <>
inline constexpr yaml::Key kKeyOf<Limits> = typed(yaml::Type::any);
template <>
inline constexpr yaml::Key kKeyOf<Subjects> = typed(yaml::Type::one_or_list);
template <>
inline constexpr yaml::Key kKeyOf<std::vector<std::string_view>> = typed(yaml::Type::one_or_list);
template <>
inline constexpr yaml::Key kKeyOf<Roles> = typed(yaml::Type::one_or_list, kEnumNames<Role>);
template <>
inline constexpr yaml::Key kKeyOf<NamePlaces> = typed(yaml::Type::one_or_list, kEnumNames<NamePlace>);
template <>
inline constexpr yaml::Key kKeyOf<Repeat> = typed(yaml::Type::text_or_map, {}, &kRepeatShape);

template <class T, class Member>
constexpr yaml::Key key_of(const StatementField<T, Member>& field) {
  const bool by_language = field.stricter == Stricter::reworded || field.codec == Codec::by_language;
  yaml::Key out = by_language ? text_key({}, {}) : field.codec == Codec::phase ? kKeyOf<Phase> : kKeyOf<Member>;
  // It has a word of its own, `none`, and not every verdict.
  if (field.codec == Codec::none_when_clear) out.words = {};
  out.name = field.key;
  out.mark = yaml::key_mark(field.key);
  out.summary = field.summary;
  out.required = field.required;
  return out;
}

/// The keys of the fields that only one kind of statement has.
template <class T>
inline constexpr auto kOwnKeys = std::apply([](const auto&... field) { return std::array{key_of(field)...}; },
                                            kFields<T>);

/// In the order in which schemas list them, where that is not the one of records.
template <std::size_t N>
constexpr std::array<yaml::Key, N> in_order(const std::array<yaml::Key, N>& keys,
                                            const std::array<std::size_t, N>& order) {
  std::array<yaml::Key, N> out{};
  for (std::size_t i = 0; i < N; ++i)
    out[i] = keys[order[i]];
  return out;
}

inline constexpr std::array kStatementIdKeys{
    yaml::Key{.name = "id",
              .type = yaml::Type::one_or_list,
              .summary = "unique in the pack; in a layer also a list of rules that it changes",
              .required = true,
              .items = yaml::Type::id},
};
inline constexpr std::array kStatementOtherKeys{
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

inline constexpr auto kStatementKeys = join(join(kStatementIdKeys, kOwnKeys<Statement>), kStatementOtherKeys);

inline constexpr auto kRuleKeys = join(kStatementKeys, in_order(kOwnKeys<Contraindication>, {0, 1, 3, 2, 4, 5, 6, 7}));
inline constexpr yaml::Shape kRuleShape{.name = "condition", .keys = kRuleKeys};
inline constexpr auto kAvoidKeys = join(kStatementKeys, kOwnKeys<Avoid>);
inline constexpr yaml::Shape kAvoidShape{.name = "avoid", .keys = kAvoidKeys};
inline constexpr auto kDoKeys = join(kStatementKeys, kOwnKeys<Do>);
inline constexpr yaml::Shape kDoShape{.name = "do", .keys = kDoKeys};
inline constexpr auto kExpectKeys = join(kStatementKeys, kOwnKeys<Expect>);
inline constexpr yaml::Shape kExpectShape{.name = "expect", .keys = kExpectKeys};
inline constexpr auto kWarningKeys = join(kStatementKeys, in_order(kOwnKeys<Warning>, {0, 2, 3, 1}));
inline constexpr yaml::Shape kWarningShape{.name = "warning", .keys = kWarningKeys};

inline constexpr std::array kSettingIdKeys{
    yaml::Key{.name = "id", .type = yaml::Type::id, .summary = "unique in the pack", .required = true},
};
inline constexpr std::array kSourceKeys{kSourcesKey, kUnsourcedKey};
inline constexpr auto kSettingKeys = join(join(kSettingIdKeys, kOwnKeys<Setting>), kSourceKeys);
inline constexpr yaml::Shape kSettingShape{.name = "setting", .keys = kSettingKeys};
template <>
inline constexpr yaml::Key kKeyOf<std::vector<Setting>>{
    .name = {}, .type = yaml::Type::list, .summary = {}, .shape = &kSettingShape, .items = yaml::Type::map};

inline constexpr auto kStepKeys = join(kStatementKeys, kOwnKeys<Step>);
inline constexpr yaml::Shape kStepShape{.name = "step", .keys = kStepKeys};
inline constexpr auto kSeriesKeys = join(kStatementKeys, kOwnKeys<Series>);
inline constexpr yaml::Shape kSeriesShape{.name = "series", .keys = kSeriesKeys};

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
inline constexpr auto kNoConcernKeys = join(kNoConcernTextKeys, kOwnKeys<NoConcern>);
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
