#include "needleplan/batch/merge.h"

#include <algorithm>
#include <memory>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/result_stream.h"
#include "cmd/session.h"

namespace needleplan {

namespace {

struct MergeOptions {
  std::vector<std::string> parts;
  std::string output = "-";
  std::uint64_t expect = 0;
  bool expects = false;
};

/// Parts that are refused never end as a whole result can: with the code of a client, or of an input, that could not be
/// read.
int fault_exit_code(const batch::MergeFault& fault) {
  return fault.write_failed ? exit_io : exit_config;
}

int run_merge(const MergeOptions& options) {
  ResultStream out(options.output);
  if (const int problem = out.open(); problem != exit_ok) return problem;
  const auto put = [&](std::string_view bytes) { return out.add(bytes) == exit_ok; };
  const auto expect = options.expects ? std::optional(options.expect) : std::nullopt;
  int code = exit_ok;
  if (const auto fault = batch::merge(options.parts, expect, put, code)) {
    if (!fault->message.empty()) complain(fault->message);
    return fault_exit_code(*fault);
  }
  const int problem = out.finish();
  return problem == exit_ok ? code : problem;
}

}  // namespace

void add_merge(CLI::App& app, int& code) {
  auto options = std::make_shared<MergeOptions>();
  app.add_option("PART", options->parts, "result streams in NDJSON, each with its summary")->required();
  app.add_option("-o,--output", options->output, "write to this file instead of standard output")->type_name("FILE");
  auto* expect = app.add_option("--expect", options->expect, "how many records the result must have")->type_name("N");
  app.callback([options, expect, &code] {
    options->expects = expect->count() > 0;
    code = run_merge(*options);
  });
}

}  // namespace needleplan
