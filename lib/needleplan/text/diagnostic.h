/// What is wrong with an input, as values: collected, sorted and printed in one layout.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "needleplan/text/source.h"

namespace needleplan {

enum class Level { note, warning, error };

/// One mistake. `message` names keys and expected words, never a client's answer.
struct Diagnostic {
  Location at;
  Level level = Level::error;
  std::string id;
  std::string message;
};

/// Collects diagnostics; readers take it by reference and carry on after each.
class Diagnostics {
 public:
  void error(Location at, std::string_view id, std::string message) { add(at, Level::error, id, std::move(message)); }
  void warning(Location at, std::string_view id, std::string message) {
    add(at, Level::warning, id, std::move(message));
  }
  void note(Location at, std::string_view id, std::string message) { add(at, Level::note, id, std::move(message)); }

  /// One that another collection holds.
  void repeat(const Diagnostic& diagnostic) { add(diagnostic.at, diagnostic.level, diagnostic.id, diagnostic.message); }

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  void clear() { all_.clear(), errors_ = 0; }

  /// All of them by source name, then place; the same message at the same place only once.
  [[nodiscard]] std::vector<Diagnostic> sorted() const;

 private:
  void add(Location at, Level level, std::string_view id, std::string message);

  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

enum class Excerpt { with_line, place_only };

/// `file:line:column: level: message [id]`, then (Excerpt::with_line) the source line and a caret.
/// Lines are cut around the caret to fit 80 columns. Ends with a line break.
[[nodiscard]] std::string to_text(const Diagnostic& diagnostic, Excerpt excerpt = Excerpt::with_line);

/// Every diagnostic in sorted order.
[[nodiscard]] std::string to_text(const Diagnostics& diagnostics, Excerpt excerpt = Excerpt::with_line);

}  // namespace needleplan
