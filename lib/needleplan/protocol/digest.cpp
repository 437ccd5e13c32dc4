#include "needleplan/protocol/digest.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <sha2.h>

#include "needleplan/protocol/pack.h"
#include "needleplan/yaml/write.h"

namespace needleplan {

namespace {

class Sha256 {
 public:
  Sha256() { SHA256Init(&context_); }
  void add(std::string_view bytes) {
    SHA256Update(&context_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }
  std::string hex() {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
    SHA256Final(digest.data(), &context_);
    std::string out;
    for (const std::uint8_t byte : digest)
      out += fmt::format("{:02x}", byte);
    return out;
  }

 private:
  SHA2_CTX context_{};
};

}  // namespace

std::string sha256(std::string_view text) {
  Sha256 sum;
  sum.add(text);
  return sum.hex();
}

std::string digest_of(const Pack& pack) {
  if (!pack.digest.empty()) return std::string(pack.digest);
  Sha256 sum;
  for (const auto& source : pack.sources) {
    if (pack.layer_of({source.get(), 0}) != kNoLayer) continue;
    const std::string_view name = source->name();
    sum.add(name.substr(name.rfind('/') + 1));
    sum.add(std::string_view("\0", 1));
    sum.add(source->text());
    sum.add(std::string_view("\0", 1));
  }
  return sum.hex();
}

std::string review_digest(const Pack& pack) {
  // The review stands in the topmost file that has a head; of that one the values count, and not how it is written.
  const Location head = pack.layers.empty() ? pack.head_at : pack.layers.back().at;
  const std::string_view key = pack.layers.empty() ? "pack" : "layer";
  Sha256 sum;
  const auto add = [&](std::string_view text) {
    sum.add(text);
    sum.add(std::string_view("\0", 1));
  };
  for (std::size_t i = 0; i < pack.sources.size(); ++i) {
    const Source& source = *pack.sources[i];
    add(source.name().substr(source.name().rfind('/') + 1));
    if (&source != head.source) {
      add(source.text());
      continue;
    }
    for (const yaml::Node top : pack.documents[i]->root()) {
      add(top.text());
      if (top.text() != key || !top.value_of().is_map()) {
        add(yaml::to_line(top.value_of()));
        continue;
      }
      for (const yaml::Node one : top.value_of())
        if (one.text() != "reviewed") add(one.text()), add(yaml::to_line(one.value_of()));
    }
  }
  return sum.hex();
}

}  // namespace needleplan
