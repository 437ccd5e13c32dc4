#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cmd/exit_code.h"
#include "cmd/protocol_verbs.h"
#include "cmd/session.h"
#include "needleplan/authoring/in_force.h"
#include "needleplan/authoring/show.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

constexpr std::array<std::string_view, 2> kShowFormats{"text", "json"};

struct ShowOptions {
  SharedOptions shared;
  std::vector<std::string> ids;
  bool origin = false;
};

int run_show(const ShowOptions& options) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  int code = exit_ok;
  for (const std::string& id : options.ids) {
    if (pack->is_disabled(id) || !entries_called(id, *pack).empty()) continue;
    complain(fmt::format("nothing in the protocol {} has the id \"{}\"{}", pack->id, id,
                         did_you_mean(id, ids_in_force(*pack))));
    code = exit_no_input;
  }
  if (code != exit_ok) return code;
  const auto origin = options.origin ? ShowOrigin::show : ShowOrigin::hide;
  return write_result(options.shared, options.shared.format == "json" ? show_json(*pack, options.ids)
                                                                      : show_text(*pack, options.ids, origin));
}

}  // namespace

void add_protocol_show(CLI::App& app, int& code) {
  auto options = std::make_shared<ShowOptions>();
  app.add_option("ID", options->ids, "statements, settings, events, background texts or subjects; none: everything");
  add_protocol_options(app, options->shared);
  app.add_flag("--origin", options->origin, "say the layer and line of every value");
  app.add_option("-f,--format", options->shared.format, "output format: text, json")
      ->type_name("FORMAT")
      ->check(one_of_words(kShowFormats));
  app.add_option("-o,--output", options->shared.output, "write to this file instead of standard output")
      ->type_name("FILE");
  app.callback([options, &code] { code = run_show(*options); });
}

}  // namespace needleplan
