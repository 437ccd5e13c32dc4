#include "needleplan/time/blank.h"

#include <charconv>

namespace needleplan {

namespace {

/// In the order of Blank::Kind.
constexpr std::string_view kLetters = "ditx";

/// A minus sign would be escaped in Markdown.
constexpr char kMinus = 'm';

}  // namespace

std::string to_text(Blank blank) {
  std::string out(kBlankBegins);
  out += kLetters[static_cast<std::size_t>(blank.kind)];
  if (blank.number < 0) out += kMinus;
  out += std::to_string(blank.number < 0 ? -blank.number : blank.number);
  return out += kBlankEnds;
}

std::optional<FoundBlank> find_blank(std::string_view text, std::size_t from) {
  for (std::size_t begin = text.find(kBlankBegins, from); begin != std::string_view::npos;
       begin = text.find(kBlankBegins, begin + 1)) {
    std::size_t at = begin + kBlankBegins.size();
    const std::size_t letter = at < text.size() ? kLetters.find(text[at]) : std::string_view::npos;
    if (letter == std::string_view::npos) continue;
    ++at;
    const bool negative = at < text.size() && text[at] == kMinus;
    if (negative) ++at;
    FoundBlank found;
    found.begin = begin;
    found.blank.kind = static_cast<Blank::Kind>(letter);
    const auto [rest, error] = std::from_chars(text.data() + at, text.data() + text.size(), found.blank.number);
    at = static_cast<std::size_t>(rest - text.data());
    if (error != std::errc{} || !text.substr(at).starts_with(kBlankEnds)) continue;
    if (negative) found.blank.number = -found.blank.number;
    found.end = at + kBlankEnds.size();
    return found;
  }
  return std::nullopt;
}

}  // namespace needleplan
