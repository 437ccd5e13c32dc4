#include "needleplan/batch/read_record.h"

#include <fmt/format.h>

#include "needleplan/protocol/digest.h"

namespace needleplan::batch {

namespace {

/// The client's id in what could be read of a text with mistakes.
std::string_view id_in(const yaml::Document& document) {
  if (document.size() == 0 || !document.root().is_map()) return {};
  const yaml::Node client = document.root().find("client");
  if (!client.valid() || !client.is_map()) return {};
  const yaml::Node id = client.find("id");
  return id.valid() && id.is_scalar() ? id.text() : std::string_view{};
}

}  // namespace

Source source_of(const RawRecord& record) {
  return Source(*record.input, Source::Constant{record.bytes}, record.first_line);
}

ReadRecord read_record(const RawRecord& record, const Source& source, yaml::Document& document,
                       std::vector<Entry> room) {
  ReadRecord out;
  if (record.alone) out.fault.input = *record.input;
  if (record.problem) {
    out.fault.message = record.problem->message;
    out.said = "needleplan: error: " + out.fault.message + "\n";
    return out;
  }
  Diagnostics diagnostics;
  if (record.too_large) {
    diagnostics.error({&source, 0}, "too-big",
                      fmt::format("the record has more than {} bytes, which is the limit; split it", kMostBytes));
    out.said = to_text(diagnostics, Excerpt::place_only);
    out.fault.mistakes = mistakes_of(diagnostics);
    return out;
  }
  out.profile = read_profile(source, document, diagnostics, {}, std::move(room));
  if (!diagnostics.empty()) out.said = to_text(diagnostics);
  if (out.profile) return out;
  out.fault.mistakes = mistakes_of(diagnostics);
  out.fault.client = id_in(document);
  out.fault.profile = sha256(record.bytes);
  return out;
}

}  // namespace needleplan::batch
