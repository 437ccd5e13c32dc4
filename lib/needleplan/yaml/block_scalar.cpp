#include <algorithm>

#include <fmt/format.h>

#include "needleplan/yaml/parser.h"

namespace needleplan::yaml {

namespace {

/// An indentation that no line reaches.
constexpr int kNoText = 1 << 30;

bool is_blank_line(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

/// `|` or `>`, then in any order `+` or `-` and a digit.
bool Parser::block_header(bool& fold, char& chomp, int& indent) {
  fold = *p_++ == '>';
  for (; !is_blank(*p_) && !at_line_end(p_); ++p_) {
    if ((*p_ == '+' || *p_ == '-') && chomp == 0) {
      chomp = *p_;
    } else if (*p_ >= '1' && *p_ <= '9' && indent == 0) {
      indent = *p_ - '0';
    } else {
      break;
    }
  }
  const char* after = p_;
  skip_blanks();
  if (*p_ == '#' && p_ != after) return true;
  if (at_line_end(p_)) return true;
  diagnostics_.error(
      here(p_), "block-header",
      fmt::format("text after `{}`; begin the text on the next line, or put it in quotes", fold ? '>' : '|'));
  return false;
}

/// The indentation of the first line with text, or `floor` if there is none right of it.
int Parser::block_indent(int floor) {
  int widest = 0;
  const char* widest_at = p_;
  for (const char* q = p_; q != end_;) {
    const char* start = q;
    while (*q == ' ')
      ++q;
    const int spaces = static_cast<int>(q - start);
    if (!at_line_end(q)) {
      if (spaces <= floor) return floor;
      if (widest > spaces)
        diagnostics_.error(here(widest_at), "block-indentation",
                           "an empty line indented more than the first line of text; delete its spaces");
      return spaces;
    }
    if (spaces > widest) widest = spaces, widest_at = start;
    const char* end = line_end(q);
    q = end == end_ ? end_ : end + 1;
  }
  return floor;
}

/// Collects the lines, without their indentation; empty ones are empty.
void Parser::block_lines(int floor, int indent) {
  lines_.clear();
  while (p_ != end_) {
    const char* start = p_;
    const char* q = p_;
    while (*q == ' ' && q - start < indent)
      ++q;
    const int spaces = static_cast<int>(q - start);
    const char* end = line_end(q);
    std::string_view line{q, static_cast<std::size_t>(end - q)};
    if (spaces < indent && !is_blank_line(line)) {
      if (*q == '\t') {
        diagnostics_.error(here(q), "tab-indentation", "a tab in the indentation; indent with spaces");
      } else if (spaces <= floor || *q == '#') {
        return;
      } else {
        diagnostics_.error(
            here(q), "block-indentation",
            fmt::format("indented by {}, but the text block began at {}; indent all its lines alike", spaces, indent));
      }
    } else if (spaces < indent) {
      line = {};
    }
    if (end == end_ && is_blank_line(line)) {
      p_ = end_;
      return;
    }
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines_.push_back(line);
    p_ = end == end_ ? end_ : end + 1;
  }
}

/// The text of `lines_`. `ends_open`: the last line has no line break, as the file ends there.
std::string Parser::joined_lines(bool fold, char chomp, bool ends_open) const {
  const auto last = std::find_if(lines_.rbegin(), lines_.rend(), [](std::string_view line) { return !line.empty(); });
  const auto used = static_cast<std::size_t>(lines_.rend() - last);
  const std::size_t trailing = lines_.size() - used;
  const auto starts_blank = [](std::string_view line) { return is_blank(line.front()); };
  std::string text;
  std::size_t empty = 0;
  std::string_view before;
  for (std::size_t i = 0; i < used; ++i) {
    const std::string_view line = lines_[i];
    if (line.empty()) {
      ++empty;
      continue;
    }
    const bool kept = !before.empty() && (!fold || starts_blank(before) || starts_blank(line));
    if (kept) {
      text.append(empty + 1, '\n');
    } else if (!before.empty() && empty == 0) {
      text.push_back(' ');
    } else {
      text.append(empty, '\n');
    }
    text.append(line);
    before = line;
    empty = 0;
  }
  if (used > 0 && chomp != '-' && !(ends_open && trailing == 0)) text.push_back('\n');
  if (chomp == '+') text.append(trailing, '\n');
  return text;
}

void Parser::block_scalar(std::uint32_t node, int floor) {
  const char* start = p_;
  floor = std::max(floor, 0);  // at the root too the text is indented
  bool fold = false;
  char chomp = 0;
  int indent = 0;
  const bool good = block_header(fold, chomp, indent);
  if (*p_ == '#') check_comment();
  const char* end = line_end(p_);
  p_ = end == end_ ? end_ : end + 1;
  indent = indent > 0 ? floor + indent : block_indent(floor);
  // Without a line of text only the empty lines are left, which `+` keeps.
  block_lines(floor, indent > floor ? indent : kNoText);
  const bool ends_open =
      !lines_.empty() && !lines_.back().empty() && lines_.back().data() + lines_.back().size() == end_;
  next_line();
  if (!good) return;
  // One line is the value as it stands; only longer texts are put together.
  if (lines_.size() == 1 && !lines_.front().empty() && (chomp == '-' || ends_open)) {
    set_scalar(node, start, lines_.front(), Style::block);
  } else {
    set_scalar(node, start, document_.keep(joined_lines(fold, chomp, ends_open)), Style::block);
  }
}

}  // namespace needleplan::yaml
