#include "needleplan/plan/due.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"
#include "cmd/result_stream.h"
#include "needleplan/batch/records.h"
#include "needleplan/profile/read_profile.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/render/due_record.h"

namespace needleplan {

namespace {

struct DueOptions {
  SharedOptions shared;
  std::vector<std::string> inputs;
  std::string files_from;
};

constexpr std::array<std::string_view, 3> kDueFormats{"text", "csv", "ndjson"};

/// Reads client after client and keeps only what is to be told.
class DueRun {
 public:
  DueRun(const DueOptions& options, const Pack& pack)
      : options_(options), pack_(pack), on_(as_of(options.shared)), provenance_(provenance_of(pack)) {}

  int run() {
    batch::RecordReader reader({options_.inputs, options_.files_from});
    batch::Chunk chunk;
    ResultStream out(options_.shared.output);
    if (const int problem = out.open(); problem != exit_ok) return problem;
    if (format("csv")) out_ += kDueHead;
    while (reader.next(chunk)) {
      for (const batch::RawRecord& record : chunk.records)
        add(record);
      if (const int problem = out.add(out_); problem != exit_ok) return problem;
      out_.clear();
    }
    if (totals_.clients + totals_.errors == 0) {
      complain("no profile was found in the inputs");
      code_ = exit_no_input;
    }
    if (format("text")) out_ += due_text(totals_, pack_, on_);
    if (format("ndjson")) out_ += due_summary(totals_, provenance_, pack_, on_);
    if (const int problem = out.add(out_); problem != exit_ok) return problem;
    return std::max(code_, out.finish());
  }

 private:
  [[nodiscard]] bool format(std::string_view name) const { return options_.shared.format == name; }

  void add(const batch::RawRecord& record) {
    if (record.problem) return add(record, {*record.input, record.problem->message, {}}, exit_no_input);
    if (record.too_large) return add(record, {*record.input, "a record is larger than 1 MiB", {}}, exit_data);
    const Source source(*record.input, Source::Constant{record.bytes}, record.first_line);
    yaml::Document document;
    Diagnostics diagnostics;
    const auto profile = read_profile(source, document, diagnostics);
    say(to_text(diagnostics));
    if (!profile) return add(record, {*record.input, {}, mistakes_of(diagnostics)}, exit_data);
    ++totals_.clients;
    PlanInput input;
    input.pack = &pack_;
    input.session = session_of(*profile);
    if (!input.session.day) {
      ++totals_.without_session;
      return;
    }
    input.as_of = due_as_of(input.session, on_);
    const Facts facts = resolve(*profile, pack_, input.as_of);
    const Assessment assessment = assess(facts);
    input.facts = &facts;
    input.assessment = &assessment;
    const DueList list = due_on(input, on_);
    if (list.lines.empty()) return;
    ++totals_.with_something;
    for (const DueLine& line : list.lines)
      ++totals_.kinds[static_cast<std::size_t>(line.kind)];
    if (format("text")) out_ += due_text(list, input, on_);
    if (format("csv")) out_ += due_rows(list, input);
    if (format("ndjson")) out_ += due_record(list, input, on_, sha256(record.bytes));
  }

  /// An input that could not be used; the others are still done.
  void add(const batch::RawRecord& record, const InputFault& fault, int code) {
    ++totals_.errors;
    code_ = std::max(code_, code);
    if (!fault.message.empty()) complain(fault.message);
    const std::string place =
        record.alone || record.problem ? fault.input : fmt::format("{}:{}", fault.input, record.first_line);
    if (format("text")) out_ += fmt::format("This profile could not be read: {}\n\n", place);
    if (format("csv")) out_ += due_row(place);
    if (format("ndjson")) out_ += error_record(fault, JsonWriter::Layout::compact);
  }

  const DueOptions& options_;
  const Pack& pack_;
  Date on_;
  Provenance provenance_;
  DueTotals totals_;
  std::string out_;
  int code_ = exit_ok;
};

int run(const DueOptions& options) {
  if (options.inputs.empty() && options.files_from.empty()) {
    complain("no input: name files or folders, - for standard input, or --files-from");
    return exit_usage;
  }
  const auto pack = load_pack(options.shared);
  return pack ? DueRun(options, *pack).run() : exit_config;
}

}  // namespace

void add_due(CLI::App& app, int& code) {
  auto options = std::make_shared<DueOptions>();
  app.add_option("INPUT", options->inputs, "client profiles: files, folders, streams; - for standard input");
  app.add_option("--on", options->shared.as_of, "the day, which counts as today")
      ->type_name("DATE")
      ->check(check_date)
      ->required();
  add_protocol_options(app, options->shared);
  add_result_options(app, options->shared, kDueFormats);
  app.add_option("--files-from", options->files_from, "read the paths of inputs from this file; - for standard input")
      ->type_name("FILE");
  app.add_flag("-q,--quiet", options->shared.quiet, "no notes on standard error");
  app.callback([options, &code] { code = run(*options); });
}

}  // namespace needleplan
