/// The readable formats: a Document in, text out, through the templates of that format.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "needleplan/plan/document.h"
#include "needleplan/render/escape.h"
#include "needleplan/render/style.h"
#include "needleplan/text/diagnostic.h"

namespace needleplan {

/// How a readable document is drawn.
struct DrawOptions {
  Color color = Color::off;
  bool ascii = false;
  /// A folder whose files replace those of the same name in the program; empty for none.
  std::string templates;
};

/// The formats that templates draw: `text`, `md`.
[[nodiscard]] bool has_templates(std::string_view format);

/// The templates of one format, compiled once.
class Drawing {
 public:
  Drawing();
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;
  ~Drawing();

  /// False, with everything that is wrong in `diagnostics` (or `problem` for a file that cannot be read).
  bool open(std::string_view format, std::string_view verb, const DrawOptions& options, Diagnostics& diagnostics,
            std::string& problem);

  /// Appends the document. Only after a successful open.
  bool draw(const Document& document, std::string& out, Diagnostics& diagnostics);
  /// The same before its lines are broken; it may then have blanks.
  bool compose(const Document& document, std::string& out, Diagnostics& diagnostics);

  /// The columns at which lines are broken; nothing where the format does not break them.
  [[nodiscard]] std::optional<int> width() const;
  /// How a client's text is escaped.
  [[nodiscard]] Escape escape() const;
  [[nodiscard]] bool ascii_only() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace needleplan
