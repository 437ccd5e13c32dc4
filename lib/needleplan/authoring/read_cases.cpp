#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "needleplan/authoring/case_shape.h"
#include "needleplan/authoring/cases.h"
#include "needleplan/authoring/known_ids.h"
#include "needleplan/authoring/merge.h"
#include "needleplan/profile/read_profile.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;
using Words = std::vector<Located<std::string_view>>;

constexpr int kMostDays = 366;

class CaseReader {
 public:
  CaseReader(CaseFile& file, const Pack& pack, const LoadProfile& load, Diagnostics& diagnostics)
      : file_(file),
        pack_(pack),
        load_(load),
        diagnostics_(diagnostics),
        found_(findable_ids(pack)),
        printed_(printable_ids(pack)) {
    for (const Statement& statement : pack_.statements)
      if (statement.as<NoConcern>() != nullptr) unconcerned_.push_back(statement.id);
    known_ = found_;
    known_.insert(known_.end(), printed_.begin(), printed_.end());
  }

  void read(Node root) {
    base_ = root.find("base");
    if (base_.valid() && !base_.is_map())
      diagnostics_.error(base_.at(), "case-base", "base is a map with the keys of a profile");
    if (const Node list = root.find("cases"); list.valid() && list.is_list())
      for (const Node node : list)
        if (node.is_map()) read_case(node);
  }

 private:
  void read_case(Node node) {
    Case out;
    out.at = node.at();
    if (const auto name = text(node, "name")) out.name = *name;
    if (const auto day = date(node, "as_of"); day && day->day) out.as_of = *day->day;
    if (const Node days = node.find("days"); days.valid())
      if (const auto count = yaml::read_integer(days, 1, kMostDays, diagnostics_)) out.days = static_cast<int>(*count);
    if (auto profile = read_profile_of(node)) out.profile = std::move(*profile);
    lay_over(out.profile.session, read_session(node, diagnostics_));
    if (const Node expect = node.find("expect"); expect.valid() && expect.is_map()) read_expect(expect, out);
    file_.cases.push_back(std::move(out));
  }

  std::optional<Profile> read_profile_of(Node node) {
    const Node own = node.find("profile");
    if (own.valid() && own.is_scalar()) {
      std::unique_ptr<Source> source = load_(own.text(), own.at(), diagnostics_);
      if (!source) return std::nullopt;
      file_.sources.push_back(std::move(source));
      return needleplan::read_profile(*file_.sources.back(), new_document(), diagnostics_);
    }
    if (!own.valid() && !base_.valid()) {
      diagnostics_.error(node.at(), "case-profile", "the case has no profile, and the file has no base");
      return std::nullopt;
    }
    const bool sound = (!own.valid() || own.is_map()) && (!base_.valid() || base_.is_map());
    if (!sound) return std::nullopt;
    yaml::Document& merged = new_document();
    merge(base_, own, *node.at().source, merged);
    return needleplan::read_profile(merged.root(), diagnostics_);
  }

  yaml::Document& new_document() {
    file_.documents.push_back(std::make_unique<yaml::Document>());
    return *file_.documents.back();
  }

  /// The facts of `above` that were given there, even as none or unknown, replace those below.
  static void lay_over(Session& below, const Session& above) {
    const auto take = [](auto& to, const auto& from) {
      if (from.state() != AnswerState::not_asked) to = from;
    };
    take(below.protocol, above.protocol);
    take(below.date, above.date);
    take(below.time, above.time);
    take(below.areas, above.areas);
    take(below.indications, above.indications);
    take(below.depth, above.depth);
    take(below.device, above.device);
    take(below.numbing, above.numbing);
    take(below.numbing_time, above.numbing_time);
    take(below.add_ons, above.add_ons);
    take(below.practitioner, above.practitioner);
  }

  void read_expect(Node node, Case& out) {
    if (node.count() == 0) diagnostics_.error(node.at(), "case-expects-nothing", "the case expects nothing");
    if (const Node verdict = node.find("verdict"); yaml::is_answer(verdict))
      if (const auto word = yaml::read_word<Verdict>(verdict, diagnostics_)) out.verdict = {{*word, verdict.at()}};
    read_findings(node.find("findings"), out);
    out.absent = words(node.find("not"));
    for (const auto& rule : out.absent)
      check_id(rule, found_);
    if (const Node questions = node.find("questions"); questions.valid() && questions.is_word("none")) {
      out.no_questions = questions.at();
    } else {
      out.questions = words(questions);
    }
    out.no_concern = words(node.find("no_concern"));
    for (const auto& id : out.no_concern)
      check_id(id, unconcerned_);
    out.earliest = date(node, "earliest");
    out.clear_from = date(node, "clear_from");
    read_plan(node.find("prep"), out.prep);
    read_plan(node.find("procedure"), out.procedure);
    read_plan(node.find("aftercare"), out.aftercare);
  }

  void read_findings(Node list, Case& out) {
    if (!list.valid()) return;
    if (list.is_word("none")) out.no_findings = list.at();
    if (!list.is_list()) return;
    for (const Node node : list) {
      const auto rule = text(node, "rule");
      if (!rule) continue;
      ExpectedFinding finding{*rule, std::nullopt, node.find("rule").at()};
      check_id({finding.rule, finding.at}, found_);
      if (const Node verdict = node.find("verdict"); yaml::is_answer(verdict))
        finding.verdict = yaml::read_word<Verdict>(verdict, diagnostics_);
      out.findings.push_back(finding);
    }
  }

  void read_plan(Node list, ExpectedPlan& out) {
    if (!list.valid() || !list.is_list()) return;
    for (const Node node : list) {
      if (!node.is_map()) continue;
      for (const auto& id : words(node.find("absent"))) {
        if (!pack_.is_disabled(id.value)) check_id(id, printed_);
        out.absent.push_back(id);
      }
      const auto id = text(node, "id");
      if (!id) {
        if (!node.find("absent").valid())
          diagnostics_.error(node.at(), "case-line",
                             "a line of a plan says id, or absent with the ids that are not there");
        continue;
      }
      ExpectedLine line;
      line.id = *id;
      line.at = node.at();
      check_id({line.id, node.find("id").at()}, printed_);
      line.on = text(node, "on").value_or("");
      line.first = text(node, "first").value_or("");
      line.last = text(node, "last").value_or("");
      line.contains = text(node, "contains").value_or("");
      line.from = text(node, "from").value_or("");
      line.to = text(node, "to").value_or("");
      if (const Node mark = node.find("mark"); yaml::is_answer(mark))
        line.mark = yaml::read_word<Mark>(mark, diagnostics_);
      out.lines.push_back(line);
    }
  }

  /// A case for a rule that does not exist would pass, or fail, for the wrong reason.
  void check_id(const Located<std::string_view>& id, const std::vector<std::string_view>& allowed) {
    const auto in = [&](const std::vector<std::string_view>& ids) {
      return std::find(ids.begin(), ids.end(), id.value) != ids.end();
    };
    if (in(allowed)) return;
    if (in(known_)) {
      const std::string_view why = &allowed == &printed_ ? "is checked and stands in no plan"
                                   : &allowed == &found_ ? "is printed and never found by a check"
                                                         : "stands not under no_concern";
      diagnostics_.error(id.at, "case-wrong-place", fmt::format("\"{}\" {}", id.value, why));
      return;
    }
    if (pack_.is_disabled(id.value)) {
      diagnostics_.error(
          id.at, "case-disabled-rule",
          fmt::format("a layer took out \"{}\"; that it is printed nowhere can be expected with absent", id.value));
      return;
    }
    diagnostics_.error(
        id.at, "case-unknown-rule",
        fmt::format("nothing in the protocol has the id \"{}\"{}", id.value, did_you_mean(id.value, allowed)));
  }

  std::optional<std::string_view> text(Node map, std::string_view key) {
    const Node node = map.find(key);
    if (!yaml::is_answer(node)) return std::nullopt;
    return yaml::read_text(node, diagnostics_);
  }

  std::optional<ExpectedDate> date(Node map, std::string_view key) {
    const Node node = map.find(key);
    if (!yaml::is_answer(node)) return std::nullopt;
    if (node.is_word("none") && key != "as_of") return ExpectedDate{std::nullopt, node.at()};
    const auto day = parse_date(node.text());
    if (!day) {
      diagnostics_.error(node.at(), "bad-date", fmt::format("\"{}\" must be one day that exists, as 2026-11-27", key));
      return std::nullopt;
    }
    return ExpectedDate{day, node.at()};
  }

  Words words(Node node) {
    Words out;
    const auto add = [&](Node one) {
      if (const auto value = yaml::is_answer(one) ? yaml::read_text(one, diagnostics_) : std::nullopt)
        out.push_back({*value, one.at()});
    };
    if (!node.valid()) return out;
    if (node.is_scalar()) add(node);
    if (node.is_list())
      for (const Node item : node)
        add(item);
    return out;
  }

  CaseFile& file_;
  const Pack& pack_;
  const LoadProfile& load_;
  Diagnostics& diagnostics_;
  Node base_;
  std::vector<std::string_view> found_, printed_, unconcerned_, known_;
};

}  // namespace

CaseFile read_cases(std::unique_ptr<Source> source, const Pack& pack, const LoadProfile& load,
                    Diagnostics& diagnostics) {
  CaseFile out;
  out.sources.push_back(std::move(source));
  out.documents.push_back(std::make_unique<yaml::Document>());
  yaml::Document& document = *out.documents.back();
  if (!yaml::read(*out.sources.front(), document, diagnostics)) return out;
  yaml::check_shape(document.root(), kCaseFileShape, diagnostics);
  if (document.root().is_map()) CaseReader(out, pack, load, diagnostics).read(document.root());
  return out;
}

}  // namespace needleplan
