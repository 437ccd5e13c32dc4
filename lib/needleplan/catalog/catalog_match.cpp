/// Looking names up: what is written by a client, against the tables of the program and what was added.
#include <algorithm>

#include "needleplan/catalog/catalog.h"
#include "needleplan/catalog/catalog_tables.h"
#include "needleplan/catalog/fold.h"
#include "needleplan/catalog/line.h"
#include "needleplan/text/characters.h"

namespace needleplan {

namespace {

/// "HIV -" and "HIV (-)": tested, and not found.
bool is_marked_negative(std::string_view written) {
  while (!written.empty() && (is_space(written.back()) || written.back() == ')'))
    written.remove_suffix(1);
  return written.ends_with('-');
}

}  // namespace

std::optional<Name> Catalog::look_up(const std::string& folded) const {
  if (!names_.empty())
    if (const auto found = names_.find(folded); found != names_.end()) return found->second;
  const NameRow* row = compiled_->find_name(folded);
  return row == nullptr ? std::nullopt : std::optional(compiled_->name(*row));
}

std::optional<std::string_view> Catalog::form_of(const std::string& folded) const {
  if (const auto found = forms_.find(folded); found != forms_.end()) return found->second;
  const WordRow* row = compiled_->find_word(folded);
  return row != nullptr && row->is_form != 0 ? std::optional(compiled_->text(row->form)) : std::nullopt;
}

bool Catalog::has_role(std::string_view folded, WordRole role) const {
  if (!roles_.empty())
    if (const auto found = roles_.find(std::string(folded)); found != roles_.end() && (found->second & bit(role)) != 0)
      return true;
  const WordRow* row = compiled_->find_word(folded);
  return row != nullptr && (row->roles & bit(role)) != 0;
}

std::size_t Catalog::names() const {
  return compiled_->names.size() + names_.size() - replaced_;
}

std::vector<std::pair<std::string_view, Name>> Catalog::name_table() const {
  std::vector<std::pair<std::string_view, Name>> all(names_.begin(), names_.end());
  all.reserve(names());
  for (const NameRow& row : compiled_->names) {
    const std::string_view folded = compiled_->text(row.key);
    if (replaced_ == 0 || !names_.contains(std::string(folded))) all.emplace_back(folded, compiled_->name(row));
  }
  return all;
}

bool Catalog::may_come_as(std::string_view form, SubjectId subject) const {
  return form != "injection" || may_be_prescribed(subject);
}

bool Catalog::may_be_prescribed(SubjectId id) const {
  const auto& up = subjects_[id].up;
  return std::any_of(up.begin(), up.end(),
                     [&](SubjectId wider) { return subjects_[wider].prescription != Prescription::none; });
}

std::string_view Catalog::route_word(std::string_view word) const {
  if (const auto found = routes_.find(word); found != routes_.end()) return found->second;
  const WordRow* row = compiled_->find_word(word);
  return row == nullptr ? std::string_view{} : compiled_->text(row->route);
}

std::string_view Catalog::route_of(std::string_view form) const {
  return form.empty() ? form : route_word(form);
}

SubjectId Catalog::settled_by_route(const Ambiguity& ambiguity, std::string_view route) const {
  SubjectId settled = kNoSubject;
  for (const SubjectId choice : ambiguity.choices) {
    const auto is_of = [&](const auto& row) { return row.second == choice; };
    // What has no forms may be for any route.
    if (std::none_of(ambiguity.by_form.begin(), ambiguity.by_form.end(), is_of)) return kNoSubject;
    if (std::none_of(ambiguity.by_form.begin(), ambiguity.by_form.end(),
                     [&](const auto& row) { return is_of(row) && route_of(row.first) == route; }))
      continue;
    if (settled != kNoSubject) return kNoSubject;
    settled = choice;
  }
  return settled;
}

void Catalog::settle(const Name& name, NameMatch& match) const {
  match.subjects = {};
  match.ambiguity = nullptr;
  if (name.ambiguity < 0) {
    // "retinol tablets" are no retinol for the skin.
    if (may_come_as(match.form, name.subject) && (match.form.empty() || can_be(name, kAnyKind, route_of(match.form))))
      match.subjects = itself(name.subject);
    match.unlikely_route = !match.route.empty() && !is_given_by(name.subject, match.route);
    return;
  }
  match.ambiguity = &ambiguities_[static_cast<std::size_t>(name.ambiguity)];
  if (match.route_differs) {
    match.subjects = match.ambiguity->choices;
    return;
  }
  for (const auto& [word, subject] : match.ambiguity->by_form)
    if (word == match.form) match.subjects = itself(subject);
  for (const auto& [amount, subject] : match.ambiguity->by_strength)
    if (amount == match.strength || (!match.strength.empty() && amount.starts_with(match.strength + " ")))
      match.subjects = itself(subject);
  if (match.subjects.empty() && !match.route.empty())
    if (const SubjectId settled = settled_by_route(*match.ambiguity, match.route); settled != kNoSubject)
      match.subjects = itself(settled);
  if (match.subjects.empty()) match.subjects = match.ambiguity->choices;
}

bool Catalog::is_given_by(SubjectId id, std::string_view route) const {
  // The nearest that says it.
  for (const SubjectId wider : subjects_[id].up)
    if (const Routes routes = subjects_[wider].routes; routes != 0) {
      for (std::size_t i = 0; i < kEnumNames<Route>.size(); ++i)
        if ((routes & bit(static_cast<Route>(i))) != 0 && kEnumNames<Route>[i] == route) return true;
      return false;
    }
  return true;
}

NameMatch Catalog::match_ingredients(std::string_view written) const {
  NameMatch match;
  LineReader list(*this, match);
  list.read_ingredients(written);
  list.settle();
  return match;
}

NameMatch Catalog::match(std::string_view written, const BesideName& beside) const {
  NameMatch match;
  if (!beside.form.empty()) {
    const std::string folded = fold(beside.form);
    if (const std::string_view route = route_word(folded); route == folded) {
      match.route = route;
    } else {
      match.form = form_of(folded).value_or(folded);
    }
  }
  const std::string_view strength = beside.strength;
  if (!strength.empty()) match.strength = fold(strength);
  const std::string folded = fold(written);
  if (is_marked_negative(written)) return match;
  const std::optional<Name> name = look_up(folded);
  LineReader line(*this, match);
  if (!name) {
    line.read(written, folded);
  } else if (name->ambiguity >= 0) {
    // The amount is looked for even when the name is known: it may settle what it means.
    static_cast<void>(without_amounts(folded, match.strength));
  }
  for (const std::string_view route : {route_word(beside.route), route_of(match.form)}) {
    match.route_differs = match.route_differs || (!route.empty() && !match.route.empty() && route != match.route);
    if (match.route.empty()) match.route = route;
  }
  if (name) {
    settle(*name, match);
  } else {
    line.settle();
  }
  return match;
}

}  // namespace needleplan
