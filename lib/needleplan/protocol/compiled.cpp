#include "needleplan/protocol/compiled.h"

#include <cstdint>
#include <cstring>

#include "needleplan/io/data.h"

namespace needleplan {

const FolderRow* CompiledProtocols::folder(std::string_view name) const {
  for (const FolderRow& row : folders)
    if (text(row.key) == name) return &row;
  return nullptr;
}

std::optional<CompiledProtocols> open_image(std::string_view image) {
  CompiledProtocols tables;
  std::size_t at = 0;
  bool good = true;
  each_table(tables, [&]<class T>(std::span<const T>& table) {
    TablePlace place;
    good = good && image.size() >= at + sizeof(place);
    if (!good) return;
    std::memcpy(&place, image.data() + at, sizeof(place));
    at += sizeof(place);
    good = place.row_size == sizeof(T) && place.begin % alignof(T) == 0 && place.begin <= image.size() &&
           place.count <= (image.size() - place.begin) / sizeof(T);
    if (good) table = {reinterpret_cast<const T*>(image.data() + place.begin), place.count};
  });
  return good ? std::optional(tables) : std::nullopt;
}

const CompiledProtocols* compiled_protocols() {
  static const std::optional<CompiledProtocols> tables = open_image(embedded_image());
  return tables ? &*tables : nullptr;
}

}  // namespace needleplan
