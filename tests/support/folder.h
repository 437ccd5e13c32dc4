/// A folder for one test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "needleplan/io/files.h"

namespace needleplan::testing {

/// An empty folder that is gone at the end of the test.
struct Folder {
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "needleplan-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }

  [[nodiscard]] std::string operator/(const std::string& name) const { return path + "/" + name; }
  /// A file with these bytes, in folders that are made for it; its path.
  [[nodiscard]] std::string put(const std::string& name, std::string_view bytes) const {
    const std::string where = *this / name;
    std::filesystem::create_directories(std::filesystem::path(where).parent_path());
    FileError error;
    REQUIRE(write_file(where, bytes, Access::owner_only, Existing::replace, error));
    return where;
  }

  std::string path;
};

}  // namespace needleplan::testing
