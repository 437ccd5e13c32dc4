/// The protocols and templates that the program carries within itself.
#pragma once

#include <span>
#include <string_view>

namespace needleplan {

/// One file of `protocols/` or `templates/`, byte for byte, with a NUL behind it; it lives as long as the program.
struct DataFile {
  std::string_view path;  ///< from the root of the sources, as in "protocols/microneedling/pack.yaml"
  std::string_view bytes;
};

/// Every embedded file, sorted by path (by bytes).
[[nodiscard]] std::span<const DataFile> embedded_data();

/// What the protocols were read to at build time, for protocol/compiled.h; aligned as any of its rows.
[[nodiscard]] std::string_view embedded_image();

/// The bytes of one embedded file, or none when there is no such path.
[[nodiscard]] const DataFile* find_embedded(std::string_view path);

}  // namespace needleplan
