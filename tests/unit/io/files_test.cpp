#include "needleplan/io/files.h"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/folder.h"

namespace {

using namespace needleplan;
using testing::Folder;
namespace fs = std::filesystem;

std::vector<std::string> names_in(const Folder& folder) {
  std::vector<std::string> all;
  for (const auto& entry : fs::directory_iterator(folder.path))
    all.push_back(entry.path().filename().string());
  return all;
}

bool put(const std::string& path, std::string_view bytes, Existing existing = Existing::refuse) {
  FileError error;
  const bool done = write_file(path, bytes, Access::owner_only, existing, error);
  CAPTURE(error.message);
  return done;
}

std::string get(const std::string& path) {
  FileError error;
  return read_file(path, 1U << 20U, error).value_or("(" + error.message + ")");
}

TEST_CASE("a file is read back as it was written, whatever its bytes") {
  const Folder folder;
  using namespace std::string_literals;
  for (const std::string& bytes : {""s, "a"s, "line\r\n\0x\xff\n"s, std::string(200'000, 'x')}) {
    REQUIRE(put(folder / "f", bytes, Existing::replace));
    CHECK(get(folder / "f") == bytes);
  }
  CHECK(names_in(folder) == std::vector<std::string>{"f"});
}

TEST_CASE("the cap counts: as many bytes are read, one more is an error") {
  const Folder folder;
  REQUIRE(put(folder / "f", "12345"));
  FileError error;
  CHECK(read_file(folder / "f", 5, error) == "12345");
  CHECK_FALSE(read_file(folder / "f", 4, error).has_value());
  CHECK(error.problem == FileProblem::too_large);
  CHECK(error.message == folder / "f: is larger than 4 bytes");
}

TEST_CASE("a file that tells no size is read to its end, and no further than the cap") {
  FileError error;
  CHECK(read_file("/proc/self/status", 1U << 20U, error).value_or("").starts_with("Name:"));
  CHECK_FALSE(read_file("/proc/self/status", 10, error).has_value());
  CHECK(error.problem == FileProblem::too_large);
}

TEST_CASE("what cannot be read says why") {
  const Folder folder;
  struct Row {
    std::string path;
    FileProblem problem;
    std::string message;
  };
  REQUIRE(put(folder / "f", "x"));
  const std::vector<Row> rows{
      {folder / "none", FileProblem::missing, folder / "none: No such file or directory"},
      {folder / "f/none", FileProblem::missing, folder / "f/none: Not a directory"},
      {folder.path, FileProblem::not_a_file, folder.path + ": is a folder"},
      {"/dev/zero", FileProblem::not_a_file, "/dev/zero: is not a regular file"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    FileError error;
    CHECK_FALSE(read_file(row.path, 100, error).has_value());
    CHECK(error.problem == row.problem);
    CHECK(error.message == row.message);
  }
}

TEST_CASE("a file that is there is kept unless replacing was asked for") {
  const Folder folder;
  REQUIRE(put(folder / "f", "old"));
  FileError error;
  CHECK_FALSE(write_file(folder / "f", "new", Access::shared, Existing::refuse, error));
  CHECK(error.problem == FileProblem::exists);
  CHECK(error.message == folder / "f: is there already and is not overwritten");
  CHECK(get(folder / "f") == "old");
  CHECK(put(folder / "f", "new", Existing::replace));
  CHECK(get(folder / "f") == "new");
  CHECK(names_in(folder).size() == 1);
}

TEST_CASE("a file that came while ours was being written is kept too") {
  const Folder folder;
  NewFile file;
  FileError error;
  REQUIRE(file.open(folder / "f", Access::shared, Existing::refuse, error));
  REQUIRE(file.write("mine", error));
  REQUIRE(put(folder / "f", "theirs"));
  CHECK_FALSE(file.commit(error));
  CHECK(error.problem == FileProblem::exists);
  CHECK(get(folder / "f") == "theirs");
  CHECK(names_in(folder).size() == 1);
}

TEST_CASE("a file that is not committed never appears") {
  const Folder folder;
  {
    NewFile file;
    FileError error;
    REQUIRE(file.open(folder / "f", Access::owner_only, Existing::refuse, error));
    REQUIRE(file.write("half", error));
    CHECK_FALSE(fs::exists(folder / "f"));
  }
  CHECK(names_in(folder).empty());
}

TEST_CASE("a client's file is for its owner alone, another follows the umask") {
  const Folder folder;
  const mode_t before = ::umask(027);
  FileError error;
  CHECK(write_file(folder / "private", "x", Access::owner_only, Existing::refuse, error));
  CHECK(write_file(folder / "shared", "x", Access::shared, Existing::refuse, error));
  ::umask(before);
  const auto mode = [&](const char* name) { return static_cast<unsigned>(fs::status(folder / name).permissions()); };
  CHECK(mode("private") == 0600U);
  CHECK(mode("shared") == 0640U);
}

TEST_CASE("a link stays a link, and what it points to is replaced") {
  const Folder folder;
  REQUIRE(put(folder / "f", "old"));
  fs::create_symlink("f", folder / "link");
  REQUIRE(put(folder / "link", "new", Existing::replace));
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(get(folder / "f") == "new");
}

TEST_CASE("what cannot be written says why and leaves nothing behind") {
  const Folder folder;
  struct Row {
    std::string path;
    FileProblem problem;
    std::string message;
  };
  const std::vector<Row> rows{
      {folder / "none/f", FileProblem::cannot_create, folder / "none/f: No such file or directory"},
      {folder.path, FileProblem::cannot_create, folder.path + ": is a folder"},
      {"/dev/full", FileProblem::cannot_write, "/dev/full: No space left on device"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    FileError error;
    CHECK_FALSE(write_file(row.path, "x", Access::owner_only, Existing::replace, error));
    CHECK(error.problem == row.problem);
    CHECK(error.message == row.message);
  }
  CHECK(names_in(folder).empty());
  CHECK(put("/dev/null", "x"));
}

TEST_CASE("a listing is sorted, by suffix, without hidden files") {
  const Folder folder;
  FileError error;
  REQUIRE(make_folder(folder / "sub/deeper", error));
  for (const char* name : {"b.yaml", "a.yaml", ".c.yaml", "d.txt", "sub/e.yaml", "sub/deeper/f.yaml"})
    REQUIRE(put(folder / name, ""));
  fs::create_symlink("sub", folder / "loop");

  using Paths = std::vector<std::string>;
  CHECK(list_files(folder.path, ".yaml", Depth::this_folder, error) == Paths{folder / "a.yaml", folder / "b.yaml"});
  CHECK(list_files(folder.path, "", Depth::all_folders, error) == Paths{folder / "a.yaml", folder / "b.yaml",
                                                                        folder / "d.txt", folder / "sub/deeper/f.yaml",
                                                                        folder / "sub/e.yaml"});
  CHECK_FALSE(list_files(folder / "none", "", Depth::this_folder, error).has_value());
  CHECK(error.problem == FileProblem::missing);
  CHECK_FALSE(list_files(folder / "d.txt", "", Depth::this_folder, error).has_value());
  CHECK(error.message == folder / "d.txt: is not a folder");
}

TEST_CASE("a folder is made with those above it, and being there is fine") {
  const Folder folder;
  FileError error;
  CHECK(make_folder(folder / "a/b", error));
  CHECK(make_folder(folder / "a/b", error));
  CHECK(is_folder(folder / "a/b"));
  REQUIRE(put(folder / "f", ""));
  CHECK_FALSE(make_folder(folder / "f", error));
  CHECK(error.problem == FileProblem::cannot_create);
}

}  // namespace
