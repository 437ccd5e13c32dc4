#include "needleplan/text/diagnostic.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "needleplan/text/characters.h"
#include "needleplan/text/enum_names.h"

namespace needleplan {

template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<Level>{"note", "warning", "error"};

namespace {

constexpr int kScreenWidth = 80;
constexpr int kTab = 8;
constexpr std::string_view kIndent = "  ";
constexpr std::string_view kCut = "...";
constexpr int kCutWidth = static_cast<int>(kCut.size());

/// One character of an excerpt: what is shown of it, and how wide.
struct Glyph {
  std::string_view shown;
  int width = 1;
  std::size_t offset = 0;  ///< in the line, in bytes
};

/// Columns on a terminal, near enough: marks take none, East Asian letters and emoji two.
int width_of(char32_t code) {
  const auto in = [code](char32_t first, char32_t last) { return lies_in(code, first, last); };
  if (in(0x0300, 0x036F) || in(0x200B, 0x200F) || in(0x20D0, 0x20FF) || in(0xFE00, 0xFE0F)) return 0;
  if (in(0x1100, 0x115F) || in(0x2E80, 0xA4CF) || in(0xAC00, 0xD7A3) || in(0xF900, 0xFAFF) || in(0xFE30, 0xFE6F) ||
      in(0xFF00, 0xFF60) || in(0xFFE0, 0xFFE6) || in(0x1F300, 0x1FAFF) || in(0x20000, 0x3FFFD))
    return 2;
  return 1;
}

std::vector<Glyph> glyphs_of(std::string_view line) {
  std::vector<Glyph> glyphs;
  for (std::size_t i = 0; i < line.size();) {
    const Character character = decode(line.substr(i));
    const auto length = static_cast<std::size_t>(std::max(character.length, 1));
    if (character.length == 0 || is_forbidden(character.code)) {
      glyphs.push_back({"?", 1, i});
    } else {
      glyphs.push_back({line.substr(i, length), width_of(character.code), i});
    }
    i += length;
  }
  return glyphs;
}

/// The part of a line that is shown: glyphs first..last (excluded), around the one at `caret`.
struct Cut {
  std::size_t first = 0;
  std::size_t last = 0;
};

int glyph_width(const Glyph& glyph) {
  return glyph.shown == "\t" ? kTab : glyph.width;
}

Cut cut_around(const std::vector<Glyph>& glyphs, std::size_t caret) {
  const int room = kScreenWidth - static_cast<int>(kIndent.size());
  int all = 0;
  for (const Glyph& glyph : glyphs)
    all += glyph_width(glyph);
  // A caret behind the line's end needs a column too.
  if (all + (caret == glyphs.size() ? 1 : 0) <= room) return {0, glyphs.size()};
  const int inner = room - 2 * kCutWidth;
  Cut cut{caret, caret};
  int used = 1;
  if (caret < glyphs.size()) used = glyph_width(glyphs[cut.last++]);
  // Twice as much before the caret as after it, then whatever still fits on either side.
  const auto grow = [&](int before, int after) {
    while (cut.first > 0 && used + glyph_width(glyphs[cut.first - 1]) <= before)
      used += glyph_width(glyphs[--cut.first]);
    while (cut.last < glyphs.size() && used + glyph_width(glyphs[cut.last]) <= after)
      used += glyph_width(glyphs[cut.last++]);
  };
  grow(inner * 2 / 3, inner);
  grow(inner, inner);
  // Only one end is cut off, so the other needs no dots.
  if (cut.first == 0 || cut.last == glyphs.size()) grow(inner + kCutWidth, inner + kCutWidth);
  return cut;
}

void add_excerpt(std::string& out, Location at) {
  const std::string_view line = at.source->line_at(at.offset);
  const auto start = static_cast<std::size_t>(line.data() - at.source->text().data());
  const std::vector<Glyph> glyphs = glyphs_of(line);
  const std::size_t offset = std::min<std::size_t>(at.offset, at.source->text().size()) - start;
  const auto found = std::find_if(glyphs.begin(), glyphs.end(),
                                  [offset](const Glyph& glyph) { return glyph.offset + glyph.shown.size() > offset; });
  const auto caret = static_cast<std::size_t>(found - glyphs.begin());
  const Cut cut = cut_around(glyphs, caret);
  std::string under(kIndent);
  if (!glyphs.empty()) out += kIndent;
  if (cut.first > 0) {
    out += kCut;
    under.append(kCut.size(), ' ');
  }
  for (std::size_t i = cut.first; i < cut.last; ++i) {
    out += glyphs[i].shown;
    if (i >= caret) continue;
    if (glyphs[i].shown == "\t") {
      under.push_back('\t');
    } else {
      under.append(static_cast<std::size_t>(glyphs[i].width), ' ');
    }
  }
  if (cut.last < glyphs.size()) out += kCut;
  out += '\n';
  out += under;
  out += "^\n";
}

/// The days that "14/03/1992" or "3.4.2026" can mean, as dates are to be written: offered under the client's own line,
/// never taken, as some write the month first.
std::string days_meant(std::string_view text) {
  std::array<unsigned, 3> numbers{};
  std::size_t count = 0;
  bool in_number = false;
  if (text.starts_with('"') || text.starts_with('\'')) text.remove_prefix(1);
  for (const char c : text) {
    const bool digit = is_digit(c);
    if (!digit && c != '/' && c != '.' && c != '-') break;
    if (digit && !in_number && ++count > numbers.size()) return {};
    if (digit) numbers[count - 1] = std::min(9999U, 10 * numbers[count - 1] + static_cast<unsigned>(c - '0'));
    in_number = digit;
  }
  const auto [first, second, year] = numbers;
  if (count != numbers.size() || year < 1900 || year > 2199) return {};
  std::string out;
  const auto offer = [&, year = year](unsigned day, unsigned month) {
    using namespace std::chrono;
    if (year_month_day{std::chrono::year{static_cast<int>(year)}, std::chrono::month{month}, std::chrono::day{day}}
            .ok())
      out += fmt::format("{}{}-{:02}-{:02}", out.empty() ? "" : " or ", year, month, day);
  };
  offer(first, second);
  if (first != second) offer(second, first);
  return out;
}

}  // namespace

void Diagnostics::add(Location at, Level level, std::string_view id, std::string message) {
  all_.push_back({at, level, std::string(id), std::move(message)});
  if (level == Level::error) ++errors_;
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> sorted = all_;
  const auto source = [](const Diagnostic& d) {
    return d.at.source == nullptr ? std::string_view() : std::string_view(d.at.source->name());
  };
  // Within one place the more serious first; otherwise as reported.
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    return std::tuple(source(a), a.at.offset, b.level) < std::tuple(source(b), b.at.offset, a.level);
  });
  std::vector<Diagnostic> unique;
  for (Diagnostic& d : sorted) {
    const auto same = [&](const Diagnostic& other) {
      return other.at.source == d.at.source && other.at.offset == d.at.offset && other.level == d.level &&
             other.id == d.id && other.message == d.message;
    };
    // Equal ones share a place, so they stand among the last few.
    bool twice = false;
    for (auto it = unique.rbegin(); it != unique.rend() && it->at.offset == d.at.offset && !twice; ++it)
      twice = same(*it);
    if (!twice) unique.push_back(std::move(d));
  }
  return unique;
}

std::string to_text(const Diagnostic& diagnostic, Excerpt excerpt) {
  // Names and keys come from files, so they too are kept from steering a terminal.
  std::string out = printable(diagnostic.at.to_string());
  if (!out.empty()) out += ": ";
  fmt::format_to(std::back_inserter(out), "{}: {} [{}]\n", to_string(diagnostic.level), printable(diagnostic.message),
                 diagnostic.id);
  if (excerpt == Excerpt::place_only || diagnostic.at.source == nullptr) return out;
  add_excerpt(out, diagnostic.at);
  if (diagnostic.id == "bad-when" || diagnostic.id == "bad-date") {
    const std::string_view text = diagnostic.at.source->text();
    const std::string days = days_meant(text.substr(std::min<std::size_t>(diagnostic.at.offset, text.size())));
    if (!days.empty()) out += fmt::format("{}is it {}?\n", kIndent, days);
  }
  return out;
}

std::string to_text(const Diagnostics& diagnostics, Excerpt excerpt) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    out += to_text(diagnostic, excerpt);
  return out;
}

}  // namespace needleplan
