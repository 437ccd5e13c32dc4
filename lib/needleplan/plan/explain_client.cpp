#include "needleplan/plan/explain_client.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/evaluate/avoid_outcomes.h"
#include "needleplan/evaluate/event.h"
#include "needleplan/findings/assess.h"
#include "needleplan/findings/words.h"
#include "needleplan/plan/common.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

std::string_view truth_words(Truth truth) {
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "not known";
}

class ClientExplanation {
 public:
  ClientExplanation(const Statement& statement, const PlanInput& input)
      : statement_(statement), facts_(*input.facts), pack_(*input.pack), session_(input.session.day) {}

  std::vector<Group> run() {
    std::vector<Group> out;
    const auto outcomes = outcomes_of(statement_, facts_);
    for (const Outcome& outcome : outcomes)
      add(outcome);
    if (outcomes.empty()) add_why_not();
    out.push_back(std::move(client_));
    if (statement_.when && is_joined(*statement_.when)) {
      terms_.note = fmt::format("Together: {}.", truth_words(of(*statement_.when).holds));
      add_terms(*statement_.when, 0);
      out.push_back(std::move(terms_));
    }
    return out;
  }

 private:
  static bool is_joined(const Condition& condition) {
    return std::holds_alternative<AllOf>(condition.node) || std::holds_alternative<AnyOf>(condition.node) ||
           std::holds_alternative<Not>(condition.node);
  }

  [[nodiscard]] Outcome of(const Condition& condition) const {
    return evaluate(condition, facts_, session_, statement_.scope, statement_.as<Contraindication>());
  }

  void add(const Outcome& outcome) {
    Item item;
    item.id = std::string(statement_.id);
    item.mark = Mark::finding;
    item.label = std::string(outcome.holds == Truth::unknown ? "not known" : to_string(outcome.verdict));
    item.text = outcome.entry != nullptr ? fmt::format("It applies to {}.", name_of(*outcome.entry)) : "It applies.";
    if (outcome.holds == Truth::unknown) item.text = "It cannot be decided yet.";
    add_facts(outcome, item);
    client_.items.push_back(std::move(item));
  }

  void add_facts(const Outcome& outcome, Item& item) const {
    for (const Used& used : outcome.used) {
      const FactUsed fact = fact_used(used, facts_);
      Detail detail{"Fact", fmt::format("{} = {} ({})", fact.path, fact.value, fact.at.to_string())};
      const bool said = std::any_of(item.details.begin(), item.details.end(),
                                    [&](const Detail& known) { return known.text == detail.text; });
      if (!said) item.details.push_back(std::move(detail));
    }
    for (const Measured& measured : outcome.measured)
      item.details.push_back({"Dates", arithmetic(measured, session_start(facts_), outcome.prescribed)});
    for (const Open& open : outcome.open)
      item.details.push_back({"Missing", open.path});
  }

  /// A condition that joins no others, with what it rests on: `no  age under 18`.
  Item leaf_item(const Condition& leaf, std::string indent) const {
    const Outcome outcome = of(leaf);
    Item item;
    item.id = std::string(statement_.id);
    item.mark = Mark::note;
    item.label = std::move(indent) + (is_words(leaf) ? std::string("words") : std::string(truth_words(outcome.holds)));
    item.text = text_of(leaf, pack_.catalog);
    if (is_words(leaf)) item.text += ": never decided, so it counts as if it held";
    add_facts(outcome, item);
    // What is not there has no fact of its own: the lists that were looked through say so.
    if (outcome.holds == Truth::no && outcome.used.empty())
      for (const Section section : mentions(leaf).sections)
        item.details.push_back({"Fact", section_words(section)});
    return item;
  }

  [[nodiscard]] std::string section_words(Section section) const {
    const SectionFacts& list = (*facts_.profile)[section];
    const std::string value = list.answer == AnswerState::given
                                  ? fmt::format("{} listed, not this", list.entries.size())
                                  : std::string(list.answer == AnswerState::none ? "none" : "denied by name");
    return fmt::format("{} = {} ({})", to_string(section), value, list.at.to_string());
  }

  void add_terms(const Condition& condition, std::size_t depth) {
    const auto group = [&](std::string_view word, const std::vector<Condition>& terms) {
      Item item;
      item.id = std::string(statement_.id);
      item.mark = Mark::note;
      item.label = std::string(depth * 2, ' ') + std::string(truth_words(of(condition).holds));
      item.text = std::string(word);
      terms_.items.push_back(std::move(item));
      for (const Condition& term : terms)
        add_terms(term, depth + 1);
    };
    std::visit(
        Overloaded{[&](const AllOf& x) { group("all of:", x.terms); },
                   [&](const AnyOf& x) { group("one of:", x.terms); }, [&](const Not& x) { group("not:", x.term); },
                   [&](const auto&) { terms_.items.push_back(leaf_item(condition, std::string(depth * 2, ' '))); }},
        condition.node);
  }

  /// The first term, in the order written, that makes the condition have that truth.
  [[nodiscard]] const Condition& decisive(const Condition& condition, Truth truth) const {
    const auto first = [&](const std::vector<Condition>& terms) -> const Condition& {
      const auto found =
          std::find_if(terms.begin(), terms.end(), [&](const Condition& term) { return of(term).holds == truth; });
      return decisive(found == terms.end() ? terms.front() : *found, truth);
    };
    return std::visit(Overloaded{[&](const AllOf& x) -> const Condition& { return first(x.terms); },
                                 [&](const AnyOf& x) -> const Condition& { return first(x.terms); },
                                 [&](const Not& x) -> const Condition& { return decisive(x.term.front(), !truth); },
                                 [&](const auto&) -> const Condition& { return condition; }},
                      condition.node);
  }

  /// Whether the condition fails; then the term that did it is shown.
  bool condition_fails() {
    if (!statement_.when || of(*statement_.when).holds != Truth::no) return false;
    client_.note = "It does not apply. The first condition that failed:";
    client_.items.push_back(leaf_item(decisive(*statement_.when, Truth::no), {}));
    return true;
  }

  void add_why_not() {
    if (condition_fails()) return;
    if (const auto* avoid = statement_.as<Avoid>(); avoid != nullptr && !avoid->advice) return add_spared(*avoid);
    if (const auto* series = statement_.as<Series>(); series != nullptr && series->interval) return add_series(*series);
    client_.note = "It is not checked against a profile; it is printed in plans.";
    if (statement_.when)
      client_.note = of(*statement_.when).holds == Truth::yes
                         ? "Its condition holds: it is printed in the plans of this client."
                         : "Its condition is not known: it is printed in the plans with its words.";
  }

  void add_spared(const Avoid& avoid) {
    const auto spared = spared_by(statement_, avoid, facts_, session_);
    if (spared.empty()) {
      client_.note = "It does not apply: nothing in the profile is one of its subjects.";
      std::vector<Section> sections;
      for (const SubjectId subject : avoid.subjects)
        for (const Section section : sections_for(pack_.catalog[subject].kind))
          if (std::find(sections.begin(), sections.end(), section) == sections.end()) sections.push_back(section);
      Item item = spared_item("no", "looked for in:");
      for (const Section section : sections)
        item.details.push_back({"Fact", section_words(section)});
      client_.items.push_back(std::move(item));
      return;
    }
    client_.note = "It does not apply to any entry that is one of its subjects:";
    for (const SparedEntry& one : spared) {
      const Entry& entry = *one.entry->entry;
      Item item = spared_item("no", fmt::format("{}: {}", name_of(*one.entry), reason(one.why)));
      const auto fact = [&](std::string_view key, Location at) {
        const FactUsed used = fact_used({one.entry, key, at}, facts_);
        item.details.push_back({"Fact", fmt::format("{} = {} ({})", used.path, used.value, used.at.to_string())});
      };
      fact("name", entry.name.at);
      if (one.why == Spared::area) fact("area", entry.areas.at);
      if (one.why == Spared::form && entry.form.given()) fact("form", entry.form.at);
      if (one.why == Spared::strength && entry.strength.given()) fact("strength", entry.strength.at);
      if (one.why == Spared::side && entry.date.given()) fact("date", entry.date.at);
      for (const Measured& measured : one.kept)
        item.details.push_back({"Dates", arithmetic(measured, session_start(facts_))});
      client_.items.push_back(std::move(item));
    }
  }

  static std::string_view reason(Spared why) {
    switch (why) {
      case Spared::area:
        return "on another area";
      case Spared::form:
        return "in another form";
      case Spared::strength:
        return "of another strength";
      case Spared::kept:
        return "every window is kept";
      case Spared::side:
        return "no window lies on its side of the session";
    }
    return {};
  }

  [[nodiscard]] Item spared_item(std::string label, std::string text) const {
    Item item;
    item.id = std::string(statement_.id);
    item.mark = Mark::note;
    item.label = std::move(label);
    item.text = std::move(text);
    return item;
  }

  void add_series(const Series& series) {
    if (applies(statement_, facts_) == Truth::no) {
      client_.note = "It does not apply: the session is for something else, or a row of its own says how far apart.";
      return;
    }
    client_.note = "It does not apply: no earlier session is too near.";
    for (const EntryFacts& entry : facts_.entries) {
      if (is_treatment(entry, facts_) != Truth::yes || !entry.entry->date.given()) continue;
      if (entry.in_area == Truth::no) {
        client_.items.push_back(spared_item("no", "an earlier session on another area"));
        continue;
      }
      Item item = spared_item("no", "an earlier session: far enough back");
      item.details.push_back(
          {"Dates", arithmetic({&entry, "date", *entry.entry->date.given(), *series.interval}, session_start(facts_))});
      client_.items.push_back(std::move(item));
    }
  }

  const Statement& statement_;
  const Facts& facts_;
  const Pack& pack_;
  std::optional<Date> session_;
  Group client_ = named_group("client", "For this client");
  Group terms_ = named_group("terms", "Its condition, term by term");
};

}  // namespace

std::vector<Group> client_groups(const Statement& statement, const PlanInput& input) {
  return ClientExplanation(statement, input).run();
}

}  // namespace needleplan
