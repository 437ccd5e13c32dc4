#include "needleplan/render/formats.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "needleplan/io/data.h"
#include "needleplan/io/files.h"
#include "needleplan/render/document_names.h"
#include "needleplan/render/layout.h"
#include "needleplan/render/template.h"

namespace needleplan {

/// How a format is written, known here alone.
struct FormatRow {
  std::string_view name;
  Escape escape;
  bool wrapped;
};

namespace {

constexpr int kPageWidth = 80;
constexpr std::size_t kTemplateCap = std::size_t{1} << 20U;
constexpr std::string_view kSuffix = ".mustache";
constexpr std::array kFormats{FormatRow{"text", Escape::none, true}, FormatRow{"md", Escape::markdown, false}};

const FormatRow* find_format(std::string_view name) {
  for (const FormatRow& row : kFormats)
    if (row.name == name) return &row;
  return nullptr;
}

/// The mark of an item as a reader sees it.
constexpr std::array<std::string_view, kEnumNames<Mark>.size()> kWords{
    "", "DO", "NO", "STILL NO", "OK AGAIN", "MAY", "NORMAL", "WATCH", "CALL", "URGENT", "ASK", "MISSED", "", "", ""};
constexpr std::size_t kColumn = 9;

/// Data for templates, in an arena that is cleared for each document.
class DocumentData {
 public:
  DocumentData(DataArena& arena, Color color) : arena_(arena), color_(color) {}

  Data of(const Document& d) {
    return arena_.map({{"verb", Data::text(d.verb)},
                       {"title", Data::text(d.title)},
                       {"subtitle", Data::text(d.subtitle)},
                       {"draft", Data::text(d.draft)},
                       {"banner", d.banner ? of(*d.banner) : Data{}},
                       {"sections", list(d.sections)},
                       {"footer", list(d.footer)},
                       {"style", style(color_)}});
  }

 private:
  template <class T>
  Data list(const std::vector<T>& items) {
    std::vector<Data> out;
    out.reserve(items.size());
    for (const T& item : items)
      out.push_back(of(item));
    return arena_.list(out);
  }

  static Data of(const std::string& text) { return Data::text(text); }

  Data of(const Banner& b) {
    return arena_.map({{"verdict", Data::text(b.verdict)},
                       {"headline", Data::text(b.headline)},
                       {"good", Data::flag(b.good)},
                       {"lines", list(b.lines)}});
  }

  Data of(const Group& g) {
    return arena_.map({{"id", Data::text(g.id)},
                       {"title", Data::text(g.title)},
                       {"note", Data::text(g.note)},
                       {"date", g.date ? Data::text(*g.date) : Data{}},
                       {"part", Data::flag(g.part)},
                       {"items", items_of(g)}});
  }

  /// What is only repeated from the day before is drawn shortly: what ends together on one line.
  Data items_of(const Group& g) {
    std::vector<const Item*> drawn;
    std::vector<Item*> joined;  // those of `drawn` that more may be added to
    for (const Item& item : g.items) {
      if (!item.again) {
        drawn.push_back(&item);
        continue;
      }
      const std::string text = item.origin.empty() ? item.text : item.text + " [" + item.origin + "]";
      const auto like = std::find_if(joined.begin(), joined.end(), [&item](const Item* one) {
        return one->mark == item.mark && one->until == item.until;
      });
      if (like != joined.end()) {
        // Signs are sentences, bans only names.
        (*like)->text += (item.mark == Mark::expect ? " " : "; ") + text;
        (*like)->details.insert((*like)->details.end(), item.details.begin(), item.details.end());
        continue;
      }
      kept_.push_back(std::make_unique<Item>(item));
      joined.push_back(kept_.back().get());
      joined.back()->text = text;
      joined.back()->origin.clear();
      drawn.push_back(joined.back());
    }
    std::vector<Data> out;
    out.reserve(drawn.size());
    for (const Item* item : drawn)
      out.push_back(of(*item));
    return arena_.list(out);
  }

  Data of(const Item& item) {
    const std::string_view word = kWords[static_cast<std::size_t>(item.mark)];
    std::string column(word);
    if (!column.empty()) column.resize(kColumn, ' ');
    return arena_.map({{"id", Data::text(item.id)},
                       {"tick", Data::flag(item.tick)},
                       {"mark", Data::text(to_string(item.mark))},
                       {"word", Data::text(word)},
                       {"column", arena_.copy(column)},
                       {"label", Data::text(item.label)},
                       {"text", Data::text(item.text)},
                       {"reason", Data::text(item.reason)},
                       {"origin", Data::text(item.origin)},
                       {"until", Data::text(item.until)},
                       {"details", list(item.details)}});
  }

  Data of(const Detail& detail) {
    return arena_.map({{"name", Data::text(detail.name)}, {"text", Data::text(detail.text)}});
  }

  DataArena& arena_;
  Color color_;
  std::vector<std::unique_ptr<Item>> kept_;  ///< joined items, for as long as the document is drawn
};

}  // namespace

bool has_templates(std::string_view format) {
  return find_format(format) != nullptr;
}

struct Drawing::State {
  const FormatRow* format = nullptr;
  DrawOptions options;
  std::vector<std::unique_ptr<Source>> sources;
  Partials partials;
  std::optional<Template> page;
  DataArena arena;
};

Drawing::Drawing() : state_(std::make_unique<State>()) {}
Drawing::~Drawing() = default;

bool Drawing::open(std::string_view format, std::string_view verb, const DrawOptions& options, Diagnostics& diagnostics,
                   std::string& problem) {
  State& s = *state_;
  s.format = find_format(format);
  s.options = options;
  const std::string folder = fmt::format("templates/{}/", format);
  const auto name_of = [](std::string_view path) {
    const std::string_view file = path.substr(path.rfind('/') + 1);
    return std::string(file.substr(0, file.size() - kSuffix.size()));
  };
  for (const DataFile& file : embedded_data()) {
    if (!file.path.starts_with(folder) || !file.path.ends_with(kSuffix)) continue;
    s.sources.push_back(std::make_unique<Source>(std::string(file.path), std::string(file.bytes)));
    s.partials.insert_or_assign(name_of(file.path), s.sources.back().get());
  }
  // The clinic's own files lie in a folder per format, or all in one folder.
  if (!options.templates.empty()) {
    std::string own = fmt::format("{}/{}", options.templates, format);
    if (!is_folder(own)) own = options.templates;
    FileError error;
    const auto paths = list_files(own, kSuffix, Depth::this_folder, error);
    if (!paths) {
      problem = error.message;
      return false;
    }
    if (paths->empty()) {
      problem = fmt::format("{}: no file here ends in {}", own, kSuffix);
      return false;
    }
    for (const std::string& path : *paths) {
      auto text = read_file(path, kTemplateCap, error);
      if (!text) {
        problem = error.message;
        return false;
      }
      s.sources.push_back(std::make_unique<Source>(path, std::move(*text)));
      s.partials.insert_or_assign(name_of(path), s.sources.back().get());
    }
  }
  const auto page = s.partials.find(verb);
  if (page == s.partials.end()) {
    problem = fmt::format("there is no template for {} as {}", verb, format);
    return false;
  }
  s.page = Template::compile(*page->second, s.partials, kDocumentVocabulary, diagnostics);
  return s.page.has_value();
}

bool Drawing::draw(const Document& document, std::string& out, Diagnostics& diagnostics) {
  if (!width()) return compose(document, out, diagnostics);
  std::string text;
  if (!compose(document, text, diagnostics)) return false;
  out += wrap(text, *width());
  return true;
}

bool Drawing::compose(const Document& document, std::string& out, Diagnostics& diagnostics) {
  State& s = *state_;
  s.arena.clear();
  std::string text;
  DocumentData maker(s.arena, s.options.color);
  const Data data = maker.of(document);
  if (!s.page->render(data, s.format->escape, text, diagnostics)) return false;
  out += s.options.ascii ? ascii(text) : text;
  return true;
}

std::optional<int> Drawing::width() const {
  return state_->format->wrapped ? std::optional(kPageWidth) : std::nullopt;
}

Escape Drawing::escape() const {
  return state_->format->escape;
}

bool Drawing::ascii_only() const {
  return state_->options.ascii;
}

}  // namespace needleplan
