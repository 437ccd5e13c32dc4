/// SHA-256 of texts, so that a result names exactly what it was made from.
#pragma once

#include <string>
#include <string_view>

namespace needleplan {

struct Pack;

/// 64 hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view text);

/// Of a pack's files: their names' last parts and their bytes, in order.
[[nodiscard]] std::string digest_of(const Pack& pack);

/// Of all that a review is about: the pack, its catalog and its layers, without the review itself.
[[nodiscard]] std::string review_digest(const Pack& pack);

}  // namespace needleplan
