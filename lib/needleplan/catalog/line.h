/// A name as lists and labels write it: brand (ingredient), salts, amounts, how it is taken, what it is for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/catalog/catalog.h"

namespace needleplan {

/// The family of a kind: parents of a subject are of its own, as a class is no condition.
[[nodiscard]] int family(SubjectKind kind);

/// What to ask where a name can mean several things.
[[nodiscard]] std::string_view ask_about(const NameMatch& match);

/// Reads one line into a match. Every word of it is a name, a form, an amount, or a word that the catalog says means
/// nothing there; where one is left over, the whole line is unknown.
class LineReader {
 public:
  LineReader(const Catalog& catalog, NameMatch& match) : catalog_(catalog), match_(match) {}

  /// Finds the names in it, and the form, strength and route that it tells.
  void read(std::string_view written, const std::string& folded);
  /// The same of a list of ingredients: those that are known count, and the others are kept as they are written.
  void read_ingredients(std::string_view written);
  /// What those names mean together.
  void settle();

 private:
  /// How a part is joined to those before it: the same thing in other words, a further thing, or one of both.
  enum class Link : std::uint8_t { same, all, one };
  struct Part {
    Link link = Link::same;
    std::string folded;
  };
  struct Found {
    Link link = Link::same;
    Name name;
  };

  [[nodiscard]] static std::vector<Part> parts_of(std::string_view written);
  /// Adds the names of a part. False where something is left over.
  [[nodiscard]] bool read_part(const Part& part);
  void read_ingredients(const std::vector<Part>& parts);
  /// Whether it is all that is in something, as labels begin it, and not only what somebody picked from one.
  [[nodiscard]] bool is_label(const std::vector<Part>& parts) const;
  /// Whether a part is what a list of ingredients begins with.
  [[nodiscard]] bool opens_list(const Part& part) const;
  void read_ingredient(std::string_view folded, std::vector<std::string>& unread);
  /// The one name that a part is, without what may stand around it.
  [[nodiscard]] std::optional<Name> one_name(std::string_view folded);
  [[nodiscard]] std::optional<Name> trimmed(std::vector<std::string_view> words);
  [[nodiscard]] std::optional<Name> known(std::span<const std::string_view> words) const;
  /// Whether a part holds no name, only how a thing is taken and what it is for.
  [[nodiscard]] bool says_nothing(std::string_view folded);
  /// Whether a word says nothing about what the thing is; notes a form or route.
  [[nodiscard]] bool passes(std::string_view word);
  [[nodiscard]] bool is_purpose(std::span<const std::string_view> words) const;
  void cut_purpose(std::vector<std::string_view>& words);
  /// Joins what a further part means to what the parts before it mean. False where both cannot stand in one line.
  [[nodiscard]] bool join(const NameMatch& next, Link link, std::vector<SubjectId>& subjects);

  const Catalog& catalog_;
  NameMatch& match_;
  std::vector<Found> found_;
  std::string_view route_;  ///< that a word of the line names
};

}  // namespace needleplan
