#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/session.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

/// The names that may stand where an unknown one stood: verbs, or the long options of a verb.
std::vector<std::string> known_names(const CLI::App& app, const std::string& unknown) {
  std::vector<std::string> names;
  if (unknown.starts_with("-")) {
    for (const CLI::Option* option : app.get_options())
      for (const std::string& name : option->get_lnames())
        names.push_back("--" + name);
  } else {
    for (const CLI::App* verb : app.get_subcommands({}))
      names.push_back(verb->get_name());
  }
  return names;
}

/// The subcommand that was being parsed when it failed.
const CLI::App& innermost(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? app : innermost(*parsed.back());
}

/// CLI11's own codes and words are for programmers; usage errors are 64, with the nearest right word.
int usage_error(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& arguments) {
  const CLI::App& at = innermost(app);
  std::string unknown;
  if (const auto rest = at.remaining(); !rest.empty()) unknown = rest.front();
  if (unknown.empty())
    if (const auto rest = app.remaining(true); !rest.empty()) unknown = rest.front();
  const bool verb_missing = !at.get_subcommands({}).empty();
  if (unknown.empty() && verb_missing && !arguments.empty()) unknown = arguments.front();
  if (!unknown.empty() && (verb_missing || unknown.starts_with("-"))) {
    const std::string name = unknown.substr(0, unknown.find('='));
    const std::vector<std::string> known = known_names(at, name);
    const std::vector<std::string_view> views(known.begin(), known.end());
    complain((name.starts_with("-") ? "unknown option " : "unknown verb ") + name + did_you_mean(name, views));
  } else if (verb_missing) {
    std::fputs(app.help().c_str(), stderr);
    return exit_usage;
  } else {
    complain(error.what());
  }
  std::fprintf(stderr, "needleplan: see needleplan %s--help\n", &at == &app ? "" : (at.get_name() + " ").c_str());
  return exit_usage;
}

int run(int argc, char** argv) {
  int code = exit_ok;
  CLI::App app{"Checks clients for microneedling and writes their plans. Works offline.", "needleplan"};
  app.set_version_flag("--version", "needleplan " NEEDLEPLAN_VERSION);
  app.require_subcommand(1);
  for (const Command& command : commands())
    command.add(*app.add_subcommand(std::string(command.name), std::string(command.summary)), code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    app.exit(success);  // --help, --version
    return exit_ok;
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, {argv + std::min(argc, 1), argv + argc});
  }
  return code;
}

}  // namespace

}  // namespace needleplan

int main(int argc, char** argv) {
  try {
    return needleplan::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "needleplan: internal error: %s\n", error.what());
    return needleplan::exit_internal;
  }
}
