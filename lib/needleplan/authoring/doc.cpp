#include "needleplan/authoring/doc.h"

#include <algorithm>
#include <concepts>
#include <initializer_list>
#include <vector>

#include <fmt/format.h>

#include "needleplan/authoring/doc_words.h"
#include "needleplan/plan/common.h"
#include "needleplan/plan/phrases.h"
#include "needleplan/plan/remarks.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/render/escape.h"

namespace needleplan {

namespace {

/// A text from a file within a line of Markdown.
std::string md(std::string_view text) {
  std::string out;
  append_escaped(out, one_line(text), Escape::markdown);
  return out;
}

/// The lines of a cell of a table; empty ones are left out.
class TableCell {
 public:
  TableCell() = default;
  template <class Text>
  requires std::convertible_to<const Text&, std::string_view> TableCell(
      const Text& text) {  // NOLINT(google-explicit-constructor): most cells are one text
    add(text);
  }
  TableCell& add(std::string_view text, std::string_view label = {}) {
    if (text.empty()) return *this;
    return raw(label.empty() ? md(text) : fmt::format("*{}:* {}", label, md(text)));
  }
  TableCell& raw(std::string_view markdown) {
    if (!text_.empty()) text_ += "<br>";
    text_ += markdown;
    return *this;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Doc {
 public:
  Doc(const Pack& pack, Date as_of) : pack_(pack), as_of_(as_of) {
    input_.pack = &pack;
    input_.as_of = as_of;
  }

  std::string write() {
    head();
    milder();
    statements();
    background();
    without_source();
    table("Sources", {"Source", "Grade", "What it is", "Read at"}, pack_.references, [&](const Reference& r) {
      row({r.key, words(r.grade), r.title, r.url});
    });
    signatures();
    return std::move(out_);
  }

 private:
  using Names = std::initializer_list<std::string_view>;

  void heading(std::string_view text) { out_ += fmt::format("\n## {}\n\n", text); }

  void columns(Names names) {
    std::string line;
    for (const std::string_view name : names) {
      out_ += fmt::format("| {} ", name);
      line += "| --- ";
    }
    out_ += "|\n" + line + "|\n";
  }

  void row(std::initializer_list<TableCell> cells) {
    for (const TableCell& cell : cells)
      out_ += cell.text().empty() ? "| " : fmt::format("| {} ", cell.text());
    out_ += "|\n";
  }

  template <class List, class Row>
  void table(std::string_view title, Names names, const List& list, Row row_of) {
    heading(title);
    columns(names);
    for (const auto& one : list)
      row_of(one);
  }

  /// Every statement of one kind; nothing where there are none.
  template <class T, class Row>
  void table(std::string_view title, Names names, Row row_of) {
    std::vector<const Statement*> of_kind;
    for (const Statement& statement : pack_.statements)
      if (statement.as<T>() != nullptr) of_kind.push_back(&statement);
    if (!of_kind.empty()) table(title, names, of_kind, [&](const Statement* s) { row_of(*s, *s->as<T>()); });
  }

  [[nodiscard]] TableCell rule(const Statement& s) const { return rule(s, s.summary); }
  /// What it is called, whose it is, and for whom and where it holds.
  [[nodiscard]] TableCell rule(const Statement& s, std::string_view title) const {
    TableCell out;
    out.raw(title.empty() ? fmt::format("**{}**", md(s.id)) : fmt::format("**{}** ({})", md(title), md(s.id)));
    out.add(origin_words(s, pack_), "Note");
    for (const Loosened& l : s.loosened)
      out.add(fmt::format("{}: {}", l.what, l.reason), "Made milder");
    if (s.kind() != StatementKind::condition && s.when) out.add(text_of(*s.when, pack_.catalog), "Only when");
    return out.add(scope_words(s), "Where and how much").add(s.note, "For the clinician");
  }

  static TableCell told(const Statement& s) {
    const Subjects* uses = uses_of(s);
    const bool by_allergy = uses != nullptr && !uses->empty();
    return TableCell(s.say)
        .add(s.why, "Why")
        .add(s.instead, by_allergy ? "Instead, with an allergy" : "Instead")
        .add(s.action, "Action");
  }

  [[nodiscard]] TableCell sources(const Citations& citations) const {
    std::vector<std::string_view> keys;
    for (const Citation& citation : citations.list)
      keys.push_back(pack_.references[citation.source].key);
    return TableCell(sources_words(citations, pack_))
        .add(fmt::format("{}", fmt::join(keys, ", ")))
        .add(spread_words(citations), "They disagree");
  }
  [[nodiscard]] TableCell sources(const Statement& s) const {
    TableCell out = sources(s.citations);
    for (const Detail& detail : disagreements(s, input_))
      out.add(detail.text, detail.name);
    return out;
  }

  [[nodiscard]] std::string labels(const Subjects& subjects) const {
    std::vector<std::string_view> out;
    for (const SubjectId subject : subjects)
      out.push_back(pack_.catalog[subject].label.empty() ? pack_.catalog[subject].id : pack_.catalog[subject].label);
    return fmt::format("{}", fmt::join(out, ", "));
  }

  /// What of its subjects a ban is about: `only: liquid, at least 2 %`.
  static std::string only_words(const Avoid& avoid) {
    const auto parts = kind_parts(avoid);
    return parts.empty() ? std::string{} : fmt::format("only: {}", fmt::join(parts, ", "));
  }

  static TableCell lines(const std::vector<std::string_view>& texts) {
    TableCell out;
    for (const std::string_view text : texts)
      out.add(text);
    return out;
  }

  void head() {
    out_ += fmt::format("# {}\n\n", md(pack_.title));
    const auto line = [&](std::string_view label, std::string_view text) {
      if (!text.empty()) out_ += fmt::format("- {}: {}\n", label, md(text));
    };
    line("Protocol", fmt::format("{} {}", pack_.id, pack_.version));
    line("SHA-256 of the protocol", digest_of(pack_));
    for (const Layer& layer : pack_.layers)
      line("Layer", fmt::format("{} ({}, {}{}{}), SHA-256 {}", layer.title, layer.id, to_string(layer.kind),
                                layer.version.empty() ? "" : ", version ", layer.version, layer.digest));
    for (const std::string& words : layer_lines(pack_))
      line("What is laid over it", words);
    line("The client calls", clinic_words(pack_.clinic));
    line("In an emergency", pack_.clinic.emergency);
    if (pack_.answers_valid_for) line("Answers hold for", words(*pack_.answers_valid_for));
    if (pack_.life_stage_valid_for) line("Pregnancy and breastfeeding hold for", words(*pack_.life_stage_valid_for));
    line("As of", iso(as_of_));
    std::string state = draft_words(pack_);
    if (const auto& review = pack_.reviewed)
      state = fmt::format(
          fmt::runtime(review->until < as_of_ ? "The review by {} of {} ran out on {}: this is a draft again."
                                              : "Reviewed by {} on {}, valid until {}."),
          review->by, iso(review->on), iso(review->until));
    out_ += fmt::format("\n**{}**\n", md(state));
    heading("Verdicts");
    columns({"Verdict", "What the desk does"});
    for (std::size_t i = 0; i < kEnumNames<Verdict>.size(); ++i)
      row({kEnumNames<Verdict>[i], phrases::kToDo[i]});
  }

  void statements() {
    static_assert(kEnumNames<StatementKind>.size() == 8, "a table for each kind");
    table<Contraindication>("Conditions", {"Rule", "When", "Verdict", "Sign-off", "What to do", "Sources"},
                            [&](const Statement& s, const Contraindication& c) {
                              row({rule(s), s.when ? text_of(*s.when, pack_.catalog) : std::string{},
                                   TableCell(to_string(c.verdict)).add(wait_words(c)).add(c.until, "Until"),
                                   signoff_words(c), told(s), sources(s)});
                            });
    table<Avoid>("What to avoid",
                 {"Rule", "Of what", "Before", "After", "If not kept", "What the client reads", "Sources"},
                 [&](const Statement& s, const Avoid& a) {
                   row({rule(s), TableCell(labels(a.subjects)).add(only_words(a)), ban_words(a.before, pack_),
                        TableCell(a.in_session ? "during the session" : "").add(ban_words(a.after, pack_)),
                        a.advice ? "recommended, never checked" : to_string(a.broken), told(s), sources(s)});
                 });
    table<Do>("What to do", {"Rule", "From", "To", "How", "What the client reads", "Sources"},
              [&](const Statement& s, const Do& d) {
                row({rule(s), end_words(d.from, End::begin, pack_), end_words(d.to, End::end, pack_),
                     TableCell(mode_words(d)).add(dose_words(d)), told(s), sources(s)});
              });
    table<Expect>("What is normal", {"Rule", "Sign", "From", "To", "What the client reads", "Sources"},
                  [&](const Statement& s, const Expect& e) {
                    row({rule(s), TableCell(e.sign).add(e.amount), end_words(e.from, End::begin, pack_),
                         end_words(e.to, End::end, pack_), told(s), sources(s)});
                  });
    table<Warning>("Warning signs", {"Rule", "Sign", "From", "To", "Whom to call", "What the client reads", "Sources"},
                   [&](const Statement& s, const Warning& w) {
                     row({rule(s), w.sign, end_words(w.from, End::begin, pack_), end_words(w.to, End::end, pack_),
                          call_words(w.call), told(s), sources(s)});
                   });
    table<Step>("The procedure", {"Step", "Length", "Instructions", "Needed", "Checks", "Sources"},
                [&](const Statement& s, const Step& step) {
                  row({rule(s, fmt::format("{}. {}{}", step.order, step.title, step.optional ? ", optional" : "")),
                       step.length ? words(*step.length) : std::string("not given"), lines(step.instructions),
                       lines(step.materials), lines(step.checks), sources(s)});
                });
    table("Settings of the steps", {"Setting", "Step", "For", "Depth", "Time", "Instruction", "Sources"},
          pack_.statements, [&](const Statement& s) {
            if (const auto* step = s.as<Step>())
              for (const Setting& x : step->settings)
                row({x.id, s.id, TableCell(labels(x.areas)).add(labels(x.indications)).add(labels(x.products)),
                     x.depth_written, x.time_written, x.text, sources(x.citations)});
          });
    table<Series>("Courses", {"Rule", "For", "Interval", "Sessions", "Look at the result after", "Sources"},
                  [&](const Statement& s, const Series& x) {
                    row({rule(s), x.indications.empty() ? std::string("any use") : labels(x.indications),
                         x.interval ? range_words(*x.interval) : std::string("not given"),
                         x.sessions.least > 0 ? sessions_text(x.sessions) : std::string("not given"),
                         x.review_after > 0 ? fmt::format("{}", x.review_after) : std::string{}, sources(s)});
                  });
    table<NoConcern>("Names without concern", {"Id", "Of what", "Where", "Why", "Sources"},
                     [&](const Statement& s, const NoConcern& n) {
                       row({rule(s), labels(n.subjects), places_text(n.places), s.why, sources(s)});
                     });
  }

  void background() {
    table("Events", {"Event", "In words", "Usually, after the session"}, pack_.events, [&](const Event& event) {
      row({event.id, event.label,
           event.usual    ? words(*event.usual)
           : event.moment ? std::string("a moment of the day")
                          : std::string("no source says")});
    });
    if (!pack_.answers.empty())
      table("Questions with yes or no", {"Answer", "Question", "A yes says"}, pack_.answers,
            [&](const YesNoQuestion& question) {
              row({question.id, question.ask, question.label});
            });
    if (!pack_.about.empty())
      table("Background", {"Text", "What the client reads", "Sources"}, pack_.about, [&](const About& about) {
        row({TableCell().raw(fmt::format("**{}** ({})", md(about.title), md(about.id))), about.say,
             sources(about.citations)});
      });
  }

  void milder() {
    heading("Made milder or taken out");
    std::vector<std::pair<std::string_view, const Loosened*>> all;
    for (const Statement& s : pack_.statements)
      for (const Loosened& l : s.loosened)
        all.emplace_back(s.id, &l);
    for (const Disabled& d : pack_.disabled)
      all.emplace_back(d.id, &d.loosened);
    for (const Loosened& l : pack_.loosened)
      all.emplace_back(std::string_view{}, &l);
    if (all.empty()) {
      out_ += "Nothing: no layer makes a rule of the protocol weaker.\n";
      return;
    }
    columns({"Rule", "What changed", "Reason", "Who answers for it", "Layer"});
    for (const auto& [id, l] : all)
      row({id, l->what, l->reason, l->by, l->layer});
  }

  void without_source() {
    heading("Without a source");
    std::string ids;
    const auto add = [&](std::string_view id, const Citations& citations) {
      if (citations.list.empty()) {
        ids += fmt::format("- {}\n", md(id));
      } else if (!citations.unsourced.empty()) {
        ids += fmt::format("- {}: {}\n", md(id), md(fmt::format("{}", fmt::join(citations.unsourced, ", "))));
      }
    };
    for (const Statement& s : pack_.statements) {
      add(s.id, s.citations);
      if (const auto* step = s.as<Step>())
        for (const Setting& setting : step->settings)
          add(setting.id, setting.citations);
    }
    for (const About& about : pack_.about)
      add(about.id, about.citations);
    out_ += ids.empty()
                ? "Nothing.\n"
                : "No source was found for these rules, or for the values that stand behind the colon.\n\n" + ids;
  }

  void signatures() {
    heading("Approval");
    out_ +=
        "I have read every rule above, with its sources, and approve it for use in this clinic until the day given. "
        "Write the\nsame into `reviewed:` of the topmost layer.\n\n";
    columns({"Name", "Role", "Signature", "Date", "Valid until"});
    for (int i = 0; i < 2; ++i)
      out_ += "| &nbsp;<br>&nbsp; | | | | |\n";
  }

  const Pack& pack_;
  Date as_of_;
  PlanInput input_;
  std::string out_;
};

}  // namespace

std::string protocol_doc(const Pack& pack, Date as_of) {
  return Doc(pack, as_of).write();
}

}  // namespace needleplan
