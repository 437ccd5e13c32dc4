#include <algorithm>

#include "needleplan/protocol/compare_changes.h"
#include "needleplan/protocol/statement_fields.h"

namespace needleplan {

namespace {

class Translation {
 public:
  Translation(const Pack& from, const Pack& to) : from_(from), to_(to) {}

  void condition(Condition& condition) {
    if (Subjects* list = subjects_of(condition)) value(*list);
    if (auto* terms = terms_of(condition))
      for (Condition& term : *terms)
        this->condition(term);
  }

  /// Every field of one kind of statement.
  template <class T>
  void all(T& detail) {
    each_field<T>([&](const auto& field) { value(detail.*field.member); });
  }

  [[nodiscard]] bool lost() const { return lost_; }

 private:
  void value(Subjects& list) {
    for (SubjectId& subject : list) {
      subject = to_.catalog.find(from_.catalog[subject].id);
      lost_ = lost_ || subject == kNoSubject;
    }
  }
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
  // What means the same in every pack, each type by its name: a new one must be thought about.
  template <class T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void value(T&) const {}
  void value(std::optional<Phase>&) const {}
  void value(std::optional<SpanRange>&) const {}
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
  Translation names(from, to);
  if (out.statement.when) {
    names.condition(*out.statement.when);
    out.when_lost = names.lost();
    if (out.when_lost) out.statement.when.reset();
  }
  std::visit([&](auto& detail) { names.all(detail); }, out.statement.detail);
  return out;
}

}  // namespace needleplan
