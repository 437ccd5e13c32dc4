// needleplan-bench-gate STREAM LAYER: quotients of times within one process, which a slow machine or a slow minute
// cannot change; fails when one is past its bound. LAYER brings many rules about things that no client has.
//
// needleplan-bench-gate STREAM --repeat N: only does the whole work on the first profile N times, so that somebody can
// count instructions.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <numeric>
#include <string_view>

#include "bench/cpp/work.h"

namespace {

using namespace needleplan;

constexpr std::size_t kSlices = 10;

/// Seconds of processor time for each way over all slices of the work: the shortest of several runs of each slice, the
/// ways in turn, so that neither another program nor a slow minute counts.
template <class... Way>
std::array<double, sizeof...(Way)> shortest(int rounds, Way&&... way) {
  std::array<std::array<double, kSlices>, sizeof...(Way)> best{};
  for (auto& slices : best)
    slices.fill(std::numeric_limits<double>::max());
  for (int round = 0; round < rounds; ++round)
    for (std::size_t slice = 0; slice < kSlices; ++slice) {
      std::size_t at = 0;
      const auto time = [&](auto& one) {
        const std::clock_t start = std::clock();
        one(slice);
        const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        best[at][slice] = std::min(best[at][slice], took);
        ++at;
      };
      (time(way), ...);
    }
  std::array<double, sizeof...(Way)> out{};
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = std::accumulate(best[i].begin(), best[i].end(), 0.0);
  return out;
}

/// Calls `work` with every item of one slice.
template <class List, class Work>
void each(const List& list, std::size_t slice, Work work) {
  for (std::size_t i = slice; i < list.size(); i += kSlices)
    work(list[i]);
}

bool within(const char* what, double quotient, double bound, bool at_least) {
  const bool good = at_least ? quotient >= bound : quotient <= bound;
  std::printf("%s: %.2f, %s %.2f%s\n", what, quotient, at_least ? "at least" : "at most", bound,
              good ? "" : "  PAST ITS BOUND");
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: needleplan-bench-gate STREAM LAYER | STREAM --repeat N\n", stderr);
    return 64;
  }
  std::vector<std::string> texts = bench::documents(argv[1]);
  const auto pack = bench::protocol();
  bench::Whole whole(*pack);
  if (argc == 4 && std::string_view(argv[2]) == "--repeat") {
    std::size_t bytes = 0;
    for (int i = std::atoi(argv[3]); i > 0; --i)
      bytes += whole(texts.front()).size();
    return bytes > 0 ? 0 : 70;
  }

  texts.resize(std::min<std::size_t>(texts.size(), 500));
  const auto many = bench::protocol(argv[2]);
  // A list that was not asked for leaves every rule about it open, however many there are; such a client is left out.
  std::vector<std::unique_ptr<bench::Client>> clients;
  std::vector<std::unique_ptr<bench::Client>> same;
  for (const std::string& text : texts) {
    auto client = bench::read_client(text);
    const auto open = [](const SectionFacts& section) {
      return section.answer == AnswerState::not_asked || section.answer == AnswerState::unknown;
    };
    if (std::any_of(client->profile.sections.begin(), client->profile.sections.end(), open)) continue;
    clients.push_back(std::move(client));
    same.push_back(bench::read_client(text));
  }
  std::size_t sum = 0;
  std::vector<std::string> scalars;
  Judge by_rules(*pack);
  Judge by_many(*many);
  const auto check = [&](const std::unique_ptr<bench::Client>& client, const Pack& by, Judge& judge) {
    client->facts = resolve(client->profile, by, bench::kAsOf);
    sum += static_cast<std::size_t>(assess(client->facts, judge).verdict);
  };
  const auto [tree, all, rules, many_rules] = shortest(
      15,
      [&](std::size_t slice) {
        each(texts, slice, [&](const std::string& text) { sum += bench::read_tree(text, scalars); });
      },
      [&](std::size_t slice) { each(texts, slice, [&](const std::string& text) { sum += whole(text).size(); }); },
      [&](std::size_t slice) { each(clients, slice, [&](const auto& client) { check(client, *pack, by_rules); }); },
      [&](std::size_t slice) { each(same, slice, [&](const auto& client) { check(client, *many, by_many); }); });
  const auto mean = [](double seconds, std::size_t count) { return seconds / static_cast<double>(count) * 1e6; };
  std::printf("us a profile: yaml-cpp tree %.1f, whole work %.1f, check %.1f, with many rules %.1f (%zu)\n",
              mean(tree, texts.size()), mean(all, texts.size()), mean(rules, clients.size()),
              mean(many_rules, clients.size()), sum);
  const bool reading = within("reading a tree with yaml-cpp / the whole work", tree / all, 3, true);
  const bool growth = within("check with 60 times the rules / with the rules", many_rules / rules, 1.3, false);
  return reading && growth ? 0 : 1;
}
