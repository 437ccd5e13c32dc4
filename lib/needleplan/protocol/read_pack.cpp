#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "needleplan/io/data.h"
#include "needleplan/protocol/compiled.h"
#include "needleplan/protocol/layer_shape.h"
#include "needleplan/protocol/read_contents.h"
#include "needleplan/yaml/reader.h"

namespace needleplan {

namespace {

using yaml::Node;

void add_to_catalog(std::span<const Node> roots, Pack& pack, Diagnostics& diagnostics) {
  for (const Node root : roots)
    pack.catalog.add(root, diagnostics);
  pack.catalog.finish(diagnostics);
}

/// Reads each file into a document that the pack keeps; false when one cannot be read at all: whatever stands in it
/// would then be missed in the others.
bool read_files(std::vector<PackFile> files, const yaml::Shape& shape, yaml::Extent extent, Pack& pack,
                std::vector<Node>& roots, Diagnostics& diagnostics) {
  bool all_read = true;
  for (PackFile& file : files) {
    const Source& source =
        *pack.sources.emplace_back(std::make_unique<Source>(std::move(file.name), std::move(file.text)));
    yaml::Document& document = *pack.documents.emplace_back(std::make_unique<yaml::Document>());
    if (!yaml::read(source, document, diagnostics)) {
      all_read = false;
      continue;
    }
    yaml::check_shape(document.root(), shape, diagnostics, extent);
    if (document.root().is_map()) roots.push_back(document.root());
  }
  return all_read;
}

bool add_files(std::vector<PackFile> files, Pack& pack, std::vector<Node>& roots, Diagnostics& diagnostics) {
  const std::size_t before = roots.size();
  const bool all_read = read_files(std::move(files), kPackShape, yaml::Extent::whole, pack, roots, diagnostics);
  if (all_read) add_to_catalog(std::span(roots).subspan(before), pack, diagnostics);
  return all_read;
}

/// What add_files() would read from the same files; only their catalog entries are not added.
void add_compiled(const CompiledProtocols& compiled, const FolderRow& folder, Pack& pack, std::vector<Node>& roots) {
  for (const FileRow& row : run_of(compiled.files, folder.files)) {
    const std::string_view name = compiled.text(row.key);
    const DataFile* file = find_embedded(name);
    const Source& source = *pack.sources.emplace_back(
        std::make_unique<Source>(std::string(name), Source::Constant{file == nullptr ? "" : file->bytes}));
    yaml::Document& document = *pack.documents.emplace_back(std::make_unique<yaml::Document>());
    const auto kept = run_of(compiled.kept, row.kept);
    document.use(source, run_of(compiled.cells, row.cells), {kept.data(), kept.size()});
    roots.push_back(document.root());
  }
}

/// Reads the files of the layers; false when one cannot be read at all.
bool add_layers(std::vector<PackFile> files, Pack& pack, Roots& roots, Diagnostics& diagnostics) {
  if (!read_files(std::move(files), kLayerShape, yaml::Extent::part, pack, roots.layers, diagnostics)) return false;
  for (const Node root : roots.layers) {
    pack.catalog.add(root, diagnostics, Catalog::Known::extend);
    pack.catalog.finish(diagnostics);
  }
  return true;
}

void finish(const Roots& roots, std::size_t errors_before, Pack& pack, Diagnostics& diagnostics) {
  read_contents(roots, pack, diagnostics);
  if (diagnostics.errors() == errors_before) index_rules(pack);
}

}  // namespace

std::unique_ptr<Pack> read_pack(std::vector<PackFile> files, Diagnostics& diagnostics, Overlay overlay) {
  const std::size_t before = diagnostics.errors();
  auto pack = std::make_unique<Pack>();
  pack->language = std::move(overlay.language);
  Roots roots;
  const auto own = std::find_if(files.begin(), files.end(), [](const PackFile& file) { return !file.shared; });
  std::vector<PackFile> shared(std::make_move_iterator(files.begin()), std::make_move_iterator(own));
  files.erase(files.begin(), own);
  bool all_read = add_files(std::move(shared), *pack, roots.pack, diagnostics);
  all_read = add_files(std::move(files), *pack, roots.pack, diagnostics) && all_read;
  all_read = add_layers(std::move(overlay.files), *pack, roots, diagnostics) && all_read;
  if (all_read) finish(roots, before, *pack, diagnostics);
  return pack;
}

std::unique_ptr<Pack> read_pack(const CompiledProtocols& compiled, const FolderRow* protocol,
                                std::vector<PackFile> files, Diagnostics& diagnostics, Overlay overlay) {
  const std::size_t before = diagnostics.errors();
  auto pack = std::make_unique<Pack>();
  pack->language = std::move(overlay.language);
  Roots roots;
  add_compiled(compiled, *compiled.folder(kCatalogFolder), *pack, roots.pack);
  std::vector<const Source*> sources;
  for (const auto& source : pack->sources)
    sources.push_back(source.get());
  pack->catalog.begin_with(compiled.catalog, sources);
  const std::size_t of_catalog = roots.pack.size();
  bool all_read = true;
  if (protocol != nullptr) {
    add_compiled(compiled, *protocol, *pack, roots.pack);
    add_to_catalog(std::span(roots.pack).subspan(of_catalog), *pack, diagnostics);
    pack->digest = compiled.text(protocol->digest);
  } else {
    all_read = add_files(std::move(files), *pack, roots.pack, diagnostics);
  }
  all_read = add_layers(std::move(overlay.files), *pack, roots, diagnostics) && all_read;
  if (all_read) finish(roots, before, *pack, diagnostics);
  return pack;
}

}  // namespace needleplan
