#include "cmd/options.h"

#include <chrono>
#include <cstdlib>
#include <ctime>

#include <unistd.h>

#include "cmd/exit_code.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

std::vector<std::string> strings(std::span<const std::string_view> words) {
  return {words.begin(), words.end()};
}

std::string check_language(const std::string& code) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (code.size() == 2 && letter(code[0]) && letter(code[1])) return {};
  return "expected a language by its two letters, as en or de";
}

}  // namespace

std::vector<std::string> clinic_files(const SharedOptions& options) {
  if (!options.clinic.empty()) return options.clinic;
  std::vector<std::string> out;
  const char* listed = std::getenv("NEEDLEPLAN_CLINIC");
  std::string_view rest = listed == nullptr ? "" : listed;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    if (colon != 0) out.emplace_back(rest.substr(0, colon));
    rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
  }
  return out;
}

std::string check_date(const std::string& text) {
  if (parse_date(text)) return {};
  return "expected a day that exists, as 2026-11-27";
}

CLI::Validator one_of_words(std::span<const std::string_view> words) {
  return {[known = strings(words)](std::string& text) {
            const std::vector<std::string_view> views(known.begin(), known.end());
            for (const std::string_view word : views)
              if (word == text) return std::string{};
            return "\"" + text + "\" is not one of " + one_of(views) + did_you_mean(text, views);
          },
          ""};
}

int FailOptions::exit_code(Verdict verdict) const {
  const int code = exit_code_of(verdict, *from_string<Verdict>(fail_on));
  return code != exit_ok && findings_exit >= 0 ? findings_exit : code;
}

void add_shared(CLI::App& app, SharedOptions& options, std::span<const std::string_view> formats) {
  static constexpr std::array<std::string_view, 3> kColors{"auto", "always", "never"};
  add_protocol_options(app, options);
  app.add_option("--as-of", options.as_of, "the day that counts as today")->type_name("DATE")->check(check_date);
  add_result_options(app, options, formats);
  app.add_option("--templates", options.templates, "folder whose templates replace the built-in ones")
      ->type_name("DIR");
  app.add_option("--color", options.color, "colour: auto, always or never")
      ->type_name("WHEN")
      ->check(one_of_words(kColors));
  app.add_flag("--ascii", options.ascii, "ASCII characters only");
  app.add_flag("-q,--quiet", options.quiet, "no notes on standard error");
}

void add_result_options(CLI::App& app, SharedOptions& options, std::span<const std::string_view> formats) {
  add_language(app, options);
  std::string names;
  for (const std::string_view format : formats)
    names += (names.empty() ? "" : ", ") + std::string(format);
  app.add_option("-f,--format", options.format, "output format: " + names)
      ->type_name("FORMAT")
      ->check(one_of_words(formats));
  app.add_option("-o,--output", options.output, "write to this file instead of standard output")->type_name("FILE");
}

void add_protocol_options(CLI::App& app, SharedOptions& options) {
  app.add_option("--protocol", options.protocol, "protocol by name, or by path to its folder")->type_name("NAME");
  app.add_option("--clinic", options.clinic, "lay this clinic's file over the protocol; may be given several times")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_language(CLI::App& app, SharedOptions& options) {
  app.add_option("--lang", options.language, "language of the output")->type_name("CODE")->check(check_language);
}

void add_fail(CLI::App& app, FailOptions& options) {
  static constexpr std::array<std::string_view, 6> kVerdicts{"prepare", "caution", "ask", "consult", "defer", "avoid"};
  app.add_option("--fail-on", options.fail_on, "mildest verdict that makes the exit code other than 0")
      ->type_name("VERDICT")
      ->check(one_of_words(kVerdicts));
  app.add_option("--findings-exit", options.findings_exit, "exit code for findings of any kind")
      ->type_name("CODE")
      ->check(CLI::Range(0, 63));
}

Date as_of(const SharedOptions& options) {
  if (!options.as_of.empty()) return *parse_date(options.as_of);
  // The day on the clinic's wall, in the machine's own zone.
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::year{local.tm_year + 1900} / (local.tm_mon + 1) / local.tm_mday;
}

bool use_color(const SharedOptions& options) {
  if (options.color != "auto") return options.color == "always";
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return options.output == "-" && (no_color == nullptr || *no_color == '\0') && !dumb && isatty(STDOUT_FILENO) == 1;
}

}  // namespace needleplan
