/// Which part of the records a process does.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "needleplan/batch/run.h"

namespace needleplan::batch {

/// `2/8`: the second of eight. Nothing for anything else.
[[nodiscard]] std::optional<Shard> parse_shard(std::string_view text);

/// What a scheduler says in the environment, as `variable` gives it (empty: not set): a Slurm array, an indexed job of
/// Kubernetes, an array job of AWS Batch. Nothing with `problem` set when none is there, or only a part.
[[nodiscard]] std::optional<Shard> shard_of_scheduler(const std::function<std::string(const char*)>& variable,
                                                      std::string& problem);

}  // namespace needleplan::batch
