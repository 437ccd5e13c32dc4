#include "needleplan/evaluate/facts.h"

#include <algorithm>
#include <span>
#include <utility>

#include "needleplan/catalog/fold.h"

namespace needleplan {

namespace {

bool is_used(SubjectKind kind) {
  return kind == SubjectKind::drug_class || kind == SubjectKind::ingredient || kind == SubjectKind::product;
}

// What may stand under a key. A name of another kind must not pass as known: no rule would ever look at it.
bool is_area(SubjectKind kind) {
  return kind == SubjectKind::area;
}
bool is_indication(SubjectKind kind) {
  return kind == SubjectKind::indication;
}
bool is_device(SubjectKind kind) {
  return kind == SubjectKind::device;
}
bool is_add_on(SubjectKind kind) {
  return is_used(kind) || kind == SubjectKind::add_on || kind == SubjectKind::procedure;
}
bool is_treatment(SubjectKind kind) {
  return kind == SubjectKind::protocol || kind == SubjectKind::procedure;
}

/// "Accutane?" says neither yes nor no.
bool doubted(std::string_view name) {
  if (name.find('?') != std::string_view::npos) return true;
  const auto has = [&](std::string_view mark) { return name.find(mark) != std::string_view::npos; };
  const bool ascii =
      std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return !ascii && (has("\u00BF") || has("\uFF1F"));
}

/// The one subject of that kind that a name certainly means, or kNoSubject.
SubjectId certain(std::string_view name, bool (*fits)(SubjectKind), const Catalog& catalog, MatchCache& seen) {
  const NameMatch& match = seen.match(catalog, name);
  const bool sure = match.subjects.size() == 1 && !match.unlikely_route && match.unread == nullptr && !doubted(name) &&
                    fits(catalog[match.subjects.front()].kind);
  return sure ? match.subjects.front() : kNoSubject;
}

/// "Full face and neck": each of several areas in one name; none where it is not sure.
Subjects areas_in(std::string_view name, const Catalog& catalog) {
  const NameMatch match = catalog.match(name);
  if (!match.all || doubted(name) ||
      !std::all_of(match.subjects.begin(), match.subjects.end(), [&](SubjectId s) { return is_area(catalog[s].kind); }))
    return {};
  return {match.subjects.begin(), match.subjects.end()};
}

/// Names of one session fact; those that are not understood stay as they are.
template <class T>
SessionNames look_up(const Answer<T>& fact, std::span<const Located<std::string_view>> names, bool (*fits)(SubjectKind),
                     const Catalog& catalog, MatchCache& seen) {
  SessionNames out;
  out.answer = fact.state();
  out.at = fact.at;
  for (const auto& name : names) {
    if (const SubjectId subject = certain(name.value, fits, catalog, seen); subject != kNoSubject) {
      out.subjects.push_back(subject);
      out.names.push_back(name);
    } else if (const Subjects areas = fits == is_area ? areas_in(name.value, catalog) : Subjects{}; !areas.empty()) {
      out.subjects.insert(out.subjects.end(), areas.begin(), areas.end());
      out.names.insert(out.names.end(), areas.size(), name);
    } else {
      out.unknown_names.push_back(name);
    }
  }
  return out;
}

SessionNames look_up(const Answer<std::vector<Located<std::string_view>>>& fact, bool (*fits)(SubjectKind),
                     const Catalog& catalog, MatchCache& seen) {
  const auto* names = fact.given();
  return look_up(fact, names == nullptr ? std::span<const Located<std::string_view>>{} : std::span(*names), fits,
                 catalog, seen);
}

SessionNames look_up(const Answer<std::string_view>& fact, bool (*fits)(SubjectKind), const Catalog& catalog,
                     MatchCache& seen) {
  const Located<std::string_view> name{fact.value_or({}), fact.at};
  return look_up(fact, std::span(&name, fact.given() != nullptr ? 1 : 0), fits, catalog, seen);
}

/// How old the answers are. Most were taken on the same day.
class Ages {
 public:
  explicit Ages(Date as_of) : as_of_(as_of) {}

  bool too_old(const Answer<Date>& asked, const std::optional<Span>& valid_for) {
    if (!asked.given() || !valid_for) return false;
    if (!known_ || *asked.given() != asked_ || *valid_for != valid_for_) {
      known_ = true;
      asked_ = *asked.given();
      valid_for_ = *valid_for;
      too_old_ = after(asked_, valid_for_) < as_of_;
    }
    return too_old_;
  }

 private:
  Date as_of_;
  // What was looked at last: an answer taken on `asked_` that is valid for `valid_for_`.
  bool known_ = false;
  Date asked_{};
  Span valid_for_;
  bool too_old_ = false;
};

Standing standing_of(const SectionFacts& section, const Pack& pack, Ages& ages) {
  if (section.answer == AnswerState::not_asked) return Standing::not_asked;
  if (section.answer == AnswerState::unknown) return Standing::unknown;
  if (ages.too_old(section.asked, pack.answers_valid_for)) return Standing::too_old;
  return section.partial ? Standing::partial : Standing::known;
}

/// Whether an entry is on or next to the session's areas. An area that nobody named may be anywhere.
void place(EntryFacts& entry, const SessionNames& session, const Catalog& catalog) {
  // What is swallowed reaches every part of the body.
  if (entry.match.route == to_string(Route::oral)) {
    entry.in_area = entry.near_area = Truth::yes;
    return;
  }
  const bool all_known = session.answer == AnswerState::given && session.unknown_names.empty() &&
                         entry.entry->areas.given() != nullptr && entry.unknown_areas.empty();
  entry.in_area = entry.near_area = all_known ? Truth::no : Truth::unknown;
  for (const SubjectId a : entry.areas)
    for (const SubjectId b : session.subjects) {
      entry.in_area = entry.in_area || catalog.overlap(a, b);
      entry.near_area = entry.near_area || catalog.near(a, b);
    }
}

}  // namespace

Truth EntryFacts::is(const Catalog& catalog, std::span<const SubjectId> wanted) const {
  std::size_t hits = 0;
  bool wider = false;
  for (const SubjectId subject : match.subjects) {
    if (catalog.is_any(subject, wanted)) {
      ++hits;
    } else if (!wider) {
      // "A peel" may be the deep one that the rule is about.
      wider = catalog.may_be_any(subject, wanted);
    }
  }
  if (hits == 0) return wider ? Truth::unknown : Truth::no;
  return (match.all || hits == match.subjects.size()) && !doubtful ? Truth::yes : Truth::unknown;
}

Truth EntryFacts::has_form(const Catalog& catalog, std::string_view wanted) const {
  if (catalog.is_route(wanted)) return match.route.empty() ? Truth::unknown : truth(match.route == wanted);
  if (!match.form.empty()) return truth(match.form == wanted);
  const std::string_view route = catalog.route_of(wanted);
  return match.route.empty() || route.empty() || match.route == route ? Truth::unknown : Truth::no;
}

bool EntryFacts::prescription_only(const Catalog& catalog) const {
  return std::any_of(match.subjects.begin(), match.subjects.end(),
                     [&](SubjectId subject) { return catalog.prescription_only(subject); });
}

std::optional<Date> ask_again(const Facts& facts, Date session) {
  const Profile& profile = *facts.profile;
  std::optional<Date> out;
  // Most were taken on the same day.
  std::pair<const Span*, Date> looked_at{};
  const auto look = [&](bool answered, const Answer<Date>& asked, const std::optional<Span>& valid_for) {
    if (!answered || !asked.given() || !valid_for || *asked.given() > facts.as_of) return;
    if (const std::pair now{&*valid_for, *asked.given()}; std::exchange(looked_at, now) == now) return;
    if (const Date last = after(*asked.given(), *valid_for); last < facts.as_of || last >= session) return;
    Date day = before(session, *valid_for);
    while (after(day, *valid_for) < session)
      day += std::chrono::days{1};
    out = std::max(out.value_or(day), day);
  };
  const Pack& pack = *facts.pack;
  look(!profile.pregnant.open() || !profile.breastfeeding.open(), profile.life_stage_asked, pack.life_stage_valid_for);
  for (const SectionFacts& section : profile.sections)
    look(section.answer == AnswerState::none || section.answer == AnswerState::given, section.asked,
         pack.answers_valid_for);
  for (const Denial& denial : profile.denials)
    look(true, profile[denial.section].asked, pack.answers_valid_for);
  look(!profile.answers.empty(), profile.answers_asked, pack.answers_valid_for);
  look(profile.cycle.answer == AnswerState::none || profile.cycle.answer == AnswerState::given, profile.cycle_asked,
       pack.answers_valid_for);
  return out;
}

std::vector<Open> area_questions(const EntryFacts& entry, const Facts& facts) {
  std::vector<Open> out;
  const auto lies_somewhere = [&](const Subjects& areas) {
    return std::any_of(areas.begin(), areas.end(),
                       [&](SubjectId area) { return !facts.pack->catalog.ground(area).places.any(); });
  };
  if (facts.areas.answer != AnswerState::given || !facts.areas.unknown_names.empty() ||
      lies_somewhere(facts.areas.subjects))
    out.push_back({"session.areas", nullptr});
  if (!entry.entry->areas.given() || !entry.unknown_areas.empty() || lies_somewhere(entry.areas))
    out.push_back({path_of(*entry.entry, "area"), &entry});
  return out;
}

namespace {

/// What is done at the session itself, as entries like any other: planned, on its day and on its areas.
void add_add_ons(Facts& facts, MatchCache& seen) {
  if (facts.add_ons.subjects.empty()) return;
  const Catalog& catalog = facts.pack->catalog;
  auto added = std::make_shared<std::vector<Entry>>();
  added->reserve(facts.add_ons.subjects.size());
  std::size_t index = 0;
  for (const auto& name : facts.profile->session.add_ons.value_or({})) {
    if (index == facts.add_ons.subjects.size()) break;
    const NameMatch& match = seen.match(catalog, name.value);
    if (match.subjects.size() != 1 || match.subjects.front() != facts.add_ons.subjects[index]) continue;
    Entry& entry = added->emplace_back();
    entry.section = Section::plans;
    entry.index = index++;
    entry.at = name.at;
    entry.name = name;
    entry.at_session = true;
    EntryFacts& out = facts.entries.emplace_back();
    out.match = match;
    out.in_area = out.near_area = Truth::yes;
  }
  for (std::size_t i = 0; i < added->size(); ++i)
    facts.entries[facts.entries.size() - added->size() + i].entry = &(*added)[i];
  facts.added = std::move(added);
}

/// The areas of an entry or a denial that the catalog knows; the others go to `unknown`, where it is given.
void read_areas(const Answer<std::vector<Located<std::string_view>>>& written, const Catalog& catalog, Subjects& known,
                std::vector<Located<std::string_view>>* unknown, MatchCache& seen) {
  const auto* areas = written.given();
  if (areas == nullptr) return;
  for (const auto& area : *areas) {
    if (const SubjectId subject = certain(area.value, is_area, catalog, seen); subject != kNoSubject) {
      known.push_back(subject);
    } else if (const Subjects several = areas_in(area.value, catalog); !several.empty()) {
      known.insert(known.end(), several.begin(), several.end());
    } else if (unknown != nullptr) {
      unknown->push_back(area);
    }
  }
}

/// Lists of ingredients are read as those of what is put on the skin.
bool is_for_skin(const Entry& entry, const Catalog& catalog) {
  const Route* route = entry.route.given();
  const std::string_view form = catalog.route_of(entry.form.value_or({}));
  if (route != nullptr) return *route == Route::topical;
  return form.empty() ? entry.section == Section::products : form == to_string(Route::topical);
}

/// Which contents of a name with several a label confirms: those that have to do with what is in it. None where the
/// name may be a prescribed medicine that it says nothing of: there the label may list only what the medicine is made
/// up in.
std::vector<SubjectId> told_by_label(const NameMatch& name, const NameMatch& list, const Catalog& catalog) {
  std::vector<SubjectId> told;
  for (const SubjectId choice : name.subjects) {
    const bool in_it = std::any_of(list.subjects.begin(), list.subjects.end(),
                                   [&](SubjectId in) { return catalog.is_a(in, choice) || catalog.is_a(choice, in); });
    if (!in_it && catalog.may_be_prescribed(choice)) return {};
    if (in_it) told.push_back(choice);
  }
  return told;
}

/// Somebody looks at the name beside what nobody knows of the list.
void ask_beside(const Entry& entry, NameMatch& match) {
  std::vector<std::string> unread = match.unread != nullptr ? *match.unread : std::vector<std::string>{};
  unread.emplace_back(entry.name.value);
  match.unread = std::make_shared<const std::vector<std::string>>(std::move(unread));
  match.unsure_list = true;
}

/// Whether a name that is unknown as it stands holds a known one: in another form, or with words that nobody knows.
bool holds_a_known_name(std::string_view name, const Catalog& catalog) {
  if (!catalog.match(name).unknown()) return true;
  const std::string folded = fold(name);
  const auto words = words_of(folded);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    const NameMatch match = catalog.match(word);
    // "Cream" can be anything.
    return match.subjects.size() == 1 ||
           (!match.unknown() && std::all_of(match.subjects.begin(), match.subjects.end(),
                                            [&](SubjectId subject) { return catalog.may_be_prescribed(subject); }));
  });
}

/// What the label of a product says is in it counts beside what its name means. It never takes away what the name may
/// mean, unless it confirms some of it.
void add_ingredients(NameMatch& match, const Entry& entry, const Catalog& catalog) {
  const auto* names = entry.ingredients.given();
  if (names == nullptr) {
    if (match.is_label && !is_for_skin(entry, catalog)) ask_beside(entry, match);
    return;
  }
  std::string text;
  for (const auto& name : *names)
    text += (text.empty() ? "" : ", ") + std::string(name.value);
  const NameMatch list = catalog.match_ingredients(text);
  if (list.unknown()) {
    // Nothing of it is known: all of it is to be looked at.
    match.unread = std::make_shared<const std::vector<std::string>>(1, std::move(text));
    match.unsure_list = true;
    return;
  }
  const bool for_skin = is_for_skin(entry, catalog);
  const bool unknown = match.unknown();
  std::vector<SubjectId> all(match.subjects.begin(), match.subjects.end());
  const bool ambiguous = match.ambiguous();
  auto told = ambiguous && for_skin ? told_by_label(match, list, catalog) : std::vector<SubjectId>{};
  const bool settled = !told.empty();
  if (settled) {
    all = std::move(told);
    match.ambiguity = nullptr;
  }
  for (const SubjectId subject : list.subjects)
    if (std::find(all.begin(), all.end(), subject) == all.end()) all.push_back(subject);
  match.all = (!ambiguous || settled) && all.size() > 1;
  if (unknown) match.route = list.route;
  match.own = std::make_shared<const std::vector<SubjectId>>(std::move(all));
  match.subjects = *match.own;
  match.unread = list.unread;
  // What nobody knows of the label of a name with several contents stays a question.
  match.unsure_list = list.unsure_list || (ambiguous && list.unread != nullptr);
  if (!for_skin || (unknown && holds_a_known_name(entry.name.value, catalog))) ask_beside(entry, match);
}

void add_entry(Facts& facts, const Entry& written, MatchCache& seen) {
  const Catalog& catalog = facts.pack->catalog;
  std::vector<Disagreement> disagreements;
  auto amended = as_of_today(written, facts.as_of, disagreements);
  if (amended) facts.amended.push_back(std::make_unique<const Entry>(std::move(*amended)));
  const Entry& entry = amended ? *facts.amended.back() : written;
  for (const Disagreement& what : disagreements)
    facts.contradictions.push_back({facts.entries.size(), what});
  EntryFacts& out = facts.entries.emplace_back();
  out.entry = &entry;
  // An earlier session has no name to look up; it was this treatment.
  if (entry.section == Section::sessions) {
    out.match.subjects = facts.pack->treatment;
  } else {
    const Route* route = entry.route.given();
    out.match = seen.match(catalog, entry.name.value,
                           {.form = entry.form.value_or({}),
                            .route = route != nullptr ? to_string(*route) : std::string_view{},
                            .strength = entry.strength.value_or({})});
    add_ingredients(out.match, entry, catalog);
  }
  if (out.match.route_differs)
    facts.contradictions.push_back(
        {facts.entries.size() - 1, {"route", entry.route.at, "Its form and its route do not go together"}});
  out.doubtful = doubted(entry.name.value);
  read_areas(entry.areas, catalog, out.areas, &out.unknown_areas, seen);
  place(out, facts.areas, catalog);
}

void add_denial(Facts& facts, const Denial& denial, bool recent, MatchCache& seen) {
  const Catalog& catalog = facts.pack->catalog;
  DenialFacts& out = facts.denials.emplace_back();
  out.denial = &denial;
  const NameMatch match = seen.match(catalog, denial.name.value, {.form = denial.form.value_or({})});
  // A doubtful name denies nothing, as one that nobody knows; nor one that is denied for a purpose or place only, or in
  // another form than it has.
  if (!doubted(denial.name.value) && !match.narrowed && !match.unlikely_route) {
    out.subjects = match.subjects;
    out.own = match.own;
  }
  if (denial.form.given()) out.form = match.form.empty() ? match.route : match.form;
  read_areas(denial.areas, catalog, out.areas, nullptr, seen);
  out.recent = recent;
}

}  // namespace

Facts resolve(const Profile& profile, const Pack& pack, Date as_of, std::vector<EntryFacts> room, MatchCache* known) {
  const Catalog& catalog = pack.catalog;
  MatchCache none;
  MatchCache& seen = known != nullptr ? *known : none;
  Facts facts;
  room.clear();
  facts.entries = std::move(room);
  facts.profile = &profile;
  facts.pack = &pack;
  facts.as_of = as_of;
  facts.areas = look_up(profile.session.areas, is_area, catalog, seen);
  facts.indications = look_up(profile.session.indications, is_indication, catalog, seen);
  facts.device = look_up(profile.session.device, is_device, catalog, seen);
  facts.numbing = look_up(profile.session.numbing, is_used, catalog, seen);
  facts.add_ons = look_up(profile.session.add_ons, is_add_on, catalog, seen);
  facts.protocol = look_up(profile.session.protocol, is_treatment, catalog, seen);
  Ages ages(as_of);
  if (ages.too_old(profile.life_stage_asked, pack.life_stage_valid_for)) facts.life_stage = Standing::too_old;
  if (ages.too_old(profile.answers_asked, pack.answers_valid_for)) facts.answers = Standing::too_old;
  if (ages.too_old(profile.cycle_asked, pack.answers_valid_for)) facts.cycle = Standing::too_old;
  std::size_t entries = 0;
  for (const SectionFacts& section : profile.sections)
    entries += section.entries.size();
  facts.entries.reserve(entries + facts.add_ons.subjects.size());
  for (std::size_t i = 0; i < kSections; ++i) {
    const SectionFacts& section = profile.sections[i];
    facts.standing[i] = standing_of(section, pack, ages);
    for (const Entry& written : section.entries)
      add_entry(facts, written, seen);
  }
  for (const Denial& denial : profile.denials)
    add_denial(facts, denial, !ages.too_old(profile[denial.section].asked, pack.answers_valid_for), seen);
  add_add_ons(facts, seen);
  return facts;
}

}  // namespace needleplan
