#include "needleplan/batch/shard.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace needleplan::batch {

namespace {

constexpr std::uint32_t kMostShards = 1'000'000;

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Shard> checked(std::optional<std::uint32_t> index, std::optional<std::uint32_t> of) {
  if (!index || !of || *of == 0 || *of > kMostShards || *index == 0 || *index > *of) return std::nullopt;
  return Shard{*index, *of};
}

/// A scheduler's variables. Without `first` and `last` numbers count from 0.
struct Scheduler {
  const char* index;
  const char* count;
  const char* first;
  const char* last;
};
constexpr std::array kSchedulers{
    Scheduler{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX"},
    Scheduler{"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", nullptr, nullptr},
    Scheduler{"AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", nullptr, nullptr}};

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return checked(number(text.substr(0, slash)), number(text.substr(slash + 1)));
}

std::optional<Shard> shard_of_scheduler(const std::function<std::string(const char*)>& variable, std::string& problem) {
  for (const Scheduler& scheduler : kSchedulers) {
    const std::string index = variable(scheduler.index);
    const std::string count = variable(scheduler.count);
    if (index.empty() && count.empty()) continue;
    std::optional<std::uint32_t> first = 0U;
    std::optional<std::uint32_t> last;
    const auto of = number(count);
    if (scheduler.first != nullptr) {
      first = number(variable(scheduler.first));
      last = number(variable(scheduler.last));
    } else if (of && *of > 0) {
      last = *of - 1;
    }
    const auto at = number(index);
    if (at && of && first && last) {
      // A step, or a list with gaps, leaves numbers out: then some shard would be nobody's.
      // And a task that is submitted again by itself does not know of how many it was one.
      const bool alone = *of == 1 && *first > 1;
      const bool whole = !alone && *last >= *first && *last - *first + 1 == *of && *at >= *first;
      if (const auto shard = whole ? checked(*at - *first + 1, of) : std::nullopt) return shard;
    }
    problem = fmt::format(
        "--shard auto: {} is \"{}\" and {} is \"{}\"; both are needed, and every number from the "
        "first to the last must be a task; for one task by itself write --shard i/n",
        scheduler.index, index, scheduler.count, count);
    return std::nullopt;
  }
  problem = fmt::format("--shard auto: none of {}, {} and {} is set", kSchedulers[0].index, kSchedulers[1].index,
                        kSchedulers[2].index);
  return std::nullopt;
}

}  // namespace needleplan::batch
