/// needleplan-compile-protocols IMAGE FILE...: reads the program's own protocols as needleplan reads any, and writes
/// what was read as one image. Runs while needleplan is built, in the root of the sources, and is not installed. Any
/// mistake in a protocol is printed and fails the build.
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "needleplan/io/files.h"
#include "needleplan/protocol/compiled.h"

int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape): only memory can run out, which ends a build
  using namespace needleplan;
  constexpr std::size_t kFileCap = std::size_t{4} << 20U;
  const std::vector<std::string> arguments(argv, argv + argc);
  if (arguments.size() < 2) {
    std::fputs("usage: needleplan-compile-protocols IMAGE FILE...\n", stderr);
    return 64;
  }
  std::vector<PackFile> files;
  FileError error;
  for (const std::string& path : std::span(arguments).subspan(2)) {
    auto text = read_file(path, kFileCap, error);
    if (!text) {
      std::fputs((error.message + "\n").c_str(), stderr);
      return 66;
    }
    files.push_back({path, std::move(*text)});
  }
  const Compilation result = compile_protocols(files);
  std::fputs(result.messages.c_str(), stderr);
  if (result.image.empty()) return 65;
  if (write_file(arguments[1], result.image, Access::shared, Existing::replace, error)) return 0;
  std::fputs((error.message + "\n").c_str(), stderr);
  return 74;
}
