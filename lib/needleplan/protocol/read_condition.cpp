#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "needleplan/protocol/condition.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;

/// What reading one kind needs; `failed` is set after any diagnostic.
struct ConditionReading {
  const Catalog& catalog;
  std::span<const YesNoQuestion> answers;
  Diagnostics& diagnostics;
  bool failed = false;

  void error(Node node, std::string_view id, std::string message) {
    diagnostics.error(node.at(), id, std::move(message));
    failed = true;
  }
};

using Variant = decltype(Condition::node);

Subjects subjects(Node node, ConditionReading& r) {
  Subjects out;
  const auto add = [&](Node name) {
    if (!yaml::expect_scalar(name, r.diagnostics)) {
      r.failed = true;
      return;
    }
    const SubjectId id = r.catalog.find(name.text());
    if (id != kNoSubject) return out.push_back(id);
    r.catalog.report_unknown(name, r.diagnostics);
    r.failed = true;
  };
  if (node.is_list() && node.count() == 0)
    r.error(node, "no-subject", "an empty list names no subject, so this would never hold");
  if (node.is_list()) {
    for (const Node item : node)
      add(item);
  } else {
    add(node);
  }
  return out;
}

/// A number of years, of minutes (`60min`), of micrometres (`1.5mm`) or of thousandths of a per cent (`2%`).
std::optional<int> quantity(std::string_view text) {
  if (const auto depth = parse_depth(text)) return depth;
  if (const auto span = parse_span(text); span && span->on_clock()) return static_cast<int>(rough_minutes(*span));
  if (const auto per_cent = parse_per_cent(text)) return per_cent;
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc{} && end == text.data() + text.size() ? std::optional<int>{value} : std::nullopt;
}

Limits limits(Node node, ConditionReading& r, std::string_view example) {
  Limits out;
  if (!node.is_map()) {
    r.error(node, "limits-expected", fmt::format("expected limits such as {{{}}}", example));
    return out;
  }
  struct Row {
    std::string_view key;
    std::optional<int> Limits::*member;
  };
  constexpr std::array kRows{Row{"over", &Limits::over}, Row{"at_least", &Limits::at_least},
                             Row{"under", &Limits::under}, Row{"at_most", &Limits::at_most}};
  std::vector<std::string_view> known;
  known.reserve(kRows.size());
  for (const Row& row : kRows)
    known.push_back(row.key);
  for (const Node key : node) {
    const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& x) { return x.key == key.text(); });
    const auto value = quantity(key.value_of().text());
    if (row == kRows.end()) {
      r.error(key, "limits-key",
              fmt::format("\"{}\" is no limit{}; use {}", key.text(), did_you_mean(key.text(), known), one_of(known)));
    } else if (!value) {
      r.error(key.value_of(), "limits-value", fmt::format("expected a number as in {{{}}}", example));
    } else {
      out.*(row->member) = value;
    }
  }
  return out;
}

template <class E>
std::vector<E> word_list(Node node, ConditionReading& r) {
  std::vector<E> out;
  const auto add = [&](Node word) {
    if (const auto value = yaml::read_word<E>(word, r.diagnostics)) {
      out.push_back(*value);
    } else {
      r.failed = true;
    }
  };
  if (node.is_list()) {
    for (const Node item : node)
      add(item);
  } else {
    add(node);
  }
  return out;
}

std::string_view text_value(Node node, ConditionReading& r) {
  const auto value = yaml::read_text(node, r.diagnostics);
  r.failed = r.failed || !value;
  return value.value_or(std::string_view{});
}

Condition read_one(Node node, ConditionReading& r);

std::vector<Condition> terms(Node node, ConditionReading& r) {
  std::vector<Condition> out;
  if (!node.is_list() || node.count() == 0) {
    r.error(node, "terms-expected", "expected a list of conditions");
    return out;
  }
  for (const Node item : node)
    out.push_back(read_one(item, r));
  return out;
}

StatusSet statuses(Node map, ConditionReading& r) {
  const auto set_of = [&](Node list) {
    StatusSet set = 0;
    for (const Status s : word_list<Status>(list, r))
      set = static_cast<StatusSet>(set | bit(s));
    return set;
  };
  const Node status = map.find("status");
  const Node except = map.find("except_status");
  if (status.valid() && except.valid())
    r.error(except, "status-twice", "status says which states count, except_status which do not; write one of them");
  if (status.valid()) return set_of(status);
  if (!except.valid()) return 0;
  const StatusSet counts = all_but(set_of(except));
  if (counts == 0) r.error(except, "no-status-left", "every state is let through, so this would never hold");
  return counts;
}

Variant read_all(Node value, Node, ConditionReading& r) {
  return AllOf{terms(value, r)};
}
Variant read_any(Node value, Node, ConditionReading& r) {
  return AnyOf{terms(value, r)};
}
Variant read_not(Node value, Node, ConditionReading& r) {
  Not out;
  out.term.push_back(read_one(value, r));
  return out;
}
Variant read_has(Node value, Node map, ConditionReading& r) {
  HasCondition has{subjects(value, r), statuses(map, r)};
  if (const Node settled = map.find("settled"); settled.valid())
    for (const Status s : word_list<Status>(settled, r))
      has.settled = static_cast<StatusSet>(has.settled | bit(s));
  return has;
}
Variant read_uses(Node value, Node map, ConditionReading& r) {
  Uses uses{.subjects = subjects(value, r), .currency = {}, .prescribed = {}, .form = {}, .strength = {}};
  if (const Node status = map.find("status"); status.valid()) {
    if (status.is_word("current")) {
      uses.currency = Currency::current;
    } else if (status.is_word("ended")) {
      uses.currency = Currency::ended;
    } else {
      r.error(status, "uses-status", "the status of a use is current or ended");
    }
  }
  if (const Node p = map.find("prescribed"); p.valid()) uses.prescribed = yaml::read_yes_no(p, r.diagnostics);
  if (const Node form = map.find("form"); form.valid()) uses.form = text_value(form, r);
  if (const Node strength = map.find("strength"); strength.valid()) uses.strength = limits(strength, r, "at_least: 2%");
  return uses;
}
Variant read_allergy(Node value, Node, ConditionReading& r) {
  return Allergy{subjects(value, r)};
}
Variant read_had(Node value, Node map, ConditionReading& r) {
  Had had{subjects(value, r), {}};
  if (const Node within = map.find("within"); within.valid()) {
    had.within = parse_span(within.text());
    if (!had.within) r.error(within, "bad-span", "expected a length such as 6mo, 14d or 48h");
  }
  return had;
}
Variant read_life_stage(Node value, Node, ConditionReading& r) {
  if (!value.is_word("pregnant") && !value.is_word("breastfeeding"))
    r.error(value, "life-stage", "expected pregnant or breastfeeding");
  return LifeStage{value.is_word("pregnant")};
}
Variant read_age(Node value, Node, ConditionReading& r) {
  return Age{limits(value, r, "under: 18")};
}
Variant read_skin_type(Node value, Node, ConditionReading& r) {
  return HasSkinType{word_list<SkinType>(value, r)};
}
Variant read_treats(Node value, Node map, ConditionReading& r) {
  Treats treats{subjects(value, r)};
  if (const Node by_name = map.find("named"); by_name.valid()) {
    const auto yes = yaml::read_yes_no(by_name, r.diagnostics);
    r.failed = r.failed || !yes;
    treats.named = yes.value_or(false);
  }
  return treats;
}
Variant read_depth(Node value, Node, ConditionReading& r) {
  return NeedleDepth{limits(value, r, "over: 1.5mm")};
}
Variant read_indication(Node v, Node, ConditionReading& r) {
  return SessionIs{SessionFact::indication, subjects(v, r)};
}
Variant read_device(Node v, Node, ConditionReading& r) {
  return SessionIs{SessionFact::device, subjects(v, r)};
}
Variant read_add_on(Node v, Node, ConditionReading& r) {
  return SessionIs{SessionFact::add_on, subjects(v, r)};
}
Variant read_numbing(Node v, Node, ConditionReading& r) {
  // `numbing: yes`: any numbing product at all.
  if (v.is_word("yes")) return SessionIs{SessionFact::numbing, {}};
  return SessionIs{SessionFact::numbing, subjects(v, r)};
}
Variant read_protocol(Node v, Node, ConditionReading& r) {
  return SessionIs{SessionFact::protocol, subjects(v, r)};
}
Variant read_numbing_time(Node value, Node, ConditionReading& r) {
  return NumbingTime{limits(value, r, "under: 60min")};
}
Variant read_first_session(Node value, Node, ConditionReading& r) {
  const auto yes = yaml::read_yes_no(value, r.diagnostics);
  if (yes && !*yes) r.error(value, "first-session", "write first_session: yes, or put it under not:");
  r.failed = r.failed || !yes;
  return FirstSession{};
}
Variant read_prefers(Node value, Node, ConditionReading& r) {
  return Prefers{text_value(value, r)};
}
Variant read_answer(Node value, Node map, ConditionReading& r) {
  Answered out;
  out.id = text_value(value, r);
  const auto found = std::find_if(r.answers.begin(), r.answers.end(), [&](const auto& x) { return x.id == out.id; });
  if (found != r.answers.end()) {
    out.label = found->label;
  } else if (!out.id.empty()) {
    std::vector<std::string_view> known;
    for (const YesNoQuestion& question : r.answers)
      known.push_back(question.id);
    r.error(
        value, "unknown-answer",
        fmt::format("no entry of answers has the id \"{0}\"{1}; write one: `answers: [{{id: {0}, ask: the question, "
                    "label: what a yes says of the client}}]`",
                    out.id, did_you_mean(out.id, known)));
  }
  if (const Node is = map.find("is"); is.valid()) {
    const auto yes = yaml::read_yes_no(is, r.diagnostics);
    r.failed = r.failed || !yes;
    out.yes = yes.value_or(true);
  }
  return out;
}
Variant read_cycle_day(Node value, Node, ConditionReading& r) {
  return CycleDay{limits(value, r, "at_most: 5")};
}
Variant read_state(Node value, Node, ConditionReading& r) {
  return State{text_value(value, r)};
}
Variant read_situation(Node value, Node, ConditionReading& r) {
  return Situation{text_value(value, r)};
}
Variant read_clearance(Node value, Node, ConditionReading& r) {
  return Clearance{text_value(value, r)};
}

/// One row per kind: its main key, the modifiers it may have beside it, and how it is read.
struct Kind {
  std::string_view key;
  std::string_view modifiers;  ///< separated by one space
  Variant (*read)(Node value, Node map, ConditionReading& r);
};
constexpr std::array kKinds{
    Kind{"all", "", &read_all},
    Kind{"any", "", &read_any},
    Kind{"not", "", &read_not},
    Kind{"condition", "status except_status settled", &read_has},
    Kind{"uses", "status prescribed form strength", &read_uses},
    Kind{"allergy", "", &read_allergy},
    Kind{"had", "within", &read_had},
    Kind{"life_stage", "", &read_life_stage},
    Kind{"age", "", &read_age},
    Kind{"skin_type", "", &read_skin_type},
    Kind{"treats", "named", &read_treats},
    Kind{"depth", "", &read_depth},
    Kind{"indication", "", &read_indication},
    Kind{"device", "", &read_device},
    Kind{"add_on", "", &read_add_on},
    Kind{"numbing", "", &read_numbing},
    Kind{"protocol", "", &read_protocol},
    Kind{"numbing_time", "", &read_numbing_time},
    Kind{"first_session", "", &read_first_session},
    Kind{"prefers", "", &read_prefers},
    Kind{"answer", "is", &read_answer},
    Kind{"cycle_day", "", &read_cycle_day},
    Kind{"state", "", &read_state},
    Kind{"situation", "", &read_situation},
    Kind{"clearance", "", &read_clearance},
};
constexpr auto kKindKeys = [] {
  std::array<std::string_view, kKinds.size()> keys;
  std::transform(kKinds.begin(), kKinds.end(), keys.begin(), [](const Kind& kind) { return kind.key; });
  return keys;
}();
// Five keys share SessionIs, so a new kind in the variant must bring its row.
static_assert(kKinds.size() == std::variant_size_v<Variant> + 4);

bool lists(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

Condition read_one(Node node, ConditionReading& r) {
  Condition out;
  out.at = node.at();
  if (!node.is_map() || node.count() == 0) {
    r.error(node, "condition-expected", "expected a condition such as {condition: eczema, status: active}");
    return out;
  }
  const Kind* kind = nullptr;
  Node value;
  for (const Node key : node)
    for (const Kind& k : kKinds)
      if (k.key == key.text()) {
        if (kind != nullptr) {
          r.error(key, "condition-two-kinds",
                  fmt::format("\"{}\" and \"{}\" cannot stand in one condition; join them with all: or any:", kind->key,
                              k.key));
        } else {
          kind = &k;
          value = key.value_of();
        }
      }
  if (kind == nullptr) {
    const Node first = *node.begin();
    r.error(first, "condition-kind",
            fmt::format("\"{}\" is not a kind of condition{}; it is one of {}", first.text(),
                        did_you_mean(first.text(), kKindKeys), one_of(kKindKeys)));
    return out;
  }
  for (const Node key : node)
    if (key.text() != kind->key && std::find(kKindKeys.begin(), kKindKeys.end(), key.text()) == kKindKeys.end() &&
        !lists(kind->modifiers, key.text()))
      r.error(
          key, "condition-modifier",
          kind->modifiers.empty()
              ? fmt::format("\"{}\" takes nothing beside it, so \"{}\" cannot stand here", kind->key, key.text())
              : fmt::format("\"{}\" cannot stand beside \"{}\"; what can: {}", key.text(), kind->key, kind->modifiers));
  out.node = kind->read(value, node, r);
  return out;
}

}  // namespace

std::optional<Limits> read_limits(Node node, std::string_view example, Diagnostics& diagnostics) {
  static const Catalog kNoCatalog;
  ConditionReading reading{kNoCatalog, {}, diagnostics};
  const Limits out = limits(node, reading, example);
  return reading.failed ? std::nullopt : std::optional(out);
}

std::optional<Condition> read_condition(Node node, const Catalog& catalog, std::span<const YesNoQuestion> answers,
                                        Diagnostics& diagnostics) {
  ConditionReading reading{catalog, answers, diagnostics};
  Condition condition = read_one(node, reading);
  if (reading.failed) return std::nullopt;
  return condition;
}

}  // namespace needleplan
