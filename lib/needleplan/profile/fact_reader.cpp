#include "needleplan/profile/fact_reader.h"

#include <fmt/format.h>

namespace needleplan {

Answer<When> FactReader::when(std::size_t key) {
  return fact<When>(find(key), [&](Node n) {
    const auto value = parse_when(n.text());
    if (!value)
      diagnostics_.error(n.at(), "bad-when",
                         fmt::format("\"{}\" must be a day that exists, or less if less is known: write 2026-11-27, "
                                     "2026-11-27 14:30, 2026-11, 2026, or the word about before one of the dates",
                                     shape_.keys[key].name));
    return value;
  });
}

Answer<Date> FactReader::date(Node node, std::string_view key) {
  return fact<Date>(node, [&](Node n) {
    const auto value = parse_date(n.text());
    if (!value)
      diagnostics_.error(n.at(), "bad-date", fmt::format("\"{}\" must be one day that exists, as 2026-11-27", key));
    return value;
  });
}

}  // namespace needleplan
