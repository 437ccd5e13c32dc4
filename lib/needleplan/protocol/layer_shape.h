/// Every key a layer may hold beside those of a pack.
#pragma once

#include "needleplan/protocol/shape.h"

namespace needleplan {

inline constexpr std::array kLayerHeadKeys{
    yaml::Key{.name = "id", .type = yaml::Type::id, .summary = "name of the layer, a word", .required = true},
    yaml::Key{.name = "kind",
              .type = yaml::Type::word,
              .summary = "whose rules they are, from wide to narrow",
              .words = kEnumNames<LayerKind>,
              .required = true},
    yaml::Key{.name = "title", .summary = "what it is called", .required = true},
    yaml::Key{.name = "version", .summary = "of the content"},
    yaml::Key{.name = "reviewed",
              .type = yaml::Type::text_or_map,
              .summary = "who approved the content as it is with this layer; or none",
              .shape = &kReviewShape},
    yaml::Key{.name = "note", .summary = "for whoever maintains it"},
};
inline constexpr yaml::Shape kLayerHeadShape{.name = "layer", .keys = kLayerHeadKeys, .stands_alone = true};

inline constexpr std::array kClinicKeys{
    yaml::Key{.name = "name", .summary = "what clients know the clinic by"},
    yaml::Key{.name = "phone", .summary = "where they call on the same day"},
    yaml::Key{.name = "emergency", .summary = "whom they call when it cannot wait"},
};
inline constexpr yaml::Shape kClinicShape{.name = "clinic", .keys = kClinicKeys};

inline constexpr std::array kDisableKeys{
    yaml::Key{.name = "id",
              .type = yaml::Type::one_or_list,
              .summary = "statements, settings or background texts to take out",
              .required = true,
              .items = yaml::Type::id},
    kLoosenKey,
};
inline constexpr yaml::Shape kDisableShape{.name = "disable", .keys = kDisableKeys, .stands_alone = true};

inline constexpr std::array kLayerOnlyKeys{
    yaml::Key{.name = "layer",
              .type = yaml::Type::map,
              .summary = "id, kind, title, review",
              .shape = &kLayerHeadShape,
              .required = true},
    yaml::Key{.name = "clinic", .type = yaml::Type::map, .summary = "whom a client calls", .shape = &kClinicShape},
    yaml::Key{.name = "disable",
              .type = yaml::Type::list,
              .summary = "what does not hold here",
              .shape = &kDisableShape,
              .items = yaml::Type::map},
};
inline constexpr auto kLayerKeys = join(kLayerOnlyKeys, kContentKeys);
inline constexpr yaml::Shape kLayerShape{.name = "layer file", .keys = kLayerKeys, .stands_alone = true};

}  // namespace needleplan
