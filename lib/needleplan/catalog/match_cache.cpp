#include "needleplan/catalog/match_cache.h"

#include <functional>

namespace needleplan {

const NameMatch& MatchCache::match(const Catalog& catalog, std::string_view written, const BesideName& beside) {
  constexpr std::size_t kLongest = 120;
  const bool alone = beside.form.empty() && beside.route.empty() && beside.strength.empty();
  if (!alone || rows_.empty() || written.empty() || written.size() > kLongest)
    return last_ = catalog.match(written, beside);
  if (&catalog != catalog_) {
    catalog_ = &catalog;
    rows_.assign(rows_.size(), {});
  }
  Row& row = rows_[std::hash<std::string_view>{}(written) % rows_.size()];
  if (row.name != written) {
    row.match = catalog.match(written);
    row.name = written;
  }
  return row.match;
}

}  // namespace needleplan
