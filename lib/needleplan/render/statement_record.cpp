#include "needleplan/render/statement_record.h"

#include "needleplan/protocol/window_text.h"
#include "needleplan/text/overloaded.h"

namespace needleplan {

namespace {

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string_view>& texts) {
  if (texts.empty()) return;
  json.key(key).begin_array();
  for (const std::string_view one : texts)
    json.value(one);
  json.end_array();
}

void write_subjects(JsonWriter& json, std::string_view key, const Subjects& subjects, const Pack& pack) {
  if (subjects.empty()) return;
  json.key(key).begin_array();
  for (const SubjectId subject : subjects)
    json.value(pack.catalog[subject].id);
  json.end_array();
}

void write_bound(JsonWriter& json, std::string_view key, const Bound& bound, const Pack& pack) {
  if (bound.kind == Bound::Kind::open) return;
  json.key(key).begin_object();
  json.text_member("written", bound.written);
  const bool later = bound.kind == Bound::Kind::later_of;
  const bool earlier = bound.kind == Bound::Kind::earlier_of;
  if (bound.kind == Bound::Kind::clock || later || earlier) {
    json.member("side", bound.before_session ? "before" : "after");
    json.member("minimum", to_string(bound.span.minimum)).member("preferred", to_string(bound.span.preferred));
  }
  if (bound.kind == Bound::Kind::event || later || earlier) {
    json.member("event", pack.events[bound.event].id);
    if (bound.offset) json.member("offset", to_string(*bound.offset));
  }
  if (later) json.member("later_of", true);
  if (earlier) json.member("earlier_of", true);
  if (bound.kind == Bound::Kind::vague) json.member("few", to_string(bound.span.minimum.unit));
  if (bound.kind == Bound::Kind::course) json.member("courses", bound.span.minimum.count);
  json.end_object();
}

void write_ban(JsonWriter& json, std::string_view key, const std::optional<Ban>& ban, const Pack& pack) {
  if (!ban) return;
  json.key(key).begin_object();
  if (ban->from) write_bound(json, "from", *ban->from, pack);
  write_bound(json, "to", ban->to, pack);
  json.end_object();
}

void write_repeat(JsonWriter& json, const Repeat& repeat) {
  if (!repeat.given()) return;
  json.key("repeat").begin_object();
  json.text_member("words", repeat.words);
  if (repeat.times > 0) json.member("times", repeat.times);
  if (repeat.most > repeat.times) json.member("most", repeat.most);
  json.text_member("per", repeat.per);
  if (repeat.every) json.member("every", to_string(*repeat.every));
  json.text_member("while", repeat.during);
  if (repeat.on) json.member("on", to_string(*repeat.on));
  if (repeat.off) json.member("off", to_string(*repeat.off));
  json.end_object();
}

void write_limits(JsonWriter& json, std::string_view key, const Limits& limits) {
  if (!limits.given()) return;
  json.key(key).begin_object();
  const auto add = [&](std::string_view name, const std::optional<int>& limit) {
    if (limit) json.member(name, per_cent_words(*limit));
  };
  add("over", limits.over);
  add("at_least", limits.at_least);
  add("under", limits.under);
  add("at_most", limits.at_most);
  json.end_object();
}

void write_setting(JsonWriter& json, const Setting& setting, const Pack& pack) {
  json.begin_object().member("id", setting.id);
  write_subjects(json, "area", setting.areas, pack);
  write_subjects(json, "indication", setting.indications, pack);
  write_subjects(json, "product", setting.products, pack);
  json.text_member("depth", setting.depth_written);
  json.text_member("time", setting.time_written);
  json.text_member("text", setting.text);
  json.end_object();
}

void write_roles(JsonWriter& json, Roles roles) {
  json.key("signed_by").begin_array();
  for (std::size_t i = 0; i < kRoles; ++i)
    if (const auto role = static_cast<Role>(i); (roles & bit(role)) != 0) json.value(to_string(role));
  json.end_array();
}

/// What only one kind of statement has.
class DetailWriter {
 public:
  DetailWriter(JsonWriter& json, const Pack& pack) : json_(json), pack_(pack) {}

  void operator()(const Contraindication& rule) const {
    json_.member("verdict", to_string(rule.verdict));
    json_.text_member("until", rule.until);
    if (rule.ahead) json_.member("ahead", to_string(*rule.ahead));
    if (rule.wait) json_.member("wait", to_string(*rule.wait)).member("wait_verdict", to_string(rule.wait_verdict));
    json_.member("signoff", rule.signoff == Verdict::clear ? "none" : to_string(rule.signoff));
    if (rule.signoff != Verdict::clear && rule.signed_by != kDefaultRoles) write_roles(json_, rule.signed_by);
    if (rule.absolute) json_.member("absolute", true);
  }
  void operator()(const Avoid& avoid) const {
    write_subjects(json_, "subjects", avoid.subjects, pack_);
    write_ban(json_, "before", avoid.before, pack_);
    write_ban(json_, "after", avoid.after, pack_);
    json_.member("verdict", to_string(avoid.broken));
    if (avoid.signed_by != kDefaultRoles) write_roles(json_, avoid.signed_by);
    if (avoid.advice) json_.member("advice", true);
    if (avoid.in_session) json_.member("phase", to_string(Phase::procedure));
    json_.text_member("form", avoid.form);
    write_limits(json_, "strength", avoid.strength);
  }
  void operator()(const Do& action) const {
    if (action.phase) json_.member("phase", to_string(*action.phase));
    json_.member("mode", to_string(action.mode));
    json_.text_member("subject", action.subject);
    write_bound(json_, "from", action.from, pack_);
    write_bound(json_, "to", action.to, pack_);
    write_repeat(json_, action.repeat);
    json_.text_member("moment", action.moment);
    json_.text_member("amount", action.amount);
    json_.text_member("form", action.form);
    json_.text_member("strength", action.strength);
  }
  void operator()(const Expect& expect) const {
    json_.member("sign", expect.sign);
    write_bound(json_, "from", expect.from, pack_);
    write_bound(json_, "to", expect.to, pack_);
    json_.text_member("amount", expect.amount);
    if (expect.in_session) json_.member("phase", to_string(Phase::procedure));
  }
  void operator()(const Warning& warning) const {
    json_.member("sign", warning.sign).member("call", to_string(warning.call));
    write_bound(json_, "from", warning.from, pack_);
    write_bound(json_, "to", warning.to, pack_);
  }
  void operator()(const Step& step) const {
    json_.member("order", step.order).member("title", step.title);
    if (step.length) json_.member("length", to_string(*step.length));
    write_texts(json_, "do", step.instructions);
    write_texts(json_, "materials", step.materials);
    write_texts(json_, "check", step.checks);
    if (step.optional) json_.member("optional", true);
    if (step.settings.empty()) return;
    json_.key("settings").begin_array();
    for (const Setting& setting : step.settings)
      write_setting(json_, setting, pack_);
    json_.end_array();
  }
  void operator()(const Series& series) const {
    write_subjects(json_, "indication", series.indications, pack_);
    if (series.interval) json_.member("interval", to_string(*series.interval));
    if (series.least > 0) json_.member("sessions", sessions_text(series));
    if (series.review_after > 0) json_.member("review_after", series.review_after);
  }
  void operator()(const NoConcern& none) const {
    write_subjects(json_, "subjects", none.subjects, pack_);
    if (none.places == 0) return;
    json_.key("sections").begin_array();
    for (std::size_t i = 0; i < kNamePlaces; ++i)
      if (const auto place = static_cast<NamePlace>(i); has(none.places, place)) json_.value(to_string(place));
    json_.end_array();
  }

 private:
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
  std::visit(DetailWriter(json, pack), statement.detail);
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
