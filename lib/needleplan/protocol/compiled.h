/// The protocols that the program carries, as read and judged at build time: one image of tables that is used where it
/// lies. Made by compile_protocols() from the same files and with the same reader that other protocols go through.
///
/// The image is written and read by one build, so it holds the machine's own numbers; the sizes of its rows are
/// compared all the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/catalog/catalog_tables.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/text/text_table.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// Where protocols stand among the files of the program, and which folder there is the catalog.
inline constexpr std::string_view kProtocolRoot = "protocols/";
inline constexpr std::string_view kCatalogFolder = "catalog";

/// One file: what the YAML reader made of it.
struct FileRow {
  TextPart key;  ///< `protocols/microneedling/avoid.yaml`
  Run cells;
  Run kept;
};

struct FolderRow {
  TextPart key;  ///< the name of the protocol, or `catalog`
  Run files;
  TextPart digest;  ///< of the catalog's files and these; empty for the catalog
};

template <class Catalog, template <class> class Many>
struct ProtocolTables {
  Catalog catalog;
  Many<char> pool;
  Many<FileRow> files;
  Many<FolderRow> folders;
  Many<yaml::Cell> cells;
  Many<char> kept;
};

/// At the head of an image, for each table in the order of each_table().
struct TablePlace {
  std::uint64_t begin = 0;  ///< from the first byte of the image
  std::uint32_t count = 0;
  std::uint32_t row_size = 0;
};

/// Calls `use` with every table, always in the same order.
template <class Tables, class Use>
void each_table(Tables& t, Use use) {
  each_catalog_table(t.catalog, use);
  use(t.pool), use(t.files), use(t.folders), use(t.cells), use(t.kept);
}

struct CompiledProtocols : ProtocolTables<CompiledCatalog, ManyConstant> {
  [[nodiscard]] std::string_view text(TextPart part) const { return part_of(pool, part); }
  [[nodiscard]] const FolderRow* folder(std::string_view name) const;
};

/// The tables within an image; nothing if it is empty or of another layout. The image must outlive them.
[[nodiscard]] std::optional<CompiledProtocols> open_image(std::string_view image);

/// Those within the program; null in a program without, such as the one that makes them.
[[nodiscard]] const CompiledProtocols* compiled_protocols();

struct Compilation {
  std::string image;     ///< empty after any message
  std::string messages;  ///< as they are printed
};
/// Reads every protocol among `files` (`protocols/FOLDER/FILE.yaml`, sorted) with the catalog.
[[nodiscard]] Compilation compile_protocols(const std::vector<PackFile>& files);

}  // namespace needleplan
