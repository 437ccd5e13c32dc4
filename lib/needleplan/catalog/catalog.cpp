#include "needleplan/catalog/catalog.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/catalog/catalog_tables.h"
#include "needleplan/catalog/fold.h"
#include "needleplan/catalog/line.h"
#include "needleplan/catalog/suggest.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

int family(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::drug_class:
    case SubjectKind::ingredient:
    case SubjectKind::product:
      return 0;
    default:
      return static_cast<int>(kind);
  }
}

Catalog::Catalog()
    : compiled_(std::make_unique<const CompiledCatalog>()), suggestions_(std::make_unique<SuggestionCache>()) {}
Catalog::~Catalog() = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;

void Catalog::begin_with(const CompiledCatalog& compiled, std::span<const Source* const> sources) {
  compiled_ = std::make_unique<const CompiledCatalog>(compiled);
  subjects_.reserve(compiled.subjects.size());
  for (const SubjectRow& row : compiled.subjects) {
    subjects_.push_back({.id = compiled.text(row.key),
                         .label = compiled.text(row.label),
                         .kind = static_cast<SubjectKind>(row.kind),
                         .prescription = static_cast<Prescription>(row.prescription),
                         .parents = run_of(compiled.ids, row.parents),
                         .up = {},
                         .own_up = {},
                         .may_be = run_of(compiled.ids, row.may_be),
                         .implies = run_of(compiled.ids, row.implies),
                         .routes = row.routes,
                         .ground = row.ground,
                         .at = {sources[row.file], row.offset}});
    set_up(subjects_.back(), run_of(compiled.ids, row.up));
  }
  for (const PlaceRow& row : compiled.places)
    places_.push_back({compiled.text(row.key), row.touching});
  grounds_.assign(compiled.grounds.begin(), compiled.grounds.end());
  placed_ = places_.size();
  ambiguities_.reserve(compiled.ambiguities.size());
  for (const AmbiguityRow& row : compiled.ambiguities) {
    Ambiguity& ambiguity = ambiguities_.emplace_back();
    ambiguity.ask = compiled.text(row.ask);
    const auto choices = run_of(compiled.ids, row.choices);
    ambiguity.choices.assign(choices.begin(), choices.end());
    const auto settle = [&](Run run, auto& out) {
      for (const SettleRow& word : run_of(compiled.settle, run))
        out.emplace_back(compiled.text(word.word), static_cast<SubjectId>(word.subject));
    };
    settle(row.by_form, ambiguity.by_form);
    settle(row.by_strength, ambiguity.by_strength);
  }
}

void Catalog::add(yaml::Node root, Diagnostics& diagnostics, Known known) {
  layered_ = known == Known::extend;
  if (const yaml::Node table = root.find("places"); table.valid() && table.is_map()) add_places(table, diagnostics);
  if (const yaml::Node list = root.find("subjects"); list.valid() && list.is_list())
    for (const yaml::Node node : list)
      if (node.is_map()) add_subject(node, known, diagnostics);
  if (const yaml::Node list = root.find("ambiguous"); list.valid() && list.is_list())
    for (const yaml::Node node : list)
      ambiguous_nodes_.push_back(node);
  if (layered_)
    for (const std::string_view key : {"forms", "routes", "noise", "links"})
      if (const yaml::Node words = root.find(key); words.valid())
        diagnostics.error(words.at(), "words-in-layer",
                          fmt::format("{} of a layer could make an unknown name look known; add the whole name to its "
                                      "subject instead",
                                      key));
  if (const yaml::Node forms = root.find("forms"); forms.valid() && forms.is_map())
    for (const yaml::Node key : forms)
      yaml::each_text(key.value_of(), [&](yaml::Node word) { forms_.insert_or_assign(fold(word.text()), key.text()); });
  if (const yaml::Node routes = root.find("routes"); routes.valid() && routes.is_map())
    for (const yaml::Node key : routes) {
      routes_.insert_or_assign(key.text(), key.text());
      yaml::each_text(key.value_of(), [&](yaml::Node form) { routes_.insert_or_assign(form.text(), key.text()); });
    }
  const auto add_words = [&](yaml::Node words, WordRole role) {
    yaml::each_text(words, [&](yaml::Node word) { roles_[fold(word.text())] |= bit(role); });
  };
  add_words(root.find("noise"), WordRole::noise);
  if (const yaml::Node links = root.find("links"); links.valid() && links.is_map())
    for (const WordRole role : {WordRole::all, WordRole::one, WordRole::purpose, WordRole::reason, WordRole::list})
      add_words(links.find(to_string(role)), role);
}

namespace {
Routes read_routes(yaml::Node subject, Diagnostics& diagnostics) {
  Routes out = 0;
  yaml::each_text(subject.find("route"), [&](yaml::Node word) {
    if (const auto route = yaml::read_word<Route>(word, diagnostics)) out = static_cast<Routes>(out | bit(*route));
  });
  return out;
}
}  // namespace

void Catalog::add_subject(yaml::Node node, Known known, Diagnostics& diagnostics) {
  // The keys were judged with the whole file; here only what cannot be read at all is passed over.
  const yaml::Node id = node.find("id");
  const yaml::Node kind = node.find("kind");
  if (!yaml::is_answer(id)) return;
  if (const SubjectId first = find(id.text()); first != kNoSubject) {
    if (known == Known::extend) return extend(first, node, diagnostics);
    diagnostics.error(id.at(), "subject-twice",
                      fmt::format("the subject \"{}\" is already defined at {}; give this one another id, or add names "
                                  "to the first",
                                  id.text(), subjects_[first].at.to_string()));
    return;
  }
  if (!yaml::is_answer(kind)) {
    // In a whole pack the missing key was reported with the shape of its file.
    if (known == Known::extend)
      diagnostics.error(
          id.at(), "new-subject-kind",
          fmt::format("\"{}\" is a new subject, so it says its kind, such as product or exposure", id.text()));
    return;
  }
  Subject subject;
  subject.id = id.text();
  subject.at = id.at();
  subject.label = node.find("label").valid() ? node.find("label").text() : id.text();
  subject.kind = yaml::read_word<SubjectKind>(kind, diagnostics).value_or(SubjectKind::product);
  if (const yaml::Node p = node.find("prescription"); yaml::is_answer(p))
    subject.prescription = yaml::read_word<Prescription>(p, diagnostics).value_or(Prescription::none);
  subject.routes = read_routes(node, diagnostics);
  by_id_.emplace(subject.id, static_cast<SubjectId>(subjects_.size()));
  subjects_.push_back(subject);
  subject_nodes_.push_back(node);
}

SubjectId Catalog::find(std::string_view id) const {
  if (const SubjectRow* row = compiled_->find_subject(id); row != nullptr)
    return static_cast<SubjectId>(row - compiled_->subjects.data());
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? kNoSubject : found->second;
}

SubjectId Catalog::expect(yaml::Node id, Diagnostics& diagnostics) const {
  const SubjectId found = find(id.text());
  if (found != kNoSubject) return found;
  report_unknown(id, diagnostics);
  return kNoSubject;
}

void Catalog::report_unknown(yaml::Node id, Diagnostics& diagnostics) const {
  std::string hint;
  if (const NameMatch named = match(id.text()); named.subjects.size() == 1) {
    hint = fmt::format("; it is a name of \"{}\", so write that", subjects_[named.subjects.front()].id);
  } else {
    std::vector<std::string_view> known;
    for (const Subject& subject : subjects_)
      known.push_back(subject.id);
    hint = did_you_mean(id.text(), known);
    if (hint.empty()) hint = "; add it under `subjects:`, as {id: " + std::string(id.text()) + ", kind: exposure}";
  }
  diagnostics.error(id.at(), "unknown-subject",
                    fmt::format("\"{}\" is not a subject of the catalog{}", id.text(), hint));
}

void Catalog::extend(SubjectId id, yaml::Node node, Diagnostics& diagnostics) {
  Subject& subject = subjects_[id];
  if (const yaml::Node kind = node.find("kind"); yaml::is_answer(kind) && !kind.is_word(to_string(subject.kind)))
    diagnostics.error(kind.at(), "subject-kind",
                      fmt::format("\"{}\" is of the kind {} already", subject.id, to_string(subject.kind)));
  if (const yaml::Node label = node.find("label"); yaml::is_answer(label)) subject.label = label.text();
  if (const yaml::Node p = node.find("prescription"); yaml::is_answer(p)) {
    const auto prescription = yaml::read_word<Prescription>(p, diagnostics).value_or(subject.prescription);
    if (prescription != subject.prescription && !node.find("loosen").valid()) {
      report_prescription(id, p, to_string(subject.prescription), to_string(prescription),
                          prescription < subject.prescription, diagnostics);
    } else {
      if (prescription != subject.prescription)
        loosened_.push_back(
            {node, fmt::format("prescription {} -> {}", to_string(subject.prescription), to_string(prescription)), {}});
      subject.prescription = prescription;
    }
  }
  // By one route more it is asked about less.
  if (const Routes routes = read_routes(node, diagnostics); routes != 0 && routes != subject.routes) {
    const bool fewer = subject.routes == 0 || (routes & ~subject.routes) == 0;
    if (!fewer && !node.find("loosen").valid()) {
      diagnostics.error(
          node.find("route").at(), "loosened-without-reason",
          fmt::format("\"{}\" would be known by other routes; say loosen: {{reason: ..., by: ...}}", subject.id));
    } else {
      if (!fewer) loosened_.push_back({node, "known by other routes", {}});
      subject.routes = routes;
    }
  }
  extensions_.emplace_back(id, node);
}

// Less of a prescription medicine could be stopped without asking; more of one is never deferred, only asked about.
void Catalog::report_prescription(SubjectId id, yaml::Node at, std::string_view was, std::string_view now, bool less,
                                  Diagnostics& diagnostics) const {
  diagnostics.error(at.at(), "loosened-without-reason",
                    fmt::format("\"{}\" would become {} of a prescription medicine ({} to {}); say loosen: "
                                "{{reason: ..., by: ...}}",
                                subjects_[id].id, less ? "less" : "more", was, now));
}

bool Catalog::may_take(const Name& name, const Name& from) const {
  // Something narrower keeps every rule that the wider one had; a doubt that one of its choices settles does not.
  if (from.ambiguity >= 0) return false;
  const auto narrower = [&](SubjectId choice) {
    return is_a(choice, from.subject) && (!layered_ || prescription_only(choice) == prescription_only(from.subject));
  };
  if (name.ambiguity < 0) return narrower(name.subject);
  const Ambiguity& ambiguity = ambiguities_[static_cast<std::size_t>(name.ambiguity)];
  const auto settles = [&](const auto& words) {
    return std::all_of(words.begin(), words.end(), [&](const auto& word) { return narrower(word.second); });
  };
  return std::all_of(ambiguity.choices.begin(), ambiguity.choices.end(), narrower) && settles(ambiguity.by_form) &&
         settles(ambiguity.by_strength);
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one question after the other about a single name
void Catalog::insert(const Name& name, Location at, yaml::Node entry, Diagnostics& diagnostics) {
  std::string folded = fold(name.written);
  if (folded.empty()) {
    diagnostics.error(at, "name-empty", "a name needs a letter or a digit");
    return;
  }
  auto known = look_up(folded);
  // A longer way to write a known name is found without amounts, forms and filler words: it is no new name.
  const NameMatch longer = layered_ && !known ? match(name.written) : NameMatch{};
  if (!longer.unknown()) {
    known = Name{.written = name.written, .language = {}, .subject = longer.subjects.front()};
    // Of a line that names several things, the first that would no longer be meant.
    if (longer.own != nullptr)
      for (const SubjectId subject : longer.subjects)
        if (known->subject = subject; !may_take(name, *known)) break;
    if (longer.ambiguity != nullptr)
      known->ambiguity = static_cast<std::int32_t>(longer.ambiguity - ambiguities_.data());
    // An id is for rules; where clients mean something else by its words, it is no name.
    if (entry.find("id").valid() && name.written == entry.find("id").text() && !may_take(name, *known)) return;
  }
  if (!known) {
    names_.emplace(std::move(folded), name);
    return;
  }
  Name first = *known;
  if (first.ambiguity == name.ambiguity && first.subject == name.subject) {
    if (first.sourced || !name.sourced) return;
    first.sourced = true;  // the same name in two languages
    if (names_.insert_or_assign(std::move(folded), first).second) ++replaced_;
    return;
  }
  const auto owner = [&](const Name& n) {
    return n.ambiguity >= 0 ? std::string("the ambiguous names") : fmt::format("\"{}\"", subjects_[n.subject].id);
  };
  const bool narrower = may_take(name, first);
  // A pack's own list of what form or strength settles may take the id of a subject that it only makes narrower.
  if (narrower ? layered_ || name.ambiguity >= 0 : layered_ && entry.find("loosen").valid()) {
    const auto meanings = [&](const Name& n) {
      if (&n == &first && longer.own != nullptr) return longer.subjects;
      return n.ambiguity < 0 ? itself(n.subject)
                             : std::span<const SubjectId>(ambiguities_[static_cast<std::size_t>(n.ambiguity)].choices);
    };
    if (!narrower) {
      LoosenedName taken{entry, fmt::format("the name \"{}\" of {}", name.written, owner(first)), {}};
      for (const SubjectId meant : meanings(first))
        taken.lost.insert(taken.lost.end(), subjects_[meant].up.begin(), subjects_[meant].up.end());
      loosened_.push_back(std::move(taken));
    } else if (layered_) {
      // Whoever is known by that name is now also what lies between.
      for (const SubjectId meant : meanings(name)) {
        GainedClasses gained{entry, meant, {}};
        for (const SubjectId wider : subjects_[meant].up)
          if (!is_a(first.subject, wider)) gained.classes.push_back(wider);
        gained_.push_back(std::move(gained));
      }
    }
    if (names_.insert_or_assign(std::move(folded), name).second) ++replaced_;
    return;
  }
  std::string way_out = "if it can mean both, list it under `ambiguous`";
  if (layered_ && first.ambiguity < 0) {
    const bool related =
        name.ambiguity < 0 && family(subjects_[first.subject].kind) == family(subjects_[name.subject].kind);
    way_out = related ? fmt::format("a subject below it (is: [{}]) may have it; ", subjects_[first.subject].id) : "";
    way_out += "to take it away, say loosen: {reason: ..., by: ...}";
  }
  diagnostics.error(at, "name-twice",
                    fmt::format("the name \"{}\" already belongs to {}; {}", name.written, owner(first), way_out));
}

void Catalog::insert_names(SubjectId id, yaml::Node node, Diagnostics& diagnostics) {
  const auto insert_list = [&](yaml::Node list, std::string_view language) {
    yaml::each_text(list, [&](yaml::Node name) {
      std::string_view written = name.text();
      const bool sourced = written.ends_with('*');
      if (sourced) written.remove_suffix(1);
      insert({.written = written, .language = language, .subject = id, .ambiguity = -1, .sourced = sourced}, name.at(),
             node, diagnostics);
    });
  };
  for (const std::string_view group : {"names", "brands"})
    if (const yaml::Node by_language = node.find(group); by_language.valid() && by_language.is_map())
      for (const yaml::Node language : by_language)
        insert_list(language.value_of(), language.text());
  insert_list(node.find("misspelt"), {});
}

void Catalog::finish(Diagnostics& diagnostics) {
  resolve_parents(diagnostics);
  resolve_extensions(diagnostics);
  resolve_may_be();
  resolve_grounds();
  names_.reserve(names_.size() + subject_nodes_.size() * 20);
  const std::size_t before = subjects_.size() - subject_nodes_.size();
  for (std::size_t i = before; i < subjects_.size(); ++i) {
    const auto id = static_cast<SubjectId>(i);
    insert({.written = subjects_[i].id, .language = {}, .subject = id}, subjects_[i].at, subject_nodes_[i - before],
           diagnostics);
    insert_names(id, subject_nodes_[i - before], diagnostics);
  }
  for (const auto& [id, node] : extensions_)
    insert_names(id, node, diagnostics);
  for (const yaml::Node node : ambiguous_nodes_)
    add_ambiguous(node, diagnostics);
  suggestions_->clear();
  subject_nodes_.clear();
  ambiguous_nodes_.clear();
  extensions_.clear();
}

void Catalog::add_ambiguous(yaml::Node node, Diagnostics& diagnostics) {
  if (!node.find("ask").valid() || !node.find("could_be").valid()) return;
  Ambiguity ambiguity;
  ambiguity.ask = node.find("ask").text();
  yaml::each_text(node.find("could_be"), [&](yaml::Node id) {
    if (const SubjectId found = expect(id, diagnostics); found != kNoSubject) ambiguity.choices.push_back(found);
  });
  const auto read_settle = [&](std::string_view key, auto&& put) {
    if (const yaml::Node map = node.find(key); map.valid() && map.is_map())
      for (const yaml::Node word : map)
        if (const yaml::Node id = word.value_of(); yaml::is_answer(id))
          if (const SubjectId found = expect(id, diagnostics); found != kNoSubject) put(word.text(), found);
  };
  read_settle("by_form", [&](std::string_view form, SubjectId id) { ambiguity.by_form.emplace_back(form, id); });
  read_settle("by_strength",
              [&](std::string_view strength, SubjectId id) { ambiguity.by_strength.emplace_back(fold(strength), id); });
  const auto& list = ambiguity.choices;
  if (ambiguity.by_form.empty() && ambiguity.by_strength.empty() &&
      std::all_of(list.begin(), list.end(), [&](SubjectId id) { return id == list.front(); }))
    diagnostics.error(node.find("could_be").at(), "one-reading",
                      "a name of two meanings has at least two; one that means one thing is a name of that");
  const auto index = static_cast<std::int32_t>(ambiguities_.size());
  ambiguities_.push_back(std::move(ambiguity));
  yaml::each_text(node.find("name"), [&](yaml::Node name) {
    std::string_view written = name.text();
    const bool sourced = written.ends_with('*');
    if (sourced) written.remove_suffix(1);
    insert({.written = written, .language = {}, .subject = kNoSubject, .ambiguity = index, .sourced = sourced},
           name.at(), node, diagnostics);
  });
}

}  // namespace needleplan
