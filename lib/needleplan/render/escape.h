/// The one place where text from outside is made harmless for an output format.
#pragma once

#include <string>
#include <string_view>

namespace needleplan {

enum class Escape {
  none,     ///< plain text
  html,     ///< element content and quoted attribute values
  markdown  ///< CommonMark and its tables
};

/// Appends `text`, escaped. In every format, forbidden characters (is_forbidden: controls
/// other than line breaks, overrides of the direction of writing) come out as U+FFFD, and a tab as a
/// space: the layout gives tabs a meaning of their own. The marks of blanks stay: whatever is read may not
/// have them.
void append_escaped(std::string& out, std::string_view text, Escape escape);

}  // namespace needleplan
