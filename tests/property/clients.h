/// Clients who were asked everything, with entries from the whole catalog: what a small change is made to.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "needleplan/profile/shape.h"
#include "property/generate.h"
#include "support/engine.h"
#include "support/tree.h"

namespace needleplan::testing {

/// Every name of a catalog, by where a client can say it.
struct Names {
  const Pack* pack = nullptr;
  std::vector<std::vector<std::string>> of;  ///< of each subject; its id first
  std::array<std::vector<SubjectId>, kSections> subjects;
  std::array<std::vector<SubjectId>, kSections> judged;  ///< those that a rule is, or may be, about
  std::vector<SubjectId> areas, indications, devices, numbing, add_ons;
  std::vector<std::string> rules, roles;
};

inline Names names_of(const Pack& pack) {
  const Catalog& catalog = pack.catalog;
  Names out;
  out.pack = &pack;
  out.of.resize(catalog.subjects().size());
  for (std::size_t i = 0; i < out.of.size(); ++i)
    out.of[i].emplace_back(catalog.subjects()[i].id);
  for (const auto& [folded, name] : catalog.name_table())
    if (name.subject != kNoSubject && name.written != catalog[name.subject].id)
      out.of[name.subject].emplace_back(name.written);
  const auto put = [&](SubjectId subject, std::initializer_list<Section> sections) {
    for (const Section section : sections)
      out.subjects[static_cast<std::size_t>(section)].push_back(subject);
  };
  const SubjectId anaesthetic = catalog.find("anaesthetic-local");
  for (std::size_t i = 0; i < out.of.size(); ++i) {
    std::sort(out.of[i].begin() + 1, out.of[i].end());
    const auto id = static_cast<SubjectId>(i);
    switch (catalog[id].kind) {
      case SubjectKind::drug_class:
      case SubjectKind::ingredient:
      case SubjectKind::product:
        put(id, {Section::medicines, Section::products, Section::supplements, Section::allergies, Section::procedures,
                 Section::exposures, Section::plans});
        out.add_ons.push_back(id);
        if (anaesthetic != kNoSubject && catalog.is_a(id, anaesthetic)) out.numbing.push_back(id);
        break;
      case SubjectKind::condition:
        put(id, {Section::conditions});
        break;
      case SubjectKind::allergen:
        put(id, {Section::allergies});
        break;
      case SubjectKind::procedure:
        out.add_ons.push_back(id);
        [[fallthrough]];
      case SubjectKind::exposure:
        put(id, {Section::procedures, Section::exposures, Section::plans});
        break;
      case SubjectKind::area:
        out.areas.push_back(id);
        break;
      case SubjectKind::indication:
        out.indications.push_back(id);
        break;
      case SubjectKind::device:
        out.devices.push_back(id);
        break;
      case SubjectKind::add_on:
        out.add_ons.push_back(id);
        break;
      case SubjectKind::protocol:
        break;
    }
  }
  for (const Statement& statement : pack.statements)
    if (statement.kind() == StatementKind::condition || statement.kind() == StatementKind::avoid)
      out.rules.emplace_back(statement.id);
  Subjects wanted;
  for (const Statement& statement : pack.statements) {
    if (statement.when) add_subjects(*statement.when, wanted);
    if (const auto* avoid = statement.as<Avoid>(); avoid != nullptr && !avoid->advice)
      wanted.insert(wanted.end(), avoid->subjects.begin(), avoid->subjects.end());
  }
  const auto concerned = [&](SubjectId subject) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](SubjectId w) { return catalog.is_a(subject, w) || catalog.is_a(w, subject); });
  };
  for (std::size_t i = 0; i < kSections; ++i)
    std::copy_if(out.subjects[i].begin(), out.subjects[i].end(), std::back_inserter(out.judged[i]), concerned);
  out.roles = {"physician", "prescriber", "dermatologist", "practitioner", "receptionist"};
  return out;
}

/// A clinic's own subjects: below some of the catalog, below several, and below nothing, with ids and names that people
/// write and programs trip over.
inline std::string own_subjects(const Pack& pack) {
  constexpr std::array<std::string_view, 8> kIds{"0-a", "x-y", "1", "a-1", "no", "null", "rule-0", "12-12"};
  constexpr std::array<std::string_view, 8> kNames{
      "Crème n° 7, nuit", "L'Eau: \u00E9t\u00E9", "Ääh-Öl (rot)", "100 % pur", "no", "#9", "Молоко", "A & B / C"};
  std::string out = "layer: {id: own, kind: clinic, title: Own}\nsubjects:\n";
  std::size_t count = 0;
  const auto add = [&](std::string_view kind, const std::string& is) {
    const std::size_t round = count / kIds.size();
    out += fmt::format("  - {{id: \"own{}-{}\", kind: {}{}, names: {{en: [\"{} {}\"]}}}}\n",
                       round == 0 ? "" : std::to_string(round), kIds[count % kIds.size()], kind, is,
                       kNames[count % kNames.size()], count);
    ++count;
  };
  for (std::size_t i = 0; i < pack.catalog.subjects().size(); i += 17) {
    const Subject& subject = pack.catalog.subjects()[i];
    if (subject.kind == SubjectKind::area || subject.kind == SubjectKind::protocol) continue;
    // What is below a numbing cream has a known strength, which only a layer with `loosen` may say.
    if (pack.catalog.is_a(static_cast<SubjectId>(i), pack.catalog.find("anaesthetic-local"))) continue;
    add(to_string(subject.kind), fmt::format(", is: [{}]", subject.id));
  }
  for (const std::string_view kind : {"condition", "product", "procedure", "allergen", "exposure"})
    add(kind, "");
  return out;
}

/// The shipped pack with them.
inline std::unique_ptr<Pack> with_own_subjects() {
  Overlay overlay;
  overlay.files.push_back({"own.yaml", own_subjects(shipped())});
  Diagnostics diagnostics;
  std::string problem;
  auto pack = read_pack(protocol_files("microneedling", problem), diagnostics, std::move(overlay));
  if (diagnostics.has_errors()) throw std::runtime_error(problem + to_text(diagnostics));
  return pack;
}

/// The entries' shape, so that a key that is new is drawn too.
inline const yaml::Shape& shape_of(Section section) {
  for (const yaml::Key& key : kProfileShape.keys)
    if (key.name == to_string(section)) return *key.shape;
  throw std::logic_error("a section without a shape");
}

/// Makes clients. What is chosen first is plainest.
class ClientMaker {
 public:
  ClientMaker(Chooser& choose, const Names& names) : choose_(choose), names_(names) {}

  /// Asked everything, and nothing speaks against the day.
  [[nodiscard]] Tree plain() {
    constexpr std::array<std::string_view, 6> kIds{"T-1", "0x1F", "no", "Ö 7", "1.0", "a/b"};
    Tree root = Tree::map();
    root.set("client", Tree::map()
                           .set("id", std::string(choose_.of(kIds)))
                           .set("birth_date", "1984-05-02")
                           .set("fitzpatrick", choose_.once_in(6) ? "V" : "II"));
    root.set("asked", iso(kAsOf));
    root.set("life_stage", Tree::map().set("pregnant", "no").set("breastfeeding", "no"));
    for (const std::string_view section : kEnumNames<Section>)
      root.set(std::string(section), "none");
    root.set("preferences", "none");
    Tree answers = Tree::map();
    for (const YesNoQuestion& question : names_.pack->answers)
      answers.set(std::string(question.id), "no");
    if (!answers.members.empty()) root.set("answers", answers);
    session_ = kAsOf + std::chrono::days{1 + choose_.below(40)};
    Tree session = Tree::map();
    session.set("protocol", std::string(names_.pack->id)).set("date", iso(session_));
    if (choose_.below(2) == 1) session.set("time", choose_.once_in(2) ? "14:30" : "08:00");
    session.set("areas", areas());
    session.set("indication", id(choose_.of(names_.indications)));
    session.set("depth", choose_.once_in(6) ? "1.0 mm" : "0.2 mm");
    session.set("device", "SkinPen");
    session.set("numbing", choose_.once_in(6) ? name(choose_.of(names_.numbing)) : "none");
    session.set("numbing_time", "25min");
    session.set("add_ons", choose_.once_in(8) ? name(choose_.of(names_.add_ons)) : "none");
    root.set("session", session);
    return root;
  }

  [[nodiscard]] Date session() const { return session_; }

  /// Adds an entry, and says where it stands.
  std::size_t add(Tree& root, Section section) {
    Tree* list = root.find(to_string(section));
    if (list->kind != Tree::Kind::list) *list = Tree::list();
    list->add(entry(section));
    return list->members.size() - 1;
  }

  [[nodiscard]] Section section() { return static_cast<Section>(choose_.below(static_cast<int>(kSections))); }

  /// With each key of its shape now and then, in agreement with one another and with the as-of day.
  [[nodiscard]] Tree entry(Section section) {
    Tree out = Tree::map();
    const Date older = kAsOf - std::chrono::days{some_days()};
    const Date newer = std::max(older, kAsOf - std::chrono::days{some_days()});
    const bool is_plan = section == Section::plans;
    const int use = choose_.below(3);
    for (const yaml::Key& key : shape_of(section).keys) {
      const std::string at(key.name);
      if (at == "name") {
        const auto& from = choose_.once_in(4) ? names_.subjects : names_.judged;
        out.set(at, name(choose_.of(from[static_cast<std::size_t>(section)])));
      } else if (at == "date") {
        out.set(at, iso(is_plan ? kAsOf + std::chrono::days{1 + some_days()} : newer));
      } else if (at == "area") {
        if (!choose_.once_in(5)) out.set(at, areas());
      } else if (at == "status") {
        out.set(at, std::string(kEnumNames<Status>[static_cast<std::size_t>(choose_.below(7))]));
      } else if (at == "resolved") {
        if (const Tree* status = out.find("status"); status != nullptr && status->text == "past")
          out.set(at, iso(newer));
      } else if (at == "ongoing") {
        // What happened on a day has ended; for what is used either may be said.
        if (out.find("date") == nullptr) out.set(at, use == 0 ? "yes" : "no");
      } else if (at == "last_used") {
        if (use != 0) out.set(at, iso(newer));
      } else if (at == "started" || at == "since") {
        if (choose_.once_in(3)) out.set(at, iso(older));
      } else if (at == "prescribed") {
        out.set(at, choose_.once_in(4) ? "yes" : "no");
      } else if (choose_.once_in(8)) {
        out.set(at, value(key));
      }
    }
    return out;
  }

  [[nodiscard]] std::string name(SubjectId subject) { return choose_.of(names_.of[subject]); }
  [[nodiscard]] std::string id(SubjectId subject) const { return names_.of[subject].front(); }
  [[nodiscard]] Tree areas() {
    if (!choose_.once_in(4)) return Tree::scalar(name(choose_.of(names_.areas)));
    return Tree::list()
        .add(Tree::scalar(name(choose_.of(names_.areas))))
        .add(Tree::scalar(name(choose_.of(names_.areas))));
  }
  [[nodiscard]] int some_days() {
    constexpr std::array kDays{0, 1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 90, 170, 200, 400, 2000};
    return choose_.of(kDays) + choose_.below(3);
  }

 private:
  /// A value of a key that nothing else has to agree with.
  [[nodiscard]] std::string value(const yaml::Key& key) {
    if (!key.words.empty()) return std::string(choose_.of(key.words));
    switch (key.type) {
      case yaml::Type::yes_no:
        return choose_.once_in(2) ? "yes" : "no";
      case yaml::Type::partial_date:
      case yaml::Type::date:
      case yaml::Type::moment:
        return iso(kAsOf - std::chrono::days{some_days()});
      default: {
        constexpr std::array<std::string_view, 6> kTexts{"cream", "tablet", "1.0 mm",
                                                         "2 %",   "81 mg",  "as the client said"};
        return std::string(key.name == "depth" ? kTexts[2] : choose_.of(kTexts));
      }
    }
  }

  Chooser& choose_;
  const Names& names_;
  Date session_{};
};

}  // namespace needleplan::testing
