#include "needleplan/protocol/load.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/io/data.h"
#include "needleplan/io/files.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

constexpr std::string_view kRoot = "protocols/";
constexpr std::string_view kCatalog = "catalog";
/// A pack's file may be larger than a client's profile, but not without bound.
constexpr std::size_t kFileCap = std::size_t{4} << 20U;

void add_embedded(std::string_view folder, std::vector<PackFile>& files) {
  const std::string prefix = fmt::format("{}{}/", kRoot, folder);
  for (const DataFile& file : embedded_data())
    if (file.path.starts_with(prefix) && file.path.ends_with(".yaml"))
      files.push_back({std::string(file.path), std::string(file.bytes)});
}

}  // namespace

std::vector<std::string_view> protocol_names() {
  std::vector<std::string_view> names;
  for (const DataFile& file : embedded_data()) {
    if (!file.path.starts_with(kRoot) || !file.path.ends_with("/pack.yaml")) continue;
    std::string_view name = file.path.substr(kRoot.size());
    names.push_back(name.substr(0, name.find('/')));
  }
  return names;
}

std::vector<PackFile> protocol_files(const std::string& name_or_path, std::string& problem) {
  std::vector<PackFile> files;
  if (name_or_path.find('/') == std::string::npos) {
    const auto names = protocol_names();
    if (std::find(names.begin(), names.end(), name_or_path) == names.end()) {
      problem = fmt::format("there is no protocol \"{}\"{}; known: {} (a path has a slash, as ./{})", name_or_path,
                            did_you_mean(name_or_path, names), one_of(names), name_or_path);
      return {};
    }
    add_embedded(kCatalog, files);
    add_embedded(name_or_path, files);
    return files;
  }
  FileError error;
  const auto paths = list_files(name_or_path, ".yaml", Depth::this_folder, error);
  if (!paths) {
    problem = error.message;
    return {};
  }
  add_embedded(kCatalog, files);
  for (const std::string& path : *paths) {
    auto text = read_file(path, kFileCap, error);
    if (!text) {
      problem = error.message;
      return {};
    }
    files.push_back({path, std::move(*text)});
  }
  if (paths->empty()) problem = fmt::format("{}: no file here ends in .yaml", name_or_path);
  return paths->empty() ? std::vector<PackFile>{} : std::move(files);
}

std::unique_ptr<Pack> load_protocol(const std::string& name_or_path, Diagnostics& diagnostics, std::string& problem) {
  std::vector<PackFile> files = protocol_files(name_or_path, problem);
  if (files.empty()) return nullptr;
  return read_pack(std::move(files), diagnostics);
}

}  // namespace needleplan
