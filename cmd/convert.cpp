#include "needleplan/batch/convert.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/session.h"
#include "needleplan/batch/records.h"

namespace needleplan {

namespace {

struct ConvertOptions {
  std::vector<std::string> inputs;
  std::string to;
  std::string output = "-";
};

/// Standard output, or a file that appears when all is well.
class Target {
 public:
  int open(const std::string& path) {
    if (path == "-") return exit_ok;
    file_.emplace();
    FileError error;
    return failed(file_->open(path, Access::owner_only, Existing::replace, error), error);
  }
  int write(const std::string& text) {
    FileError error;
    if (file_) return failed(file_->write(text, error), error);
    if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return exit_ok;
    complain("standard output could not be written");
    return exit_io;
  }
  int commit() {
    FileError error;
    if (file_) return failed(file_->commit(error), error);
    return std::fflush(stdout) == 0 ? exit_ok : exit_io;
  }

 private:
  static int failed(bool done, const FileError& error) {
    if (done) return exit_ok;
    complain(error.message);
    return exit_code_for(error.problem);
  }
  std::optional<NewFile> file_;
};

/// Appends one record; what is wrong with it is told. An exit code.
int convert(const batch::RawRecord& record, batch::Converter& converter, std::string& out) {
  if (record.problem) {
    complain(record.problem->message);
    return exit_code_for(record.problem->problem);
  }
  const Source source(*record.input, Source::Constant{record.bytes}, record.first_line);
  Diagnostics diagnostics;
  if (record.too_large) {
    diagnostics.error({&source, 0}, "too-big",
                      fmt::format("the record has more than {} bytes; split it", batch::kMostBytes));
  }
  const bool done = !record.too_large && converter.convert(source, out, diagnostics);
  say(to_text(diagnostics));
  return done ? exit_ok : exit_data;
}

int run_convert(const ConvertOptions& options) {
  Target target;
  if (const int code = target.open(options.output); code != exit_ok) return code;
  batch::RecordReader reader({options.inputs, {}});
  std::optional<batch::Converter> converter;
  batch::Chunk chunk;
  std::string out;
  int worst = exit_ok;
  bool any = false;
  while (reader.next(chunk)) {
    out.clear();
    for (const batch::RawRecord& record : chunk.records) {
      if (!converter) {
        const bool json = options.to.empty() ? record.kind == batch::RecordKind::yaml : options.to == "ndjson";
        converter.emplace(json ? batch::Form::ndjson : batch::Form::yaml);
      }
      any = true;
      worst = std::max(worst, convert(record, *converter, out));
    }
    if (const int code = target.write(out); code != exit_ok) return code;
  }
  if (!any) {
    complain("there is no record to convert");
    return exit_no_input;
  }
  // A file that lacks a client must not look like a whole one.
  if (worst != exit_ok && options.output != "-") {
    complain(fmt::format("{}: not written, because records are missing", options.output));
    return worst;
  }
  return std::max(worst, target.commit());
}

}  // namespace

void add_convert(CLI::App& app, int& code) {
  static constexpr std::array<std::string_view, 2> kForms{"yaml", "ndjson"};
  auto options = std::make_shared<ConvertOptions>();
  app.add_option("INPUT", options->inputs, "profiles, streams of them, folders; - for standard input")->required();
  app.add_option("--to", options->to, "the form to write; without it, the other one than the first record has")
      ->check(one_of_words(kForms))
      ->type_name("FORM");
  app.add_option("-o,--output", options->output, "write to this file instead of standard output")->type_name("FILE");
  app.callback([options, &code] { code = run_convert(*options); });
}

}  // namespace needleplan
