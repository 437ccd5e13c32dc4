#include "needleplan/plan/due.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"
#include "cmd/result_stream.h"
#include "cmd/session.h"
#include "needleplan/batch/pipeline.h"
#include "needleplan/batch/read_record.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/render/due_record.h"

namespace needleplan {

namespace {

struct DueOptions {
  SharedOptions shared;
  std::vector<std::string> inputs;
  std::string files_from;
  unsigned jobs = 0;  ///< 0: as many as there are cores
};

constexpr std::array<std::string_view, 3> kDueFormats{"text", "csv", "ndjson"};

/// The work of one thread on its records: what is to be told goes into the results, what was read is counted here.
class DueWorker {
 public:
  DueWorker(std::string_view format, const Pack& pack, Date on) : format_(format), pack_(pack), on_(on) {}

  void work(const batch::Chunk& chunk, batch::Results& results) {
    results.clear();
    for (const batch::RawRecord& record : chunk.records)
      add(record, results);
  }

  [[nodiscard]] const DueTotals& totals() const { return totals_; }
  [[nodiscard]] int code() const { return code_; }

 private:
  void add(const batch::RawRecord& record, batch::Results& results) {
    const Source source = batch::source_of(record);
    const batch::ReadRecord got = batch::read_record(record, source, document_);
    results.said += got.said;
    if (!got.profile) return add(record, got.fault, results.out);
    ++totals_.clients;
    PlanInput input;
    input.pack = &pack_;
    input.session = session_of(*got.profile);
    if (!input.session.day) {
      ++totals_.without_session;
      return;
    }
    input.as_of = due_as_of(input.session, on_);
    const Facts facts = resolve(*got.profile, pack_, input.as_of);
    const Assessment assessment = assess(facts);
    input.facts = &facts;
    input.assessment = &assessment;
    const DueList list = due_on(input, on_);
    if (list.lines.empty()) return;
    ++totals_.with_something;
    for (const DueLine& line : list.lines)
      ++totals_.kinds[static_cast<std::size_t>(line.kind)];
    if (format_ == "text") results.out += due_text(list, input, on_);
    if (format_ == "csv") results.out += due_rows(list, input);
    if (format_ == "ndjson") results.out += due_record(list, input, on_, sha256(record.bytes));
  }

  /// An input that could not be used; the others are still done.
  void add(const batch::RawRecord& record, const InputFault& fault, std::string& out) {
    ++totals_.errors;
    code_ = std::max<int>(code_, record.problem ? exit_code_for(record.problem->problem) : exit_data);
    const std::string place =
        record.alone || record.problem ? *record.input : fmt::format("{}:{}", *record.input, record.first_line);
    if (format_ == "text") out += due_text(fault, place);
    if (format_ == "csv") out += due_row(fault, place);
    if (format_ == "ndjson") out += error_record(fault, JsonWriter::Layout::compact);
  }

  std::string_view format_;
  const Pack& pack_;
  Date on_;
  yaml::Document document_;
  DueTotals totals_;
  int code_ = exit_ok;
};

int write_list(const DueOptions& options, const Pack& pack) {
  const std::string_view format = options.shared.format;
  const Date on = as_of(options.shared);
  batch::RecordReader reader({options.inputs, options.files_from});
  ResultStream out(options.shared.output);
  int code = out.open();
  if (code != exit_ok) return code;
  if (format == "csv") code = out.add(kDueHead);
  const unsigned jobs = options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::unique_ptr<DueWorker>> workers;
  batch::Stages stages;
  stages.pull = [&](batch::Chunk& chunk) { return reader.next(chunk); };
  for (unsigned i = 0; i < jobs; ++i) {
    workers.push_back(std::make_unique<DueWorker>(format, pack, on));
    stages.work.emplace_back([&worker = *workers.back()](const batch::Chunk& chunk, batch::Results& results) {
      worker.work(chunk, results);
    });
  }
  stages.deliver = [&](batch::Results& results) {
    say(results.said);
    code = out.add(results.out);
    return code == exit_ok;
  };
  const std::atomic<bool> never = false;
  if (code == exit_ok) batch::run_pipeline(stages, never);
  if (code != exit_ok) return code;
  DueTotals totals;
  for (const auto& worker : workers) {
    totals.add(worker->totals());
    code = std::max(code, worker->code());
  }
  if (totals.clients + totals.errors == 0) {
    complain("no profile was found in the inputs");
    code = exit_no_input;
  }
  std::string end;
  if (format == "text") end = due_text(totals, pack, on);
  if (format == "ndjson") end = due_summary(totals, provenance_of(pack), pack, on);
  if (const int problem = out.add(end); problem != exit_ok) return problem;
  return std::max(code, out.finish());
}

int run_due(const DueOptions& options) {
  if (options.inputs.empty() && options.files_from.empty()) {
    complain("no input: name files or folders, - for standard input, or --files-from");
    return exit_usage;
  }
  const auto pack = load_pack(options.shared);
  return pack ? write_list(options, *pack) : exit_config;
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
  app.add_option("-j,--jobs", options->jobs, "how many threads work")->type_name("N")->check(CLI::Range(1, 256));
  app.add_flag("-q,--quiet", options->shared.quiet, "no notes on standard error");
  app.callback([options, &code] { code = run_due(*options); });
}

}  // namespace needleplan
