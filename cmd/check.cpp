#include <memory>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/options.h"
#include "cmd/session.h"
#include "needleplan/findings/assess.h"
#include "needleplan/protocol/digest.h"

namespace needleplan {

namespace {

constexpr std::array<std::string_view, 4> kFormats{"text", "md", "json", "ndjson"};

struct CheckOptions {
  SharedOptions shared;
  FailOptions fail;
  std::vector<std::string> profiles;
};

int run(const CheckOptions& options) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  const Date today = as_of(options.shared);
  const Provenance provenance = provenance_of(*pack);
  std::string out;
  int worst = exit_ok;
  for (const std::string& path : options.profiles) {
    int code = exit_ok;
    const auto client = load_client(path, code);
    if (client) {
      const Facts facts = resolve(client->profile, *pack, today);
      const Assessment assessment = assess(facts);
      out += check_record(assessment, facts, provenance, sha256(client->source->text()),
                          options.shared.format == "ndjson" ? JsonWriter::Layout::compact
                                                            : JsonWriter::Layout::pretty);
      code = options.fail.exit_code(assessment.verdict);
    }
    worst = std::max(worst, code);
  }
  return std::max(worst, write_result(options.shared, out));
}

}  // namespace

void add_check(CLI::App& app, int& code) {
  auto options = std::make_shared<CheckOptions>();
  app.add_option("PROFILE", options->profiles, "client profiles in YAML or JSON; - for standard input")->required();
  add_shared(app, options->shared, kFormats);
  add_fail(app, options->fail);
  app.callback([options, &code] { code = run(*options); });
}

}  // namespace needleplan
