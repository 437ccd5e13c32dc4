#include "needleplan/batch/convert.h"

#include <fmt/format.h>

#include "needleplan/render/node_json.h"
#include "needleplan/yaml/fields.h"
#include "needleplan/yaml/json.h"
#include "needleplan/yaml/reader.h"
#include "needleplan/yaml/write.h"

namespace needleplan::batch {

namespace {

using yaml::Node;

void write_json(Node node, JsonWriter& json) {
  write_node(json, node, [&](Node scalar) {
    if (yaml::is_null(scalar)) {
      json.null();
    } else if (scalar.style() == yaml::Style::plain && yaml::is_json_word(scalar.text())) {
      json.word(scalar.text());
    } else {
      json.value(scalar.text());
    }
  });
}

/// The first node below `a` that `b` does not say too; invalid when there is none.
Node first_difference(Node a, Node b) {
  if (a.kind() != b.kind() || a.count() != b.count()) return a;
  if (a.is_scalar()) {
    if (yaml::is_null(a) || yaml::is_null(b)) return yaml::is_null(a) == yaml::is_null(b) ? Node() : a;
    if (a.text() != b.text()) return a;
    // The words that are answers; in quotes YAML takes them for a text.
    for (const std::string_view word : {"none", "unknown"})
      if (a.is_word(word) != b.is_word(word)) return a;
    return {};
  }
  auto other = b.begin();
  for (const Node child : a) {
    if (a.is_map() && child.text() != (*other).text()) return child;
    const Node found =
        a.is_map() ? first_difference(child.value_of(), (*other).value_of()) : first_difference(child, *other);
    if (found.valid()) return found;
    ++other;
  }
  return {};
}

}  // namespace

bool Converter::convert(const Source& source, std::string& out, Diagnostics& diagnostics) {
  if (!yaml::read(source, document_, diagnostics)) return false;
  const Node root = document_.root();
  if (!root.is_map()) {
    diagnostics.error(root.at(), "wrong-kind",
                      fmt::format("{} where a client's record belongs, which is a map of `key: value` lines",
                                  root.is_list() ? "a list" : "one value"));
    return false;
  }
  written_.clear();
  if (to_ == Form::ndjson) {
    JsonWriter json(written_, JsonWriter::Layout::compact);
    write_json(root, json);
    written_ += '\n';
  } else {
    written_ = "---\n";
    yaml::append_document(written_, root);
  }
  if (!check(root, written_, diagnostics)) return false;
  out += written_;
  return true;
}

bool Converter::check(Node root, std::string_view written, Diagnostics& diagnostics) {
  const Source source(root.at().source->name(), Source::Constant{written});
  Diagnostics mistakes;
  Node found = root;
  if (yaml::read(source, again_, mistakes)) found = first_difference(root, again_.root());
  if (!found.valid()) return true;
  if (found.is_scalar() && (found.text() == "none" || found.text() == "unknown")) {
    diagnostics.error(found.at(), "quoted-answer",
                      "in quotes this word is a text in YAML, but the answer itself in JSON, which cannot tell them "
                      "apart; leave out the quotes, or write other words");
  } else {
    diagnostics.error(found.at(), "no-other-form", "the other form cannot say the same as what stands here");
  }
  return false;
}

}  // namespace needleplan::batch
