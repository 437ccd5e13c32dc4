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
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  while (!line.empty() && line.back() == ' ')
    line.pop_back();
  std::string out;
  append_escaped(out, line, Escape::markdown);
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

  std::string write();

 private:
  void heading(std::string_view text) { out_ += fmt::format("\n## {}\n\n", text); }
  void columns(std::initializer_list<std::string_view> names);
  void row(std::initializer_list<TableCell> cells);
  template <class T, class Row>
  void table(std::string_view title, std::initializer_list<std::string_view> names, Row row_of);

  [[nodiscard]] TableCell rule(const Statement& s) const { return rule(s, s.summary); }
  [[nodiscard]] TableCell rule(const Statement& s, std::string_view title) const;
  [[nodiscard]] static TableCell told(const Statement& s);
  [[nodiscard]] TableCell sources(const Citations& citations) const;
  [[nodiscard]] TableCell sources(const Statement& s) const;
  [[nodiscard]] std::string labels(const Subjects& subjects) const;

  void head();
  void statements();
  void settings();
  void background();
  void milder();
  void without_source();
  void references();
  void signatures();

  const Pack& pack_;
  Date as_of_;
  PlanInput input_;
  std::string out_;
};

void Doc::columns(std::initializer_list<std::string_view> names) {
  std::string line;
  for (const std::string_view name : names) {
    out_ += fmt::format("| {} ", name);
    line += "| --- ";
  }
  out_ += "|\n" + line + "|\n";
}

void Doc::row(std::initializer_list<TableCell> cells) {
  for (const TableCell& cell : cells)
    out_ += cell.text().empty() ? "| " : fmt::format("| {} ", cell.text());
  out_ += "|\n";
}

template <class T, class Row>
void Doc::table(std::string_view title, std::initializer_list<std::string_view> names, Row row_of) {
  bool begun = false;
  for (const Statement& statement : pack_.statements) {
    const auto* detail = statement.as<T>();
    if (detail == nullptr) continue;
    if (!begun) {
      heading(title);
      columns(names);
      begun = true;
    }
    row_of(statement, *detail);
  }
}

/// What it is called, whose it is, and for whom and where it holds.
TableCell Doc::rule(const Statement& s, std::string_view title) const {
  TableCell out;
  out.raw(title.empty() ? fmt::format("**{}**", md(s.id)) : fmt::format("**{}** ({})", md(title), md(s.id)));
  out.add(origin_words(s, pack_), "Note");
  for (const Loosened& l : s.loosened)
    out.add(fmt::format("{}: {}", l.what, l.reason), "Made milder");
  if (s.kind() != StatementKind::condition && s.when) out.add(text_of(*s.when, pack_.catalog), "Only when");
  out.add(scope_words(s), "Where and how much");
  out.add(s.note, "For the clinician");
  return out;
}

bool uses_something(const Statement& s) {
  const Subjects* uses = uses_of(s);
  return uses != nullptr && !uses->empty();
}

TableCell Doc::told(const Statement& s) {
  return TableCell(s.say)
      .add(s.why, "Why")
      .add(s.instead, uses_something(s) ? "Instead, with an allergy" : "Instead")
      .add(s.action, "Action");
}

TableCell Doc::sources(const Citations& citations) const {
  TableCell out(sources_words(citations, pack_));
  std::string keys;
  for (const Citation& citation : citations.list)
    keys += fmt::format("{}{}", keys.empty() ? "" : ", ", pack_.references[citation.source].key);
  return out.add(keys).add(spread_words(citations), "They disagree");
}

TableCell Doc::sources(const Statement& s) const {
  TableCell out = sources(s.citations);
  for (const Detail& detail : disagreements(s, input_))
    out.add(detail.text, detail.name);
  return out;
}

std::string Doc::labels(const Subjects& subjects) const {
  std::string out;
  for (const SubjectId subject : subjects) {
    const Subject& s = pack_.catalog[subject];
    out += fmt::format("{}{}", out.empty() ? "" : ", ", s.label.empty() ? s.id : s.label);
  }
  return out;
}

void Doc::head() {
  out_ += fmt::format("# {}\n\n", md(pack_.title));
  const auto line = [&](std::string_view label, const std::string& text) {
    out_ += fmt::format("- {}: {}\n", label, md(text));
  };
  line("Protocol", fmt::format("{} {}", pack_.id, pack_.version));
  line("SHA-256 of the protocol", digest_of(pack_));
  for (const Layer& layer : pack_.layers)
    line("Layer", fmt::format("{} ({}, {}{}{}), SHA-256 {}", layer.title, layer.id, to_string(layer.kind),
                              layer.version.empty() ? "" : ", version ", layer.version, layer.digest));
  for (const std::string& words : layer_lines(pack_))
    line("What is laid over it", words);
  if (const std::string clinic = clinic_words(pack_.clinic); !clinic.empty()) line("The client calls", clinic);
  if (!pack_.clinic.emergency.empty()) line("In an emergency", std::string(pack_.clinic.emergency));
  if (pack_.answers_valid_for) line("Answers hold for", words(*pack_.answers_valid_for));
  if (pack_.life_stage_valid_for) line("Pregnancy and breastfeeding hold for", words(*pack_.life_stage_valid_for));
  line("As of", iso(as_of_));
  std::string state = draft_words(pack_);
  if (pack_.reviewed) {
    const Review& review = *pack_.reviewed;
    state = review.until < as_of_
                ? fmt::format("The review by {} of {} ran out on {}: this is a draft again.", review.by, iso(review.on),
                              iso(review.until))
                : fmt::format("Reviewed by {} on {}, valid until {}.", review.by, iso(review.on), iso(review.until));
  }
  out_ += fmt::format("\n**{}**\n", md(state));
  heading("Verdicts");
  columns({"Verdict", "What the desk does"});
  for (std::size_t i = 0; i < kEnumNames<Verdict>.size(); ++i)
    row({kEnumNames<Verdict>[i], phrases::kToDo[i]});
}

void Doc::statements() {
  table<Contraindication>("Conditions", {"Rule", "When", "Verdict", "Sign-off", "What to do", "Sources"},
                          [&](const Statement& s, const Contraindication& c) {
                            row({rule(s), s.when ? text_of(*s.when, pack_.catalog) : std::string{},
                                 TableCell(to_string(c.verdict)).add(wait_words(c)).add(c.until, "Until"),
                                 signoff_words(c), told(s), sources(s)});
                          });
  table<Avoid>("What to avoid",
               {"Rule", "Of what", "Before", "After", "If not kept", "What the client reads", "Sources"},
               [&](const Statement& s, const Avoid& a) {
                 row({rule(s), TableCell(labels(a.subjects)).add(kind_words(a)), ban_words(a.before, pack_),
                      a.in_session ? TableCell("during the session").add(ban_words(a.after, pack_))
                                   : TableCell(ban_words(a.after, pack_)),
                      a.advice ? "recommended, never checked" : std::string(to_string(a.broken)), told(s), sources(s)});
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
                const TableCell name =
                    rule(s, fmt::format("{}. {}{}", step.order, step.title, step.optional ? ", optional" : ""));
                TableCell instructions;
                for (const std::string_view text : step.instructions)
                  instructions.add(text);
                TableCell needed;
                for (const std::string_view text : step.materials)
                  needed.add(text);
                TableCell checks;
                for (const std::string_view text : step.checks)
                  checks.add(text);
                row({name, step.length ? words(*step.length) : std::string("not given"), instructions, needed, checks,
                     sources(s)});
              });
  settings();
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

void Doc::settings() {
  heading("Settings of the steps");
  columns({"Setting", "Step", "For", "Depth", "Time", "Instruction", "Sources"});
  for (const Statement& s : pack_.statements) {
    const auto* step = s.as<Step>();
    if (step == nullptr) continue;
    for (const Setting& x : step->settings)
      row({x.id, s.id, TableCell(labels(x.areas)).add(labels(x.indications)).add(labels(x.products)), x.depth_written,
           x.time_written, x.text, sources(x.citations)});
  }
}

void Doc::background() {
  heading("Events");
  columns({"Event", "In words", "Usually, after the session"});
  for (const Event& event : pack_.events)
    row({event.id, event.label,
         event.usual    ? words(*event.usual)
         : event.moment ? std::string("a moment of the day")
                        : std::string("no source says")});
  if (!pack_.answers.empty()) {
    heading("Questions with yes or no");
    columns({"Answer", "Question", "A yes says"});
    for (const YesNoQuestion& question : pack_.answers)
      row({question.id, question.ask, question.label});
  }
  if (pack_.about.empty()) return;
  heading("Background");
  columns({"Text", "What the client reads", "Sources"});
  for (const About& about : pack_.about)
    row({TableCell().raw(fmt::format("**{}** ({})", md(about.title), md(about.id))), about.say,
         sources(about.citations)});
}

void Doc::milder() {
  heading("Made milder or taken out");
  if (!pack_.disabled.empty() || !pack_.loosened.empty() ||
      std::any_of(pack_.statements.begin(), pack_.statements.end(),
                  [](const Statement& s) { return !s.loosened.empty(); })) {
    columns({"Rule", "What changed", "Reason", "Who answers for it", "Layer"});
    const auto add = [&](std::string_view id, const Loosened& l) { row({id, l.what, l.reason, l.by, l.layer}); };
    for (const Statement& s : pack_.statements)
      for (const Loosened& l : s.loosened)
        add(s.id, l);
    for (const Disabled& d : pack_.disabled)
      add(d.id, d.loosened);
    for (const Loosened& l : pack_.loosened)
      add({}, l);
  } else {
    out_ += "Nothing: no layer makes a rule of the protocol weaker.\n";
  }
}

void Doc::without_source() {
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
  out_ += ids.empty() ? "Nothing.\n"
                      : "No source was found for these rules, or for the values that stand behind the colon.\n\n" + ids;
}

void Doc::references() {
  heading("Sources");
  columns({"Source", "Grade", "What it is", "Read at"});
  for (const Reference& reference : pack_.references)
    row({reference.key, words(reference.grade), reference.title, reference.url});
}

void Doc::signatures() {
  heading("Approval");
  out_ +=
      "I have read every rule above, with its sources, and approve it for use in this clinic until the day given. "
      "Write "
      "the\nsame into `reviewed:` of the topmost layer.\n\n";
  columns({"Name", "Role", "Signature", "Date", "Valid until"});
  for (int i = 0; i < 2; ++i)
    out_ += "| &nbsp;<br>&nbsp; | | | | |\n";
}

std::string Doc::write() {
  head();
  milder();
  statements();
  background();
  without_source();
  references();
  signatures();
  return std::move(out_);
}

}  // namespace

std::string protocol_doc(const Pack& pack, Date as_of) {
  return Doc(pack, as_of).write();
}

}  // namespace needleplan
