#include "needleplan/render/due_record.h"

#include <fmt/format.h>

#include "needleplan/plan/common.h"
#include "needleplan/render/csv.h"
#include "needleplan/render/escape.h"
#include "needleplan/render/json.h"

namespace needleplan {

namespace {

std::string_view client_name(const Profile& profile) {
  return profile.name.value_or({});
}

std::string session_text(const PlanSession& session) {
  std::string out = iso(*session.day);
  if (session.time) out += " " + clock(*session.time);
  return out;
}

std::string rules(const DueLine& line, std::string_view between) {
  return fmt::format("{}", fmt::join(line.rules, between));
}

std::string not_read(std::string_view place) {
  return fmt::format("This profile could not be read: {}", place);
}

constexpr std::string_view to(const DueLine& line) {
  return line.to_desk ? "desk" : "client";
}

}  // namespace

void DueTotals::add(const DueTotals& more) {
  clients += more.clients;
  with_something += more.with_something;
  without_session += more.without_session;
  errors += more.errors;
  for (std::size_t i = 0; i < kinds.size(); ++i)
    kinds[i] += more.kinds[i];
}

std::string due_text(const DueList& list, const PlanInput& input, Date on) {
  const Profile& profile = *input.facts->profile;
  std::string head(profile.id.value_or({}));
  if (const std::string_view name = client_name(profile); !name.empty()) head += fmt::format(" {}", name);
  head += fmt::format(", session {}", words(*input.session.day, on));
  if (input.session.time) head += ", " + clock(*input.session.time);
  std::string out;
  append_escaped(out, fmt::format("{} [{}]\n", head, to_string(list.verdict)), Escape::none);
  for (const DueLine& line : list.lines) {
    append_escaped(
        out,
        fmt::format("  {} {:<8}  {}{}", line.to_desk ? "desk  " : "client", to_string(line.kind), line.message,
                    line.rules.empty() ? std::string{} : fmt::format(" [{}]", rules(line, ", "))),
        Escape::none);
    out += '\n';
  }
  return out + "\n";
}

std::string due_text(const InputFault& fault, std::string_view place) {
  std::string out;
  const std::string client = fault.client.empty() ? std::string{} : fmt::format(" (client {})", fault.client);
  append_escaped(out, not_read(place) + client, Escape::none);
  return out + "\n\n";
}

std::string due_text(const DueTotals& totals, const Pack& pack, Date on) {
  std::string out =
      fmt::format("{}: {} of {} clients have something to be told", iso(on), totals.with_something, totals.clients);
  if (totals.without_session > 0) out += fmt::format("; {} have no session day", totals.without_session);
  if (totals.errors > 0) out += fmt::format("; {} could not be read", totals.errors);
  PlanInput input;
  input.pack = &pack;
  input.as_of = on;
  const Document head = start_document(input, "due", "Due");
  out += ".\n";
  if (!head.draft.empty()) out += head.draft + "\n";
  for (const std::string& line : head.footer)
    out += line + "\n";
  return out;
}

std::string due_rows(const DueList& list, const PlanInput& input) {
  const Profile& profile = *input.facts->profile;
  std::string out;
  for (const DueLine& line : list.lines) {
    const std::string session = session_text(input.session);
    const std::string ids = rules(line, " ");
    const std::string_view language = profile.language.value_or({});
    for (const std::string_view cell :
         {profile.id.value_or({}), client_name(profile), language, std::string_view(session), to(line),
          to_string(line.kind), std::string_view(ids), std::string_view(line.message)}) {
      append_cell(out, cell);
      out += ',';
    }
    out.back() = '\n';
  }
  return out;
}

std::string due_row(const InputFault& fault, std::string_view place) {
  std::string out;
  append_cell(out, fault.client);
  out += ",,,,desk,error,,";
  append_cell(out, not_read(place));
  return out + "\n";
}

std::string due_record(const DueList& list, const PlanInput& input, Date on, std::string_view digest) {
  const Profile& profile = *input.facts->profile;
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object().member("schema_version", kSchemaVersion).member("record", "due");
  json.member("client", profile.id.value_or({}));
  if (const std::string_view name = client_name(profile); !name.empty()) json.member("name", name);
  if (profile.language.given()) json.member("language", *profile.language.given());
  json.key("session").begin_object().member("date", iso(*input.session.day));
  if (input.session.time) json.member("time", clock(*input.session.time));
  json.end_object().member("on", iso(on)).member("verdict", to_string(list.verdict));
  json.key("lines").begin_array();
  for (const DueLine& line : list.lines) {
    json.begin_object().member("to", to(line)).member("kind", to_string(line.kind));
    json.key("rules").begin_array();
    for (const std::string& rule : line.rules)
      json.value(rule);
    json.end_array().member("message", line.message).end_object();
  }
  json.end_array().member("profile", fmt::format("sha256:{}", digest)).end_object();
  return out + "\n";
}

std::string due_summary(const DueTotals& totals, const Provenance& provenance, const Pack& pack, Date on) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object().member("schema_version", kSchemaVersion).member("record", "summary").member("verb", "due");
  json.member("on", iso(on)).member("engine", provenance.engine);
  json.key("protocol").begin_object().member("id", pack.id).member("version", pack.version);
  json.member("digest", "sha256:" + provenance.protocol_digest).end_object();
  json.key("layers").begin_array();
  for (const Layer& layer : pack.layers)
    json.begin_object().member("id", layer.id).member("digest", "sha256:" + layer.digest).end_object();
  json.end_array().member("clients", totals.clients).member("with_something", totals.with_something);
  json.member("without_session", totals.without_session).member("errors", totals.errors);
  json.key("lines").begin_object();
  for (std::size_t i = 0; i < totals.kinds.size(); ++i)
    json.member(kEnumNames<DueKind>[i], totals.kinds[i]);
  json.end_object().end_object();
  return out + "\n";
}

}  // namespace needleplan
