/// The subcommands, in the order of --help.
#pragma once

#include <span>
#include <string_view>

#include <CLI/CLI.hpp>

namespace needleplan {

/// `add` declares the subcommand; when it is the one that was called, its exit code goes to `code`.
struct Command {
  std::string_view name;
  std::string_view summary;
  void (*add)(CLI::App& app, int& code);
};

[[nodiscard]] std::span<const Command> commands();

void add_check(CLI::App& app, int& code);
void add_prep(CLI::App& app, int& code);
void add_procedure(CLI::App& app, int& code);
void add_aftercare(CLI::App& app, int& code);
void add_plan(CLI::App& app, int& code);
void add_batch(CLI::App& app, int& code);
void add_due(CLI::App& app, int& code);
void add_merge(CLI::App& app, int& code);
void add_explain(CLI::App& app, int& code);
void add_which(CLI::App& app, int& code);
void add_list(CLI::App& app, int& code);
void add_init(CLI::App& app, int& code);
void add_convert(CLI::App& app, int& code);
void add_protocol(CLI::App& app, int& code);

}  // namespace needleplan
