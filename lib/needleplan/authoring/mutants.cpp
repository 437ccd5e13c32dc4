#include "needleplan/authoring/mutants.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "needleplan/authoring/edges.h"
#include "needleplan/authoring/known_ids.h"
#include "needleplan/evaluate/distance.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

using Alteration = std::function<bool(Statement&)>;

/// Whether a condition can hold for something that has not ended: an event has, and so has what is asked for as ended.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the condition
bool can_be_current(const Condition& condition) {
  const auto some = [](const std::vector<Condition>& terms) {
    return std::any_of(terms.begin(), terms.end(), can_be_current);
  };
  return std::visit(
      Overloaded{[&](const AllOf& all) { return some(all.terms); }, [&](const AnyOf& any) { return some(any.terms); },
                 [](const Had&) { return false; }, [](const Uses& uses) { return uses.currency != Currency::ended; },
                 [](const auto&) { return true; }},
      condition.node);
}

class MutantList {
 public:
  MutantList(const Statement& statement, const Pack& pack) : statement_(statement), pack_(pack) {}

  std::vector<Mutant> run() {
    for (const Edge& edge : edges_of(statement_, pack_))
      for (const int step : {-1, 1})
        add(
            fmt::format("{}: {}", edge.name, step < 0 ? "less by one" : "more by one"),
            [&](Statement& s) { return edge.move(s, step); }, edge.setting);
    add_verdicts();
    add_subjects();
    if (statement_.when) {
      drop_parts(*statement_.when, [](Statement& s) { return &*s.when; });
      if (statement_.as<Contraindication>() == nullptr)
        add("without its condition", [](Statement& s) {
          s.when.reset();
          return true;
        });
    }
    if (is_checked(statement_) && statement_.as<Series>() == nullptr && placed()) add_scopes();
    add_settings();
    add("left out", [](Statement& s) {
      leave_out(s);
      return true;
    });
    return std::move(out_);
  }

 private:
  void add(std::string words, const Alteration& change, std::string_view setting = {}) {
    Mutant mutant{std::move(words), statement_.at, statement_.id, statement_};
    if (!change(mutant.statement)) return;
    if (!setting.empty()) {
      mutant.id = setting;
      for (const Setting& row : statement_.as<Step>()->settings)
        if (row.id == setting) mutant.at = row.at;
    }
    out_.push_back(std::move(mutant));
  }

  void add_scopes() {
    for (const Scope scope : {Scope::area, Scope::near, Scope::anywhere})
      if (scope != statement_.scope)
        add(fmt::format("scope {}", to_string(scope)), [scope](Statement& s) {
          s.scope = scope;
          return true;
        });
  }

  /// Whether the place of an entry can matter: an allergy has none, and neither have facts of the session.
  [[nodiscard]] bool placed() const {
    if (!statement_.when) return true;
    const Mentions mentioned = mentions(*statement_.when);
    return !mentioned.sections.empty() && std::find(mentioned.sections.begin(), mentioned.sections.end(),
                                                    Section::allergies) == mentioned.sections.end();
  }

  template <class E>
  void step_word(std::string_view name, E value, const std::function<E*(Statement&)>& in) {
    const auto at = static_cast<int>(value);
    for (const int next : {at - 1, at + 1}) {
      if (next < 0 || next >= static_cast<int>(kEnumNames<E>.size())) continue;
      add(fmt::format("{} {} instead of {}", name, to_string(static_cast<E>(next)), to_string(value)),
          [&](Statement& s) {
            *in(s) = static_cast<E>(next);
            return true;
          });
    }
  }

  void add_verdicts() {
    if (const auto* rule = statement_.as<Contraindication>()) {
      if (!rule->wait || can_be_current(*statement_.when))
        step_word<Verdict>("verdict", rule->verdict,
                           [](Statement& s) { return &std::get<Contraindication>(s.detail).verdict; });
      if (rule->wait)
        step_word<Verdict>("wait_verdict", rule->wait_verdict,
                           [](Statement& s) { return &std::get<Contraindication>(s.detail).wait_verdict; });
    }
    if (const auto* avoid = statement_.as<Avoid>(); avoid != nullptr && is_checked(statement_))
      if (is_measured(*avoid))
        step_word<Verdict>("verdict", avoid->broken, [](Statement& s) { return &std::get<Avoid>(s.detail).broken; });
    if (const auto* warning = statement_.as<Warning>())
      step_word<Call>("call", warning->call, [](Statement& s) { return &std::get<Warning>(s.detail).call; });
  }

  /// Whether a check can find the ban broken: one of its ends has a length.
  [[nodiscard]] bool is_measured(const Avoid& avoid) const {
    const auto has_length = [&](const std::optional<Ban>& ban) { return ban && length_of(ban->to, pack_); };
    return has_length(avoid.before) || has_length(avoid.after);
  }

  void drop_each(const Subjects& subjects, const std::function<Subjects*(Statement&)>& in,
                 std::string_view setting = {}) {
    const auto within_another = [&](std::size_t i) {
      for (std::size_t j = 0; j < subjects.size(); ++j)
        if (j != i && pack_.catalog.is_a(subjects[i], subjects[j])) return true;
      return false;
    };
    for (std::size_t i = 0; i < subjects.size() && subjects.size() > 1; ++i) {
      if (within_another(i)) continue;
      add(
          fmt::format("without {}", pack_.catalog[subjects[i]].id),
          [&](Statement& s) {
            Subjects& list = *in(s);
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
            return true;
          },
          setting);
    }
  }

  void add_subjects() {
    if (const auto* avoid = statement_.as<Avoid>()) {
      drop_each(avoid->subjects, [](Statement& s) { return &std::get<Avoid>(s.detail).subjects; });
      if (!avoid->form.empty())
        add("without its form", [](Statement& s) {
          std::get<Avoid>(s.detail).form = {};
          return true;
        });
    }
    if (const auto* series = statement_.as<Series>())
      drop_each(series->indications, [](Statement& s) { return &std::get<Series>(s.detail).indications; });
  }

  using ConditionOf = std::function<Condition*(Statement&)>;

  /// The terms, subjects and skin types of a condition, each left out.
  // NOLINTNEXTLINE(misc-no-recursion): as deep as the condition
  void drop_parts(const Condition& condition, const ConditionOf& of) {
    const auto terms = [&]<class Joint>(const Joint& joint) {
      for (std::size_t i = 0; i < joint.terms.size(); ++i) {
        if (joint.terms.size() > 1)
          add(fmt::format("without \"{}\"", text_of(joint.terms[i], pack_.catalog)), [&](Statement& s) {
            auto& list = std::get<Joint>(of(s)->node).terms;
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
            return true;
          });
        drop_parts(joint.terms[i], [of, i](Statement& s) { return &std::get<Joint>(of(s)->node).terms[i]; });
      }
    };
    std::visit(
        Overloaded{[&](const AllOf& all) { terms(all); }, [&](const AnyOf& any) { terms(any); },
                   [&](const Not& negation) {
                     drop_parts(negation.term.front(),
                                [of](Statement& s) { return &std::get<Not>(of(s)->node).term.front(); });
                   },
                   [&](const HasSkinType& has) {
                     for (std::size_t i = 0; has.types.size() > 1 && i < has.types.size(); ++i)
                       add(fmt::format("without skin type {}", to_string(has.types[i])), [&](Statement& s) {
                         auto& types = std::get<HasSkinType>(of(s)->node).types;
                         types.erase(types.begin() + static_cast<std::ptrdiff_t>(i));
                         return true;
                       });
                   },
                   [&](const Treats& treats) {
                     if (treats.named)
                       add("also of wider areas", [of](Statement& s) {
                         std::get<Treats>(of(s)->node).named = false;
                         return true;
                       });
                     drop_each(treats.areas, [of](Statement& s) { return &std::get<Treats>(of(s)->node).areas; });
                   },
                   [&]<class Leaf>(const Leaf& leaf) {
                     if constexpr (requires { leaf.subjects; })
                       drop_each(leaf.subjects, [of](Statement& s) { return &std::get<Leaf>(of(s)->node).subjects; });
                   }},
        condition.node);
  }

  void add_settings() {
    const auto* step = statement_.as<Step>();
    if (step == nullptr) return;
    for (std::size_t i = 0; i < step->settings.size(); ++i) {
      const Setting& row = step->settings[i];
      const auto each = [&](const Subjects& subjects, Subjects Setting::*part) {
        drop_each(
            subjects, [part, i](Statement& s) { return &(std::get<Step>(s.detail).settings[i].*part); }, row.id);
      };
      each(row.areas, &Setting::areas);
      each(row.indications, &Setting::indications);
      each(row.products, &Setting::products);
      add(
          "left out",
          [&](Statement& s) {
            auto& rows = std::get<Step>(s.detail).settings;
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
            return true;
          },
          row.id);
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
  const Pack& pack_;
  std::vector<Mutant> out_;
};

}  // namespace

std::vector<Mutant> mutants_of(const Statement& statement, const Pack& pack) {
  return MutantList(statement, pack).run();
}

}  // namespace needleplan
