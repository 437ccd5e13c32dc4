/// Looking names up: what is written by a client, against the tables of the program and what was added.
#include <algorithm>

#include <fmt/format.h>

#include "needleplan/catalog/catalog.h"
#include "needleplan/catalog/catalog_tables.h"
#include "needleplan/catalog/fold.h"

namespace needleplan {

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

bool Catalog::is_noise(const std::string& folded) const {
  if (noise_.contains(folded)) return true;
  const WordRow* row = compiled_->find_word(folded);
  return row != nullptr && row->is_noise != 0;
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

std::optional<Name> Catalog::look_up_trimmed(std::string_view folded, std::string& form) const {
  std::vector<std::string_view> words = words_of(folded);
  const auto trimmable = [&](std::string_view word) {
    const std::string key(word);
    if (const auto found = form_of(key)) {
      if (form.empty()) form = *found;
      return true;
    }
    return is_noise(key);
  };
  // From the end first ("tretinoin cream"), then from the start ("crema de tretinoína"). One word
  // always stays: a form alone is no name.
  while (words.size() > 1) {
    if (trimmable(words.back())) {
      words.pop_back();
    } else if (trimmable(words.front())) {
      words.erase(words.begin());
    } else {
      return std::nullopt;
    }
    if (auto name = look_up(fmt::format("{}", fmt::join(words, " ")))) return name;
  }
  return std::nullopt;
}

bool Catalog::may_come_as(std::string_view form, SubjectId subject) const {
  if (form != "injection") return true;
  const auto& up = subjects_[subject].up;
  return std::any_of(up.begin(), up.end(),
                     [&](SubjectId wider) { return subjects_[wider].prescription != Prescription::none; });
}

NameMatch Catalog::match(std::string_view written, std::string_view form, std::string_view strength) const {
  NameMatch match;
  if (!form.empty()) {
    const std::string folded = fold(form);
    match.form = form_of(folded).value_or(folded);
  }
  if (!strength.empty()) match.strength = fold(strength);
  const std::string folded = fold(written);
  std::optional<Name> name = look_up(folded);
  if (!name || name->ambiguity >= 0) {
    // The amount is looked for even when the name is known: it may settle what it means.
    const std::string bare = without_amounts(folded, match.strength);
    if (!name) name = look_up(bare);
    if (!name) name = look_up_trimmed(bare, match.form);
  }
  if (!name) return match;
  if (name->ambiguity < 0) {
    if (may_come_as(match.form, name->subject)) match.subjects = itself(name->subject);
    return match;
  }
  match.ambiguity = &ambiguities_[static_cast<std::size_t>(name->ambiguity)];
  for (const auto& [word, subject] : match.ambiguity->by_form)
    if (word == match.form) match.subjects = itself(subject);
  for (const auto& [amount, subject] : match.ambiguity->by_strength)
    if (amount == match.strength || (!match.strength.empty() && amount.starts_with(match.strength + " ")))
      match.subjects = itself(subject);
  if (match.subjects.empty()) match.subjects = match.ambiguity->choices;
  return match;
}

}  // namespace needleplan
