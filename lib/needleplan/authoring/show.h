/// `protocol show`: what is in force once every layer is laid over the protocol, and who says it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "needleplan/protocol/pack.h"
#include "needleplan/render/json.h"

namespace needleplan {

enum class ShowOrigin { hide, show };

/// YAML that can be pasted into a layer. Without ids the head of the protocol as comments, then every statement, event
/// and background text; with ids what they name, each of which must be in ids_in_force(). What a layer changed, took
/// away or made milder stands beside it as a comment; with ShowOrigin::show every value says its layer and line.
[[nodiscard]] std::string show_text(const Pack& pack, std::span<const std::string> ids, ShowOrigin origin);

/// The same as one JSON object, always with the origin of every key.
[[nodiscard]] std::string show_json(const Pack& pack, std::span<const std::string> ids);

}  // namespace needleplan
