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

/// What was given that is not known: CLI11 keeps it with the subcommand or, before one, with the program.
std::string first_unknown(const CLI::App& app, const CLI::App& at, const std::vector<std::string>& arguments) {
  if (const auto rest = at.remaining(); !rest.empty()) return rest.front();
  if (const auto rest = app.remaining(true); !rest.empty()) return rest.front();
  const bool verb_missing = !at.get_subcommands({}).empty();
  return verb_missing && &at == &app && !arguments.empty() ? arguments.front() : std::string{};
}

/// CLI11's own codes and words are for programmers; usage errors are 64, with the nearest right word.
int usage_error(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& arguments) {
  const CLI::App& at = innermost(app);
  const bool verb_missing = !at.get_subcommands({}).empty();
  const std::string unknown = first_unknown(app, at, arguments);
  const std::string name = unknown.substr(0, unknown.find('='));
  if (name.starts_with("-") && at.get_option_no_throw(name) != nullptr) {
    complain(name + " stands behind the verb: needleplan " + at.get_name() + " " + name + " ...");
  } else if (!unknown.empty() && (verb_missing || name.starts_with("-"))) {
    std::vector<std::string> known = known_names(at, name);
    if (&at == &app && name.starts_with("-"))
      for (const CLI::App* verb : app.get_subcommands({}))
        for (std::string& option : known_names(*verb, name))
          known.push_back(std::move(option));
    const std::vector<std::string_view> views(known.begin(), known.end());
    complain((name.starts_with("-") ? "unknown option " : "unknown verb ") + name + did_you_mean(name, views));
  } else if (verb_missing) {
    std::fputs(at.help().c_str(), stderr);
    return exit_usage;
  } else if (const std::string what = error.what(); dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    complain(what.substr(0, what.find(':')) + " takes one value, once");
  } else {
    complain(what);
  }
  std::string path;
  for (const CLI::App* verb = &at; verb != nullptr && verb != &app; verb = verb->get_parent())
    path.insert(0, verb->get_name() + " ");
  std::fprintf(stderr, "needleplan: see needleplan %s--help\n", path.c_str());
  return exit_usage;
}

/// The verb that the command line begins with; null where it begins with anything else.
const Command* verb_of(int argc, char** argv) {
  if (argc < 2) return nullptr;
  const auto all = commands();
  const auto* found = std::find_if(all.data(), all.data() + all.size(),
                                   [&](const Command& command) { return command.name == argv[1]; });
  return found == all.data() + all.size() ? nullptr : found;
}

int run_program(int argc, char** argv) {
  int code = exit_ok;
  const Command* const called = verb_of(argc, argv);
  CLI::App app{"Checks clients for microneedling and writes their plans. Works offline.", "needleplan"};
  app.set_version_flag("--version", "needleplan " NEEDLEPLAN_VERSION);
  app.require_subcommand(1);
  for (const Command& command : commands()) {
    CLI::App* const verb = app.add_subcommand(std::string(command.name), std::string(command.summary));
    // The options of all verbs take longer to declare than a check; they are needed only to guess what was meant.
    if (called == nullptr || called == &command) command.add(*verb, code);
  }
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
    return needleplan::run_program(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "needleplan: internal error: %s\n", error.what());
    return needleplan::exit_internal;
  }
}
