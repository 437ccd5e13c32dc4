#include "needleplan/render/schema.h"

#include <algorithm>

#include "needleplan/render/json.h"

namespace needleplan {

namespace {

using yaml::Key;
using yaml::Shape;
using yaml::Type;

void write_shape(JsonWriter& json, const Shape& shape, yaml::Extent extent);

void write_pattern(JsonWriter& json, std::string_view pattern) {
  json.member("type", "string").member("pattern", pattern);
}

/// One scalar. Everything is text to us, so editors may offer the plain YAML kinds as well. Where `none` or `unknown`
/// cannot be held they are no text either.
void write_scalar(JsonWriter& json, Type type, yaml::Holds holds = yaml::Holds::words) {
  switch (type) {
    case Type::id:
      write_pattern(json, "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$");
      break;
    case Type::source_key:
      write_pattern(json, "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$");
      break;
    case Type::yes_no:
      json.key("enum").begin_array().value("yes").value("no").value(true).value(false).end_array();
      break;
    case Type::integer:
      json.member("type", "integer");
      break;
    case Type::number:
      json.member("type", "number");
      break;
    case Type::date:
      write_pattern(json, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
      break;
    case Type::partial_date:
      write_pattern(json, "^(about )?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$");
      break;
    case Type::moment:
      write_pattern(json, "^(about )?[0-9]{4}(-[0-9]{2}(-[0-9]{2}([ T][0-9]{2}:[0-9]{2})?)?)?$");
      break;
    case Type::time:
      write_pattern(json, "^[0-9]{2}:[0-9]{2}$");
      break;
    case Type::span:
      write_pattern(json, "^[0-9]{1,4}(min|h|d|w|mo|y)$");
      break;
    case Type::span_range:
      write_pattern(json, "^[0-9]{1,4}(min|h|d|w|mo|y)(\\.\\.[0-9]{1,4}(min|h|d|w|mo|y))?$");
      break;
    default:
      json.key("type").begin_array().value("string").value("number").value("boolean").end_array();
      if (holds == yaml::Holds::words || holds == yaml::Holds::or_none_unknown) break;
      json.key("not").begin_object().key("enum").begin_array();
      if (!holds_none(holds)) json.value("none");
      if (!holds_unknown(holds)) json.value("unknown");
      json.end_array().end_object();
      break;
  }
}

void write_list(JsonWriter& json, const Key& key, yaml::Extent extent) {
  json.member("type", "array").member("minItems", 1).key("items").begin_object();
  if (key.items == Type::map && key.shape != nullptr) {
    write_shape(json, *key.shape, extent);
  } else if (key.items == Type::text_or_map && key.shape != nullptr) {
    json.key("anyOf").begin_array().begin_object().member("type", "string").end_object().begin_object();
    write_shape(json, *key.shape, extent);
    json.end_object().end_array();
  } else {
    write_scalar(json, key.items, key.holds == yaml::Holds::words ? key.holds : yaml::Holds::value);
  }
  json.end_object();
}

/// The forms that a key's value may take, each as one alternative.
void write_value(JsonWriter& json, const Key& key, yaml::Extent extent) {
  json.member("description", key.summary);
  if (key.type == Type::any) return;
  json.key("anyOf").begin_array();
  const auto alternative = [&](auto write) {
    json.begin_object();
    write();
    json.end_object();
  };
  if (holds_none(key.holds) || holds_unknown(key.holds))
    alternative([&] {
      json.key("enum").begin_array();
      if (holds_none(key.holds)) json.value("none");
      if (holds_unknown(key.holds)) json.value("unknown");
      json.end_array();
    });
  switch (key.type) {
    case Type::list:
      alternative([&] { write_list(json, key, extent); });
      break;
    case Type::one_or_list:
      alternative([&] { write_scalar(json, key.items, key.holds); });
      alternative([&] { write_list(json, key, extent); });
      break;
    case Type::map:
      alternative([&] { write_shape(json, *key.shape, extent); });
      break;
    case Type::text_or_map:
      alternative([&] { json.key("type").begin_array().value("string").value("boolean").end_array(); });
      alternative([&] { write_shape(json, *key.shape, extent); });
      break;
    case Type::word:
      alternative([&] {
        if (key.words.empty()) return write_scalar(json, Type::text);
        json.key("enum").begin_array();
        for (const std::string_view word : key.words)
          json.value(word);
        json.end_array();
      });
      break;
    default:
      alternative([&] { write_scalar(json, key.type, key.holds); });
      break;
  }
  json.end_array();
}

void write_shape(JsonWriter& json, const Shape& shape, yaml::Extent extent) {
  json.member("type", "object");
  if (!shape.keys.empty()) {
    json.key("properties").begin_object();
    for (const Key& key : shape.keys) {
      json.key(key.name).begin_object();
      write_value(json, key, extent);
      json.end_object();
    }
    json.end_object();
  }
  json.key("additionalProperties");
  if (shape.others == nullptr) {
    json.value(false);
  } else {
    json.begin_object();
    write_value(json, *shape.others, extent);
    json.end_object();
  }
  // What a part of a document leaves out may stand in what it is laid over.
  if (extent == yaml::Extent::part && !shape.stands_alone) return;
  const bool any = std::any_of(shape.keys.begin(), shape.keys.end(), [](const Key& key) { return key.required; });
  if (!any) return;
  json.key("required").begin_array();
  for (const Key& key : shape.keys)
    if (key.required) json.value(key.name);
  json.end_array();
}

}  // namespace

std::string json_schema(const Shape& shape, std::string_view title, yaml::Extent extent) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::pretty);
  json.begin_object().member("$schema", "https://json-schema.org/draft/2020-12/schema").member("title", title);
  write_shape(json, shape, extent);
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace needleplan
