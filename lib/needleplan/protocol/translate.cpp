#include "needleplan/protocol/translate.h"

#include <algorithm>

#include "needleplan/protocol/statement_fields.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

class Translation {
 public:
  Translation(const Pack& from, const Pack& to) : from_(from), to_(to) {}

  void subjects(Subjects& list) {
    for (SubjectId& subject : list) {
      subject = to_.catalog.find(from_.catalog[subject].id);
      lost_ = lost_ || subject == kNoSubject;
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion): conditions are nested, not deep
  void condition(Condition& condition) {
    const auto all = [&](std::vector<Condition>& terms) {
      for (Condition& term : terms)
        this->condition(term);
    };
    std::visit(
        Overloaded{[&](AllOf& x) { all(x.terms); }, [&](AnyOf& x) { all(x.terms); }, [&](Not& x) { all(x.term); },
                   [&](HasCondition& x) { subjects(x.subjects); }, [&](Uses& x) { subjects(x.subjects); },
                   [&](Allergy& x) { subjects(x.subjects); }, [&](Had& x) { subjects(x.subjects); },
                   [&](Treats& x) { subjects(x.areas); }, [&](SessionIs& x) { subjects(x.subjects); }, [](auto&) {}},
        condition.node);
  }

  /// Every field of one kind of statement.
  template <class T>
  void all(T& detail) {
    each_field<T>([&](const auto& field) { value(detail.*field.member); });
  }

  [[nodiscard]] bool lost() const { return lost_; }

 private:
  void value(Subjects& list) { subjects(list); }
  void value(Bound& bound) const {
    const bool anchored = bound.kind == Bound::Kind::event || bound.kind == Bound::Kind::later_of ||
                          bound.kind == Bound::Kind::earlier_of;
    if (!anchored) return;
    const std::string_view id = from_.events[bound.event].id;
    const auto found = std::find_if(to_.events.begin(), to_.events.end(), [&](const Event& e) { return e.id == id; });
    bound.event =
        found == to_.events.end() ? static_cast<std::size_t>(-1) : static_cast<std::size_t>(found - to_.events.begin());
  }
  void value(std::optional<Ban>& ban) const {
    if (!ban) return;
    if (ban->from) value(*ban->from);
    value(ban->to);
  }
  void value(std::vector<Setting>& settings) {
    for (Setting& setting : settings)
      all(setting);
  }
  // What means the same in every pack.
  template <class T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void value(T&) const {}
  template <class T>
  requires(!std::is_same_v<T, Ban>) void value(std::optional<T>&) const {}
  void value(std::string_view&) const {}
  void value(std::vector<std::string_view>&) const {}
  void value(Limits&) const {}
  void value(Repeat&) const {}
  void value(SessionCount&) const {}

  const Pack& from_;
  const Pack& to_;
  bool lost_ = false;
};

}  // namespace

Translated translated(const Statement& statement, const Pack& from, const Pack& to) {
  Translated out{statement, false};
  if (out.statement.when) {
    Translation names(from, to);
    names.condition(*out.statement.when);
    out.when_lost = names.lost();
    if (out.when_lost) out.statement.when.reset();
  }
  std::visit([&](auto& detail) { Translation(from, to).all(detail); }, out.statement.detail);
  return out;
}

}  // namespace needleplan
