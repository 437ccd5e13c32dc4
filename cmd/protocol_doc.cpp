#include <algorithm>
#include <memory>

#include "cmd/exit_code.h"
#include "cmd/protocol_verbs.h"
#include "cmd/session.h"
#include "needleplan/authoring/doc.h"

namespace needleplan {

namespace {

int run_doc(const SharedOptions& options) {
  const auto pack = load_pack(options);
  if (!pack) return exit_config;
  return write_result(options, protocol_doc(*pack, as_of(options)));
}

}  // namespace

void add_protocol_doc(CLI::App& app, int& code) {
  auto options = std::make_shared<SharedOptions>();
  add_protocol_options(app, *options);
  app.add_option("--as-of", options->as_of, "the day that counts as today")->type_name("DATE")->check(check_date);
  add_language(app, *options);
  app.add_option("-o,--output", options->output, "write to this file instead of standard output")->type_name("FILE");
  app.callback([options, &code] { code = run_doc(*options); });
}

}  // namespace needleplan
