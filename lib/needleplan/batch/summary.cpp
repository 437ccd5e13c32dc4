#include "needleplan/batch/summary.h"

#include <algorithm>

#include <fmt/format.h>

namespace needleplan::batch {

void Totals::add(const RecordResult& result) {
  ++total;
  if (!result.ours) return;
  ++records;
  if (result.error) ++errors;
  if (result.fallback) ++fallbacks;
  if (result.verdict) ++verdicts[static_cast<std::size_t>(*result.verdict)];
  exit = std::max(exit, result.code);
}

std::string summary_record(const Run& run, const Totals& totals, JsonWriter::Layout layout) {
  const Pack& pack = *run.pack;
  std::string out;
  JsonWriter json(out, layout);
  json.begin_object().member("schema_version", kSchemaVersion).member("record", "summary");
  json.member("verb", kVerbNames[static_cast<std::size_t>(run.verb)]).member("as_of", iso(run.as_of));
  json.member("engine", run.provenance.engine);
  json.key("protocol").begin_object().member("id", pack.id).member("version", pack.version);
  json.member("digest", "sha256:" + run.provenance.protocol_digest).end_object();
  json.key("layers").begin_array();
  for (const Layer& layer : pack.layers)
    json.begin_object().member("id", layer.id).member("digest", "sha256:" + layer.digest).end_object();
  json.end_array().key("options").begin_object().member("lang", pack.language);
  if (run.verb == Verb::aftercare || run.verb == Verb::plan) json.member("days", run.days);
  if (run.start) json.member("start", clock(*run.start));
  json.end_object();
  if (run.shard) {
    json.key("shard").begin_object().member("of", run.shard->of).key("parts").begin_array();
    json.value(run.shard->index).end_array().end_object();
  }
  json.member("total", totals.total).member("records", totals.records).member("errors", totals.errors);
  json.member("fallbacks", totals.fallbacks).key("verdicts").begin_object();
  for (std::size_t i = 0; i < totals.verdicts.size(); ++i)
    json.member(kEnumNames<Verdict>[i], totals.verdicts[i]);
  json.end_object().member("exit", totals.exit).end_object();
  out += '\n';
  return out;
}

std::string summary_text(const Run& run, const Totals& totals) {
  std::string out = fmt::format("{} of {} {}, as of {}", totals.records, totals.total,
                                totals.total == 1 ? "record" : "records", iso(run.as_of));
  if (run.shard) out += fmt::format(", shard {} of {}", run.shard->index, run.shard->of);
  out += fmt::format("; not read: {}\n", totals.errors);
  for (std::size_t i = 0; i < totals.verdicts.size(); ++i)
    out += fmt::format("{}{} {}", i == 0 ? "" : ", ", kEnumNames<Verdict>[i], totals.verdicts[i]);
  out += fmt::format("\nneedleplan {}, {} {}; exit status {}\n", run.provenance.engine, run.pack->id, run.pack->version,
                     totals.exit);
  return out;
}

}  // namespace needleplan::batch
