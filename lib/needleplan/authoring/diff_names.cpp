#include "needleplan/authoring/diff_names.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "needleplan/protocol/compare_changes.h"

namespace needleplan {

namespace {

std::string wider_ids(const Subject& subject, const Catalog& catalog) {
  std::vector<std::string_view> ids;
  for (const SubjectId up : subject.up)
    if (catalog[up].id != subject.id) ids.push_back(catalog[up].id);
  std::sort(ids.begin(), ids.end());
  return fmt::format("{}", fmt::join(ids, ", "));
}

/// Whether everything that a subject belonged to is still something that it belongs to.
bool belongs_to_all(const Subject& now, const Catalog& after, const Subject& was, const Catalog& before) {
  return std::all_of(was.up.begin(), was.up.end(), [&](SubjectId up) {
    return std::any_of(now.up.begin(), now.up.end(), [&](SubjectId x) { return after[x].id == before[up].id; });
  });
}

std::string routes_text(Routes routes) {
  std::string out;
  for (std::size_t i = 0; i < kEnumNames<Route>.size(); ++i)
    if ((routes & bit(static_cast<Route>(i))) != 0)
      out += (out.empty() ? "" : ", ") + std::string(kEnumNames<Route>[i]);
  return out.empty() ? "any" : out;
}

/// The subjects that a name can mean, by id.
std::vector<std::string_view> meanings(const Name& name, const Catalog& catalog) {
  if (name.ambiguity < 0) return {catalog[name.subject].id};
  std::vector<std::string_view> out;
  for (const SubjectId choice : catalog.ambiguities()[static_cast<std::size_t>(name.ambiguity)].choices)
    out.push_back(catalog[choice].id);
  std::sort(out.begin(), out.end());
  return out;
}

/// A name that may still be all that it was, or is something narrower, meets all the rules that it met.
bool still_means(const std::vector<std::string_view>& now, const std::vector<std::string_view>& was,
                 const Catalog& after) {
  const bool all = std::all_of(was.begin(), was.end(),
                               [&](std::string_view w) { return std::find(now.begin(), now.end(), w) != now.end(); });
  if (all || was.size() != 1 || now.size() != 1) return all;
  const SubjectId wide = after.find(was.front());
  return wide != kNoSubject && after.is_a(after.find(now.front()), wide);
}

}  // namespace

std::vector<Change> compare_subjects(const Subject* was, const Catalog& before, const Subject& now,
                                     const Catalog& after) {
  Changes changes;
  const std::string wider_after = wider_ids(now, after);
  if (was == nullptr) {
    if (!wider_after.empty()) changes.add("is", Direction::other, wider_after);
    return changes.take();
  }
  changes.text("label", was->label, now.label);
  if (was->kind != now.kind) changes.add("kind", Direction::looser, to_string(was->kind), to_string(now.kind));
  if (was->prescription != now.prescription)
    changes.add("prescription", Direction::looser, to_string(was->prescription), to_string(now.prescription));
  if (was->routes != now.routes)
    changes.add("route", Direction::looser, routes_text(was->routes), routes_text(now.routes));
  const std::string wider_before = wider_ids(*was, before);
  if (wider_before != wider_after)
    // NOLINTNEXTLINE(readability-suspicious-call-argument): each is asked of the other
    changes.add("is", judge(belongs_to_all(now, after, *was, before), belongs_to_all(*was, before, now, after)),
                wider_before, wider_after);
  return changes.take();
}

std::vector<DiffEntry> diff_names(const Catalog& before, const Catalog& after) {
  std::map<std::string_view, std::pair<std::optional<Name>, std::optional<Name>>> names;
  const auto old_names = before.name_table();
  const auto new_names = after.name_table();
  for (const auto& [folded, name] : old_names)
    names[folded].first = name;
  for (const auto& [folded, name] : new_names)
    names[folded].second = name;
  std::vector<DiffEntry> out;
  for (const auto& [folded, pair] : names) {
    const auto was = pair.first ? meanings(*pair.first, before) : std::vector<std::string_view>{};
    const auto now = pair.second ? meanings(*pair.second, after) : std::vector<std::string_view>{};
    if (was == now) continue;
    const std::string words =
        fmt::format("{} -> {}", was.empty() ? "not known" : fmt::format("{}", fmt::join(was, " or ")),
                    now.empty() ? "not known" : fmt::format("{}", fmt::join(now, " or ")));
    const Difference what = was.empty() ? Difference::added : now.empty() ? Difference::removed : Difference::changed;
    // A name that nobody knew was asked about; whoever gives it a meaning answers for that.
    const bool kept = was.empty() || (!now.empty() && still_means(now, was, after));
    out.push_back({"names",
                   std::string(folded),
                   what,
                   Direction::other,
                   {{"means", kept ? Direction::other : Direction::looser, words}}});
  }
  return out;
}

}  // namespace needleplan
