#include "needleplan/render/csv.h"

#include "needleplan/render/escape.h"

namespace needleplan {

void append_cell(std::string& out, std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell += '\'';
  append_escaped(cell, text, Escape::none);
  if (cell.find_first_of(",\"\r\n") == std::string::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace needleplan
