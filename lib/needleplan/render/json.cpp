#include "needleplan/render/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "needleplan/text/characters.h"
#include "needleplan/time/blank.h"

namespace needleplan {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_code(std::string& out, char32_t code) {
  out += "\\u";
  for (unsigned shift = 16; shift > 0;)
    out += kHex[(code >> (shift -= 4)) & 0xFU];
}

template <class T>
std::string_view written_digits(std::array<char, 32>& buffer, T number) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

/// Whether a byte needs a look: it is escaped, or it is the first of a character that may be. 0xC2, 0xE2 and 0xEF are
/// the only first bytes of forbidden characters beyond ASCII.
constexpr std::array<bool, 256> kSpecial = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0; c < 0x20; ++c)
    out[c] = true;
  for (const std::size_t c : {0x22U, 0x5CU, 0x7FU, 0xC2U, 0xE2U, 0xEFU})
    out[c] = true;
  return out;
}();

/// The first byte from `begin` on that needs a look; eight at a time as long as they are plain ASCII.
std::size_t next_special(std::string_view text, std::size_t begin) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHigh = 0x8080808080808080U;
  const auto below = [](std::uint64_t word, std::uint64_t limit) { return (word - kOnes * limit) & ~word; };
  std::size_t i = begin;
  while (i < text.size()) {
    for (std::uint64_t word = 0; i + sizeof word <= text.size(); i += sizeof word) {
      std::memcpy(&word, text.data() + i, sizeof word);
      const std::uint64_t found = word | below(word, 0x20) | below(word ^ (kOnes * '"'), 1) |
                                  below(word ^ (kOnes * '\\'), 1) | below(word ^ (kOnes * 0x7FU), 1);
      if ((found & kHigh) != 0) break;
    }
    for (std::size_t end = std::min(i + sizeof(std::uint64_t), text.size()); i < end; ++i)
      if (kSpecial[static_cast<unsigned char>(text[i])]) return i;
  }
  return i;
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  if (layout_ == Layout::compact && !has_members_.empty() && next_special(name, 0) == name.size()) {
    // Nearly every key; at once, because records hold more keys than anything else.
    const bool comma = has_members_.back() == '1';
    has_members_.back() = '1';
    const std::size_t begin = out_.size();
    out_.resize(begin + name.size() + (comma ? 4 : 3));
    char* to = out_.data() + begin;
    if (comma) *to++ = ',';
    *to++ = '"';
    to = std::copy(name.begin(), name.end(), to);
    *to++ = '"';
    *to = ':';
    after_key_ = true;
    return *this;
  }
  separate();
  string(name);
  out_ += layout_ == Layout::pretty ? ": " : ":";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  string(text);
  return *this;
}

JsonWriter& JsonWriter::begin(char bracket) {
  separate();
  out_ += bracket;
  has_members_.push_back('0');
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  const bool has_members = has_members_.back() == '1';
  has_members_.pop_back();
  if (has_members) new_line();
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
  separate();
  out_ += text;
  return *this;
}

JsonWriter& JsonWriter::signed_number(std::int64_t number) {
  std::array<char, 32> buffer{};
  return raw(written_digits(buffer, number));
}

JsonWriter& JsonWriter::unsigned_number(std::uint64_t number) {
  std::array<char, 32> buffer{};
  return raw(written_digits(buffer, number));
}

JsonWriter& JsonWriter::floating(double number) {
  if (!std::isfinite(number)) return null();
  std::array<char, 32> buffer{};
  return raw(written_digits(buffer, number));
}

void JsonWriter::separate() {
  if (after_key_ || has_members_.empty()) {
    after_key_ = false;
    return;
  }
  if (has_members_.back() == '1') out_ += ',';
  has_members_.back() = '1';
  new_line();
}

void JsonWriter::new_line() {
  if (layout_ == Layout::compact) return;
  out_ += '\n';
  out_.append(2 * has_members_.size(), ' ');
}

void JsonWriter::string(std::string_view text) {
  const std::size_t first = next_special(text, 0);
  if (first == text.size()) {
    const std::size_t begin = out_.size();
    out_.resize(begin + text.size() + 2);
    out_[begin] = '"';
    std::copy(text.begin(), text.end(), out_.data() + begin + 1);
    out_.back() = '"';
    return;
  }
  out_ += '"';
  std::size_t done = 0;
  for (std::size_t i = first; i < text.size(); i = next_special(text, i + 1)) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool lead = c >= 0x80;
    Character character = lead ? decode(text.substr(i)) : Character{c, 1};
    if (character.length == 0) character = {0xFFFD, 1};  // cut off; reading must still get on
    if (lead && character.code != 0xFFFD && !is_forbidden(character.code)) continue;
    if (lead && is_blank_mark(text.substr(i))) continue;
    out_.append(text.data() + done, i - done);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += text[i];
    } else if (c == '\n') {
      out_ += "\\n";
    } else if (c == '\t') {
      out_ += "\\t";
    } else {
      append_code(out_, character.code);
    }
    i += static_cast<std::size_t>(character.length) - 1;
    done = i + 1;
  }
  out_.append(text.data() + done, text.size() - done);
  out_ += '"';
}

}  // namespace needleplan
