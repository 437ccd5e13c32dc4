#include <algorithm>

#include <fmt/format.h>

#include "needleplan/yaml/duplicates.h"
#include "needleplan/yaml/parser.h"

namespace needleplan::yaml {

bool Parser::too_deep(int depth) {
  if (depth <= limits_.depth) return false;
  diagnostics_.error(here(p_), "too-deep",
                     fmt::format("more than {} lists and maps within each other; reading stops here", limits_.depth));
  stop();
  return true;
}

/// Anchors, aliases and tags in front of a value: reported, then passed over.
void Parser::reject_properties() {
  while ((*p_ == '&' || *p_ == '*' || *p_ == '!') && !too_many()) {
    if (*p_ == '&') {
      diagnostics_.error(here(p_), "anchor",
                         "`&` begins an anchor, which is not read; delete it, or put text in quotes");
    } else if (*p_ == '*') {
      diagnostics_.error(here(p_), "alias",
                         "`*` begins an alias, which is not read; write the value out, or put text in quotes");
    } else {
      diagnostics_.error(here(p_), "tag", "`!` begins a tag, which is not read; delete it, or put text in quotes");
    }
    ++p_;
    while (!has_class(*p_, byte_class::kAfterColon) && !spaced(p_, ':') && (flow_open_ == 0 || !is_flow_mark(*p_)))
      ++p_;
    skip_blanks();
  }
}

/// A value that begins on this line: `p_` stands on its first character.
void Parser::block_node(std::uint32_t node, int column, int floor, int depth) {
  // A scalar may stand one level below the deepest map.
  if (depth > limits_.depth + 1 && too_deep(depth)) return;
  document_.cell(node).offset = offset(p_);
  skip_properties();
  if (at_line_end(p_)) {
    skip_rest();
    if (indent_ > floor) block_node(node, indent_, floor, depth + 1);
    return;
  }
  if (spaced(p_, '-')) return block_list(node, column, depth, false);
  FoundKey key;
  if (find_key(key)) return block_map(node, column, depth, key);
  lone_scalar(node, column, floor, depth);
}

/// A value with no key on its line. Often it was meant as one, so what follows is looked at too.
void Parser::lone_scalar(std::uint32_t node, int column, int floor, int depth) {
  const char* start = p_;
  const bool reported = missing_space() || indicator_at_start();
  if (reported) {
    skip_rest();
  } else {
    single_value(node, floor, depth);
  }
  if (indent_ != column || column <= floor || *start == '[' || *start == '{') {
    if (indent_ > floor && floor >= 0) below_value(floor, depth, reported);
    return;
  }
  // Further lines beside this one: keys of the same map, so this line lacks its colon.
  if (!reported) diagnostics_.error(here(start), "key-without-colon", "a key needs a colon and a value: `key: value`");
  FoundKey key;
  if (next_key(column, depth, key)) block_map(node, column, depth, key);
}

/// `pregnant:true` where a key was surely meant: reports it.
bool Parser::missing_space() {
  const char* q = p_;
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (!letter(*q)) return false;
  while (letter(*q) || *q == '-' || (*q >= '0' && *q <= '9'))
    ++q;
  if (*q != ':' || has_class(q[1], byte_class::kAfterColon) || (q[1] == '/' && q[2] == '/')) return false;
  diagnostics_.error(here(q), "missing-space", "no space after the colon: write `key: value`, or put text in quotes");
  return true;
}

bool Parser::find_key(FoundKey& key) {
  const char* q = p_;
  if (*q == '"' || *q == '\'') return find_quoted_key(key);
  if (has_class(*q, byte_class::kIndicator)) return false;
  if ((*q == '-' || *q == '?' || *q == ':') && has_class(q[1], byte_class::kAfterColon)) return false;
  while (true) {
    q = find_stop(q);
    if (*q == ':') {
      if (has_class(q[1], byte_class::kAfterColon)) break;
    } else if (*q == '#') {
      if (is_blank(q[-1])) return false;
    } else if (at_line_end(q)) {
      return false;
    }
    ++q;
  }
  const char* end = q;
  while (is_blank(end[-1]))
    --end;
  key = {.begin = p_, .colon = q, .text = {p_, static_cast<std::size_t>(end - p_)}, .style = Style::plain};
  return true;
}

bool Parser::find_quoted_key(FoundKey& key) {
  const char* q = quote_end(p_);
  if (q == nullptr) return false;
  ++q;
  while (is_blank(*q))
    ++q;
  if (*q != ':') return false;
  key = {.begin = p_, .colon = q, .text = {}, .style = Style::quoted};
  const char* from = p_;
  quoted(from, key.text);
  if (!has_class(q[1], byte_class::kAfterColon))
    diagnostics_.error(here(q), "missing-space", "no space after the colon: write `key: value`");
  return true;
}

void Parser::judge_key(const FoundKey& key) {
  if (key.text.empty()) {
    diagnostics_.error(here(key.begin), "empty-key", "an empty key; write the key before the colon");
  } else if (key.text == "<<" && key.style == Style::plain) {
    diagnostics_.error(here(key.begin), "merge-key", "`<<` merges another map, which is not read; write its keys out");
  } else if (key.text.size() > kLongestKey) {
    diagnostics_.error(here(key.begin), "long-key", "a key of more than 1024 bytes; shorten it");
  }
  if (!odd_spaces_) return;
  for (std::size_t i = 0; i < key.text.size();) {
    const Character character = decode(key.text.substr(i));
    if (is_odd_space(character.code)) {
      diagnostics_.error(here(key.style == Style::plain ? key.begin + i : key.begin), "odd-space",
                         fmt::format("{} in a key; use an ordinary space or none", code_name(character.code)));
      return;
    }
    i += static_cast<std::size_t>(std::max(character.length, 1));
  }
}

/// Behind a key's colon: a plain scalar that begins with a word and is all of its line, as most values are. Gives the
/// line's end, and nullptr where the line needs a closer look.
inline const char* Parser::word_end(const char* colon, const char*& value) {
  value = colon + 1;
  while (*value == ' ')
    ++value;
  if (has_class(*value, byte_class::kNoWord)) return nullptr;
  const char* end = find_stop(value);
  while (*end == ':' && !has_class(end[1], byte_class::kAfterColon))
    end = find_stop(end + 1);
  return *end == '\n' ? end : nullptr;
}

/// What word_end() found.
inline void Parser::word_value(std::uint32_t value, const char* begin, const char* line_end, int column, int depth) {
  const char* end = line_end;
  while (is_blank(end[-1]))
    --end;
  Cell& cell = document_.cell(value);
  cell.text = part({begin, static_cast<std::size_t>(end - begin)});
  cell.offset = offset(begin);
  p_ = line_end + 1;
  next_line();
  if (indent_ <= column) return;
  if (!tabbed_) continuation(value, begin, end, column);
  if (indent_ > column) below_value(column, depth + 1, false);
}

/// The pairs of a map up to the first line that is not just a word, a colon and a plain scalar.
void Parser::word_pairs(Chain& chain, int column, int depth) {
  if (odd_spaces_) return;
  while (indent_ == column && !has_class(*p_, byte_class::kNoWord)) {
    const char* colon = find_stop(p_);
    if (*colon != ':' || colon[1] != ' ') return;
    const char* value = nullptr;
    const char* end = word_end(colon, value);
    if (end == nullptr) return;
    const char* key_end = colon;
    while (is_blank(key_end[-1]))
      --key_end;
    add_pair(
        chain,
        {.begin = p_, .colon = colon, .text = {p_, static_cast<std::size_t>(key_end - p_)}, .style = Style::plain});
    word_value(chain.last, value, end, column, depth);
  }
}

void Parser::block_map(std::uint32_t node, int column, int depth, FoundKey key) {
  if (too_deep(depth)) return;
  Cell& map = document_.cell(node);
  map.offset = offset(key.begin);
  map.kind = Kind::map;
  Chain chain{node, 0};
  do {
    add_pair(chain, key);
    p_ = key.colon + 1;
    entry_value(chain.last, column, depth);
    word_pairs(chain, column, depth);
  } while (next_key(column, depth, key));
  check_duplicates(chain);
}

/// The next key of a map at this column, past lines that are none.
bool Parser::next_key(int column, int depth, FoundKey& key) {
  while (at_level(column, depth)) {
    skip_properties();
    if (spaced(p_, '-')) {
      diagnostics_.error(here(p_), "item-among-keys",
                         "a list item beside keys; a key belongs here, or indent the item");
      block_list(document_.add({}), column, depth + 1, true);
      continue;
    }
    if (find_key(key)) return true;
    const bool quote = *p_ == '"' || *p_ == '\'';
    std::string_view text;
    const char* q = p_;
    if (spaced(p_, ':')) {
      diagnostics_.error(here(p_), "empty-key", "an empty key; write the key before the colon");
    } else if (!at_line_end(p_) && !missing_space() && !indicator_at_start() && (!quote || quoted(q, text))) {
      diagnostics_.error(here(p_), "key-without-colon", "a key needs a colon and a value: `key: value`");
    }
    skip_rest();
  }
  return false;
}

/// After a key's colon: a value on this line, or a block below it, or nothing.
void Parser::entry_value(std::uint32_t value, int column, int depth) {
  const char* colon = p_;
  const char* word = nullptr;
  if (const char* end = odd_spaces_ ? nullptr : word_end(p_ - 1, word); end != nullptr)
    return word_value(value, word, end, column, depth);
  skip_blanks();
  skip_properties();
  if (*p_ == '#' && p_ != colon) {
    check_comment();
    p_ = line_end(p_);
  }
  if (!at_line_end(p_)) return inline_value(value, column, depth + 1);
  skip_rest();
  if (indent_ > column) return block_node(value, indent_, column, depth + 1);
  // The dashes of a list may stand right below its key.
  if (indent_ == column && spaced(p_, '-')) return block_list(value, column, depth + 1, true);
}

/// A value that begins on the line of its key: no block map or list.
void Parser::inline_value(std::uint32_t node, int floor, int depth) {
  const bool item = spaced(p_, '-');
  if (item)
    diagnostics_.error(here(p_), "item-on-key-line", "a list item on its key's line; begin the list on the next line");
  if (item || indicator_at_start()) {
    skip_rest();
    if (indent_ > floor) below_value(floor, depth, true);
    return;
  }
  single_value(node, floor, depth);
  if (indent_ > floor) below_value(floor, depth, false);
}

/// A scalar or something in brackets, and the rest of its line.
void Parser::single_value(std::uint32_t node, int floor, int depth) {
  const char* start = p_;
  document_.cell(node).offset = offset(p_);
  if (*p_ == '|' || *p_ == '>') return block_scalar(node, floor);
  if (*p_ == '[' || *p_ == '{') return flow_value(node, floor, depth);
  if (*p_ != '"' && *p_ != '\'') return plain(node, floor);
  std::string_view text;
  if (!quoted(p_, text)) return skip_rest();
  set_scalar(node, start, text, Style::quoted);
  finish_value("closing quote");
}

/// Lines right of `floor` below a value that has ended.
void Parser::below_value(int floor, int depth, bool reported) {
  if (!reported && !tabbed_)
    diagnostics_.error(here(p_), "value-and-block",
                       "lines below a value that is already complete; indent them as its key, or move the value");
  read_aside(floor, depth);
}

void Parser::block_list(std::uint32_t node, int column, int depth, bool under_key) {
  if (too_deep(depth)) return;
  Cell& list = document_.cell(node);
  list.offset = offset(p_);
  list.kind = Kind::list;
  indent_ = column;  // also for a list that begins after a dash
  Chain chain{node, 0};
  while (at_level(column, depth)) {
    if (!spaced(p_, '-')) {
      if (under_key) return;
      diagnostics_.error(here(p_), "item-without-dash", "a list item begins with `- `; this line stands in a list");
      if (FoundKey key; find_key(key)) {
        p_ = key.colon + 1;
        entry_value(document_.add({}), column, depth);
      } else {
        skip_rest();
      }
      continue;
    }
    const char* dash = p_;
    const std::uint32_t item = document_.add({.text = {}, .offset = offset(dash)});
    link(chain, item);
    ++document_.cell(node).count;
    ++p_;
    skip_blanks();
    skip_properties();
    if (*p_ == '#') {
      check_comment();
      p_ = line_end(p_);
    }
    if (!at_line_end(p_)) {
      if (std::memchr(dash, '\t', static_cast<std::size_t>(p_ - dash)) != nullptr)
        diagnostics_.error(here(dash + 1), "tab-indentation", "a tab after the dash; put one space");
      block_node(item, this->column(p_), column, depth + 1);
    } else {
      skip_rest();
      if (indent_ > column) block_node(item, indent_, column, depth + 1);
    }
  }
}

/// True if the current line belongs to the level at this column; reports lines indented to no level.
bool Parser::at_level(int column, int depth) {
  while (indent_ > column) {
    if (tabbed_) {
      indent_ = column;
      break;
    }
    diagnostics_.error(
        here(p_), "bad-indentation",
        fmt::format("indented by {}, which fits no level; indent it as the lines above it, or by {}", indent_, column));
    read_aside(column, depth);
  }
  return indent_ == column;
}

/// Reads lines that belong nowhere, only for the mistakes within them.
void Parser::read_aside(int floor, int depth) {
  const std::uint32_t aside = document_.add({});
  block_node(aside, indent_, floor, depth + 1);
}

void Parser::check_duplicates(const Chain& chain) {
  if (!chain.alike || !has_duplicate_keys(document_, chain.parent)) return;
  const auto report = [this](std::uint32_t first, std::uint32_t again) {
    if (too_many()) return;
    const Cell& key = document_.cell(again);
    diagnostics_.error(
        {&source_, key.offset}, "duplicate-key",
        fmt::format("the key \"{}\" stands twice in this map, first in line {}; keep one of them",
                    printable(document_.text(key.text), 60), source_.place(document_.cell(first).offset).line));
  };
  const auto after = [this](std::uint32_t key) { return document_.cell(document_.cell(key).next).next; };
  std::vector<std::pair<std::string_view, std::uint32_t>> keys;
  for (std::uint32_t key = document_.cell(chain.parent).first; key != 0; key = after(key))
    keys.emplace_back(document_.text(document_.cell(key).text), key);
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 1, first = 0; i < keys.size(); ++i) {
    if (keys[i].first != keys[first].first) {
      first = i;
    } else {
      report(keys[first].second, keys[i].second);
    }
  }
}

}  // namespace needleplan::yaml
