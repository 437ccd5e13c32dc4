#include "needleplan/profile/read_profile.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "needleplan/profile/entry_dates.h"
#include "needleplan/profile/fact_reader.h"
#include "needleplan/profile/read_signoffs.h"
#include "needleplan/profile/shape.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;

void forbid_use_twice(const Entry& entry, Diagnostics& diagnostics) {
  if (is_yes(entry.ongoing) && entry.last_used.given())
    diagnostics.error(entry.last_used.at, "ongoing-and-last-used",
                      "ongoing: yes says that it is still used, so there is no last use yet: leave out last_used, or "
                      "write ongoing: no");
}

void forbid_over_and_not(const Entry& entry, Diagnostics& diagnostics) {
  if (entry.resolved.given() && entry.status.given() && *entry.status.given() != Status::past)
    diagnostics.error(entry.resolved.at, "resolved-and-not-past",
                      "resolved says that it is over, and status that it is not: leave out resolved, or write "
                      "status: past");
}

/// Dates that cannot all be true, whatever day it is.
void check_order(const Entry& entry, const Answer<When>& birth, Diagnostics& diagnostics) {
  for (const DateKey& key : kDateKeys) {
    const Location at = (entry.*key.date).at;
    const When* date = (entry.*key.date).given();
    if (date == nullptr) continue;
    if (birth.given() != nullptr && date->days.last < birth.given()->days.first)
      diagnostics.error(at, "before-birth",
                        fmt::format("\"{}\" is before the client was born: correct one of the two", key.name));
    if (key.role != DateRole::ends) continue;
    for (const DateKey& other : kDateKeys) {
      const When* began = (entry.*other.date).given();
      if (other.role != DateRole::begins || began == nullptr || began->days.first <= date->days.last) continue;
      diagnostics.error(at, "dates-out-of-order",
                        fmt::format("\"{}\" is before \"{}\": correct one of them; of what ended and began again, "
                                    "write how it is now",
                                    key.name, other.name));
    }
  }
}

void read_entry(Node node, Section section, const yaml::Shape& shape, std::size_t index, Entry& entry,
                Diagnostics& diagnostics) {
  entry.section = section;
  entry.index = index;
  entry.at = node.at();
  const auto read_name = [&](Node name) {
    if (!yaml::is_answer(name)) return;
    if (const auto text = yaml::read_line(name, diagnostics)) entry.name = {*text, name.at()};
  };
  if (node.is_scalar()) {
    read_name(node);
    return;
  }
  FactReader facts(node, shape, diagnostics);
  switch (section) {
    case Section::conditions:
      read_name(facts.find(slot<kConditionShape>("name")));
      entry.areas = facts.names(slot<kConditionShape>("area"));
      entry.status = facts.word<Status>(slot<kConditionShape>("status"));
      entry.since = facts.when(slot<kConditionShape>("since"));
      entry.resolved = facts.when(slot<kConditionShape>("resolved"));
      forbid_over_and_not(entry, diagnostics);
      break;
    case Section::medicines:
    case Section::products:
    case Section::supplements:
      read_name(facts.find(slot<kUseShape>("name")));
      entry.form = facts.text(slot<kUseShape>("form"));
      entry.route = facts.word<Route>(slot<kUseShape>("route"));
      entry.strength = facts.text(slot<kUseShape>("strength"));
      entry.ingredients = facts.names(slot<kUseShape>("ingredients"));
      entry.prescribed = facts.yes_no(slot<kUseShape>("prescribed"));
      entry.ongoing = facts.yes_no(slot<kUseShape>("ongoing"));
      entry.last_used = facts.when(slot<kUseShape>("last_used"));
      entry.started = facts.when(slot<kUseShape>("started"));
      entry.areas = facts.names(slot<kUseShape>("area"));
      forbid_use_twice(entry, diagnostics);
      break;
    case Section::allergies:
      read_name(facts.find(slot<kAllergyShape>("name")));
      entry.status = facts.word<Status>(slot<kAllergyShape>("status"));
      entry.areas = facts.names(node.find("area"));  // no key of theirs, but its value is judged too
      break;
    case Section::sessions:
      read_name(node.find("name"));  // likewise
      entry.date = facts.when(slot<kSessionDoneShape>("date"));
      entry.areas = facts.names(slot<kSessionDoneShape>("area"));
      entry.depth = facts.depth(slot<kSessionDoneShape>("depth"));
      break;
    case Section::exposures:
      read_name(facts.find(slot<kExposureShape>("name")));
      entry.date = facts.when(slot<kExposureShape>("date"));
      entry.ongoing = facts.yes_no(slot<kExposureShape>("ongoing"));
      entry.areas = facts.names(slot<kExposureShape>("area"));
      break;
    case Section::procedures:
    case Section::plans:
      read_name(facts.find(slot<kEventShape>("name")));
      entry.date = facts.when(slot<kEventShape>("date"));
      entry.areas = facts.names(slot<kEventShape>("area"));
      break;
  }
}

/// Where each section stands in the table of the profile.
constexpr std::array<std::size_t, kSections> kSectionSlots = [] {
  std::array<std::size_t, kSections> slots{};
  for (std::size_t i = 0; i < kSections; ++i)
    slots[i] = yaml::index_of(kProfileShape, kEnumNames<Section>[i]);
  return slots;
}();

void read_section(FactReader& root, Section section, Profile& profile, Diagnostics& diagnostics) {
  const std::size_t key = kSectionSlots[static_cast<std::size_t>(section)];
  SectionFacts& out = profile[section];
  const Node node = root.find(key);
  out.at = node.valid() ? node.at() : root.map().at();
  if (!node.valid()) return;
  if (node.is_word("none")) {
    out.answer = AnswerState::none;
  } else if (node.is_word("unknown")) {
    out.answer = AnswerState::unknown;
  } else if (node.is_list() && !root.is_empty_list(node)) {
    out.answer = AnswerState::given;
    const std::size_t before = profile.entries.size();
    std::size_t index = 0;
    for (const Node item : node) {
      Entry& entry = profile.entries.emplace_back();
      read_entry(item, section, *kProfileShape.keys[key].shape, index++, entry, diagnostics);
      check_order(entry, profile.birth_date, diagnostics);
    }
    out.entries = std::span(profile.entries).subspan(before);
  }
}

void read_sections(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  // The sections point to their entries, so these get all their room before the first.
  std::size_t count = 0;
  for (const std::size_t key : kSectionSlots)
    if (const Node node = root.find(key); node.valid() && node.is_list()) count += node.count();
  profile.entries.reserve(count);
  for (std::size_t i = 0; i < kSections; ++i)
    read_section(root, static_cast<Section>(i), profile, diagnostics);
}

/// Whether what is listed is all there is.
void read_partial(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  const auto partial = root.names(slot<kProfileShape>("partial"));
  for (const auto& name : partial.value_or({})) {
    const auto section = from_string<Section>(name.value);
    if (!section) {
      diagnostics.error(name.at, "partial-section",
                        fmt::format("not a section{}; expected {}", did_you_mean(name.value, kEnumNames<Section>),
                                    one_of(kEnumNames<Section>)));
    } else if (profile[*section].answer == AnswerState::none) {
      diagnostics.error(name.at, "partial-and-none",
                        fmt::format("{}: none says that there is nothing, and partial that the rest was not asked: "
                                    "leave one of them out",
                                    name.value));
    } else {
      profile[*section].partial = true;
    }
  }
}

void read_denied(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find(slot<kProfileShape>("denied"));
  if (!node.valid() || !node.is_map()) return;
  for (const Node key : node) {
    const auto section = from_string<Section>(key.text());
    const Node list = key.value_of();
    if (!section || !list.is_list() || root.is_empty_list(list)) continue;
    std::size_t index = 0;
    for (const Node item : list) {
      FactReader facts(item, kDenialShape, diagnostics);
      Denial& denial = profile.denials.emplace_back();
      denial.section = *section;
      denial.index = index++;
      const Node name = item.is_map() ? facts.find(slot<kDenialShape>("name")) : item;
      if (yaml::is_answer(name))
        if (const auto text = yaml::read_line(name, diagnostics)) denial.name = {*text, name.at()};
      denial.form = facts.text(slot<kDenialShape>("form"));
      denial.areas = facts.names(slot<kDenialShape>("area"));
      denial.status = facts.word<Status>(slot<kDenialShape>("status"));
      denial.since = facts.when(slot<kDenialShape>("since"));
    }
  }
}

void read_consents(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  profile.contact = root.text(slot<kProfileShape>("contact"));
  const Node node = root.find(slot<kProfileShape>("consents"));
  if (!node.valid() || !node.is_map()) return;
  FactReader facts(node, kConsentShape, diagnostics);
  profile.consents = {facts.date(slot<kConsentShape>("treatment")), facts.yes_no(slot<kConsentShape>("photos")),
                      facts.text(slot<kConsentShape>("form"))};
}

/// `asked: DATE` for everything, or a date for each section that was asked.
void read_asked(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find(slot<kProfileShape>("asked"));
  if (!node.valid()) return;
  profile.asked_any = true;
  if (node.is_scalar()) {
    const Answer<Date> all = root.date(slot<kProfileShape>("asked"));
    for (SectionFacts& section : profile.sections)
      section.asked = all;
    profile.life_stage_asked = profile.answers_asked = profile.cycle_asked = all;
    return;
  }
  if (!node.is_map()) return;
  std::vector<std::string_view> known(kEnumNames<Section>.begin(), kEnumNames<Section>.end());
  struct Other {
    std::string_view key;
    Answer<Date> Profile::*asked;
  };
  constexpr std::array kOthers{Other{"life_stage", &Profile::life_stage_asked},
                               Other{"answers", &Profile::answers_asked}, Other{"cycle", &Profile::cycle_asked}};
  for (const Other& other : kOthers)
    known.push_back(other.key);
  FactReader dates(node, kAskedShape, diagnostics);
  for (const Node key : node) {
    const Answer<Date> date = dates.date(node.find(key.text()), key.text());
    if (const auto section = from_string<Section>(key.text())) {
      profile[*section].asked = date;
    } else if (const auto* other =
                   std::find_if(kOthers.begin(), kOthers.end(), [&](const Other& o) { return o.key == key.text(); });
               other != kOthers.end()) {
      profile.*(other->asked) = date;
    } else {
      diagnostics.error(key.at(), "asked-section",
                        fmt::format("\"{}\" is not a section{}; it is one of {}", key.text(),
                                    did_you_mean(key.text(), known), one_of(known)));
    }
  }
}

void read_life_stage_facts(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find(slot<kProfileShape>("life_stage"));
  if (!node.valid()) return;
  if (node.is_map()) {
    FactReader facts(node, kLifeStageShape, diagnostics);
    profile.pregnant = facts.yes_no(slot<kLifeStageShape>("pregnant"));
    profile.breastfeeding = facts.yes_no(slot<kLifeStageShape>("breastfeeding"));
    return;
  }
  if (!yaml::is_answer(node)) return;
  if (!node.is_word("none") && !node.is_word("unknown")) {
    diagnostics.error(node.at(), "life-stage-word",
                      "life_stage is none, unknown, or two lines below it, `pregnant:` and `breastfeeding:`, each yes, "
                      "no or unknown");
    return;
  }
  const AnswerState state = node.is_word("none") ? AnswerState::none : AnswerState::unknown;
  profile.pregnant = profile.breastfeeding = Answer<bool>::nothing(state, node.at());
}

void read_answer_facts(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find(slot<kProfileShape>("answers"));
  if (!node.valid() || !node.is_map()) return;
  FactReader facts(node, kAnswersShape, diagnostics);
  for (const Node key : node)
    profile.answers.push_back({key.text(), key.at(), facts.yes_no(node.find(key.text()))});
}

void read_cycle(FactReader& root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find(slot<kProfileShape>("cycle"));
  profile.cycle.at = node.valid() ? node.at() : root.map().at();
  if (!node.valid()) return;
  if (node.is_map()) {
    FactReader facts(node, kCycleShape, diagnostics);
    profile.cycle.answer = AnswerState::given;
    profile.cycle.last_period = facts.when(slot<kCycleShape>("last_period"));
    profile.cycle.length = facts.fact<Span>(facts.find(slot<kCycleShape>("length")), [&](Node n) {
      auto value = parse_span(n.text());
      // Other units have no fixed number of days.
      if (value && (value->count < 1 || (value->unit != Unit::days && value->unit != Unit::weeks))) value.reset();
      if (!value) diagnostics.error(n.at(), "bad-cycle-length", "the length of a cycle is written in days, as 28d");
      return value;
    });
  } else if (node.is_word("none") || node.is_word("unknown")) {
    profile.cycle.answer = node.is_word("none") ? AnswerState::none : AnswerState::unknown;
  } else if (yaml::is_answer(node)) {
    diagnostics.error(node.at(), "cycle-word",
                      "cycle is none, unknown, or two lines below it, `last_period:` and `length:`");
  }
}

/// From the value of the key; an invalid node where its owner has none.
void read_session_facts(Node node, Node owner, Session& session, Diagnostics& diagnostics) {
  session.at = node.valid() ? node.at() : owner.at();
  if (!node.valid() || !node.is_map()) return;
  FactReader facts(node, kSessionShape, diagnostics);
  session.protocol = facts.text(slot<kSessionShape>("protocol"));
  session.date = facts.date(slot<kSessionShape>("date"));
  session.time = facts.fact<TimeOfDay>(facts.find(slot<kSessionShape>("time")), [&](Node n) {
    const auto value = parse_time(n.text());
    if (!value) diagnostics.error(n.at(), "bad-time", "a time is written as 14:30, from 00:00 to 23:59");
    return value;
  });
  session.areas = facts.names(slot<kSessionShape>("areas"));
  session.indications = facts.names(slot<kSessionShape>("indication"));
  session.depth = facts.depth(slot<kSessionShape>("depth"));
  session.device = facts.text(slot<kSessionShape>("device"));
  session.numbing = facts.text(slot<kSessionShape>("numbing"));
  session.numbing_time = facts.fact<Span>(facts.find(slot<kSessionShape>("numbing_time")), [&](Node n) {
    auto value = parse_span(n.text());
    if (value && !value->on_clock()) value.reset();
    if (!value) diagnostics.error(n.at(), "bad-numbing-time", "a contact time is written as 30min or 1h");
    return value;
  });
  session.add_ons = facts.names(slot<kSessionShape>("add_ons"));
  session.practitioner = facts.text(slot<kSessionShape>("practitioner"));
}

}  // namespace

Session read_session(Node owner, Diagnostics& diagnostics) {
  Session session;
  read_session_facts(owner.find("session"), owner, session, diagnostics);
  return session;
}

std::optional<Profile> read_profile(Node root, Diagnostics& diagnostics, std::vector<Entry> room) {
  const std::size_t before = diagnostics.errors();
  if (!yaml::check_shape(root, kProfileShape, diagnostics) && !root.is_map()) return std::nullopt;
  std::optional<Profile> out(std::in_place);
  Profile& profile = *out;
  profile.at = root.at();
  room.clear();
  profile.entries = std::move(room);
  FactReader keys(root, kProfileShape, diagnostics);
  if (const Node client = keys.find(slot<kProfileShape>("client")); client.valid() && client.is_map()) {
    FactReader facts(client, kClientShape, diagnostics);
    profile.id = facts.text(slot<kClientShape>("id"));
    profile.name = facts.text(slot<kClientShape>("name"));
    profile.birth_date = facts.when(slot<kClientShape>("birth_date"));
    profile.language = facts.text(slot<kClientShape>("language"));
    profile.note = facts.text(slot<kClientShape>("note"));
    profile.skin_type = facts.word<SkinType>(slot<kClientShape>("fitzpatrick"));
  }
  read_asked(keys, profile, diagnostics);
  read_life_stage_facts(keys, profile, diagnostics);
  read_sections(keys, profile, diagnostics);
  read_partial(keys, profile, diagnostics);
  read_denied(keys, profile, diagnostics);
  if (const Node p = keys.find(slot<kProfileShape>("preferences")); p.valid()) profile.preferences = keys.names(p);
  read_answer_facts(keys, profile, diagnostics);
  read_cycle(keys, profile, diagnostics);
  read_consents(keys, profile, diagnostics);
  read_signoffs(keys, profile, diagnostics);
  read_session_facts(keys.find(slot<kProfileShape>("session")), root, profile.session, diagnostics);
  if (diagnostics.errors() > before) out.reset();
  return out;
}

std::optional<Profile> read_profile(const Source& source, yaml::Document& document, Diagnostics& diagnostics,
                                    const yaml::Limits& limits, std::vector<Entry> room) {
  if (yaml::read(source, document, diagnostics, limits))
    return read_profile(document.root(), diagnostics, std::move(room));
  if (document.size() == 0 || !document.root().is_map()) return std::nullopt;
  Diagnostics further;
  static_cast<void>(read_profile(document.root(), further));
  std::vector<int> lines;
  for (const Diagnostic& known : diagnostics.sorted())
    lines.push_back(known.at.place().line);
  for (const Diagnostic& found : further.sorted()) {
    const bool reported = std::find(lines.begin(), lines.end(), found.at.place().line) != lines.end();
    const bool follows = found.id == "missing-key" || found.id == "no-value";  // from what could not be read
    if (!reported && !follows && found.level == Level::error) diagnostics.repeat(found);
  }
  return std::nullopt;
}

}  // namespace needleplan
