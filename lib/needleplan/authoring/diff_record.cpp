#include "needleplan/authoring/diff.h"
#include "needleplan/render/record.h"

namespace needleplan {

std::string to_json(const PackDiff& diff, JsonWriter::Layout layout) {
  std::string out;
  JsonWriter json(out, layout);
  json.begin_object().member("schema_version", kSchemaVersion).member("record", "diff");
  json.member("before", diff.before).member("after", diff.after);
  json.key("entries").begin_array();
  for (const DiffEntry& entry : diff.entries) {
    json.begin_object().member("kind", entry.kind).member("id", entry.id);
    json.member("what", to_string(entry.what)).member("direction", to_string(entry.direction));
    json.key("changes").begin_array();
    for (const Change& change : entry.changes) {
      json.begin_object().member("key", change.key).member("words", change.words);
      json.member("direction", to_string(change.direction)).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("counts").begin_object();
  for (std::size_t i = 0; i < diff.whats.size(); ++i)
    json.member(kEnumNames<Difference>[i], diff.whats[i]);
  for (std::size_t i = 0; i < diff.directions.size(); ++i)
    json.member(kEnumNames<Direction>[i], diff.directions[i]);
  json.end_object().end_object();
  out += '\n';
  return out;
}

}  // namespace needleplan
