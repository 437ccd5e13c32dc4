#include "needleplan/protocol/translate.h"

#include <algorithm>

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

  void bound(Bound& bound) const {
    const bool anchored = bound.kind == Bound::Kind::event || bound.kind == Bound::Kind::later_of ||
                          bound.kind == Bound::Kind::earlier_of;
    if (!anchored) return;
    const std::string_view id = from_.events[bound.event].id;
    const auto found = std::find_if(to_.events.begin(), to_.events.end(), [&](const Event& e) { return e.id == id; });
    bound.event =
        found == to_.events.end() ? static_cast<std::size_t>(-1) : static_cast<std::size_t>(found - to_.events.begin());
  }

  void ban(std::optional<Ban>& ban) const {
    if (!ban) return;
    if (ban->from) bound(*ban->from);
    bound(ban->to);
  }

  void detail(Statement& statement) {
    std::visit(Overloaded{[&](Avoid& x) { subjects(x.subjects), ban(x.before), ban(x.after); },
                          [&](Do& x) { bound(x.from), bound(x.to); }, [&](Expect& x) { bound(x.from), bound(x.to); },
                          [&](Warning& x) { bound(x.from), bound(x.to); },
                          [&](Step& x) {
                            for (Setting& setting : x.settings)
                              subjects(setting.areas), subjects(setting.indications), subjects(setting.products);
                          },
                          [&](Series& x) { subjects(x.indications); }, [&](NoConcern& x) { subjects(x.subjects); },
                          [](Contraindication&) {}},
               statement.detail);
  }

  [[nodiscard]] bool lost() const { return lost_; }

 private:
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
  Translation(from, to).detail(out.statement);
  return out;
}

}  // namespace needleplan
