#include "needleplan/authoring/diff.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "needleplan/authoring/diff_names.h"
#include "needleplan/protocol/compare_changes.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/render/record.h"

namespace needleplan {

namespace {

std::string pack_name(const Pack& pack) {
  std::string out = fmt::format("{} {}", pack.id, pack.version);
  for (const Layer& layer : pack.layers)
    out += fmt::format(" + {}{}{}", layer.id, layer.version.empty() ? "" : " ", layer.version);
  return out;
}

std::string review_text(const Pack& pack) {
  const auto& review = pack.reviewed ? pack.reviewed : pack.lapsed;
  if (!review) return "none";
  return fmt::format("{} on {}, until {}{}", review->by, iso(review->on), iso(review->until),
                     pack.reviewed ? "" : ", of other content");
}

class Differ {
 public:
  Differ(const Pack& before, const Pack& after) : before_(before), after_(after) {
    out_.before = pack_name(before);
    out_.after = pack_name(after);
  }

  PackDiff run() {
    for (const StatementList& list : kStatementLists)
      statements(list);
    each("about", by_id(before_.about), by_id(after_.about), compare_about,
         [](const About&, Difference) { return Direction::other; });
    each("events", by_id(before_.events), by_id(after_.events), compare_events, [](const Event&, Difference what) {
      return what == Difference::added ? Direction::other : Direction::looser;
    });
    map_changes("valid_for", [&](Changes& changes) {
      age("answers", before_.answers_valid_for, after_.answers_valid_for, changes);
      age("life_stage", before_.life_stage_valid_for, after_.life_stage_valid_for, changes);
    });
    map_changes("questions", [&](Changes& changes) { questions(changes); });
    each(
        "subjects", by_id(before_.catalog.subjects()), by_id(after_.catalog.subjects()),
        [&](const Subject* was, const Subject& now) {
          return compare_subjects(was, before_.catalog, now, after_.catalog);
        },
        [](const Subject&, Difference what) {
          return what == Difference::added ? Direction::other : Direction::looser;
        });
    for (DiffEntry& entry : diff_names(before_.catalog, after_.catalog))
      add(std::move(entry));
    map_changes("reviewed",
                [&](Changes& changes) { changes.value("reviewed", review_text(before_), review_text(after_)); });
    return std::move(out_);
  }

 private:
  template <class T>
  using ById = std::map<std::string_view, const T*>;

  template <class List>
  static ById<typename List::value_type> by_id(const List& list) {
    ById<typename List::value_type> out;
    for (const auto& one : list)
      out.emplace(one.id, &one);
    return out;
  }

  void add(DiffEntry entry) {
    for (const Change& change : entry.changes)
      entry.direction = std::max(entry.direction, change.direction);
    ++out_.whats[static_cast<std::size_t>(entry.what)];
    ++out_.directions[static_cast<std::size_t>(entry.direction)];
    out_.entries.push_back(std::move(entry));
  }

  /// Everything that one of two maps by id has, in the order of ids. `compare`: what is now with what was, if anything.
  /// `direct`: which way it goes that something is new, or gone.
  template <class T, class Compare, class Direct>
  void each(std::string_view kind, const ById<T>& was, const ById<T>& now, Compare compare, Direct direct) {
    ById<T> all = was;
    all.insert(now.begin(), now.end());
    for (const auto& [id, one] : all) {
      const auto before = was.find(id);
      const auto after = now.find(id);
      DiffEntry entry{std::string(kind), std::string(id), Difference::changed, Direction::other, {}};
      if (after != now.end()) entry.changes = compare(before == was.end() ? nullptr : before->second, *after->second);
      if (before == was.end() || after == now.end()) {
        entry.what = after != now.end() ? Difference::added : Difference::removed;
        entry.direction = direct(*one, entry.what);
      } else if (entry.changes.empty()) {
        continue;
      }
      add(std::move(entry));
    }
  }

  void statements(const StatementList& list) {
    const auto of_kind = [&](const Pack& pack) {
      ById<Statement> out;
      for (const Statement& statement : pack.statements)
        if (statement.kind() == list.kind) out.emplace(statement.id, &statement);
      return out;
    };
    each(
        list.key, of_kind(before_), of_kind(after_),
        [&](const Statement* was, const Statement& now) {
          std::vector<Change> changes;
          if (was != nullptr) changes = compare(*was, before_, now, after_);
          for (Change& change : places(now, was))
            changes.push_back(std::move(change));
          return changes;
        },
        [](const Statement& statement, Difference what) {
          return (what == Difference::added) != permits(statement) ? Direction::stricter : Direction::looser;
        });
  }

  /// A row of a course that now takes the place of a general one and asks for less.
  [[nodiscard]] std::vector<Change> places(const Statement& now, const Statement* was) const {
    std::vector<Change> out;
    const auto* row = now.as<Series>();
    const auto* before = was == nullptr ? nullptr : was->as<Series>();
    if (row == nullptr || (before != nullptr && before->interval && !before->indications.empty())) return out;
    for (const Statement& other : before_.statements)
      if (auto change = in_place_of(*row, other)) out.push_back(std::move(*change));
    return out;
  }

  static std::vector<Change> compare_about(const About* was, const About& now) {
    Changes changes;
    if (was != nullptr) {
      changes.text("title", was->title, now.title);
      changes.text("say", was->say, now.say);
    }
    return changes.take();
  }

  static std::vector<Change> compare_events(const Event* was, const Event& now) {
    Changes changes;
    if (was != nullptr) {
      changes.text("label", was->label, now.label);
      if (was->moment != now.moment)
        changes.add("moment", now.moment ? Direction::other : Direction::looser, was->moment ? "yes" : "no",
                    now.moment ? "yes" : "no");
      changes.length("usual", was->usual, now.usual);
    }
    return changes.take();
  }

  /// A map of the pack that has no entries of its own.
  template <class Compare>
  void map_changes(std::string_view kind, Compare compare) {
    Changes changes;
    compare(changes);
    auto list = changes.take();
    if (!list.empty())
      add({std::string(kind), std::string(kind), Difference::changed, Direction::other, std::move(list)});
  }

  /// How old an answer may be; without a length any age will do.
  static void age(std::string_view key, const std::optional<Span>& was, const std::optional<Span>& now,
                  Changes& changes) {
    if (was == now) return;
    const bool younger = !was || (now && at_least(*was, *now));
    const bool older = !now || (was && at_least(*now, *was));
    changes.add(key, judge(younger, older), was ? to_string(*was) : "", now ? to_string(*now) : "");
  }

  void questions(Changes& changes) const {
    std::map<std::string_view, std::pair<std::string_view, std::string_view>> all;
    for (const auto& [path, text] : before_.questions)
      all[path].first = text;
    for (const auto& [path, text] : after_.questions)
      all[path].second = text;
    for (const auto& [path, texts] : all)
      changes.text(path, texts.first, texts.second);
  }

  const Pack& before_;
  const Pack& after_;
  PackDiff out_;
};

}  // namespace

PackDiff diff(const Pack& before, const Pack& after) {
  return Differ(before, after).run();
}

std::string to_text(const PackDiff& diff) {
  std::string out = fmt::format("{} -> {}\n", diff.before, diff.after);
  std::string_view kind;
  for (const DiffEntry& entry : diff.entries) {
    if (entry.kind != kind) out += fmt::format("\n{}\n", entry.kind);
    kind = entry.kind;
    if (entry.id != entry.kind)
      out += fmt::format("  {}: {}, {}\n", entry.id, to_string(entry.what), to_string(entry.direction));
    for (const Change& change : entry.changes)
      out += fmt::format("    {}: {} ({})\n", change.key, change.words, to_string(change.direction));
  }
  const auto count = [](const auto& counts, auto which) { return counts[static_cast<std::size_t>(which)]; };
  out += fmt::format("\n{} added, {} removed, {} changed; {} looser, {} stricter, {} other\n",
                     count(diff.whats, Difference::added), count(diff.whats, Difference::removed),
                     count(diff.whats, Difference::changed), count(diff.directions, Direction::looser),
                     count(diff.directions, Direction::stricter), count(diff.directions, Direction::other));
  return out;
}

std::string to_json(const PackDiff& diff, JsonWriter::Layout layout) {
  std::string out;
  JsonWriter json(out, layout);
  json.begin_object().member("schema_version", kSchemaVersion).member("record", "diff");
  json.member("before", diff.before).member("after", diff.after);
  json.key("entries").begin_array();
  for (const DiffEntry& entry : diff.entries) {
    json.begin_object().member("kind", entry.kind).member("id", entry.id);
    json.member("what", to_string(entry.what)).member("direction", to_string(entry.direction));
    json.key("changes").begin_array();
    for (const Change& change : entry.changes) {
      json.begin_object().member("key", change.key).member("words", change.words);
      json.member("direction", to_string(change.direction)).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("counts").begin_object();
  for (std::size_t i = 0; i < diff.whats.size(); ++i)
    json.member(kEnumNames<Difference>[i], diff.whats[i]);
  for (std::size_t i = 0; i < diff.directions.size(); ++i)
    json.member(kEnumNames<Direction>[i], diff.directions[i]);
  json.end_object().end_object();
  out += '\n';
  return out;
}

}  // namespace needleplan
