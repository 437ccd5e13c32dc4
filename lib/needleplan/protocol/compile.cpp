#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <type_traits>

#include "needleplan/protocol/compiled.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/pack_files.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/yaml/reader.h"

namespace needleplan {

namespace {

using Tables = ProtocolTables<CatalogTables<ManyRows>, ManyRows>;

std::string_view protocol_folder(std::string_view path) {
  path.remove_prefix(kProtocolRoot.size());
  return path.substr(0, path.find('/'));
}

TextPart put(std::string_view text, std::vector<char>& pool) {
  const auto begin = static_cast<std::uint32_t>(pool.size());
  pool.insert(pool.end(), text.begin(), text.end());
  return {begin, static_cast<std::uint32_t>(text.size())};
}

template <class T>
Run put_all(std::span<const T> rows, std::vector<T>& table) {
  const auto begin = static_cast<std::uint32_t>(table.size());
  table.insert(table.end(), rows.begin(), rows.end());
  return {begin, static_cast<std::uint32_t>(rows.size())};
}

using Sources = std::vector<std::unique_ptr<Source>>;
using Documents = std::vector<std::unique_ptr<yaml::Document>>;

/// A folder whose files are those from `first` on.
void put_folder(std::string_view name, std::string_view digest, const Sources& sources, const Documents& documents,
                std::size_t first, Tables& tables) {
  const auto begin = static_cast<std::uint32_t>(tables.files.size());
  for (std::size_t i = first; i < documents.size(); ++i)
    tables.files.push_back({put(sources[i]->name(), tables.pool), put_all(documents[i]->cells(), tables.cells),
                            put_all(std::span<const char>(documents[i]->kept()), tables.kept)});
  const auto count = static_cast<std::uint32_t>(tables.files.size()) - begin;
  tables.folders.push_back({put(name, tables.pool), {begin, count}, put(digest, tables.pool)});
}

/// The catalog by itself, as it comes with every protocol. `sources` are kept for the messages.
void compile_catalog(const std::vector<PackFile>& files, Tables& tables, Sources& sources, Diagnostics& diagnostics) {
  Documents documents;
  Catalog catalog;
  for (const PackFile& file : files) {
    sources.push_back(std::make_unique<Source>(file.name, file.text));
    yaml::Document& document = *documents.emplace_back(std::make_unique<yaml::Document>());
    if (yaml::read(*sources.back(), document, diagnostics) &&
        yaml::check_shape(document.root(), kPackShape, diagnostics))
      catalog.add(document.root(), diagnostics);
  }
  catalog.finish(diagnostics);
  std::vector<const Source*> views;
  for (const auto& source : sources)
    views.push_back(source.get());
  tables.catalog = tables_of(catalog, views);
  put_folder(kCatalogFolder, {}, sources, documents, 0, tables);
}

std::string image_of(Tables& tables) {
  constexpr std::size_t kAlign = 16;
  std::size_t head = 0;
  each_table(tables, [&](const auto&) { head += sizeof(TablePlace); });
  std::string places;
  std::string body;
  each_table(tables, [&]<class T>(const std::vector<T>& table) {
    // Without padding every byte is written by what is in the rows, and the same files give the same image.
    static_assert(std::has_unique_object_representations_v<T>);
    body.resize((body.size() + kAlign - 1) / kAlign * kAlign);
    const TablePlace place{head + body.size(), static_cast<std::uint32_t>(table.size()), sizeof(T)};
    places.append(reinterpret_cast<const char*>(&place), sizeof(place));
    body.append(reinterpret_cast<const char*>(table.data()), table.size() * sizeof(T));
  });
  return places + body;
}

}  // namespace

Compilation compile_protocols(const std::vector<PackFile>& files) {
  std::vector<PackFile> shared;
  std::vector<std::string_view> names;
  for (const PackFile& file : files) {
    const std::string_view folder = protocol_folder(file.name);
    if (folder == kCatalogFolder) {
      shared.push_back(file);
      shared.back().shared = true;
    } else if (names.empty() || names.back() != folder) {
      names.push_back(folder);
    }
  }
  Tables tables;
  Diagnostics diagnostics;
  Sources sources;
  std::vector<std::unique_ptr<Pack>> packs;
  compile_catalog(shared, tables, sources, diagnostics);
  // A mistake in the catalog would be told once more under every protocol.
  if (diagnostics.empty()) {
    for (const std::string_view name : names) {
      std::vector<PackFile> all = shared;
      std::copy_if(files.begin(), files.end(), std::back_inserter(all),
                   [&](const PackFile& file) { return protocol_folder(file.name) == name; });
      std::vector<std::string> found;
      for (const PackFile& file : files)
        if (protocol_folder(file.name) == name) found.push_back(file.name.substr(file.name.rfind('/') + 1));
      const Pack& pack = *packs.emplace_back(read_pack(std::move(all), diagnostics));
      check_pack_files(pack, found, diagnostics);
      put_folder(name, digest_of(pack), pack.sources, pack.documents, shared.size(), tables);
    }
  }
  if (!diagnostics.empty()) return {{}, to_text(diagnostics)};
  return {image_of(tables), {}};
}

}  // namespace needleplan
