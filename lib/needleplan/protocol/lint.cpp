#include "needleplan/protocol/lint.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/judged_names.h"
#include "needleplan/text/characters.h"

namespace needleplan {

namespace {

constexpr std::size_t kLongestSummary = 90;

class Lint {
 public:
  Lint(const Pack& pack, Date as_of, Diagnostics& diagnostics) : pack_(pack), as_of_(as_of), d_(diagnostics) {}

  void run() {
    for (const Statement& statement : pack_.statements) {
      check_texts(statement);
      note_sources(statement.id, statement.at, statement.citations);
      note_bounds(statement);
      if (statement.when) note_answers(*statement.when);
      if (const auto* step = statement.as<Step>())
        for (const Setting& setting : step->settings)
          note_sources(setting.id, setting.at, setting.citations);
    }
    for (const About& about : pack_.about)
      note_sources(about.id, about.at, about.citations);
    check_unused();
    check_questions();
    check_review();
    check_names();
    for (const KeptTexts& kept : pack_.kept_texts)
      d_.warning(
          kept.at, "lint-text-kept",
          fmt::format("\"{}\" changes its {} and keeps the old {}; read whether that still fits, and write it here",
                      kept.id, fmt::join(kept.changed, " and "), fmt::join(kept.texts, ", ")));
    for (const Unneeded& unneeded : pack_.unneeded)
      d_.warning(
          unneeded.at, "loosen-unneeded",
          fmt::format("\"{}\" gives a reason for making something weaker, and makes nothing weaker", unneeded.id));
  }

 private:
  void check_texts(const Statement& s) {
    const bool judged = s.as<Contraindication>() != nullptr || s.as<Avoid>() != nullptr;
    const bool told =
        s.as<Avoid>() != nullptr || s.as<Do>() != nullptr || s.as<Expect>() != nullptr || s.as<Warning>() != nullptr;
    if (judged && s.summary.empty())
      d_.warning(s.at, "lint-no-summary", fmt::format("\"{}\" has no summary for the clinician", s.id));
    if (s.summary.size() > kLongestSummary)
      d_.warning(s.at, "lint-long-summary",
                 fmt::format("the summary of \"{}\" has {} characters; more than {} are cut in a finding", s.id,
                             s.summary.size(), kLongestSummary));
    if (told && s.say.empty())
      d_.warning(s.at, "lint-no-say", fmt::format("\"{}\" has no sentence for the client", s.id));
    if (has_length(s.say))
      d_.warning(s.at, "lint-length-in-say",
                 fmt::format("the sentence of \"{}\" holds a length of time; the window says that, as a date", s.id));
  }

  /// A number before a unit of time: "for 3 days".
  static bool has_length(std::string_view say) {
    for (const std::string_view unit : {" day", " hour", " week", " month", " minute"}) {
      for (std::size_t at = say.find(unit); at != std::string_view::npos; at = say.find(unit, at + 1))
        if (at > 0 && is_digit(say[at - 1])) return true;
    }
    return false;
  }

  void note_sources(std::string_view id, Location at, const Citations& citations) {
    for (const Citation& citation : citations.list)
      used_references_.insert(citation.source);
    if (citations.list.empty())
      d_.note(at, "lint-unsourced", fmt::format("\"{}\" has no source, and every output says so", id));
    const bool weak = !citations.list.empty() &&
                      std::all_of(citations.list.begin(), citations.list.end(),
                                  [&](const Citation& c) { return pack_.references[c.source].grade == Grade::weak; });
    if (weak) d_.warning(at, "lint-weak-only", fmt::format("\"{}\" rests on weak sources alone", id));
  }

  void note(const Bound& bound) {
    if (bound.kind == Bound::Kind::event || bound.kind == Bound::Kind::later_of ||
        bound.kind == Bound::Kind::earlier_of)
      used_events_.insert(bound.event);
  }

  void note_bounds(const Statement& s) {
    if (const auto* x = s.as<Do>()) note(x->from), note(x->to);
    if (const auto* x = s.as<Expect>()) note(x->from), note(x->to);
    if (const auto* x = s.as<Warning>()) note(x->from), note(x->to);
    if (const auto* x = s.as<Avoid>())
      for (const auto* ban : {&x->before, &x->after})
        if (*ban) {
          note((*ban)->to);
          if ((*ban)->from) note(*(*ban)->from);
        }
  }

  void note_answers(const Condition& condition) {
    if (const auto* answered = std::get_if<Answered>(&condition.node)) used_answers_.insert(answered->id);
    const auto each = [&](const std::vector<Condition>& terms) {
      for (const Condition& term : terms)
        note_answers(term);
    };
    if (const auto* all = std::get_if<AllOf>(&condition.node)) each(all->terms);
    if (const auto* any = std::get_if<AnyOf>(&condition.node)) each(any->terms);
    if (const auto* denied = std::get_if<Not>(&condition.node)) each(denied->term);
  }

  void check_unused() {
    for (const YesNoQuestion& answer : pack_.answers)
      if (!used_answers_.contains(answer.id))
        d_.warning(answer.at, "lint-unused-answer",
                   fmt::format("no rule depends on the answer \"{}\"; it would be asked for nothing", answer.id));
    for (std::size_t i = 0; i < pack_.references.size(); ++i)
      if (!used_references_.contains(i))
        d_.note(pack_.references[i].at, "lint-unused-source",
                fmt::format("no statement cites the source \"{}\"", pack_.references[i].key));
    for (std::size_t i = 0; i < pack_.events.size(); ++i)
      if (!used_events_.contains(i))
        d_.note(pack_.events[i].at, "lint-unused-event",
                fmt::format("no window ends with the event \"{}\"", pack_.events[i].id));
  }

  /// Every fact that a check may have to ask for needs its words.
  void check_questions() {
    constexpr std::array<std::string_view, 21> kPaths{"asked",
                                                      "client.birth_date",
                                                      "client.fitzpatrick",
                                                      "conditions",
                                                      "medicines",
                                                      "products",
                                                      "supplements",
                                                      "allergies",
                                                      "procedures",
                                                      "sessions",
                                                      "exposures",
                                                      "plans",
                                                      "life_stage.pregnant",
                                                      "life_stage.breastfeeding",
                                                      "session.date",
                                                      "session.areas",
                                                      "session.protocol",
                                                      "session.indication",
                                                      "session.depth",
                                                      "session.device",
                                                      "session.numbing"};
    const Location head = pack_.sources.empty() ? Location{} : Location{pack_.sources.back().get(), 0};
    for (const std::string_view path : kPaths)
      if (pack_.question(path).empty())
        d_.warning(head, "lint-no-question", fmt::format("there is no question for \"{}\"", path));
  }

  void check_review() {
    if (pack_.lapsed)
      d_.warning(
          pack_.lapsed->at, "lint-review-digest",
          pack_.lapsed->digest.empty()
              ? fmt::format("this review says not of what, so it does not count; write digest: {} into it",
                            review_digest(pack_))
              : fmt::format("{} was changed since {} reviewed it on {}, so the review does not count; `needleplan "
                            "protocol diff` with the files of then says what; reviewed again, it has digest: {}",
                            pack_.id, pack_.lapsed->by, iso(pack_.lapsed->on), review_digest(pack_)));
    const auto& review = pack_.reviewed ? pack_.reviewed : pack_.lapsed;
    if (review && review->until < as_of_)
      d_.warning(
          pack_.layers.empty() ? Location{} : pack_.layers.back().at, "lint-review-expired",
          fmt::format("the review of {} ran out on {}: nothing is cleared any more", pack_.id, iso(review->until)));
  }

  /// What would be a consult for every client who has it.
  void check_names() {
    // A protocol of one's own has rules for few of the names that come with the program; one line says that of them
    // all.
    constexpr std::size_t kMostLines = 5;
    std::vector<UnjudgedName> names = unjudged_names(pack_);
    std::set<const Source*> own{pack_.head_at.source};
    for (const Statement& statement : pack_.statements)
      own.insert(statement.at.source);
    const auto shipped = std::stable_partition(names.begin(), names.end(), [&](const UnjudgedName& name) {
      const Location at = pack_.catalog[name.subject].at;
      return own.contains(at.source) || pack_.layer_of(at) != kNoLayer;
    });
    if (const auto others = static_cast<std::size_t>(names.end() - shipped); others > kMostLines) {
      d_.note(
          pack_.head_at, "lint-no-rule",
          fmt::format("no rule is about {} names of the catalog, such as \"{}\", and no no_concern either; a client "
                      "who has one of them is one to consult about",
                      others, pack_.catalog[shipped->subject].id));
      names.erase(shipped, names.end());
    }
    for (const UnjudgedName& name : names) {
      const Subject& subject = pack_.catalog[name.subject];
      d_.note(subject.at, "lint-no-rule",
              fmt::format("no rule is about \"{}\" in {}, and no no_concern either; a client who has it is one to "
                          "consult about",
                          subject.id, places_text(name.places)));
    }
  }

  const Pack& pack_;
  Date as_of_;
  Diagnostics& d_;
  std::set<std::size_t> used_references_, used_events_;
  std::set<std::string_view> used_answers_;
};

}  // namespace

void lint(const Pack& pack, Date as_of, Diagnostics& diagnostics) {
  Lint(pack, as_of, diagnostics).run();
}

}  // namespace needleplan
