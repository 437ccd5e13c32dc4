/// Random layers over a pack, with and without reasons for what they make weaker.
#pragma once

#include <array>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "needleplan/protocol/shape.h"
#include "needleplan/text/overloaded.h"
#include "property/generate.h"

namespace needleplan::testing {

/// A condition as a pack writes it.
class ConditionYaml {
 public:
  explicit ConditionYaml(const Catalog& catalog) : catalog_(catalog) {}

  [[nodiscard]] std::string of(const Condition& condition) const {
    return "{" + std::visit([&](const auto& node) { return text(node); }, condition.node) + "}";
  }

 private:
  [[nodiscard]] std::string ids(const Subjects& subjects) const {
    std::string out = "[";
    for (const SubjectId subject : subjects)
      out += (out.size() > 1 ? ", " : "") + std::string(catalog_[subject].id);
    return out + "]";
  }
  [[nodiscard]] std::string list(const std::vector<Condition>& terms) const {
    std::string out = "[";
    for (const Condition& term : terms)
      out += (out.size() > 1 ? ", " : "") + of(term);
    return out + "]";
  }
  static std::string limits(const Limits& limits, double per_unit, std::string_view unit) {
    std::string out = "{";
    const auto add = [&](std::string_view key, const std::optional<int>& limit) {
      if (limit) out += fmt::format("{}{}: {:g}{}", out.size() > 1 ? ", " : "", key, *limit / per_unit, unit);
    };
    add("over", limits.over);
    add("at_least", limits.at_least);
    add("under", limits.under);
    add("at_most", limits.at_most);
    return out + "}";
  }

  [[nodiscard]] std::string text(const AllOf& x) const { return "all: " + list(x.terms); }
  [[nodiscard]] std::string text(const AnyOf& x) const { return "any: " + list(x.terms); }
  [[nodiscard]] std::string text(const Not& x) const { return "not: " + of(x.term.front()); }
  [[nodiscard]] std::string text(const HasCondition& x) const {
    std::string status;
    for (std::size_t i = 0; i < kEnumNames<Status>.size(); ++i)
      if ((x.status & bit(static_cast<Status>(i))) != 0)
        status += (status.empty() ? "" : ", ") + std::string(kEnumNames<Status>[i]);
    std::string settled;
    for (std::size_t i = 0; i < kEnumNames<Status>.size(); ++i)
      if ((x.settled & bit(static_cast<Status>(i))) != 0)
        settled += (settled.empty() ? "" : ", ") + std::string(kEnumNames<Status>[i]);
    return "condition: " + ids(x.subjects) + (status.empty() ? "" : ", status: [" + status + "]") +
           (settled.empty() ? "" : ", settled: [" + settled + "]");
  }
  [[nodiscard]] std::string text(const Uses& x) const {
    std::string out = "uses: " + ids(x.subjects);
    if (x.currency != Currency::any) out += x.currency == Currency::current ? ", status: current" : ", status: ended";
    if (x.prescribed) out += *x.prescribed ? ", prescribed: yes" : ", prescribed: no";
    if (!x.form.empty()) out += fmt::format(", form: {}", x.form);
    if (x.strength.given()) out += ", strength: " + limits(x.strength, 1000, "%");
    return out;
  }
  [[nodiscard]] std::string text(const Allergy& x) const { return "allergy: " + ids(x.subjects); }
  [[nodiscard]] std::string text(const Had& x) const {
    return "had: " + ids(x.subjects) + (x.within ? ", within: " + to_string(*x.within) : "");
  }
  static std::string text(const LifeStage& x) {
    return x.pregnant ? "life_stage: pregnant" : "life_stage: breastfeeding";
  }
  static std::string text(const Age& x) { return "age: " + limits(x.years, 1, ""); }
  static std::string text(const HasSkinType& x) {
    std::string out = "skin_type: [";
    for (const SkinType type : x.types)
      out += std::string(out.back() == '[' ? "" : ", ") + std::string(to_string(type));
    return out + "]";
  }
  [[nodiscard]] std::string text(const Treats& x) const {
    return "treats: " + ids(x.areas) + (x.named ? ", named: yes" : "");
  }
  static std::string text(const NeedleDepth& x) { return "depth: " + limits(x.micrometres, 1000, "mm"); }
  [[nodiscard]] std::string text(const SessionIs& x) const {
    constexpr std::array<std::string_view, 5> kKeys{"indication", "device", "add_on", "numbing", "protocol"};
    return fmt::format("{}: {}", kKeys[static_cast<std::size_t>(x.fact)], x.subjects.empty() ? "yes" : ids(x.subjects));
  }
  static std::string text(const NumbingTime& x) { return "numbing_time: " + limits(x.minutes, 1, "min"); }
  static std::string text(const FirstSession&) { return "first_session: yes"; }
  static std::string text(const Prefers& x) { return fmt::format("prefers: {}", x.word); }
  static std::string text(const Answered& x) { return fmt::format("answer: {}{}", x.id, x.yes ? "" : ", is: no"); }
  static std::string text(const CycleDay& x) { return "cycle_day: " + limits(x.days, 1, ""); }
  static std::string text(const Situation& x) { return fmt::format("situation: \"{}\"", x.words); }
  static std::string text(const State& x) { return fmt::format("state: \"{}\"", x.words); }
  static std::string text(const Clearance& x) { return fmt::format("clearance: \"{}\"", x.words); }
  const Catalog& catalog_;
};

/// Makes layers that change some statements of a pack and add others.
class LayerMaker {
 public:
  LayerMaker(Chooser& choose, const Pack& pack) : choose_(choose), pack_(pack) {
    for (std::size_t i = 0; i < pack.catalog.subjects().size(); ++i)
      for (const SubjectId parent : pack.catalog.subjects()[i].parents)
        children_[parent].push_back(static_cast<SubjectId>(i));
  }

  /// `reason`: what stands in every change, such as a `loosen`; may be empty.
  [[nodiscard]] std::string layer(std::string_view head, std::string_view reason) {
    std::array<std::string, kEnumNames<StatementKind>.size()> lists;
    std::string out = "layer: {" + std::string(head) + "}\n";
    std::set<std::string> used;
    const int count = 1 + choose_.below(3);
    for (int i = 0; i < count; ++i) {
      const Statement& statement =
          pack_.statements[static_cast<std::size_t>(choose_.below(static_cast<int>(pack_.statements.size())))];
      const bool added = choose_.once_in(6);
      const std::string keys = keys_for(statement, added);
      const std::string id = added ? fmt::format("new-{}", i) : std::string(statement.id);
      if (keys.empty() || !used.insert(id).second) continue;
      lists[static_cast<std::size_t>(statement.kind())] += fmt::format("  - {{id: {}, {}{}}}\n", id, keys, reason);
    }
    if (choose_.once_in(3)) out += "subjects:\n" + subject(reason);
    if (choose_.once_in(6))
      lists[static_cast<std::size_t>(StatementKind::no_concern)] +=
          fmt::format("  - {{id: our-none, subject: {}, why: a test{}}}\n",
                      pack_.catalog[choose_.once_in(3) ? named_subject() : any_subject()].id, reason);
    if (choose_.once_in(12)) out += fmt::format("valid_for: {{answers: {}{}}}\n", some_span(choose_), reason);
    if (choose_.once_in(8) && !pack_.events.empty()) {
      const Event& event = pack_.events.front();
      out += fmt::format("events:\n  - {{id: {}, usual: {}{}}}\n", event.id, some_range(choose_), reason);
    }
    for (std::size_t i = 0; i < lists.size(); ++i)
      if (!lists[i].empty()) out += fmt::format("{}:\n{}", kStatementLists[i].key, lists[i]);
    return out;
  }

 private:
  [[nodiscard]] std::string keys_for(const Statement& statement, bool added) {
    switch (statement.kind()) {
      case StatementKind::condition:
        return condition(statement, added);
      case StatementKind::avoid:
        return avoid(*statement.as<Avoid>(), statement, added);
      case StatementKind::series:
        return series(*statement.as<Series>(), added);
      case StatementKind::step:
        return added ? std::string{} : step(*statement.as<Step>());
      case StatementKind::do_this:
        return added ? std::string{} : "to: " + end();
      case StatementKind::expect:
        return added ? std::string{} : "to: " + end();
      case StatementKind::warning:
        return added ? std::string{} : fmt::format("call: {}", choose_.of(kEnumNames<Call>));
      case StatementKind::no_concern:
        return "subject: " + ids(moved(statement.as<NoConcern>()->subjects)) + (added ? ", why: a test" : "");
    }
    return {};
  }

  [[nodiscard]] SubjectId any_subject() {
    const auto count = static_cast<int>(pack_.catalog.subjects().size());
    return static_cast<SubjectId>(choose_.below(count));
  }

  /// Some subject that a rule names, so that what becomes part of it reaches the rule.
  [[nodiscard]] SubjectId named_subject() {
    for (int tries = 0; tries < 10; ++tries) {
      const Mentions names = mentions(leaf());
      if (!names.subjects.empty()) return choose_.of(names.subjects);
    }
    return any_subject();
  }

  /// What is there already, or something new, counts as what a rule names; or takes a name from it. Sometimes with an
  /// id that reads like the words of a condition.
  std::string subject(std::string_view reason) {
    const Subject& wider = pack_.catalog[named_subject()];
    if (choose_.once_in(10))
      return fmt::format("  - {{id: \"{}, now\", kind: {}{}}}\n", wider.id, to_string(wider.kind), reason);
    std::vector<std::string_view> same_kind;
    for (const Subject& other : pack_.catalog.subjects())
      if (other.kind == wider.kind && other.id != wider.id) same_kind.push_back(other.id);
    if (same_kind.empty()) return fmt::format("  - {{id: {}{}}}\n", wider.id, reason);
    const std::string_view one = choose_.of(same_kind);
    switch (choose_.below(4)) {
      case 0:
        return fmt::format("  - {{id: our-own, kind: {}, is: [{}], names: {{en: [\"{}\"]}}{}}}\n",
                           to_string(wider.kind), wider.id, one, reason);
      case 1:
        return fmt::format("  - {{id: our-own, kind: {}, is: [{}], names: {{en: [something of ours]}}{}}}\n",
                           to_string(wider.kind), wider.id, reason);
      default:
        return fmt::format("  - {{id: {}, is: [{}]{}}}\n", one, wider.id, reason);
    }
  }

  std::string join(std::string a, const std::string& b) { return a.empty() ? b : b.empty() ? a : a + ", " + b; }

  std::string verdict() {
    constexpr std::array<std::string_view, 5> kVerdicts{"avoid", "defer", "consult", "caution", "prepare"};
    return std::string(choose_.of(kVerdicts));
  }

  /// Often near what is there, so that some lengths are longer and some shorter.
  std::string length(const std::optional<SpanRange>& now) {
    if (!now || choose_.once_in(3)) return some_range(choose_);
    const auto moved = [&](Span span) {
      span.count = std::max(0, span.count + choose_.below(5) - 2);
      if (choose_.once_in(5) && span.unit == Unit::days) span = {span.count * 24, Unit::hours};
      if (choose_.once_in(9)) span = {std::max(1, span.count / 28), Unit::months};
      return span;
    };
    const Span least = moved(now->minimum);
    const Span most = moved(now->preferred);
    return rough_minutes(most) < rough_minutes(least) ? to_string(most) : to_string(least) + ".." + to_string(most);
  }

  std::string end(const std::optional<SpanRange>& now = {}) {
    const std::string event(pack_
                                .events[static_cast<std::size_t>(
                                    choose_.below(static_cast<int>(std::min<std::size_t>(3, pack_.events.size()))))]
                                .id);
    switch (choose_.below(12)) {
      case 6:
        return "until " + event;
      case 7:
        return "until " + event + " + " + some_span(choose_);
      case 8:
        return "{later_of: [" + length(now) + ", until " + event + "]}";
      case 9:
        return "{earlier_of: [" + length(now) + ", until " + event + "]}";
      case 10:
        return choose_.of(std::array<std::string, 4>{"open", "few d", "1x course", "2x course"});
      default:
        return length(now);
    }
  }

  std::string ban(const std::optional<Ban>& now, bool before) {
    if (choose_.once_in(8)) return "none";
    const std::optional<SpanRange> length_now =
        now && now->to.kind == Bound::Kind::clock ? std::optional(now->to.span) : std::nullopt;
    if (!choose_.once_in(6)) return end(length_now);
    return before ? fmt::format("{{from: {}, to: {}}}", end(length_now), some_span(choose_))
                  : fmt::format("{{from: {}, to: {}}}", some_span(choose_), end(length_now));
  }

  Subjects moved(Subjects subjects) {
    if (subjects.empty()) return subjects;
    SubjectId& one = subjects[static_cast<std::size_t>(choose_.below(static_cast<int>(subjects.size())))];
    const auto& parents = pack_.catalog[one].parents;
    switch (choose_.below(4)) {
      case 0:
        if (!parents.empty()) one = parents[static_cast<std::size_t>(choose_.below(static_cast<int>(parents.size())))];
        break;
      case 1:
        if (const auto found = children_.find(one); found != children_.end()) one = choose_.of(found->second);
        break;
      case 2:
        if (subjects.size() > 1) subjects.pop_back();
        break;
      default:
        if (!parents.empty()) subjects.push_back(parents.front());
    }
    return subjects;
  }

  std::string ids(const Subjects& subjects) {
    std::string out = "[";
    for (const SubjectId subject : subjects)
      out += (out.size() > 1 ? ", " : "") + std::string(pack_.catalog[subject].id);
    return out + "]";
  }

  /// Some leaf of some condition of the pack.
  Condition leaf() {
    for (int tries = 0; tries < 20; ++tries) {
      const Statement& statement =
          pack_.statements[static_cast<std::size_t>(choose_.below(static_cast<int>(pack_.statements.size())))];
      if (!statement.when) continue;
      const Condition* here = &*statement.when;
      while (true) {
        const std::vector<Condition>* terms = nullptr;
        if (const auto* x = std::get_if<AllOf>(&here->node)) terms = &x->terms;
        if (const auto* x = std::get_if<AnyOf>(&here->node)) terms = &x->terms;
        if (const auto* x = std::get_if<Not>(&here->node)) terms = &x->term;
        if (terms == nullptr) return *here;
        here = &(*terms)[static_cast<std::size_t>(choose_.below(static_cast<int>(terms->size())))];
      }
    }
    return {FirstSession{}, {}};
  }

  Condition changed(Condition condition) {
    switch (choose_.below(12)) {
      case 11:
        return disguised(condition);
      case 10:
        return {Not{{{Not{{std::move(condition)}}, {}}}}, {}};
      case 9:
        return words(std::move(condition));
      case 0:
        return {AllOf{{condition, leaf()}}, {}};
      case 1:
        return {AnyOf{{condition, leaf()}}, {}};
      case 2:
        return choose_.once_in(3) ? Condition{Not{{condition}}, {}} : condition;
      default:
        break;
    }
    const auto one_of = [&](std::vector<Condition>& terms) {
      if (choose_.once_in(4) && terms.size() > 1) {
        terms.pop_back();
        return;
      }
      Condition& term = terms[static_cast<std::size_t>(choose_.below(static_cast<int>(terms.size())))];
      term = changed(term);
    };
    std::visit(Overloaded{[&](AllOf& x) { one_of(x.terms); }, [&](AnyOf& x) { one_of(x.terms); },
                          [&](Not& x) { one_of(x.term); },
                          [&](HasCondition& x) {
                            switch (choose_.below(3)) {
                              case 0:
                                x.subjects = moved(x.subjects);
                                break;
                              case 1:
                                x.status = static_cast<StatusSet>(choose_.below(128));
                                break;
                              default:
                                x.settled = static_cast<StatusSet>(choose_.below(128));
                            }
                          },
                          [&](Uses& x) {
                            switch (choose_.below(3)) {
                              case 0:
                                x.subjects = moved(x.subjects);
                                break;
                              case 1:
                                x.currency = static_cast<Currency>(choose_.below(3));
                                break;
                              default:
                                x.prescribed = choose_.below(2) == 0 ? std::nullopt : std::optional(choose_.once_in(2));
                            }
                          },
                          [&](Allergy& x) { x.subjects = moved(x.subjects); },
                          [&](Had& x) {
                            if (choose_.below(2) == 0) {
                              x.subjects = moved(x.subjects);
                            } else {
                              x.within = choose_.once_in(4) ? std::nullopt : parse_span(some_span(choose_));
                            }
                          },
                          [&](Treats& x) {
                            if (choose_.once_in(3)) {
                              x.named = !x.named;
                            } else {
                              x.areas = moved(x.areas);
                            }
                          },
                          [&](SessionIs& x) { x.subjects = moved(x.subjects); }, [&](Age& x) { move(x.years); },
                          [&](NeedleDepth& x) { move(x.micrometres, 250); },
                          [&](NumbingTime& x) { move(x.minutes, 10); }, [](auto&) {}},
               condition.node);
    return condition;
  }

  /// A clearance in the words that the condition is printed with.
  Condition disguised(const Condition& condition) {
    words_.push_back(text_of(condition, pack_.catalog));
    return {Clearance{words_.back()}, {}};
  }

  /// Words that nothing decides, beside a condition.
  Condition words(Condition condition) {
    Condition one{State{"your skin is calm"}, {}};
    if (choose_.below(2) == 0) one.node = Clearance{"your doctor agrees"};
    if (choose_.below(2) == 0) one = {Not{{one}}, {}};
    if (choose_.below(2) == 0) return {AnyOf{{std::move(condition), one}}, {}};
    return {AllOf{{std::move(condition), one}}, {}};
  }

  void move(Limits& limits, int step = 2) {
    for (std::optional<int>* limit : {&limits.over, &limits.at_least, &limits.under, &limits.at_most})
      if (*limit) *limit = std::max(step, **limit + (choose_.below(3) - 1) * step);
  }

  std::string condition(const Statement& statement, bool added) {
    const auto& rule = *statement.as<Contraindication>();
    constexpr std::array<std::string_view, 4> kSignoffs{"none", "consult", "defer", "avoid"};
    const ConditionYaml yaml(pack_.catalog);
    std::string out;
    if (added) return "verdict: " + verdict() + ", when: " + yaml.of(changed(*statement.when));
    if (choose_.below(2) == 0) out = "when: " + yaml.of(changed(*statement.when));
    if (choose_.once_in(4)) out = join(out, "verdict: " + verdict());
    if (choose_.once_in(4)) out = join(out, "wait: " + (choose_.once_in(5) ? std::string("none") : length(rule.wait)));
    if (choose_.once_in(6)) out = join(out, "wait_verdict: " + verdict());
    if (choose_.once_in(6)) out = join(out, "ahead: " + length(rule.ahead));
    if (choose_.once_in(5)) out = join(out, "scope: " + std::string(choose_.of(kEnumNames<Scope>)));
    if (choose_.once_in(5)) out = join(out, "signoff: " + std::string(choose_.of(kSignoffs)));
    if (choose_.once_in(5)) out = join(out, "signed_by: [" + std::string(choose_.of(kEnumNames<Role>)) + "]");
    return out;
  }

  std::string avoid(const Avoid& avoid, const Statement& statement, bool added) {
    if (added) return "subject: " + ids(moved(avoid.subjects)) + ", before: " + some_range(choose_);
    std::string out;
    if (choose_.below(2) == 0) out = "before: " + ban(avoid.before, true);
    if (choose_.once_in(2)) out = join(out, "after: " + ban(avoid.after, false));
    if (choose_.once_in(4)) out = join(out, "subject: " + ids(moved(avoid.subjects)));
    if (choose_.once_in(6)) out = join(out, "verdict: " + verdict());
    if (choose_.once_in(6)) out = join(out, "scope: " + std::string(choose_.of(kEnumNames<Scope>)));
    if (choose_.once_in(10)) out = join(out, choose_.below(2) == 0 ? "advice: yes" : "advice: no");
    if (choose_.once_in(10)) out = join(out, "form: gel");
    if (choose_.once_in(6))
      out = join(out, "when: " + ConditionYaml(pack_.catalog).of(statement.when ? changed(*statement.when) : leaf()));
    return out;
  }

  std::string series(const Series& series, bool added) {
    const std::string interval =
        !added && choose_.once_in(10) ? std::string("interval: none") : "interval: " + length(series.interval);
    if (!added && !choose_.once_in(4)) return interval;
    std::vector<std::string> indications;
    for (const Subject& subject : pack_.catalog.subjects())
      if (subject.kind == SubjectKind::indication) indications.emplace_back(subject.id);
    if (choose_.once_in(4)) return interval;
    return interval + ", indication: " + choose_.of(indications);
  }

  std::string step(const Step& step) {
    if (step.settings.empty()) return choose_.below(2) == 0 ? "optional: yes" : "title: Another";
    const Setting& setting = choose_.of(step.settings);
    constexpr std::array<std::string_view, 5> kTimes{"20min..30min", "25min..30min", "10min..90min", "60min..",
                                                     "30min"};
    constexpr std::array<std::string_view, 5> kDepths{"0.1mm..0.5mm", "0.25mm..0.75mm", "0.5mm..3mm", "0.2mm", "1mm.."};
    if (setting.products.empty())
      return fmt::format("settings: [{{id: {}, depth: {}}}]", setting.id, choose_.of(kDepths));
    const Subjects products = moved(setting.products);
    if (choose_.below(2) == 0) return fmt::format("settings: [{{id: {}, time: {}}}]", setting.id, choose_.of(kTimes));
    if (choose_.below(2) == 0) return fmt::format("settings: [{{id: {}, product: {}}}]", setting.id, ids(products));
    return fmt::format("settings: [{{id: new-row, product: {}, time: {}}}]", ids(products), choose_.of(kTimes));
  }

  Chooser& choose_;
  const Pack& pack_;
  std::deque<std::string> words_;
  std::unordered_map<SubjectId, std::vector<SubjectId>> children_;
};

}  // namespace needleplan::testing
