/// Options of the verbs that make plans.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace needleplan {

/// For CLI11's check(): empty for a time of day, else what was expected.
[[nodiscard]] std::string check_time(const std::string& text);
/// --start.
void add_start(CLI::App& app, std::string& start);
/// --days.
void add_days(CLI::App& app, int& days);

}  // namespace needleplan
