#include "needleplan/yaml/reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/yaml/json.h"
#include "needleplan/yaml/parser.h"

namespace needleplan::yaml {

namespace {

/// Recursion is bounded by this even if a caller's limit is higher.
constexpr int kMostDepth = 500;

}  // namespace

Parser::Parser(const Source& source, Document& document, Diagnostics& diagnostics, const Limits& limits)
    : source_(source),
      document_(document),
      diagnostics_(diagnostics),
      limits_(limits),
      begin_(source.text().data()),
      end_(begin_ + source.text().size()),
      p_(begin_),
      line_(begin_),
      errors_before_(diagnostics.errors()) {}

bool Parser::at_marker(const char* p) const {
  if (end_ - p < 3 || (*p != '-' && *p != '.')) return false;
  return p[1] == *p && p[2] == *p && has_class(p[3], byte_class::kAfterColon);
}

/// next_line() where the next line does not begin with a word.
void Parser::judge_line() {
  tabbed_ = false;
  shift_ = 0;
  if (too_many()) return;
  while (true) {
    line_ = p_;
    while (*p_ == ' ')
      ++p_;
    if (*p_ == '\n') {
      ++p_;
      continue;
    }
    if (*p_ == '\t') {
      const char* first = p_;
      while (is_blank(*first))
        ++first;
      if (*first != '#' && !at_line_end(first)) return tab_in_indentation();
      p_ = first;
    }
    if (p_ != end_ && (*p_ == '#' || at_line_end(p_))) {
      const char* end = line_end(p_);
      p_ = end == end_ ? end_ : end + 1;
      continue;
    }
    if (p_ == end_) {
      indent_ = -1;
      return;
    }
    indent_ = static_cast<int>(p_ - line_);
    if (indent_ == 0 && at_marker(p_)) indent_ = -1;
    if (odd_spaces_) {
      const Character first = decode({p_, static_cast<std::size_t>(end_ - p_)});
      if (is_odd_space(first.code)) {
        diagnostics_.error(here(p_), "odd-space",
                           fmt::format("{} before the text; use ordinary spaces", code_name(first.code)));
        p_ += first.length;
        shift_ = -first.length;
      }
    }
    return;
  }
}

void Parser::tab_in_indentation() {
  diagnostics_.error(here(p_), "tab-indentation", "a tab in the indentation; indent with spaces");
  // Tabs have no width, so the column is a guess, and no further complaint about it is made.
  tabbed_ = true;
  indent_ = 0;
  for (p_ = line_; is_blank(*p_); ++p_)
    indent_ += *p_ == '\t' ? 2 : 1;
  shift_ = indent_ - static_cast<int>(p_ - line_);
}

void Parser::skip_rest() {
  const char* end = line_end(p_);
  p_ = end == end_ ? end_ : end + 1;
  next_line();
}

/// Reports that once.
bool Parser::stop_after_too_many() {
  if (diagnostics_.errors() - errors_before_ == kMostErrors)
    diagnostics_.error(here(p_), "too-many-mistakes",
                       fmt::format("{} mistakes so far; reading stops here", kMostErrors));
  stop();
  return true;
}

/// Nothing more can be read sensibly.
void Parser::stop() {
  p_ = line_ = end_;
  indent_ = -1;
}

/// `take #2`: a sign that text was meant, which YAML would drop as a comment.
void Parser::check_comment() {
  const auto next = static_cast<unsigned char>(p_[1]);
  const bool word = next >= 0x80U || (next >= '0' && next <= '9') || ((next | 0x20U) >= 'a' && (next | 0x20U) <= 'z');
  if (word)
    diagnostics_.error(here(p_), "unspaced-comment",
                       "text after ` #` is a comment and would be dropped; put the value in quotes, or write `# ` with "
                       "a space before a comment");
}

/// After a value that ends on its line: only a comment may follow.
void Parser::finish_value(const char* what) {
  const char* after = p_;
  skip_blanks();
  if (*p_ == '#' && p_ != after) {
    check_comment();
  } else if (!at_line_end(p_)) {
    diagnostics_.error(
        here(p_), "text-after-value",
        fmt::format("text after the {}; put it on a line of its own, or the whole value in quotes", what));
  }
  skip_rest();
}

/// What stands after the document: nothing but `...` may.
void Parser::reject_stream_end(int root_column) {
  bool ended = false;
  while (p_ != end_) {
    if (at_marker(p_) && p_ == line_) {
      if (*p_ == '-') {
        diagnostics_.error(here(p_), "second-document",
                           "`---` begins a second document; one file holds one document, so give it a file of its own");
        return stop();
      }
      ended = true;
      p_ += 3;
      finish_value("end marker `...`");
      continue;
    }
    if (ended) {
      diagnostics_.error(here(p_), "text-after-end", "text after the end marker `...`; delete the marker");
    } else if (indent_ < root_column) {
      diagnostics_.error(
          here(p_), "bad-indentation",
          fmt::format("indented by {}, but the document began at {}; indent both alike", indent_, root_column));
    } else {
      diagnostics_.error(here(p_), "text-after-document",
                         "text after the end of the document's only value; a map needs `key: value` on every line");
    }
    read_aside(-1, 0);
  }
}

void Parser::read_document() {
  check_characters(source_, odd_spaces_, diagnostics_);
  if (source_.text().starts_with("\xEF\xBB\xBF")) p_ += 3;
  next_line();
  while (p_ != end_ && indent_ == 0 && *p_ == '%') {
    diagnostics_.error(here(p_), "directive",
                       "a line that begins with `%` is a directive; delete it, or quote the key");
    skip_rest();
  }
  if (p_ != end_ && indent_ < 0 && *p_ == '-') {
    p_ += 3;
    finish_value("document marker `---`");
  }
  const std::uint32_t root = document_.add({});
  int root_column = 0;
  if (indent_ < 0) {
    if (p_ == end_ || *p_ == '.')
      diagnostics_.error(here(begin_), "empty-document", "the text holds no data; write `key: value` lines");
  } else {
    root_column = indent_;
    block_node(root, indent_, -1, 1);
  }
  reject_stream_end(root_column);
}

bool read(const Source& source, Document& document, Diagnostics& diagnostics, const Limits& limits) {
  document.reset(source);
  const std::size_t errors = diagnostics.errors();
  // Offsets are 32 bits wide.
  const std::size_t most = std::min<std::size_t>(limits.bytes, std::size_t{1} << 31U);
  if (source.text().size() > most) {
    diagnostics.error({&source, 0}, "too-big",
                      fmt::format("the text has {} bytes, the limit is {}; split it", source.text().size(), most));
    document.add({});
    return false;
  }
  const Limits bounded{.bytes = most, .depth = std::min(limits.depth, kMostDepth)};
  if (begins_as_json(source.text())) {
    if (read_json(source, document, bounded)) return true;
    document.reset(source);
    document.count_refused_json();
  }
  Parser(source, document, diagnostics, bounded).read_document();
  return diagnostics.errors() == errors;
}

}  // namespace needleplan::yaml
