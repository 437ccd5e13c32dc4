/// JSON, written from front to back.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace needleplan {

/// Appends to a string; the same calls give the same bytes. Members come out in the order of the calls.
///
///     JsonWriter json(out, JsonWriter::Layout::compact);
///     json.begin_object().member("verdict", "ask").key("questions").begin_array();
///     json.value("last retinoid use").end_array().end_object();
///
/// gives `{"verdict":"ask","questions":["last retinoid use"]}`. Keeping begins and ends in pairs is the
/// caller's part. Characters that a terminal would obey are written as `\u` escapes.
class JsonWriter {
 public:
  enum class Layout {
    compact,  ///< one line without a line break, for NDJSON
    pretty    ///< two spaces a level
  };

  JsonWriter(std::string& out, Layout layout) : out_(out), layout_(layout) {}

  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }

  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  template <std::same_as<bool> T>
  JsonWriter& value(T truth) {
    return raw(truth ? "true" : "false");
  }
  template <std::integral T>
  requires(!std::same_as<T, bool>) JsonWriter& value(T number) {
    if constexpr (std::signed_integral<T>) {
      return signed_number(number);
    } else {
      return unsigned_number(number);
    }
  }
  /// The shortest digits that read back as the same number; null for what JSON cannot say.
  template <std::same_as<double> T>
  JsonWriter& value(T number) {
    return floating(number);
  }
  JsonWriter& null() { return raw("null"); }
  /// A number, true, false or null as it stands.
  JsonWriter& word(std::string_view text) { return raw(text); }

  /// Members, or elements of an array, as a writer of the same layout wrote them: commas between them, none around.
  /// Only where the layout is compact, and at least one.
  JsonWriter& members(std::string_view written) { return raw(written); }

  template <class T>
  JsonWriter& member(std::string_view name, const T& what) {
    return key(name).value(what);
  }
  /// Nothing where the text is empty.
  JsonWriter& text_member(std::string_view name, std::string_view text) {
    return text.empty() ? *this : member(name, text);
  }

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  JsonWriter& raw(std::string_view text);
  JsonWriter& signed_number(std::int64_t number);
  JsonWriter& unsigned_number(std::uint64_t number);
  JsonWriter& floating(double number);
  /// What stands between the value before and this one.
  void separate();
  void new_line();
  void string(std::string_view text);

  std::string& out_;
  Layout layout_;
  std::string has_members_;  ///< '1' or '0' for each open bracket; a string, because short ones need no memory
  bool after_key_ = false;
};

}  // namespace needleplan
