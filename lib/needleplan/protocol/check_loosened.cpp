#include <algorithm>

#include <fmt/format.h>

#include "needleplan/protocol/compare_changes.h"
#include "needleplan/protocol/compare_condition.h"
#include "needleplan/protocol/judged_names.h"
#include "needleplan/protocol/read_contents.h"
#include "needleplan/protocol/read_statement.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;

void add_to(std::string& list, std::string_view more, std::string_view between = ", ") {
  list.append(list.empty() ? "" : between).append(more);
}

std::string looser_words(const std::vector<Change>& changes) {
  std::string out;
  for (const Change& change : changes)
    if (change.direction == Direction::looser) add_to(out, change.key + " " + change.words, "; ");
  return out;
}

/// The place of that key, or of the whole.
Location place_in(Node part, std::string_view key) {
  const Node value = part.find(key);
  return value.valid() ? value.at() : part.at();
}

/// The place of the first key that makes the statement weaker, or of its id.
Location place_of(const std::vector<Change>& changes, Node part) {
  for (const Change& change : changes) {
    if (change.direction != Direction::looser) continue;
    const std::string_view key = std::string_view(change.key).substr(0, change.key.find('.'));
    for (const Node name : part)
      if (name.text() == key) return name.at();
  }
  return place_in(part, "id");
}

bool is_absolute(const Statement& statement) {
  const auto* rule = statement.as<Contraindication>();
  return rule != nullptr && rule->absolute && statement.when;
}

Statement* in_force(Pack& pack, std::string_view id, StatementKind kind) {
  const auto found = std::find_if(pack.statements.begin(), pack.statements.end(),
                                  [&](const Statement& s) { return s.id == id && s.kind() == kind; });
  return found == pack.statements.end() ? nullptr : &*found;
}

void report_absolute(const Statement& statement, Location at, std::string_view what, Diagnostics& diagnostics) {
  diagnostics.error(at, "absolute-loosened",
                    fmt::format("\"{}\" is absolute at {}: no layer makes it weaker, also with a reason ({})",
                                statement.id, statement.at.to_string(), what));
}

void report_no_reason(std::string_view subject, Location at, std::string_view what, Diagnostics& diagnostics) {
  diagnostics.error(
      at, "loosened-without-reason",
      fmt::format("\"{}\" {}; if that is meant, say loosen: {{reason: ..., by: ...}} in it", subject, what));
}

/// 0 for the pack, then the layers from the lowest.
std::size_t height(Node part, const Pack& pack) {
  return pack.layer_of(part.at()) + 1;
}

/// The statement as it is without the layer of that height and those above it.
std::optional<Statement> without_layers(std::size_t from, const LayeredEntry& entry, const Pack& pack) {
  const auto parts = entry.map.parts();
  const auto higher = std::find_if(parts.begin(), parts.end(), [&](Node part) { return height(part, pack) >= from; });
  if (higher == parts.begin()) return std::nullopt;
  Diagnostics said;  // when the whole was read
  return StatementReader(pack, said)
      .read(entry.map.below(static_cast<std::size_t>(higher - parts.begin())), entry.kind);
}

/// Judges what each layer makes of the statements below it.
class LoosenedStatements {
 public:
  LoosenedStatements(std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics)
      : entries_(entries), pack_(pack), diagnostics_(diagnostics) {}

  void run() {
    for (const LayeredEntry& entry : entries_) {
      Statement* statement = in_force(pack_, id_of(entry.map), entry.kind);
      for (std::size_t i = 0; statement != nullptr && i < entry.map.parts().size(); ++i)
        if (height(entry.map.parts()[i], pack_) > 0) check_part(entry, i, *statement);
    }
    // One part may be for several statements: enough that one of them becomes weaker.
    for (const Node part : without_need_)
      if (std::none_of(needed_.begin(), needed_.end(), [&](Node n) { return n.at() == part.at(); }))
        pack_.unneeded.push_back({text_in(part.find("id"), {}), part.find("loosen").at()});
  }

 private:
  void check_part(const LayeredEntry& entry, std::size_t number, Statement& statement) {
    // Whatever is wrong in either was said when the whole was read.
    Diagnostics said;
    StatementReader reader(pack_, said);
    const Node part = entry.map.parts()[number];
    const auto before = number == 0 ? std::nullopt : reader.read(entry.map.below(number), entry.kind);
    const auto after = reader.read(entry.map.below(number + 1), entry.kind);
    if (!after || (number > 0 && !before)) return;
    std::vector<Change> changes;
    if (before) changes = compare(*before, *after, pack_);
    if (const auto* row = after->as<Series>())
      check_places(*row, part, before ? before->as<Series>() : nullptr,
                   number == 0 ? 0 : height(entry.map.parts()[number - 1], pack_), changes);
    if (before) note_kept_texts(entry, number, *before, *after, changes);
    if (const auto* none = after->as<NoConcern>())
      check_reach(before ? before->as<NoConcern>() : nullptr, *none, part, changes);
    const std::string what = looser_words(changes);
    auto loosened = read_loosen(part, pack_.layers[pack_.layer_of(part.at())].id);
    if (what.empty()) {
      if (loosened) without_need_.push_back(part);
      return;
    }
    needed_.push_back(part);
    if (before && is_absolute(*before)) return report_absolute(*before, place_of(changes, part), what, diagnostics_);
    if (!loosened) {
      const std::string than =
          before ? fmt::format("becomes weaker than at {}", before->at.to_string()) : "makes a rule below weaker";
      return report_no_reason(after->id, place_of(changes, part), than + ": " + what, diagnostics_);
    }
    loosened->what = what;
    for (const Change& change : changes)
      if (change.direction == Direction::looser) loosened->keys.push_back(change.key);
    statement.loosened.push_back(std::move(*loosened));
  }

  /// "In the treated area" does not fit a rule any more that holds anywhere.
  void note_kept_texts(const LayeredEntry& entry, std::size_t number, const Statement& before, const Statement& after,
                       const std::vector<Change>& changes) {
    const Node part = entry.map.parts()[number];
    KeptTexts kept{after.id, {}, {}, place_in(part, "id")};
    const auto* was = before.as<Avoid>();
    const auto* now = after.as<Avoid>();
    for (const Change& change : changes) {
      const bool side =
          was != nullptr && ((change.key == "before" && was->before.has_value() != now->before.has_value()) ||
                             (change.key == "after" && was->after.has_value() != now->after.has_value()));
      if (!side && change.key != "scope" && change.key != "subject" && change.key != "when") continue;
      kept.changed.push_back(change.key);
      if (part.find(change.key).valid()) kept.at = part.find(change.key).at();
    }
    if (kept.changed.empty()) return;
    const auto above = entry.map.parts().subspan(number);
    const auto note = [&](std::string_view key, std::string_view text) {
      const bool rewritten =
          std::any_of(above.begin(), above.end(), [&](const Node one) { return one.find(key).valid(); });
      if (!text.empty() && !rewritten) kept.texts.emplace_back(key);
    };
    note("summary", after.summary);
    note("say", after.say);
    note("instead", after.instead);
    note("action", after.action);
    if (!kept.texts.empty()) pack_.kept_texts.push_back(std::move(kept));
  }

  /// Names that no rule judged were for a clinician to look at; those that the layer itself adds were not known at all.
  void check_reach(const NoConcern* before, const NoConcern& after, Node part, std::vector<Change>& changes) const {
    // Whatever else it may say, only what it takes from a clinician's look makes it weaker.
    std::erase_if(changes, [](const Change& change) { return change.direction == Direction::looser; });
    std::string names;
    const Catalog& catalog = pack_.catalog;
    for (std::size_t i = 0; i < catalog.subjects().size(); ++i) {
      const auto subject = static_cast<SubjectId>(i);
      if (pack_.layer_of(catalog[subject].at) + 1 >= height(part, pack_)) continue;
      for (std::size_t k = 0; k < kNamePlaces; ++k) {
        const auto place = static_cast<NamePlace>(k);
        if (!belongs(catalog[subject].kind, place) || !covers(after, subject, place, catalog) ||
            (before != nullptr && covers(*before, subject, place, catalog)) || is_judged(subject, place, pack_) ||
            covered_below(subject, place, part))
          continue;
        add_to(names, catalog[subject].id);
        break;
      }
    }
    if (!names.empty()) changes.push_back({"subject", Direction::looser, "no concern about " + names});
  }

  [[nodiscard]] bool covered_below(SubjectId subject, NamePlace place, Node part) const {
    return std::any_of(pack_.statements.begin(), pack_.statements.end(), [&](const Statement& other) {
      const auto* none = other.as<NoConcern>();
      return none != nullptr && height(other.written.parts().back(), pack_) < height(part, pack_) &&
             covers(*none, subject, place, pack_.catalog);
    });
  }

  /// A row of a course for some indications takes the place there of the general ones below it.
  void check_places(const Series& row, Node part, const Series* before, std::size_t before_height,
                    std::vector<Change>& changes) {
    for (const LayeredEntry& other : entries_) {
      if (other.kind != StatementKind::series) continue;
      const auto general = without_layers(height(part, pack_), other, pack_);
      auto change = general ? in_place_of(row, *general) : std::nullopt;
      const bool did = general && before != nullptr && before->interval && !before->indications.empty() &&
                       covers(before->indications, row.indications, pack_.catalog) &&
                       before_height >= height(general->written.parts().back(), pack_);
      if (change && !did) changes.push_back(std::move(*change));
    }
  }

  std::span<const LayeredEntry> entries_;
  Pack& pack_;
  Diagnostics& diagnostics_;
  std::vector<Node> needed_, without_need_;
};

/// Notes that `part` makes something of the pack weaker that is no statement; an error where it gives no reason.
/// `what`: empty where it does not.
void note_loosened(Node part, Location at, std::string_view subject, const std::string& what, Pack& pack,
                   Diagnostics& diagnostics) {
  auto loosened = read_loosen(part, pack.layers[pack.layer_of(part.at())].id);
  if (what.empty()) {
    if (loosened) pack.unneeded.push_back({subject, part.find("loosen").at()});
    return;
  }
  if (!loosened) return report_no_reason(subject, at, "becomes weaker: " + what, diagnostics);
  loosened->what = fmt::format("{} {}", subject, what);
  pack.loosened.push_back(std::move(*loosened));
}

std::string arrow(std::string_view key, Node was, Node now) {
  return fmt::format("{} {} -> {}", key, was.text(), yaml::is_answer(now) ? now.text() : "none");
}

/// A ban that counts with the event and means less when its minimum is broken than between that and the preferred
/// length, where a caution stands: once the event comes later, more days have the milder one. Null if there is none.
const Statement* milder_when_later(std::string_view event, const Pack& pack) {
  const auto counts = [&](const std::optional<Ban>& ban) {
    return ban && (ban->to.kind == Bound::Kind::event || ban->to.kind == Bound::Kind::later_of) &&
           pack.events[ban->to.event].id == event;
  };
  const auto found = std::find_if(pack.statements.begin(), pack.statements.end(), [&](const Statement& statement) {
    const auto* avoid = statement.as<Avoid>();
    return avoid != nullptr && avoid->broken < Verdict::caution && (counts(avoid->before) || counts(avoid->after));
  });
  return found == pack.statements.end() ? nullptr : &*found;
}

/// Judges what a layer's entries of the catalog make of the statements that lay below it.
class LoosenedNames {
 public:
  LoosenedNames(std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics)
      : entries_(entries), pack_(pack), diagnostics_(diagnostics) {}

  void check(Node entry) {
    std::string what;
    for (const LoosenedName& one : pack_.catalog.loosened())
      if (one.entry.at() == entry.at()) {
        add_to(what, one.what, "; ");
        for (const Statement& statement : below(entry))
          if (is_absolute(statement) && names_one_of(*statement.when, one.lost, Sense::asked))
            report_absolute(statement, entry.at(), one.what, diagnostics_);
      }
    // What was taken without a reason did not pass the catalog.
    const Node id = entry.find("id");
    const std::string_view subject = id.valid() && id.is_scalar() ? id.text() : "ambiguous";
    const bool reaches = check_reached(entry, subject);
    if (!what.empty() || !reaches) note_loosened(entry, entry.at(), subject, what, pack_, diagnostics_);
  }

 private:
  /// Whether statements become weaker because something counts as more than before.
  bool check_reached(Node entry, std::string_view subject) {
    std::string what;
    const auto loosened = read_loosen(entry, pack_.layers[pack_.layer_of(entry.at())].id);
    const Location place = place_in(entry, "is");
    for (const GainedClasses& gained : pack_.catalog.gained()) {
      if (gained.entry.at() != entry.at()) continue;
      const std::string more = ids_of(gained.classes, pack_.catalog);
      for (const Statement& statement : below(entry)) {
        if (!weakens(gained, statement)) continue;
        const std::string change = fmt::format("{} counts as {}", subject, more);
        if (is_absolute(statement)) report_absolute(statement, place, change, diagnostics_);
        add_to(what, fmt::format("\"{}\"", statement.id));
        Statement* weaker = in_force(pack_, statement.id, statement.kind());
        if (!loosened || weaker == nullptr) continue;
        weaker->loosened.push_back(*loosened);
        weaker->loosened.back().what = change;
        weaker->loosened.back().keys = {statement.when ? "when" : "settings"};
      }
      if (!what.empty() && !loosened)
        report_no_reason(subject, place,
                         fmt::format("becomes weaker: it counts as {}, and so {} asks for less", more, what),
                         diagnostics_);
    }
    return !what.empty();
  }

  /// The statements as they are without the layer of that entry and those above it.
  [[nodiscard]] const std::vector<Statement>& below(Node entry) {
    const std::size_t layer = pack_.layer_of(entry.at());
    if (layer == layer_) return statements_;
    layer_ = layer;
    statements_.clear();
    for (const LayeredEntry& one : entries_)
      if (auto statement = without_layers(layer + 1, one, pack_)) statements_.push_back(std::move(*statement));
    return statements_;
  }

  [[nodiscard]] bool weakens(const GainedClasses& gained, const Statement& statement) const {
    const Sense sense = permits(statement) ? Sense::asked : Sense::denied;
    if (statement.when && names_one_of(*statement.when, gained.classes, sense)) return true;
    // An unknown name had no row at all.
    if (gained.is_new) return false;
    if (const auto* row = statement.as<Series>())
      return std::find_first_of(row->indications.begin(), row->indications.end(), gained.classes.begin(),
                                gained.classes.end()) != row->indications.end() &&
             std::any_of(statements_.begin(), statements_.end(),
                         [&](const Statement& other) { return in_place_of(*row, other).has_value(); });
    const auto* step = statement.as<Step>();
    return step != nullptr && displaces_stricter(*step, gained.classes, pack_.catalog);
  }

  std::span<const LayeredEntry> entries_;
  Pack& pack_;
  Diagnostics& diagnostics_;
  std::size_t layer_ = kNoLayer;
  std::vector<Statement> statements_;  ///< below that layer
};

}  // namespace

void check_loosened(std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics) {
  LoosenedStatements(entries, pack, diagnostics).run();
}

void check_event(const Layered& map, Pack& pack, Diagnostics& diagnostics) {
  const auto usual = [](const Layered& event) {
    const Node node = event.find("usual");
    return yaml::is_answer(node) ? parse_span_range(node.text()) : std::nullopt;
  };
  const auto is_moment = [](const Layered& event) {
    const Node node = event.find("moment");
    return yaml::is_answer(node) && node.is_word("yes");
  };
  for (std::size_t i = 0; i < map.parts().size(); ++i) {
    const Node part = map.parts()[i];
    if (pack.layer_of(part.at()) == kNoLayer) continue;
    std::string what;
    Location at = place_in(part, "id");
    if (i > 0) {
      const Layered was = map.below(i);
      const Layered now = map.below(i + 1);
      if (const auto before = usual(was)) {
        const auto after = usual(now);
        const std::string change = arrow("usual", was.find("usual"), now.find("usual"));
        const Statement* milder = after != before ? milder_when_later(id_of(map), pack) : nullptr;
        what = !after || !at_least(*after, *before) ? change
               : milder != nullptr                  ? fmt::format("{}, and with it \"{}\"", change, milder->id)
                                                    : std::string{};
        if (!what.empty() && part.find("usual").valid()) at = part.find("usual").at();
      } else if (is_moment(was) && !is_moment(now)) {
        what = "it is no moment of the day any more, so that ends counted from it have no length";
      }
      if (what.empty() && !is_moment(was) && is_moment(now))
        what = "it becomes a moment of the session's day, so that what lasts until it ends that day";
    }
    note_loosened(part, at, id_of(map), what, pack, diagnostics);
  }
}

void check_valid_for(const Layered& map, Pack& pack, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < map.parts().size(); ++i) {
    const Node part = map.parts()[i];
    if (pack.layer_of(part.at()) == kNoLayer) continue;
    std::string what;
    Location at = part.at();
    for (const std::string_view key : {"answers", "life_stage"}) {
      const Node before = i > 0 ? map.below(i).find(key) : Node{};
      const Node after = map.below(i + 1).find(key);
      const auto was = yaml::is_answer(before) ? parse_span(before.text()) : std::nullopt;
      const auto now = yaml::is_answer(after) ? parse_span(after.text()) : std::nullopt;
      if (!was || (now && at_least(*was, *now))) continue;
      add_to(what, arrow(key, before, after), "; ");
      if (part.find(key).valid()) at = part.find(key).at();
    }
    note_loosened(part, at, "valid_for", what, pack, diagnostics);
  }
}

void check_names(const Roots& roots, std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics) {
  LoosenedNames names(entries, pack, diagnostics);
  for (const Node root : roots.layers)
    for (const std::string_view list : {"subjects", "ambiguous"})
      if (const Node all = root.find(list); all.valid() && all.is_list())
        for (const Node entry : all)
          if (entry.is_map()) names.check(entry);
}

}  // namespace needleplan
