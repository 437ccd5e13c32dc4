#include "needleplan/authoring/mutants.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/authoring/edges.h"
#include "needleplan/authoring/known_ids.h"
#include "needleplan/evaluate/distance.h"

namespace needleplan {

namespace {

/// Whether a condition can hold for something that has not ended: an event has, and so has what is asked for as ended.
/// What stands under a `not` holds while it is not there.
bool can_be_current(const Condition& condition) {
  if (std::holds_alternative<Not>(condition.node)) return true;
  if (const auto* terms = terms_of(condition)) return std::any_of(terms->begin(), terms->end(), can_be_current);
  const auto* uses = std::get_if<Uses>(&condition.node);
  return !std::holds_alternative<Had>(condition.node) && (uses == nullptr || uses->currency != Currency::ended);
}

/// Changes one place of a statement at a time, and puts it right again.
class MutantList {
 public:
  MutantList(const Statement& statement, const Pack& pack) : statement_(statement), work_(statement), pack_(pack) {}

  std::vector<Mutant> run() {
    for (const Edge& edge : edges_of(statement_, pack_))
      for (const int step : {-1, 1}) {
        Statement moved = statement_;
        if (edge.move(moved, step))
          add(fmt::format("{}: {}", edge.name, step < 0 ? "less by one" : "more by one"), moved, edge.setting);
      }
    add_verdicts();
    if (auto* avoid = std::get_if<Avoid>(&work_.detail)) {
      drop_each(avoid->subjects);
      if (!avoid->form.empty()) with("without its form", avoid->form, std::string_view{});
    }
    if (auto* series = std::get_if<Series>(&work_.detail)) drop_each(series->indications);
    if (work_.when) {
      drop_parts(*work_.when);
      if (statement_.as<Contraindication>() == nullptr)
        with("without its condition", work_.when, std::optional<Condition>{});
    }
    if (is_checked(statement_) && statement_.as<Series>() == nullptr && placed())
      for (const Scope scope : {Scope::area, Scope::near, Scope::anywhere})
        if (scope != statement_.scope) with(fmt::format("scope {}", to_string(scope)), work_.scope, scope);
    if (auto* step = std::get_if<Step>(&work_.detail)) add_settings(*step);
    leave_out(work_);
    add("left out", work_);
    return std::move(out_);
  }

 private:
  void add(std::string words, const Statement& mutant, std::string_view setting = {}) {
    out_.push_back({std::move(words), statement_.at, statement_.id, mutant});
    if (setting.empty()) return;
    out_.back().id = setting;
    for (const Setting& row : statement_.as<Step>()->settings)
      if (row.id == setting) out_.back().at = row.at;
  }

  /// The mutant that has another value there.
  template <class T>
  void with(std::string words, T& place, T value, std::string_view setting = {}) {
    std::swap(place, value);
    add(std::move(words), work_, setting);
    std::swap(place, value);
  }

  /// The mutant that lacks one of a list.
  template <class T>
  void without(std::string words, std::vector<T>& list, std::size_t i, std::string_view setting = {}) {
    std::vector<T> others = list;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    with(std::move(words), list, std::move(others), setting);
  }

  /// Whether the place of an entry can matter: an allergy has none, and neither have facts of the session.
  [[nodiscard]] bool placed() const {
    if (!statement_.when) return true;
    const Mentions mentioned = mentions(*statement_.when);
    return !mentioned.sections.empty() && std::find(mentioned.sections.begin(), mentioned.sections.end(),
                                                    Section::allergies) == mentioned.sections.end();
  }

  template <class E>
  void step_word(std::string_view name, E& word) {
    const E is = word;
    for (const int next : {static_cast<int>(is) - 1, static_cast<int>(is) + 1})
      if (next >= 0 && next < static_cast<int>(kEnumNames<E>.size()))
        with(fmt::format("{} {} instead of {}", name, to_string(static_cast<E>(next)), to_string(is)), word,
             static_cast<E>(next));
  }

  void add_verdicts() {
    if (auto* rule = std::get_if<Contraindication>(&work_.detail)) {
      if (!rule->wait || can_be_current(*work_.when)) step_word("verdict", rule->verdict);
      if (rule->wait) step_word("wait_verdict", rule->wait_verdict);
    }
    if (auto* avoid = std::get_if<Avoid>(&work_.detail); avoid != nullptr && is_checked(work_) && is_measured(*avoid))
      step_word("verdict", avoid->broken);
    if (auto* warning = std::get_if<Warning>(&work_.detail)) step_word("call", warning->call);
  }

  /// Whether a check can find the ban broken: one of its ends has a length.
  [[nodiscard]] bool is_measured(const Avoid& avoid) const {
    const auto has_length = [&](const std::optional<Ban>& ban) { return ban && length_of(ban->to, pack_); };
    return has_length(avoid.before) || has_length(avoid.after);
  }

  void drop_each(Subjects& subjects, std::string_view setting = {}) {
    const auto within_another = [&](std::size_t i) {
      for (std::size_t j = 0; j < subjects.size(); ++j)
        if (j != i && pack_.catalog.is_a(subjects[i], subjects[j])) return true;
      return false;
    };
    for (std::size_t i = 0; i < subjects.size() && subjects.size() > 1; ++i)
      if (!within_another(i)) without(fmt::format("without {}", pack_.catalog[subjects[i]].id), subjects, i, setting);
  }

  /// The terms, subjects and skin types of a condition, each left out.
  void drop_parts(Condition& condition) {
    if (auto* terms = terms_of(condition))
      for (std::size_t i = 0; i < terms->size(); ++i) {
        if (terms->size() > 1) without(fmt::format("without \"{}\"", text_of((*terms)[i], pack_.catalog)), *terms, i);
        drop_parts((*terms)[i]);
      }
    if (auto* has = std::get_if<HasSkinType>(&condition.node))
      for (std::size_t i = 0; has->types.size() > 1 && i < has->types.size(); ++i)
        without(fmt::format("without skin type {}", to_string(has->types[i])), has->types, i);
    if (auto* treats = std::get_if<Treats>(&condition.node); treats != nullptr && treats->named)
      with("also of wider areas", treats->named, false);
    if (Subjects* subjects = subjects_of(condition)) drop_each(*subjects);
  }

  void add_settings(Step& step) {
    for (std::size_t i = 0; i < step.settings.size(); ++i) {
      Setting& row = step.settings[i];
      for (Subjects* subjects : {&row.areas, &row.indications, &row.products})
        drop_each(*subjects, row.id);
      without("left out", step.settings, i, row.id);
    }
  }

  /// It keeps its number, but never holds.
  static void leave_out(Statement& s) {
    s.when = Condition{AnyOf{}, s.at};
    if (auto* avoid = std::get_if<Avoid>(&s.detail)) avoid->before.reset(), avoid->after.reset();
    if (auto* series = std::get_if<Series>(&s.detail)) series->interval.reset();
    if (auto* step = std::get_if<Step>(&s.detail)) step->settings.clear();
    if (auto* none = std::get_if<NoConcern>(&s.detail)) none->subjects.clear();
  }

  const Statement& statement_;
  Statement work_;
  const Pack& pack_;
  std::vector<Mutant> out_;
};

}  // namespace

std::vector<Mutant> mutants_of(const Statement& statement, const Pack& pack) {
  return MutantList(statement, pack).run();
}

}  // namespace needleplan
