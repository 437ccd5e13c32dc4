#include <fmt/format.h>

#include "needleplan/yaml/parser.h"

namespace needleplan::yaml {

/// Something in brackets, and the rest of the line after it.
void Parser::flow_value(std::uint32_t node, int floor, int depth) {
  flow_floor_ = floor;
  flow_open_ = 0;
  flow_quote_open_ = false;
  const bool read = flow_node(node, depth);
  flow_open_ = 0;
  if (!read) {
    // Stopped before a line that is no part of the brackets; after a broken quote, wherever that line is.
    p_ = line_;
    if (indent_ >= 0 || p_ != end_) next_line();
    return;
  }
  const char* after = p_;
  skip_blanks();
  if (*p_ == ':') {
    diagnostics_.error(here(after), "complex-key", "a list or map as a key is not read; write `key: value`");
    return skip_rest();
  }
  p_ = after;  // whether a comment stands apart is judged from the bracket on
  finish_value("closing bracket");
}

/// Spaces, line breaks and comments. False at a line that cannot belong to the open brackets.
bool Parser::flow_space(const char* open) {
  if (too_many()) return false;
  while (true) {
    const char* start = p_;
    skip_blanks();
    if (*p_ == '#' && (p_ != start || p_ == line_)) {
      if (start != line_) check_comment();
      p_ = line_end(p_);
    }
    if (!at_line_end(p_)) {
      if (start != line_) return true;
      // The first character of a line. Brackets may close at the column of their key.
      const bool closes = *p_ == ']' || *p_ == '}';
      if ((p_ - line_ > flow_floor_ || closes) && !at_marker(line_)) return true;
    } else if (p_ != end_) {
      p_ = line_end(p_) + 1;
      line_ = p_;
      continue;
    }
    if (!flow_quote_open_)
      diagnostics_.error(
          here(open), "unclosed-bracket",
          fmt::format("the `{}` is not closed; write the closing `{}`", *open, *open == '[' ? ']' : '}'));
    if (p_ == end_) line_ = end_;
    indent_ = 0;
    return false;
  }
}

/// After an entry: a comma or the closing bracket, else a message. `done` at the closing bracket.
bool Parser::flow_end(const char* open, char close, bool& done) {
  if (!flow_space(open)) return false;
  done = *p_ == close;
  if (done) {
    ++p_;
    --flow_open_;
    return true;
  }
  if (*p_ == ',') {
    ++p_;
    return true;
  }
  if (flow_quote_open_) {
    // Whatever could be read as an entry of no characters is passed over, so that reading goes on.
    if (*p_ == ']' || *p_ == '}' || *p_ == ':') ++p_;
    return true;
  }
  if (*p_ == ']' || *p_ == '}') {
    diagnostics_.error(here(p_), "wrong-bracket",
                       fmt::format("`{}` where the `{}` of line {} closes with `{}`", *p_, *open,
                                   source_.place(offset(open)).line, close));
    ++p_;
    done = true;
    --flow_open_;
    return true;
  }
  if (*p_ == ':') {
    diagnostics_.error(here(p_), "pair-in-list", "a key and value within `[ ]`; write `{key: value}`");
    ++p_;
    return true;
  }
  diagnostics_.error(
      here(p_), "missing-comma",
      fmt::format("no comma before this; write `,` between entries, `{}` at the end, or put text in quotes", close));
  return true;
}

bool Parser::flow_node(std::uint32_t node, int depth) {
  skip_properties();
  document_.cell(node).offset = offset(p_);
  if (*p_ == ',' || *p_ == ']' || *p_ == '}') return true;  // nothing but an anchor or alias
  if (*p_ == '[' || *p_ == '{') {
    if (too_deep(depth)) return false;
    ++flow_open_;
    return *p_ == '[' ? flow_list(node, depth) : flow_map(node, depth);
  }
  const char* start = p_;
  if (*p_ == '"' || *p_ == '\'') {
    std::string_view text;
    if (flow_quoted(text)) set_scalar(node, start, text, Style::quoted);
    return true;
  }
  flow_plain(node);
  return true;
}

bool Parser::flow_quoted(std::string_view& text) {
  if (quoted(p_, text)) return true;
  // The brackets' own end may be within the quote: go on, but without complaints that follow from it.
  flow_quote_open_ = true;
  p_ = line_end(p_);
  return false;
}

bool Parser::flow_list(std::uint32_t node, int depth) {
  const char* open = p_++;
  document_.cell(node).kind = Kind::list;
  Chain chain{node, 0};
  for (bool done = false; !done;) {
    if (!flow_space(open)) return false;
    if (*p_ == ']') {
      ++p_;
      --flow_open_;
      return true;
    }
    if (*p_ == ',') {
      diagnostics_.error(here(p_++), "empty-entry", "a comma with nothing before it; delete it, or write the entry");
      continue;
    }
    if (*p_ != '}') {
      const std::uint32_t item = document_.add({});
      link(chain, item);
      ++document_.cell(node).count;
      if (!flow_node(item, depth + 1)) return false;
    }
    if (!flow_end(open, ']', done)) return false;
  }
  return true;
}

const char* Parser::flow_plain_end(const char* p) const {
  for (const char* start = p;; ++p) {
    while (!has_class(*p, byte_class::kFlowStop))
      ++p;
    if (*p == ':') {
      if (has_class(p[1], byte_class::kAfterColon) || p[1] == ',' || p[1] == ']' || p[1] == '}') return p;
    } else if (*p == '#') {
      if (p > start && is_blank(p[-1])) return p;
    } else if (is_flow_mark(*p) || at_line_end(p)) {
      return p;
    }
  }
}

/// Reports and passes over what cannot begin a plain scalar within brackets.
bool Parser::flow_indicator() {
  if (spaced(p_, '-')) {
    diagnostics_.error(here(p_), "item-in-brackets", "`- ` within brackets; write entries with commas between them");
  } else if (*p_ == '|' || *p_ == '>') {
    diagnostics_.error(here(p_), "block-in-brackets",
                       "a text block cannot stand within brackets; put the text in quotes");
  } else if (!indicator_at_start()) {
    return false;
  }
  ++p_;
  skip_blanks();
  return true;
}

/// A plain scalar within brackets; it ends on its line.
void Parser::flow_plain(std::uint32_t node) {
  if (!flow_indicator()) missing_space();
  const char* start = p_;
  p_ = flow_plain_end(p_);
  const char* end = p_;
  while (end > start && is_blank(end[-1]))
    --end;
  set_scalar(node, start, {start, static_cast<std::size_t>(end - start)}, Style::plain);
  if (odd_spaces_ && end > start) check_ends(start, end);
}

/// A key of a map in braces; reports one without a colon. `has_value`: its colon was read. `behind_plain`: it follows a
/// plain text, of which it may be the rest.
bool Parser::flow_key(FoundKey& key, bool& has_value, bool behind_plain) {
  key = {.begin = p_, .colon = nullptr, .text = {}, .style = Style::plain};
  if (*p_ == '"' || *p_ == '\'') {
    key.style = Style::quoted;
    if (!flow_quoted(key.text)) return false;
  } else if (*p_ == '[' || *p_ == '{') {
    diagnostics_.error(here(p_), "complex-key", "a list or map as a key is not read; write `key: value`");
    ++p_;
    return false;
  } else {
    if (*p_ != ':' && flow_indicator()) return false;
    p_ = flow_plain_end(p_);
    const char* end = p_;
    while (end > key.begin && is_blank(end[-1]))
      --end;
    key.text = {key.begin, static_cast<std::size_t>(end - key.begin)};
  }
  skip_blanks();
  has_value = *p_ == ':';
  if (has_value) {
    ++p_;
  } else {
    const char* after = p_;
    p_ = key.begin;
    if (key.style == Style::quoted || !missing_space()) {
      if (behind_plain) {
        diagnostics_.error(here(key.begin), "comma-in-value",
                           "within braces a comma ends the value before it; put a text that holds a comma in quotes: "
                           "`{key: \"one, two\"}`");
      } else {
        diagnostics_.error(here(key.begin), "key-without-colon", "a key needs a colon and a value: `{key: value}`");
      }
    }
    p_ = after;
  }
  return true;
}

bool Parser::flow_map(std::uint32_t node, int depth) {
  const char* open = p_++;
  document_.cell(node).kind = Kind::map;
  Chain chain{node, 0};
  for (bool done = false; !done;) {
    if (!flow_space(open)) return false;
    if (*p_ == '}') {
      ++p_;
      --flow_open_;
      break;
    }
    if (*p_ == ',') {
      diagnostics_.error(here(p_++), "empty-entry", "a comma with nothing before it; delete it, or write the entry");
      continue;
    }
    if (*p_ != ']') {
      skip_properties();
      FoundKey key;
      bool has_value = false;
      const bool behind_plain = document_.cell(node).count > 0 && document_.cell(chain.last).kind == Kind::scalar &&
                                document_.cell(chain.last).style == Style::plain &&
                                document_.cell(chain.last).text.size > 0;
      if (flow_key(key, has_value, behind_plain)) {
        add_pair(chain, key);
        if (has_value) {
          if (!flow_space(open)) return false;
          if (*p_ != ',' && *p_ != '}' && *p_ != ']' && !flow_node(chain.last, depth + 1)) return false;
        }
      }
    }
    if (!flow_end(open, '}', done)) return false;
  }
  check_duplicates(chain);
  return true;
}

}  // namespace needleplan::yaml
