#include "needleplan/protocol/judged_names.h"

#include <algorithm>

#include "needleplan/protocol/read_statement.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

constexpr NamePlaces places_of(std::span<const Section> sections) {
  NamePlaces out = 0;
  for (const Section section : sections)
    out |= bit(place_of(section));
  return out;
}

constexpr NamePlaces kIllPlaces = places_of(kIllSections);
constexpr NamePlaces kAllergyPlaces = places_of(kAllergySections);
// What is added in the session is an event of its day.
constexpr NamePlaces kEventPlaces = places_of(kEventSections) | bit(NamePlace::add_ons);
constexpr NamePlaces kUsePlaces = places_of(kUseSections) | bit(NamePlace::add_ons);

NamePlaces place_of(SessionFact fact) {
  switch (fact) {
    case SessionFact::indication:
      return bit(NamePlace::indication);
    case SessionFact::device:
      return bit(NamePlace::device);
    case SessionFact::add_on:
      return bit(NamePlace::add_ons);
    case SessionFact::numbing:
      return bit(NamePlace::numbing);
    case SessionFact::protocol:
      return 0;
  }
  return 0;
}

std::vector<Look> looks_at(const Subjects& subjects, NamePlaces places) {
  std::vector<Look> out;
  for (const SubjectId subject : subjects)
    out.push_back({subject, places});
  return out;
}

/// Names that a condition looks for: all of them, or those that can make it hold by themselves.
enum class Names : std::uint8_t { all, alone };
std::vector<Look> looks_of(const Condition& condition, Names which);

std::vector<Look> looks_of_each(const std::vector<Condition>& terms, Names which) {
  std::vector<Look> out;
  for (const Condition& term : terms)
    for (const Look& look : looks_of(term, which))
      out.push_back(look);
  return out;
}

/// Of terms that must hold together, two about names judge neither by itself: without the one, the other says nothing.
std::vector<Look> looks_of_all(const std::vector<Condition>& terms) {
  std::vector<Look> out;
  for (const Condition& term : terms) {
    auto looks = looks_of(term, Names::alone);
    if (looks.empty()) continue;
    if (!out.empty()) return {};
    out = std::move(looks);
  }
  return out;
}

std::vector<Look> looks_of(const Condition& condition, Names which) {
  return std::visit(
      Overloaded{
          [&](const AllOf& x) { return which == Names::all ? looks_of_each(x.terms, which) : looks_of_all(x.terms); },
          [&](const AnyOf& x) { return looks_of_each(x.terms, which); },
          [](const HasCondition& x) { return looks_at(x.subjects, kIllPlaces); },
          [](const Uses& x) { return looks_at(x.subjects, kUsePlaces); },
          [](const Allergy& x) { return looks_at(x.subjects, kAllergyPlaces); },
          [](const Had& x) { return looks_at(x.subjects, kEventPlaces); },
          [](const SessionIs& x) { return looks_at(x.subjects, place_of(x.fact)); },
          [](const auto&) { return std::vector<Look>{}; },
      },
      condition.node);
}

bool names(const std::vector<Look>& looks, const Look& wanted) {
  return std::any_of(looks.begin(), looks.end(), [&](const Look& look) {
    return look.subject == wanted.subject && (wanted.places & ~look.places) == 0;
  });
}

/// 0 for the pack, then the layers from the lowest.
std::size_t height_of(Location at, const Pack& pack) {
  return pack.layer_of(at) + 1;
}

bool by_subject(const LayerLook& a, const LayerLook& b) {
  return a.subject < b.subject;
}

/// Of a statement that layers have a part in: from which height on it always names each of its names.
void add_layered(const Statement& statement, Pack& pack) {
  std::vector<LayerLook> looks;
  for (const Look& look : looks_of(statement))
    looks.push_back({look.subject, look.places, height_of(statement.written.parts().back().at(), pack)});
  Diagnostics said;
  StatementReader reader(pack, said);
  for (std::size_t parts = statement.written.parts().size() - 1; parts > 0; --parts) {
    const auto below = reader.read(statement.written.below(parts), statement.kind());
    const auto named = below ? looks_of(*below) : std::vector<Look>{};
    const std::size_t height = height_of(statement.written.parts()[parts - 1].at(), pack);
    const std::size_t above = height_of(statement.written.parts()[parts].at(), pack);
    for (LayerLook& look : looks)
      if (look.height == above && names(named, {look.subject, look.places})) look.height = height;
  }
  for (const LayerLook& look : looks)
    if (look.height == 0) {
      pack.index.judged[look.subject] |= look.places;
    } else {
      pack.index.judged_by_layers.push_back(look);
    }
}

bool is_among(SubjectId subject, std::span<const SubjectId> up) {
  return std::find(up.begin(), up.end(), subject) != up.end();
}

/// Whether something below `wider`, which its name may hide, is a subject that is looked for.
bool hides(SubjectId wider, SubjectId subject, const Catalog& catalog) {
  return wider != subject && may_hide_narrower(catalog[wider].kind) && is_among(wider, catalog[subject].own_up);
}

}  // namespace

std::vector<Look> looks_of(const Statement& statement) {
  if (const auto* avoid = statement.as<Avoid>()) {
    if (avoid->advice || (!avoid->before && !avoid->after)) return {};
    return looks_at(avoid->subjects, kUsePlaces | kEventPlaces);
  }
  if (statement.as<Contraindication>() != nullptr) return looks_of(*statement.when, Names::alone);
  if (const auto* series = statement.as<Series>(); series != nullptr && series->interval)
    return looks_at(series->indications, bit(NamePlace::indication));
  std::vector<Look> out;
  if (const auto* step = statement.as<Step>())
    for (const Setting& setting : step->settings)
      if (setting.time)
        for (const Look& look : looks_at(setting.products, bit(NamePlace::numbing)))
          out.push_back(look);
  return out;
}

std::vector<Look> named_by(const Statement& statement) {
  return statement.as<Contraindication>() != nullptr ? looks_of(*statement.when, Names::all) : looks_of(statement);
}

void index_judged_names(Pack& pack) {
  RuleIndex& index = pack.index;
  index.judged.assign(pack.catalog.subjects().size(), 0);
  index.judged_below.assign(pack.catalog.subjects().size(), 0);
  index.judged_by_layers.clear();
  index.judged_below_by_layers.clear();
  index.no_concern.clear();
  for (std::size_t i = 0; i < pack.statements.size(); ++i) {
    const Statement& statement = pack.statements[i];
    if (const auto* none = statement.as<NoConcern>())
      for (const SubjectId subject : none->subjects)
        index.no_concern.emplace_back(subject, static_cast<std::uint16_t>(i));
    const bool layered = !pack.layers.empty() && pack.layer_of(statement.written.parts().back().at()) != kNoLayer;
    if (layered) {
      add_layered(statement, pack);
      continue;
    }
    for (const Look& look : looks_of(statement))
      index.judged[look.subject] |= look.places;
  }
  std::sort(index.no_concern.begin(), index.no_concern.end());
  for (const LayerLook& look : index.judged_by_layers)
    for (const SubjectId wider : pack.catalog[look.subject].own_up)
      if (hides(wider, look.subject, pack.catalog))
        index.judged_below_by_layers.push_back({wider, look.places, look.height});
  std::sort(index.judged_by_layers.begin(), index.judged_by_layers.end(), by_subject);
  std::sort(index.judged_below_by_layers.begin(), index.judged_below_by_layers.end(), by_subject);
  for (std::size_t i = 0; i < index.judged.size(); ++i)
    if (index.judged[i] != 0)
      for (const SubjectId wider : pack.catalog[static_cast<SubjectId>(i)].own_up)
        if (hides(wider, static_cast<SubjectId>(i), pack.catalog)) index.judged_below[wider] |= index.judged[i];
}

bool is_judged(SubjectId subject, NamePlace place, const Pack& pack) {
  const RuleIndex& index = pack.index;
  const auto& up = pack.catalog[subject].own_up;
  if (has(index.judged_below[subject], place)) return true;
  if (std::any_of(up.begin(), up.end(), [&](SubjectId wider) { return has(index.judged[wider], place); })) return true;
  if (index.judged_by_layers.empty()) return false;
  const std::size_t height = height_of(pack.catalog[subject].at, pack);
  const auto looked_for = [&](const std::vector<LayerLook>& looks, SubjectId wanted) {
    const auto [first, last] = std::equal_range(looks.begin(), looks.end(), LayerLook{wanted, 0, 0}, by_subject);
    return std::any_of(first, last,
                       [&](const LayerLook& look) { return look.height <= height && has(look.places, place); });
  };
  return looked_for(index.judged_below_by_layers, subject) ||
         std::any_of(up.begin(), up.end(), [&](SubjectId wider) { return looked_for(index.judged_by_layers, wider); });
}

bool belongs(SubjectKind kind, NamePlace place) {
  const bool used = kind == SubjectKind::drug_class || kind == SubjectKind::ingredient || kind == SubjectKind::product;
  switch (place) {
    case NamePlace::conditions:
      return kind == SubjectKind::condition;
    case NamePlace::medicines:
    case NamePlace::products:
    case NamePlace::supplements:
    case NamePlace::numbing:
      return used;
    case NamePlace::allergies:
      return used || kind == SubjectKind::allergen;
    case NamePlace::procedures:
    case NamePlace::exposures:
    case NamePlace::plans:
      return used || kind == SubjectKind::procedure || kind == SubjectKind::exposure;
    case NamePlace::sessions:
      return true;
    case NamePlace::indication:
      return kind == SubjectKind::indication;
    case NamePlace::device:
      return kind == SubjectKind::device;
    case NamePlace::add_ons:
      return used || kind == SubjectKind::add_on || kind == SubjectKind::procedure;
  }
  return false;
}

bool covers(const NoConcern& none, SubjectId subject, NamePlace place, const Catalog& catalog) {
  return (none.places == 0 || has(none.places, place)) &&
         std::any_of(none.subjects.begin(), none.subjects.end(), [&](SubjectId wider) {
           return catalog.is_a(subject, wider) && is_among(wider, catalog[subject].own_up);
         });
}

const Statement* no_concern_of(SubjectId subject, NamePlace place, const Pack& pack) {
  const auto& named = pack.index.no_concern;
  const Statement* best = nullptr;
  for (const SubjectId wider : pack.catalog[subject].own_up)
    for (auto found = std::lower_bound(named.begin(), named.end(), std::pair(wider, std::uint16_t{0}));
         found != named.end() && found->first == wider; ++found) {
      const Statement& statement = pack.statements[found->second];
      const auto* none = statement.as<NoConcern>();
      if ((none->places != 0 && !has(none->places, place)) || !is_among(wider, none->subjects)) continue;
      const auto rank = [&](const Statement& one) { return std::pair(!is_sourced(one, pack), &one); };
      if (best == nullptr || rank(statement) < rank(*best)) best = &statement;
    }
  return best;
}

bool is_sourced(const Statement& statement, const Pack& pack) {
  return std::any_of(statement.citations.list.begin(), statement.citations.list.end(),
                     [&](const Citation& c) { return pack.references[c.source].grade != Grade::own; });
}

namespace {

/// Whether names of that kind are meant to stand there. What is added or put on without being made for it is one to
/// consult about, and needs no word of the protocol for that.
bool is_at_home(SubjectKind kind, NamePlace place) {
  if (place == NamePlace::sessions || place == NamePlace::numbing) return false;
  return belongs(kind, place) && (place != NamePlace::add_ons || kind == SubjectKind::add_on);
}

}  // namespace

std::vector<UnjudgedName> unjudged_names(const Pack& pack) {
  std::vector<UnjudgedName> out;
  for (std::size_t i = 0; i < pack.catalog.subjects().size(); ++i) {
    UnjudgedName name{static_cast<SubjectId>(i)};
    for (std::size_t k = 0; k < kNamePlaces; ++k)
      if (const auto place = static_cast<NamePlace>(k); is_at_home(pack.catalog[name.subject].kind, place) &&
                                                        !is_judged(name.subject, place, pack) &&
                                                        no_concern_of(name.subject, place, pack) == nullptr)
        name.places |= bit(place);
    if (name.places != 0) out.push_back(name);
  }
  return out;
}

}  // namespace needleplan
