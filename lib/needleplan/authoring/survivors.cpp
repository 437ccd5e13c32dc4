#include <algorithm>
#include <utility>

#include "needleplan/authoring/outcome_mark.h"
#include "needleplan/authoring/trial.h"

namespace needleplan {

namespace {

/// Runs the cases against one wrong version of a statement after the other.
class Hunt {
 public:
  Hunt(Pack& pack, const std::vector<RunnableCase>& cases) : pack_(pack), cases_(cases) {}

  Survivors run() {
    Survivors out;
    for (std::size_t number = 0; number < pack_.statements.size(); ++number) {
      choose(number);
      for (Mutant& mutant : mutants_of(pack_.statements[number], pack_)) {
        ++out.tried;
        if (!noticed(mutant, number)) out.mutants.push_back(std::move(mutant));
      }
    }
    return out;
  }

 private:
  /// A case with the outcome of the statement as it is.
  struct Candidate {
    const RunnableCase* run = nullptr;
    std::string mark;
    bool always = false;  ///< a change can show elsewhere than on the session's day
  };

  void choose(std::size_t number) {
    const Statement& statement = pack_.statements[number];
    candidates_.clear();
    for (const RunnableCase& run : cases_)
      candidates_.push_back({&run, outcome_mark(statement, run),
                             run.prints(statement) || statement.as<NoConcern>() != nullptr ||
                                 (run.what().has_dates() && run.reaches(number))});
    // Those that look at it are the likely ones.
    std::stable_partition(candidates_.begin(), candidates_.end(),
                          [&](const Candidate& c) { return c.always || c.run->reaches(number); });
  }

  bool noticed(Mutant& mutant, std::size_t number) {
    std::swap(pack_.statements[number], mutant.statement);
    // The index was made for the right version; the wrong one may have to be looked at for other subjects.
    std::vector<std::uint16_t>& always = pack_.index.always;
    always.push_back(static_cast<std::uint16_t>(number));
    const bool found = std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& c) {
      return (c.always || outcome_mark(pack_.statements[number], *c.run) != c.mark) && !c.run->run().empty();
    });
    always.pop_back();
    std::swap(pack_.statements[number], mutant.statement);
    return found;
  }

  Pack& pack_;
  const std::vector<RunnableCase>& cases_;
  std::vector<Candidate> candidates_;
};

}  // namespace

Survivors survivors(Pack& pack, const std::vector<RunnableCase>& cases) {
  return Hunt(pack, cases).run();
}

}  // namespace needleplan
