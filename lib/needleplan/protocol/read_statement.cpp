#include "needleplan/protocol/read_statement.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/protocol/read_bound.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;

/// A key with a value; one without was reported with the shape of its map.
bool has_value(Node node) {
  return node.valid() && !yaml::is_null(node);
}

constexpr std::array<std::string_view, 10> kTexts{"summary", "say",    "why",    "instead", "action",
                                                  "note",    "graded", "moment", "amount",  "title"};

/// Whether a layer's part of a rule says more than other words for it.
bool gives_value(Node part) {
  return std::any_of(part.begin(), part.end(), [](Node key) {
    return key.text() != "id" && key.text() != "loosen" &&
           std::find(kTexts.begin(), kTexts.end(), key.text()) == kTexts.end();
  });
}

std::vector<std::string_view> texts(const Layered& map, std::string_view key) {
  std::vector<std::string_view> out;
  const Node node = map.find(key);
  if (!node.valid()) return out;
  if (node.is_scalar()) return {node.text()};
  for (const Node item : node)
    if (item.is_scalar()) out.push_back(item.text());
  return out;
}

}  // namespace

std::string_view StatementReader::text(const Layered& map, std::string_view key) const {
  return text_in(map.find(key), pack_.language);
}

Subjects StatementReader::subjects(const Layered& map, std::string_view key) {
  Subjects out;
  const Node node = map.find(key);
  if (!node.valid()) return out;
  const auto add = [&](Node name) {
    if (!yaml::is_answer(name)) return;
    const SubjectId id = pack_.catalog.find(name.text());
    if (id != kNoSubject) return out.push_back(id);
    pack_.catalog.report_unknown(name, diagnostics_);
  };
  if (!node.is_list()) {
    add(node);
    return out;
  }
  if (node.count() == 0)
    diagnostics_.error(node.at(), "no-subject", "an empty list names no subject, so this would never hold");
  for (const Node item : node)
    add(item);
  return out;
}

Bound StatementReader::bound(const Layered& map, std::string_view key) {
  const Node node = map.find(key);
  return has_value(node) ? read_bound(node, pack_.events, diagnostics_).value_or(Bound{}) : Bound{};
}

std::optional<SpanRange> StatementReader::span_range(const Layered& map, std::string_view key) {
  const Node node = map.find(key);
  if (!yaml::is_answer(node)) return std::nullopt;
  const auto range = parse_span_range(node.text());
  if (!range) diagnostics_.error(node.at(), "bad-span-range", "expected a length or a range such as 2h..3h");
  return range;
}

bool StatementReader::yes(const Layered& map, std::string_view key) {
  const Node node = map.find(key);
  return yaml::is_answer(node) && yaml::read_yes_no(node, diagnostics_).value_or(false);
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
  for (const Node& part : parts) {
    const Node list = part.find("sources");
    const std::size_t layer = pack_.layer_of(part.at());
    if (list.valid() && !(list.is_list() && list.count() == 0)) {
      if (!yaml::is_null(list) && !list.is_word("unsourced")) cite(list, out);
    } else if (layer != kNoLayer) {
      // Other words for a rule are no source for what it says.
      if (&part == &parts.front() || gives_value(part)) out.list.push_back(own_citation(part, layer));
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

Contraindication StatementReader::contraindication(const Layered& node) {
  Contraindication out;
  out.verdict = word(node, "verdict", Verdict::avoid);
  out.until = text(node, "until");
  out.wait = span_range(node, "wait");
  out.ahead = span_range(node, "ahead");
  out.wait_verdict = word(node, "wait_verdict", Verdict::defer);
  out.absolute = yes(node, "absolute");
  if (const Node signoff = node.find("signoff"); yaml::is_answer(signoff)) {
    constexpr std::array<std::string_view, 4> kWords{"none", "consult", "defer", "avoid"};
    constexpr std::array kVerdicts{Verdict::clear, Verdict::consult, Verdict::defer, Verdict::avoid};
    if (const auto index = yaml::read_word_of(signoff, kWords, diagnostics_)) out.signoff = kVerdicts[*index];
  }
  if (out.absolute) {
    if (out.verdict != Verdict::avoid)
      diagnostics_.error(node.find("absolute").at(), "absolute-verdict", "only a verdict of avoid can be absolute");
    out.signoff = Verdict::clear;
  }
  if (!node.find("when").valid()) diagnostics_.error(node.at(), "when-missing", "a condition says when it holds");
  return out;
}

/// `phase: procedure`, the only phase that bans and normal signs can name: the others follow from their window.
bool StatementReader::in_session(const Layered& node) {
  const Node phase = node.find("phase");
  if (!yaml::is_answer(phase)) return false;
  if (phase.is_word(to_string(Phase::procedure))) return true;
  diagnostics_.error(phase.at(), "phase-from-window",
                     "here the phase follows from the window; only phase: procedure can be named");
  return false;
}

Avoid StatementReader::avoid(const Layered& node) {
  Avoid out;
  out.subjects = subjects(node, "subject");
  const Node before = node.find("before");
  const Node after = node.find("after");
  if (has_value(before)) out.before = read_ban(before, Side::before, pack_.events, diagnostics_);
  if (has_value(after)) out.after = read_ban(after, Side::after, pack_.events, diagnostics_);
  out.broken = word(node, "verdict", Verdict::defer);
  out.advice = yes(node, "advice");
  out.in_session = in_session(node);
  out.form = text(node, "form");
  if (const Node strength = node.find("strength"); has_value(strength))
    out.strength = read_limits(strength, "at_least: 2%", diagnostics_).value_or(Limits{});
  if (!before.valid() && !after.valid() && !out.advice && !out.in_session)
    diagnostics_.error(node.at(), "avoid-without-window",
                       "an avoid says before, after or both; or advice: yes; or phase: procedure");
  return out;
}

Do StatementReader::do_this(const Layered& node) {
  Do out;
  if (const Node phase = node.find("phase"); yaml::is_answer(phase))
    out.phase = yaml::read_word<Phase>(phase, diagnostics_);
  out.mode = word(node, "mode", Mode::must);
  out.subject = text(node, "subject");
  out.from = bound(node, "from");
  out.to = bound(node, "to");
  if (const Node repeat = node.find("repeat"); has_value(repeat) && !repeat.is_list())
    out.repeat = read_repeat(repeat, diagnostics_);
  out.moment = text(node, "moment");
  out.amount = text(node, "amount");
  out.form = text(node, "form");
  out.strength = text(node, "strength");
  return out;
}

Setting StatementReader::setting(const Layered& node) {
  Setting out;
  out.id = text(node, "id");
  out.at = node.at();
  out.areas = subjects(node, "area");
  out.indications = subjects(node, "indication");
  out.products = subjects(node, "product");
  out.text = text(node, "text");
  out.depth_written = text(node, "depth");
  out.time_written = text(node, "time");
  if (!out.depth_written.empty() && !(out.depth = parse_depth_range(out.depth_written)))
    diagnostics_.error(node.find("depth").at(), "bad-depth-range", "expected depths such as 0.25mm..0.75mm");
  if (!out.time_written.empty() && !(out.time = parse_time_range(out.time_written)))
    diagnostics_.error(node.find("time").at(), "bad-time-range", "expected times such as 20min..30min or 60min..");
  out.citations = read_citations(node);
  out.written = node;
  return out;
}

Step StatementReader::step(const Layered& node) {
  Step out;
  if (const Node order = node.find("order"); yaml::is_answer(order))
    out.order = static_cast<int>(yaml::read_integer(order, 0, 999, diagnostics_).value_or(0));
  out.title = text(node, "title");
  out.length = span_range(node, "length");
  out.instructions = texts(node, "do");
  out.materials = texts(node, "materials");
  out.checks = texts(node, "check");
  out.optional = yes(node, "optional");
  out.settings = settings(node);
  return out;
}

/// The rows of every layer, those of the same id as one.
std::vector<Setting> StatementReader::settings(const Layered& node) {
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
  std::vector<Setting> out;
  for (const auto& [id, row] : rows)
    if (!pack_.is_disabled(id)) out.push_back(setting(row));
  return out;
}

Series StatementReader::series(const Layered& node) {
  Series out;
  out.indications = subjects(node, "indication");
  out.interval = span_range(node, "interval");
  if (const Node sessions = node.find("sessions"); yaml::is_answer(sessions)) {
    if (const auto range = parse_count_range(sessions.text()); range && range->least) {
      out.least = *range->least;
      out.most = range->most.value_or(0);
    } else {
      diagnostics_.error(sessions.at(), "bad-sessions", "expected a number of sessions such as 3, 3..6 or 4..");
    }
  }
  if (const Node review = node.find("review_after"); yaml::is_answer(review))
    out.review_after = static_cast<int>(yaml::read_integer(review, 1, 99, diagnostics_).value_or(0));
  return out;
}

/// A text that says nothing would leave a rule without words.
void StatementReader::check_texts(Node part) {
  for (const std::string_view key : kTexts)
    if (const Node text = part.find(key); text.valid()) check_text(text, diagnostics_);
}

Origin StatementReader::origin(Node part) const {
  const std::size_t layer = pack_.layer_of(part.at());
  const Node id = part.find("id");
  Origin out{layer == kNoLayer ? pack_.id : pack_.layers[layer].id, id.valid() ? id.at() : part.at(), {}};
  // Who gave which key is asked only where several could have.
  if (pack_.layers.empty()) return out;
  for (const Node key : part)
    if (key.text() != "id" && key.text() != "loosen") out.keys.push_back(key.text());
  return out;
}

std::optional<Statement> StatementReader::read(const Layered& node, StatementKind kind) {
  const std::size_t before = diagnostics_.errors();
  Statement out;
  const Node id = node.parts().back().find("id");
  // The lowest part has the name; a part over it may be for several statements.
  out.id = text_in(node.parts().front().find("id"), {});
  out.at = id.valid() ? id.at() : node.at();
  for (const Node part : node.parts()) {
    if (pack_.layer_of(part.at()) != kNoLayer) check_texts(part);
    out.origins.push_back(origin(part));
  }
  out.layer = out.origins.back().layer;
  out.summary = text(node, "summary");
  out.say = text(node, "say");
  out.why = text(node, "why");
  out.instead = text(node, "instead");
  out.action = text(node, "action");
  out.note = text(node, "note");
  out.graded = text(node, "graded");
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
  switch (kind) {
    case StatementKind::condition:
      out.detail = contraindication(node);
      break;
    case StatementKind::avoid:
      out.detail = avoid(node);
      break;
    case StatementKind::do_this:
      out.detail = do_this(node);
      break;
    case StatementKind::expect:
      out.detail =
          Expect{text(node, "sign"), bound(node, "from"), bound(node, "to"), text(node, "amount"), in_session(node)};
      break;
    case StatementKind::warning:
      out.detail =
          Warning{text(node, "sign"), bound(node, "from"), bound(node, "to"), word(node, "call", Call::clinic)};
      break;
    case StatementKind::step:
      out.detail = step(node);
      break;
    case StatementKind::series:
      out.detail = series(node);
      break;
  }
  if (diagnostics_.errors() > before) return std::nullopt;
  return out;
}

}  // namespace needleplan
