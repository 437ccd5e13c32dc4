#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

struct ListOptions {
  SharedOptions shared;
  std::string kind;
};

int run_list(const ListOptions& options) {
  const auto kinds = list_kinds();
  if (std::find(kinds.begin(), kinds.end(), options.kind) == kinds.end()) {
    complain(fmt::format("\"{}\" cannot be listed{}; what can: {}", options.kind, did_you_mean(options.kind, kinds),
                         one_of(kinds)));
    return exit_usage;
  }
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  Output output(options.shared, *pack);
  if (const int code = output.open("list"); code != exit_ok) return code;
  const PlanInput input = input_of(*pack, as_of(options.shared), nullptr);
  const int code = output.add(*build_list(input, options.kind), input, nullptr);
  return std::max(code, write_result(options.shared, output.text()));
}

}  // namespace

void add_list(CLI::App& app, int& code) {
  auto options = std::make_shared<ListOptions>();
  app.add_option("KIND", options->kind, "what to list: rules, subjects, areas, indications, sources ...")->required();
  add_shared(app, options->shared, kRecordFormats);
  app.callback([options, &code] { code = run_list(*options); });
}

}  // namespace needleplan
