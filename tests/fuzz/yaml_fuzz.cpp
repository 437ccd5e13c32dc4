// libFuzzer entry point: any bytes are read or refused with a message, never anything else; and JSON by the quick way
// gives what the strict reader makes of it.
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -Ilib tests/fuzz/yaml_fuzz.cpp
//     lib/needleplan/text/*.cpp lib/needleplan/yaml/*.cpp -lfmt -lyaml-cpp -o yaml_fuzz
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "needleplan/yaml/parser.h"
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

/// Reads the text once more, strictly, and compares every node.
void check_against_strict(const Source& source, const yaml::Document& quick, const yaml::Limits& limits) {
  yaml::Document strict;
  strict.reset(source);
  Diagnostics diagnostics;
  yaml::Parser(source, strict, diagnostics, limits).read_document();
  if (diagnostics.has_errors() || strict.size() != quick.size() || strict.kept() != quick.kept()) std::abort();
  for (std::uint32_t i = 0; i < quick.size(); ++i) {
    const yaml::Cell& a = quick.cell(i);
    const yaml::Cell& b = strict.cell(i);
    // Cells have no padding.
    if (std::memcmp(&a, &b, sizeof a) != 0) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Source source("fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size));
  yaml::Document document;
  Diagnostics diagnostics;
  const yaml::Limits limits{.bytes = 1U << 16U, .depth = 16};
  const bool read = yaml::read(source, document, diagnostics, limits);
  if (read == diagnostics.has_errors()) std::abort();
  if (read) check_against_strict(source, document, limits);
  static volatile std::size_t sink = 0;
  sink = walk(document.root());
  const std::string text = to_text(diagnostics);
  // Nothing that could steer a terminal leaves by a message.
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t') std::abort();
  return 0;
}
