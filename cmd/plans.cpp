#include <algorithm>
#include <memory>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/output.h"
#include "cmd/plan_options.h"

namespace needleplan {

namespace {

/// prep, procedure, aftercare and plan differ only in their builder and in which of these they take.
struct PlanOptions {
  SharedOptions shared;
  FailOptions fail;
  std::string profile;
  std::string date;
  std::string time;
  std::string start;
  int days = 7;
};

using Build = Document (*)(const PlanInput& input, const PlanOptions& options);

std::optional<TimeOfDay> start_of(const PlanInput& input, const PlanOptions& options) {
  return options.start.empty() ? input.session.time : parse_time(options.start);
}

int run_plan(const PlanOptions& options, std::string_view verb, Build build) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  Output output(options.shared, *pack);
  if (const int code = output.open(verb); code != exit_ok) return code;
  const Date today = as_of(options.shared);
  int code = exit_ok;
  std::unique_ptr<CheckedClient> client;
  if (!options.profile.empty()) {
    InputFault fault;
    client = load_checked(options.profile, *pack, today, code, fault);
    if (!client) return give_up(options.shared, output, fault, code);
    code = options.fail.exit_code(client->assessment.verdict);
  }
  PlanInput input = input_of(*pack, today, client.get());
  if (!options.date.empty()) input.session.day = parse_date(options.date);
  if (!options.time.empty()) input.session.time = parse_time(options.time);
  code = std::max(code, output.add(build(input, options), input, client.get()));
  return std::max(code, write_result(options.shared, output.text()));
}

std::shared_ptr<PlanOptions> add_plan_options(CLI::App& app, bool profile_required) {
  auto options = std::make_shared<PlanOptions>();
  auto* profile = app.add_option("PROFILE", options->profile, "client profile in YAML or JSON; - for standard input");
  if (profile_required) profile->required();
  add_shared(app, options->shared, kRecordFormats);
  add_fail(app, options->fail);
  return options;
}

/// A session day for plans without a profile. With one, the profile's session stands.
void add_session(CLI::App& app, PlanOptions& options) {
  auto* date = app.add_option("--date", options.date, "day of the session, when no profile is given")
                   ->type_name("DATE")
                   ->check(check_date);
  auto* time = app.add_option("--time", options.time, "start of the session, when no profile is given")
                   ->type_name("HH:MM")
                   ->check(check_time);
  date->excludes("PROFILE");
  time->excludes("PROFILE");
}

}  // namespace

std::string check_time(const std::string& text) {
  return parse_time(text) ? std::string{} : "expected a time as 14:30, from 00:00 to 23:59";
}

void add_start(CLI::App& app, std::string& start) {
  app.add_option("--start", start, "when the procedure starts, for wall times")->type_name("HH:MM")->check(check_time);
}

void add_days(CLI::App& app, int& days) {
  app.add_option("--days", days, "how many days the aftercare covers, the session's day included")
      ->type_name("N")
      ->check(CLI::Range(1, 366));
}

void add_prep(CLI::App& app, int& code) {
  auto options = add_plan_options(app, false);
  add_session(app, *options);
  app.callback([options, &code] {
    code = run_plan(*options, "prep", [](const PlanInput& input, const PlanOptions&) { return build_prep(input); });
  });
}

void add_procedure(CLI::App& app, int& code) {
  auto options = add_plan_options(app, false);
  add_start(app, options->start);
  app.callback([options, &code] {
    code = run_plan(*options, "procedure", [](const PlanInput& input, const PlanOptions& o) {
      return build_procedure(input, start_of(input, o));
    });
  });
}

void add_aftercare(CLI::App& app, int& code) {
  auto options = add_plan_options(app, false);
  add_days(app, options->days);
  add_session(app, *options);
  app.callback([options, &code] {
    code = run_plan(*options, "aftercare",
                    [](const PlanInput& input, const PlanOptions& o) { return build_aftercare(input, o.days); });
  });
}

void add_plan(CLI::App& app, int& code) {
  auto options = add_plan_options(app, true);
  add_start(app, options->start);
  add_days(app, options->days);
  app.callback([options, &code] {
    code = run_plan(*options, "plan", [](const PlanInput& input, const PlanOptions& o) {
      return build_plan(input, start_of(input, o), o.days);
    });
  });
}

}  // namespace needleplan
