#include "needleplan/text/source.h"

#include <algorithm>

#include <fmt/format.h>

namespace needleplan {

namespace {

std::size_t line_start(std::string_view text, std::size_t offset) {
  const std::size_t found = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return found == std::string_view::npos ? 0 : found + 1;
}

}  // namespace

Place Source::place(std::size_t offset) const {
  const std::string_view text = text_;
  const std::size_t at = std::min(offset, text.size());
  const std::size_t start = line_start(text, at);
  const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n');
  // Continuation bytes of UTF-8 (10xxxxxx) are not characters of their own.
  const auto characters =
      std::count_if(text.begin() + static_cast<std::ptrdiff_t>(start), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return {static_cast<int>(lines) + 1, static_cast<int>(characters) + 1};
}

std::string_view Source::line_at(std::size_t offset) const {
  const std::string_view text = text_;
  const std::size_t start = line_start(text, std::min(offset, text.size()));
  std::string_view line = text.substr(start, text.find('\n', start) - start);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::string Location::to_string() const {
  if (source == nullptr) return {};
  const Place at = place();
  return fmt::format("{}:{}:{}", source->name(), at.line + source->first_line() - 1, at.column);
}

}  // namespace needleplan
