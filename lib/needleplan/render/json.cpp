#include "needleplan/render/json.h"

#include <array>
#include <charconv>
#include <cmath>

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
std::string_view digits(std::array<char, 32>& buffer, T number) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
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
  has_members_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  const bool has_members = has_members_.back();
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
  return raw(digits(buffer, number));
}

JsonWriter& JsonWriter::unsigned_number(std::uint64_t number) {
  std::array<char, 32> buffer{};
  return raw(digits(buffer, number));
}

JsonWriter& JsonWriter::floating(double number) {
  if (!std::isfinite(number)) return null();
  std::array<char, 32> buffer{};
  return raw(digits(buffer, number));
}

void JsonWriter::separate() {
  if (after_key_ || has_members_.empty()) {
    after_key_ = false;
    return;
  }
  if (has_members_.back()) out_ += ',';
  has_members_.back() = true;
  new_line();
}

void JsonWriter::new_line() {
  if (layout_ == Layout::compact) return;
  out_ += '\n';
  out_.append(2 * has_members_.size(), ' ');
}

void JsonWriter::string(std::string_view text) {
  out_ += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    // 0xC2, 0xE2 and 0xEF are the only first bytes of forbidden characters beyond ASCII.
    const bool lead = c == 0xC2 || c == 0xE2 || c == 0xEF;
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && !lead) continue;
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
