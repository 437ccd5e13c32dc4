/// Options that several subcommands share, declared once so that they mean the same everywhere.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "needleplan/protocol/verdict.h"
#include "needleplan/time/date.h"

namespace needleplan {

struct SharedOptions {
  std::string protocol = "microneedling";
  std::vector<std::string> clinic;  ///< files of layers, lowest first
  std::string as_of;
  std::string language = "en";
  std::string format = "text";
  std::string output = "-";
  std::string color = "auto";
  std::string templates;
  bool ascii = false;
  bool quiet = false;
};

/// When a finding makes the exit code other than 0.
struct FailOptions {
  std::string fail_on = "ask";
  int findings_exit = -1;  ///< -1: as the verdict says

  [[nodiscard]] int exit_code(Verdict verdict) const;
};

/// --protocol, --clinic, --as-of, --lang, --format, --output, --color, --ascii, --quiet, --templates. `formats`
/// are the names that --format takes here.
void add_shared(CLI::App& app, SharedOptions& options, std::span<const std::string_view> formats);
/// --protocol and --clinic, for verbs that need no more of the shared options.
void add_protocol_options(CLI::App& app, SharedOptions& options);
/// --lang, --format, --output, for verbs that need no more of the shared options than these.
void add_result_options(CLI::App& app, SharedOptions& options, std::span<const std::string_view> formats);
/// --lang.
void add_language(CLI::App& app, SharedOptions& options);
/// --fail-on, --findings-exit.
void add_fail(CLI::App& app, FailOptions& options);

/// For CLI11's check(): empty for a date, else what was expected.
[[nodiscard]] std::string check_date(const std::string& text);
/// For CLI11's check(): one of the words, else the nearest.
[[nodiscard]] CLI::Validator one_of_words(std::span<const std::string_view> words);

/// The date of --as-of, or today: the only place where the program reads the clock.
[[nodiscard]] Date as_of(const SharedOptions& options);

/// The layers of --clinic, or of NEEDLEPLAN_CLINIC where that was not given.
[[nodiscard]] std::vector<std::string> clinic_files(const SharedOptions& options);

/// Whether output goes to a terminal that shows colours and is to be coloured.
[[nodiscard]] bool use_color(const SharedOptions& options);

}  // namespace needleplan
