#include <bit>

#include <fmt/format.h>

#include "needleplan/protocol/condition.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

std::string text_of(const Limits& limits, int per_unit) {
  std::string out;
  for (const LimitName& name : kLimitNames) {
    const std::optional<int>& limit = limits.*name.member;
    if (!limit) continue;
    if (!out.empty()) out += " and ";
    const int whole = *limit / per_unit;
    const int rest = *limit % per_unit;
    out += rest == 0 ? fmt::format("{} {}", name.words, whole)
                     : fmt::format("{} {:g}", name.words, static_cast<double>(*limit) / per_unit);
  }
  return out;
}

namespace {

class ConditionTextWriter {
 public:
  explicit ConditionTextWriter(const Catalog& catalog) : catalog_(catalog) {}

  // NOLINTNEXTLINE(readability-convert-member-functions-to-static): text() is a member
  [[nodiscard]] std::string of(const Condition& condition) const {
    return std::visit([&](const auto& node) { return text(node); }, condition.node);
  }

 private:
  [[nodiscard]] std::string ids(const Subjects& subjects) const {
    std::string out;
    for (const SubjectId s : subjects)
      out += (out.empty() ? "" : " or ") + std::string(catalog_[s].id);
    return out;
  }
  [[nodiscard]] std::string joined(const std::vector<Condition>& terms, std::string_view word) const {
    std::string out;
    for (const Condition& term : terms) {
      if (!out.empty()) out += fmt::format(" {} ", word);
      const bool group = std::holds_alternative<AllOf>(term.node) || std::holds_alternative<AnyOf>(term.node);
      out += group ? "(" + of(term) + ")" : of(term);
    }
    return out;
  }

  [[nodiscard]] std::string text(const AllOf& x) const { return joined(x.terms, "and"); }
  [[nodiscard]] std::string text(const AnyOf& x) const { return joined(x.terms, "or"); }
  [[nodiscard]] std::string text(const Not& x) const { return "not (" + of(x.term.front()) + ")"; }
  [[nodiscard]] std::string text(const HasCondition& x) const {
    const auto words = [](StatusSet set) {
      std::string out;
      for (std::size_t i = 0; i < kEnumNames<Status>.size(); ++i)
        if ((set & bit(static_cast<Status>(i))) != 0)
          out += (out.empty() ? "" : ", ") + std::string(kEnumNames<Status>[i]);
      return out;
    };
    const std::string settled = x.settled == 0 ? "" : fmt::format(", settled when {}", words(x.settled));
    if (x.status == 0) return fmt::format("condition {}{}", ids(x.subjects), settled);
    // The shorter list says it better.
    const bool most =
        all_but(x.status) != 0 && std::popcount(x.status) * 2 > static_cast<int>(kEnumNames<Status>.size());
    return fmt::format("condition {} ({}){}", ids(x.subjects),
                       most ? "any but " + words(all_but(x.status)) : words(x.status), settled);
  }
  [[nodiscard]] std::string text(const Uses& x) const {
    std::string out = "uses " + ids(x.subjects);
    if (x.currency == Currency::current) out += ", now";
    if (x.currency == Currency::ended) out += ", ended";
    if (!x.form.empty()) out += fmt::format(", as {}", x.form);
    if (x.prescribed) out += *x.prescribed ? ", prescribed" : ", not prescribed";
    if (const std::string s = text_of(x.strength, 1000); !s.empty()) out += fmt::format(", strength {} %", s);
    return out;
  }
  [[nodiscard]] std::string text(const Allergy& x) const { return "allergy to " + ids(x.subjects); }
  [[nodiscard]] std::string text(const Had& x) const {
    return "had " + ids(x.subjects) + (x.within ? " within " + to_string(*x.within) : std::string{});
  }
  [[nodiscard]] static std::string text(const LifeStage& x) { return x.pregnant ? "pregnant" : "breastfeeding"; }
  [[nodiscard]] static std::string text(const Age& x) { return "age " + text_of(x.years, 1); }
  [[nodiscard]] static std::string text(const HasSkinType& x) {
    std::string out;
    for (const SkinType type : x.types)
      out += (out.empty() ? "" : ", ") + std::string(to_string(type));
    return "Fitzpatrick " + out;
  }
  [[nodiscard]] std::string text(const Treats& x) const {
    return (x.named ? "treats by name " : "treats ") + ids(x.areas);
  }
  [[nodiscard]] static std::string text(const NeedleDepth& x) {
    return "depth " + text_of(x.micrometres, 1000) + " mm";
  }
  [[nodiscard]] std::string text(const SessionIs& x) const {
    constexpr std::array<std::string_view, 5> kFacts{"indication", "device", "add-on", "numbing", "protocol"};
    return fmt::format("{} {}", kFacts[static_cast<std::size_t>(x.fact)], x.subjects.empty() ? "any" : ids(x.subjects));
  }
  [[nodiscard]] static std::string text(const NumbingTime& x) {
    return "numbing time " + text_of(x.minutes, 1) + " min";
  }
  [[nodiscard]] static std::string text(const FirstSession&) { return "first session"; }
  [[nodiscard]] static std::string text(const Prefers& x) { return fmt::format("prefers {}", x.word); }
  [[nodiscard]] static std::string text(const Answered& x) {
    return fmt::format("answer {} is {}", x.id, x.yes ? "yes" : "no");
  }
  [[nodiscard]] static std::string text(const CycleDay& x) { return "cycle day " + text_of(x.days, 1); }
  [[nodiscard]] static std::string text(const State& x) { return fmt::format("if {}", x.words); }
  [[nodiscard]] static std::string text(const Situation& x) { return fmt::format("if {}", x.words); }
  [[nodiscard]] static std::string text(const Clearance& x) { return std::string(x.words); }

  const Catalog& catalog_;
};

}  // namespace

std::string text_of(const Condition& condition, const Catalog& catalog) {
  return ConditionTextWriter(catalog).of(condition);
}

}  // namespace needleplan
