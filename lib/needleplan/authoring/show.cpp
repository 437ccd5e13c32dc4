#include "needleplan/authoring/show.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "needleplan/authoring/in_force.h"
#include "needleplan/plan/remarks.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/yaml/write.h"

namespace needleplan {

namespace {

using yaml::Node;

/// A text from a file as it can stand in a comment.
std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  while (!out.empty() && out.back() == ' ')
    out.pop_back();
  return out;
}

class ShownWriter {
 public:
  ShownWriter(const Pack& pack, ShowOrigin origin) : pack_(pack), origin_(origin) {}

  void head();
  void statement(const Statement& statement);
  /// Those of one step.
  void settings(const Statement& step, std::span<const Setting* const> settings);
  void event(const Event& event);
  void about(const About& about);
  void answer(const YesNoQuestion& question);
  void subject(SubjectId id);
  void disabled(const Disabled& disabled);
  [[nodiscard]] std::string take();

 private:
  /// What is written from here on belongs to a list of the top level.
  void list(std::string_view key);
  void comment(std::size_t indent, std::string_view text) {
    out_.append(indent, ' ').append("# ").append(one_line(text)) += '\n';
  }
  [[nodiscard]] std::string origin_of(const Given& given) const {
    return origin_ == ShowOrigin::show ? "layer " + place_words(given) : std::string{};
  }
  void begin(std::string_view id, const Layered& written, std::size_t indent);
  void keys(const std::vector<KeyInForce>& keys, std::size_t indent);
  void entries(std::string_view key, const std::vector<Given>& entries, std::size_t indent);
  void row(const Setting& setting, std::size_t indent);
  void loosened(const Loosened& loosened, std::size_t indent);

  const Pack& pack_;
  ShowOrigin origin_;
  std::string head_;
  std::vector<std::pair<std::string_view, std::string>> lists_;  ///< in the order in which they were begun
  std::string out_;                                              ///< of `list_`
  std::string_view list_;                                        ///< empty: what stands above the lists
};

void ShownWriter::list(std::string_view key) {
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

std::string ShownWriter::take() {
  list({});
  std::string out = std::move(out_);
  for (const auto& [key, text] : lists_)
    out += fmt::format("{}{}:\n{}", out.empty() ? "" : "\n", key, text);
  return out;
}

void ShownWriter::head() {
  comment(0, fmt::format("protocol {} {}: {}", pack_.id, pack_.version, pack_.title));
  comment(0, fmt::format("sha256 {}", digest_of(pack_)));
  for (const Layer& layer : pack_.layers) {
    comment(0, fmt::format("layer {} ({}){}{}: {}", layer.id, to_string(layer.kind),
                           layer.version.empty() ? "" : ", version ", layer.version, layer.title));
    comment(0, fmt::format("  {}, sha256 {}", layer.at.source->name(), layer.digest));
  }
  if (pack_.reviewed) {
    comment(0, fmt::format("reviewed by {} on {}, until {}", pack_.reviewed->by, iso(pack_.reviewed->on),
                           iso(pack_.reviewed->until)));
  } else {
    comment(0, pack_.lapsed ? draft_words(pack_) : std::string("not reviewed: a draft for a clinician's approval"));
  }
  for (const std::string_view words : {pack_.clinic.name, pack_.clinic.phone, pack_.clinic.emergency})
    if (!words.empty()) comment(0, fmt::format("clinic: {}", words));
  for (const Loosened& l : pack_.loosened)
    loosened(l, 0);
  for (const Disabled& d : pack_.disabled)
    disabled(d);
}

void ShownWriter::disabled(const Disabled& disabled) {
  list({});
  const Loosened& why = disabled.loosened;
  std::string words = fmt::format("{} is taken out by layer {}", disabled.id, place_words({{}, why.layer, why.at}));
  if (!why.reason.empty()) words += fmt::format(": {} ({})", why.reason, why.by);
  comment(0, words);
}

void ShownWriter::loosened(const Loosened& loosened, std::size_t indent) {
  comment(indent, fmt::format("made milder by layer {}: {}: {} ({})", place_words({{}, loosened.layer, loosened.at}),
                              loosened.what, loosened.reason, loosened.by));
}

void ShownWriter::begin(std::string_view id, const Layered& written, std::size_t indent) {
  out_.append(indent, ' ').append("- id:");
  const Node lowest = written.parts().front();
  const Node own = lowest.find("id");
  if (!own.valid()) {
    out_.append(" ").append(id);
    return yaml::end_line(out_, {});
  }
  yaml::append_value(out_, own, indent + 2, origin_of({own, layer_name(own.at(), pack_), own.at()}));
}

/// The entries of a list that layers add to; each on a line of its own where they have not one origin to say.
void ShownWriter::entries(std::string_view key, const std::vector<Given>& entries, std::size_t indent) {
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

void ShownWriter::keys(const std::vector<KeyInForce>& keys, std::size_t indent) {
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

void ShownWriter::row(const Setting& setting, std::size_t indent) {
  begin(setting.id, setting.written, indent);
  keys(keys_in_force(setting, pack_), indent + 2);
}

void ShownWriter::statement(const Statement& statement) {
  list(kStatementLists[static_cast<std::size_t>(statement.kind())].key);
  begin(statement.id, statement.written, 2);
  for (const Loosened& l : statement.loosened)
    loosened(l, 4);
  keys(keys_in_force(statement, pack_), 4);
  const auto* step = statement.as<Step>();
  if (step == nullptr || step->settings.empty()) return;
  out_ += "    settings:\n";
  for (const Setting& setting : step->settings)
    row(setting, 6);
}

void ShownWriter::settings(const Statement& step, std::span<const Setting* const> settings) {
  list(kStatementLists[static_cast<std::size_t>(StatementKind::step)].key);
  out_ += fmt::format("  - id: {}\n    settings:\n", step.id);
  for (const Setting* setting : settings)
    row(*setting, 6);
}

void ShownWriter::event(const Event& event) {
  list("events");
  begin(event.id, event.written, 2);
  keys(keys_in_force(event, pack_), 4);
}

void ShownWriter::about(const About& about) {
  list("about");
  begin(about.id, about.written, 2);
  keys(keys_in_force(about, pack_), 4);
}

void ShownWriter::answer(const YesNoQuestion& question) {
  list("answers");
  begin(question.id, answer_parts(question.id, pack_), 2);
  keys(keys_in_force(question, pack_), 4);
}

void ShownWriter::subject(SubjectId id) {
  list("subjects");
  const Subject& subject = pack_.catalog[id];
  const Layered written = subject_parts(subject.id, pack_);
  if (written.parts().empty()) return;
  begin(subject.id, written, 2);
  keys(keys_in_force(written, pack_), 4);
  std::string_view kind;
  for (const NamesInForce& names : names_in_force(written, pack_)) {
    if (names.language.empty()) {
      entries(names.kind, names.names, 4);
      continue;
    }
    if (kind != names.kind) out_ += fmt::format("    {}:\n", names.kind);
    kind = names.kind;
    entries(names.language, names.names, 6);
  }
  std::string below;
  for (const Subject& other : pack_.catalog.subjects())
    if (std::find(other.parents.begin(), other.parents.end(), id) != other.parents.end())
      below += fmt::format("{}{}", below.empty() ? "" : ", ", other.id);
  if (!below.empty()) comment(4, "below it: " + below);
}

}  // namespace

std::string show_text(const Pack& pack, std::span<const std::string> ids, ShowOrigin origin) {
  ShownWriter writer(pack, origin);
  if (ids.empty()) {
    writer.head();
    for (const Event& event : pack.events)
      writer.event(event);
    for (const YesNoQuestion& question : pack.answers)
      writer.answer(question);
    for (const Statement& statement : pack.statements)
      writer.statement(statement);
    for (const About& about : pack.about)
      writer.about(about);
  }
  std::vector<std::pair<const Statement*, std::vector<const Setting*>>> rows;
  const auto asked = [&](std::string_view id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (std::find(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(i), ids[i]) - ids.begin() <
        static_cast<std::ptrdiff_t>(i))
      continue;
    const Named named = find_named(ids[i], pack);
    if (named.disabled != nullptr) writer.disabled(*named.disabled);
    if (named.statement != nullptr) writer.statement(*named.statement);
    // A step is one entry, whatever of it is asked for.
    if (named.setting != nullptr && !asked(named.step->id)) {
      auto same = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.first == named.step; });
      if (same == rows.end()) same = rows.insert(same, {named.step, {}});
      same->second.push_back(named.setting);
    }
    if (named.about != nullptr) writer.about(*named.about);
    if (named.event != nullptr) writer.event(*named.event);
    if (named.answer != nullptr) writer.answer(*named.answer);
    if (named.subject != kNoSubject) writer.subject(named.subject);
  }
  for (const auto& [step, settings] : rows)
    writer.settings(*step, settings);
  return writer.take();
}

}  // namespace needleplan
