#include "needleplan/yaml/json.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "needleplan/text/characters.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/characters.h"
#include "needleplan/yaml/duplicates.h"
#include "needleplan/yaml/escape.h"
#include "needleplan/yaml/parser.h"

namespace needleplan::yaml {

namespace {

/// What ends a text, or cannot stand in one as it is.
bool is_special(char c) {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20U;
}
/// Whether one of eight bytes is special; sometimes also when the byte before it is.
bool any_special(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHighs = kOnes * 0x80U;
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  const auto zero = [](std::uint64_t x) { return (x - kOnes) & ~x & kHighs; };
  const std::uint64_t control = (eight - kOnes * 0x20U) & ~eight & kHighs;
  return (zero(eight ^ (kOnes * '"')) | zero(eight ^ (kOnes * '\\')) | control) != 0;
}

/// The end of the number, true, false or null that begins at `p`; nullptr where none does. `p` ends with a NUL.
const char* json_word_end(const char* p) {
  const auto word = [p](std::string_view is) {
    return std::strncmp(p, is.data(), is.size()) == 0 ? p + is.size() : nullptr;
  };
  if (*p == 't') return word("true");
  if (*p == 'f') return word("false");
  if (*p == 'n') return word("null");
  const auto digits = [&p] {
    const char* first = p;
    while (is_digit(*p))
      ++p;
    return p != first;
  };
  if (*p == '-') ++p;
  if (*p == '0') {
    ++p;
  } else if (!digits()) {
    return nullptr;
  }
  if (*p == '.' && (++p, !digits())) return nullptr;
  if (*p == 'e' || *p == 'E') {
    ++p;
    if (*p == '+' || *p == '-') ++p;
    if (!digits()) return nullptr;
  }
  return p;
}

/// One pass over a text whose characters were checked. Every function leaves `p_` behind what it read, and returns
/// false to give up.
class JsonReader {
 public:
  JsonReader(const Source& source, Document& document, int depth, bool odd_spaces)
      : document_(document),
        begin_(source.text().data()),
        end_(begin_ + source.text().size()),
        p_(begin_),
        depth_(depth),
        odd_spaces_(odd_spaces) {}

  bool read() {
    if (std::string_view(begin_, static_cast<std::size_t>(end_ - begin_)).starts_with("\xEF\xBB\xBF")) p_ += 3;
    // A tab in front would be indentation.
    while (is_space(*p_) && *p_ != '\t')
      ++p_;
    if (*p_ != '{' || !value(document_.add({}), 1)) return false;
    skip();
    return p_ == end_;
  }

 private:
  void skip() {
    while (is_space(*p_))
      ++p_;
  }
  [[nodiscard]] std::uint32_t offset(const char* p) const { return static_cast<std::uint32_t>(p - begin_); }

  bool value(std::uint32_t node, int depth) {
    document_.cell(node).offset = offset(p_);
    switch (*p_) {
      case '"': {
        CellText found;
        if (!text(found)) return false;
        Cell& cell = document_.cell(node);
        cell.text = found;
        cell.style = Style::quoted;
        return true;
      }
      case '{':
        return depth <= depth_ && map(node, depth);
      case '[':
        return depth <= depth_ && list(node, depth);
      default: {
        const char* end = json_word_end(p_);
        return end != nullptr && plain(node, end);
      }
    }
  }

  /// A scalar without quotes up to `end`, behind which something else must begin.
  bool plain(std::uint32_t node, const char* end) {
    if (!is_space(*end) && *end != ',' && *end != ']' && *end != '}') return false;
    document_.cell(node).text = {offset(p_), static_cast<std::uint32_t>(end - p_)};
    p_ = end;
    return true;
  }

  /// A text in double quotes, from its opening quote on.
  bool text(CellText& out) {
    const char* first = ++p_;
    while (end_ - p_ >= 8 && !any_special(p_))
      p_ += 8;
    while (!is_special(*p_))
      ++p_;
    if (*p_ != '"') return *p_ == '\\' && escaped(first, out);
    out = {offset(first), static_cast<std::uint32_t>(p_ - first)};
    if (out.size == 0) out.begin = 0;  // as Document::hold() says it
    ++p_;
    return true;
  }

  /// The rest of a text that begins at `first`, from its first escape on.
  bool escaped(const char* first, CellText& out) {
    const char* end = p_;
    for (; *end != '"'; ++end) {
      if (*end == '\\') ++end;
      if (static_cast<unsigned char>(*end) < 0x20U) return false;
    }
    resolved_.assign(first, p_);
    while (p_ < end) {
      if (*p_ != '\\') {
        resolved_.push_back(*p_++);
        continue;
      }
      if (std::string_view("\"\\/nrtu").find(p_[1]) == std::string_view::npos) return false;
      const Escape escape = read_escape(p_, end);
      if (escape.fault != EscapeFault::none) return false;
      append_utf8(resolved_, escape.code);
      p_ = escape.next;
    }
    ++p_;
    out = document_.hold(document_.keep(resolved_));
    return true;
  }

  bool key(CellText& out) {
    if (*p_ != '"' || !text(out) || out.size == 0 || out.size > kLongestKey) return false;
    if (!odd_spaces_) return true;
    const std::string_view key = document_.text(out);
    return std::all_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
  }

  bool map(std::uint32_t node, int depth) {
    document_.cell(node).kind = Kind::map;
    ++p_;
    skip();
    if (*p_ == '}') return ++p_, true;
    std::uint32_t keys = 0;
    std::uint32_t count = 0;
    std::uint32_t last = 0;
    bool alike = false;
    while (true) {
      const char* at = p_;
      Cell name{.text = {}, .offset = offset(at), .style = Style::quoted};
      if (!key(name.text)) return false;
      name.mark = key_mark(document_.text(name.text));
      name.next = static_cast<std::uint32_t>(document_.size() + 1);
      alike = alike || may_repeat(document_, node, name.mark, keys, count);
      keys |= key_bit(name.mark);
      ++count;
      const std::uint32_t name_at = document_.add(name);
      link(node, last, name_at);
      last = document_.add({});
      // A colon on a later line is legal JSON, but no key for the strict reader.
      while (is_blank(*p_))
        ++p_;
      if (*p_++ != ':') return false;
      skip();
      if (!value(last, depth + 1)) return false;
      skip();
      if (*p_ == '}') break;
      if (*p_++ != ',') return false;
      skip();
    }
    ++p_;
    document_.cell(node).keys = keys;
    document_.cell(node).count = count;
    return !alike || !has_duplicate_keys(document_, node);
  }

  bool list(std::uint32_t node, int depth) {
    document_.cell(node).kind = Kind::list;
    ++p_;
    skip();
    if (*p_ == ']') return ++p_, true;
    std::uint32_t count = 0;
    std::uint32_t last = 0;
    while (true) {
      const std::uint32_t item = document_.add({});
      link(node, last, item);
      last = item;
      ++count;
      if (!value(item, depth + 1)) return false;
      skip();
      if (*p_ == ']') break;
      if (*p_++ != ',') return false;
      skip();
    }
    ++p_;
    document_.cell(node).count = count;
    return true;
  }

  /// `child` comes after `last`, or is the first of `parent`.
  void link(std::uint32_t parent, std::uint32_t last, std::uint32_t child) {
    if (last == 0) {
      document_.cell(parent).first = child;
    } else {
      document_.cell(last).next = child;
    }
  }

  Document& document_;
  const char* begin_;
  const char* end_;  ///< a NUL stands here, which ends whatever is read
  const char* p_;
  int depth_;
  bool odd_spaces_;
  std::string resolved_;
};

}  // namespace

bool begins_as_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto skip = [&text] {
    while (!text.empty() && is_space(text.front()))
      text.remove_prefix(1);
  };
  skip();
  if (!text.starts_with('{')) return false;
  text.remove_prefix(1);
  skip();
  return text.starts_with('"');
}

bool is_json_word(std::string_view text) {
  if (text.empty() || text.find('\0') != std::string_view::npos) return false;
  const std::string ended(text);
  const char* end = json_word_end(ended.c_str());
  return end == ended.c_str() + ended.size();
}

bool read_json(const Source& source, Document& document, const Limits& limits) {
  Diagnostics found;
  bool odd_spaces = false;
  check_characters(source, odd_spaces, found);
  return !found.has_errors() && JsonReader(source, document, limits.depth, odd_spaces).read();
}

}  // namespace needleplan::yaml
