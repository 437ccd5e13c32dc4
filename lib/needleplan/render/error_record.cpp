#include "needleplan/render/error_record.h"

#include <array>

#include "needleplan/render/record.h"

namespace needleplan {

std::vector<Mistake> mistakes_of(const Diagnostics& diagnostics) {
  std::vector<Mistake> out;
  for (Diagnostic& diagnostic : diagnostics.sorted())
    out.push_back({diagnostic.at.place(), diagnostic.level, std::move(diagnostic.id), std::move(diagnostic.message)});
  return out;
}

std::string error_record(const InputFault& fault, JsonWriter::Layout layout) {
  constexpr std::array<std::string_view, 3> kLevels{"note", "warning", "error"};
  std::string out;
  JsonWriter json(out, layout);
  json.begin_object().member("schema_version", kSchemaVersion);
  if (fault.position != 0) json.member("at", fault.position);
  json.member("record", "error");
  if (!fault.input.empty()) json.member("input", fault.input);
  if (!fault.client.empty()) json.member("client", fault.client);
  if (!fault.profile.empty()) json.member("profile", "sha256:" + fault.profile);
  if (!fault.message.empty()) json.member("message", fault.message);
  json.key("mistakes").begin_array();
  for (const Mistake& mistake : fault.mistakes) {
    json.begin_object().member("line", mistake.at.line).member("column", mistake.at.column);
    json.member("level", kLevels[static_cast<std::size_t>(mistake.level)]).member("id", mistake.id);
    json.member("message", mistake.message).end_object();
  }
  json.end_array().end_object();
  out += '\n';
  return out;
}

}  // namespace needleplan
