#include "needleplan/render/plan_record.h"

namespace needleplan {

namespace {

void write_item(JsonWriter& json, const Item& item, const RecordTexts& texts) {
  json.begin_object().member("id", item.id).member("mark", to_string(item.mark));
  json.text_member("label", item.label);
  json.member("text", item.text);
  json.text_member("reason", item.reason);
  json.text_member("origin", item.origin);
  json.text_member("until", item.until);
  if (item.from) json.member("from", *item.from);
  if (item.to) json.member("to", *item.to);
  if (!item.details.empty()) {
    json.key("details").begin_array();
    for (const Detail& detail : item.details)
      json.begin_object().member("name", detail.name).member("text", detail.text).end_object();
    json.end_array();
  }
  if (item.statement != nullptr) texts.write_statement(json, *item.statement);
  json.end_object();
}

}  // namespace

void add_plan_record(std::string& out, const Document& document, const PlanInput& input, const RecordTexts& texts,
                     std::string_view profile_digest) {
  JsonWriter json(out, texts.layout());
  json.begin_object().member("schema_version", kSchemaVersion).member("record", document.verb);
  if (input.facts != nullptr) json.member("client", input.facts->profile->id.value_or({}));
  json.key("session").begin_object();
  if (input.session.day) json.member("date", iso(*input.session.day));
  if (input.session.time) json.member("time", clock(*input.session.time));
  json.end_object().member("title", document.title);
  json.text_member("draft", document.draft);
  if (input.assessment != nullptr && input.facts != nullptr) write_assessment(json, *input.assessment, texts);
  json.key("sections").begin_array();
  for (const Group& section : document.sections) {
    json.begin_object().member("id", section.id).member("title", section.title);
    json.text_member("note", section.note);
    if (section.date) json.member("date", *section.date);
    json.key("items").begin_array();
    for (const Item& item : section.items)
      write_item(json, item, texts);
    json.end_array().end_object();
  }
  json.end_array();
  texts.write_provenance(json, input.as_of, profile_digest);
  json.end_object();
  out += '\n';
}

std::string plan_record(const Document& document, const PlanInput& input, const Provenance& provenance,
                        std::string_view profile_digest, JsonWriter::Layout layout) {
  std::string out;
  add_plan_record(out, document, input, RecordTexts(*input.pack, provenance, layout), profile_digest);
  return out;
}

}  // namespace needleplan
