/// Random documents in our dialect of YAML.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "support/documents.h"

namespace needleplan {

inline constexpr std::array<std::string_view, 12> kNames{"name", "area",  "last_used", "pregnant", "spf 50", "a",
                                                         "b-c",  "notes", "x:y",       "Müller",   "12",     "don't"};
inline constexpr std::array<std::string_view, 30> kTexts{"cheeks",
                                                         "yes",
                                                         "2026-03-04",
                                                         "14:30",
                                                         "0.5",
                                                         "none",
                                                         "~",
                                                         "null",
                                                         "3d..5d",
                                                         "a b c",
                                                         "https://a.example/b?c=d#e",
                                                         "it's",
                                                         "50%",
                                                         "-1",
                                                         "- x",
                                                         "a: b",
                                                         "x #1",
                                                         "#1",
                                                         "*x",
                                                         "a, b",
                                                         "[x]",
                                                         "a  b",
                                                         "tab\there",
                                                         "\xE7\xBE\x8E\xE5\x92\xB2",
                                                         "a#b",
                                                         "?why",
                                                         "-dash",
                                                         ":colon",
                                                         "a\\nb",
                                                         "x&y"};
inline constexpr std::array<std::string_view, 12> kQuoted{"\"\"",     "''",          "\"a b\"",       "'it''s'",
                                                          "\"a\\n\"", "\"\\u00e9\"", "\"# no\"",      "'a: b'",
                                                          "\"\\\\\"", "\"\\x41\"",   "\"x\\ty\\/z\"", "' '"};

/// Writes a random document in the dialect, mostly valid.
class YamlText {
 public:
  explicit YamlText(Random& random) : random_(random) {}

  std::string document() {
    if (random_.one_in(10)) out_ += "---\n";
    if (random_.one_in(12)) {
      flow(0);
      out_ += "\n";
    } else {
      block(0, 0);
    }
    if (random_.one_in(20)) out_ += "...\n";
    return std::move(out_);
  }

 private:
  void indent(std::size_t columns) { out_.append(columns, ' '); }

  void line_end() {
    if (random_.one_in(8)) out_ += random_.one_in(2) ? "  # said so" : " ";
    out_ += random_.one_in(60) ? "\r\n" : "\n";
    if (random_.one_in(15)) out_ += random_.one_in(2) ? "\n" : "  # aside\n";
  }

  void key() {
    if (random_.one_in(10)) {
      out_ += random_.pick(kQuoted);
    } else {
      out_ += random_.pick(kNames);
      if (!random_.one_in(3)) out_ += std::to_string(random_.below(50));
    }
    out_ += random_.one_in(20) ? " :" : ":";
  }

  void block(std::size_t column, int depth) {
    const std::size_t count = 1 + random_.below(4);
    if (random_.one_in(3)) {
      for (std::size_t i = 0; i < count; ++i) {
        indent(column);
        out_ += "-";
        item(column, depth);
      }
    } else {
      for (std::size_t i = 0; i < count; ++i) {
        indent(column);
        key();
        value(column, depth);
      }
    }
  }

  void item(std::size_t column, int depth) {
    if (depth < 4 && random_.one_in(3)) {
      out_ += " ";
      key();
      value(column + 2, depth + 1);
      if (random_.one_in(2)) {
        indent(column + 2);
        key();
        value(column + 2, depth + 1);
      }
    } else if (depth < 4 && random_.one_in(8)) {
      out_ += " -";
      value(column + 2, depth + 2);
    } else {
      value(column, depth);
    }
  }

  void value(std::size_t column, int depth) {
    switch (random_.below(depth < 4 ? 11 : 7)) {
      case 0:
        out_ += " ";
        flow(depth);
        return line_end();
      case 1:
        return text_block(column);
      case 2:
        out_ += " ";
        out_ += random_.pick(kQuoted);
        return line_end();
      case 3:
        return random_.one_in(3) ? several_lines(column) : line_end();
      case 4:
      case 5:
      case 6:
        out_ += " ";
        out_ += random_.pick(kTexts);
        return line_end();
      default: {
        line_end();
        const std::size_t step = random_.one_in(4) ? 4 : random_.one_in(6) ? 0 : 2;
        return block(column + step, depth + 1);
      }
    }
  }

  void several_lines(std::size_t column) {
    out_ += " first\n";
    for (std::size_t i = random_.below(3) + 1; i > 0; --i) {
      if (random_.one_in(5)) out_ += "\n";
      indent(column + 1 + random_.below(3));
      out_ += random_.pick(kTexts);
      out_ += "\n";
    }
  }

  void text_block(std::size_t column) {
    constexpr std::array<std::string_view, 8> kHeads{" |", " >", " |-", " >-", " |+", " >+", " |2", " >-2"};
    out_ += random_.pick(kHeads);
    out_ += random_.one_in(10) ? "  # said so\n" : "\n";
    const std::size_t step = random_.one_in(8) ? 1 + random_.below(4) : 2;
    for (std::size_t i = random_.below(4); i > 0; --i) {
      if (random_.one_in(5)) {
        if (random_.one_in(3)) indent(random_.below(6));
        out_ += "\n";
      } else {
        indent(column + step + (random_.one_in(6) ? 2 : 0));
        out_ += random_.pick(kTexts);
        out_ += "\n";
      }
    }
  }

  void flow(int depth) {
    const bool map = random_.one_in(2);
    out_ += map ? "{" : "[";
    const std::size_t count = random_.below(4);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out_ += random_.one_in(8) ? ",\n      " : random_.one_in(5) ? "," : ", ";
      if (map) {
        key();
        out_ += " ";
      }
      if (depth < 5 && random_.one_in(4)) {
        flow(depth + 1);
      } else {
        out_ += random_.one_in(3) ? random_.pick(kQuoted) : random_.pick(kTexts);
      }
    }
    out_ += map ? "}" : "]";
  }

  Random& random_;
  std::string out_;
};

}  // namespace needleplan
