#include "needleplan/catalog/catalog_tables.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

class TableWriter {
 public:
  TableWriter(const Catalog& catalog, std::span<const Source* const> sources) : catalog_(catalog), sources_(sources) {}

  CatalogTables<ManyRows> write() {
    write_subjects();
    for (const BodyPlace& place : catalog_.places())
      out_.places.push_back({put(place.id), place.touching});
    out_.grounds.assign(catalog_.grounds().begin(), catalog_.grounds().end());
    write_names();
    for (const Ambiguity& ambiguity : catalog_.ambiguities())
      out_.ambiguities.push_back({put(ambiguity.ask), put_ids(ambiguity.choices), put_settle(ambiguity.by_form),
                                  put_settle(ambiguity.by_strength)});
    write_words();
    return std::move(out_);
  }

 private:
  TextPart put(std::string_view text) {
    const auto [at, added] = known_.try_emplace(std::string(text));
    if (!added) return at->second;
    at->second = {static_cast<std::uint32_t>(out_.pool.size()), static_cast<std::uint32_t>(text.size())};
    out_.pool.insert(out_.pool.end(), text.begin(), text.end());
    return at->second;
  }
  Run put_ids(std::span<const SubjectId> ids) {
    const auto begin = static_cast<std::uint32_t>(out_.ids.size());
    out_.ids.insert(out_.ids.end(), ids.begin(), ids.end());
    return {begin, static_cast<std::uint32_t>(ids.size())};
  }
  template <class Pairs>
  Run put_settle(const Pairs& pairs) {
    const auto begin = static_cast<std::uint32_t>(out_.settle.size());
    for (const auto& [word, subject] : pairs)
      out_.settle.push_back({put(word), subject});
    return {begin, static_cast<std::uint32_t>(pairs.size())};
  }
  template <class Rows>
  std::vector<std::uint32_t> slots(const Rows& rows) const {
    return text_slots(rows.size(), [&](std::size_t i) { return part_of(out_.pool, rows[i].key); });
  }

  void write_subjects() {
    for (const Subject& subject : catalog_.subjects()) {
      const auto file = std::find(sources_.begin(), sources_.end(), subject.at.source) - sources_.begin();
      out_.subjects.push_back({put(subject.id), put(subject.label), put_ids(subject.parents), put_ids(subject.up),
                               put_ids(subject.may_be), put_ids(subject.implies), static_cast<std::uint32_t>(file),
                               subject.at.offset, static_cast<std::uint16_t>(subject.kind),
                               static_cast<std::uint16_t>(subject.prescription), subject.ground, subject.routes});
    }
    out_.subject_slots = slots(out_.subjects);
  }

  void write_names() {
    auto names = catalog_.name_table();
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.size(), a.first) < std::pair(b.first.size(), b.first);
    });
    for (const auto& [folded, name] : names) {
      while (out_.first_of_length.size() <= folded.size())
        out_.first_of_length.push_back(static_cast<std::uint32_t>(out_.names.size()));
      out_.names.push_back({put(folded), put(name.written), put(name.language), name.ambiguity, name.subject,
                            static_cast<std::uint16_t>(name.sourced ? 1 : 0)});
      out_.letters.push_back(letter_bits(folded));
    }
    out_.first_of_length.push_back(static_cast<std::uint32_t>(out_.names.size()));
    out_.name_slots = slots(out_.names);
  }

  void write_words() {
    // Sorted, so that the same files give the same bytes.
    const std::map<std::string_view, std::string_view> forms(catalog_.forms().begin(), catalog_.forms().end());
    const std::map<std::string_view, std::string_view> routes(catalog_.routes().begin(), catalog_.routes().end());
    std::set<std::string_view> words;
    for (const auto& [word, roles] : catalog_.roles())
      words.insert(word);
    for (const auto& [word, form] : forms)
      words.insert(word);
    for (const auto& [word, route] : routes)
      words.insert(word);
    for (const std::string_view word : words) {
      const auto form = forms.find(word);
      const auto route = routes.find(word);
      const auto roles = catalog_.roles().find(std::string(word));
      const bool is_form = form != forms.end();
      out_.words.push_back({put(word), is_form ? put(form->second) : TextPart{},
                            route == routes.end() ? TextPart{} : put(route->second),
                            static_cast<std::uint16_t>(is_form ? 1 : 0),
                            roles == catalog_.roles().end() ? WordRoles{0} : roles->second});
    }
    out_.word_slots = slots(out_.words);
  }

  const Catalog& catalog_;
  std::span<const Source* const> sources_;
  CatalogTables<ManyRows> out_;
  std::unordered_map<std::string, TextPart> known_;
};

}  // namespace

CatalogTables<ManyRows> tables_of(const Catalog& catalog, std::span<const Source* const> sources) {
  return TableWriter(catalog, sources).write();
}

}  // namespace needleplan
