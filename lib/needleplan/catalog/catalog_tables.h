/// The catalog that the program carries, as tables made at build time: nothing is read or folded at start.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "needleplan/catalog/catalog.h"
#include "needleplan/text/text_table.h"

namespace needleplan {

/// A run of rows in another table.
struct Run {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
};
template <class T>
[[nodiscard]] std::span<const T> run_of(std::span<const T> rows, Run run) {
  return rows.subspan(run.begin, run.count);
}

struct SubjectRow {
  TextPart key;  ///< its id
  TextPart label;
  Run parents, up, may_be, implies;  ///< in `ids`
  std::uint32_t file = 0;            ///< index of its source among those of the catalog
  std::uint32_t offset = 0;
  std::uint16_t kind = 0;
  std::uint16_t prescription = 0;
  std::uint16_t ground = 0;
  std::uint16_t routes = 0;
};

struct PlaceRow {
  TextPart key;
  Places touching;
};

/// Sorted by the length of the folded name, then by the name.
struct NameRow {
  TextPart key;  ///< folded
  TextPart written, language;
  std::int32_t ambiguity = -1;
  SubjectId subject = kNoSubject;
  std::uint16_t sourced = 0;
};

struct SettleRow {
  TextPart word;
  std::uint32_t subject = 0;
};

struct AmbiguityRow {
  TextPart ask;
  Run choices;               ///< in `ids`
  Run by_form, by_strength;  ///< in `settle`
};

/// A form word, a word for a route or one with a role beside a name, folded.
struct WordRow {
  TextPart key;
  TextPart form;   ///< canonical
  TextPart route;  ///< of a route word or a canonical form
  std::uint16_t is_form = 0;
  WordRoles roles = 0;
};

/// Every table, as vectors while they are made and as spans when they are used.
template <template <class> class Many>
struct CatalogTables {
  Many<char> pool;  ///< the texts that the rows name
  Many<SubjectRow> subjects;
  Many<std::uint32_t> subject_slots;
  Many<SubjectId> ids;
  Many<NameRow> names;
  Many<std::uint32_t> name_slots;
  Many<std::uint64_t> letters;          ///< of each name, for suggestions
  Many<std::uint32_t> first_of_length;  ///< the first name of at least so many bytes; one more than the longest
  Many<PlaceRow> places;
  Many<Ground> grounds;
  Many<AmbiguityRow> ambiguities;
  Many<SettleRow> settle;
  Many<WordRow> words;
  Many<std::uint32_t> word_slots;
};

template <class T>
using ManyRows = std::vector<T>;
template <class T>
using ManyConstant = std::span<const T>;

/// Calls `use` with every table, always in the same order.
template <class Tables, class Use>
void each_catalog_table(Tables& t, Use use) {
  use(t.pool), use(t.subjects), use(t.subject_slots), use(t.ids), use(t.names), use(t.name_slots), use(t.letters);
  use(t.first_of_length), use(t.places), use(t.grounds), use(t.ambiguities), use(t.settle), use(t.words),
      use(t.word_slots);
}

struct CompiledCatalog : CatalogTables<ManyConstant> {
  [[nodiscard]] std::string_view text(TextPart part) const { return part_of(pool, part); }
  [[nodiscard]] Name name(const NameRow& row) const {
    return {text(row.written), text(row.language), row.subject, row.ambiguity, row.sourced != 0};
  }
  [[nodiscard]] const NameRow* find_name(std::string_view folded) const {
    return find_row(names, name_slots, pool, folded);
  }
  [[nodiscard]] const SubjectRow* find_subject(std::string_view id) const {
    return find_row(subjects, subject_slots, pool, id);
  }
  [[nodiscard]] const WordRow* find_word(std::string_view folded) const {
    return find_row(words, word_slots, pool, folded);
  }
};

/// The tables of a catalog read from `sources` alone, in their order.
[[nodiscard]] CatalogTables<ManyRows> tables_of(const Catalog& catalog, std::span<const Source* const> sources);

}  // namespace needleplan
