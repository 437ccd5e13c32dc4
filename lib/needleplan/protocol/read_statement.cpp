#include "needleplan/protocol/read_statement.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/protocol/read_bound.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/protocol/statement_fields.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"
#include "needleplan/yaml/write.h"

namespace needleplan {

namespace {

using yaml::Node;

/// A key with a value; one without was reported with the shape of its map.
bool has_value(Node node) {
  return node.valid() && !yaml::is_null(node);
}

constexpr std::array<std::string_view, 10> kTexts{"summary", "say",    "why",    "instead", "action",
                                                  "note",    "graded", "moment", "amount",  "title"};

/// The keys for which a part gives another value than what lies below it.
std::vector<std::string_view> changed_keys(const Layered& map, std::size_t part) {
  std::vector<std::string_view> out;
  for (const Node key : map.parts()[part]) {
    if (key.text() == "id" || key.text() == "loosen") continue;
    const Node was = part == 0 ? Node{} : map.below(part).find(key.text());
    if (!was.valid() || yaml::to_line(was) != yaml::to_line(key.value_of())) out.push_back(key.text());
  }
  return out;
}

/// Whether a layer's part of a rule says more than other words for it.
bool gives_value(const Layered& map, std::size_t part) {
  const auto keys = changed_keys(map, part);
  return std::any_of(keys.begin(), keys.end(),
                     [](std::string_view key) { return std::find(kTexts.begin(), kTexts.end(), key) == kTexts.end(); });
}

}  // namespace

std::string_view StatementReader::text(const Layered& map, std::string_view key) const {
  return text_in(map.find(key), pack_.language);
}

void StatementReader::read(Node node, std::string_view, Subjects& out) {
  const auto add = [&](Node name) {
    if (!yaml::is_answer(name)) return;
    const SubjectId id = pack_.catalog.find(name.text());
    if (id != kNoSubject) return out.push_back(id);
    pack_.catalog.report_unknown(name, diagnostics_);
  };
  if (!node.is_list()) return add(node);
  if (node.count() == 0)
    diagnostics_.error(node.at(), "no-subject", "an empty list names no subject, so this would never hold");
  for (const Node item : node)
    add(item);
}

template <class E>
E StatementReader::word(const Layered& map, std::string_view key, E otherwise) {
  const Node node = map.find(key);
  return yaml::is_answer(node) ? yaml::read_word<E>(node, diagnostics_).value_or(otherwise) : otherwise;
}

Citations StatementReader::read_citations(const Layered& map) {
  Citations out;
  for (const Node key : unsourced_keys(map))
    out.unsourced.push_back(key.text());
  const auto parts = map.parts();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Node part = parts[i];
    const Node list = part.find("sources");
    const std::size_t layer = pack_.layer_of(part.at());
    if (list.valid() && !(list.is_list() && list.count() == 0)) {
      if (!yaml::is_null(list) && !list.is_word("unsourced")) cite(list, out);
    } else if (layer != kNoLayer) {
      // Other words for a rule are no source for what it says.
      if (i == 0 || gives_value(map, i)) out.list.push_back(own_citation(part, layer));
    } else {
      diagnostics_.error(part.at(), "sources-missing", "a statement names its sources, or says sources: unsourced");
    }
  }
  return out;
}

/// A clinic's own rule: the layer is its source, with the figures that it gives.
Citation StatementReader::own_citation(Node part, std::size_t layer) const {
  constexpr std::array<std::string_view, 11> kFigures{"before", "after",  "wait",     "from",     "to",   "depth",
                                                      "time",   "length", "interval", "sessions", "usual"};
  Citation out{pack_.reference_by_key.at(pack_.layers[layer].id), {}, {}};
  for (const Node key : part)
    if (key.value_of().is_scalar() && std::find(kFigures.begin(), kFigures.end(), key.text()) != kFigures.end())
      out.figures.emplace_back(key.text(), key.value_of().text());
  return out;
}

std::optional<Citation> StatementReader::citation_of(Node key) {
  if (!yaml::expect_scalar(key, diagnostics_)) return std::nullopt;
  const auto found = pack_.reference_by_key.find(key.text());
  if (found != pack_.reference_by_key.end()) return Citation{found->second, {}, {}};
  std::vector<std::string_view> known;
  for (const Reference& r : pack_.references)
    known.push_back(r.key);
  diagnostics_.error(key.at(), "unknown-source",
                     fmt::format("\"{}\" is not a source of the pack{}", key.text(), did_you_mean(key.text(), known)));
  return std::nullopt;
}

void StatementReader::cite(Node list, Citations& out) {
  // Judged while it was compiled, as all of the program's own files.
  const bool judged = !pack_.digest.empty() && pack_.layer_of(list.at()) == kNoLayer;
  const auto add = [&](Node item) {
    if (item.is_scalar()) {
      if (auto citation = citation_of(item)) out.list.push_back(std::move(*citation));
      return;
    }
    if (!judged && !yaml::check_shape(item, kCitationShape, diagnostics_)) return;
    auto citation = citation_of(item.find("key"));
    if (!citation) return;
    for (const Node key : item) {
      if (key.text() == "key") continue;
      if (key.text() == "says") {
        citation->says = key.value_of().text();
      } else {
        citation->figures.emplace_back(key.text(), key.value_of().text());
      }
    }
    out.list.push_back(std::move(*citation));
  };
  if (list.is_list()) {
    out.list.reserve(list.count());
    for (const Node item : list)
      add(item);
  } else {
    add(list);
  }
}

/// Every field of one kind of statement that its table names, by its type.
template <class T>
T StatementReader::fields(const Layered& map) {
  T out;
  each_field<T>([&](const auto& field) {
    const Node node = map.find(field.key);
    if (!has_value(node)) return;
    if constexpr (std::is_same_v<T, Contraindication>)
      if (field.codec == Codec::none_when_clear) return read_signoff(node, out.signoff);
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(out.*field.member)>, bool>)
      if (field.codec == Codec::phase) return read_in_session(node, out.*field.member);
    read(node, field.key, out.*field.member);
  });
  check(map, out);
  return out;
}

template <class E>
requires std::is_enum_v<E>
void StatementReader::read(Node node, std::string_view, E& out) {
  if (yaml::is_answer(node)) out = yaml::read_word<E>(node, diagnostics_).value_or(out);
}

template <class T>
void StatementReader::read(Node node, std::string_view key, std::optional<T>& out) {
  if constexpr (std::is_same_v<T, Ban>) {
    out = read_ban(node, key == "before" ? Side::before : Side::after, pack_.events, diagnostics_);
  } else if constexpr (std::is_same_v<T, SpanRange>) {
    if (!yaml::is_answer(node)) return;
    out = parse_span_range(node.text());
    if (!out) diagnostics_.error(node.at(), "bad-span-range", "expected a length or a range such as 2h..3h");
  } else {
    if (yaml::is_answer(node)) out = yaml::read_word<T>(node, diagnostics_);
  }
}

void StatementReader::read(Node node, std::string_view, std::string_view& out) {
  out = text_in(node, pack_.language);
}

void StatementReader::read(Node node, std::string_view, bool& out) {
  out = yaml::is_answer(node) && yaml::read_yes_no(node, diagnostics_).value_or(false);
}

void StatementReader::read(Node node, std::string_view key, int& out) {
  const bool order = key == "order";
  if (yaml::is_answer(node))
    out = static_cast<int>(yaml::read_integer(node, order ? 0 : 1, order ? 999 : 99, diagnostics_).value_or(0));
}

void StatementReader::read(Node node, std::string_view, Bound& out) {
  out = read_bound(node, pack_.events, diagnostics_).value_or(Bound{});
}

void StatementReader::read(Node node, std::string_view, Limits& out) {
  out = read_limits(node, "at_least: 2%", diagnostics_).value_or(Limits{});
}

void StatementReader::read(Node node, std::string_view, Repeat& out) {
  if (!node.is_list()) out = read_repeat(node, diagnostics_);
}

void StatementReader::read(Node node, std::string_view, SessionCount& out) {
  if (!yaml::is_answer(node)) return;
  if (const auto range = parse_count_range(node.text()); range && range->least) {
    out = {*range->least, range->most.value_or(0)};
  } else {
    diagnostics_.error(node.at(), "bad-sessions", "expected a number of sessions such as 3, 3..6 or 4..");
  }
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): one of a set of overloads
void StatementReader::read(Node node, std::string_view, std::vector<std::string_view>& out) {
  if (node.is_scalar()) out.push_back(node.text());
  for (const Node item : node)
    if (item.is_scalar()) out.push_back(item.text());
}

/// One or several words of a closed set.
template <class E, class Set>
void StatementReader::read_words(Node node, std::string_view key, Set& out) {
  Set words = 0;
  const auto add = [&](Node word) {
    if (const auto known = yaml::read_word<E>(word, diagnostics_)) words = static_cast<Set>(words | bit(*known));
  };
  if (node.is_list() && node.count() == 0)
    diagnostics_.error(node.at(), "no-word", fmt::format("an empty list says nothing; leave \"{}\" out", key));
  if (!node.is_list()) add(node);
  for (const Node item : node)
    add(item);
  if (words != 0) out = words;
}

void StatementReader::read(Node node, std::string_view key, Roles& out) {
  read_words<Role>(node, key, out);
}

void StatementReader::read(Node node, std::string_view key, NamePlaces& out) {
  read_words<NamePlace>(node, key, out);
}

void StatementReader::read_signoff(Node node, Verdict& out) {
  constexpr std::array<std::string_view, 4> kWords{"none", "consult", "defer", "avoid"};
  constexpr std::array kVerdicts{Verdict::clear, Verdict::consult, Verdict::defer, Verdict::avoid};
  if (const auto index = yaml::read_word_of(node, kWords, diagnostics_)) out = kVerdicts[*index];
}

/// `phase: procedure`, the only phase that bans and normal signs can name: the others follow from their window.
void StatementReader::read_in_session(Node node, bool& out) {
  if (!yaml::is_answer(node)) return;
  out = node.is_word(to_string(Phase::procedure));
  if (!out)
    diagnostics_.error(node.at(), "phase-from-window",
                       "here the phase follows from the window; only phase: procedure can be named");
}

void StatementReader::check(const Layered& map, Contraindication& rule) {
  if (rule.absolute) {
    if (rule.verdict != Verdict::avoid)
      diagnostics_.error(map.find("absolute").at(), "absolute-verdict", "only a verdict of avoid can be absolute");
    rule.signoff = Verdict::clear;
  }
  if (!map.find("when").valid()) diagnostics_.error(map.at(), "when-missing", "a condition says when it holds");
}

void StatementReader::check(const Layered& map, const Avoid& avoid) {
  if (!map.find("before").valid() && !map.find("after").valid() && !avoid.advice && !avoid.in_session)
    diagnostics_.error(map.at(), "avoid-without-window",
                       "an avoid says before, after or both; or advice: yes; or phase: procedure");
}

/// Of what is done, normal or to call about.
template <class T>
requires requires(const T& x) {
  x.from, x.to;
}
void StatementReader::check(const Layered& map, const T& windowed) {
  const Node at = map.find("to").valid() ? map.find("to") : map.find("from");
  if (at.valid()) check_window(windowed.from, windowed.to, LastDay::inclusive, at, diagnostics_);
}

void StatementReader::check(const Layered& map, Setting& row) {
  row.id = text(map, "id");
  row.at = map.at();
  row.citations = read_citations(map);
  row.written = map;
  if (!row.depth_written.empty() && !(row.depth = parse_depth_range(row.depth_written)))
    diagnostics_.error(map.find("depth").at(), "bad-depth-range", "expected depths such as 0.25mm..0.75mm");
  if (!row.time_written.empty() && !(row.time = parse_time_range(row.time_written)))
    diagnostics_.error(map.find("time").at(), "bad-time-range", "expected times such as 20min..30min or 60min..");
}

/// The rows of a step from every layer, those of the same id as one.
void StatementReader::check(const Layered& node, Step& step) {
  std::vector<std::pair<std::string_view, Layered>> rows;
  for (const Node part : node.parts()) {
    const Node list = part.find("settings");
    if (!list.valid() || !list.is_list()) continue;
    for (const Node item : list) {
      if (!item.is_map()) continue;
      const std::string_view id = text(item, "id");
      const auto same = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.first == id; });
      // Within one file the same id twice is a mistake, which is found with all the ids.
      if (same == rows.end() || same->second.at().source == item.at().source) {
        rows.emplace_back(id, Layered(item));
      } else {
        same->second.add(item);
      }
    }
  }
  for (const auto& [id, row] : rows)
    if (!pack_.is_disabled(id)) step.settings.push_back(fields<Setting>(row));
}

/// A text that says nothing would leave a rule without words.
void StatementReader::check_texts(Node part) {
  for (const std::string_view key : kTexts)
    if (const Node text = part.find(key); text.valid()) check_text(text, diagnostics_);
}

Origin StatementReader::origin(const Layered& map, std::size_t number) const {
  const Node part = map.parts()[number];
  const std::size_t layer = pack_.layer_of(part.at());
  const Node id = part.find("id");
  Origin out{layer == kNoLayer ? pack_.id : pack_.layers[layer].id, id.valid() ? id.at() : part.at(), {}};
  // Who gave which key is asked only where several could have.
  if (pack_.layers.empty()) return out;
  out.keys = changed_keys(map, number);
  return out;
}

std::optional<Statement> StatementReader::read(const Layered& node, StatementKind kind) {
  const std::size_t before = diagnostics_.errors();
  Statement out;
  const Node id = node.parts().back().find("id");
  // The lowest part has the name; a part over it may be for several statements.
  out.id = text_in(node.parts().front().find("id"), {});
  out.at = id.valid() ? id.at() : node.at();
  for (std::size_t i = 0; i < node.parts().size(); ++i) {
    if (pack_.layer_of(node.parts()[i].at()) != kNoLayer) check_texts(node.parts()[i]);
    // What only says again what holds has no part in it.
    if (Origin one = origin(node, i); i == 0 || !one.keys.empty()) out.origins.push_back(std::move(one));
  }
  out.layer = out.origins.back().layer;
  each_field<Statement>([&](const auto& field) { out.*field.member = text(node, field.key); });
  out.scope = word(node, "scope", Scope::anywhere);
  out.degree = word(node, "degree", Degree::any);
  out.citations = read_citations(node);
  out.written = node;
  if (const Node when = node.find("when"); has_value(when))
    out.when = read_condition(when, pack_.catalog, pack_.answers, diagnostics_);
  if (kind == StatementKind::condition && out.when)
    for (const Location at : states_in(*out.when))
      diagnostics_.error(
          at, "state-decides",
          "a check cannot decide words about the client; ask a yes/no question: an entry of answers, and "
          "{answer: ITS-ID} here");
  constexpr std::array kRead{
      &StatementReader::detail<Contraindication>, &StatementReader::detail<Avoid>,    &StatementReader::detail<Do>,
      &StatementReader::detail<Expect>,           &StatementReader::detail<Warning>,  &StatementReader::detail<Step>,
      &StatementReader::detail<Series>,           &StatementReader::detail<NoConcern>};
  static_assert(kRead.size() == std::variant_size_v<decltype(Statement::detail)>);
  (this->*kRead[static_cast<std::size_t>(kind)])(node, out);
  if (diagnostics_.errors() > before) return std::nullopt;
  return out;
}

}  // namespace needleplan
