#include "needleplan/catalog/line.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "needleplan/catalog/fold.h"
#include "needleplan/text/characters.h"

namespace needleplan {

namespace {

std::string joined(std::span<const std::string_view> words) {
  return fmt::format("{}", fmt::join(words, " "));
}

/// "2", "1x", "0.5"; but none of something is no amount of it, and a year is none either.
bool is_count(std::string_view word) {
  return (word.size() < 4 || word.find('.') != std::string_view::npos) &&
         word.find_first_not_of("0123456789.x") == std::string_view::npos &&
         word.find_first_of("123456789") != std::string_view::npos;
}

/// Takes out how many are taken in the morning, at noon, in the evening, at night: 1-0-1, 1-0-0-0.
std::string without_scheme(std::string_view folded) {
  const std::vector<std::string_view> words = words_of(folded);
  const auto is_digit_word = [](std::string_view word) { return word.size() == 1 && is_digit(word.front()); };
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    std::size_t end = begin;
    while (end < words.size() && is_digit_word(words[end]))
      ++end;
    if (end - begin < 3) continue;
    std::vector<std::string_view> rest(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
    rest.insert(rest.end(), words.begin() + static_cast<std::ptrdiff_t>(end), words.end());
    return joined(rest);
  }
  return std::string(folded);
}

/// What ends a part: how long it is, 0 for none, and whether what follows is a further thing.
struct Divider {
  std::size_t bytes = 0;
  bool lists = false;
};
Divider divider_at(std::string_view text, std::size_t i) {
  const bool gap_after = i + 1 == text.size() || is_space(text[i + 1]);
  switch (text[i]) {
    case '(':
    case ')':
    case '[':
    case ']':
    case '/':
    case '\n':
      return {1, false};
    case '+':
    case '&':
    case ';':
      return {1, true};
    case ',':
      return {gap_after ? 1U : 0U, true};
    case '.':
    case ':':
      return {gap_after ? 1U : 0U, false};
    case '-':
      return {gap_after && i > 0 && is_space(text[i - 1]) ? 1U : 0U, false};
    default:
      return text.substr(i).starts_with("\u2013") || text.substr(i).starts_with("\u2014") ? Divider{3, false}
                                                                                          : Divider{};
  }
}

}  // namespace

std::string_view ask_about(const NameMatch& match) {
  return match.ambiguity != nullptr ? match.ambiguity->ask : "Which is it? Write each thing as an entry of its own.";
}

std::optional<Name> LineReader::known(std::span<const std::string_view> words) const {
  std::string name = joined(words);
  if (auto found = catalog_.look_up(name)) return found;
  // Several of it.
  const std::string_view last = words.back();
  constexpr std::array<std::string_view, 3> kNoPlurals{"ss", "us", "is"};
  if (last.size() < 5 || last.back() != 's' ||
      std::any_of(kNoPlurals.begin(), kNoPlurals.end(), [&](std::string_view end) { return last.ends_with(end); }))
    return std::nullopt;
  name.pop_back();
  return catalog_.look_up(name);
}

bool LineReader::passes(std::string_view word) {
  if (const auto form = catalog_.form_of(std::string(word))) {
    if (match_.form.empty()) match_.form = *form;
    return true;
  }
  if (catalog_.has_role(word, WordRole::noise) || is_count(word) || is_unit(word)) return true;
  // Another way into the body may make another thing of it: see settle().
  if (!catalog_.is_route(word) || (!route_.empty() && route_ != word)) return false;
  route_ = catalog_.route_of(word);
  return true;
}

bool LineReader::is_purpose(std::span<const std::string_view> words) const {
  const auto is_link = [&](std::string_view word) {
    return catalog_.has_role(word, WordRole::all) || catalog_.has_role(word, WordRole::one);
  };
  if (const auto link = std::find_if(words.begin(), words.end(), is_link); link != words.end()) {
    const auto before = static_cast<std::size_t>(link - words.begin());
    return is_purpose(words.first(before)) && is_purpose(words.subspan(before + 1));
  }
  const auto is_reason_word = [&](std::string_view word) { return catalog_.has_role(word, WordRole::reason); };
  const auto means_nothing = [&](std::string_view word) {
    return catalog_.has_role(word, WordRole::noise) || is_count(word);
  };
  if (std::any_of(words.begin(), words.end(), is_reason_word) &&
      std::all_of(words.begin(), words.end(),
                  [&](std::string_view word) { return is_reason_word(word) || means_nothing(word); }))
    return true;
  while (!words.empty() && means_nothing(words.back()))
    words = words.first(words.size() - 1);
  while (!words.empty() && means_nothing(words.front()))
    words = words.subspan(1);
  const auto name = words.empty() ? std::nullopt : known(words);
  if (!name) return false;
  const auto is_reason = [&](SubjectId subject) {
    const SubjectKind kind = catalog_[subject].kind;
    return kind == SubjectKind::condition || kind == SubjectKind::indication || kind == SubjectKind::area;
  };
  if (name->ambiguity < 0) return is_reason(name->subject);
  const auto& choices = catalog_.ambiguities()[static_cast<std::size_t>(name->ambiguity)].choices;
  return std::all_of(choices.begin(), choices.end(), is_reason);
}

void LineReader::cut_purpose(std::vector<std::string_view>& words) {
  // The last first: "twice a day with food".
  for (std::size_t i = words.size(); i > 0; --i)
    if (catalog_.has_role(words[i - 1], WordRole::purpose) && is_purpose(std::span(words).subspan(i))) {
      words.resize(i - 1);
      match_.narrowed = true;
    }
}

std::optional<Name> LineReader::one_name(std::string_view folded) {
  const std::string bare = without_amounts(without_scheme(folded), match_.strength);
  const std::vector<std::string_view> all = words_of(bare);
  const std::string form = match_.form;
  const std::string_view route = route_;
  if (auto name = trimmed(all)) return name;
  std::vector<std::string_view> words = all;
  cut_purpose(words);
  if (words.size() == all.size()) return std::nullopt;
  // What was taken off in vain may belong to the name after all: "topical steroid on hands".
  match_.form = form;
  route_ = route;
  return trimmed(std::move(words));
}

std::optional<Name> LineReader::trimmed(std::vector<std::string_view> words) {
  // From the end first ("tretinoin cream"), then from the start ("crema de tretinoína"). One word
  // always stays: a form alone is no name.
  while (!words.empty()) {
    if (auto name = known(words)) return name;
    if (words.size() > 1 && passes(words.back())) {
      words.pop_back();
    } else if (words.size() > 1 && passes(words.front())) {
      words.erase(words.begin());
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::vector<LineReader::Part> LineReader::parts_of(std::string_view written) {
  std::vector<Part> parts;
  Link link = Link::same;
  std::size_t begin = 0;
  const auto end_part = [&](std::size_t end) {
    if (std::string folded = fold(written.substr(begin, end - begin)); !folded.empty())
      parts.push_back({link, std::move(folded)});
  };
  for (std::size_t i = 0; i < written.size();) {
    const Divider divider = divider_at(written, i);
    if (divider.bytes == 0) {
      ++i;
      continue;
    }
    end_part(i);
    link = divider.lists ? Link::all : Link::same;
    begin = i += divider.bytes;
  }
  end_part(written.size());
  return parts;
}

bool LineReader::says_nothing(std::string_view folded) {
  std::string strength;
  const std::string bare = without_amounts(without_scheme(folded), strength);
  std::vector<std::string_view> words = words_of(bare);
  cut_purpose(words);
  if (!std::all_of(words.begin(), words.end(),
                   [&](std::string_view word) { return passes(word) || catalog_.has_role(word, WordRole::reason); }))
    return false;
  if (match_.strength.empty()) match_.strength = std::move(strength);
  return true;
}

bool LineReader::read_part(const Part& part) {
  const auto read = [&](std::string_view folded, Link link) {
    if (const auto name = one_name(folded)) {
      found_.push_back({link, *name});
      return true;
    }
    return says_nothing(folded);
  };
  if (read(part.folded, part.link)) return true;
  // "aches and pains" was a name; "retinol and aspirin" are two.
  const std::vector<std::string_view> words = words_of(part.folded);
  Link link = part.link;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= words.size(); ++i) {
    const bool all = i < words.size() && catalog_.has_role(words[i], WordRole::all);
    const bool one = i < words.size() && catalog_.has_role(words[i], WordRole::one);
    if (i < words.size() && !all && !one) continue;
    if (i == words.size() && begin == 0) return false;
    if (!read(joined(std::span(words).subspan(begin, i - begin)), link)) return false;
    link = all ? Link::all : Link::one;
    begin = i + 1;
  }
  return true;
}

void LineReader::read(std::string_view written, const std::string& folded) {
  const NameMatch given = match_;
  if (const auto name = one_name(folded)) {
    found_.push_back({Link::same, *name});
    return;
  }
  const std::vector<Part> parts = parts_of(written);
  // What it says is kept for the names near it.
  NameMatch whole = std::exchange(match_, given);
  route_ = {};
  if (!std::all_of(parts.begin(), parts.end(), [&](const Part& part) { return read_part(part); })) {
    found_.clear();
    if (is_label(parts)) {
      match_ = given;
      route_ = {};
      read_ingredients(parts);
      match_.is_label = true;
      if (!found_.empty()) return;
    }
    match_ = std::move(whole);
  }
}

bool LineReader::join(const NameMatch& next, Link link, std::vector<SubjectId>& subjects) {
  const auto is_same_family = [&](SubjectId subject) {
    return family(catalog_[subject].kind) == family(catalog_[subjects.front()].kind);
  };
  if (subjects.empty()) {
    subjects.assign(next.subjects.begin(), next.subjects.end());
    match_.all = subjects.size() == 1;
    return true;
  }
  if (!std::all_of(next.subjects.begin(), next.subjects.end(), is_same_family)) return false;
  if (link == Link::same) {
    // The narrower of the two readings is what both say.
    std::vector<SubjectId> agreed;
    const auto keep = [&](std::span<const SubjectId> these, std::span<const SubjectId> those) {
      for (const SubjectId one : these)
        if (std::find(agreed.begin(), agreed.end(), one) == agreed.end() &&
            std::any_of(those.begin(), those.end(), [&](SubjectId other) { return catalog_.is_a(one, other); }))
          agreed.push_back(one);
    };
    keep(subjects, next.subjects);
    keep(next.subjects, subjects);
    if (!agreed.empty()) {
      subjects = std::move(agreed);
      match_.all = match_.all || subjects.size() == 1;
      return true;
    }
  }
  match_.all = match_.all && link == Link::all && !next.ambiguous();
  for (const SubjectId subject : next.subjects)
    if (std::find(subjects.begin(), subjects.end(), subject) == subjects.end()) subjects.push_back(subject);
  return true;
}

void LineReader::settle() {
  if (found_.empty()) return;
  if (match_.route.empty()) match_.route = route_;
  match_.route_differs = match_.route_differs || (!route_.empty() && route_ != match_.route);
  std::vector<SubjectId> subjects;
  for (const Found& found : found_) {
    NameMatch next;
    next.form = match_.form;
    next.route = match_.route;
    next.strength = match_.strength;
    next.route_differs = match_.route_differs;
    catalog_.settle(found.name, next);
    // Whether a thing is still the same by another route is known only of names that a route tells apart.
    match_.unlikely_route = match_.unlikely_route || next.unlikely_route;
    const bool tells = next.ambiguity != nullptr && next.ambiguity->choices.size() > 1;
    if (next.unknown() || (!route_.empty() && !tells) || !join(next, found.link, subjects)) {
      match_.all = false;
      return;
    }
    if (found_.size() == 1) {
      match_.subjects = next.subjects;
      match_.ambiguity = next.ambiguity;
      match_.all = false;
      return;
    }
  }
  match_.all = match_.all && subjects.size() > 1;
  if (subjects.size() > 1) {
    // They are of all of it together only where there is one thing.
    match_.form = {};
    match_.strength = {};
    match_.route = {};
  }
  match_.own = std::make_shared<const std::vector<SubjectId>>(std::move(subjects));
  match_.subjects = *match_.own;
}

}  // namespace needleplan
