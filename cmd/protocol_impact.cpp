#include <cstdio>
#include <memory>

#include "cmd/exit_code.h"
#include "cmd/protocol_side.h"
#include "cmd/protocol_verbs.h"
#include "cmd/session.h"
#include "needleplan/authoring/impact.h"
#include "needleplan/io/files.h"

namespace needleplan {

namespace {

constexpr std::array<std::string_view, 2> kImpactFormats{"text", "ndjson"};

struct ImpactOptions {
  SharedOptions shared;
  std::string before, after;
  std::vector<std::string> profiles;
  int days = 7;
};

/// Hands on one record after the other, so that many clients need no more memory than one.
class Records {
 public:
  explicit Records(const std::string& path) : to_file_(path != "-") {
    if (to_file_) note(file_.open(path, Access::owner_only, Existing::replace, error_), exit_cannot_create);
  }
  void write(const std::string& text) {
    if (code_ != exit_ok) return;
    if (to_file_) {
      note(file_.write(text, error_), exit_io);
    } else if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
      error_.message = "standard output could not be written";
      note(false, exit_io);
    }
  }
  [[nodiscard]] int finish() {
    if (code_ == exit_ok && to_file_) note(file_.commit(error_), exit_io);
    if (code_ == exit_ok && !to_file_ && std::fflush(stdout) != 0) {
      error_.message = "standard output could not be written";
      note(false, exit_io);
    }
    return code_;
  }
  [[nodiscard]] int code() const { return code_; }

 private:
  void note(bool done, int code) {
    if (done) return;
    complain(error_.message);
    code_ = code;
  }

  NewFile file_;
  FileError error_;
  bool to_file_;
  int code_ = exit_ok;
};

/// The profiles of the command line; a folder stands for every YAML and JSON file below it.
std::vector<std::string> profiles_of(const std::vector<std::string>& paths, ImpactSummary& summary) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    if (!is_folder(path)) {
      out.push_back(path);
      continue;
    }
    FileError error;
    const auto files = list_files(path, "", Depth::all_folders, error);
    if (!files) {
      complain(error.message);
      ++summary.unread;
      continue;
    }
    for (const std::string& file : *files)
      if (file.ends_with(".yaml") || file.ends_with(".yml") || file.ends_with(".json")) out.push_back(file);
  }
  return out;
}

int run_impact(const ImpactOptions& options) {
  const auto before = load_side(options.before, options.shared);
  const auto after = load_side(options.after, options.shared);
  if (!before || !after) return exit_config;
  const Date today = as_of(options.shared);
  const bool json = options.shared.format == "ndjson";
  ImpactSummary summary;
  const std::vector<std::string> paths = profiles_of(options.profiles, summary);
  Records records(options.shared.output);
  for (const std::string& path : paths) {
    if (records.code() != exit_ok) break;
    int code = exit_ok;
    InputFault fault;
    const auto client = load_client(path, code, fault);
    if (!client) {
      ++summary.unread;
      if (json) records.write(error_record(fault, JsonWriter::Layout::compact));
      continue;
    }
    const ClientImpact found = impact(client->profile, *before, *after, today, options.days);
    summary.add(found);
    if (found.changed()) records.write(json ? to_json(found, path) : to_text(found, path));
  }
  records.write(json ? to_json(summary) : to_text(summary));
  const int code = records.finish();
  if (code != exit_ok) return code;
  if (summary.unread > 0) return exit_data;
  if (summary.clients > 0) return exit_ok;
  complain("no profile was given, or found in the folders");
  return exit_no_input;
}

}  // namespace

void add_protocol_impact(CLI::App& app, int& code) {
  auto options = std::make_shared<ImpactOptions>();
  app.add_option("OLD", options->before, "a protocol, or layer files joined by commas")->required();
  app.add_option("NEW", options->after, "what is to come in its place, likewise")->required();
  app.add_option("PROFILE", options->profiles, "client profiles, or folders of them; - for standard input")->required();
  add_side_options(app, options->shared, kImpactFormats);
  app.add_option("--as-of", options->shared.as_of, "the day that counts as today")
      ->type_name("DATE")
      ->check(check_date);
  app.add_option("--days", options->days, "how many days of aftercare are compared")
      ->type_name("N")
      ->check(CLI::Range(1, 366));
  app.callback([options, &code] { code = run_impact(*options); });
}

}  // namespace needleplan
