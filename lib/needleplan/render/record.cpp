#include "needleplan/render/record.h"

#include "needleplan/render/record_texts.h"

namespace needleplan {

namespace {

void optional_date(JsonWriter& json, std::string_view key, const std::optional<Date>& date) {
  json.key(key);
  if (date) {
    json.value(iso(*date));
  } else {
    json.null();
  }
}

void optional_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  if (text.empty()) {
    json.null();
  } else {
    json.value(text);
  }
}

void write_place(JsonWriter& json, Location at) {
  if (at.source == nullptr) return;
  const Place place = at.place();
  json.member("line", place.line).member("column", place.column);
}

void write_measured(JsonWriter& json, const Measured& m) {
  constexpr std::array<std::string_view, 3> kDistances{"kept", "between", "broken"};
  json.begin_object().member("fact", path_of(*m.entry->entry, m.ongoing ? "ongoing" : m.key));
  json.member("when", iso(m.when)).member("still_used", m.ongoing);
  json.member("minimum", to_string(m.window.minimum)).member("preferred", to_string(m.window.preferred));
  json.member("side", m.after_session ? "after" : "before");
  json.member("distance", kDistances[static_cast<std::size_t>(m.distance)]).end_object();
}

/// `since`: `new` or `same`; empty where nothing is compared.
void write_finding(JsonWriter& json, const Finding& finding, const RecordTexts& texts, std::string_view since) {
  const Statement* statement = finding.statement;
  json.begin_object();
  if (statement != nullptr && finding.setting == nullptr) {
    texts.write_head(json, *statement);
  } else {
    json.member("rule", finding.rule);
    optional_text(json, "kind", statement == nullptr ? std::string_view{} : to_string(statement->kind()));
  }
  json.member("verdict", to_string(finding.verdict)).member("summary", finding.summary);
  optional_text(json, "arithmetic", finding.arithmetic);
  if (statement != nullptr) {
    texts.write_why(json, *statement);
  } else {
    json.key("why").null();
  }
  optional_text(json, "action", finding.action);
  json.key("facts").begin_array();
  for (const FactUsed& fact : finding.facts) {
    json.begin_object().member("path", fact.path);
    write_place(json, fact.at);
    optional_text(json, "value", fact.value);
    json.end_object();
  }
  json.end_array().key("windows").begin_array();
  if (finding.outcome)
    for (const Measured& measured : finding.outcome->measured)
      write_measured(json, measured);
  json.end_array();
  optional_date(json, "earliest", finding.earliest);
  optional_date(json, "clear_from", finding.clear_from);
  json.key("clear_if").begin_array();
  for (const Counterfactual& way : finding.counterfactuals) {
    json.begin_object().member("words", way.words).key("edits").begin_array();
    for (const Edit& edit : way.edits)
      json.begin_object().member("path", edit.path).member("value", edit.value).end_object();
    json.end_array().end_object();
  }
  json.end_array();
  optional_text(json, "question", finding.question);
  if (!finding.rules.empty()) {
    json.key("waiting_rules").begin_array();
    for (const std::string_view rule : finding.rules)
      json.value(rule);
    json.end_array();
  }
  if (!finding.suggestions.empty()) {
    json.key("suggestions").begin_array();
    for (const std::string& suggestion : finding.suggestions)
      json.value(suggestion);
    json.end_array();
  }
  if (finding.signed_off) {
    const SignOff& s = *finding.signed_off->signoff;
    json.key("signed_off").begin_object().member("by", s.by).member("role", s.role).member("on", iso(s.on));
    json.member("expires", iso(s.expires)).member("note", s.note);
    json.member("verdict_before", to_string(finding.signed_off->before)).end_object();
  }
  if (statement != nullptr) {
    texts.write_grounds(json, *statement, finding.setting);
    texts.write_statement(json, *statement);
  } else {
    json.key("origin").null();
  }
  if (!since.empty()) json.member("since", since);
  json.end_object();
}

void write_question(JsonWriter& json, const Question& question) {
  json.begin_object().member("path", question.path).key("keys").begin_array();
  for (const std::string& key : question.keys)
    json.value(key);
  json.end_array().member("asked_of", to_string(question.of)).member("question", question.text);
  write_place(json, question.at);
  json.key("rules").begin_array();
  for (const std::string_view rule : question.rules)
    json.value(rule);
  json.end_array().end_object();
}

void write_since(JsonWriter& json, const Since& since) {
  json.key("since");
  if (!since.known) {
    json.null();
    return;
  }
  json.begin_object().member("as_of", since.as_of).key("gone").begin_array();
  for (const GoneFinding& gone : since.gone) {
    json.begin_object().member("rule", gone.rule).member("verdict", gone.verdict);
    json.member("summary", gone.summary).end_object();
  }
  json.end_array().end_object();
}

}  // namespace

void write_sources(JsonWriter& json, const Citations& citations, const Pack& pack) {
  json.key("sources").begin_array();
  for (const Citation& citation : citations.list) {
    const Reference& reference = pack.references[citation.source];
    json.begin_object().member("key", reference.key).member("grade", words(reference.grade));
    json.member("title", reference.title);
    if (!reference.url.empty()) json.member("url", reference.url);
    for (const auto& [key, figure] : citation.figures)
      json.member(key, figure);
    if (!citation.says.empty()) json.member("says", citation.says);
    json.end_object();
  }
  json.end_array();
  if (citations.unsourced.empty()) return;
  json.key("unsourced").begin_array();
  for (const std::string_view key : citations.unsourced)
    json.value(key);
  json.end_array();
}

void write_inputs(JsonWriter& json, const Provenance& provenance, const Pack& pack) {
  json.member("engine", provenance.engine);
  json.key("protocol").begin_object().member("id", pack.id).member("version", pack.version);
  json.member("digest", "sha256:" + provenance.protocol_digest);
  json.key("reviewed");
  if (pack.reviewed) {
    json.begin_object().member("by", pack.reviewed->by).member("on", iso(pack.reviewed->on));
    json.member("until", iso(pack.reviewed->until)).end_object();
  } else {
    json.null();
  }
  json.end_object().key("layers").begin_array();
  for (const Layer& layer : pack.layers) {
    json.begin_object().member("id", layer.id).member("kind", to_string(layer.kind)).member("title", layer.title);
    if (!layer.version.empty()) json.member("version", layer.version);
    json.member("digest", "sha256:" + layer.digest).end_object();
  }
  json.end_array();
  if (!pack.disabled.empty()) {
    json.key("disabled").begin_array();
    for (const Disabled& disabled : pack.disabled) {
      json.begin_object().member("id", disabled.id).member("layer", disabled.loosened.layer);
      json.member("reason", disabled.loosened.reason).member("by", disabled.loosened.by).end_object();
    }
    json.end_array();
  }
}

void write_assessment(JsonWriter& json, const Assessment& assessment, const RecordTexts& texts, const Since* since) {
  json.member("verdict", to_string(assessment.verdict)).member("bookable", bookable(assessment.verdict));
  optional_date(json, "earliest", assessment.earliest);
  optional_text(json, "binding", assessment.binding);
  optional_date(json, "clear_from", assessment.clear_from);
  optional_date(json, "passes", assessment.passes);
  optional_text(json, "passes_binding", assessment.passes_binding);
  json.key("findings").begin_array();
  for (std::size_t i = 0; i < assessment.findings.size(); ++i) {
    std::string_view word;
    if (since != nullptr && since->known) word = since->is_new(i) ? "new" : "same";
    write_finding(json, assessment.findings[i], texts, word);
  }
  json.end_array().key("questions").begin_array();
  for (const Question& question : assessment.questions)
    write_question(json, question);
  json.end_array().key("not_asked").begin_array();
  for (const Question& question : assessment.not_asked)
    write_question(json, question);
  json.end_array().key("signoffs").begin_array();
  for (const SignOffRemark& remark : assessment.remarks) {
    json.begin_object().member("rule", remark.signoff->rule.value).member("remark", remark.words);
    write_place(json, remark.signoff->at);
    json.end_object();
  }
  json.end_array().key("no_concern").begin_array();
  for (const NameWithoutConcern& one : assessment.no_concern) {
    json.begin_object().member("path", one.path).member("name", one.name).member("subject", one.subject);
    json.member("statement", one.statement->id).member("sourced", one.sourced).end_object();
  }
  json.end_array();
  if (since != nullptr) write_since(json, *since);
}

void add_check_record(std::string& out, const Assessment& assessment, const Facts& facts, const RecordTexts& texts,
                      std::string_view profile_digest, const Since* since) {
  JsonWriter json(out, texts.layout());
  const Profile& profile = *facts.profile;
  json.begin_object().member("schema_version", kSchemaVersion).member("record", "check");
  json.member("client", profile.id.value_or({}));
  json.key("session").begin_object();
  optional_date(json, "date", profile.session.date.optional());
  optional_text(json, "time", profile.session.time.given() ? clock(*profile.session.time.given()) : std::string{});
  json.end_object();
  write_assessment(json, assessment, texts, since);
  texts.write_provenance(json, facts.as_of, profile_digest);
  json.end_object();
  out += '\n';
}

std::string check_record(const Assessment& assessment, const Facts& facts, const Provenance& provenance,
                         std::string_view profile_digest, JsonWriter::Layout layout) {
  std::string out;
  add_check_record(out, assessment, facts, RecordTexts(*facts.pack, provenance, layout), profile_digest);
  return out;
}

}  // namespace needleplan
