#include "needleplan/batch/folder.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/batch/hash.h"
#include "needleplan/text/characters.h"

namespace needleplan::batch {

namespace {

constexpr std::size_t kLongest = 100;
constexpr std::array<std::string_view, 5> kEndings{"txt", "md", "json", "ndjson", "csv"};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// A name that some system takes for a device, whatever follows its first point.
bool is_reserved(std::string_view name) {
  const std::string stem = lower(std::string(name.substr(0, name.find('.'))));
  constexpr std::array<std::string_view, 4> kDevices{"con", "prn", "aux", "nul"};
  if (std::find(kDevices.begin(), kDevices.end(), stem) != kDevices.end()) return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && is_digit(stem[3]);
}

}  // namespace

std::string safe_name(std::string_view id) {
  std::string name(id.substr(0, kLongest));
  bool changed = name.size() < id.size();
  for (char& c : name) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (letter || is_digit(c) || c == '.' || c == '_' || c == '-') continue;
    c = '_';
    changed = true;
  }
  if (name.starts_with('.')) {
    name.front() = '_';
    changed = true;
  }
  if (!changed && !name.empty() && !is_reserved(name)) return name;
  return fmt::format("{}-{:08x}", name, static_cast<std::uint32_t>(hash_of(id).low));
}

OutFolder::OutFolder(std::string folder, Verb verb, bool split)
    : folder_(std::move(folder)), verb_(verb), split_(split) {
  while (folder_.size() > 1 && folder_.ends_with('/'))
    folder_.pop_back();
}

bool OutFolder::open(FileError& error) {
  return make_folder(folder_, error) && names_.open(folder_, error);
}

bool OutFolder::claim(std::string_view id, std::string& name, bool& taken, FileError& error) {
  const std::string safe = safe_name(id);
  const Hash hash = hash_of(lower(safe));
  const auto fresh = names_.insert(hash.low, hash.high, error);
  taken = fresh && !*fresh;
  name = safe;
  if (!fresh || taken) return false;
  if (!split_) return true;
  const auto digits = static_cast<std::uint8_t>(hash_of(id).low);
  const std::string within = fmt::format("{:02x}", digits);
  if (!made_[digits] && !make_folder(folder_ + "/" + within, error)) return false;
  made_[digits] = true;
  name.insert(0, within + "/");
  return true;
}

bool OutFolder::write(const std::string& name, Format format, std::string_view bytes, FileError& error) {
  const std::string path = fmt::format("{}/{}.{}.{}", folder_, name, kVerbNames[static_cast<std::size_t>(verb_)],
                                       kEndings[static_cast<std::size_t>(format)]);
  FileError ignored;
  const auto before = read_file(path, bytes.size(), ignored);
  if (before && *before == bytes) return true;
  return write_file(path, bytes, Access::owner_only, Existing::replace, error);
}

}  // namespace needleplan::batch
