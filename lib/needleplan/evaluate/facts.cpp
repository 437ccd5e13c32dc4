#include "needleplan/evaluate/facts.h"

#include <algorithm>

namespace needleplan {

namespace {

/// Names of one session fact; those the catalog does not know stay as they are.
SessionNames look_up(const Fact<std::vector<Located<std::string_view>>>& fact, const Catalog& catalog) {
  SessionNames out;
  out.answer = fact.answer;
  out.at = fact.at;
  for (const auto& name : fact.value) {
    const NameMatch match = catalog.match(name.value);
    if (match.subjects.size() == 1) {
      out.subjects.push_back(match.subjects.front());
    } else {
      out.unknown_names.push_back(name);
    }
  }
  return out;
}

SessionNames look_up(const Fact<std::string_view>& fact, const Catalog& catalog) {
  Fact<std::vector<Located<std::string_view>>> list{fact.answer, {}, fact.at};
  if (fact.given()) list.value.push_back({fact.value, fact.at});
  return look_up(list, catalog);
}

bool too_old(const Fact<Date>& asked, const std::optional<Span>& valid_for, Date as_of) {
  return asked.given() && valid_for && after(asked.value, *valid_for) < as_of;
}

Standing standing_of(const SectionFacts& section, const Pack& pack, Date as_of) {
  if (section.answer == Answer::not_asked) return Standing::not_asked;
  if (section.answer == Answer::unknown) return Standing::unknown;
  return too_old(section.asked, pack.answers_valid_for, as_of) ? Standing::too_old : Standing::known;
}

/// Whether an entry touches the session's areas. An area that nobody named may be anywhere.
Truth touches(const EntryFacts& entry, const SessionNames& session, const Catalog& catalog) {
  if (session.answer != Answer::given) return Truth::unknown;
  for (const SubjectId a : entry.areas)
    for (const SubjectId b : session.subjects)
      if (catalog.overlap(a, b)) return Truth::yes;
  const bool sure = entry.entry->areas.given() && !entry.area_name_unknown && session.unknown_names.empty();
  return sure ? Truth::no : Truth::unknown;
}

}  // namespace

Truth EntryFacts::is(const Catalog& catalog, const Subjects& wanted) const {
  std::size_t hits = 0;
  for (const SubjectId subject : match.subjects)
    hits += std::any_of(wanted.begin(), wanted.end(), [&](SubjectId w) { return catalog.is_a(subject, w); }) ? 1U : 0U;
  if (hits == 0) return Truth::no;
  return hits == match.subjects.size() ? Truth::yes : Truth::unknown;
}

Facts resolve(const Profile& profile, const Pack& pack, Date as_of) {
  const Catalog& catalog = pack.catalog;
  Facts facts;
  facts.profile = &profile;
  facts.pack = &pack;
  facts.as_of = as_of;
  facts.areas = look_up(profile.session.areas, catalog);
  facts.indications = look_up(profile.session.indications, catalog);
  facts.device = look_up(profile.session.device, catalog);
  facts.numbing = look_up(profile.session.numbing, catalog);
  facts.add_ons = look_up(profile.session.add_ons, catalog);
  facts.protocol = look_up(profile.session.protocol, catalog);
  if (too_old(profile.life_stage_asked, pack.life_stage_valid_for, as_of)) facts.life_stage = Standing::too_old;
  for (std::size_t i = 0; i < kSections; ++i) {
    const SectionFacts& section = profile.sections[i];
    facts.standing[i] = standing_of(section, pack, as_of);
    for (const Entry& entry : section.entries) {
      EntryFacts out;
      out.entry = &entry;
      // An earlier session is what it is; its entries have no name to look up.
      if (entry.section != Section::sessions)
        out.match = catalog.match(entry.name.value, entry.form.given() ? entry.form.value : std::string_view{},
                                  entry.strength.given() ? entry.strength.value : std::string_view{});
      for (const auto& area : entry.areas.value) {
        const NameMatch match = catalog.match(area.value);
        if (match.subjects.size() == 1) {
          out.areas.push_back(match.subjects.front());
        } else {
          out.area_name_unknown = true;
        }
      }
      out.in_area = touches(out, facts.areas, catalog);
      facts.entries.push_back(std::move(out));
    }
  }
  return facts;
}

}  // namespace needleplan
