#include "needleplan/batch/records.h"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/folder.h"

namespace {

using namespace needleplan;
using namespace needleplan::batch;
using testing::Folder;
namespace fs = std::filesystem;

/// `INPUT:LINE TEXT` of every record, with the folder's path taken out.
std::vector<std::string> all(const Folder& folder, Inputs inputs) {
  std::vector<std::string> out;
  RecordReader reader(std::move(inputs));
  Chunk chunk;
  std::uint64_t position = 0;
  while (reader.next(chunk)) {
    REQUIRE(!chunk.records.empty());
    for (const RawRecord& record : chunk.records) {
      CHECK(record.position == ++position);
      if (!record.problem) CHECK(record.bytes.data()[record.bytes.size()] == '\0');
      std::string name = *record.input;
      if (name.starts_with(folder.path)) name.erase(0, folder.path.size() + 1);
      out.push_back(name + ":" + std::to_string(record.first_line) + " " +
                    (record.kind == RecordKind::json ? "json " : "") + (record.alone ? "alone " : "") +
                    (record.problem ? "problem" : std::string(record.bytes)));
    }
  }
  CHECK(!reader.next(chunk));
  return out;
}

TEST_CASE("files, streams and folders come in the order given, a folder's files in the order of their paths") {
  const Folder f;
  const std::string stream = f.put("s.yml", "a: 1\n---\nb: 2\n");
  static_cast<void>(f.put("clients/b.yaml", "b"));
  static_cast<void>(f.put("clients/b/c.json", "{}"));
  static_cast<void>(f.put("clients/b-a.yaml", "b-a"));
  static_cast<void>(f.put("clients/a/2.ndjson", "{1}\n{2}\n"));
  static_cast<void>(f.put("clients/a/.hidden.yaml", "no"));
  static_cast<void>(f.put("clients/notes.txt", "no"));
  CHECK(all(f, {{stream, f / "clients"}, ""}) ==
        std::vector<std::string>{"s.yml:1 a: 1\n", "s.yml:3 b: 2\n", "clients/a/2.ndjson:1 json {1}",
                                 "clients/a/2.ndjson:2 json {2}", "clients/b-a.yaml:1 alone b-a",
                                 "clients/b.yaml:1 alone b", "clients/b/c.json:1 json alone {}"});
}

TEST_CASE("a list of paths, by lines or with a NUL behind each") {
  const Folder f;
  const std::string a = f.put("a.yaml", "a");
  const std::string b = f.put("with\nbreak.yaml", "b");
  const std::string lines = f.put("lines", "\n" + a + "\n\n" + a);
  const std::string nuls = f.put("nuls", b + '\0' + a + '\0');
  CHECK(all(f, {{}, lines}) == std::vector<std::string>{"a.yaml:1 alone a", "a.yaml:1 alone a"});
  CHECK(all(f, {{a}, nuls}) ==
        std::vector<std::string>{"a.yaml:1 alone a", "with\nbreak.yaml:1 alone b", "a.yaml:1 alone a"});
  std::string many;
  for (int i = 0; i < 20'000; ++i)
    many += a + "\n";
  CHECK(all(f, {{}, f.put("many", many)}).size() == 20'000);
}

TEST_CASE("what cannot be read is a record of its own, and the others still come") {
  const Folder f;
  const std::string a = f.put("a.yaml", "a");
  CHECK(all(f, {{f / "none.yaml", a}, ""}) ==
        std::vector<std::string>{"none.yaml:1 alone problem", "a.yaml:1 alone a"});
  CHECK(all(f, {{a}, f / "none"}) == std::vector<std::string>{"a.yaml:1 alone a", "none:1 alone problem"});
}

TEST_CASE("a pipe is a stream, never a file of one record") {
  const Folder f;
  const std::string pipe = f / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] {
    FileError error;
    CHECK(write_file(pipe, "---\na: 1\n", Access::owner_only, Existing::replace, error));
  });
  CHECK(all(f, {{pipe}, ""}) == std::vector<std::string>{"pipe:2 a: 1\n"});
  writer.join();
}

TEST_CASE("a chunk has at most 32 records, and ends once it has 32 KiB") {
  const Folder f;
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "a: " + std::to_string(i) + "\n---\n";
  const std::string small = f.put("small.yaml", text);
  const std::string large =
      f.put("large.yaml", "a: " + std::string(20'000, 'x') + "\n---\nb: " + std::string(20'000, 'x') + "\n---\nc: 1\n");
  RecordReader reader({{small, large}, ""});
  Chunk chunk;
  std::vector<std::size_t> sizes;
  while (reader.next(chunk))
    sizes.push_back(chunk.records.size());
  CHECK(sizes == std::vector<std::size_t>{32, 32, 32, 6, 1});
  CHECK(reader.bytes_read() == fs::file_size(small) + fs::file_size(large));
}

}  // namespace
