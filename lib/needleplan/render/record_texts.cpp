#include "needleplan/render/record_texts.h"

#include "needleplan/render/statement_record.h"

namespace needleplan {

namespace {

void write_origin(JsonWriter& json, const Statement& statement, const Setting* setting) {
  const Location at = setting != nullptr ? setting->at : statement.at;
  json.key("origin").begin_object().member("layer", statement.layer).member("file", at.source->name());
  const Place place = at.place();
  json.member("line", place.line).member("column", place.column).end_object();
}

}  // namespace

RecordTexts::RecordTexts(const Pack& pack, Provenance provenance, JsonWriter::Layout layout)
    : pack_(pack), provenance_(std::move(provenance)), layout_(layout) {
  if (layout != JsonWriter::Layout::compact) return;
  slots_ = pack.statements.size() * kParts;
  kept_ = std::make_unique<Kept[]>(slots_);  // NOLINT(modernize-avoid-c-arrays)
}

RecordTexts::~RecordTexts() {
  for (std::size_t i = 0; i < slots_; ++i)
    delete kept_[i].load();
  delete inputs_.load();
}

RecordTexts::Kept* RecordTexts::slot(const Statement& statement, Part part) const {
  if (kept_ == nullptr) return nullptr;
  return &kept_[static_cast<std::size_t>(&statement - pack_.statements.data()) * kParts +
                static_cast<std::size_t>(part)];
}

/// Writes members, from what was kept where there is something. How a member is set in depends on where it stands when
/// it is not written compactly, so then nothing is kept.
template <class Write>
void RecordTexts::kept(JsonWriter& json, Kept* slot, Write write) const {
  if (slot == nullptr) return write(json);
  const std::string* known = slot->load(std::memory_order_acquire);
  if (known == nullptr) {
    auto made = std::make_unique<std::string>();
    JsonWriter inner(*made, layout_);
    inner.begin_object();
    write(inner);
    made->erase(0, 1);
    made->shrink_to_fit();
    // Whoever comes second has written the same and throws it away.
    if (slot->compare_exchange_strong(known, made.get(), std::memory_order_acq_rel)) known = made.release();
  }
  json.members(*known);
}

void RecordTexts::write_statement(JsonWriter& json, const Statement& statement) const {
  const auto write = [&](JsonWriter& out) {
    out.key("statement");
    needleplan::write_statement(out, statement, pack_);
  };
  kept(json, slot(statement, Part::whole), write);
}

void RecordTexts::write_head(JsonWriter& json, const Statement& statement) const {
  const auto write = [&](JsonWriter& out) {
    out.member("rule", statement.id).member("kind", to_string(statement.kind()));
  };
  kept(json, slot(statement, Part::head), write);
}

void RecordTexts::write_why(JsonWriter& json, const Statement& statement) const {
  if (statement.why.empty()) {
    json.key("why").null();
    return;
  }
  const auto write = [&](JsonWriter& out) { out.member("why", statement.why); };
  kept(json, slot(statement, Part::why), write);
}

void RecordTexts::write_grounds(JsonWriter& json, const Statement& statement, const Setting* setting) const {
  const auto write = [&](JsonWriter& out) {
    write_sources(out, setting != nullptr ? setting->citations : statement.citations, pack_);
    write_origin(out, statement, setting);
  };
  if (setting != nullptr) return write(json);
  kept(json, slot(statement, Part::grounds), write);
}

void RecordTexts::write_provenance(JsonWriter& json, Date as_of, std::string_view profile_digest) const {
  json.member("as_of", iso(as_of));
  kept(json, kept_ == nullptr ? nullptr : &inputs_, [&](JsonWriter& out) { write_inputs(out, provenance_, pack_); });
  json.key("profile");
  if (profile_digest.empty()) {
    json.null();
  } else {
    json.value("sha256:" + std::string(profile_digest));
  }
}

}  // namespace needleplan
