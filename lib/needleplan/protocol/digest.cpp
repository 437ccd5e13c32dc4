#include "needleplan/protocol/digest.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <sha2.h>

#include "needleplan/protocol/pack.h"

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

}  // namespace needleplan
