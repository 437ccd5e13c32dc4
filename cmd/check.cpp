#include <algorithm>
#include <memory>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"
#include "needleplan/batch/earlier.h"

namespace needleplan {

namespace {

struct CheckOptions {
  SharedOptions shared;
  FailOptions fail;
  std::vector<std::string> profiles;
  std::string since;
};

int run_check(const CheckOptions& options) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  Output output(options.shared, *pack);
  if (const int code = output.open("check"); code != exit_ok) return code;
  batch::EarlierRun earlier;
  batch::EarlierFault earlier_fault;
  const auto refused = [&] {
    complain(earlier_fault.message);
    return earlier_fault.file ? exit_code_for(*earlier_fault.file) : static_cast<int>(exit_data);
  };
  if (!options.since.empty() && !earlier.open(options.since, earlier_fault)) return refused();
  const Date today = as_of(options.shared);
  int worst = exit_ok;
  for (const std::string& path : options.profiles) {
    int code = exit_ok;
    InputFault fault;
    if (const auto client = load_checked(path, *pack, today, code, fault)) {
      PlanInput input = input_of(*pack, today, client.get());
      Since since;
      if (!options.since.empty()) {
        if (!earlier.compare(client->client->profile.id.value_or({}), client->assessment, since, earlier_fault))
          return refused();
        input.since = &since;
      }
      code = std::max(options.fail.exit_code(client->assessment.verdict),
                      output.add(build_check(input), input, client.get()));
    } else {
      output.add(fault);
    }
    worst = std::max(worst, code);
  }
  return std::max(worst, write_result(options.shared, output.text()));
}

}  // namespace

void add_check(CLI::App& app, int& code) {
  auto options = std::make_shared<CheckOptions>();
  app.add_option("PROFILE", options->profiles, "client profiles in YAML or JSON; - for standard input")->required();
  app.add_option("--since", options->since, "tell what is new and what is gone since this earlier run, in NDJSON");
  add_shared(app, options->shared, kRecordFormats);
  add_fail(app, options->fail);
  app.callback([options, &code] { code = run_check(*options); });
}

}  // namespace needleplan
