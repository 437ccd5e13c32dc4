/// Every key of a case file; the reader and the manual follow it.
#pragma once

#include "needleplan/plan/document.h"
#include "needleplan/profile/shape.h"
#include "needleplan/protocol/verdict.h"

namespace needleplan {

inline constexpr std::array kExpectedFindingKeys{
    yaml::Key{.name = "rule", .summary = "id of the rule or setting", .required = true},
    yaml::Key{.name = "verdict", .type = yaml::Type::word, .summary = "its verdict", .words = kEnumNames<Verdict>},
};
inline constexpr yaml::Shape kExpectedFindingShape{.name = "finding", .keys = kExpectedFindingKeys};

inline constexpr std::array kExpectedLineKeys{
    yaml::Key{.name = "id", .summary = "id of a statement or setting"},
    yaml::Key{.name = "on", .summary = "a section it stands in: its date, or day0, day-1, later and so on"},
    yaml::Key{.name = "first", .summary = "the first section it stands in"},
    yaml::Key{.name = "last", .summary = "the last section it stands in"},
    yaml::Key{.name = "mark", .type = yaml::Type::word, .summary = "what it asks", .words = kEnumNames<Mark>},
    yaml::Key{.name = "contains", .summary = "words of it"},
    yaml::Key{.name = "from", .summary = "when it begins, as in JSON"},
    yaml::Key{.name = "to", .summary = "when it ends, as in JSON"},
    yaml::Key{.name = "absent", .type = yaml::Type::one_or_list, .summary = "instead of a line: ids not there"},
};
inline constexpr yaml::Shape kExpectedLineShape{.name = "plan line", .keys = kExpectedLineKeys};

constexpr yaml::Key plan_key(std::string_view verb) {
  return {.name = verb,
          .type = yaml::Type::list,
          .summary = "lines of that plan",
          .shape = &kExpectedLineShape,
          .items = yaml::Type::map};
}

inline constexpr std::array kExpectationKeys{
    yaml::Key{
        .name = "verdict", .type = yaml::Type::word, .summary = "of the whole result", .words = kEnumNames<Verdict>},
    yaml::Key{.name = "findings",
              .type = yaml::Type::list,
              .summary = "what must be found; or none",
              .shape = &kExpectedFindingShape,
              .holds = yaml::Holds::or_none,
              .items = yaml::Type::map},
    yaml::Key{.name = "not", .type = yaml::Type::one_or_list, .summary = "rules that are looked at and not found"},
    yaml::Key{.name = "questions", .type = yaml::Type::one_or_list, .summary = "paths that are asked for; or none"},
    yaml::Key{.name = "no_concern",
              .type = yaml::Type::one_or_list,
              .summary = "statements that list a name as without concern"},
    yaml::Key{.name = "earliest", .type = yaml::Type::date, .summary = "the first bookable day; or none"},
    yaml::Key{.name = "clear_from", .type = yaml::Type::date, .summary = "the first clear day; or none"},
    plan_key("prep"),
    plan_key("procedure"),
    plan_key("aftercare"),
};
inline constexpr yaml::Shape kExpectationShape{.name = "expectation", .keys = kExpectationKeys};

inline constexpr std::array kCaseKeys{
    yaml::Key{.name = "name", .summary = "what it shows", .required = true},
    yaml::Key{.name = "profile", .type = yaml::Type::text_or_map, .summary = "keys of a profile; or the path of one"},
    yaml::Key{.name = "as_of", .type = yaml::Type::date, .summary = "the day that counts as today", .required = true},
    yaml::Key{.name = "session",
              .type = yaml::Type::map,
              .summary = "keys that replace those of the profile's session",
              .shape = &kSessionShape},
    yaml::Key{.name = "days", .type = yaml::Type::integer, .summary = "how many days the aftercare covers"},
    yaml::Key{.name = "expect",
              .type = yaml::Type::map,
              .summary = "what must come of it",
              .shape = &kExpectationShape,
              .required = true},
};
inline constexpr yaml::Shape kCaseShape{.name = "case", .keys = kCaseKeys};

inline constexpr std::array kCaseFileKeys{
    yaml::Key{.name = "base", .type = yaml::Type::any, .summary = "a profile that every case's keys are laid over"},
    yaml::Key{.name = "cases",
              .type = yaml::Type::list,
              .summary = "the cases",
              .shape = &kCaseShape,
              .required = true,
              .items = yaml::Type::map},
};
inline constexpr yaml::Shape kCaseFileShape{.name = "case file", .keys = kCaseFileKeys};

}  // namespace needleplan
