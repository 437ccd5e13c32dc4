#include "needleplan/io/data.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

/// A row as lib/embed.cmake writes it: offsets into the bytes, and lengths.
struct Row {
  std::uint64_t path;
  std::uint64_t path_size;
  std::uint64_t bytes;
  std::uint64_t bytes_size;
};

}  // namespace

// Named by the assembler, so neither mangled nor in a namespace.
extern "C" {
extern const char needleplan_embedded_bytes[];  // NOLINT(modernize-avoid-c-arrays): an assembler label
extern const Row needleplan_embedded_table[];   // NOLINT(modernize-avoid-c-arrays): likewise
extern const std::uint64_t needleplan_embedded_count;
extern const char needleplan_embedded_image[];  // NOLINT(modernize-avoid-c-arrays): likewise
extern const std::uint64_t needleplan_embedded_image_size;
}

namespace needleplan {

std::span<const DataFile> embedded_data() {
  static const std::vector<DataFile> files = [] {
    std::vector<DataFile> all;
    all.reserve(needleplan_embedded_count);
    for (const Row& row : std::span(needleplan_embedded_table, needleplan_embedded_count)) {
      all.push_back({{needleplan_embedded_bytes + row.path, row.path_size},
                     {needleplan_embedded_bytes + row.bytes, row.bytes_size}});
    }
    return all;
  }();
  return files;
}

std::string_view embedded_image() {
  return {needleplan_embedded_image, needleplan_embedded_image_size};
}

const DataFile* find_embedded(std::string_view path) {
  const auto files = embedded_data();
  const auto found = std::ranges::lower_bound(files, path, {}, &DataFile::path);
  return found != files.end() && found->path == path ? &*found : nullptr;
}

}  // namespace needleplan
