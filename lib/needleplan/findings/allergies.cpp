#include "needleplan/findings/allergies.h"

#include <algorithm>

#include "needleplan/evaluate/evaluate.h"
#include "needleplan/evaluate/materials.h"

namespace needleplan {

namespace {

class Allergies {
 public:
  explicit Allergies(const Facts& facts) : facts_(facts), pack_(*facts.pack), catalog_(facts.pack->catalog) {}

  std::vector<AllergyMet> run() {
    for (const EntryFacts& entry : facts_.entries) {
      if (entry.entry->section != Section::allergies) continue;
      meet_products(entry, facts_.numbing, "session.numbing");
      meet_products(entry, facts_.add_ons, "session.add_ons");
      meet_statements(entry);
    }
    return std::move(out_);
  }

 private:
  /// Calls `use` with each thing that a statement, or a row of a step, puts to use.
  template <class Use>
  void each_material(const Use& use) const {
    for (const std::uint16_t number : pack_.index.using_something) {
      const Statement& statement = pack_.statements[number];
      if (const Subjects* subjects = uses_of(statement))
        for (const SubjectId subject : *subjects)
          use(subject, statement, nullptr);
      if (const auto* step = statement.as<Step>())
        for (const Setting& row : step->settings)
          for (const SubjectId subject : row.uses)
            use(subject, statement, &row);
    }
  }

  void meet_products(const EntryFacts& entry, const SessionNames& names, std::string_view path) {
    for (std::size_t i = 0; i < names.subjects.size(); ++i) {
      AllergyMet met{&entry, allergic_to(entry, names.subjects[i], catalog_), {}, path, names.names[i], kNoSubject, {}};
      // What is in a product stands in its row.
      each_material([&](SubjectId material, const Statement&, const Setting* row) {
        if (met.allergic == Truth::yes || row == nullptr || !is_for(*row, names.subjects[i])) return;
        const Truth allergic = allergic_to(entry, material, catalog_);
        if (allergic == Truth::no || (allergic == Truth::unknown && met.allergic == Truth::unknown)) return;
        met.allergic = allergic;
        met.material = material;
      });
      if (met.allergic == Truth::no) continue;
      met.verdict = met.allergic == Truth::yes ? Verdict::avoid : Verdict::consult;
      out_.push_back(std::move(met));
    }
  }

  [[nodiscard]] bool is_for(const Setting& row, SubjectId product) const {
    return std::any_of(row.products.begin(), row.products.end(),
                       [&](SubjectId of) { return catalog_.is_a(product, of); });
  }

  void meet_statements(const EntryFacts& entry) {
    AllergyMet met;
    met.allergy = &entry;
    met.allergic = Truth::no;
    each_material([&](SubjectId material, const Statement& statement, const Setting* row) {
      // What is in a product counts where that is used.
      if (row != nullptr && !row->products.empty()) return;
      const Truth allergic = allergic_to(entry, material, catalog_);
      if (allergic == Truth::no || !is_done(statement)) return;
      if (met.material == kNoSubject || (allergic == Truth::yes && met.allergic != Truth::yes)) {
        met.material = material;
        met.allergic = allergic;
      }
      const std::string_view by = row != nullptr ? row->id : statement.id;
      if (met.by.empty() || met.by.back() != by) met.by.push_back(by);
    });
    if (!met.by.empty() && !a_rule_speaks_of(entry)) out_.push_back(std::move(met));
  }

  [[nodiscard]] bool is_done(const Statement& statement) const {
    if (const auto* step = statement.as<Step>(); step != nullptr && is_left_out(*step, facts_)) return false;
    return !statement.when ||
           evaluate(*statement.when, facts_, facts_.profile->session.date.optional(), statement.scope).holds !=
               Truth::no;
  }

  /// Whether a rule of the pack has a finding that rests on the entry: it knows better what it means.
  [[nodiscard]] bool a_rule_speaks_of(const EntryFacts& entry) const {
    const auto speaks = [&](std::uint16_t number) {
      const Statement& statement = pack_.statements[number];
      if (statement.as<Contraindication>() == nullptr) return false;
      const auto outcomes = evaluate(statement, facts_, facts_.profile->session.date.optional());
      return std::any_of(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
        return outcome.holds != Truth::no && std::any_of(outcome.used.begin(), outcome.used.end(),
                                                         [&](const Used& used) { return used.entry == &entry; });
      });
    };
    const auto any_speaks = [&](const std::vector<std::uint16_t>& rules) {
      return std::any_of(rules.begin(), rules.end(), speaks);
    };
    return std::any_of(entry.match.subjects.begin(), entry.match.subjects.end(), [&](SubjectId subject) {
      const auto& up = catalog_[subject].up;
      return any_speaks(pack_.index.by_wider[subject]) || std::any_of(up.begin(), up.end(), [&](SubjectId wider) {
               return any_speaks(pack_.index.by_subject[wider]);
             });
    });
  }

  const Facts& facts_;
  const Pack& pack_;
  const Catalog& catalog_;
  std::vector<AllergyMet> out_;
};

}  // namespace

std::vector<AllergyMet> allergies_met(const Facts& facts) {
  return Allergies(facts).run();
}

}  // namespace needleplan
