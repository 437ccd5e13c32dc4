#include "needleplan/authoring/merge.h"

#include <functional>

namespace needleplan {

namespace {

using yaml::Cell;
using yaml::Node;

class TreeMerge {
 public:
  TreeMerge(const Source& source, yaml::Document& out) : source_(source), out_(out) {}

  // NOLINTNEXTLINE(misc-no-recursion): the depth of a document is limited
  std::uint32_t add(Node below, Node above) {
    if (!above.valid()) return copy(below);
    if (!below.valid() || !below.is_map() || !above.is_map()) return copy(above);
    const std::uint32_t map = out_.add(head(above));
    std::uint32_t last = 0;
    for (const Node key : below)
      append(map, last, key, add(key.value_of(), above.find(key.text())));
    for (const Node key : above)
      if (!below.find(key.text()).valid()) append(map, last, key, copy(key.value_of()));
    return map;
  }

 private:
  [[nodiscard]] yaml::CellText hold(std::string_view text) {
    const std::string_view whole = source_.text();
    const bool in_source = std::less_equal<>{}(whole.data(), text.data()) &&
                           std::less_equal<>{}(text.data() + text.size(), whole.data() + whole.size());
    return out_.hold(in_source ? text : out_.keep(text));
  }

  /// A cell without its children.
  Cell head(Node node) {
    Cell cell;
    cell.kind = node.kind();
    cell.style = node.style();
    cell.offset = node.at().offset;
    if (node.is_scalar()) cell.text = hold(node.text());
    return cell;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  std::uint32_t copy(Node node) {
    const std::uint32_t index = out_.add(head(node));
    std::uint32_t last = 0;
    if (node.is_map())
      for (const Node key : node)
        append(index, last, key, copy(key.value_of()));
    if (node.is_list())
      for (const Node item : node)
        link(index, last, copy(item));
    return index;
  }

  /// Adds a child behind `last`.
  void link(std::uint32_t parent, std::uint32_t& last, std::uint32_t child) {
    if (last == 0) {
      out_.cell(parent).first = child;
    } else {
      out_.cell(last).next = child;
    }
    last = child;
    ++out_.cell(parent).count;
  }

  void append(std::uint32_t map, std::uint32_t& last, Node key, std::uint32_t value) {
    Cell cell = head(key);
    cell.mark = yaml::key_mark(key.text());
    const std::uint32_t name = out_.add(cell);
    if (last == 0) {
      out_.cell(map).first = name;
    } else {
      out_.cell(last).next = name;
    }
    out_.cell(name).next = value;
    last = value;
    ++out_.cell(map).count;
    out_.cell(map).keys |= yaml::key_bit(cell.mark);
  }

  const Source& source_;
  yaml::Document& out_;
};

}  // namespace

void merge(Node below, Node above, const Source& source, yaml::Document& out) {
  out.reset(source);
  if (below.valid() || above.valid()) {
    TreeMerge(source, out).add(below, above);
  } else {
    Cell empty;
    empty.kind = yaml::Kind::map;
    out.add(empty);
  }
}

}  // namespace needleplan
