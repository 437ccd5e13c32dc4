#include "needleplan/protocol/load.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "needleplan/io/data.h"
#include "needleplan/io/files.h"
#include "needleplan/protocol/compiled.h"
#include "needleplan/protocol/pack_files.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

/// A pack's file may be larger than a client's profile, but not without bound.
constexpr std::size_t kFileCap = std::size_t{4} << 20U;

void add_embedded(std::string_view folder, std::vector<PackFile>& files) {
  const std::string prefix = fmt::format("{}{}/", kProtocolRoot, folder);
  for (const DataFile& file : embedded_data())
    if (file.path.starts_with(prefix) && file.path.ends_with(".yaml"))
      files.push_back({std::string(file.path), std::string(file.bytes), folder == kCatalogFolder});
}

bool is_name(std::string_view name_or_path) {
  return name_or_path.find('/') == std::string_view::npos;
}

/// Whether the program carries a protocol of that name; says so in `problem` if not.
bool is_known(const std::string& name, std::string& problem) {
  const auto names = protocol_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) return true;
  problem = fmt::format("there is no protocol \"{}\"{}; known: {} (a path has a slash, as ./{})", name,
                        did_you_mean(name, names), one_of(names), name);
  return false;
}

/// The files of a folder that may hold rules.
struct Folder {
  std::vector<PackFile> files;   ///< of the folder itself; none, with a problem set, when there are none to be read
  std::vector<std::string> all;  ///< as paths from the folder, with those in folders within it
};

Folder read_folder(const std::string& path, std::string& problem) {
  Folder out;
  FileError error;
  const auto paths = list_files(path, {}, Depth::all_folders, error);
  if (!paths) {
    problem = error.message;
    return {};
  }
  for (const std::string& file : *paths) {
    if (!may_hold_rules(file)) continue;
    std::string_view name = std::string_view(file).substr(path.size());
    while (name.starts_with('/'))
      name.remove_prefix(1);
    out.all.emplace_back(name);
    if (name.find('/') != std::string_view::npos) continue;
    auto text = read_file(file, kFileCap, error);
    if (!text) {
      problem = error.message;
      return {};
    }
    out.files.push_back({file, std::move(*text)});
  }
  if (out.files.empty()) problem = fmt::format("{}: no file here ends in .yaml", path);
  return out;
}

}  // namespace

std::vector<std::string_view> protocol_names() {
  std::vector<std::string_view> names;
  for (const DataFile& file : embedded_data()) {
    if (!file.path.starts_with(kProtocolRoot) || !file.path.ends_with("/pack.yaml")) continue;
    std::string_view name = file.path.substr(kProtocolRoot.size());
    names.push_back(name.substr(0, name.find('/')));
  }
  return names;
}

std::vector<PackFile> protocol_files(const std::string& name_or_path, std::string& problem) {
  std::vector<PackFile> files;
  add_embedded(kCatalogFolder, files);
  if (is_name(name_or_path)) {
    if (!is_known(name_or_path, problem)) return {};
    add_embedded(name_or_path, files);
    return files;
  }
  std::vector<PackFile> own = read_folder(name_or_path, problem).files;
  if (own.empty()) return {};
  files.insert(files.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  return files;
}

std::unique_ptr<Pack> load_protocol(const std::string& name_or_path, Diagnostics& diagnostics, std::string& problem,
                                    const LayerFiles& layers) {
  Overlay overlay;
  overlay.language = layers.language;
  FileError error;
  for (const std::string& path : layers.paths) {
    auto text = read_file(path, kFileCap, error);
    if (!text) {
      problem = error.message;
      return nullptr;
    }
    overlay.files.push_back({path, std::move(*text)});
  }
  const CompiledProtocols* compiled = compiled_protocols();
  if (is_name(name_or_path)) {
    if (compiled != nullptr)
      return is_known(name_or_path, problem)
                 ? read_pack(*compiled, compiled->folder(name_or_path), {}, diagnostics, std::move(overlay))
                 : nullptr;
    std::vector<PackFile> files = protocol_files(name_or_path, problem);
    return files.empty() ? nullptr : read_pack(std::move(files), diagnostics, std::move(overlay));
  }
  Folder folder = read_folder(name_or_path, problem);
  if (folder.files.empty()) return nullptr;
  std::unique_ptr<Pack> pack;
  if (compiled != nullptr) {
    pack = read_pack(*compiled, nullptr, std::move(folder.files), diagnostics, std::move(overlay));
  } else {
    std::vector<PackFile> files;
    add_embedded(kCatalogFolder, files);
    files.insert(files.end(), std::make_move_iterator(folder.files.begin()),
                 std::make_move_iterator(folder.files.end()));
    pack = read_pack(std::move(files), diagnostics, std::move(overlay));
  }
  check_pack_files(*pack, folder.all, diagnostics);
  return pack;
}

}  // namespace needleplan
