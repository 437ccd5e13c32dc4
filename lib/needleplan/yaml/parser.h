/// The single pass behind read(): one object per document, its functions by what they read.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/text/diagnostic.h"
#include "needleplan/text/source.h"
#include "needleplan/yaml/characters.h"
#include "needleplan/yaml/duplicates.h"
#include "needleplan/yaml/node.h"
#include "needleplan/yaml/reader.h"

namespace needleplan::yaml {

/// Beyond this many mistakes a text is something else; every message costs a search for its line.
inline constexpr std::size_t kMostErrors = 200;
/// In bytes.
inline constexpr std::size_t kLongestKey = 1024;

/// Columns count bytes from 0. `floor` is the column of the key or dash that a value belongs to, -1
/// for the root: lines at the floor or left of it are not part of the value.
class Parser {
 public:
  Parser(const Source& source, Document& document, Diagnostics& diagnostics, const Limits& limits);
  void read_document();

 private:
  /// The children of a list or map while it grows.
  struct Chain {
    std::uint32_t parent = 0;
    std::uint32_t last = 0;
    bool alike = false;  ///< two keys may be the same
  };
  struct FoundKey {
    const char* begin = nullptr;
    const char* colon = nullptr;
    std::string_view text;
    Style style = Style::plain;
  };

  // reader.cpp: lines
  /// From the start of a line to the first character of the next line that is neither blank nor a comment.
  void next_line() {
    const char* first = p_;
    while (*first == ' ')
      ++first;
    if (has_class(*first, byte_class::kNoWord) || odd_spaces_ || too_many()) return judge_line();
    tabbed_ = false;
    shift_ = 0;
    line_ = p_;
    p_ = first;
    indent_ = static_cast<int>(p_ - line_);
  }
  void judge_line();
  void tab_in_indentation();
  void finish_value(const char* what);
  void skip_rest();
  void stop();
  /// True once so many mistakes were found that reading stops.
  bool too_many() { return diagnostics_.errors() - errors_before_ >= kMostErrors && stop_after_too_many(); }
  bool stop_after_too_many();
  void check_comment();
  void reject_stream_end(int root_column);
  [[nodiscard]] bool at_marker(const char* p) const;

  // block.cpp: maps and lists by indentation
  void block_node(std::uint32_t node, int column, int floor, int depth);
  void block_map(std::uint32_t node, int column, int depth, FoundKey key);
  void block_list(std::uint32_t node, int column, int depth, bool under_key);
  void lone_scalar(std::uint32_t node, int column, int floor, int depth);
  void entry_value(std::uint32_t value, int column, int depth);
  void word_pairs(Chain& chain, int column, int depth);
  void word_value(std::uint32_t value, const char* begin, const char* line_end, int column, int depth);
  [[nodiscard]] static const char* word_end(const char* colon, const char*& value);
  void inline_value(std::uint32_t node, int floor, int depth);
  void single_value(std::uint32_t node, int floor, int depth);
  void below_value(int floor, int depth, bool reported);
  bool next_key(int column, int depth, FoundKey& key);
  bool find_key(FoundKey& key);
  bool find_quoted_key(FoundKey& key);
  bool missing_space();
  bool at_level(int column, int depth);
  void read_aside(int floor, int depth);
  void add_pair(Chain& chain, const FoundKey& key) {
    check_key(key);
    const auto name = static_cast<std::uint32_t>(document_.size());
    const Cell& before = document_.cell(chain.parent);
    const std::uint16_t mark = key_mark(key.text);
    chain.alike = chain.alike || may_repeat(document_, chain.parent, mark, before.keys, before.count);
    document_.add(
        {.text = hold(key.text), .offset = offset(key.begin), .next = name + 1, .style = key.style, .mark = mark});
    // Until a value is found its place is that of its key.
    document_.add({.text = {}, .offset = offset(key.begin)});
    link(chain, name);
    chain.last = name + 1;
    Cell& map = document_.cell(chain.parent);
    map.keys |= key_bit(mark);
    ++map.count;
  }
  void check_key(const FoundKey& key) {
    const std::size_t size = key.text.size();
    if (size - 1 >= kLongestKey || key.text.front() == '<' || odd_spaces_) judge_key(key);
  }
  void judge_key(const FoundKey& key);
  void check_duplicates(const Chain& chain);
  void skip_properties() {
    if (*p_ == '&' || *p_ == '*' || *p_ == '!') reject_properties();
  }
  void reject_properties();
  bool too_deep(int depth);

  // flow.cpp: maps and lists in brackets
  void flow_value(std::uint32_t node, int floor, int depth);
  bool flow_node(std::uint32_t node, int depth);
  bool flow_list(std::uint32_t node, int depth);
  bool flow_map(std::uint32_t node, int depth);
  bool flow_key(FoundKey& key, bool& has_value, bool behind_plain);
  bool flow_end(const char* open, char close, bool& done);
  bool flow_quoted(std::string_view& text);
  bool flow_space(const char* open);
  bool flow_indicator();
  void flow_plain(std::uint32_t node);
  [[nodiscard]] const char* flow_plain_end(const char* p) const;

  // scalars.cpp
  void plain(std::uint32_t node, int floor);
  void continuation(std::uint32_t node, const char* first, const char* last, int floor);
  bool continues();
  bool quoted(const char*& p, std::string_view& text);
  const char* escape(const char* p, const char* end, std::string& out);
  void block_scalar(std::uint32_t node, int floor);
  bool block_header(bool& fold, char& chomp, int& indent);
  int block_indent(int floor);
  void block_lines(int floor, int indent);
  [[nodiscard]] std::string joined_lines(bool fold, char chomp, bool ends_open) const;
  /// Reports a character that cannot begin a plain scalar.
  bool indicator_at_start() {
    return (has_class(*p_, byte_class::kIndicator) || *p_ == '?' || *p_ == ':') && reject_indicator();
  }
  bool reject_indicator();
  [[nodiscard]] const char* quote_end(const char* p) const;
  void check_ends(const char* begin, const char* end);

  [[nodiscard]] Location here(const char* p) const { return {&source_, offset(p)}; }
  [[nodiscard]] std::uint32_t offset(const char* p) const { return static_cast<std::uint32_t>(p - begin_); }
  [[nodiscard]] int column(const char* p) const { return static_cast<int>(p - line_) + shift_; }
  [[nodiscard]] bool at_line_end(const char* p) const {
    return *p == '\n' || (*p == '\0' && p == end_) || (*p == '\r' && p[1] == '\n');
  }
  [[nodiscard]] const char* line_end(const char* p) const {
    const void* found = std::memchr(p, '\n', static_cast<std::size_t>(end_ - p));
    return found == nullptr ? end_ : static_cast<const char*>(found);
  }
  void skip_blanks() {
    while (is_blank(*p_))
      ++p_;
  }
  [[nodiscard]] static bool is_flow_mark(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }
  /// `- `, `? ` or `: `: an indicator only with a space or a line end after it.
  [[nodiscard]] static bool spaced(const char* p, char indicator) {
    return *p == indicator && has_class(p[1], byte_class::kAfterColon);
  }
  void link(Chain& chain, std::uint32_t child) {
    if (chain.last == 0) {
      document_.cell(chain.parent).first = child;
    } else {
      document_.cell(chain.last).next = child;
    }
    chain.last = child;
  }
  /// How a cell holds a part of the source or the text kept last.
  [[nodiscard]] CellText hold(std::string_view text) const {
    const bool in_source = std::less_equal<>{}(begin_, text.data()) && std::less<>{}(text.data(), end_);
    if (text.empty() || !in_source) return document_.hold(text);
    return part(text);
  }
  /// How a cell holds a part of the source, at least one byte.
  [[nodiscard]] CellText part(std::string_view text) const {
    return {offset(text.data()), static_cast<std::uint32_t>(text.size())};
  }
  void set_scalar(std::uint32_t node, const char* at, std::string_view text, Style style) {
    Cell& cell = document_.cell(node);
    cell.text = hold(text);
    cell.offset = offset(at);
    cell.style = style;
  }

  const Source& source_;
  Document& document_;
  Diagnostics& diagnostics_;
  const Limits& limits_;
  const char* begin_;
  const char* end_;            ///< a NUL stands here, so looking one character ahead is always allowed
  const char* p_;              ///< where reading goes on
  const char* line_;           ///< start of the current line
  int indent_ = -1;            ///< column of the current line's first character; -1 at the end of the document
  int shift_ = 0;              ///< added to columns of a line that is indented with tabs
  bool tabbed_ = false;        ///< the current line's indentation is a guess
  std::size_t errors_before_;  ///< in `diagnostics_`, of other texts
  bool odd_spaces_ = false;    ///< there are spaces other than U+0020 somewhere
  int flow_floor_ = -1;
  int flow_open_ = 0;             ///< brackets open
  bool flow_quote_open_ = false;  ///< a quote within the brackets was not closed, so what follows is a guess
  std::vector<std::string_view> lines_;
};

}  // namespace needleplan::yaml
