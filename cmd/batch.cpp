#include <algorithm>
#include <cstdlib>
#include <memory>

#include "cmd/batch_run.h"
#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/plan_options.h"
#include "cmd/session.h"
#include "needleplan/batch/shard.h"

namespace needleplan {

namespace {

using namespace batch;

template <std::size_t N>
std::optional<std::size_t> index_in(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

/// The verb, which is the first word if it is one.
Verb take_verb(std::vector<std::string>& inputs) {
  if (inputs.empty()) return Verb::check;
  const auto index = index_in(kVerbNames, inputs.front());
  if (!index) return Verb::check;
  inputs.erase(inputs.begin());
  return static_cast<Verb>(*index);
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string(value);
}

/// What of the options does not go together; empty when all does.
std::string conflict_of(const BatchOptions& options, const Run& run) {
  const bool csv = std::find(run.formats.begin(), run.formats.end(), Format::csv) != run.formats.end();
  if (csv && run.verb != Verb::check) return "the format csv is for check; the others have --summary";
  if (run.formats.size() > 1 && !run.files) return "--format can be given several times with --out-dir only";
  if (options.resume && options.shared.output == "-") return "--resume needs --output FILE, the file to go on with";
  if (options.resume && run.files)
    return "--resume is for --output; with --out-dir files that are equal are left alone";
  if (options.resume && run.rows) return "--resume and --summary do not go together";
  return {};
}

int run_batch(const BatchOptions& options) {
  Inputs inputs{options.inputs, options.files_from};
  Run run;
  run.verb = take_verb(inputs.paths);
  if (options.shared.as_of.empty()) {
    complain("--as-of is needed: a run over many clients goes by one day, whenever it is started");
    return exit_usage;
  }
  for (const std::string& format : options.formats)
    run.formats.push_back(static_cast<Format>(*index_in(kFormatNames, format)));
  if (run.formats.empty()) run.formats.push_back(Format::text);
  run.files = !options.out_dir.empty();
  run.rows = !options.summary.empty();
  if (const std::string problem = conflict_of(options, run); !problem.empty()) {
    complain(problem);
    return exit_usage;
  }
  if (!options.shard.empty()) {
    std::string problem;
    run.shard = options.shard == "auto" ? shard_of_scheduler(&variable, problem) : parse_shard(options.shard);
    if (!run.shard) {
      complain(problem.empty() ? "--shard takes i/n with i from 1 to n, as 2/8, or auto" : problem);
      return exit_usage;
    }
  }
  if (inputs.paths.empty() && inputs.list.empty()) {
    complain("no input: name files or folders, - for standard input, or --files-from");
    return exit_usage;
  }
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  run.pack = pack.get();
  run.as_of = as_of(options.shared);
  run.provenance = provenance_of(*pack);
  run.draw = {use_color(options.shared) ? Color::on : Color::off, options.shared.ascii, options.shared.templates};
  run.days = options.days;
  if (!options.start.empty()) run.start = parse_time(options.start);
  for (std::size_t i = 0; i < run.exit_codes.size(); ++i)
    run.exit_codes[i] = options.fail.exit_code(static_cast<Verdict>(i));
  run.exit_code_for = &exit_code_for;
  run.exit_data = exit_data;
  run.exit_draw = exit_config;
  run.prepare();
  return BatchRun(options, run, std::move(inputs)).go();
}

}  // namespace

void add_batch(CLI::App& app, int& code) {
  auto options = std::make_shared<BatchOptions>();
  app.add_option("INPUT", options->inputs,
                 "check, prep, procedure, aftercare or plan (check when none of them is given), then profiles: files, "
                 "folders, streams; - for standard input");
  add_shared(app, options->shared, kFormatNames);
  app.remove_option(app.get_option("--format"));
  std::string names;
  for (const std::string_view name : kFormatNames)
    names += (names.empty() ? "" : ", ") + std::string(name);
  app.add_option("-f,--format", options->formats, "output format: " + names)
      ->type_name("FORMAT")
      ->check(one_of_words(kFormatNames))
      ->allow_extra_args(false);
  add_fail(app, options->fail);
  add_days(app, options->days);
  add_start(app, options->start);
  app.add_option("--files-from", options->files_from, "read the paths of inputs from this file; - for standard input")
      ->type_name("FILE");
  app.add_option("-j,--jobs", options->jobs, "how many threads work")->type_name("N")->check(CLI::Range(1, 256));
  app.add_option("--out-dir", options->out_dir, "write a file for each client and format into this folder")
      ->type_name("DIR")
      ->excludes("--output");
  app.add_option("--shard", options->shard, "do only the part i of n of the clients; auto: as the scheduler says")
      ->type_name("I/N");
  app.add_flag("--resume", options->resume, "go on where a run with the same --output was stopped");
  app.add_option("--max-errors", options->max_errors, "stop after so many records that cannot be read")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000'000));
  app.add_option("--summary", options->summary, "write a row for each client to this CSV file")->type_name("FILE");
  app.callback([options, &code] { code = run_batch(*options); });
}

}  // namespace needleplan
