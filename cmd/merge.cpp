#include "needleplan/batch/merge.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/session.h"

namespace needleplan {

namespace {

struct MergeOptions {
  std::vector<std::string> parts;
  std::string output = "-";
  std::uint64_t expect = 0;
  bool expects = false;
};

/// Where a missing or broken part, or one that does not fit, ends the run.
int exit_code_of(const batch::MergeFault& fault) {
  if (fault.file) return *fault.file == FileProblem::too_large ? exit_data : exit_no_input;
  return fault.write_failed ? exit_io : exit_data;
}

int run(const MergeOptions& options) {
  constexpr std::size_t kPiece = std::size_t{1} << 16U;
  NewFile file;
  FileError error;
  const bool to_file = options.output != "-";
  if (to_file && !file.open(options.output, Access::owner_only, Existing::replace, error)) {
    complain(error.message);
    return exit_cannot_create;
  }
  std::string pending;
  const auto flush = [&] {
    const bool written =
        to_file ? file.write(pending, error)
                : std::fwrite(pending.data(), 1, pending.size(), stdout) == pending.size() && std::fflush(stdout) == 0;
    if (!written) complain(to_file ? error.message : "standard output could not be written");
    pending.clear();
    return written;
  };
  const auto put = [&](std::string_view bytes) {
    pending += bytes;
    return pending.size() < kPiece || flush();
  };
  const auto expect = options.expects ? std::optional(options.expect) : std::nullopt;
  int code = exit_ok;
  if (const auto fault = batch::merge(options.parts, expect, put, code)) {
    if (!fault->message.empty()) complain(fault->message);
    return exit_code_of(*fault);
  }
  if (!flush()) return exit_io;
  if (!to_file || file.commit(error)) return code;
  complain(error.message);
  return exit_io;
}

}  // namespace

void add_merge(CLI::App& app, int& code) {
  auto options = std::make_shared<MergeOptions>();
  app.add_option("PART", options->parts, "result streams in NDJSON, each with its summary")->required();
  app.add_option("-o,--output", options->output, "write to this file instead of standard output")->type_name("FILE");
  auto* expect = app.add_option("--expect", options->expect, "how many records the result must have")->type_name("N");
  app.callback([options, expect, &code] {
    options->expects = expect->count() > 0;
    code = run(*options);
  });
}

}  // namespace needleplan
