/// Packs and profiles from text, checked: what the tests of the engine begin with.
#pragma once

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "needleplan/findings/assess.h"
#include "needleplan/findings/collect.h"
#include "needleplan/profile/read_profile.h"
#include "needleplan/protocol/load.h"
#include "needleplan/yaml/reader.h"

namespace needleplan::testing {

inline Date date(std::string_view text) {
  return parse_date(text).value();
}

/// The day on which the tests check, unless they say otherwise.
inline const Date kAsOf = date("2026-11-23");

inline std::string read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return in ? text.str() : throw std::runtime_error("cannot read " + path);
}

/// The pack that the program carries.
inline const Pack& shipped() {
  static const std::unique_ptr<Pack> pack = [] {
    Diagnostics diagnostics;
    std::string problem;
    auto loaded = load_protocol("microneedling", diagnostics, problem);
    if (!loaded || diagnostics.has_errors()) throw std::runtime_error(problem + to_text(diagnostics));
    return loaded;
  }();
  return *pack;
}

/// A pack of one file; throws with its messages if it does not load.
inline std::unique_ptr<Pack> pack_of(std::string text) {
  Diagnostics diagnostics;
  auto pack = read_pack({{"pack.yaml", std::move(text)}}, diagnostics);
  if (diagnostics.has_errors()) throw std::runtime_error(to_text(diagnostics));
  return pack;
}

/// A profile from text; `messages` says why there is none.
struct Client {
  explicit Client(std::string text) : source("client.yaml", std::move(text)) {
    Diagnostics diagnostics;
    if (yaml::read(source, document, diagnostics)) profile = read_profile(document.root(), diagnostics);
    messages = to_text(diagnostics, Excerpt::place_only);
  }
  Source source;
  yaml::Document document;
  std::optional<Profile> profile;
  std::string messages;
};

/// A profile resolved against a pack, and assessed.
struct Checked {
  Checked(std::string text, const Pack& pack, Date as_of = kAsOf) : client(std::move(text)) {
    if (!client.profile) throw std::runtime_error(client.messages + std::string(client.source.text()));
    facts = resolve(*client.profile, pack, as_of);
    result = assess(facts);
  }
  Checked(const Checked&) = delete;
  Checked& operator=(const Checked&) = delete;

  Client client;
  Facts facts;
  Assessment result;

  [[nodiscard]] std::optional<Date> session() const {
    return client.profile->session.date.optional();
  }
  /// The worst finding of a rule; null if it found nothing.
  [[nodiscard]] const Finding* find(std::string_view rule) const {
    for (const Finding& finding : result.findings)
      if (finding.rule == rule) return &finding;
    return nullptr;
  }
  /// Whether it asks for that fact, by itself or together with others of its entry.
  [[nodiscard]] bool asks(std::string_view fact) const {
    return std::any_of(result.questions.begin(), result.questions.end(), [&](const Question& question) {
      return std::find(question.keys.begin(), question.keys.end(), fact) != question.keys.end();
    });
  }
};

/// The verdict of one rule on one day over the entries that `concerns` accepts.
template <class Concerns>
Verdict rule_verdict(const Facts& facts, const Statement* statement, const Setting* setting, std::optional<Date> day,
                     Concerns concerns) {
  const auto number = static_cast<std::uint16_t>(statement - facts.pack->statements.data());
  Verdict verdict = Verdict::clear;
  for (const RuleOutcome& rule : collect(facts, {number}, day))
    if (rule.setting == setting && concerns(rule.outcome.entry)) verdict = std::max(verdict, rule.outcome.verdict);
  return verdict;
}

}  // namespace needleplan::testing
