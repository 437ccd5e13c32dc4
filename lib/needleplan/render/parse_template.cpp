#include "needleplan/render/parse_template.h"

#include <array>
#include <optional>
#include <string>

#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kBlanks = " \t";
constexpr std::size_t kDeepest = 64;  // sections within sections; rendering recurses as deep

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == kNone) return text.substr(0, 0);
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

struct Tag {
  char sigil = ' ';  ///< one of kSigils, or a space for a variable
  std::string_view whole;
  std::string_view content;  ///< without the sigil and the blanks around it
};

constexpr std::string_view kSigils = "#^/>&{=!<$";

struct OpenSection {
  std::size_t piece = 0;
  Tag tag;
};

class Parser {
 public:
  Parser(const Source& source, Diagnostics& diagnostics)
      : source_(source), text_(source.text()), diagnostics_(diagnostics) {
    body_.source = &source;
  }

  Body run() {
    std::size_t from = 0;
    for (std::size_t at = text_.find(open_); at != kNone && !too_deep_; at = text_.find(open_, from)) {
      const std::optional<Tag> tag = tag_at(at);
      from = tag ? end_of(tag->whole) : at + open_.size();
      if (tag) from = take(*tag);
    }
    literal(text_.size());
    for (; !sections_.empty(); end_section())
      if (!too_deep_) unclosed(sections_.back());
    return std::move(body_);
  }

 private:
  void error(std::string_view at, std::string_view id, std::string message) {
    diagnostics_.error(location_of(source_, at), id, std::move(message));
  }
  std::size_t end_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data()) + part.size();
  }
  std::string written(std::string_view sigil, std::string_view name) const {
    return std::string(open_).append(sigil).append(name).append(close_);
  }

  std::optional<Tag> tag_at(std::size_t at) {
    Tag tag;
    std::size_t from = std::min(text_.find_first_not_of(kBlanks, at + open_.size()), text_.size());
    if (from < text_.size() && kSigils.find(text_[from]) != kNone) tag.sigil = text_[from++];

    std::string closer(close_);
    if (tag.sigil == '{') closer.insert(0, 1, '}');
    if (tag.sigil == '=') closer.insert(0, 1, '=');
    const std::size_t end = text_.find(closer, from);

    // A forgotten end must not swallow the next tag or line; only comments may span lines, and only
    // new delimiters may look like the beginning of a tag.
    bool closed = end != kNone;
    if (closed && tag.sigil != '!') {
      const std::string_view inside = text_.substr(from, end - from);
      closed = inside.find('\n') == kNone && (tag.sigil == '=' || inside.find(open_) == kNone);
    }
    if (!closed) {
      const std::string where = tag.sigil == '!' ? "" : " on its line";
      error(text_.substr(at, open_.size()), "template-unclosed-tag",
            "tag is not closed" + where + ": expected " + in_quotes(closer));
      return std::nullopt;
    }
    tag.whole = text_.substr(at, end + closer.size() - at);
    tag.content = without_blanks(text_.substr(from, end - from));
    return tag;
  }

  /// Returns where to read on.
  std::size_t take(const Tag& tag) {
    const auto begin = static_cast<std::size_t>(tag.whole.data() - text_.data());
    std::size_t end = end_of(tag.whole);
    const bool prints = tag.sigil == ' ' || tag.sigil == '&' || tag.sigil == '{';
    const std::size_t line = prints ? kNone : line_of_its_own(begin, end);
    literal(line == kNone ? begin : line);
    if (line != kNone) end = after_line_break(end);
    rest_ = end;

    switch (tag.sigil) {
      case '!':
        break;
      case '=':
        set_delimiters(tag);
        break;
      case '/':
        close_section(tag);
        break;
      case '>':
        partial(tag, line == kNone ? text_.substr(begin, 0) : text_.substr(line, begin - line), line != kNone);
        break;
      case '<':
      case '$':
        error(tag.whole, "template-unsupported-tag",
              "blocks and parents (" + in_quotes(std::string(open_) + tag.sigil) + ") are not supported");
        break;
      case '#':
      case '^':
        open_section(tag);
        break;
      default:
        if (is_name(tag)) add(tag.sigil == ' ' ? PieceKind::escaped : PieceKind::raw, tag.content);
    }
    return end;
  }

  /// Appends the text from where reading stands up to `to`.
  void literal(std::size_t to) {
    if (to <= rest_) return;
    Piece piece;
    piece.text = text_.substr(rest_, to - rest_);
    body_.pieces.push_back(piece);
  }

  /// The start of the line if nothing but blanks shares it with the tag, else kNone.
  std::size_t line_of_its_own(std::size_t begin, std::size_t end) const {
    const std::size_t line_break = begin == 0 ? kNone : text_.rfind('\n', begin - 1);
    const std::size_t line = line_break == kNone ? 0 : line_break + 1;
    if (line < rest_) return kNone;  // another tag stands, or ends, on this line
    if (text_.substr(line, begin - line).find_first_not_of(kBlanks) != kNone) return kNone;
    const std::size_t next = text_.find_first_not_of(kBlanks, end);
    const bool alone = next == kNone || text_[next] == '\n' || text_.substr(next).starts_with("\r\n");
    return alone ? line : kNone;
  }

  std::size_t after_line_break(std::size_t end) const {
    const std::size_t line_break = text_.find('\n', end);
    return line_break == kNone ? text_.size() : line_break + 1;
  }

  bool is_name(const Tag& tag) {
    const std::string_view name = tag.content;
    if (name == ".") return true;
    const std::string dotted = '.' + std::string(name) + '.';
    const bool good = dotted.find("..") == kNone && name.find_first_of(" \t\r\v\f") == kNone;
    if (!good)
      error(name.empty() ? tag.whole : name, "template-bad-name",
            name.empty() ? "tag without a name"
                         : in_quotes(name) + " is not a name: expected words without spaces, joined by single dots");
    return good;
  }

  void add(PieceKind kind, std::string_view name) {
    Piece piece;
    piece.kind = kind;
    const std::size_t dot = name == "." ? kNone : name.find('.');
    piece.name = name.substr(0, dot);
    if (dot != kNone) piece.rest = name.substr(dot + 1);
    body_.pieces.push_back(piece);
  }

  void partial(const Tag& tag, std::string_view indentation, bool standalone) {
    // A partial's name is that of a file, where dots are just letters.
    if (tag.content.empty() || tag.content.find_first_of(" \t\r\v\f") != kNone) {
      error(tag.content.empty() ? tag.whole : tag.content, "template-bad-name",
            tag.content.empty() ? "partial without a name"
                                : in_quotes(tag.content) + " is not the name of a partial: expected one word");
      return;
    }
    if (tag.content.front() == '*') {
      error(tag.content, "template-unsupported-tag", "names of partials that come from the data are not supported");
      return;
    }
    Piece piece;
    piece.kind = PieceKind::partial;
    piece.standalone = standalone;
    piece.text = indentation;
    piece.name = tag.content;
    body_.pieces.push_back(piece);
  }

  void open_section(const Tag& tag) {
    if (sections_.size() == kDeepest) {
      error(tag.whole, "template-too-deep", "more than " + std::to_string(kDeepest) + " sections within each other");
      too_deep_ = true;
      return;
    }
    sections_.push_back({body_.pieces.size(), tag});
    // Added without its name if that is bad, so that neither its end nor its names are reported as well.
    add(tag.sigil == '#' ? PieceKind::section : PieceKind::inverted, is_name(tag) ? tag.content : std::string_view());
  }

  void close_section(const Tag& tag) {
    const std::string_view name = tag.content;
    if (sections_.empty()) {
      error(tag.whole, "template-unopened-section", written("/", name) + " closes no section");
      return;
    }
    std::size_t opened = sections_.size();
    while (opened > 0 && sections_[opened - 1].tag.content != name)
      --opened;
    if (opened == 0) {
      const std::string_view innermost = sections_.back().tag.content;
      const int line = location_of(source_, sections_.back().tag.whole).place().line;
      error(tag.whole, "template-mismatched-section",
            "expected " + written("/", innermost) + " for the section opened at line " + std::to_string(line) +
                ", found " + written("/", name));
      // A misspelt end still ends its section; any other is taken for a leftover.
      if (nearest(name, std::array{innermost}).empty()) return;
      opened = sections_.size();
    }
    for (; sections_.size() > opened; end_section())
      unclosed(sections_.back());
    end_section();
  }

  void end_section() {
    body_.pieces[sections_.back().piece].target = static_cast<std::uint32_t>(body_.pieces.size());
    sections_.pop_back();
  }

  void unclosed(const OpenSection& section) {
    error(
        section.tag.whole, "template-unclosed-section",
        "section " + in_quotes(section.tag.content) + " is not closed: expected " + written("/", section.tag.content));
  }

  void set_delimiters(const Tag& tag) {
    const std::size_t gap = tag.content.find_first_of(kBlanks);
    const std::string_view open = tag.content.substr(0, gap);
    const std::string_view close = gap == kNone ? std::string_view() : without_blanks(tag.content.substr(gap));
    if (close.empty() || close.find_first_of(kBlanks) != kNone || tag.content.find('=') != kNone) {
      error(tag.whole, "template-bad-delimiters",
            "expected two delimiters without \"=\", such as " + in_quotes(written("=", "<% %>=")));
      return;
    }
    open_ = open;
    close_ = close;
  }

  const Source& source_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  Body body_;
  std::vector<OpenSection> sections_;
  std::string_view open_ = "{{";
  std::string_view close_ = "}}";
  bool too_deep_ = false;
  std::size_t rest_ = 0;  ///< the text before it is in pieces
};

}  // namespace

Body parse_template(const Source& source, Diagnostics& diagnostics) {
  return Parser(source, diagnostics).run();
}

}  // namespace needleplan
