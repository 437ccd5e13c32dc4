#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "needleplan/batch/folder.h"
#include "needleplan/batch/pipeline.h"
#include "needleplan/batch/shard.h"
#include "support/folder.h"

namespace {

using namespace needleplan;
using namespace needleplan::batch;
using testing::Folder;
namespace fs = std::filesystem;

TEST_CASE("a client's id never becomes a path, a hidden or a reserved name, and two ids never one name") {
  CHECK(safe_name("c-17_B.2") == "c-17_B.2");
  const std::vector<std::string> odd{"../x",
                                     "a/b",
                                     "a b",
                                     "a\nb",
                                     ".hidden",
                                     "..",
                                     ".",
                                     "",
                                     "CON",
                                     "con.txt",
                                     "Lpt1",
                                     "\xC3\xA4",
                                     "a\\b",
                                     std::string(101, 'x'),
                                     std::string(300, 'x')};
  std::set<std::string> names;
  for (const std::string& id : odd) {
    const std::string name = safe_name(id);
    CAPTURE(name);
    CHECK(name.find('/') == std::string::npos);
    CHECK(name.front() != '.');
    CHECK(name.size() <= 109);
    CHECK(name.size() >= 9);
    CHECK(name[name.size() - 9] == '-');
    CHECK(names.insert(name).second);
  }
  CHECK(safe_name(std::string(100, 'x')) == std::string(100, 'x'));
  CHECK(safe_name("console") == "console");
}

TEST_CASE("a set of hashes in a file knows what was put in, however many there are") {
  const Folder folder;
  HashFile set;
  FileError error;
  REQUIRE(set.open(folder.path, error));
  for (std::uint64_t i = 0; i < 100'000; ++i)
    REQUIRE(set.insert(i * 0x9E3779B97F4A7C15U, i, error) == true);
  for (std::uint64_t i = 0; i < 100'000; i += 97)
    REQUIRE(set.insert(i * 0x9E3779B97F4A7C15U, i, error) == false);
  CHECK(fs::is_empty(folder.path));
}

TEST_CASE("a shard is told by hand or by a scheduler, and never guessed") {
  const auto given = parse_shard("2/8");
  REQUIRE(given);
  CHECK(given->index == 2);
  CHECK(given->of == 8);
  for (const char* bad : {"", "2", "/", "0/8", "9/8", "1/0", "-1/8", "1/8x", " 1/8", "1/8/2", "1/99999999999"})
    CHECK_MESSAGE(!parse_shard(bad), bad);

  using Variables = std::map<std::string, std::string>;
  const auto told = [](const Variables& variables) {
    std::string problem;
    const auto shard = shard_of_scheduler(
        [&](const char* name) {
          const auto found = variables.find(name);
          return found == variables.end() ? std::string{} : found->second;
        },
        problem);
    CHECK(shard.has_value() == problem.empty());
    return shard ? std::to_string(shard->index) + "/" + std::to_string(shard->of) : std::string("no");
  };
  const auto slurm = [&](const char* id, const char* min, const char* max, const char* count) {
    return told({{"SLURM_ARRAY_TASK_ID", id},
                 {"SLURM_ARRAY_TASK_MIN", min},
                 {"SLURM_ARRAY_TASK_MAX", max},
                 {"SLURM_ARRAY_TASK_COUNT", count}});
  };
  CHECK(slurm("0", "0", "9", "10") == "1/10");
  CHECK(slurm("9", "0", "9", "10") == "10/10");
  CHECK(slurm("7", "5", "24", "20") == "3/20");
  CHECK(slurm("4", "0", "8", "3") == "no");  // a step of 4
  CHECK(slurm("4", "0", "9", "") == "no");
  CHECK(slurm("4", "5", "9", "5") == "no");
  CHECK(slurm("", "", "", "5") == "no");
  CHECK(slurm("7", "7", "7", "1") == "no");  // a task of an array, submitted again by itself
  CHECK(slurm("1", "1", "1", "1") == "1/1");
  CHECK(told({{"JOB_COMPLETION_INDEX", "2"}, {"JOB_COMPLETIONS", "20"}}) == "3/20");
  CHECK(told({{"JOB_COMPLETION_INDEX", "20"}, {"JOB_COMPLETIONS", "20"}}) == "no");
  CHECK(told({{"JOB_COMPLETION_INDEX", "2"}}) == "no");
  CHECK(told({{"AWS_BATCH_JOB_ARRAY_INDEX", "0"}, {"AWS_BATCH_JOB_ARRAY_SIZE", "2"}}) == "1/2");
  CHECK(told({}) == "no");
}

/// A run over `chunks` numbered chunks; what was delivered, in order.
struct Numbered {
  std::vector<std::uint64_t> delivered;
  std::atomic<std::uint64_t> held = 0;
  std::atomic<std::uint64_t> most_held = 0;

  Stages stages(std::size_t workers, std::uint64_t chunks) {
    Stages out;
    out.pull = [this, chunks, next = std::uint64_t{0}](Chunk& chunk) mutable {
      if (next == chunks) return false;
      chunk.records.assign(1, {});
      chunk.records.front().position = ++next;
      const std::uint64_t now = ++held;
      if (now > most_held) most_held = now;
      return true;
    };
    for (std::size_t i = 0; i < workers; ++i)
      out.work.emplace_back([](const Chunk& chunk, Results& results) {
        results.clear();
        results.records.emplace_back().position = chunk.records.front().position;
        // Some take longer than others.
        volatile std::uint64_t waste = 0;
        for (std::uint64_t n = 0; n < chunk.records.front().position % 7 * 2000; ++n)
          waste = waste + n;
      });
    out.deliver = [this](Results& results) {
      delivered.push_back(results.records.front().position);
      --held;
      return true;
    };
    return out;
  }
};

TEST_CASE("results come in the order of the chunks, and no more than two chunks a worker are held") {
  for (const std::size_t workers : {1U, 2U, 5U}) {
    Numbered run;
    const std::atomic<bool> stop = false;
    run_pipeline(run.stages(workers, 500), stop);
    REQUIRE(run.delivered.size() == 500);
    for (std::size_t i = 0; i < 500; ++i)
      CHECK(run.delivered[i] == i + 1);
    CHECK(run.most_held <= 2 * workers);
  }
}

TEST_CASE("a run that is stopped delivers what was begun, and one that had enough nothing more") {
  for (const std::size_t workers : {1U, 3U}) {
    Numbered run;
    std::atomic<bool> stop = false;
    Stages stages = run.stages(workers, 500);
    stages.deliver = [&, deliver = stages.deliver](Results& results) {
      stop = results.records.front().position >= 20;
      return deliver(results);
    };
    run_pipeline(stages, stop);
    CHECK(run.held == 0);
    CHECK(run.delivered.size() >= 20);
    CHECK(run.delivered.size() <= 20 + 2 * workers);

    Numbered enough;
    stop = false;
    stages = enough.stages(workers, 500);
    stages.deliver = [&, deliver = stages.deliver](Results& results) {
      static_cast<void>(deliver(results));
      return enough.delivered.size() < 20;
    };
    run_pipeline(stages, stop);
    CHECK(enough.delivered.size() == 20);
  }
}

TEST_CASE("what a worker throws is thrown to the caller, and nobody waits for its chunk") {
  for (const std::size_t workers : {1U, 3U}) {
    Numbered run;
    const std::atomic<bool> stop = false;
    Stages stages = run.stages(workers, 500);
    for (auto& work : stages.work)
      work = [inner = work](const Chunk& chunk, Results& results) {
        if (chunk.records.front().position == 50) throw std::runtime_error("fault");
        inner(chunk, results);
      };
    CHECK_THROWS_AS(run_pipeline(stages, stop), std::runtime_error);
  }
}

}  // namespace
