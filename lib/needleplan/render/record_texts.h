/// What records say of a pack, written once and copied into every record.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/findings/since.h"
#include "needleplan/render/record.h"

namespace needleplan {

/// The parts of records that are the same for every client: statements, sources, origins, provenance. Each is written
/// when it is first asked for. May be used from several threads at once; the pack must outlive it.
class RecordTexts {
 public:
  RecordTexts(const Pack& pack, Provenance provenance, JsonWriter::Layout layout);
  ~RecordTexts();
  RecordTexts(const RecordTexts&) = delete;
  RecordTexts& operator=(const RecordTexts&) = delete;

  [[nodiscard]] const Pack& pack() const { return pack_; }
  [[nodiscard]] JsonWriter::Layout layout() const { return layout_; }

  /// `"statement": {...}`. Within an open object, as all of these.
  void write_statement(JsonWriter& json, const Statement& statement) const;
  /// `"rule": ..., "kind": ...` of a statement.
  void write_head(JsonWriter& json, const Statement& statement) const;
  /// `"why": ...` of a statement.
  void write_why(JsonWriter& json, const Statement& statement) const;
  /// `"sources": ...` to `"origin": {...}` of a statement, or of one of its settings.
  void write_grounds(JsonWriter& json, const Statement& statement, const Setting* setting) const;
  /// The members that name the inputs: engine, protocol, profile, as-of date.
  void write_provenance(JsonWriter& json, Date as_of, std::string_view profile_digest) const;

 private:
  /// Members as text, or null as long as nobody asked.
  using Kept = std::atomic<const std::string*>;
  enum class Part : std::uint8_t { head, why, grounds, whole };
  static constexpr std::size_t kParts = 4;

  template <class Write>
  void kept(JsonWriter& json, Kept* slot, Write write) const;
  /// Null where nothing is kept.
  [[nodiscard]] Kept* slot(const Statement& statement, Part part) const;

  const Pack& pack_;
  Provenance provenance_;
  JsonWriter::Layout layout_;
  std::size_t slots_ = 0;
  std::unique_ptr<Kept[]> kept_;  // NOLINT(modernize-avoid-c-arrays): atomics cannot be moved into a vector
  mutable Kept inputs_{nullptr};
};

/// A whole check record, added to `out`. `since`: what an earlier check found, null where nothing is compared.
void add_check_record(std::string& out, const Assessment& assessment, const Facts& facts, const RecordTexts& texts,
                      std::string_view profile_digest, const Since* since = nullptr);

/// `"verdict": ...` to `"signoffs": [...]` of an assessment, and `since` where there is one. Within an open object.
void write_assessment(JsonWriter& json, const Assessment& assessment, const RecordTexts& texts,
                      const Since* since = nullptr);

}  // namespace needleplan
