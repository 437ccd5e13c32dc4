#include "needleplan/io/data.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using needleplan::DataFile;
using needleplan::embedded_data;
namespace fs = std::filesystem;

const fs::path kRoot = NEEDLEPLAN_SOURCE_DIR;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("every embedded file is the file in the sources, byte for byte") {
  REQUIRE_FALSE(embedded_data().empty());
  for (const DataFile& file : embedded_data()) {
    CAPTURE(file.path);
    CHECK(file.bytes == bytes_of(kRoot / file.path));
  }
}

TEST_CASE("every file of the sources is embedded, and sorted by path") {
  std::set<std::string> expected;
  for (const char* folder : {"protocols", "templates"}) {
    if (!fs::exists(kRoot / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string name = entry.path().filename().string();
      if (entry.is_regular_file() && name.front() != '.' && name.back() != '~')
        expected.insert(fs::relative(entry.path(), kRoot).string());
    }
  }
  std::vector<std::string> embedded;
  for (const DataFile& file : embedded_data())
    embedded.emplace_back(file.path);
  CHECK(embedded == std::vector<std::string>(expected.begin(), expected.end()));
}

TEST_CASE("a file is found by its whole path and nothing else") {
  const DataFile& last = embedded_data().back();
  CHECK(needleplan::find_embedded(last.path) == &last);
  CHECK(needleplan::find_embedded("") == nullptr);
  CHECK(needleplan::find_embedded(last.path.substr(1)) == nullptr);
  CHECK(needleplan::find_embedded(std::string(last.path) + "x") == nullptr);
}

}  // namespace
