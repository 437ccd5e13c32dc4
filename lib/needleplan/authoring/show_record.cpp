#include <algorithm>

#include "needleplan/authoring/in_force.h"
#include "needleplan/authoring/show.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/render/node_json.h"
#include "needleplan/render/statement_record.h"

namespace needleplan {

namespace {

class ShownRecord {
 public:
  ShownRecord(JsonWriter& json, const Pack& pack) : json_(json), pack_(pack) {}

  void head() const {
    json_.key("protocol").begin_object();
    json_.member("id", pack_.id).member("version", pack_.version).member("title", pack_.title);
    json_.member("digest", digest_of(pack_));
    review(pack_.reviewed);
    list("layers", pack_.layers, [&](const Layer& layer) {
      json_.member("id", layer.id).member("kind", to_string(layer.kind)).member("title", layer.title);
      json_.text_member("version", layer.version);
      json_.member("file", layer.at.source->name()).member("digest", layer.digest);
      review(layer.reviewed);
    });
    list("loosened", pack_.loosened, [&](const Loosened& l) { loosened(l); });
    list("disabled", pack_.disabled, [&](const Disabled& d) {
      json_.member("id", d.id);
      loosened(d.loosened);
    });
    json_.end_object();
  }

  void entry(const EntryInForce& entry) const {
    json_.begin_object();
    members(entry);
    json_.end_object();
  }

 private:
  /// An array of objects.
  template <class List, class Write>
  void list(std::string_view key, const List& list, Write write) const {
    json_.key(key).begin_array();
    for (const auto& one : list) {
      json_.begin_object();
      write(one);
      json_.end_object();
    }
    json_.end_array();
  }

  void members(const EntryInForce& entry) const {
    if (entry.kind == "statement") {
      write_statement(json_.key(entry.kind), *entry.statement, pack_);
    } else {
      json_.member(entry.kind, entry.id);
    }
    if (entry.setting != nullptr) json_.member("step", entry.statement->id);
    if (entry.subject != kNoSubject) subject(entry);
    json_.key("origin").begin_object();
    for (const KeyInForce& key : keys_in_force(entry, pack_))
      origin(key);
    json_.end_object();
    if (!entry.settings().empty())
      list("settings", entry.settings(), [&](const Setting& s) { members(entry_of(*entry.statement, s)); });
  }

  void origin(const KeyInForce& key) const {
    if (key.joined) return list(key.key, key.now, [&](const Given& one) { given(one); });
    json_.key(key.key).begin_object();
    given(key.now.front(), key.removed);
    list("was", key.was, [&](const Given& one) { given(one); });
    json_.end_object();
  }

  void given(const Given& given, bool removed = false) const {
    json_.key("value");
    if (removed) {
      json_.null();
    } else {
      write_node(json_, given.value, [&](yaml::Node scalar) { json_.value(scalar.text()); });
    }
    json_.member("layer", given.layer);
    place(given.at);
  }

  void place(Location at) const {
    if (at.source != nullptr) json_.member("file", at.source->name()).member("line", at.place().line);
  }

  void review(const std::optional<Review>& review) const {
    json_.key("reviewed");
    if (!review) {
      json_.null();
      return;
    }
    json_.begin_object().member("by", review->by).member("on", iso(review->on)).member("until", iso(review->until));
    json_.end_object();
  }

  void loosened(const Loosened& loosened) const {
    json_.member("layer", loosened.layer).member("what", loosened.what);
    json_.text_member("reason", loosened.reason).text_member("by", loosened.by);
    place(loosened.at);
  }

  void subject(const EntryInForce& entry) const {
    const Subject& subject = pack_.catalog[entry.subject];
    json_.member("kind", to_string(subject.kind)).text_member("label", subject.label);
    json_.key("is").begin_array();
    for (std::size_t i = 0; i < pack_.catalog.subjects().size(); ++i)
      if (const auto id = static_cast<SubjectId>(i);
          std::find(subject.parents.begin(), subject.parents.end(), id) != subject.parents.end())
        json_.value(pack_.catalog[id].id);
    json_.end_array().key("below").begin_array();
    for (const std::string_view id : ids_below(entry.subject, pack_.catalog))
      json_.value(id);
    json_.end_array().key("names").begin_array();
    for (const NamesInForce& some : names_in_force(entry.written, pack_))
      for (const Given& name : some.names) {
        json_.begin_object().member("name", name.value.text()).member("kind", some.kind);
        json_.text_member("language", some.language).member("layer", name.layer);
        place(name.at);
        json_.end_object();
      }
    json_.end_array();
  }

  JsonWriter& json_;
  const Pack& pack_;
};

}  // namespace

std::string show_json(const Pack& pack, std::span<const std::string> ids) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::pretty);
  const ShownRecord record(json, pack);
  json.begin_object().member("schema_version", "1").member("record", "protocol");
  record.head();
  json.key("entries").begin_array();
  if (ids.empty())
    for (const EntryInForce& entry : entries_in_force(pack))
      record.entry(entry);
  for (const std::string& id : ids)
    for (const EntryInForce& entry : entries_called(id, pack))
      record.entry(entry);
  json.end_array().end_object();
  return out + "\n";
}

}  // namespace needleplan
