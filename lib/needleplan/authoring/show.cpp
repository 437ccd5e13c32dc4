#include "needleplan/authoring/show.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/authoring/doc_words.h"
#include "needleplan/authoring/in_force.h"
#include "needleplan/plan/remarks.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/yaml/write.h"

namespace needleplan {

namespace {

using yaml::Node;

class ShownWriter {
 public:
  ShownWriter(const Pack& pack, ShowOrigin origin) : pack_(pack), origin_(origin) {}

  void head() {
    comment(0, fmt::format("protocol {} {}: {}", pack_.id, pack_.version, pack_.title));
    comment(0, fmt::format("sha256 {}", digest_of(pack_)));
    for (const Layer& layer : pack_.layers) {
      comment(0, fmt::format("layer {} ({}){}{}: {}", layer.id, to_string(layer.kind),
                             layer.version.empty() ? "" : ", version ", layer.version, layer.title));
      comment(0, fmt::format("  {}, sha256 {}", layer.at.source->name(), layer.digest));
    }
    if (const auto& review = pack_.reviewed) {
      comment(0, fmt::format("reviewed by {} on {}, until {}", review->by, iso(review->on), iso(review->until)));
    } else {
      comment(0, pack_.lapsed ? draft_words(pack_) : "not reviewed: a draft for a clinician's approval");
    }
    for (const std::string_view words : {pack_.clinic.name, pack_.clinic.phone, pack_.clinic.emergency})
      if (!words.empty()) comment(0, fmt::format("clinic: {}", words));
    for (const Loosened& l : pack_.loosened)
      loosened(l, 0);
    for (const Disabled& d : pack_.disabled)
      disabled(d);
  }

  void disabled(const Disabled& disabled) {
    list({});
    const Loosened& why = disabled.loosened;
    std::string words = fmt::format("{} is taken out by layer {}", disabled.id, place_words({{}, why.layer, why.at}));
    if (!why.reason.empty()) words += fmt::format(": {} ({})", why.reason, why.by);
    comment(0, words);
  }

  void entry(const EntryInForce& entry) {
    list(entry.list);
    begin(entry, 2);
    if (entry.statement != nullptr)
      for (const Loosened& l : entry.statement->loosened)
        loosened(l, 4);
    keys(keys_in_force(entry, pack_), 4);
    if (!entry.settings().empty()) out_ += "    settings:\n";
    for (const Setting& setting : entry.settings())
      row(entry_of(*entry.statement, setting));
    if (entry.subject != kNoSubject) names(entry);
  }

  /// Those of one step.
  void settings(const Statement& step, const std::vector<EntryInForce>& settings) {
    list("steps");
    out_ += fmt::format("  - id: {}\n    settings:\n", step.id);
    for (const EntryInForce& setting : settings)
      row(setting);
  }

  [[nodiscard]] std::string take() {
    list({});
    std::string out = std::move(out_);
    for (const auto& [key, text] : lists_)
      out += fmt::format("{}{}:\n{}", out.empty() ? "" : "\n", key, text);
    return out;
  }

 private:
  /// What is written from here on belongs to a list of the top level; empty: it stands above the lists.
  void list(std::string_view key) {
    if (key == list_) return;
    const auto text_of_list = [&](std::string_view list) -> std::string& {
      if (list.empty()) return head_;
      const auto same = std::find_if(lists_.begin(), lists_.end(), [&](const auto& l) { return l.first == list; });
      return same == lists_.end() ? lists_.emplace_back(list, std::string{}).second : same->second;
    };
    text_of_list(list_) = std::move(out_);
    out_ = std::move(text_of_list(key));
    list_ = key;
  }

  void comment(std::size_t indent, std::string_view text) {
    out_.append(indent, ' ').append("# ").append(one_line(text)) += '\n';
  }

  [[nodiscard]] std::string origin_of(const Given& given) const {
    return origin_ == ShowOrigin::show ? "layer " + place_words(given) : std::string{};
  }

  void loosened(const Loosened& loosened, std::size_t indent) {
    comment(indent, fmt::format("made milder by layer {}: {}: {} ({})", place_words({{}, loosened.layer, loosened.at}),
                                loosened.what, loosened.reason, loosened.by));
  }

  void begin(const EntryInForce& entry, std::size_t indent) {
    out_.append(indent, ' ').append("- id:");
    const Node own = entry.written.parts().front().find("id");
    if (own.valid())
      return yaml::append_value(out_, own, indent + 2, origin_of({own, layer_name(own.at(), pack_), own.at()}));
    out_.append(" ").append(entry.id);
    yaml::end_line(out_, {});
  }

  /// The entries of a list that layers add to; each on a line of its own where they have not one origin to say.
  void entries(std::string_view key, const std::vector<Given>& entries, std::size_t indent) {
    out_.append(indent, ' ').append(key) += ':';
    const bool same = std::all_of(entries.begin(), entries.end(),
                                  [&](const Given& entry) { return entry.at.source == entries.front().at.source; });
    if (same || origin_ == ShowOrigin::hide) {
      std::vector<Node> values;
      values.reserve(entries.size());
      for (const Given& entry : entries)
        values.push_back(entry.value);
      return yaml::append_list(out_, values, indent, origin_of(entries.front()));
    }
    yaml::end_line(out_, {});
    for (const Given& entry : entries) {
      out_.append(indent + 2, ' ') += '-';
      yaml::append_value(out_, entry.value, indent + 2, origin_of(entry));
    }
  }

  void keys(const std::vector<KeyInForce>& keys, std::size_t indent) {
    for (const KeyInForce& key : keys) {
      if (key.joined) {
        entries(key.key, key.now, indent);
        continue;
      }
      const Given& now = key.now.front();
      if (key.removed) {
        comment(indent, fmt::format("{} is taken away by layer {}", key.key, place_words(now)));
      } else {
        out_.append(indent, ' ').append(key.key) += ':';
        yaml::append_value(out_, now.value, indent, origin_of(now));
      }
      for (const Given& was : key.was)
        comment(indent, fmt::format("was {} in {}", yaml::to_line(was.value), place_words(was)));
    }
  }

  void row(const EntryInForce& setting) {
    begin(setting, 6);
    keys(keys_in_force(setting, pack_), 8);
  }

  void names(const EntryInForce& entry) {
    std::string_view kind;
    for (const NamesInForce& names : names_in_force(entry.written, pack_)) {
      if (names.language.empty()) {
        entries(names.kind, names.names, 4);
        continue;
      }
      if (kind != names.kind) out_ += fmt::format("    {}:\n", names.kind);
      kind = names.kind;
      entries(names.language, names.names, 6);
    }
    const auto below = ids_below(entry.subject, pack_.catalog);
    if (!below.empty()) comment(4, fmt::format("below it: {}", fmt::join(below, ", ")));
  }

  const Pack& pack_;
  ShowOrigin origin_;
  std::string head_;
  std::vector<std::pair<std::string_view, std::string>> lists_;  ///< in the order in which they were begun
  std::string out_;                                              ///< of `list_`
  std::string_view list_;
};

}  // namespace

std::string show_text(const Pack& pack, std::span<const std::string> ids, ShowOrigin origin) {
  ShownWriter writer(pack, origin);
  if (ids.empty()) {
    writer.head();
    for (const EntryInForce& entry : entries_in_force(pack))
      writer.entry(entry);
  }
  std::vector<std::pair<const Statement*, std::vector<EntryInForce>>> rows;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto until_here = ids.first(i);
    if (std::find(until_here.begin(), until_here.end(), ids[i]) != until_here.end()) continue;
    for (const Disabled& disabled : pack.disabled)
      if (disabled.id == ids[i]) writer.disabled(disabled);
    for (EntryInForce& entry : entries_called(ids[i], pack)) {
      if (entry.setting == nullptr) {
        writer.entry(entry);
        continue;
      }
      // A step is one entry, whatever of it is asked for.
      if (std::find(ids.begin(), ids.end(), entry.statement->id) != ids.end()) continue;
      auto same = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.first == entry.statement; });
      if (same == rows.end()) same = rows.insert(same, {entry.statement, {}});
      same->second.push_back(std::move(entry));
    }
  }
  for (const auto& [step, settings] : rows)
    writer.settings(*step, settings);
  return writer.take();
}

}  // namespace needleplan
