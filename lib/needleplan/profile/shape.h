/// Every key a profile may hold, and whether it can be none or unknown; the reader, the schema, the annotated example
/// and the manual all follow it.
#pragma once

#include "needleplan/profile/profile.h"
#include "needleplan/yaml/shape.h"

namespace needleplan {

namespace profile_table {

using enum yaml::Holds;
using enum yaml::Type;
using yaml::Key;
using yaml::Shape;

constexpr Key key(std::string_view name, yaml::Holds holds, yaml::Type type, std::string_view summary) {
  return {.name = name, .type = type, .summary = summary, .holds = holds};
}
/// One that cannot be left out of its map.
constexpr Key needed(Key key) {
  key.required = true;
  return key;
}
constexpr Key name(std::string_view summary) {
  return needed(key("name", value, text, summary));
}
constexpr Key note() {
  return key("note", or_none_unknown, text, "anything else; never read by a rule");
}
constexpr Key area(std::string_view summary) {
  return key("area", or_unknown, one_or_list, summary);
}
template <class E>
constexpr Key word_of(std::string_view name, yaml::Holds holds, std::string_view summary) {
  return {.name = name, .type = word, .summary = summary, .words = kEnumNames<E>, .holds = holds};
}
constexpr Key map_of(std::string_view name, yaml::Holds holds, yaml::Type type, std::string_view summary,
                     const Shape& shape) {
  return {.name = name, .type = type, .summary = summary, .shape = &shape, .holds = holds};
}
/// Entries: names or maps, or maps alone.
constexpr Key list_of(std::string_view name, std::string_view summary, const Shape& shape,
                      yaml::Type items = text_or_map) {
  return {.name = name, .type = list, .summary = summary, .shape = &shape, .holds = or_none_unknown, .items = items};
}

inline constexpr std::array kClient{
    needed(key("id", value, text, "the clinic's own number for the client")),
    key("name", or_unknown, text, "printed on plans; leave it out where it is not needed"),
    key("birth_date", or_unknown, partial_date, "day, month or year of birth"),
    key("language", or_unknown, text, "two-letter code of the client's language"),
    word_of<SkinType>("fitzpatrick", or_unknown, "Fitzpatrick skin type, or unknown"),
    key("note", or_none_unknown, text, "what is on file in another system; shown to the desk, read by no rule"),
};
inline constexpr std::array kLifeStage{
    key("pregnant", or_unknown, yes_no, "yes, no or unknown"),
    key("breastfeeding", or_unknown, yes_no, "yes, no or unknown"),
};
inline constexpr std::array kCondition{
    name("the condition in the client's or the doctor's words"),
    area("where it is; whole body for everywhere"),
    word_of<Status>("status", or_unknown, "how it is now"),
    key("since", or_unknown, partial_date, "when it began"),
    key("resolved", or_unknown, partial_date, "when it was over"),
    note(),
};
inline constexpr std::array kUse{
    name("brand or ingredient as the client says it"),
    key("form", or_unknown, text, "tablet, cream, gel, serum, injection ..."),
    word_of<Route>("route", or_unknown, "how it gets into or onto the body"),
    key("strength", or_unknown, text, "as printed on the pack, such as 200 mg or 0.05 %"),
    key("ingredients", or_unknown, one_or_list, "what the label says is in it, as a list or as its text"),
    key("prescribed", or_unknown, yes_no, "whether a doctor prescribed or advised it: yes, no or unknown"),
    key("ongoing", or_unknown, yes_no, "still used now: yes, no or unknown"),
    key("last_used", or_unknown, moment, "the last time, if it is no longer used; a day, a day and time, or a month"),
    key("started", or_unknown, partial_date, "when it was begun"),
    area("where on the skin"),
    key("reason", or_none_unknown, text, "what it is taken for"),
    note(),
};
inline constexpr std::array kAllergy{
    name("what the client reacts to"),
    word_of<Status>("status", or_unknown, "how it is now; a past allergy counts like any other"),
    key("reaction", or_none_unknown, text, "what happens"),
    note(),
};
inline constexpr std::array kEvent{
    name("what was done or is planned"),
    key("date", or_unknown, moment, "when; a day, a day and time, a month or a year"),
    area("where; whole body for everywhere"),
    note(),
};
inline constexpr std::array kExposure{
    name("what the skin or the body met"),
    key("date", or_unknown, moment, "when, or since when; a day, a day and time, a month or a year"),
    key("ongoing", or_unknown, yes_no, "still there or still done now: yes, no or unknown"),
    area("where; whole body for everywhere"),
    note(),
};
inline constexpr std::array kSessionDone{
    needed(key("date", or_unknown, moment, "when")),
    area("what was treated"),
    key("depth", or_unknown, text, "needle depth, such as 1.0 mm"),
    note(),
};
inline constexpr std::array kDenial{
    name("what was denied"),
    key("form", value, text, "only in that form"),
    key("area", value, one_or_list, "only there"),
    word_of<Status>("status", value, "only in that state"),
    key("since", value, partial_date, "only from that day on"),
};
inline constexpr std::array kConsents{
    key("treatment", or_none_unknown, date, "the day the client agreed to the treatment; none if not"),
    key("photos", or_unknown, yes_no, "whether the client agreed to photos: yes, no or unknown"),
    key("form", or_none_unknown, text, "which form was signed"),
};
inline constexpr std::array kCycle{
    key("last_period", or_unknown, partial_date, "first day of the last period"),
    key("length", or_unknown, span, "days from one period to the next, such as 28d, where it is regular"),
};
inline constexpr std::array kSignOff{
    needed(key("rule", value, text, "the id of the rule it is about")),
    needed(key("by", value, text, "who signs")),
    needed(key("role", value, text, "in what role")),
    needed(key("on", value, date, "the day it was signed")),
    needed(key("expires", value, date, "the last day it counts")),
    needed(key("note", value, text, "the reason")),
};
inline constexpr std::array kSession{
    key("protocol", or_unknown, text, "what is booked, such as microneedling"),
    key("date", or_unknown, date, "the day of the session"),
    key("time", or_unknown, time, "when it starts, 14:30"),
    key("areas", or_unknown, one_or_list, "what is treated"),
    key("indication", or_none_unknown, one_or_list, "what it is treated for"),
    key("depth", or_unknown, text, "deepest needle depth planned, such as 1.0 mm"),
    key("device", or_unknown, text, "which device"),
    key("numbing", or_none_unknown, text, "the numbing product, or none"),
    key("numbing_time", or_unknown, span, "how long it stays on, such as 30min"),
    key("add_ons", or_none_unknown, one_or_list, "anything added, or none"),
    key("practitioner", or_unknown, text, "who does it"),
};
inline constexpr Key kAnswer =
    key("ID", or_unknown, yes_no, "the answer to the protocol's question of that id: yes, no or unknown");
inline constexpr Key kAskedDay = key("SECTION", or_unknown, date, "the day that section was asked");

}  // namespace profile_table

inline constexpr yaml::Shape kClientShape{.name = "client", .keys = profile_table::kClient};
inline constexpr yaml::Shape kLifeStageShape{.name = "life_stage", .keys = profile_table::kLifeStage};
inline constexpr yaml::Shape kConditionShape{.name = "condition", .keys = profile_table::kCondition};
inline constexpr yaml::Shape kUseShape{.name = "medicine or product", .keys = profile_table::kUse};
inline constexpr yaml::Shape kAllergyShape{.name = "allergy", .keys = profile_table::kAllergy};
inline constexpr yaml::Shape kEventShape{.name = "event", .keys = profile_table::kEvent};
inline constexpr yaml::Shape kExposureShape{.name = "exposure", .keys = profile_table::kExposure};
inline constexpr yaml::Shape kSessionDoneShape{.name = "earlier session", .keys = profile_table::kSessionDone};
inline constexpr yaml::Shape kDenialShape{.name = "denial", .keys = profile_table::kDenial};
inline constexpr yaml::Shape kConsentShape{.name = "consents", .keys = profile_table::kConsents};
inline constexpr yaml::Shape kAnswersShape{.name = "answers", .keys = {}, .others = &profile_table::kAnswer};
inline constexpr yaml::Shape kCycleShape{.name = "cycle", .keys = profile_table::kCycle};
inline constexpr yaml::Shape kSignOffShape{.name = "sign-off", .keys = profile_table::kSignOff};
inline constexpr yaml::Shape kSessionShape{.name = "session", .keys = profile_table::kSession};
inline constexpr yaml::Shape kAskedShape{.name = "asked", .keys = {}, .others = &profile_table::kAskedDay};

namespace profile_table {

constexpr Key denied_in(Section section) {
  Key key = list_of(kEnumNames<Section>[static_cast<std::size_t>(section)], "asked about, and the answer was no",
                    kDenialShape);
  key.holds = value;
  return key;
}
/// Every section whose entries have names.
inline constexpr std::array kDenied{denied_in(Section::conditions), denied_in(Section::medicines),
                                    denied_in(Section::products),   denied_in(Section::supplements),
                                    denied_in(Section::allergies),  denied_in(Section::procedures),
                                    denied_in(Section::exposures),  denied_in(Section::plans)};
static_assert(kDenied.size() == kSections - 1);

}  // namespace profile_table
inline constexpr yaml::Shape kDeniedShape{.name = "denied", .keys = profile_table::kDenied};

namespace profile_table {

inline constexpr std::array kProfile{
    needed(map_of("client", value, map, "who it is", kClientShape)),
    map_of("asked", or_unknown, text_or_map, "the day the answers were taken; or a day for each section", kAskedShape),
    map_of("life_stage", or_none_unknown, text_or_map, "pregnancy and breastfeeding, or none", kLifeStageShape),
    list_of("conditions", "skin and health conditions, past ones too", kConditionShape),
    list_of("medicines", "medicines, prescribed or bought", kUseShape),
    list_of("products", "skin products", kUseShape),
    list_of("supplements", "vitamins, herbs and supplements", kUseShape),
    list_of("allergies", "allergies", kAllergyShape),
    list_of("procedures", "earlier treatments by anybody", kEventShape),
    list_of("sessions", "earlier microneedling sessions", kSessionDoneShape, map),
    list_of("exposures", "sun, tanning, hair removal, vaccinations, alcohol and the like", kExposureShape),
    list_of("plans", "what is coming up: travel, events, treatments", kEventShape),
    Key{.name = "partial",
        .type = one_or_list,
        .summary = "sections whose list holds what is known, while the rest was not asked",
        .words = kEnumNames<Section>,
        .holds = or_none,
        .items = word},
    map_of("denied", value, map, "what was asked about by name and answered with no, by section", kDeniedShape),
    key("preferences", or_none_unknown, one_or_list, "wishes, in words a protocol knows"),
    map_of("answers", value, map, "answers to the protocol's own yes/no questions", kAnswersShape),
    map_of("cycle", or_none_unknown, text_or_map, "the menstrual cycle, or none", kCycleShape),
    map_of("consents", value, map, "what the client agreed to; read by no rule", kConsentShape),
    key("contact", or_none_unknown, text, "whom to call in an emergency; read by no rule"),
    list_of("signoffs", "signatures of clinicians and prescribers", kSignOffShape, map),
    map_of("session", value, map, "the session asked about", kSessionShape),
};

}  // namespace profile_table
inline constexpr yaml::Shape kProfileShape{.name = "profile", .keys = profile_table::kProfile};
static_assert(yaml::says_what_it_holds(kProfileShape), "a key of a profile says what it can hold");

}  // namespace needleplan
