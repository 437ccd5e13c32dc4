#include "cmd/batch_run.h"

#include <algorithm>
#include <csignal>
#include <thread>

#include <fmt/format.h>

#include "cmd/exit_code.h"
#include "cmd/session.h"
#include "needleplan/batch/rows.h"

namespace needleplan {

using namespace batch;

namespace {

std::atomic<bool> stop_asked = false;
volatile std::sig_atomic_t stop_signal = 0;

extern "C" void on_signal(int signal) {
  stop_signal = signal;
  stop_asked = true;
}

/// The records that were begun are finished when a run is told to end; a reader that goes away is an error like others.
void watch_signals() {
  struct sigaction action {};
  action.sa_handler = &on_signal;
  for (const int signal : {SIGINT, SIGTERM})
    ::sigaction(signal, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

/// How many records a worker takes at a time: fewer where each gives much, for their results wait in memory for those
/// before them.
std::size_t records_at_a_time(const Run& run) {
  const bool record = !is_readable(run.formats.front()) || run.formats.size() > 1;
  switch (run.verb) {
    case Verb::check:
      return 32;
    case Verb::prep:
    case Verb::procedure:
    case Verb::aftercare:
      return record ? 4 : 8;
    case Verb::plan:
      return record ? 1 : 4;
  }
  return 1;
}

/// Bytes of the inputs that are files; 0 when there are others.
std::uint64_t size_of(const Inputs& inputs) {
  std::uint64_t all = 0;
  if (!inputs.list.empty()) return 0;
  for (const std::string& path : inputs.paths) {
    InputFile file;
    FileError error;
    if (path == "-" || is_special(path) || !file.open(path, error)) return 0;
    all += file.size();
  }
  return all;
}

}  // namespace

BatchRun::BatchRun(const BatchOptions& options, Run& run, Inputs inputs)
    : options_(options),
      run_(run),
      inputs_(std::move(inputs)),
      reader_(inputs_, &stop_asked),
      stream_(options.shared.output),
      progress_(!options.shared.quiet, size_of(inputs_)) {
  reader_.set_most_records(records_at_a_time(run));
}

bool BatchRun::failed(const FileError& error) {
  progress_.clear();
  complain(error.message);
  code_ = exit_code_for(error.problem);
  return false;
}

bool BatchRun::open_templates() {
  const unsigned jobs = options_.jobs > 0 ? options_.jobs : std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < jobs; ++i) {
    Diagnostics diagnostics;
    std::string problem;
    scratches_.push_back(std::make_unique<Scratch>());
    const bool ready = scratches_.back()->open(run_, diagnostics, problem);
    if (!problem.empty()) complain(problem);
    if (i == 0 || !ready) say(to_text(diagnostics));
    if (!ready) return false;
  }
  return true;
}

/// Whether there are more files to write than one folder should hold; a stream that cannot be read twice counts as
/// many.
bool BatchRun::many_files() const {
  const bool list_stream = inputs_.list == "-" || (!inputs_.list.empty() && is_special(inputs_.list));
  const auto stream = [](const std::string& path) { return path == "-" || is_special(path); };
  if (list_stream || std::any_of(inputs_.paths.begin(), inputs_.paths.end(), stream)) return true;
  RecordReader counter(inputs_);
  Chunk chunk;
  std::uint64_t files = 0;
  while (files <= kMostFiles && counter.next(chunk))
    files += chunk.records.size() * run_.formats.size();
  return files > kMostFiles;
}

bool BatchRun::open_outputs() {
  FileError error;
  if (run_.files) {
    folder_.emplace(options_.out_dir, run_.verb, many_files());
    if (!folder_->open(error)) return failed(error);
  }
  if (!options_.summary.empty()) {
    if (!rows_.open(options_.summary, Access::owner_only, Existing::replace, error) || !rows_.write(kRowHead, error))
      return failed(error);
  }
  if (stream_.left_over() && !options_.resume)
    note(options_.shared, fmt::format("{}.part is begun anew; --resume would go on with it", options_.shared.output));
  run_.hashes = stream_.has_journal();
  std::string differs;
  if (stream_.open(run_, options_.resume, error, differs)) return resume();
  if (differs.empty()) return failed(error);
  complain(fmt::format("{}.part is from another run: {}", options_.shared.output, differs));
  code_ = exit_config;
  return false;
}

/// Passes over the records whose results are there already.
bool BatchRun::resume() {
  FileError error;
  error.message.clear();
  bool all = options_.resume && stream_.has_journal();
  while (all && pending_.records.empty() && reader_.next(pending_)) {
    std::size_t kept = 0;
    while (all && kept < pending_.records.size()) {
      all = stream_.keep(pending_.records[kept], totals_, error);
      if (all) ++kept;
    }
    RecordReader::drop(pending_, kept);
  }
  if (!error.message.empty()) return failed(error);
  if (options_.resume) note(options_.shared, fmt::format("{} records were done before", totals_.total));
  return stream_.begin(error) || failed(error);
}

bool BatchRun::pull(Chunk& chunk) {
  if (pending_.records.empty()) return reader_.next(chunk);
  std::swap(chunk, pending_);
  pending_ = {};
  return true;
}

/// Writes the files of the first `count` records. One whose name is taken becomes an error record.
bool BatchRun::write_files(Results& results, std::size_t count) {
  std::string out;
  std::size_t begin = 0;
  FileError error;
  for (std::size_t i = 0; i < count; ++i) {
    RecordResult& result = results.records[i];
    const auto own_out = std::string_view(results.out).substr(begin, result.out_end - begin);
    begin = result.out_end;
    out += own_out;
    if (result.files_begin != result.files_end) {
      std::string name;
      bool taken = false;
      if (!folder_->claim(results.clients[i], name, taken, error)) {
        if (!taken) return failed(error);
        InputFault fault;
        fault.client = results.clients[i];
        fault.message = fmt::format("a record before has the file name {} already", name);
        if (run_.shard) fault.position = result.position;
        results.said += fmt::format("needleplan: error: record {}: {}\n", result.position, fault.message);
        out += error_record(fault, JsonWriter::Layout::compact);
        result.error = true;
        result.verdict.reset();
        result.code = exit_data;
      } else {
        for (std::size_t f = result.files_begin; f < result.files_end; ++f) {
          const FileText& file = results.files[f];
          const auto bytes = std::string_view(results.file_bytes).substr(file.begin, file.end - file.begin);
          if (!folder_->write(name, file.format, bytes, error)) return failed(error);
        }
      }
    }
    result.out_end = out.size();
  }
  results.out = std::move(out);
  return true;
}

bool BatchRun::deliver(Results& results) {
  std::size_t count = results.records.size();
  if (run_.files && !write_files(results, count)) return false;
  bool enough = false;
  for (std::size_t i = 0; i < count && !enough; ++i) {
    totals_.add(results.records[i]);
    enough = options_.max_errors > 0 && totals_.errors >= options_.max_errors;
    if (enough) count = i + 1;
  }
  if (count == 0) return true;
  const RecordResult& last = results.records[count - 1];
  FileError error;
  const auto out = std::string_view(results.out).substr(0, last.out_end);
  if (!results.said.empty()) {
    progress_.clear();
    say(enough ? results.said.substr(0, last.said_end) : results.said);
  }
  if (!stream_.write(results, count, out, error)) return failed(error);
  if (!options_.summary.empty() && !rows_.write(std::string_view(results.rows).substr(0, last.row_end), error))
    return failed(error);
  progress_.show(totals_, reader_.bytes_read());
  if (!enough) return true;
  progress_.clear();
  complain(fmt::format("stopped after {} records that could not be read; the output is not complete", totals_.errors));
  code_ = std::max<int>(totals_.exit, exit_data);
  return false;
}

int BatchRun::finish() {
  progress_.clear();
  if (totals_.total == 0) {
    complain("the inputs hold no record");
    totals_.exit = exit_no_input;
  }
  const Format format = run_.files ? Format::ndjson : run_.formats.front();
  std::string end;
  if (is_readable(format)) {
    end = summary_text(run_, totals_);
  } else if (format == Format::csv) {
    note(options_.shared, summary_text(run_, totals_));
  } else {
    end = summary_record(run_, totals_,
                         format == Format::json ? JsonWriter::Layout::pretty : JsonWriter::Layout::compact);
  }
  FileError error;
  const bool done =
      stream_.write(end, error) && stream_.finish(error) && (options_.summary.empty() || rows_.commit(error));
  if (!done) static_cast<void>(failed(error));
  return std::max(code_, totals_.exit);
}

int BatchRun::go() {
  if (!open_templates()) return exit_config;
  watch_signals();
  if (!open_outputs()) return code_;
  Stages stages;
  stages.pull = [this](Chunk& chunk) { return pull(chunk); };
  for (const auto& scratch : scratches_)
    stages.work.emplace_back([this, &scratch](const Chunk& chunk, Results& results) {
      results.clear();
      for (const RawRecord& record : chunk.records)
        run_record(record, run_, *scratch, results);
    });
  stages.deliver = [this](Results& results) { return deliver(results); };
  run_pipeline(stages, stop_asked);
  if (code_ != exit_ok) {
    // What was written before an error stays good as far as it goes.
    FileError error;
    if (!stream_.has_journal()) static_cast<void>(stream_.write_rest(error));
    return code_;
  }
  if (!stop_asked) return finish();
  progress_.clear();
  FileError error;
  if (!stream_.write_rest(error)) static_cast<void>(failed(error));
  note(options_.shared, stream_.has_journal()
                            ? fmt::format("stopped; --resume goes on with {}.part", options_.shared.output)
                            : std::string("stopped; the output is not complete"));
  constexpr int kSignalBase = 128;
  return kSignalBase + stop_signal;
}

}  // namespace needleplan
