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

std::string_view text_of(Node map, std::string_view key) {
  const Node node = map.find(key);
  return node.valid() && node.is_scalar() ? node.text() : std::string_view{};
}

std::vector<std::string_view> texts(Node map, std::string_view key) {
  std::vector<std::string_view> out;
  const Node node = map.find(key);
  if (!node.valid()) return out;
  if (node.is_scalar()) return {node.text()};
  for (const Node item : node)
    if (item.is_scalar()) out.push_back(item.text());
  return out;
}

}  // namespace

Subjects StatementReader::subjects(Node map, std::string_view key) {
  Subjects out;
  const Node node = map.find(key);
  if (!node.valid()) return out;
  const auto add = [&](Node name) {
    if (!yaml::is_answer(name)) return;
    const SubjectId id = pack_.catalog.find(name.text());
    if (id != kNoSubject) return out.push_back(id);
    std::vector<std::string_view> known;
    for (const Subject& subject : pack_.catalog.subjects())
      known.push_back(subject.id);
    diagnostics_.error(
        name.at(), "unknown-subject",
        fmt::format("\"{}\" is not a subject of the catalog{}", name.text(), did_you_mean(name.text(), known)));
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

Bound StatementReader::bound(Node map, std::string_view key) {
  const Node node = map.find(key);
  return has_value(node) ? read_bound(node, pack_.events, diagnostics_).value_or(Bound{}) : Bound{};
}

std::optional<SpanRange> StatementReader::span_range(Node map, std::string_view key) {
  const Node node = map.find(key);
  if (!yaml::is_answer(node)) return std::nullopt;
  const auto range = parse_span_range(node.text());
  if (!range) diagnostics_.error(node.at(), "bad-span-range", "expected a length or a range such as 2h..3h");
  return range;
}

bool StatementReader::yes(Node map, std::string_view key) {
  const Node node = map.find(key);
  return yaml::is_answer(node) && yaml::read_yes_no(node, diagnostics_).value_or(false);
}

template <class E>
E StatementReader::word(Node map, std::string_view key, E otherwise) {
  const Node node = map.find(key);
  return yaml::is_answer(node) ? yaml::read_word<E>(node, diagnostics_).value_or(otherwise) : otherwise;
}

Citations StatementReader::read_citations(Node map) {
  Citations out;
  out.unsourced = texts(map, "unsourced");
  const Node list = map.find("sources");
  if (!list.valid() || (list.is_list() && list.count() == 0)) {
    diagnostics_.error(map.at(), "sources-missing", "a statement names its sources, or says sources: unsourced");
    return out;
  }
  if (yaml::is_null(list) || list.is_word("unsourced")) return out;
  const auto cite = [&](Node key) -> std::optional<Citation> {
    if (!yaml::expect_scalar(key, diagnostics_)) return std::nullopt;
    const auto found = pack_.reference_by_key.find(key.text());
    if (found != pack_.reference_by_key.end()) return Citation{found->second, {}, {}};
    std::vector<std::string_view> known;
    for (const Reference& r : pack_.references)
      known.push_back(r.key);
    diagnostics_.error(
        key.at(), "unknown-source",
        fmt::format("\"{}\" is not a source of the pack{}", key.text(), did_you_mean(key.text(), known)));
    return std::nullopt;
  };
  const auto add = [&](Node item) {
    if (item.is_scalar()) {
      if (auto citation = cite(item)) out.list.push_back(std::move(*citation));
      return;
    }
    // Judged while it was compiled, as all of the program's own files.
    const bool judged = !pack_.digest.empty();
    if (!judged && !yaml::check_shape(item, kCitationShape, diagnostics_)) return;
    auto citation = cite(item.find("key"));
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
  return out;
}

Contraindication StatementReader::contraindication(Node node) {
  Contraindication out;
  out.verdict = word(node, "verdict", Verdict::avoid);
  out.until = text_of(node, "until");
  out.wait = span_range(node, "wait");
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

Avoid StatementReader::avoid(Node node) {
  Avoid out;
  out.subjects = subjects(node, "subject");
  const Node before = node.find("before");
  const Node after = node.find("after");
  if (has_value(before)) out.before = read_ban(before, pack_.events, diagnostics_);
  if (has_value(after)) out.after = read_ban(after, pack_.events, diagnostics_);
  out.broken = word(node, "verdict", Verdict::defer);
  out.advice = yes(node, "advice");
  if (!before.valid() && !after.valid() && !out.advice)
    diagnostics_.error(node.at(), "avoid-without-window", "an avoid says before, after or both; or advice: yes");
  return out;
}

Do StatementReader::do_this(Node node) {
  Do out;
  out.phase = word(node, "phase", Phase::aftercare);
  out.subject = text_of(node, "subject");
  out.from = bound(node, "from");
  out.to = bound(node, "to");
  if (const Node repeat = node.find("repeat"); has_value(repeat) && !repeat.is_list())
    out.repeat = read_repeat(repeat, diagnostics_);
  out.moment = text_of(node, "moment");
  out.amount = text_of(node, "amount");
  return out;
}

Setting StatementReader::setting(Node node) {
  Setting out;
  out.id = text_of(node, "id");
  out.at = node.at();
  out.areas = subjects(node, "area");
  out.indications = subjects(node, "indication");
  out.products = subjects(node, "product");
  out.text = text_of(node, "text");
  out.depth_written = text_of(node, "depth");
  out.time_written = text_of(node, "time");
  if (!out.depth_written.empty() && !(out.depth = parse_depth_range(out.depth_written)))
    diagnostics_.error(node.find("depth").at(), "bad-depth-range", "expected depths such as 0.25mm..0.75mm");
  if (!out.time_written.empty() && !(out.time = parse_time_range(out.time_written)))
    diagnostics_.error(node.find("time").at(), "bad-time-range", "expected times such as 20min..30min or 60min..");
  out.citations = read_citations(node);
  return out;
}

Step StatementReader::step(Node node) {
  Step out;
  if (const Node order = node.find("order"); yaml::is_answer(order))
    out.order = static_cast<int>(yaml::read_integer(order, 0, 999, diagnostics_).value_or(0));
  out.title = text_of(node, "title");
  out.length = span_range(node, "length");
  out.instructions = texts(node, "do");
  out.materials = texts(node, "materials");
  out.checks = texts(node, "check");
  out.optional = yes(node, "optional");
  if (const Node settings = node.find("settings"); settings.valid() && settings.is_list())
    for (const Node item : settings)
      if (item.is_map()) out.settings.push_back(setting(item));
  return out;
}

Series StatementReader::series(Node node) {
  Series out;
  out.indications = subjects(node, "indication");
  out.interval = span_range(node, "interval");
  if (const Node sessions = node.find("sessions"); yaml::is_answer(sessions)) {
    // `3` or `3..6`; read as a range of days, which has the same form.
    std::string text(sessions.text());
    const std::size_t dots = text.find("..");
    if (dots != std::string::npos) text.insert(dots, "d");
    const auto range = parse_span_range(text + "d");
    if (range) {
      out.least = range->minimum.count;
      out.most = range->preferred.count;
    } else {
      diagnostics_.error(sessions.at(), "bad-sessions", "expected a number of sessions such as 3 or 3..6");
    }
  }
  if (const Node review = node.find("review_after"); yaml::is_answer(review))
    out.review_after = static_cast<int>(yaml::read_integer(review, 1, 99, diagnostics_).value_or(0));
  return out;
}

std::optional<Statement> StatementReader::read(Node node, StatementKind kind) {
  const std::size_t before = diagnostics_.errors();
  Statement out;
  const Node id = node.find("id");
  out.id = text_of(node, "id");
  out.at = id.valid() ? id.at() : node.at();
  out.layer = pack_.id;
  out.summary = text_of(node, "summary");
  out.say = text_of(node, "say");
  out.why = text_of(node, "why");
  out.instead = text_of(node, "instead");
  out.action = text_of(node, "action");
  out.note = text_of(node, "note");
  out.scope = word(node, "scope", Scope::anywhere);
  out.degree = word(node, "degree", Degree::any);
  out.citations = read_citations(node);
  if (const Node when = node.find("when"); has_value(when))
    out.when = read_condition(when, pack_.catalog, diagnostics_);
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
      out.detail = Expect{text_of(node, "sign"), bound(node, "from"), bound(node, "to")};
      break;
    case StatementKind::warning:
      out.detail =
          Warning{text_of(node, "sign"), bound(node, "from"), bound(node, "to"), word(node, "call", Call::clinic)};
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
