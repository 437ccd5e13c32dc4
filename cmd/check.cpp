#include <algorithm>
#include <memory>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"

namespace needleplan {

namespace {

struct CheckOptions {
  SharedOptions shared;
  FailOptions fail;
  std::vector<std::string> profiles;
};

int run(const CheckOptions& options) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  Output output(options.shared, *pack);
  if (const int code = output.open("check"); code != exit_ok) return code;
  const Date today = as_of(options.shared);
  int worst = exit_ok;
  for (const std::string& path : options.profiles) {
    int code = exit_ok;
    InputFault fault;
    if (const auto client = load_checked(path, *pack, today, code, fault)) {
      const PlanInput input = input_of(*pack, today, client.get());
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
  add_shared(app, options->shared, kRecordFormats);
  add_fail(app, options->fail);
  app.callback([options, &code] { code = run(*options); });
}

}  // namespace needleplan
