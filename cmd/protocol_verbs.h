/// The verbs under `protocol` that have a file of their own; cmd/protocol.cpp has the others.
#pragma once

#include <CLI/CLI.hpp>

namespace needleplan {

void add_protocol_test(CLI::App& app, int& code);
void add_protocol_diff(CLI::App& app, int& code);
void add_protocol_impact(CLI::App& app, int& code);
void add_protocol_show(CLI::App& app, int& code);
void add_protocol_doc(CLI::App& app, int& code);

}  // namespace needleplan
