/// What belongs to what: the wider subjects of each, over the layers, and what a name may hide.
#include <algorithm>

#include <fmt/format.h>

#include "needleplan/catalog/catalog.h"
#include "needleplan/catalog/line.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

std::span<const SubjectId> Catalog::keep(std::vector<SubjectId> ids) {
  return ids_.emplace_back(std::move(ids));
}

bool Catalog::is_among(std::span<const SubjectId> up, SubjectId id) {
  return std::find(up.begin(), up.end(), id) != up.end();
}

void Catalog::set_up(Subject& subject, std::span<const SubjectId> up) {
  subject.up = up;
  if (subject.own_up.empty()) subject.own_up = up;
  subject.up_bits = 0;
  for (const SubjectId id : up)
    subject.up_bits |= bit_of(id);
}

std::vector<SubjectId> Catalog::family_of(SubjectId id, yaml::Node node, std::string_view key,
                                          Diagnostics& diagnostics) const {
  std::vector<SubjectId> parents;
  yaml::each_text(node.find(key), [&](yaml::Node parent) {
    const SubjectId wider = expect(parent, diagnostics);
    if (wider == kNoSubject) return;
    if (family(subjects_[wider].kind) != family(subjects_[id].kind)) {
      diagnostics.error(parent.at(), "subject-family",
                        fmt::format("\"{}\" is of the kind {}, which holds nothing of the kind {}", parent.text(),
                                    to_string(subjects_[wider].kind), to_string(subjects_[id].kind)));
    } else {
      parents.push_back(wider);
    }
  });
  return parents;
}

bool Catalog::prescription_only(SubjectId id) const {
  const auto& up = subjects_[id].up;
  return std::any_of(up.begin(), up.end(),
                     [&](SubjectId wider) { return subjects_[wider].prescription == Prescription::only; });
}

void Catalog::resolve_implies(SubjectId id, yaml::Node node, Diagnostics& diagnostics) {
  std::vector<SubjectId> implied;
  yaml::each_text(node.find("implies"), [&](yaml::Node illness) {
    const SubjectId meant = expect(illness, diagnostics);
    if (meant == kNoSubject) return;
    if (subjects_[meant].kind != SubjectKind::condition)
      diagnostics.error(illness.at(), "implies-kind",
                        fmt::format("\"{}\" is of the kind {}; a medicine is taken for a condition", illness.text(),
                                    to_string(subjects_[meant].kind)));
    implied.push_back(meant);
  });
  if (implied.empty()) return;
  // One more illness is one more answer that is enough; fewer, or the first ones, ask more.
  const std::span<const SubjectId> before = subjects_[id].implies;
  const bool more = std::any_of(implied.begin(), implied.end(), [&](SubjectId illness) {
    return std::find(before.begin(), before.end(), illness) == before.end();
  });
  if (!before.empty() && more) {
    if (!node.find("loosen").valid()) {
      diagnostics.error(node.find("implies").at(), "loosened-without-reason",
                        fmt::format("\"{}\" would be taken for other illnesses; say loosen: {{reason: ..., by: ...}}",
                                    subjects_[id].id));
      return;
    }
    loosened_.push_back({node, "implies other illnesses", {}});
  }
  subjects_[id].implies = keep(std::move(implied));
}

void Catalog::resolve_extensions(Diagnostics& diagnostics) {
  for (const auto& [id, node] : extensions_) {
    resolve_implies(id, node, diagnostics);
    const bool was_only = prescription_only(id);
    put_below(id, family_of(id, node, "is", diagnostics), node, diagnostics);
    lay_out(id, node, diagnostics);
    if (was_only || !prescription_only(id)) continue;
    if (node.find("loosen").valid()) {
      loosened_.push_back({node, "prescription none -> only", {}});
    } else if (node.find("is").valid()) {
      report_prescription(id, node.find("is"), "none", "only", false, diagnostics);
    }
  }
}

void Catalog::put_below(SubjectId id, std::span<const SubjectId> parents, yaml::Node entry, Diagnostics& diagnostics) {
  std::vector<SubjectId> all(subjects_[id].parents.begin(), subjects_[id].parents.end());
  std::vector<SubjectId> more;
  for (const SubjectId parent : parents) {
    if (is_a(parent, id)) {
      diagnostics.error(entry.at(), "subject-cycle",
                        fmt::format("\"{}\" is, through its parents, a part of itself", subjects_[id].id));
      continue;
    }
    if (std::find(all.begin(), all.end(), parent) == all.end()) all.push_back(parent);
    more.insert(more.end(), subjects_[parent].up.begin(), subjects_[parent].up.end());
  }
  std::erase_if(more, [&](SubjectId wider) { return is_a(id, wider); });
  if (more.empty()) return;
  subjects_[id].parents = keep(std::move(all));
  if (layered_) gained_.push_back({entry, id, more});
  // Whatever was below the subject is below its new parents too.
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    if (!is_a(static_cast<SubjectId>(i), id)) continue;
    std::vector<SubjectId> up(subjects_[i].up.begin(), subjects_[i].up.end());
    for (const SubjectId wider : more)
      if (std::find(up.begin(), up.end(), wider) == up.end()) up.push_back(wider);
    set_up(subjects_[i], keep(std::move(up)));
  }
}

void Catalog::resolve_parents(Diagnostics& diagnostics) {
  const std::size_t before = subjects_.size() - subject_nodes_.size();
  for (std::size_t i = before; i < subjects_.size(); ++i) {
    subjects_[i].parents = keep(family_of(static_cast<SubjectId>(i), subject_nodes_[i - before], "is", diagnostics));
    resolve_implies(static_cast<SubjectId>(i), subject_nodes_[i - before], diagnostics);
  }
  for (std::size_t i = before; i < subjects_.size(); ++i) {
    // `up` grows while it is walked; each subject enters once, so a cycle ends by itself.
    std::vector<SubjectId> up{static_cast<SubjectId>(i)};
    for (std::size_t k = 0; k < up.size(); ++k)
      for (const SubjectId parent : subjects_[up[k]].parents) {
        // Said once for the whole circle, at its first subject.
        const auto said = [&](SubjectId other) { return other < i && is_a(other, static_cast<SubjectId>(i)); };
        if (parent == i && std::none_of(up.begin(), up.end(), said))
          diagnostics.error(subjects_[i].at, "subject-cycle",
                            fmt::format("\"{}\" is, through its parents, a part of itself", subjects_[i].id));
        if (std::find(up.begin(), up.end(), parent) == up.end()) up.push_back(parent);
      }
    if (layered_ && up.size() > 1)
      gained_.push_back({subject_nodes_[i - before], static_cast<SubjectId>(i), {up.begin() + 1, up.end()}, true});
    set_up(subjects_[i], keep(std::move(up)));
  }
  for (std::size_t i = before; i < subjects_.size(); ++i)
    lay_out(static_cast<SubjectId>(i), subject_nodes_[i - before], diagnostics);
}

void Catalog::resolve_may_be() {
  std::vector<std::vector<SubjectId>> hidden(subjects_.size());
  for (const Subject& subject : subjects_)
    for (const SubjectId wider : subject.up) {
      if (!may_hide_narrower(subjects_[wider].kind)) continue;
      for (const SubjectId other : subject.up)
        if (!is_a(wider, other)) hidden[wider].push_back(other);
    }
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    auto& ids = hidden[i];
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    subjects_[i].may_be = ids.empty() ? std::span<const SubjectId>{} : keep(std::move(ids));
  }
}

}  // namespace needleplan
