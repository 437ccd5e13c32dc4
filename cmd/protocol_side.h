/// One of two protocols that are compared.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "cmd/options.h"
#include "needleplan/protocol/pack.h"

namespace needleplan {

/// Paths that end in .yaml, .yml or .json, joined by commas: layers over the protocol of the options, lowest first.
/// What stands before them, or alone, and is no such path is a protocol, as for --protocol. Null after saying what is
/// wrong (exit 78).
[[nodiscard]] std::unique_ptr<Pack> load_side(const std::string& side, const SharedOptions& options);

/// --protocol, --lang, --format, --output.
void add_side_options(CLI::App& app, SharedOptions& options, std::span<const std::string_view> formats);

}  // namespace needleplan
