#include "needleplan/plan/common.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/plan/phrases.h"
#include "needleplan/plan/remarks.h"
#include "needleplan/protocol/condition_words.h"
#include "needleplan/time/blank.h"

namespace needleplan {

namespace {

/// `Mon 23 Nov` near the session or the as-of date.
std::string near_day(const PlanInput& input, Date date) {
  return words(date, input.session.day.value_or(input.as_of));
}

std::string subtitle(const PlanInput& input) {
  std::string out;
  if (input.facts != nullptr) {
    const Profile& profile = *input.facts->profile;
    out = std::string(profile.id.value_or({}));
    if (profile.name.given()) out += fmt::format(" {}", profile.name.value_or({}));
    out += ", ";
  }
  out += input.pack->title;
  if (input.session.day) {
    out += fmt::format(", {}", long_words(*input.session.day));
    if (input.session.time) out += fmt::format(", {}", clock(*input.session.time));
  }
  return out;
}

/// In the order of their blanks.
std::vector<std::string*> texts_of(Banner& banner) {
  std::vector<std::string*> out{&banner.verdict, &banner.headline};
  for (std::string& line : banner.lines)
    out.push_back(&line);
  return out;
}

std::string repeat_words(const Repeat& repeat) {
  std::string out;
  if (repeat.word) out = to_string(*repeat.word);
  if (repeat.times > 0) {
    const std::string_view per = to_string(repeat.per.value_or(Per::day));
    out = repeat.most > repeat.times ? fmt::format("{} to {} times a {}", repeat.times, repeat.most, per)
          : repeat.times == 1        ? fmt::format("once a {}", per)
          : repeat.times == 2        ? fmt::format("twice a {}", per)
                                     : fmt::format("{} times a {}", repeat.times, per);
  }
  if (repeat.every) out = fmt::format("every {}", words(*repeat.every));
  if (repeat.on && repeat.off) out = fmt::format("{} on, {} off", words(*repeat.on), words(*repeat.off));
  if (repeat.during) out += fmt::format(" while {}", to_string(*repeat.during));
  return out;
}

}  // namespace

PlanSession session_of(const Profile& profile) {
  PlanSession out;
  if (profile.session.date.given()) out.day = *profile.session.date.given();
  if (profile.session.time.given()) out.time = *profile.session.time.given();
  return out;
}

Banner banner_of(const PlanInput& input) {
  const Judgement& a = *input.judged();
  Banner banner;
  banner.verdict = std::string(to_string(a.verdict));
  banner.good = bookable(a.verdict);
  banner.headline = std::string(phrases::headline(a.verdict));
  banner.lines.emplace_back(a.verdict == Verdict::defer && !a.earliest ? phrases::kNoDay : phrases::to_do(a.verdict));
  const auto because = [](std::string_view rule) {
    return rule.empty() ? std::string() : fmt::format(" (held up by {})", rule);
  };
  if (!bookable(a.verdict)) {
    if (a.earliest) {
      banner.lines.push_back(fmt::format("Earliest day: {}{}.", near_day(input, *a.earliest), because(a.binding)));
    } else if (a.verdict == Verdict::ask) {
      banner.lines.emplace_back("Earliest day: known once the answers are in.");
    } else {
      banner.lines.emplace_back("Earliest day: none while this holds; time alone does not change it.");
      if (a.passes)
        banner.lines.push_back(fmt::format("What time does change is over by {}{}.", near_day(input, *a.passes),
                                           because(a.passes_binding)));
    }
  }
  const bool later = a.clear_from && (!a.earliest || *a.clear_from > *a.earliest);
  if (later && a.verdict >= Verdict::caution)
    banner.lines.push_back(fmt::format("Every preferred gap is kept from {}.", near_day(input, *a.clear_from)));
  return banner;
}

bool has_banner(const PlanInput& input) {
  return input.judged() != nullptr && !bookable(input.judged()->verdict);
}

std::vector<std::string> client_texts(const PlanInput& input) {
  std::vector<std::string> out{subtitle(input)};
  if (!has_banner(input)) return out;
  Banner banner = banner_of(input);
  for (std::string* text : texts_of(banner))
    out.push_back(std::move(*text));
  return out;
}

Document start_document(const PlanInput& input, std::string verb, std::string title) {
  Document out;
  out.verb = std::move(verb);
  out.title = std::move(title);
  out.subtitle = input.session.blanks ? to_text({Blank::Kind::text, 0}) : subtitle(input);
  const Pack& pack = *input.pack;
  if (!pack.reviewed || pack.reviewed->on > input.as_of) out.draft = draft_words(pack);
  if (has_banner(input)) {
    out.banner = banner_of(input);
    int number = 0;
    if (input.session.blanks)
      for (std::string* text : texts_of(*out.banner))
        *text = to_text({Blank::Kind::text, ++number});
  }
  out.footer.push_back(fmt::format("As of {}. Protocol {} {}{}.", iso(input.as_of), pack.id, pack.version,
                                   pack.reviewed ? fmt::format(", reviewed by {} on {}, valid to {}", pack.reviewed->by,
                                                               iso(pack.reviewed->on), iso(pack.reviewed->until))
                                                 : std::string(", not reviewed")));
  for (std::string& line : layer_lines(pack))
    out.footer.push_back(std::move(line));
  if (const std::string clinic = clinic_words(pack.clinic); !clinic.empty()) out.footer.push_back(clinic + ".");
  return out;
}

Group named_group(std::string id, std::string title) {
  Group section;
  section.id = std::move(id);
  section.title = std::move(title);
  return section;
}

Item named_note(std::string label, std::string text) {
  Item item;
  item.id = label;
  item.mark = Mark::note;
  item.label = std::move(label);
  item.text = std::move(text);
  return item;
}

std::vector<MetMaterial> allergies_met_by(const Statement& statement, const PlanInput& input) {
  const Subjects* uses = uses_of(statement);
  return uses == nullptr || uses->empty() || input.facts == nullptr ? std::vector<MetMaterial>{}
                                                                    : allergies_to(*uses, *input.facts);
}

Truth holds(const Statement& statement, const PlanInput& input) {
  // A step is done all the same; it says itself what it leaves out.
  if (statement.as<Do>() != nullptr && statement.instead.empty() && !allergies_met_by(statement, input).empty())
    return Truth::no;
  return condition_holds(statement, input);
}

Truth condition_holds(const Statement& statement, const PlanInput& input) {
  if (!statement.when) return Truth::yes;
  // Without a client nothing is known, and everything is printed with its words.
  if (input.facts == nullptr) return Truth::unknown;
  return evaluate(*statement.when, *input.facts, input.session.day, statement.scope).holds;
}

std::string condition_words(const Statement& statement, const PlanInput& input) {
  if (!statement.when) return {};
  const auto left = undecided_part(*statement.when, [&](const Condition& leaf) {
    if (input.facts == nullptr) return Truth::unknown;
    return evaluate(leaf, *input.facts, input.session.day, statement.scope).holds;
  });
  // A sentence that begins with "If" says its condition itself.
  if (!left || (only_facts(*left) && statement.say.starts_with("If "))) return {};
  return if_words(*left, input.pack->catalog) + ": ";
}

bool has_condition(const Statement& statement, const PlanInput& input) {
  return !condition_words(statement, input).empty();
}

std::string dose_words(const Do& action) {
  std::string out = repeat_words(action.repeat);
  const auto add = [&](std::string_view text) {
    if (text.empty()) return;
    if (!out.empty()) out += ", ";
    out += text;
  };
  add(action.moment);
  add(action.amount);
  add(action.strength);
  add(action.form);
  return out;
}

std::vector<std::string> kind_parts(const Avoid& avoid) {
  std::vector<std::string> out;
  if (!avoid.form.empty()) out.emplace_back(avoid.form);
  for (const LimitName& name : kLimitNames)
    if (const auto& limit = avoid.strength.*name.member)
      out.push_back(fmt::format("{} {}", name.words, per_cent_words(*limit)));
  return out;
}

std::string kind_words(const Statement& statement, const Avoid& avoid) {
  std::vector<std::string> out = kind_parts(avoid);
  if (statement.degree == Degree::prolonged) out.emplace_back("for long");
  if (statement.degree == Degree::excess) out.emplace_back("in excess");
  if (avoid.advice) out.emplace_back("recommended, not required");
  return out.empty() ? std::string{} : fmt::format(" ({})", fmt::join(out, ", "));
}

Verdict broken_verdict(const Statement& statement) {
  if (const auto* rule = statement.as<Contraindication>()) return rule->verdict;
  if (const auto* avoid = statement.as<Avoid>(); avoid != nullptr && !avoid->advice) return avoid->broken;
  return Verdict::clear;
}

Mark mark_of(Mode mode) {
  switch (mode) {
    case Mode::must:
    case Mode::prophylaxis:
      return Mark::do_this;
    case Mode::may:
      return Mark::may;
    case Mode::resume:
      return Mark::allowed;
    case Mode::consult:
      return Mark::ask;
  }
  return Mark::do_this;
}

bool ends_by_session(const Bound& from, const Bound& to) {
  const bool at_session = to.kind == Bound::Kind::clock && to.span.preferred.count == 0;
  return (from.before_session || from.kind == Bound::Kind::open) && (to.before_session || at_session);
}

Item item_of(const Statement& statement, const PlanInput& input, Mark mark) {
  Item item;
  item.id = std::string(statement.id);
  item.mark = mark;
  item.statement = &statement;
  const auto* action = statement.as<Do>();
  if (action != nullptr && !allergies_met_by(statement, input).empty()) {
    item.mark = Mark::do_this;
    item.text = condition_words(statement, input) + std::string(statement.instead);
    item.origin = origin_words(statement, *input.pack);
    return item;
  }
  item.text = condition_words(statement, input) + std::string(statement.say);
  if (action != nullptr) {
    if (const std::string dose = dose_words(*action); !dose.empty()) item.text += fmt::format(" ({})", dose);
    if (action->mode == Mode::prophylaxis) item.text += " The prescriber decides on it.";
  }
  if (const auto* expect = statement.as<Expect>(); expect != nullptr && !expect->amount.empty())
    item.text += fmt::format(" ({})", expect->amount);
  if (const auto* avoid = statement.as<Avoid>()) item.text += kind_words(statement, *avoid);
  if (!statement.graded.empty()) item.text += fmt::format(" ({})", statement.graded);
  item.origin = origin_words(statement, *input.pack);
  item.details = disagreements(statement, input);
  item.reason = std::string(statement.why);
  const bool other = action == nullptr || action->uses.empty();  // else it is for who is allergic
  if (!statement.instead.empty() && other)
    item.reason += (item.reason.empty() ? "" : " ") + std::string(statement.instead);
  return item;
}

std::string spread_words(const Citations& citations) {
  std::string out;
  for (const std::string_view key : {"before", "after", "wait", "from", "to", "time", "interval"}) {
    std::optional<SpanRange> spread;
    for (const Citation& citation : citations.list)
      for (const auto& [name, figure] : citation.figures) {
        const auto range = name == key ? parse_span_range(figure) : std::nullopt;
        if (!range) continue;
        if (!spread) spread = range;
        if (rough_minutes(range->minimum) < rough_minutes(spread->minimum)) spread->minimum = range->minimum;
        if (rough_minutes(range->preferred) > rough_minutes(spread->preferred)) spread->preferred = range->preferred;
      }
    if (!spread || spread->single()) continue;
    out += fmt::format("{}{} {} to {}", out.empty() ? "" : ", ", key, to_string(spread->minimum),
                       to_string(spread->preferred));
  }
  return out;
}

std::string sources_words(const Citations& citations, const Pack& pack) {
  if (citations.list.empty()) return "unsourced";
  std::array<int, kEnumNames<Grade>.size()> counts{};
  for (const Citation& citation : citations.list)
    ++counts[static_cast<std::size_t>(pack.references[citation.source].grade)];
  std::string out;
  // Pages that nobody stands behind never carry a rule alone.
  if (counts.back() == static_cast<int>(citations.list.size())) out = "as good as unsourced";
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    if (!out.empty()) out += "; ";
    out += words(static_cast<Grade>(i));
    if (counts[i] > 1) out += fmt::format(" x{}", counts[i]);
  }
  if (!citations.unsourced.empty()) out += fmt::format("; no source for {}", fmt::join(citations.unsourced, ", "));
  return out;
}

}  // namespace needleplan
