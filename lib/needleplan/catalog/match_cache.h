/// What names were found to mean before: the clients of a clinic write the same few hundred again and again.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/catalog/catalog.h"

namespace needleplan {

/// For one thread, and one catalog at a time.
class MatchCache {
 public:
  /// It keeps up to `rows` short names that stand alone.
  explicit MatchCache(std::size_t rows = 0) : rows_(rows) {}

  /// As `Catalog::match`. The result is good until the next call.
  [[nodiscard]] const NameMatch& match(const Catalog& catalog, std::string_view written, const BesideName& beside = {});

 private:
  struct Row {
    std::string name;
    NameMatch match;
  };

  const Catalog* catalog_ = nullptr;
  std::vector<Row> rows_;
  NameMatch last_;  ///< of a name that is not kept
};

}  // namespace needleplan
