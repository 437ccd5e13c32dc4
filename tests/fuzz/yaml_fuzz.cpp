// libFuzzer entry point: any bytes are read or refused with a message, never anything else.
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -Ilib tests/fuzz/yaml_fuzz.cpp
//     lib/needleplan/text/*.cpp lib/needleplan/yaml/*.cpp -lfmt -lyaml-cpp -o yaml_fuzz
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "needleplan/yaml/reader.h"

namespace {

using namespace needleplan;

/// Touches every byte of every node, so that a view into freed or foreign memory is seen.
std::size_t walk(yaml::Node node) {
  if (node.at().offset > node.at().source->text().size()) std::abort();
  std::size_t sum = 0;
  for (const char c : node.text())
    sum += static_cast<unsigned char>(c);
  std::size_t children = 0;
  for (const yaml::Node child : node) {
    sum += walk(child);
    if (node.is_map()) sum += walk(child.value_of());
    ++children;
  }
  if (!node.is_scalar() && children != node.count()) std::abort();
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Source source("fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size));
  yaml::Document document;
  Diagnostics diagnostics;
  const bool read = yaml::read(source, document, diagnostics, {.bytes = 1U << 16U, .depth = 16});
  if (read == diagnostics.has_errors()) std::abort();
  static volatile std::size_t sink = 0;
  sink = walk(document.root());
  const std::string text = to_text(diagnostics);
  // Nothing that could steer a terminal leaves by a message.
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t') std::abort();
  return 0;
}
