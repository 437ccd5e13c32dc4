/// Every key a profile may hold; the reader, the schema and the annotated example all follow it.
#pragma once

#include "needleplan/profile/profile.h"
#include "needleplan/yaml/shape.h"

namespace needleplan {

inline constexpr std::array kClientKeys{
    yaml::Key{.name = "id", .summary = "the clinic's own number for the client", .required = true},
    yaml::Key{.name = "name", .summary = "printed on plans; leave it out where it is not needed"},
    yaml::Key{.name = "birth_date", .type = yaml::Type::partial_date, .summary = "day, month or year of birth"},
    yaml::Key{.name = "language", .summary = "two-letter code of the client's language"},
    yaml::Key{.name = "fitzpatrick",
              .type = yaml::Type::word,
              .summary = "Fitzpatrick skin type, or unknown",
              .words = kEnumNames<SkinType>,
              .none_unknown = true},
};
inline constexpr yaml::Shape kClientShape{.name = "client", .keys = kClientKeys};

inline constexpr std::array kLifeStageKeys{
    yaml::Key{.name = "pregnant", .type = yaml::Type::yes_no, .summary = "yes, no or unknown", .none_unknown = true},
    yaml::Key{
        .name = "breastfeeding", .type = yaml::Type::yes_no, .summary = "yes, no or unknown", .none_unknown = true},
};
inline constexpr yaml::Shape kLifeStageShape{.name = "life_stage", .keys = kLifeStageKeys};

inline constexpr std::array kConditionKeys{
    yaml::Key{.name = "name", .summary = "the condition in the client's or the doctor's words", .required = true},
    yaml::Key{.name = "area", .type = yaml::Type::one_or_list, .summary = "where it is; whole body for everywhere"},
    yaml::Key{.name = "status",
              .type = yaml::Type::word,
              .summary = "how it is now",
              .words = kEnumNames<Status>,
              .none_unknown = true},
    yaml::Key{.name = "since", .type = yaml::Type::partial_date, .summary = "when it began"},
    yaml::Key{.name = "resolved", .type = yaml::Type::partial_date, .summary = "when it was over"},
    yaml::Key{.name = "note", .summary = "anything else; never read by a rule"},
};
inline constexpr yaml::Shape kConditionShape{.name = "condition", .keys = kConditionKeys};

inline constexpr std::array kUseKeys{
    yaml::Key{.name = "name", .summary = "brand or ingredient as the client says it", .required = true},
    yaml::Key{.name = "form", .summary = "tablet, cream, gel, serum, injection ..."},
    yaml::Key{.name = "strength", .summary = "as printed on the pack, such as 200 mg or 0.05 %"},
    yaml::Key{.name = "prescribed",
              .type = yaml::Type::yes_no,
              .summary = "whether a doctor prescribed or advised it: yes, no or unknown",
              .none_unknown = true},
    yaml::Key{.name = "ongoing",
              .type = yaml::Type::yes_no,
              .summary = "still used now: yes, no or unknown",
              .none_unknown = true},
    yaml::Key{.name = "last_used",
              .type = yaml::Type::moment,
              .summary = "the last time, if it is no longer used; a day, a day and time, or a month"},
    yaml::Key{.name = "started", .type = yaml::Type::partial_date, .summary = "when it was begun"},
    yaml::Key{.name = "area", .type = yaml::Type::one_or_list, .summary = "where on the skin"},
    yaml::Key{.name = "reason", .summary = "what it is taken for"},
    yaml::Key{.name = "note", .summary = "anything else; never read by a rule"},
};
inline constexpr yaml::Shape kUseShape{.name = "medicine or product", .keys = kUseKeys};

inline constexpr std::array kAllergyKeys{
    yaml::Key{.name = "name", .summary = "what the client reacts to", .required = true},
    yaml::Key{.name = "reaction", .summary = "what happens"},
    yaml::Key{.name = "note", .summary = "anything else; never read by a rule"},
};
inline constexpr yaml::Shape kAllergyShape{.name = "allergy", .keys = kAllergyKeys};

inline constexpr std::array kEventKeys{
    yaml::Key{.name = "name", .summary = "what was done, happened or is planned", .required = true},
    yaml::Key{.name = "date", .type = yaml::Type::moment, .summary = "when; a day, a day and time, a month or a year"},
    yaml::Key{.name = "area", .type = yaml::Type::one_or_list, .summary = "where; whole body for everywhere"},
    yaml::Key{.name = "note", .summary = "anything else; never read by a rule"},
};
inline constexpr yaml::Shape kEventShape{.name = "event", .keys = kEventKeys};

inline constexpr std::array kSessionDoneKeys{
    yaml::Key{.name = "date", .type = yaml::Type::moment, .summary = "when", .required = true},
    yaml::Key{.name = "area", .type = yaml::Type::one_or_list, .summary = "what was treated"},
    yaml::Key{.name = "depth", .summary = "needle depth, such as 1.0 mm"},
    yaml::Key{.name = "note", .summary = "anything else; never read by a rule"},
};
inline constexpr yaml::Shape kSessionDoneShape{.name = "earlier session", .keys = kSessionDoneKeys};

inline constexpr yaml::Key kAnswersKey{
    .name = "ID",
    .type = yaml::Type::yes_no,
    .summary = "the answer to the protocol's question of that id: yes, no or unknown",
    .none_unknown = true};
inline constexpr yaml::Shape kAnswersShape{.name = "answers", .keys = {}, .others = &kAnswersKey};

inline constexpr std::array kCycleKeys{
    yaml::Key{.name = "last_period",
              .type = yaml::Type::partial_date,
              .summary = "first day of the last period",
              .none_unknown = true},
    yaml::Key{.name = "length",
              .type = yaml::Type::span,
              .summary = "days from one period to the next, such as 28d, where it is regular",
              .none_unknown = true},
};
inline constexpr yaml::Shape kCycleShape{.name = "cycle", .keys = kCycleKeys};

inline constexpr std::array kSignOffKeys{
    yaml::Key{.name = "rule", .summary = "the id of the rule it is about", .required = true},
    yaml::Key{.name = "by", .summary = "who signs", .required = true},
    yaml::Key{.name = "role", .summary = "in what role", .required = true},
    yaml::Key{.name = "on", .type = yaml::Type::date, .summary = "the day it was signed", .required = true},
    yaml::Key{.name = "expires", .type = yaml::Type::date, .summary = "the last day it counts", .required = true},
    yaml::Key{.name = "note", .summary = "the reason", .required = true},
};
inline constexpr yaml::Shape kSignOffShape{.name = "sign-off", .keys = kSignOffKeys};

inline constexpr std::array kSessionKeys{
    yaml::Key{.name = "protocol", .summary = "what is booked, such as microneedling"},
    yaml::Key{.name = "date", .type = yaml::Type::date, .summary = "the day of the session", .none_unknown = true},
    yaml::Key{.name = "time", .type = yaml::Type::time, .summary = "when it starts, 14:30"},
    yaml::Key{.name = "areas", .type = yaml::Type::one_or_list, .summary = "what is treated"},
    yaml::Key{.name = "indication", .type = yaml::Type::one_or_list, .summary = "what it is treated for"},
    yaml::Key{.name = "depth", .summary = "deepest needle depth planned, such as 1.0 mm"},
    yaml::Key{.name = "device", .summary = "which device"},
    yaml::Key{.name = "numbing", .summary = "the numbing product, or none"},
    yaml::Key{.name = "numbing_time", .type = yaml::Type::span, .summary = "how long it stays on, such as 30min"},
    yaml::Key{.name = "add_ons", .type = yaml::Type::one_or_list, .summary = "anything added, or none"},
    yaml::Key{.name = "practitioner", .summary = "who does it"},
};
inline constexpr yaml::Shape kSessionShape{.name = "session", .keys = kSessionKeys};

inline constexpr yaml::Key kAskedKey{
    .name = "SECTION", .type = yaml::Type::date, .summary = "the day that section was asked"};
inline constexpr yaml::Shape kAskedShape{.name = "asked", .keys = {}, .others = &kAskedKey};

inline constexpr std::array kProfileKeys{
    yaml::Key{
        .name = "client", .type = yaml::Type::map, .summary = "who it is", .shape = &kClientShape, .required = true},
    yaml::Key{.name = "asked",
              .type = yaml::Type::text_or_map,
              .summary = "the day the answers were taken; or a day for each section",
              .shape = &kAskedShape},
    yaml::Key{.name = "life_stage",
              .type = yaml::Type::text_or_map,
              .summary = "pregnancy and breastfeeding, or none",
              .shape = &kLifeStageShape,
              .none_unknown = true},
    yaml::Key{.name = "conditions",
              .type = yaml::Type::list,
              .summary = "skin and health conditions, past ones too",
              .shape = &kConditionShape,
              .none_unknown = true,
              .items = yaml::Type::text_or_map},
    yaml::Key{.name = "medicines",
              .type = yaml::Type::list,
              .summary = "medicines, prescribed or bought",
              .shape = &kUseShape,
              .none_unknown = true,
              .items = yaml::Type::text_or_map},
    yaml::Key{.name = "products",
              .type = yaml::Type::list,
              .summary = "skin products",
              .shape = &kUseShape,
              .none_unknown = true,
              .items = yaml::Type::text_or_map},
    yaml::Key{.name = "supplements",
              .type = yaml::Type::list,
              .summary = "vitamins, herbs and supplements",
              .shape = &kUseShape,
              .none_unknown = true,
              .items = yaml::Type::text_or_map},
    yaml::Key{.name = "allergies",
              .type = yaml::Type::list,
              .summary = "allergies",
              .shape = &kAllergyShape,
              .none_unknown = true,
              .items = yaml::Type::text_or_map},
    yaml::Key{.name = "procedures",
              .type = yaml::Type::list,
              .summary = "earlier treatments by anybody",
              .shape = &kEventShape,
              .none_unknown = true,
              .items = yaml::Type::text_or_map},
    yaml::Key{.name = "sessions",
              .type = yaml::Type::list,
              .summary = "earlier microneedling sessions",
              .shape = &kSessionDoneShape,
              .none_unknown = true,
              .items = yaml::Type::map},
    yaml::Key{.name = "exposures",
              .type = yaml::Type::list,
              .summary = "sun, tanning, hair removal, vaccinations, alcohol and the like",
              .shape = &kEventShape,
              .none_unknown = true,
              .items = yaml::Type::text_or_map},
    yaml::Key{.name = "plans",
              .type = yaml::Type::list,
              .summary = "what is coming up: travel, events, treatments",
              .shape = &kEventShape,
              .none_unknown = true,
              .items = yaml::Type::text_or_map},
    yaml::Key{.name = "preferences",
              .type = yaml::Type::one_or_list,
              .summary = "wishes, in words a protocol knows",
              .none_unknown = true},
    yaml::Key{.name = "answers",
              .type = yaml::Type::map,
              .summary = "answers to the protocol's own yes/no questions",
              .shape = &kAnswersShape},
    yaml::Key{.name = "cycle",
              .type = yaml::Type::text_or_map,
              .summary = "the menstrual cycle, or none",
              .shape = &kCycleShape,
              .none_unknown = true},
    yaml::Key{.name = "signoffs",
              .type = yaml::Type::list,
              .summary = "signatures of clinicians and prescribers",
              .shape = &kSignOffShape,
              .none_unknown = true,
              .items = yaml::Type::map},
    yaml::Key{
        .name = "session", .type = yaml::Type::map, .summary = "the session asked about", .shape = &kSessionShape},
};
inline constexpr yaml::Shape kProfileShape{.name = "profile", .keys = kProfileKeys};

}  // namespace needleplan
