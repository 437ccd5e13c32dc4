#include "needleplan/render/style.h"

#include <string_view>

namespace needleplan {

namespace {

constexpr std::array<std::string_view, kStyleNames.size()> kSequences{"\x1b[1m",  "\x1b[2m",  "\x1b[31m", "\x1b[32m",
                                                                      "\x1b[33m", "\x1b[36m", "\x1b[0m"};

std::array<Field, kStyleNames.size()> fields(Color color) {
  std::array<Field, kStyleNames.size()> all;
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = {kStyleNames[i].name, Data::markup(color == Color::on ? kSequences[i] : std::string_view())};
  return all;
}

}  // namespace

Data style(Color color) {
  static const auto kOff = fields(Color::off);
  static const auto kOn = fields(Color::on);
  return Data::map(color == Color::on ? kOn : kOff);
}

}  // namespace needleplan
