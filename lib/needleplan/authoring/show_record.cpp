#include <algorithm>
#include <array>

#include "needleplan/authoring/in_force.h"
#include "needleplan/authoring/show.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/render/statement_record.h"

namespace needleplan {

namespace {

using yaml::Node;

void write_node(JsonWriter& json, Node node) {
  if (node.is_scalar()) {
    json.value(node.text());
  } else if (node.is_list()) {
    json.begin_array();
    for (const Node item : node)
      write_node(json, item);
    json.end_array();
  } else {
    json.begin_object();
    for (const Node key : node) {
      json.key(key.text());
      write_node(json, key.value_of());
    }
    json.end_object();
  }
}

class Record {
 public:
  Record(JsonWriter& json, const Pack& pack) : json_(json), pack_(pack) {}

  void head() const;
  void disabled() const;
  void statement(const Statement& statement) const;
  void setting(const Statement& step, const Setting& setting) const;
  void event(const Event& event) const;
  void about(const About& about) const;
  void answer(const YesNoQuestion& question) const;
  void subject(SubjectId id) const;

 private:
  void text(std::string_view key, std::string_view value) const {
    if (!value.empty()) json_.member(key, value);
  }
  void review(const std::optional<Review>& review) const;
  void place(Location at) const;
  void given(const Given& given) const;
  void origin(const std::vector<KeyInForce>& keys) const;
  void loosened(const Loosened& loosened) const;

  JsonWriter& json_;
  const Pack& pack_;
};

void Record::place(Location at) const {
  if (at.source != nullptr) json_.member("file", at.source->name()).member("line", at.place().line);
}

void Record::given(const Given& given) const {
  json_.begin_object().key("value");
  write_node(json_, given.value);
  json_.member("layer", given.layer);
  place(given.at);
  json_.end_object();
}

void Record::origin(const std::vector<KeyInForce>& keys) const {
  json_.key("origin").begin_object();
  for (const KeyInForce& key : keys) {
    json_.key(key.key);
    if (key.joined) {
      json_.begin_array();
      for (const Given& entry : key.now)
        given(entry);
      json_.end_array();
      continue;
    }
    const Given& now = key.now.front();
    json_.begin_object().key("value");
    if (key.removed) {
      json_.null();
    } else {
      write_node(json_, now.value);
    }
    json_.member("layer", now.layer);
    place(now.at);
    json_.key("was").begin_array();
    for (const Given& was : key.was)
      given(was);
    json_.end_array().end_object();
  }
  json_.end_object();
}

void Record::review(const std::optional<Review>& review) const {
  json_.key("reviewed");
  if (!review) {
    json_.null();
    return;
  }
  json_.begin_object().member("by", review->by).member("on", iso(review->on)).member("until", iso(review->until));
  json_.end_object();
}

void Record::loosened(const Loosened& loosened) const {
  json_.member("layer", loosened.layer).member("what", loosened.what);
  text("reason", loosened.reason);
  text("by", loosened.by);
  place(loosened.at);
}

void Record::head() const {
  json_.key("protocol").begin_object();
  json_.member("id", pack_.id).member("version", pack_.version).member("title", pack_.title);
  json_.member("digest", digest_of(pack_));
  review(pack_.reviewed);
  json_.key("layers").begin_array();
  for (const Layer& layer : pack_.layers) {
    json_.begin_object().member("id", layer.id).member("kind", to_string(layer.kind)).member("title", layer.title);
    text("version", layer.version);
    json_.member("file", layer.at.source->name()).member("digest", layer.digest);
    review(layer.reviewed);
    json_.end_object();
  }
  json_.end_array().key("loosened").begin_array();
  for (const Loosened& l : pack_.loosened) {
    json_.begin_object();
    loosened(l);
    json_.end_object();
  }
  json_.end_array();
  disabled();
  json_.end_object();
}

void Record::disabled() const {
  json_.key("disabled").begin_array();
  for (const Disabled& d : pack_.disabled) {
    json_.begin_object().member("id", d.id);
    loosened(d.loosened);
    json_.end_object();
  }
  json_.end_array();
}

void Record::statement(const Statement& statement) const {
  json_.begin_object().key("statement");
  write_statement(json_, statement, pack_);
  origin(keys_in_force(statement, pack_));
  if (const auto* step = statement.as<Step>(); step != nullptr && !step->settings.empty()) {
    json_.key("settings").begin_array();
    for (const Setting& s : step->settings)
      setting(statement, s);
    json_.end_array();
  }
  json_.end_object();
}

void Record::setting(const Statement& step, const Setting& setting) const {
  json_.begin_object().member("setting", setting.id).member("step", step.id);
  origin(keys_in_force(setting, pack_));
  json_.end_object();
}

void Record::event(const Event& event) const {
  json_.begin_object().member("event", event.id);
  origin(keys_in_force(event, pack_));
  json_.end_object();
}

void Record::about(const About& about) const {
  json_.begin_object().member("about", about.id);
  origin(keys_in_force(about, pack_));
  json_.end_object();
}

void Record::answer(const YesNoQuestion& question) const {
  json_.begin_object().member("answer", question.id);
  origin(keys_in_force(question, pack_));
  json_.end_object();
}

void Record::subject(SubjectId id) const {
  const Subject& subject = pack_.catalog[id];
  const Layered written = subject_parts(subject.id, pack_);
  json_.begin_object().member("subject", subject.id).member("kind", to_string(subject.kind));
  text("label", subject.label);
  const auto ids = [&](std::string_view key, auto belongs) {
    json_.key(key).begin_array();
    for (const Subject& other : pack_.catalog.subjects())
      if (belongs(other)) json_.value(other.id);
    json_.end_array();
  };
  const auto names = [&](const Subject& wider) {
    return [&](const Subject& other) {
      return std::any_of(wider.parents.begin(), wider.parents.end(),
                         [&](SubjectId parent) { return &pack_.catalog[parent] == &other; });
    };
  };
  ids("is", names(subject));
  ids("below", [&](const Subject& other) {
    return std::find(other.parents.begin(), other.parents.end(), id) != other.parents.end();
  });
  json_.key("names").begin_array();
  for (const NamesInForce& some : names_in_force(written, pack_))
    for (const Given& name : some.names) {
      json_.begin_object().member("name", name.value.text()).member("kind", some.kind);
      text("language", some.language);
      json_.member("layer", name.layer);
      place(name.at);
      json_.end_object();
    }
  json_.end_array();
  origin(keys_in_force(written, pack_));
  json_.end_object();
}

}  // namespace

std::string show_json(const Pack& pack, std::span<const std::string> ids) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::pretty);
  const Record record(json, pack);
  json.begin_object().member("schema_version", "1").member("record", "protocol");
  record.head();
  json.key("entries").begin_array();
  if (ids.empty()) {
    for (const Event& event : pack.events)
      record.event(event);
    for (const YesNoQuestion& question : pack.answers)
      record.answer(question);
    for (const Statement& statement : pack.statements)
      record.statement(statement);
    for (const About& about : pack.about)
      record.about(about);
  }
  for (const std::string& id : ids) {
    const Named named = find_named(id, pack);
    if (named.statement != nullptr) record.statement(*named.statement);
    if (named.setting != nullptr) record.setting(*named.step, *named.setting);
    if (named.about != nullptr) record.about(*named.about);
    if (named.event != nullptr) record.event(*named.event);
    if (named.answer != nullptr) record.answer(*named.answer);
    if (named.subject != kNoSubject) record.subject(named.subject);
  }
  json.end_array().end_object();
  return out + "\n";
}

}  // namespace needleplan
