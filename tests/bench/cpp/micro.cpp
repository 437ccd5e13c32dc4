// Google Benchmark over the stages. NEEDLEPLAN_BENCH_DATA names a folder that tests/bench/profiles.py and
// tests/bench/pack.py --many-rules filled (all.yaml, many.yaml); the gate makes one.
#include <cstdlib>

#include <benchmark/benchmark.h>
#include <yaml-cpp/eventhandler.h>

#include "bench/cpp/work.h"
#include "needleplan/catalog/fold.h"

namespace {

using namespace needleplan;

std::string data(const char* name) {
  const char* folder = std::getenv("NEEDLEPLAN_BENCH_DATA");
  return std::string(folder == nullptr ? "." : folder) + "/" + name;
}

const std::vector<std::string>& texts() {
  static const std::vector<std::string> all = bench::documents(data("all.yaml"));
  return all;
}
const Pack& shipped() {
  static const std::unique_ptr<Pack> pack = bench::protocol();
  return *pack;
}
const Pack& with_many_rules() {
  static const std::unique_ptr<Pack> pack = bench::protocol(data("many.yaml"));
  return *pack;
}

/// Runs `work` on one profile after the other.
template <class Work>
void each_text(benchmark::State& state, Work work) {
  std::size_t bytes = 0;
  std::size_t at = 0;
  for (auto _ : state) {
    const std::string& text = texts()[at];
    benchmark::DoNotOptimize(work(text));
    bytes += text.size();
    at = at + 1 == texts().size() ? 0 : at + 1;
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(state.iterations());
}

/// The same over names as clients write them.
template <class Work>
void each_name(benchmark::State& state, Work work) {
  std::vector<std::string> names;
  for (const std::string& text : texts()) {
    const auto client = bench::read_client(text);
    for (const SectionFacts& section : client->profile.sections)
      for (const Entry& entry : section.entries)
        if (!entry.name.value.empty()) names.emplace_back(entry.name.value);
  }
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(work(names[at]));
    at = at + 1 == names.size() ? 0 : at + 1;
  }
  state.SetItemsProcessed(state.iterations());
}

struct NoHandler : YAML::EventHandler {
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string& value) override {
    size += value.size();
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
  std::size_t size = 0;
};

void BM_ReadFast(benchmark::State& state) {
  each_text(state, [](const std::string& text) { return bench::read_client(text)->profile.id.given()->size(); });
}
void BM_ReadYamlCppEvents(benchmark::State& state) {
  each_text(state, [](const std::string& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    NoHandler handler;
    parser.HandleNextDocument(handler);
    return handler.size;
  });
}
void BM_ReadYamlCppTree(benchmark::State& state) {
  std::vector<std::string> scalars;
  each_text(state, [&](const std::string& text) { return bench::read_tree(text, scalars); });
}
void BM_FoldName(benchmark::State& state) {
  each_name(state, [](const std::string& name) { return fold(name).size(); });
}
void BM_NameLookUp(benchmark::State& state) {
  each_name(state, [](const std::string& name) { return shipped().catalog.match(name).subjects.size(); });
}
/// Names of the catalog with a letter changed, a new one each time: what is remembered from one to the next does not
/// help.
void BM_Suggest(benchmark::State& state) {
  std::vector<std::string> names;
  for (const auto& [folded, name] : shipped().catalog.name_table())
    names.emplace_back(folded);
  std::string name;
  std::size_t number = 0;
  for (auto _ : state) {
    name = names[number % names.size()];
    name[number % name.size()] = static_cast<char>('a' + number / names.size() % 26);
    benchmark::DoNotOptimize(shipped().catalog.suggest(name).size());
    ++number;
  }
}
void BM_SuggestRepeated(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(shipped().catalog.suggest("isotretinion").size());
}
void BM_Judge(benchmark::State& state) {
  const Pack& pack = state.range(0) == 1 ? shipped() : with_many_rules();
  std::vector<std::unique_ptr<bench::Client>> clients;
  for (const std::string& text : texts()) {
    clients.push_back(bench::read_client(text));
    clients.back()->facts = resolve(clients.back()->profile, pack, bench::kAsOf);
  }
  Judge judge(pack);
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(assess(clients[at]->facts, judge).verdict);
    at = at + 1 == clients.size() ? 0 : at + 1;
  }
  state.SetItemsProcessed(state.iterations());
}
void BM_WholeProfile(benchmark::State& state) {
  bench::Whole whole(shipped());
  each_text(state, [&](const std::string& text) { return whole(text).size(); });
}
void BM_PlainProfile(benchmark::State& state) {
  bench::Plain plain(shipped());
  each_text(state, [&](const std::string& text) { return plain(text).size(); });
}

BENCHMARK(BM_ReadFast);
BENCHMARK(BM_ReadYamlCppEvents);
BENCHMARK(BM_ReadYamlCppTree);
BENCHMARK(BM_FoldName);
BENCHMARK(BM_NameLookUp);
BENCHMARK(BM_Suggest);
BENCHMARK(BM_SuggestRepeated);
BENCHMARK(BM_Judge)->ArgName("rules_x")->Arg(1)->Arg(60);
BENCHMARK(BM_WholeProfile);
BENCHMARK(BM_PlainProfile);

}  // namespace

BENCHMARK_MAIN();
