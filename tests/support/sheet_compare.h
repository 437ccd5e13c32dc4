/// A statement of a published sheet against the JSON of the statement that says it. See tests/clinics/README.md.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "support/sheet_map.h"

namespace needleplan::testing {

/// An item or finding of a record, with the statement behind it.
struct Printed {
  simdjson::dom::element item, statement;
};

inline std::string text_at(const simdjson::dom::element& from, std::string_view key) {
  simdjson::dom::element value;
  if (from.at_key(key).get(value) != simdjson::SUCCESS) return {};
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  bool flag = false;
  if (value.get(flag) == simdjson::SUCCESS) return flag ? "yes" : "no";
  return simdjson::minify(value);
}

/// A member as one text: limits as `at least 2%`, other values as they stand.
inline std::string member_words(const simdjson::dom::element& statement, std::string_view key) {
  simdjson::dom::object limits;
  if (statement.at_key(key).get(limits) != simdjson::SUCCESS) return text_at(statement, key);
  std::string out;
  for (const auto limit : limits) {
    std::string one = std::string(limit.key) + " " + std::string(std::string_view(limit.value));
    std::replace(one.begin(), one.end(), '_', ' ');
    out += (out.empty() ? "" : " and ") + one;
  }
  return out;
}

/// Everything under `element` that carries a statement of that id, or is the row of one.
inline void collect_printed(const simdjson::dom::element& element, std::string_view id, std::vector<Printed>& out) {
  if (element.is_array()) {
    for (const auto child : simdjson::dom::array(element))
      collect_printed(child, id, out);
  }
  if (!element.is_object()) return;
  simdjson::dom::element statement;
  if (element.at_key("statement").get(statement) == simdjson::SUCCESS && statement.is_object() &&
      (text_at(statement, "id") == id || text_at(element, "id") == id || text_at(element, "rule") == id))
    out.push_back({element, statement});
  for (const auto field : simdjson::dom::object(element))
    collect_printed(field.value, id, out);
}

/// The texts of a value and of all that is in it, one after the other.
inline void append_texts(const simdjson::dom::element& element, std::string& out) {
  if (element.is_array())
    for (const auto child : simdjson::dom::array(element))
      append_texts(child, out);
  if (element.is_object())
    for (const auto field : simdjson::dom::object(element))
      append_texts(field.value, out);
  std::string_view text;
  if (element.get(text) == simdjson::SUCCESS) out += std::string(text) + "\n";
}

inline std::vector<std::string> list_at(const simdjson::dom::element& from, std::string_view key) {
  std::vector<std::string> out;
  simdjson::dom::array values;
  if (from.at_key(key).get(values) == simdjson::SUCCESS)
    for (const auto value : values)
      out.emplace_back(std::string_view(value));
  return out;
}

/// One spelling for an end: no plus signs, one minus for a range, 0h and 0d are both the session, nothing is `open`.
inline std::string normal_end(std::string end) {
  if (end.empty()) return "open";
  std::erase(end, '+');
  if (end == "0h" || end == "0min") return "0d";
  for (std::size_t at = end.find("..-"); at != std::string::npos; at = end.find("..-"))
    end.erase(at + 2, 1);
  std::string out;  // the plus of `healed + 5d` has left two spaces
  for (const char c : end)
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  return out;
}

using Window = std::pair<std::string, std::string>;

inline std::vector<Window> windows_of(const simdjson::dom::element& statement) {
  std::vector<Window> out;
  simdjson::dom::array windows;
  if (statement.at_key("windows").get(windows) == simdjson::SUCCESS)
    for (const auto window : windows)
      out.emplace_back(normal_end(text_at(window, "from")), normal_end(text_at(window, "to")));
  return out;
}

inline std::string words_of(const std::vector<Window>& windows) {
  std::string out;
  for (const auto& [from, to] : windows)
    out += (out.empty() ? "" : "; ") + from + " to " + to;
  return out.empty() ? "no window" : out;
}

/// `every 2h..3h, while awake`, `2 per day`, or the words themselves.
inline std::string repeat_words(const simdjson::dom::element& statement) {
  simdjson::dom::element repeat;
  if (statement.at_key("repeat").get(repeat) != simdjson::SUCCESS) return {};
  std::string_view plain;
  if (repeat.get(plain) == simdjson::SUCCESS) return std::string(plain);
  if (const std::string words = text_at(repeat, "words"); !words.empty()) return words;
  std::string out;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  if (std::string times = text_at(repeat, "times"); !times.empty()) {
    const std::string most = text_at(repeat, "most");
    if (!most.empty() && most != times) times += ".." + most;
    add(times + " per " + text_at(repeat, "per"));
  }
  if (const std::string every = text_at(repeat, "every"); !every.empty()) add("every " + every);
  if (const std::string during = text_at(repeat, "while"); !during.empty()) add("while " + during);
  if (const std::string on = text_at(repeat, "on"); !on.empty()) add(on + " on, " + text_at(repeat, "off") + " off");
  return out;
}

/// Whether the words of a condition name a subject: `uses retinol or tretinoin, now`.
inline bool names(std::string_view words, std::string_view subject) {
  const auto part_of_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; };
  for (std::size_t at = words.find(subject); at != std::string_view::npos; at = words.find(subject, at + 1)) {
    const bool begins = at == 0 || !part_of_word(words[at - 1]);
    const std::size_t end = at + subject.size();
    if (begins && (end == words.size() || !part_of_word(words[end]))) return true;
  }
  return false;
}

/// Compares one sheet statement with one printed statement and keeps what differs.
class Comparison {
 public:
  Comparison(const SheetStatement& wanted, const Printed& printed)
      : wanted_(wanted), printed_(printed), kind_(text_at(printed.statement, "kind")) {}

  std::vector<std::string> run() {
    compare_action();
    compare_windows();
    compare_repeat();
    // What also counts next to the area counts on it.
    const std::string scope = text_at(printed_.statement, "scope");
    if (wanted_.scope == "area" && scope != "area" && scope != "near") differs("scope", "area", scope);
    for (const auto& [key, value] : wanted_.members)
      if (const std::string found = member_words(printed_.statement, key); found != value) differs(key, value, found);
    compare_limits();
    const bool one = std::any_of(wanted_.subjects.begin(), wanted_.subjects.end(),
                                 [&](const std::string& subject) { return says(subject); });
    if (!one) differs("subject", wanted_.subjects.front(), subjects());
    return differences_;
  }

  /// Whether the statement names a subject.
  [[nodiscard]] bool says(const std::string& subject) const {
    const std::vector<std::string> list = list_at(printed_.statement, "subjects");
    return std::find(list.begin(), list.end(), subject) != list.end() ||
           text_at(printed_.statement, "subject") == subject || text_at(printed_.statement, "sign") == subject ||
           names(text_at(printed_.statement, "when"), subject) ||
           (kind_ != "avoid" && kind_ != "do" && text_at(printed_.statement, "id") == subject);
  }

 private:
  void differs(std::string_view what, const std::string& wanted, const std::string& found) {
    differences_.push_back(std::string(what) + ": the sheet has `" + wanted + "`, ours `" + found + "`");
  }

  [[nodiscard]] std::string subjects() const {
    std::string out = text_at(printed_.statement, "subject") + text_at(printed_.statement, "sign");
    for (const std::string& subject : list_at(printed_.statement, "subjects"))
      out += (out.empty() ? "" : ", ") + subject;
    return out + (kind_ == "condition" ? "when " + text_at(printed_.statement, "when") : "");
  }

  void compare_action() {
    const std::string verdict = text_at(printed_.statement, "verdict");
    const std::string wait_verdict = text_at(printed_.statement, "wait_verdict");
    const std::string call = text_at(printed_.statement, "call");
    std::string mode = text_at(printed_.statement, "mode");
    if (mode.empty()) mode = "do";
    const bool rule = kind_ == "condition" || kind_ == "avoid";
    const bool refuses = verdict == "defer" || verdict == "avoid" || wait_verdict == "defer";
    const bool doing = kind_ == "do";
    const std::string& action = wanted_.action;
    bool fits = false;
    if (action == "avoid" || action == "stop") fits = kind_ == "avoid" || (rule && refuses);
    if (action == "do") fits = doing ? mode == wanted_.mode : kind_ == "step" || kind_ == "series";
    if (action == "resume" || action == "prophylaxis") fits = doing && mode == action;
    if (action == "consult") fits = (rule && verdict == "consult") || (doing && mode == "consult");
    if (action == "defer") fits = rule && refuses;
    if (action == "expect") fits = kind_ == "expect" || (kind_ == "warning" && call == "watch");
    if (action == "call-clinic") fits = kind_ == "warning" && call == "clinic";
    if (action == "urgent") fits = kind_ == "warning" && call == "urgent";
    std::string found = kind_;
    if (rule) found += " (" + verdict + ")";
    if (doing) found += " (" + mode + ")";
    if (!call.empty()) found += " (call " + call + ")";
    if (!fits) differs("action", action + (action == "do" ? " (" + wanted_.mode + ")" : ""), found);
  }

  void compare_windows() {
    const std::vector<Window> found = windows_of(printed_.statement);
    const Window wanted(normal_end(wanted_.from), normal_end(wanted_.to));
    const bool none = wanted_.from.empty() && wanted_.to.empty();
    if (none && kind_ == "series") return;
    const bool open =
        wanted.first == "open" && (wanted.second == "open" || (kind_ == "condition" && wanted.second == "0d"));
    const bool same = none || (open && found.empty())
                          ? found.empty() || (found.size() == 1 && found.front() == Window("open", "open"))
                          : std::find(found.begin(), found.end(), wanted) != found.end();
    if (!same) differs("window", none ? "no window" : words_of({wanted}), words_of(found));
  }

  /// What makes ours say less than the sheet must be said in the map.
  void compare_limits() {
    for (const std::string_view key : {"advice", "degree", "strength", "form"}) {
      const bool named = std::any_of(wanted_.members.begin(), wanted_.members.end(),
                                     [&](const auto& member) { return member.first == key; });
      const std::string found = member_words(printed_.statement, key);
      if (!named && !found.empty() && wanted_.condition.empty()) differs(key, "no such limit", found);
    }
    const std::string when = text_at(printed_.statement, "when");
    if (kind_ != "condition" && wanted_.condition.empty() && !when.empty()) differs("when", "no condition", when);
  }

  void compare_repeat() {
    if (kind_ == "series") return;
    if (const std::string found = repeat_words(printed_.statement); found != wanted_.says_repeat)
      differs("repeat", wanted_.says_repeat, found);
  }

  const SheetStatement& wanted_;
  const Printed& printed_;
  std::string kind_;
  std::vector<std::string> differences_;
};

/// Whether a printed statement says an amount: in its members for one, or in the text that is printed.
inline bool says_amount(const Printed& printed, const std::string& amount) {
  std::string all;
  for (const std::string_view key : {"amount", "strength", "form", "sessions", "depth", "time", "length"})
    all += text_at(printed.statement, key) + "\n";
  for (const std::string_view key : {"label", "text", "reason"})
    all += text_at(printed.item, key) + "\n";
  return all.find(amount) != std::string::npos;
}

}  // namespace needleplan::testing
