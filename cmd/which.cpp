#include <algorithm>
#include <memory>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"

namespace needleplan {

namespace {

struct WhichOptions {
  SharedOptions shared;
  std::vector<std::string> names;
};

int run_which(const WhichOptions& options) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  Output output(options.shared, *pack);
  if (const int code = output.open("which"); code != exit_ok) return code;
  const PlanInput input = input_of(*pack, as_of(options.shared), nullptr);
  const int code = output.add(build_which(input, options.names), input, nullptr);
  return std::max(code, write_result(options.shared, output.text()));
}

}  // namespace

void add_which(CLI::App& app, int& code) {
  auto options = std::make_shared<WhichOptions>();
  app.add_option("NAME", options->names, "a product, medicine, condition, treatment or area, as it was written")
      ->required();
  add_shared(app, options->shared, kRecordFormats);
  app.callback([options, &code] { code = run_which(*options); });
}

}  // namespace needleplan
