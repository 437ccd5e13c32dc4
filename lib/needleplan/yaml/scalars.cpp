#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "needleplan/yaml/escape.h"
#include "needleplan/yaml/fallback.h"
#include "needleplan/yaml/parser.h"

namespace needleplan::yaml {

namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

bool Parser::reject_indicator() {
  const char c = *p_;
  if (spaced(p_, '?')) {
    diagnostics_.error(here(p_), "complex-key", "`?` begins a complex key, which is not read; write `key: value`");
  } else if (spaced(p_, ':')) {
    diagnostics_.error(here(p_), "empty-key", "an empty key; write the key before the colon");
  } else if (c == '@' || c == '`' || c == '%') {
    diagnostics_.error(here(p_), "reserved-indicator",
                       fmt::format("`{}` cannot begin a value or key; put the text in quotes", c));
  } else if (c == ',' || c == ']' || c == '}') {
    diagnostics_.error(here(p_), "stray-bracket",
                       fmt::format("`{}` closes or separates nothing here; delete it, or put the text in quotes", c));
  } else if (c == '#') {
    diagnostics_.error(here(p_), "reserved-indicator", "`#` cannot begin a value or key; put the text in quotes");
  } else {
    return false;
  }
  return true;
}

/// Odd spaces at an end of a plain scalar would become part of the value unseen.
void Parser::check_ends(const char* begin, const char* end) {
  const Character first = decode(between(begin, end));
  const char* last = end - 1;
  while (last > begin && (static_cast<unsigned char>(*last) & 0xC0U) == 0x80U)
    --last;
  const Character final = decode(between(last, end));
  const bool at_start = is_odd_space(first.code);
  if (!at_start && !is_odd_space(final.code)) return;
  diagnostics_.error(here(at_start ? begin : last), "odd-space",
                     fmt::format("{} at the {} of a value; delete it", code_name(at_start ? first.code : final.code),
                                 at_start ? "beginning" : "end"));
}

void Parser::plain(std::uint32_t node, int floor) {
  const char* start = p_;
  const char* q = p_;
  bool reported = false;
  while (true) {
    q = find_stop(q);
    if (*q == ':') {
      if (!reported && has_class(q[1], byte_class::kAfterColon)) {
        reported = true;
        diagnostics_.error(here(q), "colon-in-value",
                           "a second `: ` on one line; put the text in quotes, or the inner key on a line of its own");
      }
    } else if (*q == '#') {
      if (q > start && is_blank(q[-1])) break;
    } else if (at_line_end(q)) {
      break;
    }
    ++q;
  }
  const char* end = q;
  while (end > start && is_blank(end[-1]))
    --end;
  p_ = q;
  set_scalar(node, start, between(start, end), Style::plain);
  if (odd_spaces_ && end > start) check_ends(start, end);
  if (*q == '#') {
    check_comment();
    return skip_rest();
  }
  skip_rest();
  if (indent_ > floor && !tabbed_) continuation(node, start, end, floor);
}

/// True if the current line can only be more text of the plain scalar above; `p_` is then its end.
bool Parser::continues() {
  if (has_class(*p_, byte_class::kIndicator)) return false;
  if ((*p_ == '-' || *p_ == '?' || *p_ == ':') && has_class(p_[1], byte_class::kAfterColon)) return false;
  const char* q = p_;
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; };
  while (letter(*q))
    ++q;
  if (q != p_ && *q == ':' && !(q[1] == '/' && q[2] == '/')) return false;
  for (; !at_line_end(q); ++q) {
    if (*q == ':' && has_class(q[1], byte_class::kAfterColon)) return false;
    if (*q == '#' && q > p_ && is_blank(q[-1])) return false;
  }
  p_ = q;
  return true;
}

/// A plain scalar that goes on over further lines; those that are no plain text are left to the caller.
void Parser::continuation(std::uint32_t node, const char* first, const char* last, int floor) {
  const char* end = last;
  while (indent_ > floor) {
    const std::string_view gap = between(end, p_);
    if (gap.find_first_not_of(" \t\r\n") != std::string_view::npos) break;  // a comment ends the scalar
    if (tabbed_ || !continues()) break;
    end = p_;
    skip_rest();
  }
  if (end == last) return;
  auto folded = fold_plain(between(first, end));
  if (!folded) {
    diagnostics_.error(here(first), "text-over-lines",
                       "this text over several lines cannot be read; put it in quotes on one line, or in a `>` block");
    return;
  }
  document_.count_folded();
  document_.cell(node).text = document_.hold(document_.keep(*folded));
}

/// The closing quote of the quoted scalar that begins at `p`, or nullptr if its line has none.
const char* Parser::quote_end(const char* p) const {
  const char mark = *p;
  const char* end = line_end(p);
  for (++p; p < end; ++p) {
    if (mark == '"' && *p == '\\') {
      ++p;
    } else if (*p == mark) {
      if (mark == '"' || p[1] != mark) return p;
      ++p;
    }
  }
  return nullptr;
}

/// Reads a quoted scalar at `p` and moves behind it; false if its quote is not closed on the line.
bool Parser::quoted(const char*& p, std::string_view& text) {
  const char* end = quote_end(p);
  if (end == nullptr) {
    diagnostics_.error(
        here(p), "unclosed-quote",
        fmt::format("the quote is not closed on its line; write the closing `{}`, or use a `>` block for "
                    "long text",
                    *p));
    return false;
  }
  const char mark = *p;
  text = between(p + 1, end);
  p = end + 1;
  if (text.find(mark == '"' ? '\\' : '\'') == std::string_view::npos) return true;
  std::string resolved;
  resolved.reserve(text.size());
  if (mark == '"') {
    for (const char* q = text.data(); q < end;) {
      if (too_many()) return true;
      if (*q == '\\') {
        q = escape(q, end, resolved);
      } else {
        resolved.push_back(*q++);
      }
    }
  } else {
    for (std::size_t i = 0; i < text.size(); ++i) {
      resolved.push_back(text[i]);
      if (text[i] == '\'') ++i;
    }
  }
  text = document_.keep(resolved);
  return true;
}

/// Resolves the escape at `p` (on its backslash), reports unknown ones; returns what follows it.
const char* Parser::escape(const char* p, const char* end, std::string& out) {
  const Escape escape = read_escape(p, end);
  switch (escape.fault) {
    case EscapeFault::none:
      append_utf8(out, escape.code);
      break;
    case EscapeFault::unknown:
      // The character itself may be the client's, so only the backslash is spoken of.
      diagnostics_.error(here(p), "unknown-escape",
                         "an unknown escape; write `\\\\` for a backslash, or use single quotes");
      break;
    case EscapeFault::few_digits:
      diagnostics_.error(here(p), "bad-escape",
                         fmt::format("`\\{}` needs {} hexadecimal digits", p[1], escape_digits(p[1])));
      break;
    case EscapeFault::no_character:
      diagnostics_.error(here(p), "bad-escape",
                         fmt::format("{} is no character; half a surrogate pair says nothing", code_name(escape.code)));
      break;
    case EscapeFault::forbidden:
      diagnostics_.error(here(p), "control-character",
                         fmt::format("the character {}; delete it", code_name(escape.code)));
      break;
  }
  return escape.next;
}

}  // namespace needleplan::yaml
