/// A node of a file as JSON.
#pragma once

#include "needleplan/render/json.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// Maps and lists as they stand; `scalar` writes what is neither.
template <class Scalar>
void write_node(JsonWriter& json, yaml::Node node, const Scalar& scalar) {
  if (node.is_map()) {
    json.begin_object();
    for (const yaml::Node key : node) {
      json.key(key.text());
      write_node(json, key.value_of(), scalar);
    }
    json.end_object();
  } else if (node.is_list()) {
    json.begin_array();
    for (const yaml::Node item : node)
      write_node(json, item, scalar);
    json.end_array();
  } else {
    scalar(node);
  }
}

}  // namespace needleplan
