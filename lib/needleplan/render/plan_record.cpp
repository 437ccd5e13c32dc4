#include "needleplan/render/plan_record.h"

#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

void text(JsonWriter& json, std::string_view key, std::string_view value) {
  if (!value.empty()) json.member(key, value);
}

void write_bound(JsonWriter& json, std::string_view key, const Bound& bound, const Pack& pack) {
  if (bound.kind == Bound::Kind::open) return;
  json.key(key).begin_object();
  text(json, "written", bound.written);
  const bool clock = bound.kind == Bound::Kind::clock || bound.kind == Bound::Kind::later_of;
  if (clock) {
    json.member("side", bound.before_session ? "before" : "after");
    json.member("minimum", to_string(bound.span.minimum)).member("preferred", to_string(bound.span.preferred));
  }
  if (bound.kind == Bound::Kind::event || bound.kind == Bound::Kind::later_of)
    json.member("event", pack.events[bound.event].id);
  if (bound.kind == Bound::Kind::later_of) json.member("later_of", true);
  if (bound.kind == Bound::Kind::vague) json.member("few", to_string(bound.span.minimum.unit));
  if (bound.kind == Bound::Kind::course) json.member("courses", bound.span.minimum.count);
  json.end_object();
}

void write_ban(JsonWriter& json, std::string_view key, const std::optional<Ban>& ban, const Pack& pack) {
  if (!ban) return;
  json.key(key).begin_object();
  if (ban->from) write_bound(json, "from", *ban->from, pack);
  write_bound(json, "to", ban->to, pack);
  json.end_object();
}

void write_repeat(JsonWriter& json, const Repeat& repeat) {
  if (!repeat.given()) return;
  json.key("repeat").begin_object();
  text(json, "words", repeat.words);
  if (repeat.times > 0) json.member("times", repeat.times);
  text(json, "per", repeat.per);
  if (repeat.every) json.member("every", to_string(*repeat.every));
  text(json, "while", repeat.during);
  if (repeat.on) json.member("on", to_string(*repeat.on));
  if (repeat.off) json.member("off", to_string(*repeat.off));
  json.end_object();
}

/// The statement behind an item, as the pack says it: nothing averaged, nothing turned into another unit.
void write_statement(JsonWriter& json, const Statement& statement, const Pack& pack) {
  json.key("statement").begin_object().member("id", statement.id).member("kind", to_string(statement.kind()));
  std::visit(Overloaded{[&](const Avoid& avoid) {
                          json.key("subjects").begin_array();
                          for (const SubjectId s : avoid.subjects)
                            json.value(pack.catalog[s].id);
                          json.end_array();
                          write_ban(json, "before", avoid.before, pack);
                          write_ban(json, "after", avoid.after, pack);
                        },
                        [&](const Do& action) {
                          json.member("phase", to_string(action.phase));
                          text(json, "subject", action.subject);
                          write_bound(json, "from", action.from, pack);
                          write_bound(json, "to", action.to, pack);
                          write_repeat(json, action.repeat);
                          text(json, "moment", action.moment);
                          text(json, "amount", action.amount);
                        },
                        [&](const Expect& expect) {
                          json.member("sign", expect.sign);
                          write_bound(json, "from", expect.from, pack);
                          write_bound(json, "to", expect.to, pack);
                        },
                        [&](const Warning& warning) {
                          json.member("sign", warning.sign).member("call", to_string(warning.call));
                          write_bound(json, "from", warning.from, pack);
                          write_bound(json, "to", warning.to, pack);
                        },
                        [](const auto&) {}},
             statement.detail);
  json.member("scope", to_string(statement.scope));
  if (statement.degree != Degree::any) json.member("degree", to_string(statement.degree));
  if (statement.when) json.member("when", text_of(*statement.when, pack.catalog));
  json.end_object();
}

void write_item(JsonWriter& json, const Item& item, const Pack& pack) {
  json.begin_object().member("id", item.id).member("mark", to_string(item.mark));
  text(json, "label", item.label);
  json.member("text", item.text);
  text(json, "reason", item.reason);
  text(json, "until", item.until);
  if (item.from) json.member("from", *item.from);
  if (item.to) json.member("to", *item.to);
  if (!item.details.empty()) {
    json.key("details").begin_array();
    for (const Detail& detail : item.details)
      json.begin_object().member("name", detail.name).member("text", detail.text).end_object();
    json.end_array();
  }
  if (item.statement != nullptr) write_statement(json, *item.statement, pack);
  json.end_object();
}

}  // namespace

std::string plan_record(const Document& document, const PlanInput& input, const Provenance& provenance,
                        std::string_view profile_digest, JsonWriter::Layout layout) {
  std::string out;
  JsonWriter json(out, layout);
  json.begin_object().member("schema_version", kSchemaVersion).member("record", document.verb);
  if (input.facts != nullptr) json.member("client", input.facts->profile->id.value);
  json.key("session").begin_object();
  if (input.session.day) json.member("date", iso(*input.session.day));
  if (input.session.time) json.member("time", clock(*input.session.time));
  json.end_object().member("title", document.title);
  text(json, "draft", document.draft);
  if (input.assessment != nullptr && input.facts != nullptr) write_assessment(json, *input.assessment, *input.facts);
  json.key("sections").begin_array();
  for (const Group& section : document.sections) {
    json.begin_object().member("id", section.id).member("title", section.title);
    text(json, "note", section.note);
    if (section.date) json.member("date", *section.date);
    json.key("items").begin_array();
    for (const Item& item : section.items)
      write_item(json, item, *input.pack);
    json.end_array().end_object();
  }
  json.end_array();
  write_provenance(json, provenance, *input.pack, input.as_of, profile_digest);
  json.end_object();
  out += '\n';
  return out;
}

}  // namespace needleplan
