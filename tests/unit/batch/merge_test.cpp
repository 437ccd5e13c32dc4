#include "needleplan/batch/merge.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "needleplan/batch/members.h"
#include "support/folder.h"

namespace {

using namespace needleplan;
using namespace needleplan::batch;
namespace fs = std::filesystem;

/// Parts under numbers of their own.
struct Folder : testing::Folder {
  [[nodiscard]] std::string put(const std::string& bytes) {
    return testing::Folder::put(fmt::format("{}.ndjson", ++count), bytes);
  }
  int count = 0;
};

/// A record with a position, or without one for 0; the third is an error.
std::string record(int n, int at) {
  const std::string position = at > 0 ? fmt::format("\"at\":{},", at) : std::string{};
  if (n == 3)
    return fmt::format("{{\"schema_version\":\"1\",\"record\":\"error\",{}\"input\":\"a}},\\\"b\"}}\n", position);
  return fmt::format(
      "{{\"schema_version\":\"1\",{}\"record\":\"check\",\"client\":\"c{}\",\"x\":[{{\"at\":1}}],\"profile\":\"sha256:{"
      "}\"}}\n",
      position, n, n);
}

struct Sum {
  int total = 0, records = 0;
  std::string shard = {};
  std::string verb = "check", as_of = "2026-11-23", digest = "d", options = "{\"lang\":\"en\"}";
  int errors = 0, exit = 0;
};

std::string summary(const Sum& s) {
  return fmt::format(
      "{{\"schema_version\":\"1\",\"record\":\"summary\",\"verb\":\"{}\",\"as_of\":\"{}\",\"engine\":\"0.1.0\","
      "\"protocol\":"
      "{{\"id\":\"m\",\"version\":\"1\",\"digest\":\"{}\"}},\"layers\":[],\"options\":{},{}\"total\":{},\"records\":{},"
      "\"errors\":{},\"fallbacks\":0,\"verdicts\":{{\"clear\":{},\"ask\":0}},\"exit\":{}}}\n",
      s.verb, s.as_of, s.digest, s.options, s.shard.empty() ? "" : "\"shard\":" + s.shard + ",", s.total, s.records,
      s.errors, s.records - s.errors, s.exit);
}

/// `{"of":3,"parts":[2]}` and its records: those whose number is that of the shard, modulo.
std::string shard_of(int shard, int of, int total) {
  std::string out;
  int records = 0;
  int errors = 0;
  for (int n = 1; n <= total; ++n)
    if (n * 7 % of == shard - 1) {
      out += record(n, n);
      ++records;
      errors += n == 3 ? 1 : 0;
    }
  Sum sum{total, records, fmt::format("{{\"of\":{},\"parts\":[{}]}}", of, shard)};
  sum.errors = errors;
  sum.exit = errors > 0 ? 65 : 2;
  return out + summary(sum);
}

/// What one run over all records writes.
std::string whole(int total) {
  std::string out;
  for (int n = 1; n <= total; ++n)
    out += record(n, 0);
  Sum sum{total, total};
  sum.errors = total >= 3 ? 1 : 0;
  sum.exit = total >= 3 ? 65 : 2;
  return out + summary(sum);
}

/// The merged bytes, or why there are none.
std::string merged(const std::vector<std::string>& parts, std::optional<std::uint64_t> expect = {}) {
  std::string out;
  int exit = 0;
  const auto put = [&](std::string_view bytes) {
    out += bytes;
    return true;
  };
  const auto fault = merge(parts, expect, put, exit);
  if (!fault) {
    CHECK(out.find(fmt::format("\"exit\":{}", exit)) != std::string::npos);
    return out;
  }
  CHECK(out.empty());
  // Without the folder of the test.
  std::string message = fault->message;
  const std::string folder = fs::path(parts.front()).parent_path().string() + "/";
  for (std::size_t at; (at = message.find(folder)) != std::string::npos;)
    message.erase(at, folder.size());
  return message;
}

TEST_CASE("the shards of a run give the bytes of one run, in any grouping and order") {
  Folder folder;
  constexpr int kShards = 20;
  constexpr int kRecords = 137;
  const std::string expected = whole(kRecords);
  std::mt19937 random(20261125);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same on every run
  for (int turn = 0; turn < 25; ++turn) {
    std::vector<std::string> parts;
    for (int shard = 1; shard <= kShards; ++shard)
      parts.push_back(folder.put(shard_of(shard, kShards, kRecords)));
    while (parts.size() > 1) {
      std::shuffle(parts.begin(), parts.end(), random);
      const std::size_t count = 1 + random() % parts.size();
      const auto behind = parts.begin() + static_cast<std::ptrdiff_t>(count);
      const std::string group = merged({parts.begin(), behind});
      REQUIRE(group.ends_with("}\n"));
      parts.erase(parts.begin(), behind);
      parts.push_back(folder.put(group));
    }
    CHECK(merged(parts) == expected);
  }
}

TEST_CASE("some of the shards are a part again: positions stay, and the shards are named") {
  Folder folder;
  const std::string out = merged({folder.put(shard_of(3, 3, 6)), folder.put(shard_of(1, 3, 6))});
  CHECK(out.find("\"at\":3,") != std::string::npos);
  CHECK(out.find("\"shard\":{\"of\":3,\"parts\":[1,3]},\"total\":6,\"records\":4,") != std::string::npos);
}

TEST_CASE("parts that are no shards come one behind the other") {
  Folder folder;
  const std::string a = folder.put(record(1, 0) + record(2, 0) + summary({2, 2}));
  const std::string b =
      folder.put(record(4, 0) + summary({1, 1, {}, "check", "2026-11-23", "d", "{\"lang\":\"en\"}", 0, 3}));
  CHECK(merged({b, a}) == record(4, 0) + record(1, 0) + record(2, 0) +
                              summary({3, 3, {}, "check", "2026-11-23", "d", "{\"lang\":\"en\"}", 0, 3}));
  CHECK(merged({a, b}, 3).starts_with(record(1, 0)));
  CHECK(merged({a, b}, 4) == "the parts have 3 records, and 4 are expected");
}

TEST_CASE("one run alone is left as it is, and may hold a client twice") {
  Folder folder;
  const std::string twice = record(1, 0) + record(1, 0) + summary({2, 2});
  CHECK(merged({folder.put(twice)}) == twice);
}

TEST_CASE("what does not go together is refused, and nothing is written") {
  Folder folder;
  const std::string good = folder.put(record(1, 0) + summary({1, 1}));  // 1.ndjson
  const auto with = [&](const std::string& text) { return merged({good, folder.put(text)}); };
  CHECK(with(record(2, 0)) == "2.ndjson: has no summary at its end, so it is not complete; run that part again");
  std::string cut = record(2, 0) + summary({1, 1});
  cut.pop_back();
  CHECK(with(cut) == "3.ndjson: has no summary at its end, so it is not complete; run that part again");
  CHECK(with({}) == "4.ndjson: has no summary at its end, so it is not complete; run that part again");
  CHECK(with(summary({0, 0}) + record(2, 0)) == "5.ndjson: something stands behind its summary");
  CHECK(with(record(2, 0) + summary({2, 2})) == "6.ndjson: has 1 records, but its summary says 2");
  CHECK(with(record(1, 0) + summary({1, 1})) ==
        "7.ndjson: has a client with the same profile as 1.ndjson; is it the same part twice?");
  Sum other{1, 1};
  other.verb = "prep";
  CHECK(with(record(2, 0) + summary(other)) == "8.ndjson: its verb is \"prep\", but that of 1.ndjson is \"check\"");
  other = {1, 1};
  other.as_of = "2026-11-24";
  CHECK(with(record(2, 0) + summary(other)).starts_with("9.ndjson: its as_of is \"2026-11-24\""));
  other = {1, 1};
  other.digest = "e";
  CHECK(with(record(2, 0) + summary(other)).starts_with("10.ndjson: its protocol is {\"id\":\"m\""));
  other = {1, 1};
  other.options = "{\"lang\":\"de\"}";
  CHECK(with(record(2, 0) + summary(other)).starts_with("11.ndjson: its options is"));
  CHECK(with(shard_of(1, 3, 6)) == "12.ndjson: is a shard of 3, but 1.ndjson is no shard");
  CHECK(merged({folder.path + "/none"}).find("none") != std::string::npos);
  CHECK(merged(std::vector<std::string>(501, good)).starts_with("501 parts are more than 500"));
}

TEST_CASE("shards that do not make up a run are refused") {
  Folder folder;
  const std::string one = folder.put(shard_of(1, 3, 6));  // 1.ndjson
  const std::string two = folder.put(shard_of(2, 3, 6));
  CHECK(merged({one, folder.put(shard_of(1, 3, 6))}) == "3.ndjson: has shard 1, which 1.ndjson has too");
  CHECK(merged({one, folder.put(shard_of(2, 3, 7))}) ==
        "4.ndjson: the whole input has 7 records, but that of 1.ndjson has 6");
  CHECK(merged({one, folder.put(shard_of(2, 4, 6))}) == "5.ndjson: is a shard of 4, but 1.ndjson is a shard of 3");
  const auto third = [&](const std::string& records, int count) {
    return folder.put(records + summary({6, count, "{\"of\":3,\"parts\":[3]}"}));
  };
  CHECK(merged({one, two, third(record(2, 2), 1)}) == "all 3 shards are there, but they have 5 of 6 records");
  CHECK(merged({one, two, third(record(2, 2) + record(6, 6), 2)}) == "position 5 is in no part");
  CHECK(merged({one, third(record(2, 2) + record(6, 6), 2)}).ends_with("position 6 is in another part too"));
  CHECK(merged({one, third(record(5, 5) + record(2, 2), 2)}) == "9.ndjson:2: position 2 is not in order");
  CHECK(merged({one, third(record(2, 2) + record(5, 0), 2)}) == "10.ndjson:2: has no position");
  CHECK(merged({one, third(record(2, 2) + record(7, 7), 2)}) == "11.ndjson:2: position 7 is not in order");
}

TEST_CASE("the members of a line are cut where they end, whatever stands in them") {
  const auto members = members_of(R"({"a":"x,}\"","b":{"c":[1,"]"]},"d":12,"e":null})", 10);
  REQUIRE(members);
  REQUIRE(members->size() == 4);
  CHECK(value_of(*members, "a") == R"("x,}\"")");
  CHECK(value_of(*members, "b") == R"({"c":[1,"]"]})");
  CHECK(number_of(value_of(*members, "d")) == 12);
  CHECK(value_of(*members, "e") == "null");
  for (const std::string_view bad : {"", "{", "{}", "[1]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1}x",
                                     "{\"a\":\"x", "{\"a\":{", "{\"a\":,\"b\":1}", "{a:1}", "{\"a\\"}) {
    CAPTURE(bad);
    CHECK_FALSE(members_of(bad, 10));
  }
}

}  // namespace
