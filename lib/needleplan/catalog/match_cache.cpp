#include "needleplan/catalog/match_cache.h"

#include <functional>

namespace needleplan {

const NameMatch& MatchCache::match(const Catalog& catalog, std::string_view written, const BesideName& beside) {
  constexpr std::size_t kLongest = 120;
  if (&catalog != catalog_) {
    catalog_ = &catalog;
    rows_.assign(rows_.size(), {});
  }
  key_.assign(written);
  // No text of a profile has a zero byte, so the parts cannot run into one another.
  for (const std::string_view part : {beside.form, beside.route, beside.strength})
    if (!part.empty() || key_.size() > written.size()) key_.append(1, '\0').append(part);
  if (rows_.empty() || key_.size() > kLongest) return last_ = catalog.match(written, beside);
  Row& row = rows_[std::hash<std::string_view>{}(key_) % rows_.size()];
  if (row.key != key_ || key_.empty()) {
    row.match = catalog.match(written, beside);
    row.key = key_;
  }
  return row.match;
}

}  // namespace needleplan
