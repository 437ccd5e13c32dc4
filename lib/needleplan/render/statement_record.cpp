#include "needleplan/render/statement_record.h"

#include "needleplan/protocol/statement_fields.h"
#include "needleplan/protocol/window_text.h"

namespace needleplan {

namespace {

/// How a record writes the value of a field, by its type; nothing where there is none.
class FieldWriter {
 public:
  FieldWriter(JsonWriter& json, const Pack& pack) : json_(json), pack_(pack) {}

  template <class T>
  void all(const T& detail) const {
    each_field<T>([&](const auto& field) {
      if constexpr (std::is_same_v<T, Contraindication>)
        if ((field.codec == Codec::beside_wait && !detail.wait) ||
            (field.codec == Codec::beside_signoff && detail.signoff == Verdict::clear))
          return;
      write_field(field, detail.*field.member);
    });
  }

 private:
  template <class Field, class Value>
  void write_field(const Field& field, const Value& value) const {
    if constexpr (std::is_same_v<Value, bool>) {
      if (!value) return;
      if (field.codec == Codec::phase) {
        json_.member(field.record_key, to_string(Phase::procedure));
      } else {
        json_.member(field.record_key, true);
      }
    } else if constexpr (std::is_same_v<Value, int>) {
      if (value > 0 || field.codec == Codec::always) json_.member(field.record_key, value);
    } else if constexpr (std::is_same_v<Value, Roles>) {
      if (value != kDefaultRoles) write_words<Role>(field.record_key, value, kRoles);
    } else if constexpr (std::is_same_v<Value, NamePlaces>) {
      if (value != 0) write_words<NamePlace>(field.record_key, value, kNamePlaces);
    } else if constexpr (std::is_same_v<Value, Verdict>) {
      const bool none = field.codec == Codec::none_when_clear && value == Verdict::clear;
      json_.member(field.record_key, none ? "none" : to_string(value));
    } else {
      write(field.record_key, value);
    }
  }

  template <class E, class Set>
  void write_words(std::string_view key, Set words, std::size_t count) const {
    json_.key(key).begin_array();
    for (std::size_t i = 0; i < count; ++i)
      if ((words & bit(static_cast<E>(i))) != 0) json_.value(to_string(static_cast<E>(i)));
    json_.end_array();
  }

  template <class T>
  void write(std::string_view key, const std::optional<T>& value) const {
    if (value) write(key, *value);
  }
  void write(std::string_view key, std::string_view text) const { json_.text_member(key, text); }
  void write(std::string_view key, int count) const { json_.member(key, count); }
  template <class T>
  requires std::is_enum_v<T> || std::is_same_v<T, Span> || std::is_same_v<T, SpanRange>
  void write(std::string_view key, T value) const { json_.member(key, to_string(value)); }
  void write(std::string_view key, SessionCount sessions) const {
    if (sessions.least > 0) json_.member(key, sessions_text(sessions));
  }
  template <class T>
  void write(std::string_view key, const std::vector<T>& list) const {
    if (list.empty()) return;
    json_.key(key).begin_array();
    for (const T& one : list)
      item(one);
    json_.end_array();
  }
  void item(std::string_view text) const { json_.value(text); }
  void item(SubjectId subject) const { json_.value(pack_.catalog[subject].id); }
  void item(const Setting& setting) const {
    json_.begin_object().member("id", setting.id);
    all(setting);
    json_.end_object();
  }
  void write(std::string_view key, const Bound& bound) const {
    if (bound.kind == Bound::Kind::open) return;
    json_.key(key).begin_object();
    json_.text_member("written", bound.written);
    const bool later = bound.kind == Bound::Kind::later_of;
    const bool earlier = bound.kind == Bound::Kind::earlier_of;
    if (bound.kind == Bound::Kind::clock || later || earlier) {
      json_.member("side", bound.before_session ? "before" : "after");
      json_.member("minimum", to_string(bound.span.minimum)).member("preferred", to_string(bound.span.preferred));
    }
    if (bound.kind == Bound::Kind::event || later || earlier) {
      json_.member("event", pack_.events[bound.event].id);
      write("offset", bound.offset);
    }
    if (later) json_.member("later_of", true);
    if (earlier) json_.member("earlier_of", true);
    if (bound.kind == Bound::Kind::vague) json_.member("few", to_string(bound.span.minimum.unit));
    if (bound.kind == Bound::Kind::course) json_.member("courses", bound.span.minimum.count);
    json_.end_object();
  }
  void write(std::string_view key, const Ban& ban) const {
    json_.key(key).begin_object();
    write("from", ban.from);
    write("to", ban.to);
    json_.end_object();
  }
  void write(std::string_view key, const Repeat& repeat) const {
    if (!repeat.given()) return;
    json_.key(key).begin_object();
    write("words", repeat.word);
    if (repeat.times > 0) json_.member("times", repeat.times);
    if (repeat.most > repeat.times) json_.member("most", repeat.most);
    write("per", repeat.per);
    write("every", repeat.every);
    write("while", repeat.during);
    write("on", repeat.on);
    write("off", repeat.off);
    json_.end_object();
  }
  void write(std::string_view key, const Limits& limits) const {
    if (!limits.given()) return;
    json_.key(key).begin_object();
    for (const LimitName& name : kLimitNames)
      if (const auto& limit = limits.*name.member) json_.member(name.key, per_cent_words(*limit));
    json_.end_object();
  }

  JsonWriter& json_;
  const Pack& pack_;
};

}  // namespace

void write_statement(JsonWriter& json, const Statement& statement, const Pack& pack) {
  json.begin_object().member("id", statement.id).member("kind", to_string(statement.kind()));
  json.member("layer", statement.layer);
  if (statement.origins.size() > 1) {
    json.key("layers").begin_array();
    for (const Origin& origin : statement.origins)
      json.value(origin.layer);
    json.end_array();
  }
  if (!statement.loosened.empty()) {
    json.key("loosened").begin_array();
    for (const Loosened& loosened : statement.loosened) {
      json.begin_object().member("layer", loosened.layer).member("what", loosened.what);
      json.member("reason", loosened.reason).member("by", loosened.by).end_object();
    }
    json.end_array();
  }
  json.member("sourced", !statement.citations.list.empty());
  std::visit([&](const auto& detail) { FieldWriter(json, pack).all(detail); }, statement.detail);
  const auto windows = windows_of(statement, pack);
  if (!windows.empty()) {
    json.key("windows").begin_array();
    for (const WindowText& window : windows)
      json.begin_object().member("from", window.from).member("to", window.to).end_object();
    json.end_array();
  }
  json.member("scope", to_string(statement.scope));
  if (statement.degree != Degree::any) json.member("degree", to_string(statement.degree));
  json.text_member("graded", statement.graded);
  if (statement.when) json.member("when", text_of(*statement.when, pack.catalog));
  json.end_object();
}

}  // namespace needleplan
