/// The keys of catalog entries.
#pragma once

#include "needleplan/catalog/catalog.h"
#include "needleplan/yaml/shape.h"

namespace needleplan {

inline constexpr yaml::Key kNameList{
    .name = "LANGUAGE", .type = yaml::Type::one_or_list, .summary = "names in that language, or brands of that region"};
inline constexpr yaml::Shape kNamesShape{.name = "names by language", .keys = {}, .others = &kNameList};

inline constexpr std::array kLoosenKeys{
    yaml::Key{.name = "reason", .summary = "why it may be weaker here", .required = true},
    yaml::Key{.name = "by", .summary = "who answers for it", .required = true},
};
inline constexpr yaml::Shape kLoosenShape{.name = "loosen", .keys = kLoosenKeys, .stands_alone = true};
inline constexpr yaml::Key kLoosenKey{.name = "loosen",
                                      .type = yaml::Type::map,
                                      .summary = "in a layer: why it is made weaker, and who answers for it",
                                      .shape = &kLoosenShape};

inline constexpr std::array kSubjectKeys{
    yaml::Key{.name = "id", .type = yaml::Type::id, .summary = "the word that rules use", .required = true},
    yaml::Key{.name = "kind",
              .type = yaml::Type::word,
              .summary = "what family it belongs to",
              .words = kEnumNames<SubjectKind>,
              .required = true},
    yaml::Key{.name = "label", .summary = "plain words for inside a sentence"},
    yaml::Key{.name = "is", .type = yaml::Type::one_or_list, .summary = "the wider subjects it belongs to"},
    yaml::Key{.name = "places", .type = yaml::Type::one_or_list, .summary = "of an area: the small places it covers"},
    yaml::Key{.name = "areas", .type = yaml::Type::one_or_list, .summary = "of an area: other areas that lie in it"},
    yaml::Key{.name = "implies",
              .type = yaml::Type::one_or_list,
              .summary = "of a medicine: the illnesses it is taken for, of which one must be listed beside it"},
    yaml::Key{.name = "route",
              .type = yaml::Type::one_or_list,
              .summary = "by which it is given, itself and what is below it; named in another form it is asked about",
              .words = kEnumNames<Route>},
    yaml::Key{.name = "prescription",
              .type = yaml::Type::word,
              .summary = "whether it is sold on prescription",
              .words = kEnumNames<Prescription>},
    yaml::Key{.name = "names", .type = yaml::Type::map, .summary = "general names by language", .shape = &kNamesShape},
    yaml::Key{.name = "brands",
              .type = yaml::Type::map,
              .summary = "brand names by region (any: everywhere)",
              .shape = &kNamesShape},
    yaml::Key{.name = "misspelt", .type = yaml::Type::one_or_list, .summary = "known misspellings"},
    yaml::Key{.name = "note", .summary = "for whoever maintains the catalog"},
    kLoosenKey,
};
inline constexpr yaml::Shape kSubjectShape{.name = "subject", .keys = kSubjectKeys};

inline constexpr yaml::Key kSettledSubject{.name = "WORD", .summary = "the subject it then means"};
inline constexpr yaml::Shape kSettleShape{.name = "settled by", .keys = {}, .others = &kSettledSubject};

inline constexpr std::array kAmbiguousKeys{
    yaml::Key{
        .name = "name", .type = yaml::Type::one_or_list, .summary = "the names that are not clear", .required = true},
    yaml::Key{
        .name = "could_be", .type = yaml::Type::one_or_list, .summary = "the subjects it can mean", .required = true},
    yaml::Key{.name = "ask", .summary = "the question that settles it", .required = true},
    yaml::Key{.name = "by_form", .type = yaml::Type::map, .summary = "form to subject", .shape = &kSettleShape},
    yaml::Key{.name = "by_strength", .type = yaml::Type::map, .summary = "strength to subject", .shape = &kSettleShape},
    yaml::Key{.name = "note", .summary = "for whoever maintains the catalog"},
    kLoosenKey,
};
inline constexpr yaml::Shape kAmbiguousShape{.name = "ambiguous name", .keys = kAmbiguousKeys, .stands_alone = true};

inline constexpr yaml::Key kTouchingPlaces{
    .name = "PLACE", .type = yaml::Type::one_or_list, .summary = "places whose skin touches its own"};
inline constexpr yaml::Shape kPlacesShape{.name = "places", .keys = {}, .others = &kTouchingPlaces};

inline constexpr yaml::Key kFormWords{
    .name = "FORM", .type = yaml::Type::one_or_list, .summary = "words for that form"};
inline constexpr yaml::Shape kFormsShape{.name = "forms", .keys = {}, .others = &kFormWords};

inline constexpr std::array kLinkKeys{
    yaml::Key{.name = "all", .type = yaml::Type::one_or_list, .summary = "words between things that all count"},
    yaml::Key{.name = "one", .type = yaml::Type::one_or_list, .summary = "words between things of which one is meant"},
    yaml::Key{.name = "purpose",
              .type = yaml::Type::one_or_list,
              .summary = "words before what a thing is for, or where it is used"},
    yaml::Key{.name = "reason",
              .type = yaml::Type::one_or_list,
              .summary = "what things are for, beside the conditions, indications and areas of the catalog"},
    yaml::Key{
        .name = "list", .type = yaml::Type::one_or_list, .summary = "words that a list of ingredients begins with"},
};
inline constexpr yaml::Shape kLinksShape{.name = "links", .keys = kLinkKeys, .stands_alone = true};

inline constexpr yaml::Key kRouteForms{
    .name = "ROUTE", .type = yaml::Type::one_or_list, .summary = "forms that are for that route alone"};
inline constexpr yaml::Shape kRoutesShape{.name = "routes", .keys = {}, .others = &kRouteForms};

}  // namespace needleplan
