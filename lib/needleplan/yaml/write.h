/// Nodes as text again, in the dialect that reader.h reads: what is read back is the same.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "needleplan/yaml/node.h"

namespace needleplan::yaml {

/// How wide lines become where there is a choice, in bytes.
inline constexpr std::size_t kLineWidth = 110;

/// A value on one line, as it can stand behind a key; lists and maps in brackets.
[[nodiscard]] std::string to_line(Node node);

/// Appends a whole document, whose root is a map: a line or more for each key.
void append_document(std::string& out, Node root);

/// Appends a value behind the key or dash that `out` ends with, and a line break. `indent`: the spaces before that key
/// or dash. Long texts are folded, long lists and maps go over several lines. `comment` stands at the end of the first
/// line; it may be empty and holds no line break.
void append_value(std::string& out, Node node, std::size_t indent, std::string_view comment = {});

/// The same for a list: short entries follow one another within brackets, over as many lines as that takes, the last of
/// which has the comment; others have a line each.
void append_list(std::string& out, std::span<const Node> entries, std::size_t indent, std::string_view comment = {});

/// Appends `# comment` behind a value, if there is one, and a line break.
void end_line(std::string& out, std::string_view comment);

}  // namespace needleplan::yaml
