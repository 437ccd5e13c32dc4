#include <algorithm>

#include <fmt/format.h>

#include "needleplan/protocol/compare_changes.h"
#include "needleplan/protocol/compare_condition.h"

namespace needleplan {

bool concerns_all(const Subjects& now, const Subjects& was, const Catalog& catalog) {
  if (now.empty() || was.empty()) return now.empty();
  return covers(now, was, catalog);
}

namespace {

const Setting* row_called(const std::vector<Setting>& rows, std::string_view id) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Setting& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

/// An unset end does not bind; no range binds nothing. Deeper is weaker at either end.
bool as_shallow(const std::optional<Range<int>>& now, const std::optional<Range<int>>& was) {
  if (!was) return true;
  const bool least = !now || !now->least || (was->least && *now->least <= *was->least);
  return least && (!was->most || (now && now->most && *now->most <= *was->most));
}

/// The lengths count by the clock, as a check compares them.
bool as_narrow(const std::optional<Range<Span>>& now, const std::optional<Range<Span>>& was) {
  if (!was) return true;
  const auto minutes = [](const std::optional<Span>& span) { return rough_minutes(*span); };
  const bool least = !was->least || (now && now->least && minutes(now->least) >= minutes(was->least));
  return least && (!was->most || (now && now->most && minutes(now->most) <= minutes(was->most)));
}

void compare_rows(const Setting& was, const Setting& now, const Catalog& catalog, Changes& changes) {
  const auto key = [&](std::string_view name) { return fmt::format("settings.{}.{}", was.id, name); };
  const auto subjects = [&](std::string_view name, const Subjects& before, const Subjects& after) {
    if (before != after)
      changes.add(key(name), judge(concerns_all(after, before, catalog), concerns_all(before, after, catalog)),
                  before.empty() ? "any" : ids_of(before, catalog), after.empty() ? "any" : ids_of(after, catalog));
  };
  subjects("area", was.areas, now.areas);
  subjects("indication", was.indications, now.indications);
  subjects("product", was.products, now.products);
  if (was.depth_written != now.depth_written)
    changes.add(key("depth"), judge(as_shallow(now.depth, was.depth), as_shallow(was.depth, now.depth)),
                was.depth_written, now.depth_written);
  if (was.time_written != now.time_written)
    changes.add(key("time"), judge(as_narrow(now.time, was.time), as_narrow(was.time, now.time)), was.time_written,
                now.time_written);
  if (was.uses != now.uses)
    changes.add(key("uses"), judge(holds_all(now.uses, was.uses), holds_all(was.uses, now.uses)),
                ids_of(was.uses, catalog), ids_of(now.uses, catalog));
  changes.text(key("instead"), was.instead, now.instead);
  if (was.text != now.text)
    changes.add(key("text"),
                was.text.empty()   ? Direction::stricter
                : now.text.empty() ? Direction::looser
                                   : Direction::other,
                was.text.empty()   ? "added"
                : now.text.empty() ? "taken away"
                                   : "reworded");
}

/// Whether a row takes another's place for a product: where the session's product is `close` or below it, only the row
/// that names the narrower one counts.
bool displaces(const Setting& row, SubjectId close, const Setting& other, const Catalog& catalog) {
  if (close == kNoSubject || !row.time || row.id == other.id) return false;
  return std::any_of(other.products.begin(), other.products.end(),
                     [&](SubjectId wide) { return wide != close && catalog.is_a(close, wide); });
}

bool as_strict(const Setting& row, const Setting& other, const Catalog& catalog) {
  return concerns_all(row.areas, other.areas, catalog) && concerns_all(row.indications, other.indications, catalog) &&
         as_narrow(row.time, other.time) && as_shallow(row.depth, other.depth);
}

/// Rows that count less than before because another row now takes their place and asks for less.
void compare_places(const std::vector<Setting>& was, const std::vector<Setting>& now, const Catalog& catalog,
                    Changes& changes) {
  for (const Setting& row : now)
    for (const SubjectId close : row.products)
      for (const Setting& other : now) {
        const Setting* before = row_called(was, other.id);
        if (before == nullptr || !displaces(row, close, other, catalog) || as_strict(row, *before, catalog)) continue;
        const Setting* row_before = row_called(was, row.id);
        const bool named = row_before != nullptr && std::find(row_before->products.begin(), row_before->products.end(),
                                                              close) != row_before->products.end();
        if (named && displaces(*row_before, close, *before, catalog)) continue;
        changes.add(fmt::format("settings.{}", row.id), Direction::looser,
                    fmt::format("takes the place of \"{}\" for {} and asks for less", other.id, catalog[close].id));
      }
}

}  // namespace

bool displaces_stricter(const Step& step, std::span<const SubjectId> products, const Catalog& catalog) {
  return std::any_of(step.settings.begin(), step.settings.end(), [&](const Setting& row) {
    return std::any_of(row.products.begin(), row.products.end(), [&](SubjectId close) {
      return std::find(products.begin(), products.end(), close) != products.end() &&
             std::any_of(step.settings.begin(), step.settings.end(), [&](const Setting& other) {
               return displaces(row, close, other, catalog) && !as_strict(row, other, catalog);
             });
    });
  });
}

void compare_settings(const std::vector<Setting>& was, const std::vector<Setting>& now, const Catalog& catalog,
                      Changes& changes) {
  for (const Setting& row : was) {
    if (const Setting* same = row_called(now, row.id)) {
      compare_rows(row, *same, catalog, changes);
    } else {
      changes.add(fmt::format("settings.{}", row.id), Direction::looser, "taken out");
    }
  }
  for (const Setting& row : now)
    if (row_called(was, row.id) == nullptr)
      changes.add(fmt::format("settings.{}", row.id), Direction::stricter, "added");
  compare_places(was, now, catalog, changes);
}

}  // namespace needleplan
