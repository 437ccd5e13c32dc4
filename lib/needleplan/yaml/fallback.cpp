#include "needleplan/yaml/fallback.h"

#include <yaml-cpp/yaml.h>

namespace needleplan::yaml {

std::optional<std::string> fold_plain(std::string_view lines) {
  // One space before each line: below the root, and never at column 0, where `---` would be a marker.
  std::string snippet;
  snippet.reserve(lines.size() + 8);
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) snippet.append(" ").append(line);
    snippet.push_back('\n');
  }
  try {
    const YAML::Node node = YAML::Load(snippet);
    if (node.IsScalar()) return node.Scalar();
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace needleplan::yaml
