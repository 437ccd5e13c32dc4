/// The examples of a manual page.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace needleplan::testing {

/// A file of the clone, by its path from the root.
inline std::string text_of(std::string_view path) {
  std::ifstream in(std::string(NEEDLEPLAN_SOURCE_DIR "/").append(path), std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// One literal block: the `.Sh` and `.Ss` it stands under, and its lines.
struct Example {
  std::string section;
  std::string heading;
  std::string text;
};

inline std::vector<Example> examples_of(const std::string& page) {
  std::vector<Example> out;
  std::istringstream lines(page);
  bool inside = false;
  Example at;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(".Sh ")) {
      at = {line.substr(4), {}, {}};
    } else if (line.starts_with(".Ss ")) {
      at.heading = line.substr(4);
    } else if (line.starts_with(".Bd -literal")) {
      inside = true;
      at.text.clear();
    } else if (line == ".Ed") {
      inside = false;
      out.push_back(at);
    } else if (inside) {
      at.text += line + "\n";
    }
  }
  return out;
}

}  // namespace needleplan::testing
