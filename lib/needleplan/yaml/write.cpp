#include "needleplan/yaml/write.h"

#include <algorithm>
#include <vector>

#include "needleplan/text/characters.h"
#include "needleplan/yaml/characters.h"
#include "needleplan/yaml/fields.h"
#include "needleplan/yaml/json.h"

namespace needleplan::yaml {

namespace {

enum class Where { line, brackets };

/// Whether a colon there would end a key.
bool ends_key(std::string_view text, std::size_t colon, Where where) {
  if (colon + 1 == text.size() || is_blank(text[colon + 1])) return true;
  return where == Where::brackets && std::string_view(",[]{}").find(text[colon + 1]) != std::string_view::npos;
}

/// Whether a text has a space at either end, or what looks like one.
bool has_space_at_end(std::string_view text) {
  std::size_t last = text.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U)
    --last;
  return is_blank(text.front()) || is_blank(text.back()) || is_odd_space(decode(text).code) ||
         is_odd_space(decode(text.substr(last)).code);
}

/// Whether a text looks like a key whose colon lacks its space.
bool looks_like_key(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (text.empty() || !letter(text.front())) return false;
  std::size_t i = 1;
  while (i < text.size() && (letter(text[i]) || text[i] == '-' || is_digit(text[i])))
    ++i;
  return i < text.size() && text[i] == ':' && text.substr(i + 1, 2) != "//";
}

/// Whether a text would be read as something else without quotes.
bool needs_quotes(std::string_view text, Where where) {
  if (text.empty() || has_space_at_end(text) || looks_like_key(text) || text == "<<") return true;
  if (std::string_view(",[]{}#&*!|>'\"%@`").find(text.front()) != std::string_view::npos) return true;
  if (std::string_view("-?:").find(text.front()) != std::string_view::npos && (text.size() == 1 || is_blank(text[1])))
    return true;
  if (text.starts_with("---") || text.starts_with("...")) return true;
  if (where == Where::brackets && text.find_first_of(",[]{}") != std::string_view::npos) return true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || text[i] == '\t' || text[i] == '\r') return true;
    if (text[i] == '#' && i > 0 && text[i - 1] == ' ') return true;
    if (text[i] == ':' && ends_key(text, i, where)) return true;
  }
  return false;
}

std::string in_double_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

std::string scalar(Node node, Where where) {
  const std::string_view text = node.text();
  if (is_null(node)) return text.empty() ? "~" : std::string(text);
  // Quotes can be what makes a text of a word such as none; in JSON, of one such as true or null.
  const bool one_word = text.find(' ') == std::string_view::npos;
  const bool quotes =
      node.style() == Style::quoted && (!node.is_word(text) || reads_as_null(text) || is_json_word(text));
  const bool keep = quotes || (node.style() == Style::block && one_word);
  return keep || needs_quotes(text, where) ? in_double_quotes(text) : std::string(text);
}

std::string line_of(Node node, Where where) {
  if (node.is_scalar()) return scalar(node, where);
  std::string out(1, node.is_list() ? '[' : '{');
  for (const Node child : node) {
    if (out.size() > 1) out += ", ";
    out += line_of(child, Where::brackets);
    if (node.is_map()) out += ": " + line_of(child.value_of(), Where::brackets);
  }
  return out + (node.is_list() ? ']' : '}');
}

/// Whether a text without line breaks can be broken at its spaces and joined again.
bool can_fold(std::string_view text) {
  if (text.empty() || is_blank(text.front()) || is_blank(text.back())) return false;
  return text.find_first_of("\t\r\n") == std::string_view::npos && text.find("  ") == std::string_view::npos;
}

/// Whether a text keeps all its lines in a `|` block.
bool can_stand_in_block(std::string_view text) {
  if (text.empty() || is_blank(text.front()) || text.front() == '\n' || text.back() == '\n') return false;
  return text.find_first_of("\t\r") == std::string_view::npos && text.find(" \n") == std::string_view::npos;
}

void append_lines(std::string& out, std::string_view text, std::size_t indent) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) out.append(indent, ' ').append(text.substr(0, end));
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void append_folded(std::string& out, std::string_view text, std::size_t indent) {
  const std::size_t room = kLineWidth > indent + 40 ? kLineWidth - indent : 40;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > room) {
      end = text.rfind(' ', room);
      if (end == std::string_view::npos) end = std::min(text.find(' '), text.size());
    }
    out.append(indent, ' ').append(text.substr(0, end)) += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::size_t column(const std::string& out) {
  const std::size_t line = out.rfind('\n');
  return line == std::string::npos ? out.size() : out.size() - line - 1;
}

void append_scalar(std::string& out, Node node, std::size_t indent, std::string_view comment) {
  std::string_view text = node.text();
  const std::string line = scalar(node, Where::line);
  const bool closed = text.ends_with('\n');
  if (closed) text.remove_suffix(1);
  const bool several = text.find('\n') != std::string_view::npos;
  const bool too_long = column(out) + 1 + line.size() > kLineWidth && text.find(' ') != std::string_view::npos;
  if ((!closed && !several && !too_long) || !(several ? can_stand_in_block(text) : can_fold(text))) {
    out += ' ' + line;
    return end_line(out, comment);
  }
  out += several ? " |" : " >";
  if (!closed) out += '-';
  end_line(out, comment);
  several ? append_lines(out, text, indent + 2) : append_folded(out, text, indent + 2);
}

void append_entries(std::string& out, Node node, std::size_t indent, bool on_first_line) {
  for (const Node child : node) {
    if (!on_first_line) out.append(indent, ' ');
    on_first_line = false;
    if (node.is_list()) {
      out += '-';
      append_value(out, child, indent);
    } else {
      out += scalar(child, Where::line) + ':';
      append_value(out, child.value_of(), indent);
    }
  }
}

}  // namespace

void append_document(std::string& out, Node root) {
  if (root.count() == 0) {
    out += line_of(root, Where::line) + '\n';
  } else {
    append_entries(out, root, 0, false);
  }
}

std::string to_line(Node node) {
  return line_of(node, Where::line);
}

void end_line(std::string& out, std::string_view comment) {
  if (!comment.empty()) out.append("  # ").append(comment);
  out += '\n';
}

void append_list(std::string& out, std::span<const Node> entries, std::size_t indent, std::string_view comment) {
  std::vector<std::string> lines;
  std::size_t longest = 0;
  std::size_t whole = 3;
  for (const Node entry : entries) {
    lines.push_back(line_of(entry, Where::brackets));
    longest = std::max(longest, entry.is_scalar() ? lines.back().size() : kLineWidth);
    whole += lines.back().size() + 2;
  }
  if (column(out) + whole > kLineWidth + 2 && longest > kLineWidth / 3) {
    end_line(out, comment);
    for (const Node entry : entries) {
      out.append(indent + 2, ' ') += '-';
      append_value(out, entry, indent + 2);
    }
    return;
  }
  out += " [";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 && column(out) + 2 + lines[i].size() > kLineWidth) {
      out += ",\n";
      out.append(indent + 2, ' ');
    } else if (i > 0) {
      out += ", ";
    }
    out += lines[i];
  }
  out += ']';
  end_line(out, comment);
}

void append_value(std::string& out, Node node, std::size_t indent, std::string_view comment) {
  if (node.is_scalar()) return append_scalar(out, node, indent, comment);
  if (node.is_list()) return append_list(out, std::vector<Node>(node.begin(), node.end()), indent, comment);
  const std::string line = to_line(node);
  if (node.count() == 0 || column(out) + 1 + line.size() <= kLineWidth) {
    out += ' ' + line;
    return end_line(out, comment);
  }
  // The first key of a map in a list stands on the line of its dash.
  if (node.is_map() && out.ends_with('-') && comment.empty()) {
    out += ' ';
    return append_entries(out, node, indent + 2, true);
  }
  end_line(out, comment);
  append_entries(out, node, indent + 2, false);
}

}  // namespace needleplan::yaml
