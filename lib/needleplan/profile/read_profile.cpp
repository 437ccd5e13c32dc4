#include "needleplan/profile/read_profile.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "needleplan/profile/shape.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;
using Names = std::vector<Located<std::string_view>>;

/// What may stand in place of any answer; for messages.
constexpr std::array<std::string_view, 2> kNoAnswers{"none", "unknown"};

/// Reads the facts of one map; a key that is not there stays "not asked".
class Facts {
 public:
  Facts(Node map, Diagnostics& diagnostics) : map_(map), diagnostics_(diagnostics) {}

  /// A scalar fact: `unknown` and `none` are answers, anything else goes to `parse`.
  template <class T, class Parse>
  Fact<T> fact(std::string_view key, Parse parse) {
    Fact<T> out;
    const Node node = map_.find(key);
    out.at = node.valid() ? node.at() : map_.at();
    if (!yaml::is_answer(node)) return out;
    if (node.is_word("unknown")) {
      out.answer = Answer::unknown;
    } else if (node.is_word("none")) {
      out.answer = Answer::none;
    } else if (auto value = parse(node)) {
      out.answer = Answer::given;
      out.value = std::move(*value);
    }
    return out;
  }

  Fact<std::string_view> text(std::string_view key) {
    return fact<std::string_view>(key, [&](Node n) { return yaml::read_text(n, diagnostics_); });
  }
  Fact<bool> yes_no(std::string_view key) {
    return fact<bool>(key, [&](Node n) { return yaml::read_yes_no(n, diagnostics_, std::span(kNoAnswers).last(1)); });
  }
  template <class E>
  Fact<E> word(std::string_view key) {
    return fact<E>(key, [&](Node n) { return yaml::read_word<E>(n, diagnostics_, kNoAnswers); });
  }
  Fact<When> when(std::string_view key) {
    return fact<When>(key, [&](Node n) {
      const auto value = parse_when(n.text());
      if (!value)
        diagnostics_.error(n.at(), "bad-when",
                           fmt::format("\"{}\" must be a day that exists, or less if less is known: write 2026-11-27, "
                                       "2026-11-27 14:30, 2026-11, 2026, or the word about before one of the dates",
                                       key));
      return value;
    });
  }
  Fact<Date> date(std::string_view key) {
    return fact<Date>(key, [&](Node n) {
      const auto value = parse_date(n.text());
      if (!value)
        diagnostics_.error(n.at(), "bad-date", fmt::format("\"{}\" must be one day that exists, as 2026-11-27", key));
      return value;
    });
  }
  Fact<int> depth(std::string_view key) {
    return fact<int>(key, [&](Node n) {
      const auto value = parse_depth(n.text());
      if (!value) diagnostics_.error(n.at(), "bad-depth", "a depth is written with its unit, as 1.0 mm (0.05 to 5 mm)");
      return value;
    });
  }
  /// One text or a list of them; an empty list is refused, because it does not say whether it was asked.
  Fact<Names> names(std::string_view key) {
    Fact<Names> out;
    const Node node = map_.find(key);
    out.at = node.valid() ? node.at() : map_.at();
    if (!node.valid()) return out;
    if (node.is_scalar()) {
      const auto one = text(key);
      out.answer = one.answer;
      if (one.given()) out.value.push_back({one.value, node.at()});
      return out;
    }
    if (!node.is_list() || is_empty_list(node)) return out;
    for (const Node item : node)
      if (const auto value = yaml::is_answer(item) ? yaml::read_text(item, diagnostics_) : std::nullopt)
        out.value.push_back({*value, item.at()});
    out.answer = Answer::given;
    return out;
  }

  bool is_empty_list(Node node) {
    if (node.count() > 0) return false;
    diagnostics_.error(node.at(), "empty-list",
                       "an empty list does not say whether it was asked: write none, unknown, or the entries");
    return true;
  }

 private:
  Node map_;
  Diagnostics& diagnostics_;
};

void forbid_use_twice(const Entry& entry, Diagnostics& diagnostics) {
  if (entry.ongoing.given() && entry.ongoing.value && entry.last_used.given())
    diagnostics.error(entry.last_used.at, "ongoing-and-last-used",
                      "ongoing: yes says that it is still used, so there is no last use yet: leave out last_used, or "
                      "write ongoing: no");
}

void forbid_over_and_not(const Entry& entry, Diagnostics& diagnostics) {
  if (entry.resolved.given() && entry.status.given() && entry.status.value != Status::past)
    diagnostics.error(entry.resolved.at, "resolved-and-not-past",
                      "resolved says that it is over, and status that it is not: leave out resolved, or write "
                      "status: past");
}

void read_entry(Node node, Section section, std::size_t index, Entry& entry, Diagnostics& diagnostics) {
  entry.section = section;
  entry.index = index;
  entry.at = node.at();
  const auto read_name = [&](Node name) {
    if (!yaml::is_answer(name)) return;
    if (const auto text = yaml::read_text(name, diagnostics)) entry.name = {*text, name.at()};
  };
  if (node.is_scalar()) {
    read_name(node);
    return;
  }
  Facts facts(node, diagnostics);
  read_name(node.find("name"));
  entry.areas = facts.names("area");
  switch (section) {
    case Section::conditions:
      entry.status = facts.word<Status>("status");
      entry.since = facts.when("since");
      entry.resolved = facts.when("resolved");
      forbid_over_and_not(entry, diagnostics);
      break;
    case Section::medicines:
    case Section::products:
    case Section::supplements:
      entry.form = facts.text("form");
      entry.strength = facts.text("strength");
      entry.prescribed = facts.yes_no("prescribed");
      entry.ongoing = facts.yes_no("ongoing");
      entry.last_used = facts.when("last_used");
      entry.started = facts.when("started");
      forbid_use_twice(entry, diagnostics);
      break;
    case Section::allergies:
      break;
    case Section::sessions:
      entry.depth = facts.depth("depth");
      entry.date = facts.when("date");
      break;
    case Section::procedures:
    case Section::exposures:
    case Section::plans:
      entry.date = facts.when("date");
      break;
  }
}

void read_section(Node root, Section section, SectionFacts& out, Diagnostics& diagnostics) {
  const Node node = root.find(to_string(section));
  out.at = node.valid() ? node.at() : root.at();
  if (!node.valid()) return;
  if (node.is_word("none")) {
    out.answer = Answer::none;
  } else if (node.is_word("unknown")) {
    out.answer = Answer::unknown;
  } else if (node.is_list() && !Facts(node, diagnostics).is_empty_list(node)) {
    out.answer = Answer::given;
    out.entries.reserve(node.count());
    std::size_t index = 0;
    for (const Node item : node)
      read_entry(item, section, index++, out.entries.emplace_back(), diagnostics);
  }
}

/// `asked: DATE` for everything, or a date for each section that was asked.
void read_asked(Node root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find("asked");
  if (!node.valid()) return;
  profile.asked_any = true;
  if (node.is_scalar()) {
    const Fact<Date> all = Facts(root, diagnostics).date("asked");
    for (SectionFacts& section : profile.sections)
      section.asked = all;
    profile.life_stage_asked = profile.answers_asked = profile.cycle_asked = all;
    return;
  }
  if (!node.is_map()) return;
  std::vector<std::string_view> known(kEnumNames<Section>.begin(), kEnumNames<Section>.end());
  struct Other {
    std::string_view key;
    Fact<Date> Profile::*asked;
  };
  constexpr std::array kOthers{Other{"life_stage", &Profile::life_stage_asked},
                               Other{"answers", &Profile::answers_asked}, Other{"cycle", &Profile::cycle_asked}};
  for (const Other& other : kOthers)
    known.push_back(other.key);
  for (const Node key : node) {
    const Fact<Date> date = Facts(node, diagnostics).date(key.text());
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

void read_life_stage(Node root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find("life_stage");
  if (!node.valid()) return;
  if (node.is_map()) {
    Facts facts(node, diagnostics);
    profile.pregnant = facts.yes_no("pregnant");
    profile.breastfeeding = facts.yes_no("breastfeeding");
    return;
  }
  if (!yaml::is_answer(node)) return;
  if (!node.is_word("none") && !node.is_word("unknown")) {
    diagnostics.error(node.at(), "life-stage-word",
                      "life_stage is none, unknown, or two lines below it, `pregnant:` and `breastfeeding:`, each yes, "
                      "no or unknown");
    return;
  }
  const Answer answer = node.is_word("none") ? Answer::none : Answer::unknown;
  profile.pregnant = {answer, false, node.at()};
  profile.breastfeeding = {answer, false, node.at()};
}

void read_answers(Node root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find("answers");
  if (!node.valid() || !node.is_map()) return;
  Facts facts(node, diagnostics);
  for (const Node key : node)
    profile.answers.push_back({key.text(), key.at(), facts.yes_no(key.text())});
}

void read_cycle(Node root, Profile& profile, Diagnostics& diagnostics) {
  const Node node = root.find("cycle");
  profile.cycle.at = node.valid() ? node.at() : root.at();
  if (!node.valid()) return;
  if (node.is_map()) {
    Facts facts(node, diagnostics);
    profile.cycle.answer = Answer::given;
    profile.cycle.last_period = facts.when("last_period");
    profile.cycle.length = facts.fact<Span>("length", [&](Node n) {
      auto value = parse_span(n.text());
      // Other units have no fixed number of days.
      if (value && (value->count < 1 || (value->unit != Unit::days && value->unit != Unit::weeks))) value.reset();
      if (!value) diagnostics.error(n.at(), "bad-cycle-length", "the length of a cycle is written in days, as 28d");
      return value;
    });
  } else if (node.is_word("none") || node.is_word("unknown")) {
    profile.cycle.answer = node.is_word("none") ? Answer::none : Answer::unknown;
  } else if (yaml::is_answer(node)) {
    diagnostics.error(node.at(), "cycle-word",
                      "cycle is none, unknown, or two lines below it, `last_period:` and `length:`");
  }
}

void read_signoffs(Node root, Profile& profile, Diagnostics& diagnostics) {
  const Node list = root.find("signoffs");
  if (!list.valid() || !list.is_list()) return;
  for (const Node node : list) {
    Facts facts(node, diagnostics);
    SignOff signoff;
    signoff.at = node.at();
    const Fact<std::string_view> rule = facts.text("rule");
    signoff.rule = {rule.value, rule.at};
    signoff.by = facts.text("by").value;
    signoff.role = facts.text("role").value;
    signoff.note = facts.text("note").value;
    const Fact<Date> on = facts.date("on");
    const Fact<Date> expires = facts.date("expires");
    signoff.on = on.value;
    signoff.expires = expires.value;
    if (on.given() && expires.given() && signoff.expires < signoff.on)
      diagnostics.error(expires.at, "signoff-order", "a sign-off cannot expire before it was signed");
    profile.signoffs.push_back(signoff);
  }
}

}  // namespace

Session read_session(Node owner, Diagnostics& diagnostics) {
  Session session;
  const Node node = owner.find("session");
  session.at = node.valid() ? node.at() : owner.at();
  if (!node.valid() || !node.is_map()) return session;
  Facts facts(node, diagnostics);
  session.protocol = facts.text("protocol");
  session.date = facts.date("date");
  session.time = facts.fact<TimeOfDay>("time", [&](Node n) {
    const auto value = parse_time(n.text());
    if (!value) diagnostics.error(n.at(), "bad-time", "a time is written as 14:30, from 00:00 to 23:59");
    return value;
  });
  session.areas = facts.names("areas");
  session.indications = facts.names("indication");
  session.depth = facts.depth("depth");
  session.device = facts.text("device");
  session.numbing = facts.text("numbing");
  session.numbing_time = facts.fact<Span>("numbing_time", [&](Node n) {
    auto value = parse_span(n.text());
    if (value && !value->on_clock()) value.reset();
    if (!value) diagnostics.error(n.at(), "bad-numbing-time", "a contact time is written as 30min or 1h");
    return value;
  });
  session.add_ons = facts.names("add_ons");
  session.practitioner = facts.text("practitioner");
  return session;
}

std::optional<Profile> read_profile(Node root, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  if (!yaml::check_shape(root, kProfileShape, diagnostics) && !root.is_map()) return std::nullopt;
  std::optional<Profile> out(std::in_place);
  Profile& profile = *out;
  profile.at = root.at();
  if (const Node client = root.find("client"); client.valid() && client.is_map()) {
    Facts facts(client, diagnostics);
    profile.id = facts.text("id");
    profile.name = facts.text("name");
    profile.birth_date = facts.when("birth_date");
    profile.language = facts.text("language");
    profile.skin_type = facts.word<SkinType>("fitzpatrick");
  }
  for (std::size_t i = 0; i < kSections; ++i)
    read_section(root, static_cast<Section>(i), profile.sections[i], diagnostics);
  read_asked(root, profile, diagnostics);
  read_life_stage(root, profile, diagnostics);
  if (const Node p = root.find("preferences"); p.valid())
    profile.preferences = Facts(root, diagnostics).names("preferences");
  read_answers(root, profile, diagnostics);
  read_cycle(root, profile, diagnostics);
  read_signoffs(root, profile, diagnostics);
  profile.session = read_session(root, diagnostics);
  if (diagnostics.errors() > before) out.reset();
  return out;
}

std::optional<Profile> read_profile(const Source& source, yaml::Document& document, Diagnostics& diagnostics,
                                    const yaml::Limits& limits) {
  if (yaml::read(source, document, diagnostics, limits)) return read_profile(document.root(), diagnostics);
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
