/// Lists of ingredients, as labels print them.
#include <algorithm>

#include "needleplan/catalog/fold.h"
#include "needleplan/catalog/line.h"

namespace needleplan {

void LineReader::read_ingredients(std::string_view written) {
  read_ingredients(parts_of(written));
}

bool LineReader::is_label(const std::vector<Part>& parts) const {
  constexpr std::size_t kLeast = 3;
  return parts.size() >= kLeast && opens_list(parts.front());
}

bool LineReader::opens_list(const Part& part) const {
  const std::vector<std::string_view> words = words_of(part.folded);
  return std::all_of(words.begin(), words.end(),
                     [&](std::string_view word) { return catalog_.has_role(word, WordRole::list); });
}

void LineReader::read_ingredients(const std::vector<Part>& parts) {
  // What is in a cream; a list of what is swallowed is another.
  for (const std::string_view route : {match_.route, catalog_.route_of(match_.form)})
    if (!route.empty() && route != to_string(Route::topical)) return;
  std::vector<std::string> unread;
  for (const Part& part : parts)
    if (!opens_list(part)) read_ingredient(part.folded, unread);
  if (found_.empty()) return;
  match_.form = {};
  match_.strength = {};
  match_.route = to_string(Route::topical);
  if (!unread.empty()) match_.unread = std::make_shared<const std::vector<std::string>>(std::move(unread));
}

void LineReader::read_ingredient(std::string_view folded, std::vector<std::string>& unread) {
  std::string amount;
  const std::string bare = without_amounts(folded, amount);
  const std::vector<std::string_view> words = words_of(bare);
  if (std::all_of(words.begin(), words.end(), [](std::string_view word) {
        return is_unit(word) || word.find_first_not_of("0123456789.x") == std::string_view::npos;
      }))
    return;
  const NameMatch before = match_;
  const auto name = trimmed(words);
  match_ = before;
  route_ = {};
  const auto is_used = [&](SubjectId subject) {
    const SubjectKind kind = catalog_[subject].kind;
    return kind == SubjectKind::drug_class || kind == SubjectKind::ingredient || kind == SubjectKind::product;
  };
  if (name) {
    std::span<const SubjectId> meant(&name->subject, 1);
    if (name->ambiguity >= 0) meant = catalog_.ambiguities()[static_cast<std::size_t>(name->ambiguity)].choices;
    Name one = *name;
    one.ambiguity = -1;
    std::vector<SubjectId> fits;
    for (const SubjectId subject : meant) {
      one.subject = subject;
      if (is_used(subject) && catalog_.can_be(one, kAnyKind, to_string(Route::topical))) fits.push_back(subject);
    }
    // A list of ingredients names ingredients.
    if (fits.size() > 1)
      std::erase_if(fits, [&](SubjectId subject) { return catalog_[subject].kind != SubjectKind::ingredient; });
    if (fits.size() == 1) {
      one.subject = fits.front();
      found_.push_back({Link::all, one});
      return;
    }
    match_.unsure_list = match_.unsure_list || name->ambiguity >= 0;
    // What somebody may be allergic to is known too.
    if (std::all_of(meant.begin(), meant.end(),
                    [&](SubjectId subject) { return catalog_[subject].kind == SubjectKind::allergen; }))
      return;
  }
  const auto holds_one = [&](std::string_view word) {
    const auto part = catalog_.look_up(std::string(word));
    return part && part->ambiguity < 0 &&
           (catalog_[part->subject].kind == SubjectKind::ingredient ||
            catalog_[part->subject].kind == SubjectKind::product);
  };
  match_.unsure_list = match_.unsure_list || std::any_of(words.begin(), words.end(), holds_one);
  unread.emplace_back(folded);
}

}  // namespace needleplan
